/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MARCH_H
#define STRESS_MARCH_H
/*
 * The accessor of the memory kernels: what is done to a stretch of memory, line after line. The
 * kernels are written once against it (march.c); behind it is real memory, compiled for each
 * instruction set (isa/march_body.h), or in tests a model of memory with a fault in it.
 *
 * A line is 64 bytes, what memory is moved in: all operations of a visit are done to one line
 * before the next is touched, so the order of a march holds for all that the memory itself can see.
 *
 * An operation reads and checks a line, or writes it, with one of the visit's two patterns. A
 * pattern says the words of each line visited, the first being line 0:
 *	MARCH_CONSTANT	word ^ flip
 *	MARCH_COUNT	(word + line * step) ^ flip
 *	MARCH_RANDOM	march_scramble(word + line * step) ^ flip
 *	MARCH_ROWS	row number (first + line) modulo rows of a table, or (first - line) when the
 *			visit goes down, ^ flip
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MARCH_LINE = 64, MARCH_WORDS = 8, MARCH_OPS = 5 };

enum march_kind { MARCH_CONSTANT = 0, MARCH_COUNT, MARCH_RANDOM, MARCH_ROWS };

struct march_pattern {
	_Alignas(64) uint64_t word[MARCH_WORDS];
	enum march_kind kind;
	uint64_t step, flip;
	const uint64_t *row;	/* rows * MARCH_WORDS words, aligned to a line */
	size_t rows, first;
};

/* Three bits an operation, the first in the lowest: there is one, it writes, the second pattern. */
enum march_op { MARCH_R0 = 4, MARCH_R1 = 5, MARCH_W0 = 6, MARCH_W1 = 7 };
#define MARCH_DO1(a)		 (a)
#define MARCH_DO2(a, b)		 ((a) | (b) << 3)
#define MARCH_DO3(a, b, c)	 (MARCH_DO2(a, b) | (c) << 6)
#define MARCH_DO4(a, b, c, d)	 (MARCH_DO3(a, b, c) | (d) << 9)
#define MARCH_DO5(a, b, c, d, e) (MARCH_DO4(a, b, c, d) | (e) << 12)
#define MARCH_OP(ops, n)	 ((ops) >> 3 * (n) & 7)

struct march_visit {
	uint32_t ops;
	bool down;				/* the last line first */
	bool inverse;				/* the second pattern is the inverse of the first */
	const struct march_pattern *by[2];	/* both there, the second also when no one asks */
};

struct march_seen {
	_Alignas(64) uint64_t word[MARCH_WORDS];
	unsigned int op;	/* number of the operation that read it */
};

/*
 * `memory` is aligned to a line. Returns how many lines were right before the first wrong one; what
 * was read there is in *ret_seen, and the operations after that one are not done to it.
 */
struct march_impl {
	size_t (*visit)(void *memory, size_t lines, const struct march_visit *visit,
			struct march_seen *ret_seen);
};

/* Neighbouring counters differ in half of their bits: two of the three steps of xorshift64. */
static inline uint64_t march_scramble(uint64_t x)
{
	x ^= x << 13;
	return x ^ x >> 7;
}

/* Word k of the line that is visited as number `line`: what a pattern means, in plain C. */
static inline uint64_t march_word(const struct march_pattern *pattern, size_t line, unsigned int k,
				  bool down)
{
	uint64_t counted = pattern->word[k] + line * pattern->step;
	size_t row;

	switch (pattern->kind) {
	case MARCH_COUNT:
		return counted ^ pattern->flip;
	case MARCH_RANDOM:
		return march_scramble(counted) ^ pattern->flip;
	case MARCH_ROWS:
		row = down ? pattern->first + pattern->rows - line % pattern->rows
			   : pattern->first + line;
		return pattern->row[row % pattern->rows * MARCH_WORDS + k] ^ pattern->flip;
	default:
		return pattern->word[k] ^ pattern->flip;
	}
}

#endif
