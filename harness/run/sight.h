/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SIGHT_H
#define RUN_SIGHT_H
/*
 * What the runner reads in the shared page about the running step, at any time, also after its child
 * died. Times of struct step_sight are run times.
 */
#include "harness/model/record.h"
#include "harness/run/frame.h"
#include "harness/run/runner.h"
#include "harness/run/shared.h"

void sight_take(const struct run_shared *shared, struct step_sight *ret_sight);

/* How long the workers worked: up to the last sign of life of the one that ended first. */
int64_t sight_done_ns(const struct run_shared *shared);

/*
 * What each worker did, for a step that ended as `kind`; one element a worker. Reasons point into the
 * shared page or are NULL. In a step that timed out a running worker not heard of for hang_ns is the
 * one that hung, and the longest silent one in any case.
 */
void sight_workers(const struct run_shared *shared, enum outcome_kind kind, int64_t hang_ns,
		   struct worker_outcome *worker, const char **reason);

/*
 * Calls `each` for mismatches that were not taken yet; taken[] has one count a worker, `left` is how
 * many more this step may write down. Returns how many it gave.
 */
size_t sight_mismatches(const struct run_shared *shared, uint64_t *taken, size_t left,
			void (*each)(void *context, const struct frame_mismatch *mismatch,
				     int64_t time_ns),
			void *context);

/* Wrong data seen so far in the running step. */
uint64_t sight_errors(const struct run_shared *shared);

#endif
