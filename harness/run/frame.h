/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FRAME_H
#define RUN_FRAME_H
/*
 * What the frames of a journal say: structs and their text forms (docs/formats/journal.md).
 *
 *	frame_write_step_end(&text, &step_end);		appends the content to a buf
 *	code = frame_read_step_end(frame, &arena, &step_end, &err);
 *
 * Writing cannot fail (but for the start, which holds nouns made by others): counts beyond 2^53 stay
 * there, text that is not UTF-8 is decoded. Reading is strict: ERR_INPUT names the frame. Text and arrays read are the arena's; written ones borrowed.
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/model/inventory.h"
#include "harness/model/plan.h"
#include "harness/model/profile.h"
#include "harness/model/record.h"
#include "harness/model/sample.h"
#include "harness/run/frame_faults.h"
#include "harness/run/journal.h"

#include <stdbool.h>
#include <stdint.h>

struct frame_start {
	const char *run_id;		/* 32 hex digits */
	const char *harness_version;
	const char *serial, *lot;	/* "" when not given */
	const char *boot;		/* SM3 of the boot id as text, "" when it cannot be read */
	int64_t boot_ns;		/* clock_boot_ns at the run's time 0 */
	int64_t started_wall_s;
	const struct profile *profile;
	const struct plan *plan;
	const struct inventory *inventory;
	const struct series *series;
	size_t series_count;
};

int frame_write_start(struct buf *out, const struct frame_start *start, struct err *err);
/*
 * Fills the nouns of `record` and *ret_start; the pointers of *ret_start to nouns point into it.
 * Release the record also after a failure.
 */
int frame_read_start(const struct frame *frame, const struct kernel_table *kernels,
		     struct record *record, struct frame_start *ret_start, struct err *err);

/* What a start and a resume have alike. */
struct frame_clock {
	const char *boot;
	int64_t boot_ns;		/* clock_boot_ns at the run's time 0, in that boot */
};

int frame_read_clock(const struct frame *frame, struct arena *arena, struct frame_clock *ret_clock,
		     struct err *err);

struct frame_watcher {
	bool locked;
};

struct frame_step {
	size_t step;
	uint64_t attempt;		/* from 1 */
};

struct frame_mismatch {
	size_t step;
	uint64_t attempt;
	unsigned int worker, cpu;
	const char *isa;
	uint32_t kernel_index;		/* of those of the step; not written */
	const char *kernel;		/* NULL: the only one of the step */
	uint64_t at, address, want, got, seed, phase;
	uint64_t physical;		/* address; 0: not known */
	uint64_t page_bytes;		/* with `physical`: of a page frame */
	int64_t node;			/* NUMA node; -1: not known */
};

struct frame_guard {
	int64_t step;			/* -1 between steps */
	bool stop;			/* else it throttled */
	size_t rule;			/* of the plan */
	int64_t series;			/* -1: none gives this metric */
	int64_t value;			/* thousandths; 0 when silent */
	bool silent;
	const char *why;		/* "hot", "silent" ... */
};

struct frame_step_end {
	size_t step;
	uint64_t attempt;
	enum outcome_kind kind;
	const char *reason;		/* English, or NULL */
	int64_t done_ns;		/* how long the workers worked */
	const struct worker_outcome *worker;
	const struct frame_faults *worker_faults;	/* NULL: none of them saw any in memory */
	const char *const *worker_reason;	/* for FAILED and CRASHED; elements may be NULL */
	size_t worker_count;
	struct node_bytes_list frames;	/* physical memory verified; empty: not known */
	struct module_bytes_list modules;	/* the same by memory module; empty: not known */
	struct latency_list latency;	/* of requests to a device; empty: none were made */
};

struct frame_setting {
	const char *path, *before, *during;
};

struct frame_restore {
	const char *path;
	bool restored;
	const char *reason;		/* why not, or NULL */
};

struct frame_signal {
	int64_t signal;
};

struct frame_fault {
	const char *code;		/* a finding code of the station */
	const char *detail;		/* English */
};

struct frame_resume {
	const char *boot;
	int64_t boot_ns, wall_s;
	const char *harness_version;
	const char *const *lost;	/* components that are not there any more: ids */
	size_t lost_count;
};

struct frame_end {
	const char *cause;		/* "done", "signal", "guard", "fault" */
	int64_t ended_wall_s;
	uint64_t samples_lost;
};

#define FRAME_FORMS(name)                                                                          \
	void frame_write_##name(struct buf *out, const struct frame_##name *value);                \
	int frame_read_##name(const struct frame *frame, struct arena *arena,                      \
			      struct frame_##name *ret_value, struct err *err);
FRAME_FORMS(watcher)
FRAME_FORMS(step)
FRAME_FORMS(mismatch)
FRAME_FORMS(guard)
FRAME_FORMS(step_end)
FRAME_FORMS(setting)
FRAME_FORMS(restore)
FRAME_FORMS(signal)
FRAME_FORMS(fault)
FRAME_FORMS(resume)
FRAME_FORMS(end)
#undef FRAME_FORMS

/* Packed samples: rounds of one time each. Samples of one round stand together. */
void frame_write_samples(struct buf *out, const struct sample *sample, size_t count);
/* Calls `each` for every sample; ERR_INPUT where the bytes are no samples. */
int frame_read_samples(const struct frame *frame,
		       void (*each)(void *context, const struct sample *sample), void *context,
		       struct err *err);

#endif
