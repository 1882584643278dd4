/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How fast does mem.march verify, against reading alone on the same core before and after? march
 * [MIB [SECONDS]]: a line per instruction set. Time is that of the thread, so that a machine with
 * other work shows nearly the same. Compiled with -march=native by march.sh.
 */
#include "harness/stress/isa/impl.h"
#include "harness/sys/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef uint64_t lanes __attribute__((vector_size(64), may_alias));

static double gigabytes(uint64_t bytes, int64_t ns)
{
	return (double)bytes / (double)ns;
}

/* Bytes a nanosecond that one core reads, the best of five sweeps. */
static double read_rate(const void *memory, size_t size)
{
	double best = 0;
	int i;

	for (i = 0; i < 5; i++) {
		int64_t start = clock_cpu_ns();
		const lanes *at = memory, *end = at + size / sizeof(*at);
		lanes sum = { 0 };
		double rate;

		for (; at < end; at += 4)
			sum |= (at[0] | at[1]) | (at[2] | at[3]);
		__asm__ volatile("" : : "m"(sum));
		rate = gigabytes(size, clock_cpu_ns() - start);
		best = rate > best ? rate : best;
	}
	return best;
}

int main(int argc, char **argv)
{
	size_t size = (argc > 1 ? strtoul(argv[1], NULL, 10) : 512) << 20;
	int64_t ns = (argc > 2 ? strtol(argv[2], NULL, 10) : 3) * 1000000000;
	const struct stressor *march = stressor_find(argc > 3 ? argv[3] : "mem.march");
	struct stress_slice slice = { .size = size };
	struct worker_line *line;
	size_t i;

	slice.memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (slice.memory == MAP_FAILED || posix_memalign((void **)&line, 128, sizeof(*line)))
		return 3;
	for (i = 0; i < isa_impl_count; i++) {
		struct stress_state state = { .isa = isa_impl_table[i].isa,
					      .worker_count = 1,
					      .slice = &slice,
					      .folder_fd = -1 };
		struct worker worker = { .line = line, .count = 1, .seed = 1 };
		double before, after, verified;
		int64_t start;

		if (!(isa_available(NULL) & 1U << state.isa) || march->prepare(&state, NULL))
			continue;
		memset(slice.memory, 1, size);
		memset(line, 0, sizeof(*line));
		before = read_rate(slice.memory, size);
		worker.end_ns = clock_boot_ns() + ns;
		start = clock_cpu_ns();
		march->run(&state, &worker, NULL);
		verified = gigabytes(line->work, clock_cpu_ns() - start);
		after = read_rate(slice.memory, size);
		if (before < after)
			before = after;
		printf("%-8s read %5.1f GB/s   verified %5.1f GB/s   %3.0f %%\n",
		       isa_name(state.isa), before, verified, 100 * verified / before);
	}
	return 0;
}
