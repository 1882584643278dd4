/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/request_times.h"

#include <string.h>

static size_t bucket_of(uint64_t ns)
{
	unsigned int power;

	if (ns >> REQUEST_FIRST_POWER == 0)
		return 0;
	power = 63 - (unsigned int)__builtin_clzll(ns);
	if (power >= REQUEST_LAST_POWER)
		return REQUEST_BUCKETS - 1;
	return (power - REQUEST_FIRST_POWER) * REQUEST_PARTS +
	       (size_t)(ns >> (power - 3)) % REQUEST_PARTS;
}

/* The least time that is beyond the bucket. */
static uint64_t bucket_end(size_t bucket)
{
	uint64_t power = REQUEST_FIRST_POWER + bucket / REQUEST_PARTS;

	return (bucket % REQUEST_PARTS + REQUEST_PARTS + 1) << (power - 3);
}

static void add(_Atomic uint64_t *counter, uint64_t value)
{
	atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + value,
			      memory_order_relaxed);
}

void request_times_note(struct request_times *times, enum request_kind kind, int64_t took_ns,
			uint64_t at)
{
	uint64_t ns = took_ns > 0 ? (uint64_t)took_ns : 0;
	struct request_histogram *seen;

	if (!times)
		return;
	seen = &times->kind[kind];
	add(&seen->count, 1);
	add(&seen->bucket[bucket_of(ns)], 1);
	if ((kind == REQUEST_READ || kind == REQUEST_WRITE) && took_ns > LATENCY_STALL_NS)
		add(&seen->stalls, 1);
	if (ns <= atomic_load_explicit(&seen->max_ns, memory_order_relaxed))
		return;
	atomic_store_explicit(&seen->max_ns, ns, memory_order_relaxed);
	atomic_store_explicit(&seen->max_at, at, memory_order_relaxed);
}

void request_times_clear(struct request_times *times)
{
	size_t kind, i;

	for (kind = 0; kind < REQUEST_KINDS; kind++) {
		struct request_histogram *seen = &times->kind[kind];

		atomic_store(&seen->count, 0);
		atomic_store(&seen->stalls, 0);
		atomic_store(&seen->max_ns, 0);
		atomic_store(&seen->max_at, 0);
		for (i = 0; i < REQUEST_BUCKETS; i++)
			atomic_store(&seen->bucket[i], 0);
	}
}

/* At least `per_mille` thousandths of them did not take longer than that. */
static int64_t quantile(const struct request_histogram *seen, uint64_t count, uint64_t per_mille)
{
	uint64_t max_ns = atomic_load(&seen->max_ns), sum = 0, end;
	uint64_t want = count / 1000 * per_mille + (count % 1000 * per_mille + 999) / 1000;
	size_t i;

	for (i = 0; i < REQUEST_BUCKETS - 1; i++) {
		sum += atomic_load(&seen->bucket[i]);
		if (sum >= want)
			break;
	}
	end = bucket_end(i);
	return (int64_t)(end < max_ns && i < REQUEST_BUCKETS - 1 ? end : max_ns);
}

size_t request_times_rows(const struct request_times *times, struct latency_row *row)
{
	static const char *const name[REQUEST_KINDS] = {
		[REQUEST_DISCARD] = "discard", [REQUEST_READ] = "read",
		[REQUEST_SYNC] = "sync", [REQUEST_WRITE] = "write",
	};
	size_t kind, rows = 0;

	for (kind = 0; kind < REQUEST_KINDS; kind++) {
		const struct request_histogram *seen = &times->kind[kind];
		uint64_t count = atomic_load(&seen->count);

		if (!count)
			continue;
		row[rows++] = (struct latency_row){
			.request = name[kind],
			.count = count,
			.p50_ns = quantile(seen, count, 500),
			.p99_ns = quantile(seen, count, 990),
			.p999_ns = quantile(seen, count, 999),
			.max_ns = (int64_t)atomic_load(&seen->max_ns),
			.max_at = atomic_load(&seen->max_at),
			.stalls = atomic_load(&seen->stalls),
		};
	}
	return rows;
}
