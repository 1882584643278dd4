/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the memory kernels do, and what they are measured against, in figures for memory.sh. Time is
 * that of the threads themselves, so that a machine with other work on it shows nearly the same.
 *
 *	memory MIB read N		GB/s that N threads read, each on a cpu and in memory of its own
 *	memory MIB verify N KERNEL ISA	GB/s that they verify
 *	memory MIB pass KERNEL		seconds of a core for one pass of all stages over a GiB
 *	memory MIB flips COUNT KERNEL	of so many bits flipped at rest, how many were found in place
 *
 * Compiled with -march=native by memory.sh, for the limit: reading with the widest vectors.
 */
#include "harness/base/scan.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { MOST = 64, READS = 5, SECONDS = 2, MS = 1000000, PHASE_PASS = 1000, EXIT_STATION = 3 };

typedef uint64_t lanes __attribute__((vector_size(64), may_alias));

struct load {
	pthread_t thread;
	pthread_barrier_t *begin;
	const struct stressor *kernel; /* NULL: read */
	struct stress_state *state;
	struct stress_slice slice;
	struct worker worker;
	double rate; /* GB/s of its own time */
};

static _Atomic uint32_t stop;

static double read_rate(const struct stress_slice *slice)
{
	double best = 0;
	int i;

	for (i = 0; i < READS; i++) {
		const lanes *at = slice->memory, *end = at + slice->size / sizeof(*at);
		int64_t start = clock_cpu_ns();
		lanes sum = { 0 };
		double rate;

		for (; at < end; at += 4)
			sum |= (at[0] | at[1]) | (at[2] | at[3]);
		__asm__ volatile("" : : "m"(sum));
		rate = (double)slice->size / (double)(clock_cpu_ns() - start);
		best = rate > best ? rate : best;
	}
	return best;
}

static void *load_main(void *argument)
{
	struct load *load = argument;
	int64_t start;
	cpu_set_t cpu;

	CPU_ZERO(&cpu);
	CPU_SET(load->worker.index, &cpu);
	pthread_setaffinity_np(pthread_self(), sizeof(cpu), &cpu);
	memset(load->slice.memory, 1, load->slice.size);
	if (load->begin)
		pthread_barrier_wait(load->begin);
	if (!load->kernel) {
		load->rate = read_rate(&load->slice);
		return NULL;
	}
	start = clock_cpu_ns();
	load->worker.end_ns = load->worker.end_ns ? load->worker.end_ns
						  : clock_boot_ns() + SECONDS * 1000LL * MS;
	load->kernel->run(load->state, &load->worker, NULL);
	load->rate = (double)load->worker.line->work / (double)(clock_cpu_ns() - start);
	return NULL;
}

static bool load_init(struct load *load, unsigned int index, size_t size)
{
	void *line;

	load->slice.size = size;
	load->slice.memory =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (load->slice.memory == MAP_FAILED || posix_memalign(&line, 128, sizeof(struct worker_line)))
		return false;
	memset(line, 0, sizeof(struct worker_line));
	/* The kernels ask for huge pages too. */
	madvise(load->slice.memory, size, MADV_HUGEPAGE);
	load->worker = (struct worker){ .line = line,
					.stop = &stop,
					.index = index,
					.seed = index + 1,
					.count = 1,
					.memory = load->slice.memory };
	return true;
}

static struct load load[MOST];
static struct stress_slice slice[MOST];

static bool prepare(const struct stressor *kernel, struct stress_state *state, unsigned int count,
		    size_t size)
{
	unsigned int i;

	*state = (struct stress_state){
		.isa = state->isa, .worker_count = count, .slice = slice, .folder_fd = -1
	};
	for (i = 0; i < count; i++) {
		if (!load_init(&load[i], i, size))
			return false;
		slice[i] = load[i].slice;
		load[i].kernel = kernel;
		load[i].state = state;
	}
	return !kernel || !kernel->prepare(state, NULL);
}

static int all_rates(const struct stressor *kernel, struct stress_state *state, unsigned int count,
		     size_t size)
{
	pthread_barrier_t begin;
	double sum = 0;
	unsigned int i;

	if (!prepare(kernel, state, count, size))
		return EXIT_STATION;
	pthread_barrier_init(&begin, NULL, count);
	for (i = 0; i < count; i++) {
		load[i].begin = &begin;
		pthread_create(&load[i].thread, NULL, load_main, &load[i]);
	}
	for (i = 0; i < count; i++) {
		pthread_join(load[i].thread, NULL);
		sum += load[i].rate;
	}
	printf("%.2f\n", sum);
	return 0;
}

static int one_pass(const struct stressor *kernel, struct stress_state *state, size_t size)
{
	struct timespec used;
	clockid_t clock;

	if (!prepare(kernel, state, 1, size))
		return EXIT_STATION;
	load[0].worker.end_ns = INT64_MAX;
	pthread_create(&load[0].thread, NULL, load_main, &load[0]);
	while (atomic_load(&load[0].worker.line->phase) < PHASE_PASS)
		clock_wait_ns(MS);
	pthread_getcpuclockid(load[0].thread, &clock);
	clock_gettime(clock, &used);
	atomic_store(&stop, 1);
	pthread_join(load[0].thread, NULL);
	printf("%.2f\n",
	       ((double)used.tv_sec + (double)used.tv_nsec / 1e9) * (1 << 30) / (double)size);
	return 0;
}

static bool flip_is_found(uint64_t random)
{
	struct worker_line *line = load[0].worker.line;
	uint64_t *word = load[0].slice.memory;
	uint64_t at = random % (load[0].slice.size / 8), mask = 1ULL << (random >> 58);
	uint64_t before = atomic_load(&line->mismatches);
	int64_t end = clock_boot_ns() + 5000LL * MS;

	atomic_store(&line->details, 0);
	__atomic_fetch_xor(word + at, mask, __ATOMIC_RELAXED);
	while (!atomic_load(&line->details) && clock_boot_ns() < end)
		clock_wait_ns(MS / 10);
	return atomic_load(&line->mismatches) == before + 1 && line->detail[0].at == at * 8 &&
	       (line->detail[0].want ^ line->detail[0].got) == mask;
}

static int flips(const struct stressor *kernel, struct stress_state *state, size_t size,
		 uint64_t count)
{
	unsigned int found = 0;
	uint64_t i;

	if (!prepare(kernel, state, 1, size))
		return EXIT_STATION;
	load[0].worker.end_ns = INT64_MAX;
	pthread_create(&load[0].thread, NULL, load_main, &load[0]);
	while (!atomic_load(&load[0].worker.line->distinct_bytes))
		clock_wait_ns(MS);
	for (i = 0; i < count; i++)
		found += flip_is_found(mix_at(1, i));
	atomic_store(&stop, 1);
	pthread_join(load[0].thread, NULL);
	printf("%u\n", found);
	return 0;
}

int main(int argc, char **argv)
{
	const struct stressor *kernel = argc > 4 ? stressor_find(argv[4])
						 : argc > 3 ? stressor_find(argv[3]) : NULL;
	struct stress_state state = { .isa = ISA_SCALAR };
	uint64_t mib, count = 0;
	int isa = argc > 5 ? isa_from_name(argv[5]) : -1;

	if (argc < 4 || scan_u64(argv[1], 1, 1 << 20, &mib) < 0)
		return 2;
	(void)scan_u64(argv[3], 0, 1 << 20, &count);
	state.isa = isa >= 0 ? (enum isa)isa
		    : kernel ? isa_best(isa_available(NULL) & kernel->isa_mask) : ISA_SCALAR;
	if (!strcmp(argv[2], "read") && count && count <= MOST)
		return all_rates(NULL, &state, (unsigned int)count, mib << 20);
	if (!kernel)
		return 2;
	if (!strcmp(argv[2], "verify") && count && count <= MOST)
		return all_rates(kernel, &state, (unsigned int)count, mib << 20);
	if (!strcmp(argv[2], "pass"))
		return one_pass(kernel, &state, mib << 20);
	if (!strcmp(argv[2], "flips"))
		return flips(kernel, &state, mib << 20, count);
	return 2;
}
