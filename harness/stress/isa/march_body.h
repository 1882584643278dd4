/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The accessor of march.h to real memory, in compiler vector extensions. The including leaf defines
 *
 *	MARCH_IMPL	name of the struct march_impl
 *	MARCH_BYTES	bytes of a vector, 8 to 64
 *	MARCH_ANY(v)	is any bit of the vector set?
 *
 * No include guard: once per leaf.
 */
#include "harness/stress/march.h"

typedef uint64_t march_vec __attribute__((vector_size(MARCH_BYTES), may_alias));

enum { MARCH_VECTORS = MARCH_LINE / MARCH_BYTES };

/* Written out by macros: not every compiler unrolls, and a line must live in registers. */
#if MARCH_BYTES == 64
#define MARCH_EACH(each) each(0)
#elif MARCH_BYTES == 32
#define MARCH_EACH(each) each(0) each(1)
#elif MARCH_BYTES == 16
#define MARCH_EACH(each) each(0) each(1) each(2) each(3)
#else
#define MARCH_EACH(each) each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7)
#endif

#define MARCH_INLINE static inline __attribute__((always_inline))

/* A pattern on its way over the lines. */
struct march_way {
	march_vec word[MARCH_VECTORS];	/* before scrambling and flipping, but for constants */
	march_vec value[MARCH_VECTORS]; /* of the line that is visited */
	uint64_t step, flip;
	const march_vec *row, *wrap, *again; /* from `wrap` it goes on at `again` */
	ptrdiff_t stride;
};

MARCH_INLINE void march_start(struct march_way *way, const struct march_pattern *pattern, bool down)
{
	const march_vec *word = (const march_vec *)pattern->word;
	const march_vec *rows = (const march_vec *)pattern->row;

	way->step = pattern->step;
	way->flip = pattern->flip;
#define MARCH_TAKE(i) way->word[i] = word[i], way->value[i] = word[i] ^ pattern->flip;
	MARCH_EACH(MARCH_TAKE)
#undef MARCH_TAKE
	way->stride = down ? -(ptrdiff_t)MARCH_VECTORS : (ptrdiff_t)MARCH_VECTORS;
	way->row = way->wrap = way->again = rows;
	if (!rows)
		return;
	way->row += pattern->first * MARCH_VECTORS;
	*(down ? &way->wrap : &way->again) = rows;
	*(down ? &way->again : &way->wrap) = rows + (pattern->rows - 1) * MARCH_VECTORS;
}

/* Kinds of the second pattern beside those of march.h. */
enum { MARCH_INVERSE = MARCH_ROWS + 1 };

MARCH_INLINE void march_next(struct march_way *way, const unsigned int kind,
			     const struct march_way *first)
{
	if (kind == MARCH_COUNT || kind == MARCH_RANDOM) {
		march_vec x;

#define MARCH_COUNTED(i) way->value[i] = way->word[i] ^ way->flip;
#define MARCH_SCRAMBLED(i)                                                                         \
	x = way->word[i];                                                                          \
	x ^= x << 13;                                                                              \
	way->value[i] = x ^ x >> 7 ^ way->flip;
#define MARCH_STEP(i) way->word[i] += way->step;
		if (kind == MARCH_COUNT) {
			MARCH_EACH(MARCH_COUNTED)
		} else {
			MARCH_EACH(MARCH_SCRAMBLED)
		}
		MARCH_EACH(MARCH_STEP)
#undef MARCH_COUNTED
#undef MARCH_SCRAMBLED
#undef MARCH_STEP
	} else if (kind == MARCH_ROWS) {
#define MARCH_ROW(i) way->value[i] = way->row[i] ^ way->flip;
		MARCH_EACH(MARCH_ROW)
#undef MARCH_ROW
		way->row = way->row == way->wrap ? way->again : way->row + way->stride;
	} else if (kind == MARCH_INVERSE) {
#define MARCH_INVERT(i) way->value[i] = ~first->value[i];
		MARCH_EACH(MARCH_INVERT)
#undef MARCH_INVERT
	}
}

/* One operation on the line; false when it read something else. */
MARCH_INLINE bool march_do(march_vec *at, const struct march_way *way, const uint32_t op,
			   struct march_seen *ret_seen)
{
	march_vec got[MARCH_VECTORS], wrong = { 0 };
	march_vec *seen = (march_vec *)ret_seen->word;

	if (op & 2) {
#define MARCH_WRITE(i) at[i] = way->value[i];
		MARCH_EACH(MARCH_WRITE)
#undef MARCH_WRITE
		return true;
	}
#define MARCH_READ(i)	 got[i] = at[i];
#define MARCH_COMPARE(i) wrong |= got[i] ^ way->value[i];
#define MARCH_KEEP(i)	 seen[i] = got[i];
	MARCH_EACH(MARCH_READ)
	MARCH_EACH(MARCH_COMPARE)
	if (__builtin_expect(!MARCH_ANY(wrong), 1))
		return true;
	MARCH_EACH(MARCH_KEEP)
#undef MARCH_READ
#undef MARCH_COMPARE
#undef MARCH_KEEP
	return false;
}

/* The compiler must not answer a read with what it knows was written. */
#define MARCH_STAGE(n)                                                                             \
	if (MARCH_OP(ops, n)) {                                                                    \
		if (n)                                                                             \
			__asm__ volatile("" : : : "memory");                                       \
		if (!march_do(at, MARCH_OP(ops, n) & 1 ? &second : &first, MARCH_OP(ops, n),       \
			      ret_seen)) {                                                         \
			ret_seen->op = (n);                                                        \
			return done;                                                               \
		}                                                                                  \
	}

/* What is done and with what are constants where it matters: each becomes a loop of its own. */
MARCH_INLINE size_t march_loop(void *memory, size_t lines, const struct march_visit *visit,
			       struct march_seen *ret_seen, const uint32_t ops,
			       const unsigned int kind0, const unsigned int kind1)
{
	march_vec *at = (march_vec *)memory + (visit->down ? (lines - 1) * MARCH_VECTORS : 0);
	struct march_way first, second;
	size_t done;

	march_start(&first, visit->by[0], visit->down);
	march_start(&second, visit->by[1], visit->down);
	for (done = 0; done < lines; done++, at += first.stride) {
		march_next(&first, kind0, &first);
		march_next(&second, kind1, &first);
		MARCH_STAGE(0)
		MARCH_STAGE(1)
		MARCH_STAGE(2)
		MARCH_STAGE(3)
		MARCH_STAGE(4)
	}
	return done;
}

/* The shapes of march_table.c have loops of their own; any other runs through the last. */
MARCH_INLINE size_t march_shape(void *memory, size_t lines, const struct march_visit *visit,
				struct march_seen *ret_seen, const unsigned int kind0,
				const unsigned int kind1)
{
#define MARCH_SHAPE(ops)                                                                           \
	case ops:                                                                                  \
		return march_loop(memory, lines, visit, ret_seen, ops, kind0, kind1)
	switch (visit->ops) {
		MARCH_SHAPE(MARCH_DO1(MARCH_W0));
		MARCH_SHAPE(MARCH_DO1(MARCH_W1));
		MARCH_SHAPE(MARCH_DO1(MARCH_R0));
		MARCH_SHAPE(MARCH_DO1(MARCH_R1));
		MARCH_SHAPE(MARCH_DO2(MARCH_R0, MARCH_W1));
		MARCH_SHAPE(MARCH_DO4(MARCH_R0, MARCH_W1, MARCH_R1, MARCH_W0));
		MARCH_SHAPE(MARCH_DO5(MARCH_R0, MARCH_R0, MARCH_W0, MARCH_R0, MARCH_W1));
	default:
		return march_loop(memory, lines, visit, ret_seen, visit->ops, kind0, kind1);
	}
#undef MARCH_SHAPE
}

/* From one content to the next: read one, write the other. */
static size_t march_change(void *memory, size_t lines, const struct march_visit *visit,
			   struct march_seen *ret_seen)
{
	const uint32_t ops = MARCH_DO2(MARCH_R0, MARCH_W1);
	const enum march_kind kind = visit->by[0]->kind, next = visit->by[1]->kind;

	if (visit->ops != ops)
		return march_loop(memory, lines, visit, ret_seen, visit->ops, kind, next);
	if (kind == MARCH_CONSTANT && next == MARCH_CONSTANT)
		return march_loop(memory, lines, visit, ret_seen, ops, MARCH_CONSTANT,
				  MARCH_CONSTANT);
	return march_loop(memory, lines, visit, ret_seen, ops, kind, next);
}

static size_t march_visit(void *memory, size_t lines, const struct march_visit *visit,
			  struct march_seen *ret_seen)
{
	if (!visit->inverse)
		return march_change(memory, lines, visit, ret_seen);
	switch (visit->by[0]->kind) {
	case MARCH_COUNT:
		return march_shape(memory, lines, visit, ret_seen, MARCH_COUNT, MARCH_INVERSE);
	case MARCH_RANDOM:
		return march_shape(memory, lines, visit, ret_seen, MARCH_RANDOM, MARCH_INVERSE);
	case MARCH_ROWS:
		return march_shape(memory, lines, visit, ret_seen, MARCH_ROWS, MARCH_INVERSE);
	default:
		return march_shape(memory, lines, visit, ret_seen, MARCH_CONSTANT, MARCH_CONSTANT);
	}
}

extern const struct march_impl MARCH_IMPL;
const struct march_impl MARCH_IMPL = { .visit = march_visit };
