/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.narrow: stores of one, two and four bytes. From each content to the next only every second
 * piece of that width changes, and only these bytes are written; the neighbours are checked a whole
 * sweep later, when the lines have been to the memory and back. What is wrong then is a byte enable,
 * a write mask, or the read-modify-write of a memory with check bits.
 */
#include "harness/base/auto.h"
#include "harness/stress/march_kernel.h"

#include <string.h>

#define N_(text) (text)

/* All lines of a visit change in the same bytes: the contents below are the same in every line. */
struct change {
	uint64_t old[MARCH_WORDS], put[MARCH_WORDS];
	size_t first, width; /* of the pieces that change; every second one does */
};

static struct change change_of(const struct march_visit *visit)
{
	struct change change = { .first = 0 };
	uint64_t changed;
	unsigned int k;

	for (k = 0; k < MARCH_WORDS; k++) {
		change.old[k] = march_word(visit->by[0], 0, k, false);
		change.put[k] = march_word(visit->by[1], 0, k, false);
	}
	changed = change.old[0] ^ change.put[0];
	if (changed && ~changed) {
		change.first = (size_t)__builtin_ctzll(changed) / 8;
		change.width = (size_t)__builtin_ctzll(~(changed >> change.first * 8)) / 8;
	}
	return change;
}

#define STORE_PIECES(type)                                                                         \
	for (at = change->first; at < MARCH_LINE; at += 2 * sizeof(type))                          \
	*(volatile type *)(void *)(line + at) = *(const type *)(const void *)(put + at)

static void write_pieces(char *line, const struct change *change)
{
	const char *put = (const char *)change->put;
	size_t at;

	switch (change->width) {
	case sizeof(uint8_t):
		STORE_PIECES(uint8_t);
		break;
	case sizeof(uint16_t):
		STORE_PIECES(uint16_t);
		break;
	case sizeof(uint32_t):
		STORE_PIECES(uint32_t);
		break;
	default:
		memcpy(line, put, MARCH_LINE);
		break;
	}
}

static bool do_line(char *line, const struct change *change, uint32_t ops,
		    struct march_seen *ret_seen)
{
	unsigned int op;

	for (op = 0; op < MARCH_OPS && MARCH_OP(ops, op); op++) {
		uint32_t what = MARCH_OP(ops, op);

		if (what == MARCH_W1) {
			write_pieces(line, change);
		} else if (what == MARCH_W0) {
			memcpy(line, change->old, MARCH_LINE);
		} else if (memcmp(line, what & 1 ? change->put : change->old, MARCH_LINE)) {
			memcpy(ret_seen->word, line, MARCH_LINE);
			ret_seen->op = op;
			return false;
		}
	}
	return true;
}

static size_t narrow_visit(void *memory, size_t lines, const struct march_visit *visit,
			   struct march_seen *ret_seen)
{
	const struct change change = change_of(visit);
	size_t done;

	for (done = 0; done < lines; done++) {
		size_t at = visit->down ? lines - 1 - done : done;

		if (!do_line((char *)memory + at * MARCH_LINE, &change, visit->ops, ret_seen))
			break;
	}
	return done;
}

static const struct march_impl narrow_impl = { .visit = narrow_visit };

static const struct kernel_spec mem_narrow_spec = {
	.name = "mem.narrow",
	.summary = N_("memory: stores of one, two and four bytes between neighbours that must stay"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
};

static void add_content(struct march_program *program, uint64_t value)
{
	unsigned int content, k;
	uint64_t *word = march_program_table(program, 1, &content);

	for (k = 0; k < MARCH_WORDS; k++)
		word[k] = value;
	march_program_add(program, &march_rest, content);
}

/* None, the even pieces, all, the odd ones; and none again. */
static void program_narrow(const struct stress_state *state, struct march_program *program)
{
	static const uint64_t even[] = {
		0x00ff00ff00ff00ffULL, 0x0000ffff0000ffffULL, 0x00000000ffffffffULL
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(even); i++) {
		add_content(program, 0);
		add_content(program, even[i]);
		add_content(program, ~0ULL);
		add_content(program, ~even[i]);
	}
}

static const struct march_kernel narrow = {
	.spec = &mem_narrow_spec, .program = program_narrow, .impl = &narrow_impl
};
MARCH_STRESSOR(mem_narrow, narrow, 1U << ISA_SCALAR);
