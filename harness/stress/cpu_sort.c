/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.sort: branches that nobody can predict, compares and swaps; heapsort of 1024 keys, then
 * insertion sort of what a shuffle by short distances has disturbed.
 *
 * How it is verified: every word of the end is compared with a radix sort, which compares nothing;
 * the digest of set 0 is compiled in.
 *
 * Work unit: one block, checked in all its words.
 */
#include "harness/stress/known.h"
#include "harness/stress/mix.h"

#include <string.h>

#define N_(text) (text)

enum { KEYS = 1024, DIGITS = 256, NEAR = 8 };

/* Many keys share their upper half, so that both halves of a compare decide. */
static void make_keys(uint64_t seed, uint64_t *key)
{
	uint64_t i;

	for (i = 0; i < KEYS; i++) {
		key[i] = mix_at(seed, i);
		if (i & 1)
			key[i] = (key[i] & 0xffffffff) | (seed & 7) << 61;
	}
}

static void swap(uint64_t *a, uint64_t *b)
{
	uint64_t kept = *a;

	*a = *b;
	*b = kept;
}

static void sift(uint64_t *key, size_t at, size_t count)
{
	size_t child;

	for (; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && key[child] < key[child + 1])
			child++;
		if (key[at] >= key[child])
			return;
		swap(&key[at], &key[child]);
	}
}

static void heap_sort(uint64_t *key)
{
	size_t i;

	for (i = KEYS / 2; i-- > 0;)
		sift(key, i, KEYS);
	for (i = KEYS; i-- > 1;) {
		swap(&key[0], &key[i]);
		sift(key, 0, i);
	}
}

static void insertion_sort(uint64_t *key)
{
	size_t i, k;

	for (i = 1; i < KEYS; i++) {
		for (k = i; k && key[k - 1] > key[k]; k--)
			swap(&key[k - 1], &key[k]);
	}
}

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	uint64_t i;

	(void)isa;
	make_keys(seed, answer);
	heap_sort(answer);
	for (i = 0; i < KEYS - NEAR; i++)
		swap(&answer[i], &answer[i + mix_at(~seed, i) % NEAR]);
	insertion_sort(answer);
}

static void reference(uint64_t seed, uint64_t *answer)
{
	uint64_t other[KEYS];
	size_t i;
	int shift;

	make_keys(seed, answer);
	for (shift = 0; shift < 64; shift += 8) {
		size_t start[DIGITS + 1] = { 0 };

		for (i = 0; i < KEYS; i++)
			start[(answer[i] >> shift & 0xff) + 1]++;
		for (i = 0; i < DIGITS; i++)
			start[i + 1] += start[i];
		for (i = 0; i < KEYS; i++)
			other[start[answer[i] >> shift & 0xff]++] = answer[i];
		memcpy(answer, other, sizeof(other));
	}
}

KNOWN_KERNEL(cpu_sort, "cpu.sort", N_("sorting: branches that nobody can predict"), KEYS, 0xd6cfa470d99b51cfULL);
