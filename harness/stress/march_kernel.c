/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march_kernel.h"

#include "harness/base/memory.h"
#include "harness/stress/isa/impl.h"

#include <stdlib.h>
#include <sys/mman.h>

enum {
	CHUNK = 1 << 20, /* between two looks at the clock */
	SELF_TEST_CHUNK = 1 << 16,
};

int march_kernel_prepare(const struct march_kernel *kind, struct stress_state *state, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);
	struct march_program *program;
	unsigned int i;

	if (!impl || !impl->march)
		return err_set(err, ERR_UNSUPPORTED, "%s has no code for %s in this build",
			       kind->spec->name, isa_name(state->isa));
	for (i = 0; i < state->worker_count; i++) {
		if (!state->slice[i].size || state->slice[i].size % MARCH_LINE ||
		    (uintptr_t)state->slice[i].memory % MARCH_LINE)
			return err_set(err, ERR_INTERNAL,
				       "%s needs whole lines of 64 bytes, slice %u has %zu bytes",
				       kind->spec->name, i, state->slice[i].size);
		/* Fewer page walks; where the kernel has no such pages the march is only slower. */
		madvise(state->slice[i].memory, state->slice[i].size, MADV_HUGEPAGE);
	}
	program = mem_zalloc(sizeof(*program));
	kind->program(state, program);
	state->own = program;
	return 0;
}

int march_kernel_run(const struct march_kernel *kind, struct stress_state *state,
		     struct worker *worker, struct err *err)
{
	const struct stress_slice *slice = &state->slice[worker->index];
	struct march march = {
		.impl = isa_impl_find(state->isa)->march,
		.program = state->own,
		.worker = worker,
		.memory = slice->memory,
		.size = slice->size,
		.chunk = state->self_test ? SELF_TEST_CHUNK : CHUNK,
		.hold_seconds = state->self_test ? 0 : stress_param(state, kind->spec, "hold"),
	};

	(void)err;
	march_run(&march);
	return 0;
}

void march_kernel_finish(struct stress_state *state)
{
	struct march_program *program = state->own;

	if (!program)
		return;
	march_program_free(program);
	free(program);
	state->own = NULL;
}
