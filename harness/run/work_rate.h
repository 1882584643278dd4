/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_WORK_RATE_H
#define RUN_WORK_RATE_H
/*
 * Work per second from the workers' lines: a machine that slows down is seen without any sensor.
 *
 * One sample a step (all its workers, each second), one a cpu (after two seconds, then each ten), and
 * again one a step, its speed: work per second of cpu time, in that order. The speed is not less when
 * other programs take the cpus.
 * Only the running step's and its cpus' are news; the others keep their last time. A rate is the
 * change of the counted work over the time between two looks; the first look at a step only begins.
 * Of a step whose cpus take turns only those of the turn that runs are looked at.
 * A step that still prepares, and one whose first worker has ended, has none: a rate of zero means
 * workers that stand still.
 */
#include "harness/run/shared.h"

#include <stddef.h>
#include <stdint.h>

struct work_rate {
	size_t step_count, cpu_count;
	const unsigned int *cpu;	/* borrowed */
	struct sample *last;		/* 2 * step_count + cpu_count */
	int64_t step;			/* that was looked at, -1: none */
	uint32_t first, end;		/* lines of its turn */
	int64_t step_ns, cpu_ns;	/* when */
	int64_t cpu_gap_ns;
	uint64_t step_work;
	uint64_t cpu_ns_sum, cpu_work_sum;	/* of all workers, at the look before */
	uint64_t *cpu_work;
};

void work_rate_init(struct work_rate *rate, size_t step_count, const unsigned int *cpu,
		    size_t cpu_count);
void work_rate_release(struct work_rate *rate);
/* Fills 2 * step_count + cpu_count samples, but for their series' index, which is the caller's. */
void work_rate_read(struct work_rate *rate, const struct run_shared *shared, int64_t now_ns,
		    struct sample *ret_sample);

#endif
