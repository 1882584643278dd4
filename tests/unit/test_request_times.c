/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/request_times.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

enum { COUNT = 20000 };

static struct request_times times;
static int64_t took[COUNT];

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* From the sorted truth: at least that, and less than an eighth more. */
static void check(int64_t got, size_t rank)
{
	ck_assert_int_ge(got, took[rank - 1]);
	ck_assert_int_le(got, took[rank - 1] + took[rank - 1] / 8 + 1024);
}

START_TEST(quantiles_are_within_an_eighth_of_those_of_the_sorted_times)
{
	uint64_t seed = 1;
	struct latency_row row[REQUEST_KINDS];
	size_t i;

	request_times_clear(&times);
	for (i = 0; i < COUNT; i++) {
		seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
		took[i] = (int64_t)(seed >> (28 + seed % 30)); /* over many powers of two */
		request_times_note(&times, REQUEST_READ, took[i], i);
	}
	qsort(took, COUNT, sizeof(took[0]), compare);
	ck_assert_uint_eq(request_times_rows(&times, row), 1);
	ck_assert_str_eq(row[0].request, "read");
	ck_assert_uint_eq(row[0].count, COUNT);
	check(row[0].p50_ns, COUNT / 2);
	check(row[0].p99_ns, COUNT / 100 * 99);
	check(row[0].p999_ns, COUNT / 1000 * 999);
	ck_assert_int_eq(row[0].max_ns, took[COUNT - 1]);
}
END_TEST

START_TEST(one_request_is_all_its_quantiles)
{
	struct latency_row row[REQUEST_KINDS];

	request_times_clear(&times);
	request_times_note(&times, REQUEST_WRITE, 5000000, 77);
	ck_assert_uint_eq(request_times_rows(&times, row), 1);
	ck_assert_int_eq(row[0].p50_ns, 5000000);
	ck_assert_int_eq(row[0].p999_ns, 5000000);
	ck_assert_int_eq(row[0].max_ns, 5000000);
	ck_assert_uint_eq(row[0].max_at, 77);
	ck_assert_uint_eq(row[0].stalls, 0);
}
END_TEST

START_TEST(times_beyond_the_histogram_are_counted_and_the_longest_is_exact)
{
	struct latency_row row[REQUEST_KINDS];

	request_times_clear(&times);
	request_times_note(&times, REQUEST_READ, 0, 0);
	request_times_note(&times, REQUEST_READ, -5, 0);
	request_times_note(&times, REQUEST_READ, INT64_C(1) << 50, 4096);
	ck_assert_uint_eq(request_times_rows(&times, row), 1);
	ck_assert_uint_eq(row[0].count, 3);
	ck_assert_int_le(row[0].p50_ns, 1 << 11);
	ck_assert_int_eq(row[0].p99_ns, INT64_C(1) << 50);
	ck_assert_uint_eq(row[0].max_at, 4096);
}
END_TEST

START_TEST(reads_and_writes_over_a_second_stall_and_what_waits_for_all_does_not)
{
	struct latency_row row[REQUEST_KINDS];

	request_times_clear(&times);
	request_times_note(&times, REQUEST_DISCARD, 5 * LATENCY_STALL_NS, 0);
	request_times_note(&times, REQUEST_SYNC, 5 * LATENCY_STALL_NS, 0);
	request_times_note(&times, REQUEST_READ, LATENCY_STALL_NS, 0);
	request_times_note(&times, REQUEST_WRITE, LATENCY_STALL_NS + 1, 0);
	request_times_note(&times, REQUEST_WRITE, 1000, 0);
	ck_assert_uint_eq(request_times_rows(&times, row), 4);
	ck_assert_uint_eq(row[REQUEST_READ].stalls, 0);
	ck_assert_uint_eq(row[REQUEST_DISCARD].stalls, 0);
	ck_assert_uint_eq(row[REQUEST_SYNC].stalls, 0);
	ck_assert_uint_eq(row[REQUEST_WRITE].stalls, 1);
	ck_assert_uint_eq(row[REQUEST_WRITE].count, 2);
}
END_TEST

UNIT_MAIN("request_times", quantiles_are_within_an_eighth_of_those_of_the_sorted_times,
	  one_request_is_all_its_quantiles,
	  times_beyond_the_histogram_are_counted_and_the_longest_is_exact,
	  reads_and_writes_over_a_second_stall_and_what_waits_for_all_does_not)
