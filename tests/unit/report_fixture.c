/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/report_fixture.h"

#include "harness/base/auto.h"
#include "tests/unit/model_fixture.h"

#include <stdio.h>
#include <string.h>

static const int64_t S = 1000000000;
enum { BUCKET_SECONDS = 2 };

static const struct kernel_spec kernel_integer = { .name = "cpu.integer", .summary = "integers",
						   .target = TARGET_CPU, .work_unit = "block" };
static const struct kernel_spec kernel_vector = { .name = "cpu.vector", .summary = "vectors",
						  .target = TARGET_CPU, .work_unit = "block" };
static const struct kernel_spec kernel_march = { .name = "mem.march", .summary = "memory",
						 .target = TARGET_MEMORY, .work_unit = "byte" };
static const struct kernel_spec kernel_verify = { .name = "disk.verify", .summary = "disk",
						  .target = TARGET_DISK, .writes_storage = true,
						  .work_unit = "byte" };

static const struct kernel_spec *const kernel[] = { &kernel_integer, &kernel_vector, &kernel_march,
						    &kernel_verify };
static const char *const step_title[] = { "integer", "vector", "memory", "disk" };
enum { STEPS = 4, STEP_SECONDS = 30 };

const char *report_fixture_name(enum fixture fixture)
{
	static const char *const name[] = { "pass", "fail", "incomplete", "server" };

	return name[fixture];
}

static unsigned int cpus(enum fixture fixture)
{
	return fixture == FIXTURE_SERVER ? 128 : 4;
}

/* --- plan and outcomes ------------------------------------------------------------------------ */

static void fill_profile(struct record *record, enum fixture fixture)
{
	static struct profile_source source = { .name = "quick.yaml" };
	static struct limit limit[] = {
		{ .metric = "temperature", .component = "*", .has_max = true, .max = 95000,
		  .hold_ns = 5000000000, .finding = "limit-exceeded" },
		{ .metric = "work-rate", .component = "step/2", .has_min = true, .min = 1000000000,
		  .hold_ns = 10000000000, .finding = "work-rate-low" },
	};

	memset(source.digest, '5', DIGEST_TEXT_SIZE - 1);
	record->profile = (struct profile)PROFILE_INIT;
	record->profile.name = "quick";
	record->profile.version = 3;
	record->profile.stage = fixture == FIXTURE_SERVER ? STAGE_BATCH : STAGE_BENCH;
	record->profile.title_zh = "两分钟快速检查";
	record->profile.title_en = "quick check of two minutes";
	record->profile.limit = limit;
	record->profile.limit_count = ARRAY_SIZE(limit);
	record->profile.source = &source;
	record->profile.source_count = 1;
}

static void fill_plan(struct record *record, enum fixture fixture)
{
	static struct guard_rule rule = { .metric = "temperature", .component = "*",
					  .throttle = 98000, .stop = 105000, .hold_ns = 2000000000,
					  .silent_ns = 10000000000 };
	static struct telemetry_source telemetry[] = {
		{ "lmsensors", 0, NULL, "libsensors did not answer: its process exited with status 1" },
		{ "edac", 0, "sys/devices/system/edac/mc/mc*/ce_count", NULL },
		{ "kmsg", 11, NULL, NULL },
	};
	struct plan *plan = &record->plan;
	size_t i;
	size_t j;

	*plan = (struct plan)PLAN_INIT;
	plan->profile_name = "quick";
	plan->profile_version = 3;
	memset(plan->profile_digest, 'a', DIGEST_TEXT_SIZE - 1);
	plan->stage = record->profile.stage;
	plan->seed = 0x1122334455667788;
	plan->asked_ns = plan->duration_ns = STEPS * STEP_SECONDS * S;
	plan->blind = fixture == FIXTURE_INCOMPLETE;
	plan->medium = "ext4";
	plan->memory_total_bytes = fixture == FIXTURE_SERVER ? 256ULL << 30 : 16ULL << 30;
	plan->memory_total_certain = fixture != FIXTURE_INCOMPLETE;
	plan->guard = &rule;
	plan->guard_count = 1;
	plan->step_count = STEPS;
	plan->step = arena_array(&record->arena, struct plan_step, STEPS);
	for (i = 0; i < STEPS; i++) {
		struct plan_step *step = &plan->step[i];

		*step = (struct plan_step){ .index = i, .name = step_title[i], .kernel = kernel[i],
					    .required = i != 3, .asked_ns = STEP_SECONDS * S,
					    .duration_ns = STEP_SECONDS * S, .seed = 0x100 + i };
		step->cpu_count = kernel[i]->target == TARGET_DISK ? 1 : cpus(fixture);
		step->cpu = arena_array(&record->arena, unsigned int, step->cpu_count);
		for (j = 0; j < step->cpu_count; j++)
			step->cpu[j] = (unsigned int)j;
		step->bytes = i == 2 ? plan->memory_total_bytes / 4 * 3 : i == 3 ? 256ULL << 20 : 0;
	}
	plan->telemetry = telemetry;
	if (fixture == FIXTURE_INCOMPLETE) {
		plan->telemetry_count = ARRAY_SIZE(telemetry);
		plan->step[3].skip = "the run folder lies on tmpfs, which is no disk: choose another with --out";
	}
}

static struct outcome *add_outcome(struct record *record, enum fixture fixture, size_t step)
{
	struct outcome *outcome = arena_new(&record->arena, struct outcome);
	struct outcome **tail = &record->outcome;
	const struct plan_step *planned = &record->plan.step[step];
	size_t i;

	outcome->step = step;
	outcome->attempt = 1;
	outcome->kind = OUTCOME_DONE;
	outcome->started_ns = (int64_t)step * (STEP_SECONDS + 1) * S;
	outcome->ended_ns = outcome->started_ns + STEP_SECONDS * S;
	outcome->asked_ns = outcome->done_ns = STEP_SECONDS * S;
	outcome->worker_count = planned->cpu_count;
	outcome->worker = arena_array(&record->arena, struct worker_outcome, planned->cpu_count);
	for (i = 0; i < outcome->worker_count; i++) {
		struct worker_outcome *worker = &outcome->worker[i];

		worker->cpu = (unsigned int)i;
		worker->isa = step == 1 ? fixture == FIXTURE_SERVER ? "neon" : "lasx" : "scalar";
		worker->kind = OUTCOME_DONE;
		worker->seed = planned->seed + i;
		worker->work = step < 2 ? 4000000 + 1000 * i : (9ULL << 30) + (i << 20);
		worker->distinct_bytes = step < 2 ? 0 : planned->bytes / planned->cpu_count;
		outcome->work += worker->work;
		outcome->distinct_bytes += worker->distinct_bytes;
	}
	if (planned->kernel->target == TARGET_MEMORY)
		outcome->frames = fixture_one_node(&record->arena, outcome->distinct_bytes);
	while (*tail)
		tail = &(*tail)->next;
	*tail = outcome;
	return outcome;
}

/* --- series ----------------------------------------------------------------------------------- */

/* A wave without floats: rises under load, saw-toothed, never twice the same. */
static int64_t wave(uint64_t index, int64_t base, int64_t swing, unsigned int phase)
{
	int64_t rise = index < 10 ? (int64_t)index * swing / 10 : swing;

	return base + rise + (int64_t)((index * 7 + phase * 13) % 11) * swing / 100;
}

struct shape {
	struct series series;
	int64_t base, swing;
	unsigned int phase;
	uint64_t from, to;		/* buckets */
	uint64_t silent_from, silent_to;
};

static void add_series(struct record *record, const struct shape *shape)
{
	struct record_series *series = &record->series[record->series_count++];
	uint64_t i;

	series->series = shape->series;
	series->bucket = arena_array(&record->arena, struct bucket, shape->to);
	for (i = shape->from; i < shape->to; i++) {
		struct bucket *bucket = &series->bucket[series->bucket_count++];
		int64_t mean = wave(i - shape->from, shape->base, shape->swing, shape->phase);

		bucket->index = i;
		if (i >= shape->silent_from && i < shape->silent_to) {
			bucket->bad = 2;
			series->bad += 2;
			continue;
		}
		bucket->good = 2;
		series->good += 2;
		bucket->mean = mean;
		bucket->min = mean - shape->swing / 20;
		bucket->max = mean + shape->swing / 15;
		if (!series->first)
			series->first = mean;
		series->last = mean;
	}
}

static const char *name(struct record *record, const char *format, unsigned int number)
{
	char text[64];
	char tail[24];
	size_t head = strcspn(format, "#");

	snprintf(tail, sizeof(tail), "%u", number);
	snprintf(text, sizeof(text), "%.*s%s%s", (int)head, format, tail,
		 format[head] ? format + head + 1 : "");
	return arena_strdup(&record->arena, text);
}

static void fill_temperatures(struct record *record, enum fixture fixture, uint64_t buckets)
{
	unsigned int count = fixture == FIXTURE_SERVER ? 64 : 4;
	unsigned int i;

	for (i = 0; i < count; i++) {
		struct shape shape = {
			.series = { "lmsensors", "temperature",
				    name(record, "hwmon/coretemp/coretemp.0/temp#", i + 1),
				    name(record, "Core #", i), "C", SERIES_GAUGE },
			.base = 38000 + 400 * i, .phase = i, .to = buckets,
			.swing = fixture == FIXTURE_FAIL ? 61000 - 1000 * i : 33000 - 100 * i,
		};

		if (i == 1) {
			shape.silent_from = 25;
			shape.silent_to = 31;
		}
		add_series(record, &shape);
	}
	add_series(record, &(struct shape){ .series = { "lmsensors", "temperature",
							"hwmon/nvme/0000:01:00.0/temp1",
							"Composite", "C", SERIES_GAUGE },
					    .base = 35000,
					    .swing = 7000,
					    .to = buckets });
}

static void fill_rates(struct record *record, enum fixture fixture, uint64_t buckets)
{
	unsigned int i;

	for (i = 0; i < cpus(fixture); i++)
		add_series(record, &(struct shape){
			.series = { "cpufreq", "frequency", name(record, "cpu/#", i), "", "MHz",
				    SERIES_GAUGE },
			.base = 2480000 - 500 * (int64_t)i, .swing = 18000, .phase = i,
			.to = buckets });
	for (i = 0; i < STEPS; i++) {
		uint64_t from = (STEP_SECONDS + 1) * i / BUCKET_SECONDS;
		uint64_t to = from + STEP_SECONDS / BUCKET_SECONDS;
		bool bytes = i >= 2;

		if (from >= buckets)
			break;
		add_series(record, &(struct shape){ .series = { "work", "work-rate",
								name(record, "step/#", i), "",
								"1/s", SERIES_GAUGE },
						    .base = bytes ? 1200000000000 : 530000000,
						    .swing = bytes ? 90000000000 : 9000000,
						    .phase = i,
						    .from = from,
						    .to = to < buckets ? to : buckets });
	}
}

/* Every processor's rate over all steps: what is counted changes with the step. */
static void fill_processor_rates(struct record *record, enum fixture fixture, uint64_t buckets)
{
	unsigned int i;
	size_t j;

	for (i = 0; i < cpus(fixture); i++) {
		struct record_series *series = &record->series[record->series_count];

		add_series(record, &(struct shape){
			.series = { "work", "work-rate", name(record, "cpu/#", i), "", "1/s",
				    SERIES_GAUGE },
			.base = 130000000 - 100000 * (int64_t)i, .swing = 2000000, .phase = i,
			.to = buckets });
		for (j = 0; j < series->bucket_count; j++) {
			struct bucket *bucket = &series->bucket[j];
			int64_t factor =
				bucket->index * BUCKET_SECONDS < 2 * (STEP_SECONDS + 1) ? 1 : 2300;

			bucket->min *= factor;
			bucket->mean *= factor;
			bucket->max *= factor;
		}
	}
}

static void fill_counters(struct record *record, enum fixture fixture, uint64_t buckets)
{
	unsigned int count = fixture == FIXTURE_SERVER ? 32 : 2;
	unsigned int i;

	for (i = 0; i < count; i++) {
		add_series(record, &(struct shape){
			.series = { "edac", "edac-corrected", name(record, "edac/mc0/dimm#", i),
				    name(record, "DIMM_A#", i), "count", SERIES_COUNTER },
			.base = 1000, .to = buckets });
		if (i == 1 && fixture == FIXTURE_SERVER)
			record->series[record->series_count - 1].last += 2000;
	}
	add_series(record, &(struct shape){
		.series = { "lmsensors", "voltage", "hwmon/nct6775/nct6775.656/in0", "Vcore", "V",
			    SERIES_GAUGE },
		.base = 1050, .swing = 40, .to = buckets });
}

static void fill_series(struct record *record, enum fixture fixture)
{
	uint64_t buckets = (uint64_t)(record->duration_ns / S) / BUCKET_SECONDS;

	record->bucket_ns = BUCKET_SECONDS * S;
	record->series = arena_array(&record->arena, struct record_series, 500);
	if (fixture != FIXTURE_INCOMPLETE)
		fill_temperatures(record, fixture, buckets);
	fill_rates(record, fixture, buckets);
	fill_processor_rates(record, fixture, buckets);
	if (fixture != FIXTURE_INCOMPLETE)
		fill_counters(record, fixture, buckets);
}

/* --- inventory -------------------------------------------------------------------------------- */

static struct component *add(struct inventory *inventory, const char *class, const char *id)
{
	inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	return inventory_add(inventory, class, id, NULL);
}

static void fill_cpus(struct record *record, enum fixture fixture)
{
	struct inventory *inventory = &record->inventory;
	unsigned int i;

	for (i = 0; i < cpus(fixture); i++) {
		struct component *cpu = add(inventory, "cpu", name(record, "cpu/#", i));

		component_text(inventory, cpu, "model",
			       fixture == FIXTURE_SERVER ? "Kunpeng-920" : "Loongson-3A6000",
			       "proc/cpuinfo", fixture == FIXTURE_SERVER ? CERTAINTY_LIKELY
									 : CERTAINTY_CERTAIN);
		component_number(inventory, cpu, "max_khz", 2600000, "cpufreq", CERTAINTY_CERTAIN);
		component_number(inventory, cpu, "numa_node", i / 64, "sysfs", CERTAINTY_CERTAIN);
	}
}

static void fill_memory(struct record *record, enum fixture fixture)
{
	struct inventory *inventory = &record->inventory;
	unsigned int i;

	for (i = 0; i < (fixture == FIXTURE_SERVER ? 32U : 2U); i++) {
		struct component *dimm = add(inventory, "memory", name(record, "dimm/P0-C#", i));

		component_number(inventory, dimm, "size_bytes", 8LL << 30, "smbios type 17",
				 CERTAINTY_CERTAIN);
		component_number(inventory, dimm, "speed_mts", 3200, "smbios type 17",
				 CERTAINTY_CERTAIN);
		component_text(inventory, dimm, "manufacturer", "CXMT", "smbios type 17",
			       i ? CERTAINTY_CERTAIN : CERTAINTY_CONTRADICTORY);
		component_text(inventory, dimm, "serial", name(record, "A19C#", 4000 + i),
			       "smbios type 17", CERTAINTY_CERTAIN);
	}
}

static void fill_disk(struct inventory *inventory)
{
	struct component *disk = add(inventory, "block", "block/nvme0n1");

	component_text(inventory, disk, "model", "致态 TiPlus5000 512GB", "sys/block",
		       CERTAINTY_CERTAIN);
	component_text(inventory, disk, "firmware", "ZTA10139", "sys/block", CERTAINTY_CERTAIN);
	component_text(inventory, disk, "serial", "ZTA512T0000000001", "sys/block",
		       CERTAINTY_CERTAIN);
	component_number(inventory, disk, "size_bytes", 512110190592, "sys/block",
			 CERTAINTY_CERTAIN);
	component_number(inventory, disk, "logical_block_bytes", 512, "sys/block",
			 CERTAINTY_CERTAIN);
	component_number(inventory, disk, "physical_block_bytes", 4096, "sys/block",
			 CERTAINTY_CERTAIN);
	component_number(inventory, disk, "rotational", 0, "sys/block", CERTAINTY_CERTAIN);
	component_text(inventory, disk, "transport", "nvme", "sys/block", CERTAINTY_CERTAIN);
	component_text(inventory, disk, "wwn", "eui.0000000000000001", "sys/block",
		       CERTAINTY_CERTAIN);
}

static void fill_inventory(struct record *record, enum fixture fixture)
{
	struct inventory *inventory = &record->inventory;
	struct component *board;

	*inventory = (struct inventory)INVENTORY_INIT;
	inventory->root = "live";
	inventory->arch = fixture == FIXTURE_SERVER ? "aarch64" : "loongarch64";
	inventory_pack(inventory, "2026-11-23",
		       "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	board = add(inventory, "board", "board/system");
	component_text(inventory, board, "manufacturer",
		       fixture == FIXTURE_SERVER ? "Huawei" : "同方计算机有限公司", "smbios type 1",
		       CERTAINTY_CERTAIN);
	component_text(inventory, board, "product",
		       fixture == FIXTURE_SERVER ? "TaiShan 200 (Model 2280)" : "超翔 TL630-V3",
		       "smbios type 1", CERTAINTY_CERTAIN);
	fill_cpus(record, fixture);
	fill_memory(record, fixture);
	fill_disk(inventory);
	inventory_class(inventory, "usb", PRESENCE_ABSENT, "sys/bus/usb/devices is not there");
	if (fixture == FIXTURE_INCOMPLETE) {
		inventory_class(inventory, "firmware", PRESENCE_UNREADABLE,
				"sys/firmware/dmi/tables/DMI: not readable without root");
		inventory_problem(inventory, "pci", "child-crashed", "the process that read class 'pci' killed by signal 11 (Segmentation fault)");
	}
}

/* --- what went wrong -------------------------------------------------------------------------- */

static void add_reason(struct verdict *verdict, enum verdict_kind towards, const char *code,
		       const char *subject, const char *detail)
{
	struct reason *reason = arena_new(&verdict->arena, struct reason);
	struct reason **tail = &verdict->reason;

	*reason = (struct reason){ towards, code, subject, detail, NULL };
	while (*tail)
		tail = &(*tail)->next;
	*tail = reason;
	verdict->reason_count++;
}

static void spoil_fail(struct record *record, struct verdict *verdict)
{
	struct outcome *memory = record->outcome->next->next;
	struct finding *wrong = finding_new(&record->arena, "memory-mismatch", "dimm/P0-C1", 2,
					    70 * S);
	struct finding *died = finding_new(&record->arena, "worker-crashed", "cpu/3", 2, 71 * S);
	struct finding *hot = finding_new(&record->arena, "limit-exceeded",
					  "hwmon/coretemp/coretemp.0/temp1", -1, 30 * S);
	struct finding *guard = finding_new(&record->arena, "guard-throttle", "", 2, 75 * S);

	finding_evidence(&record->arena, wrong, "address", "0x%016llx", 0x7f00deadbee8ULL);
	finding_evidence(&record->arena, wrong, "cpu", "2");
	finding_evidence(&record->arena, wrong, "got", "0x%016llx", 0xffffffffffffff7fULL);
	finding_evidence(&record->arena, wrong, "seed", "0x%016llx", 0x102ULL);
	finding_evidence(&record->arena, wrong, "want", "0x%016llx", 0xffffffffffffffffULL);
	finding_evidence(&record->arena, died, "signal", "11");
	record->finding = wrong;
	wrong->next = died;
	died->next = hot;
	hot->next = guard;
	memory->kind = OUTCOME_CRASHED;
	memory->reason = "1 of its workers crashed";
	memory->worker[2].mismatches = 1;
	memory->worker[2].phase = 123456;
	memory->worker[3].kind = OUTCOME_CRASHED;
	memory->worker[3].signal = 11;
	memory->worker[3].phase = 123999;
	record->series[0].excess = arena_new(&record->arena, struct record_excess);
	record->series[0].excess->longest_ns = 42 * S;
	record->series[0].excess->worst = 103200;
	verdict->kind = VERDICT_FAIL;
	add_reason(verdict, VERDICT_FAIL, "memory-mismatch", "dimm/P0-C1", "step memory");
	add_reason(verdict, VERDICT_FAIL, "limit-exceeded", "hwmon/coretemp/coretemp.0/temp1",
		   "above 95 for 42 s");
}

static void spoil_incomplete(struct record *record, struct verdict *verdict)
{
	struct outcome *last = record->outcome->next->next;
	struct interruption *gone = arena_new(&record->arena, struct interruption);
	struct setting *setting = arena_new(&record->arena, struct setting);

	last->kind = OUTCOME_INTERRUPTED;
	last->reason = "stopped by SIGINT";
	last->ended_ns = last->started_ns + 12 * S;
	last->done_ns = 12 * S;
	last->distinct_bytes = 3ULL << 30;
	last->frames = fixture_one_node(&record->arena, last->distinct_bytes);
	gone->kind = INTERRUPTION_SIGNAL;
	gone->time_ns = 74 * S;
	gone->resumed_ns = -1;
	record->interruption = gone;
	setting->path = "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor";
	setting->before = "powersave";
	setting->during = "performance";
	setting->restored = true;
	record->setting = setting;
	record->complete = false;
	record->journal_state = "torn";
	record->samples_lost = 12;
	record->watcher_locked = false;
	verdict->kind = VERDICT_INCOMPLETE;
	add_reason(verdict, VERDICT_INCOMPLETE, "step-unfinished", "memory", "lasted 12 s of 30 s");
	add_reason(verdict, VERDICT_INCOMPLETE, "record-incomplete", "",
		   "the journal has no end");
}

void report_fixture(enum fixture fixture, struct record *record, struct verdict *verdict)
{
	size_t steps = fixture == FIXTURE_INCOMPLETE ? 3 : STEPS;
	size_t i;

	*record = (struct record)RECORD_INIT;
	*verdict = (struct verdict)VERDICT_INIT;
	record->run_id = "00112233445566778899aabbccddeeff";
	record->harness_version = "0.1.0";
	record->serial = "TF630V3-2026-000042";
	record->lot = fixture == FIXTURE_SERVER ? "L2026-11-A" : "";
	record->started_wall_s = 1795413840;
	record->duration_ns = (fixture == FIXTURE_INCOMPLETE ? 74 : 124) * S;
	record->ended_wall_s = record->started_wall_s + record->duration_ns / S;
	record->journal_state = "clean";
	record->complete = true;
	record->watcher_locked = true;
	memset(record->journal_digest, 'c', DIGEST_TEXT_SIZE - 1);
	memset(verdict->record_digest, 'd', DIGEST_TEXT_SIZE - 1);
	memset(verdict->profile_digest, 'a', DIGEST_TEXT_SIZE - 1);
	verdict->kind = VERDICT_PASS;
	fill_profile(record, fixture);
	fill_plan(record, fixture);
	for (i = 0; i < steps; i++)
		add_outcome(record, fixture, i);
	fill_series(record, fixture);
	fill_inventory(record, fixture);
	if (fixture == FIXTURE_FAIL)
		spoil_fail(record, verdict);
	if (fixture == FIXTURE_INCOMPLETE)
		spoil_incomplete(record, verdict);
}

void report_fixture_release(struct record *record, struct verdict *verdict)
{
	inventory_release(&record->inventory);
	arena_release(&record->plan.arena);
	arena_release(&record->profile.arena);
	arena_release(&record->arena);
	arena_release(&verdict->arena);
}
