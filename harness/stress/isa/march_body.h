/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The elements of march.h in compiler vector extensions. The including leaf defines
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

#define MARCH_TAKE(i)	   want[i] = first_want[i], put[i] = first_put[i];
#define MARCH_READ(i)	   got[i] = at[i];
#define MARCH_COMPARE(i)   wrong |= got[i] ^ want[i];
#define MARCH_WRITE(i)	   at[i] = put[i];
#define MARCH_STEP_WANT(i) want[i] += want_step;
#define MARCH_STEP_PUT(i)  put[i] += put_step;

enum { MARCH_READS = 1, MARCH_WRITES = 2, MARCH_COUNTS = 4 };

/* All elements; what they do is a constant, so each becomes a short loop of its own. */
static inline __attribute__((always_inline)) size_t
march_loop(void *memory, ptrdiff_t stride, size_t lines, const struct march_pattern *const by[2],
	   uint64_t *ret_seen, const int does)
{
	const march_vec *first_want = (const march_vec *)by[0]->word;
	const march_vec *first_put = (const march_vec *)by[1]->word;
	const uint64_t want_step = by[0]->step, put_step = by[1]->step;
	march_vec want[MARCH_VECTORS], put[MARCH_VECTORS], got[MARCH_VECTORS];
	march_vec *at = memory;
	size_t done;

	MARCH_EACH(MARCH_TAKE)
	for (done = 0; done < lines; done++, at += stride) {
		if (does & MARCH_READS) {
			march_vec wrong = { 0 };

			MARCH_EACH(MARCH_READ)
			MARCH_EACH(MARCH_COMPARE)
			if (__builtin_expect(MARCH_ANY(wrong), 0)) {
				__builtin_memcpy(ret_seen, got, MARCH_LINE);
				break;
			}
			if (does & MARCH_COUNTS) {
				MARCH_EACH(MARCH_STEP_WANT)
			}
		}
		if (does & MARCH_WRITES) {
			MARCH_EACH(MARCH_WRITE)
			if (does & MARCH_COUNTS) {
				MARCH_EACH(MARCH_STEP_PUT)
			}
		}
	}
	return done;
}

static inline __attribute__((always_inline)) size_t
march_sweep(void *memory, ptrdiff_t stride, size_t lines, const struct march_pattern *const by[2],
	    uint64_t *ret_seen, const int does)
{
	if (by[0]->step || by[1]->step)
		return march_loop(memory, stride, lines, by, ret_seen, does | MARCH_COUNTS);
	return march_loop(memory, stride, lines, by, ret_seen, does);
}

static void march_fill(void *memory, size_t lines, const struct march_pattern *put)
{
	const struct march_pattern *const by[2] = { put, put };

	march_sweep(memory, MARCH_VECTORS, lines, by, NULL, MARCH_WRITES);
}

static size_t march_up(void *memory, size_t lines, const struct march_pattern *want,
		       const struct march_pattern *put, uint64_t ret_seen[MARCH_WORDS])
{
	const struct march_pattern *const by[2] = { want, put };

	return march_sweep(memory, MARCH_VECTORS, lines, by, ret_seen, MARCH_READS | MARCH_WRITES);
}

static size_t march_down(void *memory, size_t lines, const struct march_pattern *want,
			 const struct march_pattern *put, uint64_t ret_seen[MARCH_WORDS])
{
	const struct march_pattern *const by[2] = { want, put };
	char *last = lines ? (char *)memory + (lines - 1) * MARCH_LINE : memory;

	return march_sweep(last, -(ptrdiff_t)MARCH_VECTORS, lines, by, ret_seen,
			   MARCH_READS | MARCH_WRITES);
}

static size_t march_check(const void *memory, size_t lines, const struct march_pattern *want,
			  uint64_t ret_seen[MARCH_WORDS])
{
	const struct march_pattern *const by[2] = { want, want };

	return march_sweep((void *)(uintptr_t)memory, MARCH_VECTORS, lines, by, ret_seen,
			   MARCH_READS);
}

extern const struct march_impl MARCH_IMPL;
const struct march_impl MARCH_IMPL = {
	.fill = march_fill, .up = march_up, .down = march_down, .check = march_check,
};
