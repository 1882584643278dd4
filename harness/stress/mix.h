/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MIX_H
#define STRESS_MIX_H
/*
 * Operands and digests of the kernels: counter-based, so that any value can be made again from its
 * seed and number alone, and the same on every architecture.
 *
 * mix_at	the finaliser of SplitMix64 (Steele, Lea, Flood 2014) over seed and counter
 * mix_nudged	three of four values as mix_at gives them, the others pushed towards long carry
 *		chains: runs of ones, alternating bits. Random first with direction on top finds
 *		several times more faults than tables of nasty operands or plain random ones
 * mix_digest	64 bits that depend on every bit of every word: each step is a bijection of the
 *		running value, so one changed word always changes the result
 */
#include <stddef.h>
#include <stdint.h>

#define MIX_GOLDEN 0x9e3779b97f4a7c15ULL

static inline uint64_t mix_word(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

static inline uint64_t mix_at(uint64_t seed, uint64_t counter)
{
	return mix_word(seed + (counter + 1) * MIX_GOLDEN);
}

static inline uint64_t mix_nudged(uint64_t seed, uint64_t counter)
{
	uint64_t value = mix_at(seed, counter);
	uint64_t how = mix_word(value + MIX_GOLDEN);
	unsigned int shift = how >> 8 & 63;

	switch (how & 15) {
	case 0:
		return ~0ULL << shift;
	case 1:
		return ~0ULL >> shift;
	case 2:
		return ~0ULL << shift & ~0ULL >> (how >> 16 & 63);
	case 3:
		return 0x5555555555555555ULL << (how >> 8 & 1);
	default:
		return value;
	}
}

static inline uint64_t mix_digest(const uint64_t *word, size_t words)
{
	uint64_t digest = words;
	size_t i;

	for (i = 0; i < words; i++)
		digest = mix_word(digest ^ word[i]) + MIX_GOLDEN;
	return digest;
}

#endif
