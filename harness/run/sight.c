/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/sight.h"

#include "harness/stress/stressor.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

static int64_t run_time(const struct run_shared *shared, uint64_t boot_ns)
{
	return (int64_t)boot_ns - atomic_load(&shared->run_start_ns);
}

void sight_take(const struct run_shared *shared, struct step_sight *ret_sight)
{
	int64_t run_ns = atomic_load(&shared->step_run_ns);
	uint32_t count = atomic_load(&shared->worker_count);
	int64_t oldest = INT64_MAX;
	uint32_t i;

	memset(ret_sight, 0, sizeof(*ret_sight));
	ret_sight->run_ns = run_ns ? run_time(shared, (uint64_t)run_ns) : -1;
	ret_sight->child_beat_ns =
		run_time(shared, (uint64_t)atomic_load(&shared->child_beat_ns));
	if (shared->step_error[0])
		ret_sight->error = shared->step_error;
	for (i = 0; i < count; i++) {
		const struct worker_line *line = &shared->line[i];
		uint32_t state = atomic_load(&line->state);
		int64_t beat = run_time(shared, atomic_load(&line->beat_ns));

		if (state == WORKER_RUNNING) {
			ret_sight->workers_running++;
			oldest = beat < oldest ? beat : oldest;
		}
		ret_sight->workers_crashed += state == WORKER_CRASHED;
		ret_sight->workers_failed += state == WORKER_FAILED;
		if (state == WORKER_FAILED && !ret_sight->error)
			ret_sight->error = line->error;
	}
	ret_sight->oldest_beat_ns = oldest;
}

/* What the least of the workers of one turn did: lines from `first` on; *ret_end is the next turn's. */
static int64_t turn_done_ns(const struct run_shared *shared, uint32_t first, uint32_t count,
			    uint32_t *ret_end)
{
	uint32_t turn = atomic_load(&shared->line[first].turn);
	int64_t least = INT64_MAX;
	uint32_t i;

	for (i = first; i < count && atomic_load(&shared->line[i].turn) == turn; i++) {
		const struct worker_line *line = &shared->line[i];
		uint64_t begin = atomic_load(&line->begin_ns);
		int64_t done = begin ? (int64_t)(atomic_load(&line->beat_ns) - begin) : 0;

		least = done < least ? done : least;
	}
	*ret_end = i;
	return least < 0 ? 0 : least;
}

int64_t sight_done_ns(const struct run_shared *shared)
{
	uint32_t count = atomic_load(&shared->worker_count);
	int64_t done = 0;
	uint32_t i = 0;

	while (atomic_load(&shared->step_run_ns) && i < count)
		done += turn_done_ns(shared, i, count, &i);
	return done;
}

uint64_t sight_errors(const struct run_shared *shared)
{
	uint32_t count = atomic_load(&shared->worker_count);
	uint64_t errors = 0;
	uint32_t i;

	for (i = 0; i < count; i++)
		errors += atomic_load(&shared->line[i].mismatches);
	return errors;
}

/* A worker that did all it was told has the step's fate when the step was told to stop early. */
static enum outcome_kind kind_of(uint32_t state, enum outcome_kind step)
{
	switch (state) {
	case WORKER_CRASHED:
		return OUTCOME_CRASHED;
	case WORKER_FAILED:
		return OUTCOME_FAILED;
	case WORKER_ENDED:
		return step == OUTCOME_STOPPED_BY_GUARD || step == OUTCOME_INTERRUPTED
			       ? step
			       : OUTCOME_DONE;
	default:
		return step == OUTCOME_STOPPED_BY_GUARD || step == OUTCOME_FAILED
			       ? step
			       : OUTCOME_INTERRUPTED;
	}
}

/* The running worker that was heard least lately; the count when none runs. */
static uint32_t most_silent(const struct run_shared *shared, uint32_t count, uint64_t *ret_newest)
{
	uint64_t oldest = UINT64_MAX, newest = 0;
	uint32_t found = count;
	uint32_t i;

	for (i = 0; i < count; i++) {
		uint64_t beat = atomic_load(&shared->line[i].beat_ns);

		newest = beat > newest ? beat : newest;
		if (atomic_load(&shared->line[i].state) != WORKER_RUNNING || beat >= oldest)
			continue;
		oldest = beat;
		found = i;
	}
	*ret_newest = newest;
	return found;
}

void sight_workers(const struct run_shared *shared, enum outcome_kind kind, int64_t hang_ns,
		   struct worker_outcome *worker, const char **reason)
{
	uint32_t count = atomic_load(&shared->worker_count);
	int64_t child_beat = atomic_load(&shared->child_beat_ns);
	uint64_t newest;
	uint32_t silent = most_silent(shared, count, &newest);
	uint32_t i;

	/* The child looks after its workers until it is killed: its beat is the time of that. */
	if (child_beat > 0 && (uint64_t)child_beat > newest)
		newest = (uint64_t)child_beat;
	for (i = 0; i < count; i++) {
		const struct worker_line *line = &shared->line[i];
		uint32_t state = atomic_load(&line->state);

		worker[i] = (struct worker_outcome){
			.cpu = atomic_load(&line->cpu),
			.isa = isa_name((enum isa)atomic_load(&line->isa)),
			.kind = kind_of(state, kind),
			.signal = atomic_load(&line->signal),
			.seed = atomic_load(&line->seed),
			.phase = atomic_load(&line->phase),
			.work = atomic_load(&line->work),
			.kernels = atomic_load(&line->kernels),
			.distinct_bytes = atomic_load(&line->distinct_bytes),
			.mismatches = atomic_load(&line->mismatches),
		};
		reason[i] = state == WORKER_CRASHED || state == WORKER_FAILED ? line->error : NULL;
		if (kind == OUTCOME_TIMED_OUT && state == WORKER_RUNNING &&
		    (i == silent || newest - atomic_load(&line->beat_ns) > (uint64_t)hang_ns))
			worker[i].kind = OUTCOME_TIMED_OUT;
	}
}

size_t sight_mismatches(const struct run_shared *shared, uint64_t *taken, size_t left,
			void (*each)(void *context, const struct frame_mismatch *mismatch,
				     int64_t time_ns),
			void *context)
{
	uint32_t count = atomic_load(&shared->worker_count);
	size_t given = 0;
	uint32_t i;

	for (i = 0; i < count; i++) {
		const struct worker_line *line = &shared->line[i];
		uint64_t details = atomic_load(&line->details);

		if (details > WORKER_MISMATCHES) /* a wild write of a broken machine */
			details = WORKER_MISMATCHES;
		for (; taken[i] < details && given < left; taken[i]++, given++) {
			const struct worker_mismatch_detail *detail = &line->detail[taken[i]];
			struct frame_mismatch mismatch = {
				.step = (size_t)atomic_load(&shared->step),
				.worker = i,
				.cpu = atomic_load(&line->cpu),
				.isa = isa_name((enum isa)detail->isa),
				.kernel_index = detail->kernel,
				.at = detail->at,
				.address = detail->address,
				.physical = detail->physical,
				.page_bytes = (uint64_t)sysconf(_SC_PAGESIZE),
				.node = detail->node,
				.want = detail->want,
				.got = detail->got,
				.seed = detail->seed,
				.phase = detail->phase,
			};

			each(context, &mismatch, run_time(shared, (uint64_t)detail->time_ns));
		}
	}
	return given;
}
