/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/cross.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "harness/sys/clock.h"

#include <fenv.h>
#include <string.h>

#define LEAVE_NS INT64_C(1000000000)
#define NAP_NS	 INT64_C(100000)

enum { SELF_TEST_ROWS = 8 };

int cross_prepare(struct stress_state *state, const struct kernel_spec *spec, struct err *err)
{
	const struct isa_impl *impl = isa_impl_find(state->isa);
	size_t size = state->worker_count * sizeof(struct cross_seat), row;
	struct cross *cross;
	void *seat = NULL;

	if (!impl || !impl->lane)
		return err_set(err, ERR_UNSUPPORTED, "%s has no code for %s in this build",
			       spec->name, isa_name(state->isa));
	if (state->worker_count > CROSS_SEATS || posix_memalign(&seat, BOARD_LINE, size))
		return err_set(err, ERR_FULL, "no memory left for %s", spec->name);
	memset(seat, 0, size);
	cross = mem_zalloc(sizeof(*cross));
	cross->impl = impl->lane;
	cross->seed = state->seed;
	cross->seat = seat;
	cross->rows = state->self_test ? SELF_TEST_ROWS : LANE_COUNT;
	cross->golden = mem_alloc(cross->rows * LANE_ANSWER * sizeof(*cross->golden));
	fesetenv(FE_DFL_ENV);
	for (row = 0; row < cross->rows; row++)
		lane_answer(&lane_ref, (enum lane_kernel)row, mix_at(state->seed, row),
			    cross->golden + row * LANE_ANSWER);
	state->own = cross;
	return 0;
}

void cross_finish(struct stress_state *state)
{
	struct cross *cross = state->own;

	if (!cross)
		return;
	free(cross->golden);
	free(cross->seat);
	free(cross);
	state->own = NULL;
}

uint64_t cross_phase(const struct cross_at *at)
{
	return at->n << CROSS_PHASE_BITS | at->worker->index;
}

void cross_begin(struct cross_at *at)
{
	uint64_t newest = atomic_load(&at->cross->newest);

	at->n = newest > at->mine->last ? newest : at->mine->last + 1;
	at->mine->last = at->n;
	at->row = (enum lane_kernel)(at->n % at->cross->rows);
	/* Others than those of the golden answers. */
	at->seed = mix_at(~at->cross->seed, at->n);
	worker_block(at->worker, at->seed, cross_phase(at));
}

void cross_begin_alone(struct cross_at *at)
{
	at->n = ++at->mine->last;
	at->row = (enum lane_kernel)(at->n % at->cross->rows);
	at->seed = mix_at(at->cross->seed, at->row);
	worker_block(at->worker, at->seed, cross_phase(at));
}

static void begin_again(struct cross_at *at, const struct worker_block *only)
{
	at->n = only->phase >> CROSS_PHASE_BITS;
	at->row = (enum lane_kernel)(at->n % at->cross->rows);
	at->seed = only->seed;
	worker_block(at->worker, only->seed, only->phase);
}

void cross_reference(const struct cross_at *at, uint64_t *answer)
{
	if (at->seed == mix_at(at->cross->seed, at->row))
		memcpy(answer, at->cross->golden + at->row * LANE_ANSWER,
		       LANE_ANSWER * sizeof(*answer));
	else
		lane_answer(&lane_ref, at->row, at->seed, answer);
}

bool cross_await(struct cross_at *at, size_t other, const struct board_note *note)
{
	unsigned int *missed = &at->missed[other];
	int64_t until = *missed < CROSS_MISSES ? clock_boot_ns() + CROSS_PATIENCE_NS : 0;
	bool there = board_await(at->worker, &note->number, at->n, until);

	*missed = there ? 0 : *missed + (*missed < CROSS_MISSES);
	return there;
}

/* What they say of this worker's last block comes when it has left already. */
static void wait_for_judges(struct cross *cross)
{
	int64_t end = clock_boot_ns() + LEAVE_NS;

	atomic_fetch_add(&cross->left, 1);
	while (atomic_load(&cross->left) < atomic_load(&cross->seated) && clock_boot_ns() < end)
		clock_wait_ns(NAP_NS);
}

int cross_run(struct stress_state *state, struct worker *worker,
	      uint64_t (*block)(struct cross_at *at), void (*alone)(struct cross_at *at))
{
	struct cross *cross = state->own;
	AUTO_FREE unsigned int *missed = mem_zalloc(worker->count * sizeof(*missed));
	struct cross_at at = { .cross = cross, .worker = worker, .missed = missed,
			       .mine = &cross->seat[worker->index] };
	bool meets = !worker->only && worker->count > 1 && !worker->slice_end_ns;
	uint64_t done = 0;

	fesetenv(FE_DFL_ENV);
	atomic_fetch_add(&cross->seated, meets);
	while (worker_go(worker, done)) {
		done = 1;
		if (worker->only) {
			begin_again(&at, worker->only);
			alone(&at);
		} else if (!meets) {
			board_confess(&at.mine->charge, worker);
			cross_begin_alone(&at);
			alone(&at);
		} else {
			board_confess(&at.mine->charge, worker);
			done = block(&at);
		}
	}
	if (meets)
		wait_for_judges(cross);
	if (!worker->only)
		board_confess(&at.mine->charge, worker);
	return 0;
}
