/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/integer.h"
#include "harness/stress/slow.h"

#include <string.h>

#define OP_ADC(sum, a, b, carry) ((sum) = slow_add_carry((a), (b), &(carry)))
#define OP_MULLO(a, b)           slow_multiply((a), (b), false)
#define OP_MULHI(a, b)           slow_multiply((a), (b), true)
#define OP_DIV(a, b)             slow_divide((a), (b), false)
#define OP_REM(a, b)             slow_divide((a), (b), true)
#define OP_ROTL(a, n)            slow_rotate((a), (n))
#define OP_POP(a)                slow_ones(a)
#define OP_CLZ(a)                slow_zeros(a)
#define OP_SWAP(a)               slow_swap(a)
#include "harness/stress/integer_body.h"

void integer_mix_ref(uint64_t seed, unsigned int steps, uint64_t state[INTEGER_STATE])
{
	integer_body(seed, steps, state);
}

enum { DIGITS = INTEGER_LIMBS * 4 };

/* Bit 521 + n counts as bit n; again for the carry of that sum. */
static void multiply_mod(uint16_t a[DIGITS], const uint16_t b[DIGITS])
{
	uint16_t product[2 * DIGITS];
	uint32_t carry = 0;
	int i, round;

	slow_digits(a, b, DIGITS, product);
	for (i = 0; i < DIGITS; i++) {
		/* 521 = 32 * 16 + 9 */
		uint32_t low = i < 32 ? product[i] : i == 32 ? product[i] & 0x1ffU : 0;
		uint32_t high = (uint32_t)product[i + 32] >> 9 |
				(i + 33 < 2 * DIGITS ? (uint32_t)product[i + 33] << 7 & 0xffff : 0);

		carry += low + high;
		a[i] = (uint16_t)carry;
		carry >>= 16;
	}
	for (round = 0; round < 2; round++) {
		carry = (uint32_t)a[32] >> 9;
		a[32] &= 0x1ff;
		for (i = 0; i < DIGITS; i++) {
			carry += a[i];
			a[i] = (uint16_t)carry;
			carry >>= 16;
		}
	}
}

void integer_half_ref(const uint64_t base[INTEGER_LIMBS], uint64_t half[INTEGER_LIMBS])
{
	uint16_t value[DIGITS], factor[DIGITS];
	int i;

	slow_to_digits(base, INTEGER_LIMBS, factor);
	memcpy(value, factor, sizeof(value));
	for (i = 1; i < INTEGER_HALF; i++) {
		multiply_mod(value, value);
		multiply_mod(value, factor);
	}
	for (i = 0; i < INTEGER_LIMBS; i++)
		half[i] = slow_from_digits(value + i * 4);
}
