/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings of series: counters that grew, and what a series says by itself (sense.h). */
#include "harness/run/gather.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <inttypes.h>
#include <string.h>

/* A limit that can be meant: drivers show 0, -273.1 and 65261.8 C where none was set. */
#define LIMIT_LEAST 40000
#define LIMIT_MOST  150000

#define STEAL_MOST 5000 /* thousandths of a percent */
#define STEPS_APART_NS 5000000000LL

/*
 * Of zones, of cpus and of NVMe disks the limits are those of the maker. A chip of the board has
 * limits and inputs that nobody ever wired.
 */
static bool has_true_limits(const struct series *series)
{
	return !strcmp(series->metric, "temperature") &&
	       (text_starts(series->component, "thermal/") ||
		text_starts(series->component, "hwmon/nvme/") || series_is_cpu_temperature(series));
}

/* "thermal/acpitz/zone0/trip1" that is hot or critical, "hwmon/coretemp/temp1/crit". */
static bool is_trip_of(const struct series *limit, const struct series *series)
{
	const char *rest = limit->component + strlen(series->component);

	if (strcmp(limit->metric, "temperature-limit") ||
	    !text_starts(limit->component, series->component) || *rest != '/')
		return false;
	return !strcmp(limit->label, "hot") || !strcmp(limit->label, "critical") ||
	       !strcmp(rest, "/crit");
}

/* Kernels of memory and disk go through phases of another speed each. */
static bool is_even(const struct plan *plan, const struct series *series)
{
	uint64_t step;

	return scan_u64(series->component + strlen("step/"), 0, UINT64_MAX, &step) == 0 &&
	       step < plan->step_count && plan->step[step].kernel &&
	       plan->step[step].kernel->target == TARGET_CPU;
}

void gather_find_senses(const struct plan *plan, struct gather *gather, const struct gather *all,
			size_t count)
{
	const struct series *series = &gather->series->series;
	bool is_speed = !strcmp(series->metric, "work-speed");
	size_t i;

	if (is_speed && !is_even(plan, series))
		return;
	for (i = 0; i < SENSES; i++)
		gather->sense[i] = sense_of(series, i);
	for (i = 0; is_speed && i < count; i++)
		if (!strcmp(all[i].series->series.metric, "cpu-steal"))
			gather->steal = &all[i];
	if (!has_true_limits(series))
		return;
	for (i = 0; i < count && gather->trip_count < TRIPS; i++)
		if (is_trip_of(&all[i].series->series, series))
			gather->trip[gather->trip_count++] = &all[i];
}

/* Does this step heat the processor (1), let it cool (0), or can that not be said (-1)? */
static int heat_of(const struct plan *plan, const struct outcome *outcome)
{
	const struct plan_step *step = &plan->step[outcome->step];
	size_t most = 0, i;

	for (i = 0; i < plan->step_count; i++)
		most = plan->step[i].cpu_count > most ? plan->step[i].cpu_count : most;
	if (!step->kernel || outcome->kind == OUTCOME_SKIPPED)
		return -1;
	if (step->kernel->target == TARGET_DISK)
		return 0;
	return step->kernel->target == TARGET_CPU && step->cpu_count * 2 > most ? 1 : -1;
}

size_t gather_loads(const struct assembly *assembly, const struct still_load **ret_load)
{
	const struct plan *plan = &assembly->record->plan;
	const struct outcome *outcome, *before = NULL;
	struct still_load *load;
	size_t count = 0;

	for (outcome = assembly->record->outcome; outcome; outcome = outcome->next)
		count++;
	load = arena_array(assembly->arena, struct still_load, count + 1);
	*ret_load = load;
	count = 0;
	for (outcome = assembly->record->outcome; outcome; outcome = outcome->next) {
		if (outcome->kind == OUTCOME_SKIPPED)
			continue;
		if (before && outcome->started_ns - before->ended_ns < STEPS_APART_NS &&
		    heat_of(plan, before) + heat_of(plan, outcome) == 1)
			load[count++] = (struct still_load){
				.from_ns = before->started_ns,
				.at_ns = outcome->started_ns,
				.until_ns = outcome->ended_ns,
				.step = outcome->step,
			};
		before = outcome;
	}
	return count;
}

static int64_t lowest_trip(const struct gather *gather)
{
	int64_t lowest = SENSE_NO_LIMIT;
	size_t i;

	for (i = 0; i < gather->trip_count; i++) {
		const struct gather *trip = gather->trip[i];

		if (trip->seen && trip->previous >= LIMIT_LEAST && trip->previous <= LIMIT_MOST &&
		    trip->previous < lowest)
			lowest = trip->previous;
	}
	return lowest;
}

void gather_sense(struct gather *gather, const struct sample *sample)
{
	size_t i;

	for (i = 0; i < SENSES; i++) {
		gather->sense[i].limit = lowest_trip(gather);
		gather->sense[i].excused = gather->steal && gather->steal->seen &&
					   gather->steal->previous > STEAL_MOST;
		sense_take(&gather->sense[i], sample);
	}
	if (series_is_cpu_temperature(&gather->series->series))
		still_take(&gather->still, sample);
}

/* The step that ran at that time, or -1. */
static int64_t step_at(const struct assembly *assembly, int64_t time_ns)
{
	const struct outcome *outcome;

	for (outcome = assembly->record->outcome; outcome; outcome = outcome->next)
		if (outcome->kind != OUTCOME_SKIPPED && time_ns >= outcome->started_ns &&
		    time_ns <= outcome->ended_ns)
			return (int64_t)outcome->step;
	return -1;
}

static void sense_finding(struct assembly *assembly, const struct series *series,
			  const struct sense *sense)
{
	const char *component = series->component, *cpu = NULL;
	char text[MILLI_TEXT_SIZE];
	struct finding *finding;

	if (!sense->found)
		return;
	if (text_starts(component, "cpu/")) { /* of the kernel; the inventory's are packages */
		cpu = component + strlen("cpu/");
		component = assembly_component(assembly, "cpu/");
	}
	finding = assembly_finding(assembly, sense->rule->code, component,
				   step_at(assembly, sense->found_ns), sense->found_ns);
	if (cpu)
		finding_evidence(assembly->arena, finding, "cpu", "%s", cpu);
	finding_evidence(assembly->arena, finding, "metric", "%s", series->metric);
	if (sense->has_value)
		finding_evidence(assembly->arena, finding, "value", "%s",
				 format_milli(sense->value, text));
	if (sense->limit != SENSE_NO_LIMIT)
		finding_evidence(assembly->arena, finding, "limit", "%s",
				 format_milli(sense->limit, text));
	if (!strcmp(series->metric, "work-speed"))
		finding_evidence(assembly->arena, finding, "early", "%s",
				 format_milli(sense->early, text));
	else if (sense->seen)
		finding_evidence(assembly->arena, finding, "first", "%s",
				 format_milli(sense->first, text));
}

static void still_finding(struct assembly *assembly, const struct gather *gather)
{
	const struct series *series = &gather->series->series;
	const struct still *still = &gather->still;
	char text[MILLI_TEXT_SIZE];
	struct finding *finding;

	if (!still->found)
		return;
	finding = assembly_finding(assembly, "sensor-stuck", series->component,
				   (int64_t)still->step, still->found_ns);
	finding_evidence(assembly->arena, finding, "metric", "%s", series->metric);
	finding_evidence(assembly->arena, finding, "value", "%s",
			 format_milli(still->found_value, text));
}

static void counter_finding(struct assembly *assembly, const struct gather *gather)
{
	static const struct {
		const char *metric, *code;
	} counted[] = {
		{ "edac-corrected", "edac-corrected" },	  { "edac-uncorrected", "edac-uncorrected" },
		{ "aer-correctable", "aer-correctable" }, { "aer-nonfatal", "aer-fatal" },
		{ "aer-fatal", "aer-fatal" },		  { "kernel-errors", "kernel-error" },
		{ "net-errors", "net-errors" },		  { "disk-errors", "disk-errors" },
		{ "link-lost", "link-lost" },		  { "kernel-corrected", "hardware-corrected" },
		{ "kernel-messages", "memory-short" },
		{ "clock-jump", "clock-jumped" },
	};
	const struct series *series = &gather->series->series;
	struct finding *finding;
	size_t i;

	if (series->kind != SERIES_COUNTER || !gather->grown)
		return;
	for (i = 0; i < ARRAY_SIZE(counted) && strcmp(counted[i].metric, series->metric);)
		i++;
	if (i == ARRAY_SIZE(counted) ||
	    (!strcmp(series->metric, "kernel-messages") && strcmp(series->component, "kernel/oom")))
		return;
	finding = assembly_finding(assembly, counted[i].code, series->component,
				   step_at(assembly, gather->grown_ns), gather->grown_ns);
	finding_evidence(assembly->arena, finding, "first", "%" PRId64,
			 gather->series->first / 1000);
	finding_evidence(assembly->arena, finding, "grown", "%" PRId64, gather->grown / 1000);
	finding_evidence(assembly->arena, finding, "last", "%" PRId64, gather->series->last / 1000);
	finding_evidence(assembly->arena, finding, "metric", "%s", series->metric);
	assemble_memory_counted(assembly, finding);
}

void gather_findings(struct assembly *assembly, struct gather *gather)
{
	size_t i;

	counter_finding(assembly, gather);
	still_finding(assembly, gather);
	for (i = 0; i < SENSES; i++) {
		sense_end(&gather->sense[i], assembly->record->duration_ns);
		sense_finding(assembly, &gather->series->series, &gather->sense[i]);
	}
}
