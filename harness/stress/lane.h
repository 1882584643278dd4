/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_LANE_H
#define STRESS_LANE_H
/*
 * The lane kernels: one operation of the vector units each, at one width of lane, at one row each
 * of lane_steps.h. The rows are written over operations that the includer defines, and compiled
 *
 *	isa/lane_body.h		in vector extensions, once for every instruction set,
 *	isa/lane_loop_body.h		lane by lane: scalar code, and SVE, whose width no one knows before;
 *				by what operations mean (lane_ref.c); with a unit that is always
 *				wrong in the same way (lane_planted.c).
 *
 * All of them do the same: halves a and b of a state, a key, and in each step
 *
 *	b ^= F(a, key);  a ^= F(b, next key)
 *
 * where F is the row's. Whatever F is, such a step (Feistel, 1973) is a bijection: a wrong result
 * of F, in whatever lane at whatever time, is still there at the end, and every lane of the end is
 * compared. Nothing depends on how many lanes a register holds: operations that move between lanes
 * stay within 16 bytes, so the answer is the same on every instruction set.
 */
#include <stddef.h>
#include <stdint.h>

enum {
	LANE_BYTES = 512,	/* of a half: eight registers of 64 bytes */
	LANE_KEYS = 8,
	LANE_KEY_BYTES = 64,	/* the same 16 bytes four times */
	LANE_TABLE = 64,	/* words to gather from */
	LANE_STEPS = 127,	/* odd: a bit that is always wrong does not cancel out */
	LANE_ANSWER = 2 * LANE_BYTES / 8,
};

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef float f32;
typedef double f64;

struct plant;

struct lane_state {
	_Alignas(64) unsigned char a[LANE_BYTES], b[LANE_BYTES];
	_Alignas(64) unsigned char key[LANE_KEYS][LANE_KEY_BYTES];
	_Alignas(64) u64 table64[LANE_TABLE];
	u32 table32[LANE_TABLE];
	struct plant *plant;	/* lane_planted only */
};

enum lane_kernel {
#define LANE(id, ...) LANE_##id,
#include "harness/stress/lane_steps.h"
#undef LANE
	LANE_COUNT
};

struct lane_impl {
	void (*run[LANE_COUNT])(struct lane_state *state, size_t steps);
};

extern const struct lane_impl lane_ref, lane_planted;

/* Start values, keys and table of a seed. */
void lane_start(uint64_t seed, struct lane_state *state);
/* All steps from the start of a seed: LANE_ANSWER words. */
void lane_answer(const struct lane_impl *impl, enum lane_kernel kernel, uint64_t seed,
		 uint64_t *answer);
/* The way back: from an answer to the halves of the start, by the same operations. */
void lane_undo(const struct lane_impl *impl, enum lane_kernel kernel, uint64_t seed,
	       const uint64_t *answer, uint64_t *start);

#endif
