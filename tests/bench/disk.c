/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk MIB: GB/s of the thread's own time in which blocks that were read are verified, as disk.verify does
 * (every word, the bit told), and then in which pieces are hashed, as disk.read does. Ends with 1 when one
 * flipped bit of these blocks is not found in its place.
 */
#include "harness/stress/disk_block.h"
#include "harness/stress/hash_set.h"
#include "harness/sys/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 512, ROUNDS = 5 };

static uint64_t want[2 * WORDS];

static double verify(const uint64_t *data, size_t blocks)
{
	struct disk_block block = { .file = 1, .generation = 2 };
	int64_t start = clock_cpu_ns();
	size_t word;

	for (; block.number < blocks; block.number++) {
		if (disk_block_judge(&block, data + block.number * WORDS, want, WORDS, &word))
			exit(1);
	}
	return (double)blocks * WORDS * 8 / (double)(clock_cpu_ns() - start);
}

static double hash(const uint64_t *data, size_t blocks)
{
	size_t pieces = blocks * WORDS * 8 / HASH_PIECE, i;
	int64_t start = clock_cpu_ns();
	struct hash_row row;

	for (i = 0; i < pieces; i++) {
		hash_row_make(data + i * (HASH_PIECE / 8), &row);
		__asm__ volatile("" : : "m"(row));
	}
	return (double)pieces * HASH_PIECE / (double)(clock_cpu_ns() - start);
}

int main(int argc, char **argv)
{
	size_t blocks = (argc > 1 ? strtoul(argv[1], NULL, 10) : 64) << 8, word;
	struct disk_block block = { .file = 1, .generation = 2 };
	uint64_t *data = malloc(blocks * WORDS * 8);
	double verified = 0, hashed = 0, rate;
	int i;

	if (!data || !blocks)
		return 3;
	for (; block.number < blocks; block.number++)
		disk_block_make(&block, data + block.number * WORDS, WORDS);
	for (i = 0; i < ROUNDS; i++) {
		rate = verify(data, blocks);
		verified = rate > verified ? rate : verified;
		rate = hash(data, blocks);
		hashed = rate > hashed ? rate : hashed;
	}
	block.number = blocks / 2;
	data[block.number * WORDS + 77] ^= 1ULL << 33;
	if (disk_block_judge(&block, data + block.number * WORDS, want, WORDS, &word) != DISK_BITS ||
	    (want[77] ^ data[block.number * WORDS + 77]) != 1ULL << 33)
		return 1;
	printf("%.2f %.2f\n", verified, hashed);
	free(data);
	return 0;
}
