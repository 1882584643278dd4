/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What programs mean: integers by slow.h, reals by soft.h, on other units than their code uses; the
 * function is PROGRAM_NAME. The result of every operation goes through
 *
 *	PROGRAM_UNIT(op, lane, value, operand)	is the value, or another one (plant.h)
 *
 * No include guard: once per translation unit.
 */
#include "harness/stress/program.h"

#include "harness/stress/slow.h"
#include "harness/stress/soft.h"

#include <stdbool.h>
#include <string.h>

#define TOP (1ULL << 63)

static bool less_signed(uint64_t a, uint64_t b)
{
	return slow_less(a ^ TOP, b ^ TOP);
}

static uint64_t extended(uint64_t value, unsigned int bits)
{
	uint64_t sign = 1ULL << (bits - 1);

	value &= sign | (sign - 1);
	return value & sign ? value | ~(sign - 1) : value;
}

static uint64_t shifted_signed(uint64_t a, uint64_t count)
{
	uint64_t high = a & TOP ? ~slow_shift_right(~0ULL, count) : 0;

	return slow_shift_right(a, count) | high;
}

static uint64_t value_of(const struct program_op *op, uint64_t a, uint64_t b)
{
	switch (op->kind) {
	case PROGRAM_ADD:
		return slow_add(a, b);
	case PROGRAM_SUB:
		return slow_sub(a, b);
	case PROGRAM_MUL:
		return slow_multiply(a, b, false);
	case PROGRAM_MUL_HIGH:
		return slow_multiply(a, b, true);
	case PROGRAM_DIVIDE:
		return slow_divide(a, b | 1, false);
	case PROGRAM_REMAINDER:
		return slow_divide(a, b | 1, true);
	case PROGRAM_AND:
		return a & b;
	case PROGRAM_OR:
		return a | b;
	case PROGRAM_XOR:
		return a ^ b;
	case PROGRAM_AND_NOT:
		return a & ~b;
	case PROGRAM_SHIFT_LEFT:
		return slow_shift_left(a, b & 63);
	case PROGRAM_SHIFT_RIGHT:
		return slow_shift_right(a, b & 63);
	case PROGRAM_SHIFT_SIGNED:
		return shifted_signed(a, b & 63);
	case PROGRAM_ROTATE:
		return slow_rotate(a, b & 63);
	case PROGRAM_LESS:
		return slow_less(a, b);
	case PROGRAM_LESS_SIGNED:
		return less_signed(a, b);
	case PROGRAM_MIN:
		return slow_less(b, a) ? b : a;
	case PROGRAM_MAX_SIGNED:
		return less_signed(a, b) ? b : a;
	case PROGRAM_ADD_32:
		return extended(slow_add(a, b), 32);
	case PROGRAM_MUL_32:
		return extended(slow_multiply(a, b, false), 32);
	case PROGRAM_EXTEND_8:
		return extended(a, 8);
	case PROGRAM_EXTEND_16:
		return extended(a, 16);
	case PROGRAM_EXTEND_32:
		return extended(a, 32);
	case PROGRAM_SWAP_BYTES:
		return slow_swap(a);
	case PROGRAM_ZEROS:
		return slow_zeros(a | 1);
	default:
		return op->number;
	}
}

/* --- reals ------------------------------------------------------------------------------------ */

static uint64_t tamed(uint64_t bits)
{
	return (bits & PROGRAM_KEPT) | PROGRAM_SET;
}

static uint64_t single(uint64_t bits)
{
	return soft_convert(SOFT_64, SOFT_32, tamed(bits));
}

static uint64_t shuffled(const struct program_op *op, const struct program_state *state, int lane)
{
	return lane ? state->real[op->b][op->number >> 1 & 1] : state->real[op->a][op->number & 1];
}

static uint64_t to_real(const struct program_op *op, const struct program_state *state, int lane)
{
	uint64_t a = state->real[op->a][lane], b = state->real[op->b][lane];

	switch (op->kind) {
	case PROGRAM_REAL_ADD:
		return soft_add(SOFT_64, tamed(a), tamed(b));
	case PROGRAM_REAL_SUB:
		return soft_sub(SOFT_64, tamed(a), tamed(b));
	case PROGRAM_REAL_MUL:
		return soft_mul(SOFT_64, tamed(a), tamed(b));
	case PROGRAM_REAL_DIV:
		return soft_div(SOFT_64, tamed(a), tamed(b));
	case PROGRAM_REAL_ROOT:
		return soft_sqrt(SOFT_64, tamed(a) & ~TOP);
	case PROGRAM_SINGLE_ADD:
		return soft_add(SOFT_32, single(a), single(b));
	case PROGRAM_SINGLE_MUL:
		return soft_mul(SOFT_32, single(a), single(b));
	case PROGRAM_SINGLE_DIV:
		return soft_div(SOFT_32, single(a), single(b));
	case PROGRAM_REAL_SHUFFLE:
		return shuffled(op, state, lane);
	case PROGRAM_REAL_OF_INTEGERS:
		return soft_from_int(SOFT_64, (int64_t)state->integer[lane ? op->b : op->a]);
	default:
		return state->integer[lane ? op->b : op->a];
	}
}

static uint64_t from_real(const struct program_op *op, const uint64_t *a, const uint64_t *b)
{
	uint64_t chosen = a[op->number & 1];

	switch (op->kind) {
	case PROGRAM_REAL_LESS:
		return soft_less(SOFT_64, tamed(a[0]), tamed(b[0])) |
		       soft_less(SOFT_64, tamed(a[1]), tamed(b[1])) << 1;
	case PROGRAM_INTEGER_OF_REAL:
		return (uint64_t)soft_to_int(SOFT_64, slow_add(tamed(chosen), PROGRAM_LARGER));
	default:
		return chosen;
	}
}

/* --- cells ------------------------------------------------------------------------------------ */

struct piece {
	uint64_t *cell;
	unsigned int shift;
	uint64_t mask;
};

static struct piece piece_of(struct program_state *state, const struct program_op *op)
{
	unsigned int size = program_piece(op->kind);
	uint64_t byte = slow_shift_right(state->integer[op->a], op->number) & 255 & ~(size - 1ULL);

	return (struct piece){
		.cell = &state->cell[byte / 8],
		.shift = byte % 8 * 8,
		.mask = ~0ULL >> (64 - size * 8),
	};
}

static uint64_t loaded(struct program_state *state, const struct program_op *op)
{
	struct piece piece = piece_of(state, op);
	uint64_t value = *piece.cell >> piece.shift & piece.mask;
	unsigned int bits = program_piece(op->kind) * 8;

	return op->kind == PROGRAM_LOAD_8 ? value : extended(value, bits);
}

static void store(struct program_state *state, const struct program_op *op)
{
	struct piece piece = piece_of(state, op);
	uint64_t sum = slow_add(*piece.cell >> piece.shift, state->integer[op->b]) & piece.mask;

	sum = PROGRAM_UNIT(op, 0, sum, state->integer[op->b]) & piece.mask;
	*piece.cell = (*piece.cell & ~(piece.mask << piece.shift)) | sum << piece.shift;
}

static void exchange(struct program_state *state, const struct program_op *op)
{
	struct piece piece = piece_of(state, op);
	uint64_t value = *piece.cell;

	*piece.cell = state->integer[op->d];
	state->integer[op->d] = value;
}

/* --- all of it -------------------------------------------------------------------------------- */

static void join(uint64_t *integer, enum program_how how, uint64_t value)
{
	if (how == PROGRAM_PLUS)
		*integer = slow_add(*integer, value);
	else if (how == PROGRAM_MINUS)
		*integer = slow_sub(*integer, value);
	else
		*integer ^= value;
}

/* The number of the operation after this one, which is number `at`. */
static size_t control(const struct program_op *op, const struct program_state *state, size_t at,
		      uint64_t *turns)
{
	uint64_t a = state->integer[op->a], b = state->integer[op->b];

	switch (op->kind) {
	case PROGRAM_SKIP_LESS:
		return slow_less(a, b) ? op->target : at + 1;
	case PROGRAM_SKIP_LESS_SIGNED:
		return less_signed(a, b) ? op->target : at + 1;
	case PROGRAM_SKIP_BIT:
		return slow_shift_right(a, op->number) & 1 ? op->target : at + 1;
	case PROGRAM_LOOP:
		*turns = op->number;
		return at + 1;
	case PROGRAM_LOOP_BY:
		*turns = (slow_shift_right(a, op->number) & 3) + 1;
		return at + 1;
	default:
		return --*turns ? op->target : at + 1;
	}
}

static size_t other(const struct program_op *op, struct program_state *state, size_t at,
		    uint64_t *turns)
{
	switch (op->kind) {
	case PROGRAM_STORE_8:
	case PROGRAM_STORE_16:
	case PROGRAM_STORE_32:
	case PROGRAM_STORE_64:
		store(state, op);
		return at + 1;
	case PROGRAM_EXCHANGE:
		exchange(state, op);
		return at + 1;
	case PROGRAM_ROTATE_OWN:
		state->integer[op->d] =
			PROGRAM_UNIT(op, 0, slow_rotate(state->integer[op->d], op->number),
				     state->integer[op->d]);
		return at + 1;
	default:
		return control(op, state, at, turns);
	}
}

void PROGRAM_NAME(const struct program *program, struct program_state *state)
{
	uint64_t *integer = state->integer, turns = 0, value;
	size_t at = 0;
	int lane;

	while (at < program->count) {
		const struct program_op *op = &program->op[at];

		switch (program_class(op->kind)) {
		case PROGRAM_VALUE:
			value = value_of(op, integer[op->a], integer[op->b]);
			value = PROGRAM_UNIT(op, 0, value, integer[op->a]);
			join(&integer[op->d], op->how, value);
			break;
		case PROGRAM_LOADED:
			value = PROGRAM_UNIT(op, 0, loaded(state, op), integer[op->a]);
			join(&integer[op->d], op->how, value);
			break;
		case PROGRAM_TO_REAL:
			for (lane = 0; lane < PROGRAM_LANES; lane++) {
				value = to_real(op, state, lane);
				state->real[op->d][lane] ^=
					PROGRAM_UNIT(op, lane, value, state->real[op->a][lane]);
			}
			break;
		case PROGRAM_FROM_REAL:
			value = from_real(op, state->real[op->a], state->real[op->b]);
			value = PROGRAM_UNIT(op, op->number & 1, value, state->real[op->a][0]);
			join(&integer[op->d], op->how, value);
			break;
		case PROGRAM_OTHER:
			at = other(op, state, at, &turns);
			continue;
		}
		at++;
	}
}
