/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/integer.h"

#include <string.h>

typedef unsigned __int128 wide;

#define OP_ADC(sum, a, b, carry)                                                                   \
	do {                                                                                       \
		wide wide_ = (wide)(a) + (b) + (carry);                                            \
		(sum) = (uint64_t)wide_;                                                           \
		(carry) = (uint64_t)(wide_ >> 64);                                                 \
	} while (0)
#define OP_MULLO(a, b) ((a) * (b))
#define OP_MULHI(a, b) ((uint64_t)((wide)(a) * (b) >> 64))
#define OP_DIV(a, b)   ((a) / (b))
#define OP_REM(a, b)   ((a) % (b))
#define OP_ROTL(a, n)  ((a) << (n) | (a) >> (-(n)&63))
#define OP_POP(a)      ((uint64_t)__builtin_popcountll(a))
#define OP_CLZ(a)      ((unsigned int)__builtin_clzll(a))
#define OP_SWAP(a)     __builtin_bswap64(a)
#include "harness/stress/integer_body.h"

enum { TOP_BITS = 9 }; /* of 521, in the last word */
#define TOP_MASK ((1ULL << TOP_BITS) - 1)

void integer_mix_alu(uint64_t seed, unsigned int steps, uint64_t state[INTEGER_STATE])
{
	integer_body(seed, steps, state);
}

void integer_base(uint64_t seed, uint64_t base[INTEGER_LIMBS])
{
	uint64_t i;

	for (i = 0; i < INTEGER_LIMBS; i++)
		base[i] = mix_nudged(seed ^ 0x521, i);
	base[0] |= 1;     /* not zero */
	base[1] &= ~2ULL; /* not p */
	base[INTEGER_LIMBS - 1] &= TOP_MASK;
}

/* 2^521 is 1 modulo p: what lies above comes in again at the bottom. */
static void reduce_once(uint64_t value[INTEGER_LIMBS])
{
	uint64_t carry = value[INTEGER_LIMBS - 1] >> TOP_BITS;
	int i;

	value[INTEGER_LIMBS - 1] &= TOP_MASK;
	for (i = 0; i < INTEGER_LIMBS; i++) {
		value[i] += carry;
		carry = value[i] < carry;
	}
}

/*
 * product mod p: the low 521 bits and the rest are added. Below 2^521 only p itself is not
 * canonical, and that is 0, which no product of factors that are not 0 can be.
 */
static void fold(const uint64_t product[2 * INTEGER_LIMBS], uint64_t out[INTEGER_LIMBS])
{
	wide sum = 0;
	int i;

	for (i = 0; i < INTEGER_LIMBS; i++) {
		uint64_t low = product[i];
		uint64_t high = product[i + INTEGER_LIMBS - 1] >> TOP_BITS;

		if (i == INTEGER_LIMBS - 1)
			low &= TOP_MASK;
		high |= product[i + INTEGER_LIMBS] << (64 - TOP_BITS);
		sum += (wide)low + high;
		out[i] = (uint64_t)sum;
		sum >>= 64;
	}
	reduce_once(out);
	reduce_once(out);
}

static void multiply(const uint64_t a[INTEGER_LIMBS], const uint64_t b[INTEGER_LIMBS],
		     uint64_t out[INTEGER_LIMBS])
{
	uint64_t product[2 * INTEGER_LIMBS] = { 0 };
	int i, k;

	for (i = 0; i < INTEGER_LIMBS; i++) {
		wide sum = 0;

		for (k = 0; k < INTEGER_LIMBS; k++) {
			sum += (wide)a[i] * b[k] + product[i + k];
			product[i + k] = (uint64_t)sum;
			sum >>= 64;
		}
		product[i + INTEGER_LIMBS] = (uint64_t)sum;
	}
	fold(product, out);
}

void integer_power_alu(const uint64_t base[INTEGER_LIMBS], uint64_t half[INTEGER_LIMBS],
		       uint64_t full[INTEGER_LIMBS])
{
	int bit;

	/* p - 1 = 2^521 - 2: 520 ones and a zero. */
	memcpy(full, base, INTEGER_LIMBS * sizeof(*full));
	for (bit = 1; bit < 520; bit++) {
		multiply(full, full, full);
		multiply(full, base, full);
		if (bit == INTEGER_HALF - 1)
			memcpy(half, full, INTEGER_LIMBS * sizeof(*half));
	}
	multiply(full, full, full);
}
