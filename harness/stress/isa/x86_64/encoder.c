/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs as code of x86-64 with SSE2, which all of them have. RDI is the state; RAX, RCX, RDX,
 * XMM12 and XMM13 hold values on their way, XMM14 and XMM15 what reals are tamed by.
 *
 * Source of the encodings: Intel SDM, volume 2.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/program_isa.h"

enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15 };
enum { XMM_FIRST = 12, XMM_SECOND, XMM_KEPT, XMM_SET };
enum { WIDE = 8 }; /* REX.W: 64 bits */

/* Opcodes, 0x0f before them as 0xf00, as "operation r/m, register" or the other way round. */
enum {
	OP_ADD = 0x01, OP_OR = 0x09, OP_AND = 0x21, OP_SUB = 0x29, OP_XOR = 0x31, OP_CMP = 0x39,
	OP_MOV = 0x89, OP_LOAD = 0x8b, OP_ADD_BYTE = 0x00, OP_MOVSXD = 0x63, OP_IMM8 = 0x83,
	OP_SHIFT_IMM = 0xc1, OP_MOV_IMM = 0xc7, OP_SHIFT_CL = 0xd3, OP_UNARY = 0xf7,
	OP_CMOVB = 0xf42, OP_CMOVG = 0xf4f, OP_SETB = 0xf92, OP_SETL = 0xf9c, OP_IMUL = 0xfaf,
	OP_MOVZX_8 = 0xfb6, OP_BT_IMM = 0xfba, OP_BSR = 0xfbd, OP_MOVSX_8 = 0xfbe, OP_MOVSX_16 = 0xfbf,
	OP_BSWAP = 0xfc8,
	OP_SSE_LOAD = 0xf10, OP_SSE_STORE = 0xf11, OP_UNPACK_LOW = 0xf14, OP_UNPACK_HIGH = 0xf15,
	OP_MOVAPD = 0xf28, OP_CVT_FROM = 0xf2a, OP_CVT_TO = 0xf2c, OP_MOVMSK = 0xf50, OP_SQRT = 0xf51,
	OP_ANDPD = 0xf54, OP_ORPD = 0xf56, OP_XORPD = 0xf57, OP_SSE_ADD = 0xf58, OP_SSE_MUL = 0xf59,
	OP_CVT_SINGLE = 0xf5a, OP_SSE_SUB = 0xf5c, OP_SSE_DIV = 0xf5e, OP_SSE_FROM = 0xf6e,
	OP_SSE_SHIFT = 0xf73, OP_SSE_TO = 0xf7e, OP_SSE_CMP = 0xfc2, OP_SHUFFLE = 0xfc6,
};
/* Prefixes: none, or vectors of singles; one double; 16 bits, or vectors of doubles. */
enum { NONE = 0, DOUBLE = 0xf2, WHOLE = 0x66 };

static void put_head(struct program_code *code, unsigned int prefix, unsigned int wide,
		     unsigned int op, unsigned int reg, unsigned int rm)
{
	if (prefix)
		code_put(code, prefix, 1);
	/* A REX always: no byte register is one of the old ones then. */
	code_put(code, 0x40 | wide | (reg >> 3) << 2 | rm >> 3, 1);
	if (op > 0xff)
		code_put(code, 0x0f, 1);
	code_put(code, op & 0xff, 1);
}

static void put(struct program_code *code, unsigned int prefix, unsigned int wide, unsigned int op,
		unsigned int reg, unsigned int rm)
{
	put_head(code, prefix, wide, op, reg, rm);
	code_put(code, 0xc0 | (reg & 7) << 3 | (rm & 7), 1);
}

static void put_64(struct program_code *code, unsigned int op, unsigned int reg, unsigned int rm)
{
	put(code, NONE, WIDE, op, reg, rm);
}

static void put_imm8(struct program_code *code, unsigned int op, unsigned int digit,
		     unsigned int rm, uint64_t number)
{
	put_64(code, op, digit, rm);
	code_put(code, number, 1);
}

static void move(struct program_code *code, unsigned int to, unsigned int from)
{
	put_64(code, OP_MOV, from, to);
}

static void constant(struct program_code *code, unsigned int to, uint64_t value)
{
	code_put(code, 0x40 | WIDE | to >> 3, 1);
	code_put(code, 0xb8 | (to & 7), 1);
	code_put(code, value, 8);
}

/* [RDI + offset] */
static void put_state(struct program_code *code, unsigned int prefix, unsigned int wide,
		      unsigned int op, unsigned int reg, size_t offset)
{
	put_head(code, prefix, wide, op, reg, RDI);
	code_put(code, 0x80 | (reg & 7) << 3 | RDI, 1);
	code_put(code, offset, 4);
}

/* [RDI + RAX + cells] */
static void put_cell(struct program_code *code, unsigned int prefix, unsigned int wide,
		     unsigned int op, unsigned int reg)
{
	put_head(code, prefix, wide, op, reg, 0);
	code_put(code, 0x80 | (reg & 7) << 3 | 4, 1);
	code_put(code, RAX << 3 | RDI, 1);
	code_put(code, CODE_CELLS_AT, 4);
}

/* Which byte of the cells, into RAX. */
static void address(struct program_code *code, const struct program_op *op)
{
	move(code, RAX, code->integer[op->a]);
	put_imm8(code, OP_SHIFT_IMM, 5, RAX, op->number);
	put(code, NONE, 0, 0x81, 4, RAX);
	code_put(code, 255 & ~(program_piece(op->kind) - 1), 4);
}

static void join(struct program_code *code, const struct program_op *op)
{
	static const unsigned char how[] = { OP_ADD, OP_SUB, OP_XOR };

	put_64(code, how[op->how], RAX, code->integer[op->d]);
}

/* --- integers: the value into RAX ------------------------------------------------------------- */

static void divide(struct program_code *code, unsigned int a, unsigned int b, bool remainder)
{
	move(code, RAX, a);
	move(code, RCX, b);
	put_imm8(code, OP_IMM8, 1, RCX, 1); /* or */
	put_64(code, OP_XOR, RDX, RDX);
	put_64(code, OP_UNARY, 6, RCX);
	if (remainder)
		move(code, RAX, RDX);
}

static void shift(struct program_code *code, unsigned int digit, unsigned int a, unsigned int b)
{
	move(code, RCX, b);
	move(code, RAX, a);
	put_64(code, OP_SHIFT_CL, digit, RAX);
}

static void less(struct program_code *code, unsigned int set, unsigned int a, unsigned int b)
{
	put_64(code, OP_XOR, RAX, RAX);
	put_64(code, OP_CMP, b, a);
	put(code, NONE, 0, set, 0, RAX);
}

static void choose(struct program_code *code, unsigned int cmov, unsigned int a, unsigned int b)
{
	move(code, RAX, a);
	put_64(code, OP_CMP, a, b);
	put_64(code, cmov, RAX, b);
}

static void of_two(struct program_code *code, unsigned int op, unsigned int a, unsigned int b)
{
	move(code, RAX, a);
	put_64(code, op, b, RAX);
}

static void zeros(struct program_code *code, unsigned int a)
{
	move(code, RAX, a);
	put_imm8(code, OP_IMM8, 1, RAX, 1); /* or */
	put_64(code, OP_BSR, RAX, RAX);
	put_imm8(code, OP_IMM8, 6, RAX, 63); /* xor */
}

static void arithmetic(struct program_code *code, enum program_kind kind, unsigned int a,
		       unsigned int b)
{
	switch (kind) {
	case PROGRAM_MUL:
		move(code, RAX, a);
		put_64(code, OP_IMUL, RAX, b);
		break;
	case PROGRAM_MUL_HIGH:
		move(code, RAX, a);
		put_64(code, OP_UNARY, 4, b);
		move(code, RAX, RDX);
		break;
	case PROGRAM_AND_NOT:
		move(code, RAX, b);
		put_64(code, OP_UNARY, 2, RAX); /* not */
		put_64(code, OP_AND, a, RAX);
		break;
	case PROGRAM_ADD_32:
		move(code, RAX, a);
		put(code, NONE, 0, OP_ADD, b, RAX);
		put_64(code, OP_MOVSXD, RAX, RAX);
		break;
	case PROGRAM_MUL_32:
		move(code, RAX, a);
		put(code, NONE, 0, OP_IMUL, RAX, b);
		put_64(code, OP_MOVSXD, RAX, RAX);
		break;
	default: /* SWAP_BYTES */
		move(code, RAX, a);
		code_put(code, 0xc80f48, 3);
		break;
	}
}

static void value(struct program_code *code, const struct program_op *op)
{
	unsigned int a = code->integer[op->a], b = code->integer[op->b];

	switch (op->kind) {
	case PROGRAM_ADD:
		return of_two(code, OP_ADD, a, b);
	case PROGRAM_SUB:
		return of_two(code, OP_SUB, a, b);
	case PROGRAM_AND:
		return of_two(code, OP_AND, a, b);
	case PROGRAM_OR:
		return of_two(code, OP_OR, a, b);
	case PROGRAM_XOR:
		return of_two(code, OP_XOR, a, b);
	case PROGRAM_DIVIDE:
		return divide(code, a, b, false);
	case PROGRAM_REMAINDER:
		return divide(code, a, b, true);
	case PROGRAM_SHIFT_LEFT:
		return shift(code, 4, a, b);
	case PROGRAM_SHIFT_RIGHT:
		return shift(code, 5, a, b);
	case PROGRAM_SHIFT_SIGNED:
		return shift(code, 7, a, b);
	case PROGRAM_ROTATE:
		return shift(code, 0, a, b);
	case PROGRAM_LESS:
		return less(code, OP_SETB, a, b);
	case PROGRAM_LESS_SIGNED:
		return less(code, OP_SETL, a, b);
	case PROGRAM_MIN:
		return choose(code, OP_CMOVB, a, b);
	case PROGRAM_MAX_SIGNED:
		return choose(code, OP_CMOVG, a, b);
	case PROGRAM_EXTEND_8:
		return put_64(code, OP_MOVSX_8, RAX, a);
	case PROGRAM_EXTEND_16:
		return put_64(code, OP_MOVSX_16, RAX, a);
	case PROGRAM_EXTEND_32:
		return put_64(code, OP_MOVSXD, RAX, a);
	case PROGRAM_ZEROS:
		return zeros(code, a);
	case PROGRAM_CONSTANT:
		return constant(code, RAX, op->number);
	default:
		return arithmetic(code, op->kind, a, b);
	}
}

static void load(struct program_code *code, const struct program_op *op)
{
	static const struct {
		unsigned int op, wide;
	} by[] = { { OP_MOVZX_8, 0 }, { OP_MOVSX_16, WIDE }, { OP_MOVSXD, WIDE }, { OP_LOAD, WIDE } };
	unsigned int log = op->kind - PROGRAM_LOAD_8;

	address(code, op);
	put_cell(code, NONE, by[log].wide, by[log].op, RAX);
}

static void store(struct program_code *code, const struct program_op *op)
{
	unsigned int piece = program_piece(op->kind);

	address(code, op);
	put_cell(code, piece == 2 ? WHOLE : NONE, piece == 8 ? WIDE : 0,
		 piece == 1 ? OP_ADD_BYTE : OP_ADD, code->integer[op->b]);
}

static void exchange(struct program_code *code, const struct program_op *op)
{
	address(code, op);
	put_cell(code, NONE, WIDE, OP_LOAD, RCX);
	put_cell(code, NONE, WIDE, OP_MOV, code->integer[op->d]);
	move(code, code->integer[op->d], RCX);
}

/* --- reals: the value into XMM12 -------------------------------------------------------------- */

static void tame(struct program_code *code, unsigned int to, unsigned int from)
{
	put(code, WHOLE, 0, OP_MOVAPD, to, from);
	put(code, WHOLE, 0, OP_ANDPD, to, XMM_KEPT);
	put(code, WHOLE, 0, OP_ORPD, to, XMM_SET);
}

static void tame_both(struct program_code *code, const struct program_op *op)
{
	tame(code, XMM_FIRST, code->real[op->a]);
	tame(code, XMM_SECOND, code->real[op->b]);
}

static void doubles(struct program_code *code, const struct program_op *op, unsigned int opcode)
{
	tame_both(code, op);
	put(code, WHOLE, 0, opcode, XMM_FIRST, XMM_SECOND);
}

/* Two singles are side by side in the lower half: each gets a zero above it. */
static void singles(struct program_code *code, const struct program_op *op, unsigned int opcode)
{
	tame_both(code, op);
	put(code, WHOLE, 0, OP_CVT_SINGLE, XMM_FIRST, XMM_FIRST);
	put(code, WHOLE, 0, OP_CVT_SINGLE, XMM_SECOND, XMM_SECOND);
	put(code, NONE, 0, opcode, XMM_FIRST, XMM_SECOND);
	put(code, WHOLE, 0, OP_XORPD, XMM_SECOND, XMM_SECOND);
	put(code, NONE, 0, OP_UNPACK_LOW, XMM_FIRST, XMM_SECOND);
}

static void shuffle(struct program_code *code, const struct program_op *op)
{
	put(code, WHOLE, 0, OP_MOVAPD, XMM_FIRST, code->real[op->a]);
	put(code, WHOLE, 0, OP_SHUFFLE, XMM_FIRST, code->real[op->b]);
	code_put(code, op->number & 3, 1);
}

static void two_integers(struct program_code *code, const struct program_op *op,
			 unsigned int prefix, unsigned int opcode)
{
	put(code, prefix, WIDE, opcode, XMM_FIRST, code->integer[op->a]);
	put(code, prefix, WIDE, opcode, XMM_SECOND, code->integer[op->b]);
	put(code, WHOLE, 0, OP_UNPACK_LOW, XMM_FIRST, XMM_SECOND);
}

static void root(struct program_code *code, const struct program_op *op)
{
	tame(code, XMM_FIRST, code->real[op->a]);
	put(code, WHOLE, 0, OP_SSE_SHIFT, 6, XMM_FIRST); /* left */
	code_put(code, 1, 1);
	put(code, WHOLE, 0, OP_SSE_SHIFT, 2, XMM_FIRST); /* right: the sign is gone */
	code_put(code, 1, 1);
	put(code, WHOLE, 0, OP_SQRT, XMM_FIRST, XMM_FIRST);
}

static void to_real(struct program_code *code, const struct program_op *op)
{
	switch (op->kind) {
	case PROGRAM_REAL_ADD:
		return doubles(code, op, OP_SSE_ADD);
	case PROGRAM_REAL_SUB:
		return doubles(code, op, OP_SSE_SUB);
	case PROGRAM_REAL_MUL:
		return doubles(code, op, OP_SSE_MUL);
	case PROGRAM_REAL_DIV:
		return doubles(code, op, OP_SSE_DIV);
	case PROGRAM_REAL_ROOT:
		return root(code, op);
	case PROGRAM_SINGLE_ADD:
		return singles(code, op, OP_SSE_ADD);
	case PROGRAM_SINGLE_MUL:
		return singles(code, op, OP_SSE_MUL);
	case PROGRAM_SINGLE_DIV:
		return singles(code, op, OP_SSE_DIV);
	case PROGRAM_REAL_SHUFFLE:
		return shuffle(code, op);
	case PROGRAM_REAL_OF_INTEGERS:
		return two_integers(code, op, DOUBLE, OP_CVT_FROM);
	default: /* REAL_OF_BITS */
		return two_integers(code, op, WHOLE, OP_SSE_FROM);
	}
}

/* The lane that the operation is about, lowest in XMM12. */
static void choose_lane(struct program_code *code, const struct program_op *op)
{
	if (op->number & 1)
		put(code, WHOLE, 0, OP_UNPACK_HIGH, XMM_FIRST, XMM_FIRST);
}

static void from_real(struct program_code *code, const struct program_op *op)
{
	switch (op->kind) {
	case PROGRAM_REAL_LESS:
		tame_both(code, op);
		put(code, WHOLE, 0, OP_SSE_CMP, XMM_FIRST, XMM_SECOND);
		code_put(code, 1, 1); /* less */
		put(code, WHOLE, 0, OP_MOVMSK, RAX, XMM_FIRST);
		break;
	case PROGRAM_INTEGER_OF_REAL:
		tame(code, XMM_FIRST, code->real[op->a]);
		choose_lane(code, op);
		put(code, WHOLE, WIDE, OP_SSE_TO, XMM_FIRST, RAX);
		constant(code, RCX, PROGRAM_LARGER);
		put_64(code, OP_ADD, RCX, RAX);
		put(code, WHOLE, WIDE, OP_SSE_FROM, XMM_FIRST, RAX);
		put(code, DOUBLE, WIDE, OP_CVT_TO, RAX, XMM_FIRST);
		break;
	default: /* BITS_OF_REAL */
		put(code, WHOLE, 0, OP_MOVAPD, XMM_FIRST, code->real[op->a]);
		choose_lane(code, op);
		put(code, WHOLE, WIDE, OP_SSE_TO, XMM_FIRST, RAX);
		break;
	}
}

/* --- control ---------------------------------------------------------------------------------- */

enum { JUMP_BELOW = 0x82, JUMP_NOT_ZERO = 0x85, JUMP_LESS = 0x8c };

static void jump(struct program_code *code, unsigned int when)
{
	code_put(code, 0x0f, 1);
	code_put(code, when, 1);
	code_put(code, 0, 4);
}

static void aim(unsigned char *jump_end, const unsigned char *to)
{
	int32_t distance = (int32_t)(to - jump_end);

	memcpy(jump_end - sizeof(distance), &distance, sizeof(distance));
}

static void other(struct program_code *code, const struct program_op *op)
{
	unsigned int a = code->integer[op->a], b = code->integer[op->b];

	switch (op->kind) {
	case PROGRAM_EXCHANGE:
		return exchange(code, op);
	case PROGRAM_ROTATE_OWN:
		return put_imm8(code, OP_SHIFT_IMM, 0, code->integer[op->d], op->number);
	case PROGRAM_SKIP_LESS:
		put_64(code, OP_CMP, b, a);
		return jump(code, JUMP_BELOW);
	case PROGRAM_SKIP_LESS_SIGNED:
		put_64(code, OP_CMP, b, a);
		return jump(code, JUMP_LESS);
	case PROGRAM_SKIP_BIT:
		put_imm8(code, OP_BT_IMM, 4, a, op->number);
		return jump(code, JUMP_BELOW);
	case PROGRAM_LOOP:
		put_64(code, OP_MOV_IMM, 0, code->turns);
		return code_put(code, op->number, 4);
	case PROGRAM_LOOP_BY:
		move(code, code->turns, a);
		put_imm8(code, OP_SHIFT_IMM, 5, code->turns, op->number);
		put_imm8(code, OP_IMM8, 4, code->turns, 3); /* and */
		return put_imm8(code, OP_IMM8, 0, code->turns, 1);
	case PROGRAM_AGAIN:
		put_imm8(code, OP_IMM8, 5, code->turns, 1);
		return jump(code, JUMP_NOT_ZERO);
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
		return put(code, WHOLE, 0, OP_XORPD, code->real[op->d], XMM_FIRST);
	case PROGRAM_FROM_REAL:
		from_real(code, op);
		return join(code, op);
	case PROGRAM_OTHER:
		return other(code, op);
	}
}

/* --- in and out ------------------------------------------------------------------------------- */

static const unsigned char kept[] = { RBX, RBP, R12, R13, R14, R15 };

static void all_registers(struct program_code *code, unsigned int integer_op, unsigned int real_op)
{
	size_t i;

	for (i = 0; i < PROGRAM_INTEGERS; i++)
		put_state(code, NONE, WIDE, integer_op, code->integer[i], i * 8);
	for (i = 0; i < PROGRAM_REALS; i++)
		put_state(code, WHOLE, 0, real_op, code->real[i], CODE_REALS_AT + i * 16);
}

static void real_constant(struct program_code *code, unsigned int to, uint64_t bits)
{
	constant(code, RAX, bits);
	put(code, WHOLE, WIDE, OP_SSE_FROM, to, RAX);
	put(code, WHOLE, 0, OP_UNPACK_LOW, to, to);
}

static void enter(struct program_code *code)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kept); i++)
		code_put(code, 0x5040 | kept[i] >> 3 | (kept[i] & 7U) << 8, 2);
	real_constant(code, XMM_KEPT, PROGRAM_KEPT);
	real_constant(code, XMM_SET, PROGRAM_SET);
	all_registers(code, OP_LOAD, OP_SSE_LOAD);
}

static void leave(struct program_code *code)
{
	size_t i;

	all_registers(code, OP_MOV, OP_SSE_STORE);
	for (i = ARRAY_SIZE(kept); i-- > 0;)
		code_put(code, 0x5840 | kept[i] >> 3 | (kept[i] & 7U) << 8, 2);
	code_put(code, 0xc3, 1);
}

static const unsigned char integers[] = { RBX, RBP, RSI, R8, R9, R10, R11, R12, R13, R14, R15 };
static const unsigned char reals[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };

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
