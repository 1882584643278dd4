/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_PROGRAM_H
#define STRESS_PROGRAM_H
/*
 * Programs made at random from a seed, whose end state is known: the same list of operations is
 * computed by program_interpret, on other units of the processor (slow.h, soft.h), and turned into
 * machine code by program_encode, with an encoder for each architecture (isa/program_isa.h).
 *
 *	program_make(seed, &program);
 *	program_start(seed, &state);	program_interpret(&program, &state);
 *	size = program_encode(&program, memory, PROGRAM_BYTES);
 *
 * A program works on the registers and cells of struct program_state. An operation never
 * overwrites: it adds its value to a register that is none of its operands, subtracts it or
 * exclusive-ors it in (op->how), exchanges or rotates. So every step can be undone, and an error in
 * any register or cell at any moment reaches the end, where all of them are compared.
 *
 * Loops are not nested and end after at most PROGRAM_TURNS; a skip goes forward, within its loop.
 * Which registers of the processor stand for which of the program is drawn from the seed, too.
 *
 * Source: SiliFuzz (random programs with a known end state find what written tests do not); that
 * the generator knows what it writes replaces the emulator.
 */
#include <stddef.h>
#include <stdint.h>

enum {
	PROGRAM_INTEGERS = 10,
	PROGRAM_REALS = 12,	/* vectors of doubles */
	PROGRAM_LANES = 2,	/* in each */
	PROGRAM_CELLS = 32,
	PROGRAM_OPS = 160,
	PROGRAM_TURNS = 6,
	PROGRAM_BYTES = 64 * PROGRAM_OPS,	/* of code: more than any encoder needs */
};

struct program_state {
	uint64_t integer[PROGRAM_INTEGERS];
	uint64_t real[PROGRAM_REALS][PROGRAM_LANES];	/* bits */
	uint64_t cell[PROGRAM_CELLS];
};

#define PROGRAM_WORDS (sizeof(struct program_state) / sizeof(uint64_t))

/*
 * VALUE: a value of integers a and b joins integer d. LOADED: one of a piece of the cells, chosen
 * by integer a. TO_REAL: a value goes into each lane of real d. FROM_REAL: integer d takes in a
 * value of reals. A real is used with its sign, fraction and four bits of its exponent
 * (PROGRAM_KEPT, PROGRAM_SET): there are neither infinities nor numbers that are not normal.
 */
#define PROGRAM_KINDS(VALUE, LOADED, TO_REAL, FROM_REAL, OTHER)                                    \
	VALUE(ADD) VALUE(SUB) VALUE(MUL) VALUE(MUL_HIGH) VALUE(DIVIDE) VALUE(REMAINDER)            \
	VALUE(AND) VALUE(OR) VALUE(XOR) VALUE(AND_NOT)                                             \
	VALUE(SHIFT_LEFT) VALUE(SHIFT_RIGHT) VALUE(SHIFT_SIGNED) VALUE(ROTATE)                     \
	VALUE(LESS) VALUE(LESS_SIGNED) VALUE(MIN) VALUE(MAX_SIGNED)                                \
	VALUE(ADD_32) VALUE(MUL_32) VALUE(EXTEND_8) VALUE(EXTEND_16) VALUE(EXTEND_32)              \
	VALUE(SWAP_BYTES) VALUE(ZEROS) VALUE(CONSTANT)                                             \
	LOADED(LOAD_8) LOADED(LOAD_16) LOADED(LOAD_32) LOADED(LOAD_64)                             \
	TO_REAL(REAL_ADD) TO_REAL(REAL_SUB) TO_REAL(REAL_MUL) TO_REAL(REAL_DIV)                    \
	TO_REAL(REAL_ROOT) TO_REAL(SINGLE_ADD) TO_REAL(SINGLE_MUL) TO_REAL(SINGLE_DIV)             \
	TO_REAL(REAL_SHUFFLE) TO_REAL(REAL_OF_INTEGERS) TO_REAL(REAL_OF_BITS)                      \
	FROM_REAL(REAL_LESS) FROM_REAL(INTEGER_OF_REAL) FROM_REAL(BITS_OF_REAL)                    \
	OTHER(STORE_8) OTHER(STORE_16) OTHER(STORE_32) OTHER(STORE_64) OTHER(EXCHANGE)             \
	OTHER(ROTATE_OWN) OTHER(SKIP_LESS) OTHER(SKIP_LESS_SIGNED) OTHER(SKIP_BIT)                 \
	OTHER(LOOP) OTHER(LOOP_BY) OTHER(AGAIN)

#define PROGRAM_KIND(name) PROGRAM_##name,
enum program_kind {
	PROGRAM_KINDS(PROGRAM_KIND, PROGRAM_KIND, PROGRAM_KIND, PROGRAM_KIND, PROGRAM_KIND)
	PROGRAM_KIND_COUNT
};
#undef PROGRAM_KIND

enum program_class {
	PROGRAM_VALUE,
	PROGRAM_LOADED,
	PROGRAM_TO_REAL,
	PROGRAM_FROM_REAL,
	PROGRAM_OTHER,
};

enum program_how { PROGRAM_PLUS, PROGRAM_MINUS, PROGRAM_EXCLUSIVE, PROGRAM_HOW_COUNT };

/*
 * CONSTANT: `number`. ROTATE_OWN: to the left by `number`. SKIP_...: to operation `target` when
 * a < b, or when bit `number` of a is set. LOOP: `number` turns. LOOP_BY: (a >> number & 3) + 1 of
 * them. AGAIN: back to `target` until the turns are over. Where cells are used: from byte
 * (a >> number & 255) on, less what is over a multiple of the size.
 *
 * REAL_SHUFFLE: lane `number` & 1 of a and lane `number` >> 1 & 1 of b. REAL_OF_...: of integer a
 * and of b. REAL_LESS: a bit for each lane. ..._OF_REAL: of lane `number` & 1.
 */
struct program_op {
	unsigned char kind, how, d, a, b;
	uint16_t target;
	uint64_t number;
};

struct program {
	uint64_t seed;
	size_t count;
	struct program_op op[PROGRAM_OPS];
};

/* A real for use: these bits are kept, those are set. */
#define PROGRAM_KEPT	     0x80ffffffffffffffULL
#define PROGRAM_SET	     0x3f00000000000000ULL
/* Before it becomes an integer, 2^48 times as large. */
#define PROGRAM_LARGER	     0x0300000000000000ULL

enum program_class program_class(enum program_kind kind);
const char *program_kind_name(enum program_kind kind);
/* Bytes of the piece of cells that it works on; 0: of none. */
unsigned int program_piece(enum program_kind kind);

void program_make(uint64_t seed, struct program *program);
void program_start(uint64_t seed, struct program_state *state);
void program_interpret(const struct program *program, struct program_state *state);
/* With the fault of plant_here(). */
void program_interpret_planted(const struct program *program, struct program_state *state);

/* Bytes written at `memory`, which has `size`; 0: they do not fit. */
size_t program_encode(const struct program *program, void *memory, size_t size);

typedef void program_run(struct program_state *state);

#endif
