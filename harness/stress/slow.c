/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/slow.h"

#include <string.h>

/* One bit position of carries after the other, as on paper. */
uint64_t slow_add_carry(uint64_t a, uint64_t b, uint64_t *carry)
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
void slow_digits(const uint16_t *a, const uint16_t *b, int digits, uint16_t *product)
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

void slow_to_digits(const uint64_t *word, int words, uint16_t *digit)
{
	int i;

	for (i = 0; i < words * 4; i++)
		digit[i] = (uint16_t)(word[i / 4] >> i % 4 * 16);
}

uint64_t slow_from_digits(const uint16_t *digit)
{
	return digit[0] | (uint64_t)digit[1] << 16 | (uint64_t)digit[2] << 32 |
	       (uint64_t)digit[3] << 48;
}

uint64_t slow_multiply(uint64_t a, uint64_t b, bool high)
{
	uint16_t x[4], y[4], product[8];

	slow_to_digits(&a, 1, x);
	slow_to_digits(&b, 1, y);
	slow_digits(x, y, 4, product);
	return slow_from_digits(product + (high ? 4 : 0));
}

uint64_t slow_divide(uint64_t a, uint64_t b, bool remainder)
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

uint64_t slow_rotate(uint64_t a, uint64_t count)
{
	while (count--)
		a = a << 1 | a >> 63;
	return a;
}

uint64_t slow_ones(uint64_t a)
{
	uint64_t ones = 0;
	int bit;

	for (bit = 0; bit < 64; bit++)
		ones += a >> bit & 1;
	return ones;
}

unsigned int slow_zeros(uint64_t a)
{
	unsigned int zeros = 0;

	while (zeros < 64 && !(a >> (63 - zeros)))
		zeros++;
	return zeros;
}

uint64_t slow_swap(uint64_t a)
{
	uint64_t out = 0;
	int i;

	for (i = 0; i < 64; i += 8)
		out |= (a >> i & 0xff) << (56 - i);
	return out;
}

uint64_t slow_add(uint64_t a, uint64_t b)
{
	uint64_t carry = 0;

	return slow_add_carry(a, b, &carry);
}

uint64_t slow_sub(uint64_t a, uint64_t b)
{
	uint64_t carry = 1;

	return slow_add_carry(a, ~b, &carry);
}

/* The highest bit in which they differ decides. */
bool slow_less(uint64_t a, uint64_t b)
{
	uint64_t differ = a ^ b;
	int shift;

	for (shift = 1; shift < 64; shift *= 2)
		differ |= differ >> shift;
	return (b & (differ ^ differ >> 1)) != 0;
}

uint64_t slow_shift_left(uint64_t a, uint64_t count)
{
	while (count--)
		a = a << 1;
	return a;
}

uint64_t slow_shift_right(uint64_t a, uint64_t count)
{
	while (count--)
		a = a >> 1;
	return a;
}
