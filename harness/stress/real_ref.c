/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IEEE 754 in integers: each result is made exact in 128 bits (division and root with one bit for
 * what is left over) and then rounded once, to nearest, ties to even. Operands are normal numbers,
 * and results are normal or zero: real.h sees to it that exponents stay near, so nothing overflows
 * 128 bits either.
 */
#include "harness/stress/real.h"

#include <stdbool.h>

typedef unsigned __int128 wide;
typedef uint64_t real64, real32;

struct format {
	int fraction; /* bits */
	int bias;
};

static const struct format format64 = { 52, 1023 }, format32 = { 23, 127 };

/* (-1)^negative * value * 2^exponent */
struct number {
	bool negative;
	int exponent;
	wide value;
};

static struct number unpack(const struct format *format, uint64_t bits)
{
	uint64_t one = 1ULL << format->fraction;
	int biased = (int)(bits >> format->fraction) & (format->bias * 2 + 1);

	return (struct number){
		.negative = bits >> (format == &format64 ? 63 : 31),
		.exponent = biased - format->bias - format->fraction,
		.value = (bits & (one - 1)) | one,
	};
}

static int bit_length(wide value)
{
	int length = 0;

	for (; value; value >>= 1)
		length++;
	return length;
}

static uint64_t round_to(const struct format *format, struct number number)
{
	int drop = bit_length(number.value) - (format->fraction + 1);
	uint64_t kept, sign;

	if (!number.value)
		return 0;
	if (drop <= 0) {
		kept = (uint64_t)(number.value << -drop);
	} else {
		wide rest = number.value & (((wide)1 << drop) - 1), half = (wide)1 << (drop - 1);

		kept = (uint64_t)(number.value >> drop);
		kept += rest > half || (rest == half && (kept & 1));
	}
	sign = (uint64_t)number.negative << (format == &format64 ? 63 : 31);
	/* The leading one adds one to the exponent field, and so does a carry out of rounding. */
	return sign +
	       ((uint64_t)(number.exponent + drop + format->fraction + format->bias - 1)
		<< format->fraction) +
	       kept;
}

static struct number multiply(struct number a, struct number b)
{
	return (struct number){ a.negative != b.negative, a.exponent + b.exponent,
				a.value * b.value };
}

static struct number add(struct number a, struct number b)
{
	struct number sum = { .exponent = a.exponent < b.exponent ? a.exponent : b.exponent };

	a.value <<= a.exponent - sum.exponent;
	b.value <<= b.exponent - sum.exponent;
	if (a.negative == b.negative) {
		sum.negative = a.negative;
		sum.value = a.value + b.value;
	} else {
		bool swap = a.value < b.value;

		sum.negative = swap ? b.negative : a.negative;
		sum.value = swap ? b.value - a.value : a.value - b.value;
	}
	return sum;
}

static struct number divide(struct number a, struct number b)
{
	wide dividend = a.value << 72;
	struct number quotient = { a.negative != b.negative, a.exponent - b.exponent - 73, 0 };

	quotient.value = dividend / b.value << 1 | (dividend % b.value != 0);
	return quotient;
}

static struct number square_root(struct number a)
{
	int shift = a.exponent & 1 ? 71 : 72, bit;
	wide radicand = a.value << shift, root = 0;

	for (bit = 63; bit >= 0; bit--) {
		wide tried = root | (wide)1 << bit;

		if (tried * tried <= radicand)
			root = tried;
	}
	return (struct number){ false, (a.exponent - shift) / 2 - 1,
				root << 1 | (root * root != radicand) };
}

static uint64_t binary(const struct format *format, char operation, uint64_t a, uint64_t b)
{
	struct number x = unpack(format, a), y = unpack(format, b);

	switch (operation) {
	case '*':
		return round_to(format, multiply(x, y));
	case '/':
		return round_to(format, divide(x, y));
	case '-':
		y.negative = !y.negative;
		break;
	}
	return round_to(format, add(x, y));
}

static uint64_t fused(const struct format *format, uint64_t a, uint64_t b, uint64_t c)
{
	return round_to(format,
			add(multiply(unpack(format, a), unpack(format, b)), unpack(format, c)));
}

static uint64_t root_of(const struct format *format, uint64_t a)
{
	return round_to(format, square_root(unpack(format, a)));
}

static bool less(uint64_t a, uint64_t b)
{
	struct number x = unpack(&format64, a), y = unpack(&format64, b), difference;

	y.negative = !y.negative;
	difference = add(x, y);
	return difference.value && difference.negative;
}

static int64_t to_int(uint64_t a)
{
	struct number x = unpack(&format64, a);
	int64_t whole = (int64_t)(x.exponent < -63 ? 0 : x.value >> -x.exponent);

	return x.negative ? -whole : whole;
}

static uint64_t from_int(int64_t a)
{
	struct number x = { a < 0, 0, a < 0 ? -(uint64_t)a : (uint64_t)a };

	return round_to(&format64, x);
}

#define OP_FROM(bits)     (bits)
#define OP_BITS64(a)      (a)
#define OP_BITS32(a)      (a)
#define OP_ADD(a, b)      binary(&format64, '+', (a), (b))
#define OP_SUB(a, b)      binary(&format64, '-', (a), (b))
#define OP_MUL(a, b)      binary(&format64, '*', (a), (b))
#define OP_DIV(a, b)      binary(&format64, '/', (a), (b))
#define OP_FMA(a, b, c)   fused(&format64, (a), (b), (c))
#define OP_SQRT(a)        root_of(&format64, (a))
#define OP_ABS(a)         ((a) & ~(1ULL << 63))
#define OP_NEG(a)         ((a) ^ 1ULL << 63)
#define OP_LESS(a, b)     less((a), (b))
#define OP_ADD32(a, b)    binary(&format32, '+', (a), (b))
#define OP_MUL32(a, b)    binary(&format32, '*', (a), (b))
#define OP_DIV32(a, b)    binary(&format32, '/', (a), (b))
#define OP_FMA32(a, b, c) fused(&format32, (a), (b), (c))
#define OP_SQRT32(a)      root_of(&format32, (a))
#define OP_ABS32(a)       ((a) & ~(1ULL << 31))
#define OP_NARROW(a)      round_to(&format32, unpack(&format64, (a)))
#define OP_WIDEN(a)       round_to(&format64, unpack(&format32, (a)))
#define OP_TO_INT(a)      to_int(a)
#define OP_FROM_INT(a)    from_int(a)
#include "harness/stress/isa/real_steps.h"

void real_mix_ref(uint64_t seed, unsigned int steps, uint64_t state[REAL_CHAINS])
{
	real_mix(seed, steps, state);
}
