/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march_kernel.h"

#include "harness/base/memory.h"
#include "harness/stress/isa/flush.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/march_walk.h"

#include <stdlib.h>
#include <sys/mman.h>

enum {
	CHUNK = 1 << 20, /* between two looks at the clock */
	SELF_TEST_CHUNK = 1 << 16,
};

int march_kernel_prepare(const struct march_kernel *kernel, struct stress_state *state,
			 struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);
	struct march_program *program;
	unsigned int i;

	if (!impl || !impl->march)
		return err_set(err, ERR_UNSUPPORTED, "%s has no code for %s in this build",
			       kernel->spec->name, isa_name(state->isa));
	for (i = 0; i < state->worker_count; i++) {
		if (!state->slice[i].size || state->slice[i].size % MARCH_LINE ||
		    (uintptr_t)state->slice[i].memory % MARCH_LINE)
			return err_set(err, ERR_INTERNAL,
				       "%s needs whole lines of 64 bytes, slice %u has %zu bytes",
				       kernel->spec->name, i, state->slice[i].size);
		/* Fewer page walks; where the kernel has no such pages the march is only slower. */
		madvise(state->slice[i].memory, state->slice[i].size, MADV_HUGEPAGE);
	}
	program = mem_zalloc(sizeof(*program));
	kernel->program(state, program);
	state->own = program;
	return 0;
}

/*
 * Other memory to read when that is the only way to empty the caches. The self-test proves what is
 * compared, wherever it lies: with all of that memory after every operation it would not end in time.
 */
static int flush_take(struct march_flush *flush, bool self_test, struct err *err)
{
	const struct isa_flush isa = isa_flush_find();

	march_flush_find(&isa, flush);
	if (!flush->evict_size)
		return 0;
	if (self_test)
		flush->evict_size = SELF_TEST_CHUNK;
	flush->evict = mmap(NULL, flush->evict_size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (flush->evict == MAP_FAILED)
		return err_set(err, ERR_FULL, "no memory left to empty the caches with");
	return 0;
}

int march_kernel_run(const struct march_kernel *kernel, struct stress_state *state,
		     struct worker *worker, struct err *err)
{
	const struct stress_slice *slice = &state->slice[worker->index];
	struct march_flush flush;
	struct march_walk walk;
	struct march march = {
		.impl = kernel->impl ? kernel->impl : isa_impl_find(state->isa)->march,
		.program = state->own,
		.worker = worker,
		.memory = slice->memory,
		.size = slice->size,
		.chunk = state->self_test ? SELF_TEST_CHUNK : CHUNK,
		.hold_seconds = state->self_test ? 0 : stress_param(state, kernel->spec, "hold"),
	};

	if (kernel->flushed || kernel->walks) {
		if (flush_take(&flush, state->self_test, err) < 0)
			return ERR_FULL;
		march.flush = &flush;
		march.flush_always = kernel->flushed;
		/* Whole chunks: emptying the caches costs the same for one line as for all. */
		if (kernel->flushed && flush.evict && !state->self_test)
			march.chunk = flush.block;
	}
	if (kernel->walks) {
		march_walk_find(&march, &walk);
		march.walk = &walk;
	}
	march_run(&march);
	if (march.flush && flush.evict)
		munmap(flush.evict, flush.evict_size);
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
