/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_STEP_MODE_H
#define MODEL_STEP_MODE_H
/*
 * How the workers of a step share the machine and the time: the same words in profile, plan and
 * record. A zeroed one is the plain mode: all workers at once, one kernel, steady load, until time
 * is up.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/kernel_spec.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum step_turns {
	TURNS_TOGETHER = 0,	/* all cpus at the same time */
	TURNS_CPU,		/* one cpu after the other, the rest idle */
	TURNS_CORE,		/* one core after the other, with all its siblings (SMT) */
};

struct step_mode {
	enum step_turns turns;
	int64_t load_ns, idle_ns;	/* edges: load so long, then idle; 0: steady */
	/* Kernels that each worker goes through, a slice each, every worker at another; 0: one kernel. */
	const struct kernel_spec **kernel;
	size_t kernel_count;
	int64_t slice_ns;
	/* Every second worker does that instead, at the same time; NULL: none. */
	const struct kernel_spec *beside;
	uint64_t budget_bytes;		/* verified by all workers, then the step is done; 0: none */
};

extern const char *const step_turns_name[];
#define STEP_TURNS_COUNT 3

bool step_mode_is_plain(const struct step_mode *mode);
bool step_mode_same(const struct step_mode *a, const struct step_mode *b);
struct step_mode step_mode_copy(struct arena *arena, const struct step_mode *mode);

/* The same without the kernels that make code. */
struct step_mode step_mode_without_code(struct arena *arena, const struct step_mode *mode);

/*
 * What a table says of the kernels of a step: the name, "cpu.integer + 52" where several take turns,
 * "mem.full + cpu.heat" where one works beside the other.
 */
const char *step_mode_kernels(struct arena *arena, const struct step_mode *mode,
			      const struct kernel_spec *kernel);

/* Key `mode` of an object; absent when it is plain. */
void step_mode_write(struct json_writer *w, const struct step_mode *mode);
int step_mode_read(const json_t *step, const char *where, const struct kernel_table *kernels,
		   struct arena *arena, struct step_mode *mode, struct err *err);

#endif
