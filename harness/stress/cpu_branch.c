/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.branch: predictors of indirect jumps and returns. A block is 4096 steps, each a call through
 * a table by four bits of the data, into chains of calls of one to eight levels deep.
 *
 * How it is verified: each function changes the word in a way of its own, so where the path went is
 * in the word, which is kept every 64 steps; the reference computes the same without a jump, by
 * masks. All the words kept are compared, and the digest of set 0 is compiled in.
 *
 * Work unit: one block, checked in all its words.
 */
#include "harness/stress/known.h"
#include "harness/stress/mix.h"

#define N_(text) (text)

enum { WAYS = 16, STEPS = 4096, KEEP = 64, ANSWER = STEPS / KEEP };

/* Odd factors and numbers that tell the ways apart. */
#define FACTOR(way) (0x9e3779b97f4a7c15ULL + 2 * (way) * 0x51ed270b93ULL)
#define ADDEND(way) (0xd1b54a32d192ed03ULL * ((way) + 1))

struct ways;
typedef uint64_t (*way_fn)(const struct ways *ways, uint64_t word, unsigned int depth);

struct ways {
	way_fn go[WAYS];
};

/* The upper bits decide: the lower ones of a product are its weakest. */
static unsigned int way_of(uint64_t word)
{
	return (unsigned int)(word >> 60);
}

#define WAY(n)                                                                                     \
	static __attribute__((noinline)) uint64_t way_##n(const struct ways *ways, uint64_t word,  \
							  unsigned int depth)                      \
	{                                                                                          \
		word = word * FACTOR(n) + ADDEND(n);                                               \
		if (depth)                                                                         \
			word = ways->go[way_of(word)](ways, word, depth - 1) ^ (n);                \
		return word;                                                                       \
	}
WAY(0) WAY(1) WAY(2) WAY(3) WAY(4) WAY(5) WAY(6) WAY(7)
WAY(8) WAY(9) WAY(10) WAY(11) WAY(12) WAY(13) WAY(14) WAY(15)

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	static const struct ways ways = { { way_0, way_1, way_2, way_3, way_4, way_5, way_6, way_7,
					    way_8, way_9, way_10, way_11, way_12, way_13, way_14,
					    way_15 } };
	uint64_t word = mix_word(seed);
	unsigned int step;

	(void)isa;
	for (step = 0; step < STEPS; step++) {
		word = ways.go[way_of(word)](&ways, word, step & 7);
		if (step % KEEP == KEEP - 1)
			answer[step / KEEP] = word;
	}
}

/* One of sixteen without a jump: all are made, and all but one masked away. */
static uint64_t one_way(unsigned int way, uint64_t word)
{
	uint64_t sum = 0, n;

	for (n = 0; n < WAYS; n++) {
		uint64_t differ = n ^ way;

		sum |= (word * FACTOR(n) + ADDEND(n)) & ((differ - 1) >> 63 ? ~0ULL : 0);
	}
	return sum;
}

static void reference(uint64_t seed, uint64_t *answer)
{
	uint64_t word = mix_word(seed);
	unsigned int step, depth, way, passed;

	for (step = 0; step < STEPS; step++) {
		way = way_of(word);
		word = one_way(way, word);
		/* What returns change on the way back: of each level the number of its way. */
		for (passed = 0, depth = step & 7; depth; depth--) {
			passed ^= way;
			way = way_of(word);
			word = one_way(way, word);
		}
		word ^= passed;
		if (step % KEEP == KEEP - 1)
			answer[step / KEEP] = word;
	}
}

KNOWN_KERNEL(cpu_branch, "cpu.branch", N_("indirect jumps and returns, by the data"), ANSWER, 0x72df19b494f5acf9ULL);
