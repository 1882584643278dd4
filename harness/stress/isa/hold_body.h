/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Holding registers (stress/hold.h). The including leaf defines
 *
 *	HOLD_IMPL	name of the struct hold_impl
 *	VEC_BYTES	bytes of a vector; not defined: no vectors are held
 *	VEC_REGISTERS	how many the machine has: 16 or 32
 *	HOLD_IN		letter of the compiler for a vector register: "x" "v" "w" "f"
 *	HOLD_FEW	few integer registers: 6 are held, otherwise 14
 *
 * and includes its architecture's yield.h, the system call itself: a call of the C library would have the compiler put
 * all values into memory before. An empty asm that takes and gives all values keeps them where they are. No include
 * guard: once per leaf.
 */
#include "harness/stress/hold.h"

#define HOLD_1(each) each(0) each(1) each(2) each(3) each(4) each(5) each(6)
#define HOLD_2(each) each(7) each(8) each(9) each(10) each(11) each(12) each(13)
#define HOLD_3(each) each(14) each(15) each(16) each(17) each(18) each(19) each(20)
#define HOLD_4(each) each(21) each(22) each(23) each(24) each(25) each(26) each(27)

#ifndef VEC_BYTES
enum { HELD = 0, HELD_BYTES = 0 };
#define HOLD_VECTORS_EACH(each)
#define HOLD_KEEP_VECTORS
#else
typedef uint64_t hold_vector __attribute__((vector_size(VEC_BYTES), may_alias));
enum { HELD_BYTES = VEC_BYTES };
#define V(n) "+" HOLD_IN(x##n)
#define HOLD_KEEP(a, b, c, d, e, f, g)                                                             \
	__asm__ volatile("" : V(a), V(b), V(c), V(d), V(e), V(f), V(g));
#if VEC_REGISTERS == 32
enum { HELD = 28 };
#define HOLD_VECTORS_EACH(each) HOLD_1(each) HOLD_2(each) HOLD_3(each) HOLD_4(each)
#define HOLD_KEEP_VECTORS                                                                          \
	HOLD_KEEP(0, 1, 2, 3, 4, 5, 6)                                                             \
	HOLD_KEEP(7, 8, 9, 10, 11, 12, 13)                                                         \
	HOLD_KEEP(14, 15, 16, 17, 18, 19, 20)                                                      \
	HOLD_KEEP(21, 22, 23, 24, 25, 26, 27)
#else
enum { HELD = 14 };
#define HOLD_VECTORS_EACH(each) HOLD_1(each) HOLD_2(each)
#define HOLD_KEEP_VECTORS                                                                          \
	HOLD_KEEP(0, 1, 2, 3, 4, 5, 6)                                                             \
	HOLD_KEEP(7, 8, 9, 10, 11, 12, 13)
#endif
#endif

#define R(n) "+r"(r##n)
#ifdef HOLD_FEW
enum { HELD_INTEGERS = 6 };
#define HOLD_INTEGERS_EACH(each) each(0) each(1) each(2) each(3) each(4) each(5)
#define HOLD_KEEP_INTEGERS __asm__ volatile("" : R(0), R(1), R(2), R(3), R(4), R(5));
#else
enum { HELD_INTEGERS = 14 };
#define HOLD_INTEGERS_EACH(each) HOLD_1(each) HOLD_2(each)
#define HOLD_KEEP_INTEGERS                                                                         \
	__asm__ volatile("" : R(0), R(1), R(2), R(3), R(4), R(5), R(6), R(7), R(8), R(9), R(10),   \
			      R(11), R(12), R(13));
#endif

#define LOAD_VECTOR(n)	 hold_vector x##n = *(const hold_vector *)state->vector[n];
#define ADD_VECTOR(n)	 x##n += step;
#define STORE_VECTOR(n)	 *(hold_vector *)state->vector[n] = x##n;
#define LOAD_INTEGER(n)	 uint64_t r##n = state->integer[n];
#define ADD_INTEGER(n)	 r##n += HOLD_STEP;
#define STORE_INTEGER(n) state->integer[n] = r##n;

static uint64_t hold(struct hold_state *state, const _Atomic uint32_t *until, uint64_t times)
{
	uint64_t n;
#ifdef VEC_BYTES
	const hold_vector step = (hold_vector){ 0 } + HOLD_STEP;
#endif

	HOLD_VECTORS_EACH(LOAD_VECTOR)
	HOLD_INTEGERS_EACH(LOAD_INTEGER)
	for (n = 0; until ? !atomic_load_explicit(until, memory_order_relaxed) : n < times; n++) {
		HOLD_VECTORS_EACH(ADD_VECTOR)
		HOLD_INTEGERS_EACH(ADD_INTEGER)
		HOLD_KEEP_VECTORS
		HOLD_KEEP_INTEGERS
		if (!until)
			isa_yield();
	}
	HOLD_VECTORS_EACH(STORE_VECTOR)
	HOLD_INTEGERS_EACH(STORE_INTEGER)
	return n;
}

static size_t held_bytes(void)
{
	return HELD_BYTES;
}

extern const struct hold_impl HOLD_IMPL;
const struct hold_impl HOLD_IMPL = {
	.vectors = HELD,
	.integers = HELD_INTEGERS,
	.yields = true,
	.bytes = held_bytes,
	.hold = hold,
};
