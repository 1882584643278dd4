/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_VECTOR_H
#define STRESS_VECTOR_H
/*
 * The arithmetic of cpu.vector: every lane goes its own way, so the result does not depend on how
 * many lanes a register holds, and is the same on every instruction set.
 *
 * f64, f32	x = a x + b modulo a prime p, in floating point and centred around 0:
 *			y = a x + b;  q = (y / p + magic) - magic;  x = y - p q
 *		three multiply-adds and a subtraction. All values but y / p are whole numbers
 *		small enough to be exact, so a fused multiply-add and a multiply followed by an
 *		add give the same bits; y / p stays farther from a half than its error is large,
 *		so q is the nearest whole number either way. a is not 0, so the step is a
 *		bijection: a wrong x or y stays wrong to the end. A wrong q would not (it moves x
 *		by multiples of p, which the next step takes away again), therefore the bit
 *		patterns of all q are added up, modulo 2^64 or 2^32.
 * u32		x = a x + b modulo 2^32 (a odd), then x ^= x >> 15, then x ^= a constant where x is
 *		negative: multiply, add, shift, compare, select; a bijection as well.
 */
#include <stddef.h>
#include <stdint.h>

enum {
	VECTOR_BYTES = 1536,	/* of state a part: 24 registers of 64 bytes, or 12 times 8 of 16 */
	VECTOR_F64 = VECTOR_BYTES / 8,
	VECTOR_F32 = VECTOR_BYTES / 4,
	VECTOR_U32 = VECTOR_BYTES / 4,
	VECTOR_SUMS64 = 2,	/* lane i adds to sum i modulo 2: every vector has whole pairs */
	VECTOR_SUMS32 = 4,
	VECTOR_STEPS = 1024,
	VECTOR_P64 = 67108859,	/* 2^26 - 5 */
	VECTOR_P32 = 2039,	/* 2^11 - 9 */
};

/* Adding and taking away rounds to a whole number: the unit of the last place is 1 there. */
#define VECTOR_MAGIC64 0x1.8p52
#define VECTOR_MAGIC32 0x1.8p23f
#define VECTOR_FLIP    0x2f1be6c9U	/* the sign bit is not set: what is negative stays so */

struct vector_state {
	_Alignas(64) double f64[VECTOR_F64];
	float f32[VECTOR_F32];
	uint32_t u32[VECTOR_U32];
	uint64_t sum64[VECTOR_SUMS64];
	uint32_t sum32[VECTOR_SUMS32];
};

struct vector_factors {
	double a64, b64;
	float a32, b32;
	uint32_t a, b;
};

/* The code for one instruction set. */
struct vec_impl {
	void (*f64)(struct vector_state *state, const struct vector_factors *by, size_t steps);
	void (*f32)(struct vector_state *state, const struct vector_factors *by, size_t steps);
	void (*u32)(struct vector_state *state, const struct vector_factors *by, size_t steps);
};

/* Start values and factors of a seed. */
void vector_start(uint64_t seed, struct vector_state *state, struct vector_factors *by);
/* All three parts, `steps` for the floating point ones and half of it for the integers. */
void vector_run(const struct vec_impl *impl, struct vector_state *state,
		const struct vector_factors *by, size_t steps);
/* The same in 64-bit integers, with division where vectors multiply and round. */
void vector_reference(struct vector_state *state, const struct vector_factors *by, size_t steps);

#endif
