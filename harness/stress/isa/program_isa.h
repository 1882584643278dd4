/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_PROGRAM_ISA_H
#define STRESS_ISA_PROGRAM_ISA_H
/*
 * What an architecture's folder gives to make machine code of programs (isa/ARCH/encoder.c).
 *
 * program_encode draws which registers stand for which of the program, then asks for the way in,
 * each operation and the way out. The code is a function of program_run's type: it keeps what the
 * calling convention says, and reads and writes all registers of the program from and to the state.
 *
 * An operation that jumps (SKIP_..., AGAIN) ends in its jump, whose last four bytes are given to
 * `aim` once it is known where it goes.
 */
#include "harness/stress/program.h"

#include <stdbool.h>
#include <string.h>

struct program_code {
	unsigned char *at, *end;
	bool full;			/* something did not fit */
	/* Registers for them; of a real whose lanes are in several, one after the other. */
	unsigned char integer[PROGRAM_INTEGERS], turns, real[PROGRAM_REALS * PROGRAM_LANES];
};

struct program_isa {
	/* Registers that may be drawn: at least PROGRAM_INTEGERS + 1 and PROGRAM_REALS * real_parts. */
	const unsigned char *integers, *reals;
	unsigned int integer_count, real_count;
	unsigned int real_parts;	/* registers that a real takes: 1, or one for each lane */
	void (*enter)(struct program_code *code);
	void (*put)(struct program_code *code, const struct program_op *op);
	void (*leave)(struct program_code *code);
	void (*aim)(unsigned char *jump_end, const unsigned char *to);
};

extern const struct program_isa program_isa;

/* Byte order of all that there is an encoder for: the lowest byte first. */
static inline void code_put(struct program_code *code, uint64_t value, size_t bytes)
{
	if ((size_t)(code->end - code->at) < bytes) {
		code->full = true;
		return;
	}
	memcpy(code->at, &value, bytes);
	code->at += bytes;
}

enum {
	CODE_REALS_AT = offsetof(struct program_state, real),
	CODE_CELLS_AT = offsetof(struct program_state, cell),
};

#endif
