/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/run_fixture.h"
#include "tests/unit/model_fixture.h"

#include "harness/base/auto.h"

#include <check.h>
#include <string.h>

static const unsigned int cpu[] = { 0, 1, 2, 3 };

static const struct series series[] = {
	{ "lmsensors", "temperature", "hwmon/coretemp/0/temp1", "Package", "C", SERIES_GAUGE },
	{ "edac", "edac-corrected", "mc/0", "", "count", SERIES_COUNTER },
	{ "work", "work-rate", "step/0", "whole", "1/s", SERIES_GAUGE },
};

static const struct telemetry_source telemetry[] = {
	{ "lmsensors", 1, NULL, NULL },
	{ "cpufreq", 0, "sys/devices/system/cpu/cpufreq/policy*/scaling_cur_freq", NULL },
	{ "kmsg", 0, NULL, "'dev/kmsg' is not there" },
};

void fixture_run_inventory(struct inventory *inventory)
{
	struct component *c;

	inventory->arch = "x86_64";
	inventory->root = "live";
	inventory_pack(inventory, "2026-11-23",
		       "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	c = inventory_add(inventory, "cpu", "cpu/0", NULL);
	component_number(inventory, c, "logical_cpus", 4, "proc/cpuinfo", CERTAINTY_CERTAIN);
	component_text(inventory, c, "name", "KX-6640MA", "cpuid", CERTAINTY_CERTAIN);
	inventory_class(inventory, "cpu", PRESENCE_PRESENT, NULL);
	c = inventory_add(inventory, "memory", "memory/total", NULL);
	component_number(inventory, c, "size_bytes", 16 * (int64_t)GIB, "smbios type 17",
			 CERTAINTY_CERTAIN);
	component_number(inventory, c, "guess_bytes", 1, "somewhere", CERTAINTY_AMBIGUOUS);
	inventory_class(inventory, "memory", PRESENCE_PRESENT, NULL);
	inventory_add(inventory, "block", "block/sda", NULL);
	inventory_class(inventory, "block", PRESENCE_PRESENT, NULL);
	inventory_class(inventory, "usb", PRESENCE_ABSENT, "sys/bus/usb is not there");
	inventory_class(inventory, "firmware", PRESENCE_UNREADABLE, "permission denied");
}

struct plan_machine fixture_run_machine(const struct inventory *inventory)
{
	return (struct plan_machine){
		.inventory = inventory,
		.cpu = cpu,
		.cpu_count = 4,
		.memory_free_bytes = 14 * GIB,
		.memory_total_bytes = 16 * GIB,
		.memory_total_certain = true,
		.series = series,
		.series_count = 3,
		.telemetry = telemetry,
		.telemetry_count = ARRAY_SIZE(telemetry),
		.run_medium = "ext4",
		.disk_free_bytes = 100 * GIB,
		.seed = 42,
	};
}

static void add_outcome(struct record *record, const struct plan_step *step, struct outcome ***tail)
{
	struct outcome *outcome = arena_new(&record->arena, struct outcome);
	size_t i;

	outcome->step = step->index;
	outcome->attempt = 1;
	outcome->kind = step->skip ? OUTCOME_SKIPPED : OUTCOME_DONE;
	outcome->reason = step->skip;
	outcome->started_ns = record->duration_ns;
	outcome->asked_ns = step->asked_ns;
	outcome->done_ns = step->duration_ns;
	record->duration_ns += step->duration_ns;
	outcome->ended_ns = record->duration_ns;
	outcome->worker_count = step->skip ? 0 : step->cpu_count;
	outcome->worker = arena_array(&record->arena, struct worker_outcome, step->cpu_count);
	for (i = 0; i < outcome->worker_count; i++) {
		struct worker_outcome *worker = &outcome->worker[i];

		worker->cpu = step->cpu[i];
		worker->isa = "scalar";
		worker->kind = OUTCOME_DONE;
		worker->seed = step->seed + i;
		worker->phase = 0xffffffffffffffffULL;
		worker->work = 1000;
		worker->distinct_bytes = step->bytes / step->cpu_count;
		outcome->work += worker->work;
		outcome->distinct_bytes += worker->distinct_bytes;
	}
	if (step->kernel->target == TARGET_MEMORY)
		outcome->frames = fixture_one_node(&record->arena, outcome->distinct_bytes);
	**tail = outcome;
	*tail = &outcome->next;
}

static void add_series(struct record *record)
{
	static const struct bucket bucket[] = { { 0, 10, 0, 40000, 45000, 50000 },
						{ 1, 9, 1, 50000, 60000, 70000 } };
	size_t i;

	record->bucket_ns = 60 * SECOND_NS;
	record->series_count = 3;
	record->series = arena_array(&record->arena, struct record_series, 3);
	for (i = 0; i < 3; i++) {
		struct record_series *s = &record->series[i];

		s->series = series[i];
		s->good = 19;
		s->bad = 1;
		s->bucket = arena_copy(&record->arena, bucket, sizeof(bucket));
		s->bucket_count = 2;
		s->first = s->last = 3000;
	}
}

void fixture_run_of(const char *profile_text, const struct plan_machine *machine,
		       struct record *record)
{
	struct outcome **tail = &record->outcome;
	struct err err = ERR_INIT;
	size_t i;

	fixture_profile(profile_text, &record->profile);
	if (plan_make(&record->profile, machine, &record->plan, &err) < 0)
		ck_abort_msg("%s", err.text);
	fixture_run_inventory(&record->inventory);
	for (i = 0; i < record->plan.step_count; i++)
		add_outcome(record, &record->plan.step[i], &tail);
	add_series(record);
	record->run_id = "00112233445566778899aabbccddeeff";
	record->harness_version = "0.1.0";
	record->serial = "GW2026";
	record->lot = "";
	record->started_wall_s = 1790000000;
	record->ended_wall_s = record->started_wall_s + record->duration_ns / SECOND_NS;
	record->complete = true;
	record->watcher_locked = true;
	record->journal_state = "clean";
	memset(record->journal_digest, 'a', DIGEST_TEXT_SIZE - 1);
}

void fixture_run(struct record *record)
{
	struct inventory inventory = INVENTORY_INIT;
	struct plan_machine machine;

	fixture_run_inventory(&inventory);
	machine = fixture_run_machine(&inventory);
	fixture_run_of(fixture_full, &machine, record);
	inventory_release(&inventory);
}

char *fixture_run_text(const struct record *record)
{
	struct buf out = BUF_INIT;
	struct json_writer w;
	struct err err = ERR_INIT;

	json_start(&w, json_buf_sink, &out);
	record_write(&w, record);
	if (json_finish(&w, &err) < 0)
		ck_abort_msg("%s", err.text);
	return buf_detach(&out);
}
