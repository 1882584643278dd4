/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/soft.h"

typedef unsigned __int128 wide;

struct format {
	int fraction; /* bits */
	int bias;
};

static const struct format formats[] = { [SOFT_32] = { 23, 127 }, [SOFT_64] = { 52, 1023 } };

/* (-1)^negative * value * 2^exponent */
struct number {
	bool negative;
	int exponent;
	wide value;
};

static struct number unpack(enum soft_format kind, uint64_t bits)
{
	const struct format *format = &formats[kind];
	uint64_t one = 1ULL << format->fraction;
	int biased = (int)(bits >> format->fraction) & (format->bias * 2 + 1);

	return (struct number){
		.negative = bits >> (kind == SOFT_64 ? 63 : 31),
		.exponent = biased - format->bias - format->fraction,
		.value = (bits & (one - 1)) | one,
	};
}

static int bit_length(wide value)
{
	int length = 0, step;

	for (step = 64; step; step /= 2) {
		if (value >> step) {
			value >>= step;
			length += step;
		}
	}
	return length + (value != 0);
}

static uint64_t round_to(enum soft_format kind, struct number number)
{
	const struct format *format = &formats[kind];
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
	sign = (uint64_t)number.negative << (kind == SOFT_64 ? 63 : 31);
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

/*
 * Both to the exponent of the smaller, unless that is so far away that 128 bits have no room: then
 * of what lies below only whether there is anything matters.
 */
static void align(struct number *large, struct number *small)
{
	int gap = large->exponent - small->exponent;
	int room = gap <= 20 ? gap : 126 - bit_length(large->value);

	room = gap < room ? gap : room;
	large->value <<= room;
	large->exponent -= room;
	gap -= room;
	if (gap) {
		wide kept = gap < 128 ? small->value >> gap : 0;
		bool more = gap < 128 ? kept << gap != small->value : small->value != 0;

		small->value = kept | more;
		small->exponent += gap;
	}
}

static struct number add(struct number a, struct number b)
{
	struct number sum;

	if (a.exponent < b.exponent)
		align(&b, &a);
	else
		align(&a, &b);
	sum = (struct number){ .exponent = a.exponent };
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

uint64_t soft_add(enum soft_format format, uint64_t a, uint64_t b)
{
	return round_to(format, add(unpack(format, a), unpack(format, b)));
}

static struct number negated(struct number a)
{
	a.negative = !a.negative;
	return a;
}

uint64_t soft_sub(enum soft_format format, uint64_t a, uint64_t b)
{
	return round_to(format, add(unpack(format, a), negated(unpack(format, b))));
}

uint64_t soft_mul(enum soft_format format, uint64_t a, uint64_t b)
{
	return round_to(format, multiply(unpack(format, a), unpack(format, b)));
}

uint64_t soft_div(enum soft_format format, uint64_t a, uint64_t b)
{
	return round_to(format, divide(unpack(format, a), unpack(format, b)));
}

uint64_t soft_fma(enum soft_format format, uint64_t a, uint64_t b, uint64_t c)
{
	return round_to(format,
			add(multiply(unpack(format, a), unpack(format, b)), unpack(format, c)));
}

uint64_t soft_sqrt(enum soft_format format, uint64_t a)
{
	return round_to(format, square_root(unpack(format, a)));
}

bool soft_less(enum soft_format format, uint64_t a, uint64_t b)
{
	struct number difference = add(unpack(format, a), negated(unpack(format, b)));

	return difference.value && difference.negative;
}

uint64_t soft_convert(enum soft_format from, enum soft_format to, uint64_t a)
{
	return round_to(to, unpack(from, a));
}

int64_t soft_to_int(enum soft_format format, uint64_t a)
{
	struct number x = unpack(format, a);
	wide whole = x.exponent >= 0   ? x.value << x.exponent :
		     x.exponent < -63 ? 0 :
					x.value >> -x.exponent;

	return x.negative ? -(int64_t)whole : (int64_t)whole;
}

uint64_t soft_from_int(enum soft_format format, int64_t a)
{
	struct number x = { a < 0, 0, a < 0 ? -(uint64_t)a : (uint64_t)a };

	return round_to(format, x);
}
