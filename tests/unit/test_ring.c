/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/run/ring.h"
#include "harness/sys/clock.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static struct run_shared *shared_make(void)
{
	struct run_shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
					 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(shared, MAP_FAILED);
	return shared;
}

/* A sample of which every member follows from its number, so that a torn one shows. */
static struct sample sample_of(uint64_t number)
{
	return (struct sample){ .series = (uint16_t)number,
				.quality = SAMPLE_GOOD,
				.time_ns = (int64_t)(number * 3),
				.value = (int64_t)(number * 7) };
}

static void check_sample(const struct sample *sample, uint64_t number)
{
	ck_assert_uint_eq(sample->series, (uint16_t)number);
	ck_assert_int_eq(sample->time_ns, (int64_t)(number * 3));
	ck_assert_int_eq(sample->value, (int64_t)(number * 7));
}

START_TEST(a_full_ring_drops_the_new_sample_and_counts_it)
{
	struct run_shared *shared = shared_make();
	struct sample sample = { 0 };
	uint64_t i;

	for (i = 0; i < SHARED_RING; i++) {
		sample = sample_of(i);
		ck_assert(ring_put(shared, &sample));
	}
	sample = sample_of(SHARED_RING);
	ck_assert(!ring_put(shared, &sample));
	ck_assert_uint_eq(atomic_load(&shared->ring_lost), 1);
	ck_assert_uint_eq(ring_take(shared, &sample, 1), 1);
	check_sample(&sample, 0);
	sample = sample_of(SHARED_RING);
	ck_assert(ring_put(shared, &sample));
	munmap(shared, sizeof(*shared));
}
END_TEST

START_TEST(an_empty_ring_gives_nothing)
{
	struct run_shared *shared = shared_make();
	struct sample sample[4];

	ck_assert_uint_eq(ring_take(shared, sample, 4), 0);
	munmap(shared, sizeof(*shared));
}
END_TEST

START_TEST(two_processes_pass_samples_in_order_and_whole)
{
	enum { SAMPLES = 3 * SHARED_RING, ROOM = 777 };
	struct run_shared *shared = shared_make();
	struct sample sample[ROOM];
	uint64_t next = 0;
	int status;
	pid_t pid = fork();

	if (!pid) {
		uint64_t i = 0;

		while (i < SAMPLES) {
			struct sample one = sample_of(i);

			if (ring_put(shared, &one))
				i++;
			else
				clock_wait_ns(100000);
		}
		_exit(0);
	}
	while (next < SAMPLES) {
		size_t taken = ring_take(shared, sample, ROOM), i;

		for (i = 0; i < taken; i++)
			check_sample(&sample[i], next++);
		if (!taken)
			clock_wait_ns(10000);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_eq(atomic_load(&shared->ring_head), SAMPLES);
	munmap(shared, sizeof(*shared));
}
END_TEST

UNIT_MAIN("ring", a_full_ring_drops_the_new_sample_and_counts_it, an_empty_ring_gives_nothing,
	  two_processes_pass_samples_in_order_and_whole)
