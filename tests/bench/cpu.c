/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What share of the peak of the multiply-add units does the thermal kernel use, and what do its
 * checks cost? cpu [SECONDS]: JSON, an object per kernel and instruction set. Peak, work without
 * checks and the kernel as it runs take turns for the whole time, and the best rate of each counts:
 * on a machine with other work the neighbours' share falls on all three. Time is that of the thread.
 */
#include "harness/stress/isa/impl.h"
#include "harness/sys/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200000, BLOCKS = 64 };

/* In multiply-adds a nanosecond. */
struct rates {
	double peak, bare, checked;
};

static void keep_best(double *best, double work, int64_t start)
{
	double rate = work / (double)(clock_cpu_ns() - start);

	*best = rate > *best ? rate : *best;
}

/* The bare work of one kernel, in multiply-adds (a multiply and an add each). */
static double do_bare(const struct heat_impl *heat, bool fused)
{
	struct heat_state points;
	struct heat_row row;
	int i;

	heat_start(1, &points);
	heat_row_start(1, &row);
	for (i = 0; i < BLOCKS; i++) {
		if (fused)
			heat->fused(&points, HEAT_STEPS);
		else
			heat->split(&row, HEAT_ROW_STEPS);
	}
	return fused ? HEAT_STEPS * 2.0 * HEAT_LANES : (double)HEAT_ROW_STEPS * HEAT_ROW;
}

static void one_turn(const struct stressor *stressor, struct stress_state *state, bool fused,
		     struct rates *rates)
{
	static struct worker_line line __attribute__((aligned(128)));
	struct worker worker = { .line = &line, .count = 1, .end_ns = INT64_MAX };
	const struct heat_impl *heat = isa_impl_find(state->isa)->heat;
	struct heat_state points;
	int64_t start;
	size_t lanes;
	double block;

	heat_start(1, &points);
	start = clock_cpu_ns();
	lanes = heat->peak(&points, ROUNDS);
	keep_best(&rates->peak, (double)ROUNDS * HEAT_PEAK_CHAINS * (double)lanes, start);
	start = clock_cpu_ns();
	block = do_bare(heat, fused);
	keep_best(&rates->bare, BLOCKS * block, start);
	memset(&line, 0, sizeof(line));
	worker.work_limit = BLOCKS;
	start = clock_cpu_ns();
	stressor->run(state, &worker, NULL);
	keep_best(&rates->checked, (double)line.work * block, start);
	if (line.mismatches)
		exit(1);
}

static void measure(const char *name, enum isa isa, int64_t ns, const char *comma)
{
	const struct stressor *stressor = stressor_find(name);
	struct stress_state state = { .isa = isa, .worker_count = 1, .folder_fd = -1 };
	struct rates rates = { 0 };
	int64_t end;

	if (stressor->prepare(&state, NULL))
		exit(3);
	for (end = clock_boot_ns() + ns; clock_boot_ns() < end;)
		one_turn(stressor, &state, !strcmp(name, "cpu.heat"), &rates);
	stressor->finish(&state);
	printf("%s{\"kernel\":\"%s\",\"isa\":\"%s\",\"peak_gflops\":%.1f,\"gflops\":%.1f,"
	       "\"share_of_peak_percent\":%.1f,\"checks_percent\":%.1f}",
	       comma, name, isa_name(isa), 2 * rates.peak, 2 * rates.checked,
	       100 * rates.checked / rates.peak, 100 * (1 - rates.checked / rates.bare));
}

int main(int argc, char **argv)
{
	static const char *const kernels[] = { "cpu.heat", "cpu.heat-split" };
	int64_t ns = (argc > 1 ? strtol(argv[1], NULL, 10) : 2) * 1000000000;
	const char *comma = "[";
	size_t i, k;

	for (k = 0; k < 2; k++) {
		for (i = 1; i < isa_impl_count; i++) {
			enum isa isa = isa_impl_table[i].isa;

			if (!(isa_available(NULL) & stressor_find(kernels[k])->isa_mask & 1U << isa))
				continue;
			measure(kernels[k], isa, ns, comma);
			comma = ",\n";
		}
	}
	puts("]");
	return 0;
}
