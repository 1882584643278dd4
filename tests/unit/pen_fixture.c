/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/pen_fixture.h"

#include "harness/base/auto.h"
#include "tests/unit/unit.h"

#include <string.h>

#define LIMITS                                                                                     \
	"limits:\n"                                                                                \
	"  - {metric: temperature, max: 90C, hold: 5s}\n"                                          \
	"  - {metric: edac-corrected, max: 10, optional: yes}\n"

static const struct series table[PEN_SERIES] = {
	{ "lmsensors", "temperature", "hwmon/coretemp/temp1", "Package", "C", SERIES_GAUGE },
	{ "edac", "edac-corrected", "mc/0", "", "count", SERIES_COUNTER },
	{ "work", "work-rate", "step/0", "a", "1/s", SERIES_GAUGE },
	{ "presence", "device-lost", "usb/1-2", "", "count", SERIES_GAUGE },
	{ "online", "device-lost", "cpu/3", "", "count", SERIES_GAUGE },
	{ "netdev", "link-lost", "net/eth0", "", "count", SERIES_COUNTER },
	{ "pcielink", "link-width", "pci/0000:01:00.0", "", "count", SERIES_GAUGE },
	{ "smart", "smart-warning", "block/nvme0n1", "", "count", SERIES_GAUGE },
	{ "thermal", "temperature", "thermal/acpitz/zone0", "", "C", SERIES_GAUGE },
	{ "thermal", "temperature-limit", "thermal/acpitz/zone0/trip0", "critical", "C",
	  SERIES_GAUGE },
	{ "thermal", "temperature-limit", "thermal/acpitz/zone0/trip1", "hot", "C", SERIES_GAUGE },
	{ "thermal", "temperature-limit", "thermal/acpitz/zone0/trip2", "passive", "C",
	  SERIES_GAUGE },
	{ "thermal", "temperature", "thermal/acpitz/zone01", "", "C", SERIES_GAUGE },
	{ "kmsg", "kernel-messages", "kernel/oom", "", "count", SERIES_COUNTER },
	{ "kmsg", "kernel-messages", "kernel/link", "", "count", SERIES_COUNTER },
	{ "work", "work-speed", "step/0", "", "1/s", SERIES_GAUGE },
	{ "steal", "cpu-steal", "cpu", "", "%", SERIES_GAUGE },
	{ "edac", "edac-corrected", "edac/mc0/rank1", "", "count", SERIES_COUNTER },
};

void pen_make(struct pen *pen, const char *steps)
{
	struct err err = ERR_INIT;

	memset(pen, 0, sizeof(*pen));
	live_fixture_init(&pen->f, steps, LIMITS);
	pen->f.journal = journal_create(tree_path(&pen->f.tree, "run/run.journal"), 5, NULL, &err);
	pen->book = (struct book)BOOK_INIT(pen->f.journal, 0);
	buf_init(&pen->bytes);
}

void pen_start(struct pen *pen)
{
	struct frame_start start = { .run_id = "000102030405060708090a0b0c0d0e0f",
				     .harness_version = "test",
				     .serial = "S1",
				     .lot = "L1",
				     .boot = "boot-one",
				     .boot_ns = 1000 * SECOND,
				     .started_wall_s = 1700000000,
				     .series = table,
				     .series_count = ARRAY_SIZE(table) };
	struct err err = ERR_INIT;

	start.profile = &pen->f.profile;
	start.plan = &pen->f.plan;
	start.inventory = &pen->f.inventory;
	ck_assert_int_eq(frame_write_start(&pen->book.text, &start, &err), 0);
	ck_assert_int_eq(book_put(&pen->book, FRAME_START, 0), 0);
}

void pen_init(struct pen *pen)
{
	pen_make(pen, STEPS);
	pen_start(pen);
}

void pen_release(struct pen *pen)
{
	journal_scan_release(&pen->scan);
	buf_release(&pen->bytes);
	book_release(&pen->book);
	live_fixture_release(&pen->f);
}

void pen_step_start(struct pen *pen, size_t step, uint64_t attempt, int64_t time_ns)
{
	struct frame_step value = { .step = step, .attempt = attempt };

	BOOK_ADD_AT(&pen->book, FRAME_STEP_START, step, &value, time_ns);
}

void pen_step_end(struct pen *pen, size_t step, uint64_t attempt, enum outcome_kind kind,
		  int64_t time_ns)
{
	struct worker_outcome worker = { .cpu = 0, .isa = "scalar", .kind = kind, .work = 1000 };
	const char *reason = NULL;
	struct frame_step_end value = { .step = step,
					.attempt = attempt,
					.kind = kind,
					.done_ns = 60 * SECOND,
					.worker = &worker,
					.worker_reason = &reason,
					.worker_count = 1 };

	BOOK_ADD_AT(&pen->book, FRAME_STEP_END, step_end, &value, time_ns);
}

void pen_resumed_without(struct pen *pen, const struct resume *resume, int64_t time_ns)
{
	struct frame_resume value = { .boot = "boot-two",
				      .boot_ns = 3000 * SECOND,
				      .wall_s = 1700000500,
				      .harness_version = "test",
				      .lost = resume->past.lost,
				      .lost_count = resume->past.lost_count };

	BOOK_ADD_AT(&pen->book, FRAME_RESUME, resume, &value, time_ns);
}

void pen_resumed(struct pen *pen, const char *boot, int64_t time_ns)
{
	struct frame_resume value = { .boot = boot,
				      .boot_ns = 3000 * SECOND,
				      .wall_s = 1700000500,
				      .harness_version = "test" };

	BOOK_ADD_AT(&pen->book, FRAME_RESUME, resume, &value, time_ns);
}

void pen_ended(struct pen *pen, const char *cause, int64_t time_ns)
{
	struct frame_end value = { .cause = cause, .ended_wall_s = 1700000600 };

	BOOK_ADD_AT(&pen->book, FRAME_END, end, &value, time_ns);
}

void pen_reading(struct pen *pen, unsigned int series, int64_t seconds, int64_t value)
{
	struct sample sample = { .series = (uint16_t)series,
				 .quality = SAMPLE_GOOD,
				 .time_ns = seconds * SECOND,
				 .value = value };

	frame_write_samples(&pen->book.text, &sample, 1);
	book_put(&pen->book, FRAME_SAMPLES, sample.time_ns);
}

const struct record *pen_record_of(struct pen *pen)
{
	live_fixture_finish(&pen->f);
	return &pen->f.finish.record;
}
