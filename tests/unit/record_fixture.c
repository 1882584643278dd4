/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/record_fixture.h"

#include "harness/base/auto.h"
#include "tests/unit/model_fixture.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SECOND 1000000000LL

static void add(struct inventory *inventory, const char *class, const char *id,
		const char *const pair[][2])
{
	struct component *component = inventory_add(inventory, class, id, NULL);
	size_t i;

	for (i = 0; pair[i][0]; i++)
		component_text(inventory, component, pair[i][0], pair[i][1], "test",
			       CERTAINTY_LIKELY);
	inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
}

#define ADD(class, id, ...)                                                                        \
	do {                                                                                       \
		static const char *const pair[][2] = { __VA_ARGS__, { NULL, NULL } };              \
                                                                                                   \
		add(inventory, class, id, pair);                                                   \
	} while (0)

void fixture_inventory(struct inventory *inventory)
{
	struct component *board, *cpu;

	inventory->root = arena_strdup(&inventory->arena, "live");
	inventory->arch = arena_strdup(&inventory->arena, "aarch64");
	inventory_pack(inventory, "2026-11-23",
		       "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	ADD("board", "board/system", { "manufacturer", "GreatWall" }, { "serial", "GW0001" },
	    { "uuid", "01020304-0506-0708-090a-0b0c0d0e0f10" });
	board = inventory_add(inventory, "board", "board/baseboard", NULL);
	component_text(inventory, board, "product", "To be filled by O.E.M.", "test",
		       CERTAINTY_UNKNOWN);
	component_text(inventory, board, "serial", "0123456789", "test", CERTAINTY_UNKNOWN);
	cpu = inventory_add(inventory, "cpu", "cpu/0", NULL);
	component_text(inventory, cpu, "model", "Phytium D2000", "test", CERTAINTY_LIKELY);
	component_number(inventory, cpu, "logical_cpus", 2, "test", CERTAINTY_CERTAIN);
	inventory_class(inventory, "cpu", PRESENCE_PRESENT, NULL);
	ADD("memory", "dimm/A0", { "serial", "AA01" });
	ADD("memory", "dimm/B0", { "serial", "BB02" });
	ADD("block", "block/sda", { "serial", "S-1" }, { "wwn", "naa.5000c500a1b2c3d4" });
	ADD("block", "block/sdb", { "serial", "stick" }, { "transport", "usb" });
	ADD("net", "net/eth0", { "mac", "00:07:3e:01:02:03" });
	ADD("net", "net/eth1", { "mac", "52:54:00:01:02:03" });
}

static void profile_for(enum stage stage, struct profile *profile)
{
	char text[1024];
	bool blind = stage != STAGE_BATCH && stage != STAGE_MASS;

	snprintf(text, sizeof(text),
		 "name: small\nversion: 2\nstage: %s\n%s"
		 "title: {en: Small, zh: 小}\n"
		 "steps:\n"
		 "  - {name: whole, kernel: cpu.integer, duration: 2s, min-work: 10}\n"
		 "  - {name: memory, kernel: mem.march, duration: 1s, memory: 50%%}\n"
		 "guard:\n"
		 "  - {metric: temperature, throttle: 90C, stop: 95C}\n",
		 stage_name(stage), blind ? "blind: allowed\n" : "");
	fixture_profile(text, profile);
}

/* The temperature of the cpu, one bucket a second. */
static void add_series(struct record *record)
{
	struct record_series *series = arena_new(&record->arena, struct record_series);
	size_t i;

	series->series = (struct series){ .source = "thermal", .metric = "temperature",
					  .component = "hwmon/scpi_sensors/temp1", .label = "SOC",
					  .unit = "C" };
	series->bucket_count = 3;
	series->bucket = arena_array(&record->arena, struct bucket, series->bucket_count);
	for (i = 0; i < series->bucket_count; i++) {
		int64_t milli = 50000 + 1500 * (int64_t)i;

		series->bucket[i] = (struct bucket){ .index = i, .good = 1, .min = milli,
						     .mean = milli, .max = milli };
	}
	series->good = 3;
	series->first = 50000;
	series->last = 53000;
	record->series = series;
	record->series_count = 1;
}

static void add_outcomes(struct record *record)
{
	struct outcome **tail = &record->outcome;
	size_t i, k;

	for (i = 0; i < record->plan.step_count; i++) {
		const struct plan_step *step = &record->plan.step[i];
		struct outcome *outcome = arena_new(&record->arena, struct outcome);

		outcome->step = i;
		outcome->attempt = 1;
		outcome->kind = OUTCOME_DONE;
		outcome->started_ns = (int64_t)i * 2 * SECOND;
		outcome->asked_ns = step->asked_ns;
		outcome->done_ns = step->duration_ns;
		outcome->ended_ns = outcome->started_ns + step->duration_ns;
		outcome->worker_count = step->cpu_count;
		outcome->worker = arena_array(&record->arena, struct worker_outcome,
					      step->cpu_count);
		for (k = 0; k < step->cpu_count; k++) {
			outcome->worker[k] = (struct worker_outcome){
				.cpu = step->cpu[k], .isa = "scalar", .kind = OUTCOME_DONE,
				.seed = step->seed, .work = 1000, .distinct_bytes = 4096,
			};
			outcome->work += 1000;
			outcome->distinct_bytes += 4096;
		}
		*tail = outcome;
		tail = &outcome->next;
	}
}

void fixture_record(enum stage stage, struct record *record)
{
	static const unsigned int cpu[] = { 0, 1 };
	static const struct series series = { .source = "thermal", .metric = "temperature",
					      .component = "hwmon/scpi_sensors/temp1",
					      .label = "SOC", .unit = "C" };
	struct plan_machine machine = {
		.inventory = &record->inventory, .cpu = cpu,	    .cpu_count = 2,
		.memory_free_bytes = 1u << 30,	 .memory_total_bytes = 2u << 30,
		.series = &series,		 .series_count = 1,
		.run_medium = "ext4",		 .disk_free_bytes = 1u << 30,
		.seed = 7,
	};
	struct err err = ERR_INIT;

	fixture_inventory(&record->inventory);
	profile_for(stage, &record->profile);
	ck_assert_msg(plan_make(&record->profile, &machine, &record->plan, &err) == 0, "%s",
		      err.text);
	record->run_id = "3f2a91c00102030405060708090a0b0c";
	record->harness_version = "0.1.0";
	record->serial = "SN 42/淬";
	record->lot = "L7";
	record->started_wall_s = 1795400000;
	record->ended_wall_s = 1795400003;
	record->duration_ns = 3 * SECOND;
	record->bucket_ns = SECOND;
	record->complete = true;
	record->journal_state = "clean";
	memset(record->journal_digest, 'a', DIGEST_TEXT_SIZE - 1);
	add_outcomes(record);
	add_series(record);
}

void fixture_record_write(const struct record *record, struct buf *out)
{
	struct err err = ERR_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, out);
	record_write(&w, record);
	ck_assert_msg(json_finish(&w, &err) == 0, "%s", err.text);
}
