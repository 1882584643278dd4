/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the operations of integer_alu.c mean, by simpler ones: no wide multiply, no divide, no bit
 * count, no rotate, no add with carry is asked of the processor here.
 */
#include "harness/stress/integer.h"

#include <stdbool.h>
#include <string.h>

/* One bit position of carries after the other, as on paper. */
static uint64_t add_with_carry(uint64_t a, uint64_t b, uint64_t *carry)
{
	uint64_t sum = a ^ b, moved = a & b, out = moved >> 63, more = *carry;

	while (moved || more) {
		uint64_t add = moved << 1 | more;

		more = 0;
		moved = sum & add;
		sum ^= add;
		out |= moved >> 63;
	}
	*carry = out;
	return sum;
}

/* 16-bit digits: each product and sum fits 64 bits with room. */
static void multiply_digits(const uint16_t *a, const uint16_t *b, int digits, uint16_t *product)
{
	int i, k;

	memset(product, 0, 2 * (size_t)digits * sizeof(*product));
	for (i = 0; i < digits; i++) {
		uint32_t sum = 0;

		for (k = 0; k < digits; k++) {
			sum += (uint32_t)a[i] * b[k] + product[i + k];
			product[i + k] = (uint16_t)sum;
			sum >>= 16;
		}
		product[i + digits] = (uint16_t)sum;
	}
}

static void to_digits(const uint64_t *word, int words, uint16_t *digit)
{
	int i;

	for (i = 0; i < words * 4; i++)
		digit[i] = (uint16_t)(word[i / 4] >> i % 4 * 16);
}

static uint64_t from_digits(const uint16_t *digit)
{
	return digit[0] | (uint64_t)digit[1] << 16 | (uint64_t)digit[2] << 32 |
	       (uint64_t)digit[3] << 48;
}

static uint64_t multiply_part(uint64_t a, uint64_t b, bool high)
{
	uint16_t x[4], y[4], product[8];

	to_digits(&a, 1, x);
	to_digits(&b, 1, y);
	multiply_digits(x, y, 4, product);
	return from_digits(product + (high ? 4 : 0));
}

static uint64_t divide(uint64_t a, uint64_t b, bool remainder)
{
	uint64_t quotient = 0, rest = 0;
	int bit;

	for (bit = 63; bit >= 0; bit--) {
		bool over = rest >> 63;

		rest = rest << 1 | (a >> bit & 1);
		if (over || rest >= b) {
			rest -= b;
			quotient |= 1ULL << bit;
		}
	}
	return remainder ? rest : quotient;
}

static uint64_t rotate(uint64_t a, uint64_t count)
{
	while (count--)
		a = a << 1 | a >> 63;
	return a;
}

static uint64_t count_ones(uint64_t a)
{
	uint64_t ones = 0;
	int bit;

	for (bit = 0; bit < 64; bit++)
		ones += a >> bit & 1;
	return ones;
}

static unsigned int leading_zeros(uint64_t a)
{
	unsigned int zeros = 0;

	while (zeros < 64 && !(a >> (63 - zeros)))
		zeros++;
	return zeros;
}

static uint64_t swap_bytes(uint64_t a)
{
	uint64_t out = 0;
	int i;

	for (i = 0; i < 64; i += 8)
		out |= (a >> i & 0xff) << (56 - i);
	return out;
}

#define OP_ADC(sum, a, b, carry) ((sum) = add_with_carry((a), (b), &(carry)))
#define OP_MULLO(a, b)           multiply_part((a), (b), false)
#define OP_MULHI(a, b)           multiply_part((a), (b), true)
#define OP_DIV(a, b)             divide((a), (b), false)
#define OP_REM(a, b)             divide((a), (b), true)
#define OP_ROTL(a, n)            rotate((a), (n))
#define OP_POP(a)                count_ones(a)
#define OP_CLZ(a)                leading_zeros(a)
#define OP_SWAP(a)               swap_bytes(a)
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

	multiply_digits(a, b, DIGITS, product);
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

	to_digits(base, INTEGER_LIMBS, factor);
	memcpy(value, factor, sizeof(value));
	for (i = 1; i < INTEGER_HALF; i++) {
		multiply_mod(value, value);
		multiply_mod(value, factor);
	}
	for (i = 0; i < INTEGER_LIMBS; i++)
		half[i] = from_digits(value + i * 4);
}
