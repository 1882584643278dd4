/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.ntt: 64-bit products with long carries in a butterfly network over a whole table: a number
 * theoretic transform of 512 words modulo 2^64 - 2^32 + 1, a product, and the way back.
 *
 * How it is verified: the result is the cyclic convolution of two vectors of small numbers, which
 * plain sums of products give as well; every word is compared. One wrong butterfly changes nearly
 * all of them. The digest of set 0 is compiled in.
 *
 * Work unit: one block, checked in all its words.
 */
#include "harness/stress/known.h"
#include "harness/stress/mix.h"

#define N_(text) (text)

enum { LOG = 9, SIZE = 1 << LOG };

#define PRIME	  0xffffffff00000001ULL
#define GENERATOR 7

typedef unsigned __int128 wide;

/* 2^64 is 2^32 - 1, and 2^96 is -1. */
static uint64_t product(uint64_t a, uint64_t b)
{
	wide whole = (wide)a * b;
	uint64_t low = (uint64_t)whole, high = (uint64_t)(whole >> 64);
	uint64_t top = high >> 32, middle = (high & 0xffffffff) * 0xffffffff, sum;

	sum = low - top;
	if (low < top)
		sum -= 0xffffffff;
	low = sum + middle;
	if (low < middle)
		low += 0xffffffff;
	return low >= PRIME ? low - PRIME : low;
}

static uint64_t power(uint64_t base, uint64_t exponent)
{
	uint64_t result = 1;

	for (; exponent; exponent >>= 1, base = product(base, base)) {
		if (exponent & 1)
			result = product(result, base);
	}
	return result;
}

static uint64_t sum_of(uint64_t a, uint64_t b)
{
	return a >= PRIME - b ? a - (PRIME - b) : a + b;
}

static uint64_t difference(uint64_t a, uint64_t b)
{
	return a >= b ? a - b : a + (PRIME - b);
}

static size_t reversed(size_t i)
{
	size_t out = 0;
	int bit;

	for (bit = 0; bit < LOG; bit++)
		out |= (i >> bit & 1) << (LOG - 1 - bit);
	return out;
}

static void transform(uint64_t *value, uint64_t root)
{
	size_t i, k, half;

	for (i = 0; i < SIZE; i++) {
		k = reversed(i);
		if (i < k) {
			uint64_t kept = value[i];

			value[i] = value[k];
			value[k] = kept;
		}
	}
	for (half = 1; half < SIZE; half *= 2) {
		uint64_t step = power(root, SIZE / (2 * half)), factor = 1;

		for (k = 0; k < half; k++, factor = product(factor, step)) {
			for (i = k; i < SIZE; i += 2 * half) {
				uint64_t odd = product(value[i + half], factor);

				value[i + half] = difference(value[i], odd);
				value[i] = sum_of(value[i], odd);
			}
		}
	}
}

/* 24 bits each: 512 products of them stay far below the prime. */
static void make_vectors(uint64_t seed, uint64_t *a, uint64_t *b)
{
	uint64_t i;

	for (i = 0; i < SIZE; i++) {
		a[i] = mix_at(seed, i) >> 40;
		b[i] = mix_at(~seed, i) >> 40;
	}
}

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	uint64_t other[SIZE], root = power(GENERATOR, (PRIME - 1) / SIZE);
	uint64_t one_part = power(SIZE, PRIME - 2);
	size_t i;

	(void)isa;
	make_vectors(seed, answer, other);
	transform(answer, root);
	transform(other, root);
	for (i = 0; i < SIZE; i++)
		answer[i] = product(product(answer[i], other[i]), one_part);
	transform(answer, power(root, SIZE - 1));
}

static void reference(uint64_t seed, uint64_t *answer)
{
	uint64_t a[SIZE], b[SIZE];
	size_t i, k;

	make_vectors(seed, a, b);
	for (i = 0; i < SIZE; i++) {
		answer[i] = 0;
		for (k = 0; k < SIZE; k++)
			answer[i] += a[k] * b[(i - k) % SIZE];
	}
}

KNOWN_KERNEL(cpu_ntt, "cpu.ntt", N_("transforms modulo 2^64 - 2^32 + 1: products, long carries, tables"),
	     SIZE, 0x15b5cecd0e7ee861ULL);
