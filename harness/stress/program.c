/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs from a seed: which operations, on what; and their machine code, but for its encoder. */
#include "harness/stress/program.h"

#include "harness/stress/isa/program_isa.h"
#include "harness/stress/mix.h"

static const struct {
	const char *name;
	enum program_class class;
} kinds[PROGRAM_KIND_COUNT] = {
#define VALUE(id)     [PROGRAM_##id] = { #id, PROGRAM_VALUE },
#define LOADED(id)    [PROGRAM_##id] = { #id, PROGRAM_LOADED },
#define TO_REAL(id)   [PROGRAM_##id] = { #id, PROGRAM_TO_REAL },
#define FROM_REAL(id) [PROGRAM_##id] = { #id, PROGRAM_FROM_REAL },
#define OTHER(id)     [PROGRAM_##id] = { #id, PROGRAM_OTHER },
	PROGRAM_KINDS(VALUE, LOADED, TO_REAL, FROM_REAL, OTHER)
#undef VALUE
#undef LOADED
#undef TO_REAL
#undef FROM_REAL
#undef OTHER
};

const char *program_kind_name(enum program_kind kind)
{
	return kinds[kind].name;
}

enum program_class program_class(enum program_kind kind)
{
	return kinds[kind].class;
}

unsigned int program_piece(enum program_kind kind)
{
	switch (kind) {
	case PROGRAM_LOAD_8:
	case PROGRAM_STORE_8:
		return 1;
	case PROGRAM_LOAD_16:
	case PROGRAM_STORE_16:
		return 2;
	case PROGRAM_LOAD_32:
	case PROGRAM_STORE_32:
		return 4;
	case PROGRAM_LOAD_64:
	case PROGRAM_STORE_64:
	case PROGRAM_EXCHANGE:
		return 8;
	default:
		return 0;
	}
}

/* --- from the seed ---------------------------------------------------------------------------- */

struct draw {
	uint64_t seed, counter;
};

static unsigned int draw(struct draw *from, unsigned int below)
{
	return (unsigned int)(mix_at(from->seed, from->counter++) >> 32) % below;
}

/* What is written to is none of the operands, and these are two. */
static void choose_registers(struct draw *from, struct program_op *op, unsigned int count)
{
	unsigned int next = draw(from, count - 1);

	op->d = (unsigned char)draw(from, count);
	op->a = (unsigned char)((op->d + 1 + next) % count);
	next = (next + 1 + draw(from, count - 2)) % (count - 1);
	op->b = (unsigned char)((op->d + 1 + next) % count);
}

static void choose_operands(struct draw *from, struct program_op *op)
{
	enum program_class class = program_class(op->kind);
	bool reals = class == PROGRAM_TO_REAL || class == PROGRAM_FROM_REAL;

	choose_registers(from, op, reals ? PROGRAM_REALS : PROGRAM_INTEGERS);
	if (class == PROGRAM_FROM_REAL)
		op->d = (unsigned char)draw(from, PROGRAM_INTEGERS);
	if (op->kind == PROGRAM_REAL_OF_INTEGERS || op->kind == PROGRAM_REAL_OF_BITS) {
		op->a = (unsigned char)draw(from, PROGRAM_INTEGERS);
		op->b = (unsigned char)((op->a + 1 + draw(from, PROGRAM_INTEGERS - 1)) %
					PROGRAM_INTEGERS);
	}
	op->how = (unsigned char)draw(from, PROGRAM_HOW_COUNT);
	if (op->kind == PROGRAM_CONSTANT)
		op->number = mix_nudged(from->seed, from->counter++);
	else if (op->kind == PROGRAM_ROTATE_OWN)
		op->number = 1 + draw(from, 63);
	else
		op->number = draw(from, 64 - 7); /* eight bits from there on */
}

static void choose_kind(struct draw *from, struct program_op *op)
{
	op->kind = (unsigned char)draw(from, PROGRAM_SKIP_LESS);
	choose_operands(from, op);
}

/* A skip over at least one operation, all of them before `end`. */
static void choose_skip(struct draw *from, struct program_op *op, size_t at, size_t end)
{
	enum { MOST = 6 };
	size_t room = end - at - 1;

	op->kind = (unsigned char)(PROGRAM_SKIP_LESS + draw(from, 3));
	choose_operands(from, op);
	op->target = (uint16_t)(at + 2 + draw(from, room < MOST ? (unsigned int)room : MOST));
}

static void choose_loop(struct draw *from, struct program_op *op)
{
	op->kind = (unsigned char)(PROGRAM_LOOP + draw(from, 2));
	choose_operands(from, op);
	if (op->kind == PROGRAM_LOOP)
		op->number = 2 + draw(from, PROGRAM_TURNS - 1);
}

void program_make(uint64_t seed, struct program *program)
{
	enum { LOOP_IN = 24, SKIP_IN = 8, BODY_LEAST = 4, BODY_MOST = 24 };
	struct draw from = { .seed = seed };
	size_t at, loop = 0, clear = 0, end = PROGRAM_OPS; /* of the body, or of all */

	*program = (struct program){ .seed = seed, .count = PROGRAM_OPS };
	for (at = 0; at < PROGRAM_OPS; at++) {
		struct program_op *op = &program->op[at];

		if (loop && at == end) {
			op->kind = PROGRAM_AGAIN;
			op->target = (uint16_t)loop;
			loop = 0;
			end = PROGRAM_OPS;
		} else if (!loop && at >= clear && at + BODY_MOST + 2 < PROGRAM_OPS &&
			   !draw(&from, LOOP_IN)) {
			choose_loop(&from, op);
			loop = at + 1;
			end = loop + BODY_LEAST + draw(&from, BODY_MOST - BODY_LEAST + 1);
		} else if (at + 1 < end && !draw(&from, SKIP_IN)) {
			choose_skip(&from, op, at, end);
			clear = op->target > clear ? op->target : clear;
		} else {
			choose_kind(&from, op);
		}
	}
}

void program_start(uint64_t seed, struct program_state *state)
{
	uint64_t word[PROGRAM_WORDS], i;

	for (i = 0; i < PROGRAM_WORDS; i++)
		word[i] = mix_nudged(~seed, i);
	memcpy(state, word, sizeof(*state));
}

/* --- to machine code -------------------------------------------------------------------------- */

/* The first `count` of `from` in an order that the seed chooses. */
static void place(uint64_t seed, const unsigned char *from, unsigned int from_count,
		  unsigned char *to, unsigned int count)
{
	unsigned char left[64];
	unsigned int i, chosen;

	memcpy(left, from, from_count);
	for (i = 0; i < count; i++) {
		chosen = (unsigned int)(mix_at(seed, i) >> 32) % (from_count - i);
		to[i] = left[chosen];
		left[chosen] = left[from_count - i - 1];
	}
}

static bool jumps(const struct program_op *op)
{
	return op->kind == PROGRAM_AGAIN ||
	       (op->kind >= PROGRAM_SKIP_LESS && op->kind <= PROGRAM_SKIP_BIT);
}

size_t program_encode(const struct program *program, void *memory, size_t size)
{
	struct program_code code = { .at = memory, .end = (unsigned char *)memory + size };
	unsigned char *start[PROGRAM_OPS + 1], registers[PROGRAM_INTEGERS + 1];
	size_t i;

	place(program->seed ^ 1, program_isa.integers, program_isa.integer_count, registers,
	      PROGRAM_INTEGERS + 1);
	place(program->seed ^ 2, program_isa.reals, program_isa.real_count, code.real,
	      PROGRAM_REALS * program_isa.real_parts);
	memcpy(code.integer, registers, PROGRAM_INTEGERS);
	code.turns = registers[PROGRAM_INTEGERS];
	program_isa.enter(&code);
	for (i = 0; i < program->count; i++) {
		start[i] = code.at;
		program_isa.put(&code, &program->op[i]);
	}
	start[i] = code.at;
	program_isa.leave(&code);
	if (code.full)
		return 0;
	for (i = 0; i < program->count; i++) {
		if (jumps(&program->op[i]))
			program_isa.aim(start[i + 1], start[program->op[i].target]);
	}
	return (size_t)(code.at - (unsigned char *)memory);
}
