/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.march over memory that is simulated bit by bit, with one fault at a time: the march sees it
 * through the same elements as an instruction set has, written here over an accessor that knows the
 * fault. What March C- promises must come out, with a line as its word.
 */
#include "harness/stress/march_run.h"
#include "harness/stress/mix.h"
#include "tests/unit/unit.h"

#include <stdbool.h>
#include <string.h>

enum { LINES = 16, SWEEPS = MARCH_TABLES * 5, LINE_BITS = MARCH_LINE * 8 };

enum kind {
	NONE,
	STUCK_0,
	STUCK_1,
	CANNOT_RISE, /* transition faults */
	CANNOT_FALL,
	DECODER_SAME,       /* the aggressor's line is where the victim's should be */
	DECODER_BOTH,       /* writing the aggressor's line writes the victim's as well */
	COUPLED_INVERTS_UP, /* the aggressor rises: the victim turns over */
	COUPLED_INVERTS_DOWN,
	COUPLED_SETS_UP, /* the aggressor rises: the victim becomes 1; and so on */
	COUPLED_SETS_DOWN,
	COUPLED_CLEARS_UP,
	COUPLED_CLEARS_DOWN,
	STATE_11, /* while the aggressor is 1 the victim is 1; and so on */
	STATE_10,
	STATE_01,
	STATE_00,
	KINDS,
};

static struct fault {
	enum kind kind;
	size_t victim, aggressor; /* bit numbers */
} fault;

static unsigned int ups, downs; /* chunks marched over */
static struct {
	uint64_t now;			/* lines visited */
	uint64_t written[LINES];	/* when, last */
	uint64_t farthest[LINES];	/* most lines visited between a write of it and its check */
	uint64_t compared;		/* bytes that were read before they were written */
} spy;
static _Alignas(64) uint64_t cells[LINES * MARCH_WORDS];
static _Alignas(128) struct worker_line line;

static bool get(size_t bit)
{
	return cells[bit / 64] >> bit % 64 & 1;
}

static void put(size_t bit, bool value)
{
	cells[bit / 64] = (cells[bit / 64] & ~(1ULL << bit % 64)) | (uint64_t)value << bit % 64;
}

/* What the victim becomes when the aggressor went from `before` to `after`. */
static void disturb(bool before, bool after)
{
	bool rises = !before && after, falls = before && !after;

	if ((fault.kind == COUPLED_INVERTS_UP && rises) ||
	    (fault.kind == COUPLED_INVERTS_DOWN && falls))
		put(fault.victim, !get(fault.victim));
	if ((fault.kind == COUPLED_SETS_UP && rises) || (fault.kind == COUPLED_SETS_DOWN && falls))
		put(fault.victim, true);
	if ((fault.kind == COUPLED_CLEARS_UP && rises) ||
	    (fault.kind == COUPLED_CLEARS_DOWN && falls))
		put(fault.victim, false);
}

static void hold_state(void)
{
	bool aggressor = get(fault.aggressor);

	if (fault.kind == STUCK_0 || fault.kind == STUCK_1)
		put(fault.victim, fault.kind == STUCK_1);
	if ((fault.kind == STATE_11 || fault.kind == STATE_10) && aggressor)
		put(fault.victim, fault.kind == STATE_11);
	if ((fault.kind == STATE_01 || fault.kind == STATE_00) && !aggressor)
		put(fault.victim, fault.kind == STATE_01);
}

static size_t place_of(size_t at)
{
	if (fault.kind == DECODER_SAME && at == fault.victim / LINE_BITS)
		return fault.aggressor / LINE_BITS;
	return at;
}

static void write_line(size_t at, const uint64_t word[MARCH_WORDS])
{
	bool victim = get(fault.victim), aggressor = get(fault.aggressor), wanted;

	memcpy(cells + place_of(at) * MARCH_WORDS, word, MARCH_LINE);
	if (fault.kind == DECODER_BOTH && at == fault.aggressor / LINE_BITS)
		memcpy(cells + fault.victim / LINE_BITS * MARCH_WORDS, word, MARCH_LINE);
	wanted = get(fault.victim);
	if ((fault.kind == CANNOT_RISE && !victim && wanted) ||
	    (fault.kind == CANNOT_FALL && victim && !wanted))
		put(fault.victim, victim);
	/* Within a line both change at once: the disturbance comes on top. */
	disturb(aggressor, get(fault.aggressor));
	hold_state();
}

/* What the first operations of a visit do to a line that other lines were visited since. */
static void spy_on(size_t at, uint32_t ops)
{
	uint64_t apart = spy.now - spy.written[at];
	unsigned int op;

	if ((MARCH_OP(ops, 0) & MARCH_W0) != MARCH_W0) {
		spy.compared += MARCH_LINE;
		spy.farthest[at] = apart > spy.farthest[at] ? apart : spy.farthest[at];
	}
	spy.now++;
	for (op = 0; op < MARCH_OPS && MARCH_OP(ops, op); op++) {
		if ((MARCH_OP(ops, op) & MARCH_W0) == MARCH_W0)
			spy.written[at] = spy.now;
	}
}

static size_t sim_visit(void *memory, size_t lines, const struct march_visit *visit,
			struct march_seen *ret_seen)
{
	size_t first = (size_t)((uint64_t *)memory - cells) / MARCH_WORDS, done;
	uint64_t word[MARCH_WORDS];
	unsigned int op, k;

	*(visit->down ? &downs : &ups) += 1;
	for (done = 0; done < lines; done++) {
		size_t at = first + (visit->down ? lines - 1 - done : done);

		spy_on(at, visit->ops);
		for (op = 0; op < MARCH_OPS && MARCH_OP(visit->ops, op); op++) {
			const struct march_pattern *by = visit->by[MARCH_OP(visit->ops, op) & 1];

			for (k = 0; k < MARCH_WORDS; k++)
				word[k] = march_word(by, done, k, visit->down);
			if ((MARCH_OP(visit->ops, op) & MARCH_W0) == MARCH_W0) {
				write_line(at, word);
			} else if (memcmp(cells + place_of(at) * MARCH_WORDS, word, MARCH_LINE)) {
				memcpy(ret_seen->word, cells + place_of(at) * MARCH_WORDS,
				       MARCH_LINE);
				ret_seen->op = op;
				return done;
			}
		}
	}
	return done;
}

static const struct march_impl simulated = { .visit = sim_visit };

/* One pass of this march over all patterns with this fault in place. */
static bool march_finds(const struct march_algorithm *march_by, uint64_t sweeps, enum kind kind,
			size_t victim, size_t aggressor)
{
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .seed = 1, .count = 1 };
	struct march_program program = { .stages = 0 };
	struct march march = { .impl = &simulated,
			       .program = &program,
			       .worker = &worker,
			       .memory = (unsigned char *)cells,
			       .size = sizeof(cells),
			       .chunk = 4 * MARCH_LINE };
	unsigned int content;

	memset(&line, 0, sizeof(line));
	memset(cells, 0, sizeof(cells));
	memset(&spy, 0, sizeof(spy));
	fault = (struct fault){ kind, victim, aggressor };
	worker.work_limit = sizeof(cells) * sweeps;
	for (content = 0; content < MARCH_TABLES; content++)
		march_program_add(&program, march_by, content);
	march_run(&march);
	march_program_free(&program);
	return line.mismatches > 0;
}

static bool is_found(enum kind kind, size_t victim, size_t aggressor)
{
	return march_finds(&march_c_minus, SWEEPS, kind, victim, aggressor);
}

START_TEST(healthy_memory_passes)
{
	ck_assert(!is_found(NONE, 0, 1));
	ck_assert_uint_eq(line.distinct_bytes, sizeof(cells));
}
END_TEST

START_TEST(each_pattern_goes_up_three_times_and_down_twice)
{
	const unsigned int chunks = LINES / 4;

	/* The fill and the last look go up as well. */
	ck_assert(!is_found(NONE, 0, 1));
	ck_assert_uint_eq(ups, (MARCH_TABLES * 3 + 2) * chunks);
	ck_assert_uint_eq(downs, MARCH_TABLES * 2 * chunks);
}
END_TEST

START_TEST(stuck_and_transition_faults_are_found_in_every_kind_of_place)
{
	uint64_t n;
	int kind;

	for (kind = STUCK_0; kind <= CANNOT_FALL; kind++) {
		for (n = 0; n < 64; n++)
			ck_assert(is_found((enum kind)kind, mix_at(1, n) % (LINES * LINE_BITS), 0));
	}
}
END_TEST

START_TEST(every_pair_of_lines_that_the_decoder_mixes_up_is_found)
{
	size_t a, b;

	for (a = 0; a < LINES; a++) {
		for (b = 0; b < LINES; b++) {
			if (a == b)
				continue;
			ck_assert(is_found(DECODER_SAME, a * LINE_BITS, b * LINE_BITS));
			ck_assert(is_found(DECODER_BOTH, a * LINE_BITS, b * LINE_BITS));
		}
	}
}
END_TEST

START_TEST(coupling_between_lines_is_found_in_both_directions)
{
	uint64_t n;
	int kind;

	for (kind = COUPLED_INVERTS_UP; kind < KINDS; kind++) {
		for (n = 0; n < 48; n++) {
			size_t victim = mix_at(2, n) % (LINES * LINE_BITS);
			size_t aggressor = mix_at(3, n) % (LINES * LINE_BITS);

			if (victim / LINE_BITS == aggressor / LINE_BITS)
				aggressor = (aggressor + LINE_BITS) % (LINES * LINE_BITS);
			ck_assert_msg(is_found((enum kind)kind, victim, aggressor),
				      "kind %d, %zu by %zu", kind, victim, aggressor);
		}
	}
}
END_TEST

START_TEST(coupling_of_any_two_bits_of_a_line_is_found)
{
	static const enum kind state[] = { STATE_11, STATE_10, STATE_01, STATE_00 };
	size_t victim = 3 * LINE_BITS, bit, i;

	/* Each power of two apart, inside a word and across the words of a line. */
	for (bit = 1; bit < LINE_BITS; bit *= 2) {
		for (i = 0; i < sizeof(state) / sizeof(state[0]); i++)
			ck_assert(is_found(state[i], victim + 5, victim + (5 ^ bit)));
	}
}
END_TEST

/* What lies in a cache, or has not left the processor, proves nothing of the memory. */
START_TEST(every_line_is_checked_when_all_others_were_visited_since_it_was_written)
{
	size_t i, at;

	for (i = 0; i < march_algorithm_count; i++) {
		ck_assert(!march_finds(march_algorithm_table[i], SWEEPS, NONE, 0, 1));
		for (at = 0; at < LINES; at++)
			ck_assert_msg(spy.farthest[at] + 1 >= LINES, "%s, line %zu: %lu",
				      march_algorithm_table[i]->name, at,
				      (unsigned long)spy.farthest[at]);
	}
}
END_TEST

START_TEST(only_what_was_read_and_compared_counts_as_work)
{
	static const uint64_t sweeps[] = { 1, 2, 3, 7, SWEEPS };
	size_t i;

	for (i = 0; i < sizeof(sweeps) / sizeof(sweeps[0]); i++) {
		ck_assert(!march_finds(&march_c_minus, sweeps[i], NONE, 0, 1));
		ck_assert_uint_eq(line.work, spy.compared);
		ck_assert_uint_ge(line.work, sweeps[i] * sizeof(cells));
	}
}
END_TEST

UNIT_MAIN("march_faults", healthy_memory_passes, each_pattern_goes_up_three_times_and_down_twice,
	  stuck_and_transition_faults_are_found_in_every_kind_of_place,
	  every_pair_of_lines_that_the_decoder_mixes_up_is_found,
	  coupling_between_lines_is_found_in_both_directions,
	  coupling_of_any_two_bits_of_a_line_is_found,
	  every_line_is_checked_when_all_others_were_visited_since_it_was_written,
	  only_what_was_read_and_compared_counts_as_work)
