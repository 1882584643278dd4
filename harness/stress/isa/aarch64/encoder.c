/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs as code of Armv8.0. X0 is the state; X15, X16, V28 and V29 hold values on their way, V30
 * and V31 what reals are tamed by. X18 belongs to the platform.
 *
 * Source of the encodings: Arm Architecture Reference Manual, C4 and C6 to C7.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/program_isa.h"

enum { STATE = 0, FIRST = 15, SECOND = 16, LINK = 30, STACK = 31, ZERO = 31 };
enum { REAL_FIRST = 28, REAL_SECOND = 29, REAL_KEPT = 30, REAL_SET = 31 };

/* "operation d, n, m" but where it says something else. */
enum op {
	ADD = 0x8b000000, SUB = 0xcb000000, AND = 0x8a000000, BIC = 0x8a200000, ORR = 0xaa000000,
	EOR = 0xca000000, MUL = 0x9b007c00, UMULH = 0x9bc07c00, UDIV = 0x9ac00800,
	LSLV = 0x9ac02000, LSRV = 0x9ac02400, ASRV = 0x9ac02800, RORV = 0x9ac02c00,
	ADD_W = 0x0b000000, MUL_W = 0x1b007c00, MSUB = 0x9b008000, EXTR = 0x93c00000,
	CSEL = 0x9a800000, CMP = 0xeb00001f,
	/* d, n */
	SXTB = 0x93401c00, SXTH = 0x93403c00, SXTW = 0x93407c00, REV = 0xdac00c00, CLZ = 0xdac01000,
	ORR_ONE = 0xb2400000, AND_ONE = 0x92400000, AND_TWO = 0x927f0000,
	SCVTF = 0x9e620000, FCVTZS = 0x9e780000, FMOV_IN = 0x9e670000, DUP_2D = 0x4e080c00,
	/* reals: two doubles, two singles, whole registers, d[0] or with a lane */
	FADD_2D = 0x4e60d400, FSUB_2D = 0x4ee0d400, FMUL_2D = 0x6e60dc00, FDIV_2D = 0x6e60fc00,
	FABS_2D = 0x4ee0f800, FSQRT_2D = 0x6ee1f800, FCMGT_2D = 0x6ee0e400, FCVTN = 0x0e616800,
	FADD_2S = 0x0e20d400, FMUL_2S = 0x2e20dc00, FDIV_2S = 0x2e20fc00, USHLL = 0x2f20a400,
	AND_16B = 0x4e201c00, ORR_16B = 0x4ea01c00, EOR_16B = 0x6e201c00,
	INS_D = 0x6e080400, INS_D1_X = 0x4e181c00, UMOV = 0x4e083c00,
	/* d, and sixteen bits or a field */
	MOVZ = 0xd2800000, MOVK = 0xf2800000, CSET = 0x9a9f07e0, UBFM = 0xd3400000,
	ADD_IMM = 0x91000000, SUB_IMM = 0xd1000000,
	/* t, [n, offset] */
	LDRB = 0x39400000, LDRSH = 0x79800000, LDRSW = 0xb9800000, LDR = 0xf9400000,
	LDRH = 0x79400000, LDR_W = 0xb9400000, STRB = 0x39000000, STRH = 0x79000000,
	STR_W = 0xb9000000, STR = 0xf9000000, LDR_D = 0xfd400000, STR_D = 0xfd000000,
	LDR_Q = 0x3dc00000, STR_Q = 0x3d800000,
	B_COND = 0x54000000, CBNZ = 0xb5000000, RET = 0xd65f03c0,
};
enum { BELOW = 3, LESS = 11, GREATER = 12 };

static void put(struct program_code *code, uint32_t op, unsigned int d, unsigned int n,
		unsigned int m)
{
	code_put(code, op | m << 16 | n << 5 | d, 4);
}

/* Bits low .. low + bits - 1 of n. */
static void field(struct program_code *code, unsigned int d, unsigned int n, unsigned int low,
		  unsigned int bits)
{
	put(code, UBFM | (low + bits - 1) << 10, d, n, low);
}

static void move(struct program_code *code, unsigned int d, unsigned int m)
{
	put(code, ORR, d, ZERO, m);
}

static void constant(struct program_code *code, unsigned int d, uint64_t value)
{
	unsigned int part;

	for (part = 0; part < 4; part++)
		code_put(code, (part ? MOVK : MOVZ) | part << 21 |
				       (uint32_t)(value >> part * 16 & 0xffff) << 5 | d, 4);
}

/* t, [n + offset], where the offset is a multiple of the size, 1 << log. */
static void reach(struct program_code *code, uint32_t op, unsigned int t, unsigned int n,
		  unsigned int offset, unsigned int log)
{
	put(code, op | offset >> log << 10, t, n, 0);
}

static unsigned int log_of(const struct program_op *op)
{
	return (unsigned int)__builtin_ctz(program_piece(op->kind));
}

/* Which cells, less their offset in the state, into X15. */
static void address(struct program_code *code, const struct program_op *op)
{
	unsigned int log = log_of(op);

	field(code, FIRST, code->integer[op->a], (unsigned int)op->number + log, 8 - log);
	put(code, ADD | log << 10, FIRST, STATE, FIRST);
}

static void join(struct program_code *code, const struct program_op *op)
{
	static const uint32_t how[] = { ADD, SUB, EOR };

	put(code, how[op->how], code->integer[op->d], code->integer[op->d], FIRST);
}

/* --- integers: the value into X15 ------------------------------------------------------------- */

static void divide(struct program_code *code, unsigned int a, unsigned int b, bool remainder)
{
	put(code, ORR_ONE, SECOND, b, 0);
	put(code, UDIV, FIRST, a, SECOND);
	if (remainder)
		put(code, MSUB | a << 10, FIRST, FIRST, SECOND);
}

static void less(struct program_code *code, unsigned int when, unsigned int a, unsigned int b)
{
	put(code, CMP, 0, a, b);
	put(code, CSET | (when ^ 1) << 12, FIRST, 0, 0);
}

/* b when it is `when` beside a, else a */
static void choose(struct program_code *code, unsigned int when, unsigned int a, unsigned int b)
{
	put(code, CMP, 0, b, a);
	put(code, CSEL | when << 12, FIRST, b, a);
}

/* What is not one instruction of three registers. */
static void value_of_many(struct program_code *code, const struct program_op *op, unsigned int a,
			  unsigned int b)
{
	switch (op->kind) {
	case PROGRAM_DIVIDE:
		return divide(code, a, b, false);
	case PROGRAM_REMAINDER:
		return divide(code, a, b, true);
	case PROGRAM_ROTATE:
		put(code, SUB, FIRST, ZERO, b);
		return put(code, RORV, FIRST, a, FIRST);
	case PROGRAM_LESS:
		return less(code, BELOW, a, b);
	case PROGRAM_LESS_SIGNED:
		return less(code, LESS, a, b);
	case PROGRAM_MIN:
		return choose(code, BELOW, a, b);
	case PROGRAM_MAX_SIGNED:
		return choose(code, GREATER, a, b);
	case PROGRAM_ADD_32:
		put(code, ADD_W, FIRST, a, b);
		return put(code, SXTW, FIRST, FIRST, 0);
	case PROGRAM_MUL_32:
		put(code, MUL_W, FIRST, a, b);
		return put(code, SXTW, FIRST, FIRST, 0);
	case PROGRAM_ZEROS:
		put(code, ORR_ONE, FIRST, a, 0);
		return put(code, CLZ, FIRST, FIRST, 0);
	default: /* CONSTANT */
		return constant(code, FIRST, op->number);
	}
}

static void value(struct program_code *code, const struct program_op *op)
{
	static const uint32_t of_two[PROGRAM_KIND_COUNT] = {
		[PROGRAM_ADD] = ADD, [PROGRAM_SUB] = SUB, [PROGRAM_MUL] = MUL,
		[PROGRAM_MUL_HIGH] = UMULH, [PROGRAM_AND] = AND, [PROGRAM_OR] = ORR,
		[PROGRAM_XOR] = EOR, [PROGRAM_AND_NOT] = BIC, [PROGRAM_SHIFT_LEFT] = LSLV,
		[PROGRAM_SHIFT_RIGHT] = LSRV, [PROGRAM_SHIFT_SIGNED] = ASRV,
	};
	static const uint32_t of_one[PROGRAM_KIND_COUNT] = {
		[PROGRAM_EXTEND_8] = SXTB, [PROGRAM_EXTEND_16] = SXTH, [PROGRAM_EXTEND_32] = SXTW,
		[PROGRAM_SWAP_BYTES] = REV,
	};
	unsigned int a = code->integer[op->a], b = code->integer[op->b];

	if (of_two[op->kind])
		put(code, of_two[op->kind], FIRST, a, b);
	else if (of_one[op->kind])
		put(code, of_one[op->kind], FIRST, a, 0);
	else
		value_of_many(code, op, a, b);
}

static void load(struct program_code *code, const struct program_op *op)
{
	static const uint32_t by[] = { LDRB, LDRSH, LDRSW, LDR };

	address(code, op);
	reach(code, by[log_of(op)], FIRST, FIRST, CODE_CELLS_AT, log_of(op));
}

static void store(struct program_code *code, const struct program_op *op)
{
	static const uint32_t from[] = { LDRB, LDRH, LDR_W, LDR }, to[] = { STRB, STRH, STR_W, STR };
	unsigned int log = log_of(op);

	address(code, op);
	reach(code, from[log], SECOND, FIRST, CODE_CELLS_AT, log);
	put(code, ADD, SECOND, SECOND, code->integer[op->b]);
	reach(code, to[log], SECOND, FIRST, CODE_CELLS_AT, log);
}

static void exchange(struct program_code *code, const struct program_op *op)
{
	address(code, op);
	reach(code, LDR, SECOND, FIRST, CODE_CELLS_AT, 3);
	reach(code, STR, code->integer[op->d], FIRST, CODE_CELLS_AT, 3);
	move(code, code->integer[op->d], SECOND);
}

/* --- reals: the value into V28 ---------------------------------------------------------------- */

static void tame(struct program_code *code, unsigned int d, unsigned int n)
{
	put(code, AND_16B, d, n, REAL_KEPT);
	put(code, ORR_16B, d, d, REAL_SET);
}

static void tame_both(struct program_code *code, const struct program_op *op)
{
	tame(code, REAL_FIRST, code->real[op->a]);
	tame(code, REAL_SECOND, code->real[op->b]);
}

static void doubles(struct program_code *code, const struct program_op *op, uint32_t opcode)
{
	tame_both(code, op);
	put(code, opcode, REAL_FIRST, REAL_FIRST, REAL_SECOND);
}

static void singles(struct program_code *code, const struct program_op *op, uint32_t opcode)
{
	tame_both(code, op);
	put(code, FCVTN, REAL_FIRST, REAL_FIRST, 0);
	put(code, FCVTN, REAL_SECOND, REAL_SECOND, 0);
	put(code, opcode, REAL_FIRST, REAL_FIRST, REAL_SECOND);
	put(code, USHLL, REAL_FIRST, REAL_FIRST, 0);
}

/* Lane `from` of n into lane `to` of d. */
static void lane(struct program_code *code, unsigned int d, unsigned int to, unsigned int n,
		 uint64_t from)
{
	put(code, INS_D | to << 20 | (uint32_t)(from & 1) << 14, d, n, 0);
}

static void to_real(struct program_code *code, const struct program_op *op)
{
	switch (op->kind) {
	case PROGRAM_REAL_ADD:
		return doubles(code, op, FADD_2D);
	case PROGRAM_REAL_SUB:
		return doubles(code, op, FSUB_2D);
	case PROGRAM_REAL_MUL:
		return doubles(code, op, FMUL_2D);
	case PROGRAM_REAL_DIV:
		return doubles(code, op, FDIV_2D);
	case PROGRAM_REAL_ROOT:
		tame(code, REAL_FIRST, code->real[op->a]);
		put(code, FABS_2D, REAL_FIRST, REAL_FIRST, 0);
		return put(code, FSQRT_2D, REAL_FIRST, REAL_FIRST, 0);
	case PROGRAM_SINGLE_ADD:
		return singles(code, op, FADD_2S);
	case PROGRAM_SINGLE_MUL:
		return singles(code, op, FMUL_2S);
	case PROGRAM_SINGLE_DIV:
		return singles(code, op, FDIV_2S);
	case PROGRAM_REAL_SHUFFLE:
		lane(code, REAL_FIRST, 0, code->real[op->a], op->number);
		return lane(code, REAL_FIRST, 1, code->real[op->b], op->number >> 1);
	case PROGRAM_REAL_OF_INTEGERS:
		put(code, SCVTF, REAL_FIRST, code->integer[op->a], 0);
		put(code, SCVTF, REAL_SECOND, code->integer[op->b], 0);
		return lane(code, REAL_FIRST, 1, REAL_SECOND, 0);
	default: /* REAL_OF_BITS */
		put(code, FMOV_IN, REAL_FIRST, code->integer[op->a], 0);
		return put(code, INS_D1_X, REAL_FIRST, code->integer[op->b], 0);
	}
}

static void from_real(struct program_code *code, const struct program_op *op)
{
	uint32_t chosen = op->number & 1;

	switch (op->kind) {
	case PROGRAM_REAL_LESS:
		tame_both(code, op);
		put(code, FCMGT_2D, REAL_FIRST, REAL_SECOND, REAL_FIRST);
		put(code, UMOV, FIRST, REAL_FIRST, 0);
		put(code, UMOV | 1 << 20, SECOND, REAL_FIRST, 0);
		put(code, AND_ONE, FIRST, FIRST, 0);
		put(code, AND_TWO, SECOND, SECOND, 0);
		return put(code, ORR, FIRST, FIRST, SECOND);
	case PROGRAM_INTEGER_OF_REAL:
		tame(code, REAL_FIRST, code->real[op->a]);
		put(code, UMOV | chosen << 20, FIRST, REAL_FIRST, 0);
		constant(code, SECOND, PROGRAM_LARGER);
		put(code, ADD, FIRST, FIRST, SECOND);
		put(code, FMOV_IN, REAL_FIRST, FIRST, 0);
		return put(code, FCVTZS, FIRST, REAL_FIRST, 0);
	default: /* BITS_OF_REAL */
		return put(code, UMOV | chosen << 20, FIRST, code->real[op->a], 0);
	}
}

/* --- control ---------------------------------------------------------------------------------- */

/* Distances are in instructions, in bits 5 to 23 of B.cond and of CBNZ. */
static void aim(unsigned char *jump_end, const unsigned char *to)
{
	unsigned char *jump = jump_end - 4;
	uint32_t distance = (uint32_t)((to - jump) / 4) & 0x7ffff, instruction;

	memcpy(&instruction, jump, sizeof(instruction));
	instruction |= distance << 5;
	memcpy(jump, &instruction, sizeof(instruction));
}

static void other(struct program_code *code, const struct program_op *op)
{
	unsigned int a = code->integer[op->a], b = code->integer[op->b], d = code->integer[op->d];

	switch (op->kind) {
	case PROGRAM_EXCHANGE:
		return exchange(code, op);
	case PROGRAM_ROTATE_OWN:
		return put(code, EXTR | (uint32_t)(64 - op->number) << 10, d, d, d);
	case PROGRAM_SKIP_LESS:
		put(code, CMP, 0, a, b);
		return put(code, B_COND, BELOW, 0, 0);
	case PROGRAM_SKIP_LESS_SIGNED:
		put(code, CMP, 0, a, b);
		return put(code, B_COND, LESS, 0, 0);
	case PROGRAM_SKIP_BIT:
		field(code, FIRST, a, (unsigned int)op->number, 1);
		return put(code, CBNZ, FIRST, 0, 0);
	case PROGRAM_LOOP:
		return code_put(code, MOVZ | (uint32_t)op->number << 5 | code->turns, 4);
	case PROGRAM_LOOP_BY:
		field(code, code->turns, a, (unsigned int)op->number, 2);
		return put(code, ADD_IMM | 1 << 10, code->turns, code->turns, 0);
	case PROGRAM_AGAIN:
		put(code, SUB_IMM | 1 << 10, code->turns, code->turns, 0);
		return put(code, CBNZ, code->turns, 0, 0);
	default:
		return store(code, op);
	}
}

static void put_op(struct program_code *code, const struct program_op *op)
{
	switch (program_class(op->kind)) {
	case PROGRAM_VALUE:
		value(code, op);
		return join(code, op);
	case PROGRAM_LOADED:
		load(code, op);
		return join(code, op);
	case PROGRAM_TO_REAL:
		to_real(code, op);
		return put(code, EOR_16B, code->real[op->d], code->real[op->d], REAL_FIRST);
	case PROGRAM_FROM_REAL:
		from_real(code, op);
		return join(code, op);
	case PROGRAM_OTHER:
		return other(code, op);
	}
}

/* --- in and out ------------------------------------------------------------------------------- */

enum { KEPT_INTEGER = 19, KEPT_INTEGERS = 12, KEPT_REAL = 8, KEPT_REALS = 8 };
enum { FRAME = (KEPT_INTEGERS + KEPT_REALS) * 8 };

/* X19 to X30 and D8 to D15. */
static void kept(struct program_code *code, uint32_t integer_op, uint32_t real_op)
{
	unsigned int i;

	for (i = 0; i < KEPT_INTEGERS; i++)
		reach(code, integer_op, KEPT_INTEGER + i, STACK, i * 8, 3);
	for (i = 0; i < KEPT_REALS; i++)
		reach(code, real_op, KEPT_REAL + i, STACK, (KEPT_INTEGERS + i) * 8, 3);
}

static void all_registers(struct program_code *code, uint32_t integer_op, uint32_t real_op)
{
	unsigned int i;

	for (i = 0; i < PROGRAM_INTEGERS; i++)
		reach(code, integer_op, code->integer[i], STATE, i * 8, 3);
	for (i = 0; i < PROGRAM_REALS; i++)
		reach(code, real_op, code->real[i], STATE, CODE_REALS_AT + i * 16, 4);
}

static void enter(struct program_code *code)
{
	put(code, SUB_IMM | FRAME << 10, STACK, STACK, 0);
	kept(code, STR, STR_D);
	constant(code, FIRST, PROGRAM_KEPT);
	put(code, DUP_2D, REAL_KEPT, FIRST, 0);
	constant(code, FIRST, PROGRAM_SET);
	put(code, DUP_2D, REAL_SET, FIRST, 0);
	all_registers(code, LDR, LDR_Q);
}

static void leave(struct program_code *code)
{
	all_registers(code, STR, STR_Q);
	kept(code, LDR, LDR_D);
	put(code, ADD_IMM | FRAME << 10, STACK, STACK, 0);
	code_put(code, RET, 4);
}

static const unsigned char integers[] = { 1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14,
					  17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, LINK };
static const unsigned char reals[] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13,
				       14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27 };

const struct program_isa program_isa = {
	.integers = integers,
	.reals = reals,
	.integer_count = ARRAY_SIZE(integers),
	.real_count = ARRAY_SIZE(reals),
	.real_parts = 1,
	.enter = enter,
	.put = put_op,
	.leave = leave,
	.aim = aim,
};
