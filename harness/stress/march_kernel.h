/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MARCH_KERNEL_H
#define STRESS_MARCH_KERNEL_H
/*
 * The life of a kernel that marches over its slices: which program, and whether the caches are
 * emptied between the operations. Its parameter "hold", where it has one, is seconds between filling
 * and the first read of each stage.
 */
#include "harness/stress/march_run.h"
#include "harness/stress/stressor.h"

struct march_kernel {
	const struct kernel_spec *spec;
	void (*program)(const struct stress_state *state, struct march_program *program);
	const struct march_impl *impl;	/* NULL: that of the instruction set */
	bool flushed;
	bool walks;	/* over the bits of the address, after each stage: march_walk.h */
};

/* mem_flush.c: how to empty the caches here; where that takes other memory, evict_size bytes. */
struct isa_flush;
void march_flush_find(const struct isa_flush *isa, struct march_flush *ret_flush);

/* SVE machines keep to NEON: memory is slower than either. */
#define MARCH_ISA_MASK (1U << ISA_SCALAR | (ISA_VECTORS & ~(1U << ISA_SVE)))

int march_kernel_prepare(const struct march_kernel *kernel, struct stress_state *state,
			 struct err *err);
int march_kernel_run(const struct march_kernel *kernel, struct stress_state *state,
		     struct worker *worker, struct err *err);
void march_kernel_finish(struct stress_state *state);

/* Defines stressor_NAME over the march_kernel `kernel`, for the instruction sets of `mask`. */
#define MARCH_STRESSOR(name, kernel, mask)                                                         \
	static int name##_prepare(struct stress_state *state, struct err *err)                     \
	{                                                                                          \
		return march_kernel_prepare(&(kernel), state, err);                                  \
	}                                                                                          \
	static int name##_run(struct stress_state *state, struct worker *worker, struct err *err)  \
	{                                                                                          \
		return march_kernel_run(&(kernel), state, worker, err);                              \
	}                                                                                          \
	extern const struct stressor stressor_##name;                                              \
	const struct stressor stressor_##name = {                                                  \
		.spec = &name##_spec,                                                              \
		.isa_mask = (mask),                                                                \
		.prepare = name##_prepare,                                                         \
		.run = name##_run,                                                                 \
		.finish = march_kernel_finish,                                                     \
	}

#endif
