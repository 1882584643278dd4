/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs as code of LoongArch64 with doubles, without LSX. R4 is the state; R5, R6, F0 and F1
 * hold values on their way, R7 the exponent that reals are tamed by. R2, R3 and R21 are not ours.
 * Each lane of a real is in a register of its own, and worked on by itself.
 *
 * Source of the encodings: LoongArch Reference Manual, volume 1, appendix B.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/program_isa.h"

enum { ZERO = 0, STACK = 3, STATE = 4, FIRST = 5, SECOND = 6, EXPONENT = 7 };
enum { REAL_FIRST = 0, REAL_SECOND = 1 };

/* "operation d, j, k" but where it says something else. */
enum op {
	ADD_W = 0x00100000, ADD_D = 0x00108000, SUB_D = 0x00118000, SLT = 0x00120000,
	SLTU = 0x00128000, MASKEQZ = 0x00130000, MASKNEZ = 0x00138000, AND = 0x00148000,
	OR = 0x00150000, XOR = 0x00158000, ANDN = 0x00168000, SLL_D = 0x00188000,
	SRL_D = 0x00190000, SRA_D = 0x00198000, ROTR_D = 0x001b8000, MUL_W = 0x001c0000,
	MUL_D = 0x001d8000, MULH_DU = 0x001e8000, DIV_DU = 0x00230000, MOD_DU = 0x00238000,
	/* d, j */
	CLZ_D = 0x00002400, REVB_D = 0x00003c00, EXT_W_H = 0x00005800, EXT_W_B = 0x00005c00,
	MOVGR2FR_D = 0x0114a800, MOVFR2GR_S = 0x0114b400, MOVFR2GR_D = 0x0114b800,
	MOVCF2GR = 0x0114dc00, FMOV_D = 0x01149800, FABS_D = 0x01140800, FSQRT_D = 0x01144800,
	FCVT_S_D = 0x01191800, FTINTRZ_L_D = 0x011aa800, FFINT_D_L = 0x011d2800,
	/* reals */
	FADD_S = 0x01008000, FADD_D = 0x01010000, FSUB_D = 0x01030000, FMUL_S = 0x01048000,
	FMUL_D = 0x01050000, FDIV_S = 0x01068000, FDIV_D = 0x01070000, FCMP_CLT_D = 0x0c210000,
	/* d, j, number */
	SLLI_W = 0x00408000, SLLI_D = 0x00410000, ROTRI_D = 0x004d0000, BSTRINS_D = 0x00800000,
	BSTRPICK_D = 0x00c00000, ADDI_D = 0x02c00000, LU52I_D = 0x03000000, ORI = 0x03800000,
	LU12I_W = 0x14000000, LU32I_D = 0x16000000,
	LD_H = 0x28400000, LD_W = 0x28800000, LD_D = 0x28c00000, ST_B = 0x29000000,
	ST_H = 0x29400000, ST_W = 0x29800000, ST_D = 0x29c00000, LD_BU = 0x2a000000,
	FLD_D = 0x2b800000, FST_D = 0x2bc00000,
	/* j, d, distance */
	BNE = 0x5c000000, BLT = 0x60000000, BLTU = 0x68000000,
	RETURN = 0x4c000020,
};

static void put(struct program_code *code, uint32_t op, unsigned int d, unsigned int j,
		unsigned int k)
{
	code_put(code, op | k << 10 | j << 5 | d, 4);
}

/* A signed number of twelve bits. */
static void put_number(struct program_code *code, uint32_t op, unsigned int d, unsigned int j,
		       int number)
{
	put(code, op, d, j, (unsigned int)number & 0xfff);
}

/* BSTRPICK: bits low .. low + bits - 1 of j; BSTRINS: the lowest bits of j, to there. */
static void field(struct program_code *code, uint32_t op, unsigned int d, unsigned int j,
		  unsigned int low, unsigned int bits)
{
	put(code, op | (low + bits - 1) << 16, d, j, low);
}

static void move(struct program_code *code, unsigned int d, unsigned int j)
{
	put(code, OR, d, j, ZERO);
}

static void constant(struct program_code *code, unsigned int d, uint64_t value)
{
	code_put(code, LU12I_W | (uint32_t)(value >> 12 & 0xfffff) << 5 | d, 4);
	put(code, ORI, d, d, value & 0xfff);
	code_put(code, LU32I_D | (uint32_t)(value >> 32 & 0xfffff) << 5 | d, 4);
	put(code, LU52I_D, d, d, (unsigned int)(value >> 52));
}

static unsigned int log_of(const struct program_op *op)
{
	return (unsigned int)__builtin_ctz(program_piece(op->kind));
}

/* Which cells, less their offset in the state, into R5. */
static void address(struct program_code *code, const struct program_op *op)
{
	unsigned int log = log_of(op);

	field(code, BSTRPICK_D, FIRST, code->integer[op->a], (unsigned int)op->number + log, 8 - log);
	put(code, SLLI_D, FIRST, FIRST, log);
	put(code, ADD_D, FIRST, FIRST, STATE);
}

static void join(struct program_code *code, const struct program_op *op)
{
	static const uint32_t how[] = { ADD_D, SUB_D, XOR };

	put(code, how[op->how], code->integer[op->d], code->integer[op->d], FIRST);
}

/* --- integers: the value into R5 -------------------------------------------------------------- */

static void divide(struct program_code *code, uint32_t op, unsigned int a, unsigned int b)
{
	put(code, ORI, SECOND, b, 1);
	put(code, op, FIRST, a, SECOND);
}

/* b when R6 says so, else a */
static void choose(struct program_code *code, unsigned int a, unsigned int b)
{
	put(code, MASKNEZ, FIRST, a, SECOND);
	put(code, MASKEQZ, SECOND, b, SECOND);
	put(code, OR, FIRST, FIRST, SECOND);
}

/* What is not one instruction of three registers. */
static void value_of_many(struct program_code *code, const struct program_op *op, unsigned int a,
			  unsigned int b)
{
	switch (op->kind) {
	case PROGRAM_DIVIDE:
		return divide(code, DIV_DU, a, b);
	case PROGRAM_REMAINDER:
		return divide(code, MOD_DU, a, b);
	case PROGRAM_ROTATE:
		put(code, SUB_D, FIRST, ZERO, b);
		return put(code, ROTR_D, FIRST, a, FIRST);
	case PROGRAM_MIN:
		put(code, SLTU, SECOND, b, a);
		return choose(code, a, b);
	case PROGRAM_MAX_SIGNED:
		put(code, SLT, SECOND, a, b);
		return choose(code, a, b);
	case PROGRAM_EXTEND_32:
		return put(code, SLLI_W, FIRST, a, 0);
	case PROGRAM_ZEROS:
		put(code, ORI, FIRST, a, 1);
		return put(code, CLZ_D, FIRST, FIRST, 0);
	default: /* CONSTANT */
		return constant(code, FIRST, op->number);
	}
}

static void value(struct program_code *code, const struct program_op *op)
{
	static const uint32_t of_two[PROGRAM_KIND_COUNT] = {
		[PROGRAM_ADD] = ADD_D, [PROGRAM_SUB] = SUB_D, [PROGRAM_MUL] = MUL_D,
		[PROGRAM_MUL_HIGH] = MULH_DU, [PROGRAM_AND] = AND, [PROGRAM_OR] = OR,
		[PROGRAM_XOR] = XOR, [PROGRAM_AND_NOT] = ANDN, [PROGRAM_SHIFT_LEFT] = SLL_D,
		[PROGRAM_SHIFT_RIGHT] = SRL_D, [PROGRAM_SHIFT_SIGNED] = SRA_D,
		[PROGRAM_LESS] = SLTU, [PROGRAM_LESS_SIGNED] = SLT, [PROGRAM_ADD_32] = ADD_W,
		[PROGRAM_MUL_32] = MUL_W,
	};
	static const uint32_t of_one[PROGRAM_KIND_COUNT] = {
		[PROGRAM_EXTEND_8] = EXT_W_B, [PROGRAM_EXTEND_16] = EXT_W_H,
		[PROGRAM_SWAP_BYTES] = REVB_D,
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
	static const uint32_t by[] = { LD_BU, LD_H, LD_W, LD_D };

	address(code, op);
	put_number(code, by[log_of(op)], FIRST, FIRST, CODE_CELLS_AT);
}

static void store(struct program_code *code, const struct program_op *op)
{
	static const uint32_t from[] = { LD_BU, LD_H, LD_W, LD_D }, to[] = { ST_B, ST_H, ST_W, ST_D };
	unsigned int log = log_of(op);

	address(code, op);
	put_number(code, from[log], SECOND, FIRST, CODE_CELLS_AT);
	put(code, ADD_D, SECOND, SECOND, code->integer[op->b]);
	put_number(code, to[log], SECOND, FIRST, CODE_CELLS_AT);
}

static void exchange(struct program_code *code, const struct program_op *op)
{
	address(code, op);
	put_number(code, LD_D, SECOND, FIRST, CODE_CELLS_AT);
	put_number(code, ST_D, code->integer[op->d], FIRST, CODE_CELLS_AT);
	move(code, code->integer[op->d], SECOND);
}

/* --- reals: the value into F0 ----------------------------------------------------------------- */

/* The seven bits between sign and the part of the exponent that stays: 0x3f. */
static void tame(struct program_code *code, unsigned int d, unsigned int j)
{
	put(code, MOVFR2GR_D, FIRST, j, 0);
	field(code, BSTRINS_D, FIRST, EXPONENT, 56, 7);
	put(code, MOVGR2FR_D, d, FIRST, 0);
}

static unsigned int lane_of(const struct program_code *code, unsigned int real, uint64_t lane)
{
	return code->real[real * PROGRAM_LANES + (lane & 1)];
}

static void tame_both(struct program_code *code, const struct program_op *op, unsigned int lane)
{
	tame(code, REAL_FIRST, lane_of(code, op->a, lane));
	tame(code, REAL_SECOND, lane_of(code, op->b, lane));
}

static void doubles(struct program_code *code, const struct program_op *op, unsigned int lane,
		    uint32_t opcode)
{
	tame_both(code, op, lane);
	put(code, opcode, REAL_FIRST, REAL_FIRST, REAL_SECOND);
}

/* What is above a single is anything: it is cut off. */
static void singles(struct program_code *code, const struct program_op *op, unsigned int lane,
		    uint32_t opcode)
{
	tame_both(code, op, lane);
	put(code, FCVT_S_D, REAL_FIRST, REAL_FIRST, 0);
	put(code, FCVT_S_D, REAL_SECOND, REAL_SECOND, 0);
	put(code, opcode, REAL_FIRST, REAL_FIRST, REAL_SECOND);
	put(code, MOVFR2GR_S, FIRST, REAL_FIRST, 0);
	field(code, BSTRPICK_D, FIRST, FIRST, 0, 32);
	put(code, MOVGR2FR_D, REAL_FIRST, FIRST, 0);
}

static void shuffle(struct program_code *code, const struct program_op *op, unsigned int lane)
{
	unsigned int from = lane ? lane_of(code, op->b, op->number >> 1) :
				   lane_of(code, op->a, op->number);

	put(code, FMOV_D, REAL_FIRST, from, 0);
}

static void to_real(struct program_code *code, const struct program_op *op, unsigned int lane)
{
	/* Where it is used, a and b are integers; else they may be more. */
	unsigned int integer = code->integer[(lane ? op->b : op->a) % PROGRAM_INTEGERS];

	switch (op->kind) {
	case PROGRAM_REAL_ADD:
		return doubles(code, op, lane, FADD_D);
	case PROGRAM_REAL_SUB:
		return doubles(code, op, lane, FSUB_D);
	case PROGRAM_REAL_MUL:
		return doubles(code, op, lane, FMUL_D);
	case PROGRAM_REAL_DIV:
		return doubles(code, op, lane, FDIV_D);
	case PROGRAM_REAL_ROOT:
		tame(code, REAL_FIRST, lane_of(code, op->a, lane));
		put(code, FABS_D, REAL_FIRST, REAL_FIRST, 0);
		return put(code, FSQRT_D, REAL_FIRST, REAL_FIRST, 0);
	case PROGRAM_SINGLE_ADD:
		return singles(code, op, lane, FADD_S);
	case PROGRAM_SINGLE_MUL:
		return singles(code, op, lane, FMUL_S);
	case PROGRAM_SINGLE_DIV:
		return singles(code, op, lane, FDIV_S);
	case PROGRAM_REAL_SHUFFLE:
		return shuffle(code, op, lane);
	case PROGRAM_REAL_OF_INTEGERS:
		put(code, MOVGR2FR_D, REAL_FIRST, integer, 0);
		return put(code, FFINT_D_L, REAL_FIRST, REAL_FIRST, 0);
	default: /* REAL_OF_BITS */
		return put(code, MOVGR2FR_D, REAL_FIRST, integer, 0);
	}
}

/* Exclusive or is for integers alone. */
static void join_real(struct program_code *code, unsigned int d)
{
	put(code, MOVFR2GR_D, FIRST, REAL_FIRST, 0);
	put(code, MOVFR2GR_D, SECOND, d, 0);
	put(code, XOR, FIRST, FIRST, SECOND);
	put(code, MOVGR2FR_D, d, FIRST, 0);
}

static void less(struct program_code *code, const struct program_op *op)
{
	unsigned int lane;

	for (lane = 0; lane < PROGRAM_LANES; lane++) {
		tame_both(code, op, lane);
		put(code, FCMP_CLT_D, lane, REAL_FIRST, REAL_SECOND);
	}
	put(code, MOVCF2GR, FIRST, 0, 0);
	put(code, MOVCF2GR, SECOND, 1, 0);
	put(code, SLLI_D, SECOND, SECOND, 1);
	put(code, OR, FIRST, FIRST, SECOND);
}

static void from_real(struct program_code *code, const struct program_op *op)
{
	unsigned int chosen = lane_of(code, op->a, op->number);

	switch (op->kind) {
	case PROGRAM_REAL_LESS:
		return less(code, op);
	case PROGRAM_INTEGER_OF_REAL:
		tame(code, REAL_FIRST, chosen);
		constant(code, SECOND, PROGRAM_LARGER);
		put(code, ADD_D, FIRST, FIRST, SECOND);
		put(code, MOVGR2FR_D, REAL_FIRST, FIRST, 0);
		put(code, FTINTRZ_L_D, REAL_FIRST, REAL_FIRST, 0);
		return put(code, MOVFR2GR_D, FIRST, REAL_FIRST, 0);
	default: /* BITS_OF_REAL */
		return put(code, MOVFR2GR_D, FIRST, chosen, 0);
	}
}

/* --- control ---------------------------------------------------------------------------------- */

/* Distances are in instructions, in bits 10 to 25 of a branch that compares. */
static void aim(unsigned char *jump_end, const unsigned char *to)
{
	unsigned char *jump = jump_end - 4;
	uint32_t distance = (uint32_t)((to - jump) / 4) & 0xffff, instruction;

	memcpy(&instruction, jump, sizeof(instruction));
	instruction |= distance << 10;
	memcpy(jump, &instruction, sizeof(instruction));
}

static void other(struct program_code *code, const struct program_op *op)
{
	unsigned int a = code->integer[op->a], b = code->integer[op->b], d = code->integer[op->d];

	switch (op->kind) {
	case PROGRAM_EXCHANGE:
		return exchange(code, op);
	case PROGRAM_ROTATE_OWN:
		return put(code, ROTRI_D, d, d, (unsigned int)(64 - op->number));
	case PROGRAM_SKIP_LESS:
		return put(code, BLTU, b, a, 0);
	case PROGRAM_SKIP_LESS_SIGNED:
		return put(code, BLT, b, a, 0);
	case PROGRAM_SKIP_BIT:
		field(code, BSTRPICK_D, FIRST, a, (unsigned int)op->number, 1);
		return put(code, BNE, ZERO, FIRST, 0);
	case PROGRAM_LOOP:
		return put(code, ORI, code->turns, ZERO, (unsigned int)op->number);
	case PROGRAM_LOOP_BY:
		field(code, BSTRPICK_D, code->turns, a, (unsigned int)op->number, 2);
		return put_number(code, ADDI_D, code->turns, code->turns, 1);
	case PROGRAM_AGAIN:
		put_number(code, ADDI_D, code->turns, code->turns, -1);
		return put(code, BNE, ZERO, code->turns, 0);
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
		to_real(code, op, 0);
		join_real(code, lane_of(code, op->d, 0));
		to_real(code, op, 1);
		return join_real(code, lane_of(code, op->d, 1));
	case PROGRAM_FROM_REAL:
		from_real(code, op);
		return join(code, op);
	case PROGRAM_OTHER:
		return other(code, op);
	}
}

/* --- in and out ------------------------------------------------------------------------------- */

static const unsigned char kept_integers[] = { 1, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };
enum { KEPT_REAL = 24, KEPT_REALS = 8 };
/* A multiple of sixteen. */
enum { FRAME = (ARRAY_SIZE(kept_integers) + KEPT_REALS + 1) / 2 * 16 };

static void kept(struct program_code *code, uint32_t integer_op, uint32_t real_op)
{
	int at = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kept_integers); i++, at += 8)
		put_number(code, integer_op, kept_integers[i], STACK, at);
	for (i = 0; i < KEPT_REALS; i++, at += 8)
		put_number(code, real_op, KEPT_REAL + i, STACK, at);
}

static void all_registers(struct program_code *code, uint32_t integer_op, uint32_t real_op)
{
	int i;

	for (i = 0; i < PROGRAM_INTEGERS; i++)
		put_number(code, integer_op, code->integer[i], STATE, i * 8);
	for (i = 0; i < PROGRAM_REALS * PROGRAM_LANES; i++)
		put_number(code, real_op, code->real[i], STATE, CODE_REALS_AT + i * 8);
}

static void enter(struct program_code *code)
{
	put_number(code, ADDI_D, STACK, STACK, -FRAME);
	kept(code, ST_D, FST_D);
	put(code, ORI, EXPONENT, ZERO, PROGRAM_SET >> 56);
	all_registers(code, LD_D, FLD_D);
}

static void leave(struct program_code *code)
{
	all_registers(code, ST_D, FST_D);
	kept(code, LD_D, FLD_D);
	put_number(code, ADDI_D, STACK, STACK, FRAME);
	code_put(code, RETURN, 4);
}

static const unsigned char integers[] = { 1,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18,
					  19, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };
static const unsigned char reals[] = { 2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
				       17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };

const struct program_isa program_isa = {
	.integers = integers,
	.reals = reals,
	.integer_count = ARRAY_SIZE(integers),
	.real_count = ARRAY_SIZE(reals),
	.real_parts = PROGRAM_LANES,
	.enter = enter,
	.put = put_op,
	.leave = leave,
	.aim = aim,
};
