/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.hammer: rows of memory are opened again and again, and everything else must keep what it holds. Which
 * lines share a bank is measured (hammer_rows.h); then pairs of them are read in turns past the caches,
 * and all of them one after the other, for a refresh period of 64 ms each.
 *
 * The slice holds all zeros, all ones or random values, a pattern a sweep. For two seconds rows are
 * hammered, then the whole slice is read, checked and filled with the next pattern. A sweep in which no
 * conflict could be measured hammers random lines, and says so in its phase. When the time is up, what is
 * there is read once more, for a second at most.
 *
 * A bit that flips may flip in memory that is somebody else's: the step is refused while any file system is
 * mounted that could be written. In the self-test nothing is hammered; what it proves is the comparison.
 *
 * Work unit: one byte read and checked. Phase: sweep * 65536 + rows found by measurement.
 */
#include "harness/base/auto.h"
#include "harness/stress/isa/flush.h"
#include "harness/stress/hammer_rows.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <string.h>

#define N_(text) (text)

#define HAMMER_NS  INT64_C(2000000000)
#define REFRESH_NS INT64_C(64000000)
#define FINAL_NS   INT64_C(1000000000)

enum {
	LINE = 64,
	LINE_WORDS = LINE / sizeof(uint64_t),
	PAGE = 4096,
	ROWS = 12,
	TURNS = 256,		/* of a measurement */
	TURNS_A_LOOK = 4096,	/* at the clock */
	COUNT_BITS = 16,
	PATTERNS = 3,
};

struct hammer {
	struct worker *worker;
	struct isa_flush flush;
	unsigned char *memory;
	size_t size;
	uint64_t sweep;
	size_t swept;		/* bytes that hold the pattern of sweep + 1 */
	size_t row[ROWS + 1];	/* offsets; the first is the base */
	size_t rows;
	uint64_t checked;
};

static const struct kernel_spec spec = {
	.name = "mem.hammer",
	.summary = N_("memory: rows of one bank, found by measurement, opened again and again"),
	.target = TARGET_MEMORY,
	.needs_no_writable_mount = true,
	.work_unit = "byte",
};

/* --- what the memory holds -------------------------------------------------------------------- */

static uint64_t word_of(const struct hammer *hammer, uint64_t sweep, uint64_t number)
{
	switch (sweep % PATTERNS) {
	case 0:
		return 0;
	case 1:
		return ~UINT64_C(0);
	default:
		return mix_at(hammer->worker->seed + sweep, number);
	}
}

static void fill(struct hammer *hammer, uint64_t sweep, size_t at)
{
	uint64_t *word = (uint64_t *)(void *)(hammer->memory + at);
	size_t i;

	for (i = 0; i < PAGE / sizeof(*word); i++)
		word[i] = word_of(hammer, sweep, at / sizeof(*word) + i);
}

static void check(struct hammer *hammer, uint64_t sweep, size_t at)
{
	uint64_t *word = (uint64_t *)(void *)(hammer->memory + at);
	uint64_t want;
	size_t i;

	worker_checkpoint(hammer->worker, at, word, PAGE);
	for (i = 0; i < PAGE / sizeof(*word); i++) {
		want = word_of(hammer, sweep, at / sizeof(*word) + i);
		if (word[i] == want)
			continue;
		worker_mismatch(hammer->worker, at + i * sizeof(*word), want, word[i]);
		word[i] = want; /* an error is told once */
	}
	hammer->checked += PAGE;
}

static bool go(struct hammer *hammer)
{
	uint64_t checked = hammer->checked;

	hammer->checked = 0;
	return worker_go(hammer->worker, checked);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void read_line(const struct hammer *hammer, size_t at)
{
	const volatile uint64_t *word = (const volatile uint64_t *)(void *)(hammer->memory + at);

	(void)*word;
	hammer->flush.lines(hammer->memory + at, LINE, hammer->flush.line);
}

static uint64_t time_pair(void *context, size_t one, size_t other)
{
	const struct hammer *hammer = context;
	int64_t start_ns = clock_boot_ns();
	int i;

	for (i = 0; i < TURNS; i++) {
		read_line(hammer, one);
		read_line(hammer, other);
	}
	return (uint64_t)(clock_boot_ns() - start_ns);
}

static size_t random_line(const struct hammer *hammer, uint64_t number)
{
	uint64_t random = mix_at(~hammer->worker->seed ^ hammer->sweep, number);

	return (size_t)(random % (hammer->size / LINE)) * LINE;
}

static void find_rows(struct hammer *hammer, uint64_t first)
{
	const struct hammer_timing timing = { .pair = time_pair, .context = hammer };
	size_t line[HAMMER_LINES], i;

	hammer->row[0] = random_line(hammer, first);
	for (i = 0; i < HAMMER_LINES; i++)
		line[i] = random_line(hammer, first + 1 + i);
	hammer->rows = hammer_rows_find(&timing, hammer->row[0], line, HAMMER_LINES,
					hammer->row + 1, ROWS);
	worker_block(hammer->worker, hammer->worker->seed,
		     hammer->sweep << COUNT_BITS | hammer->rows);
	for (i = hammer->rows; i < 2; i++)
		hammer->row[i + 1] = line[i];
}

/* For a refresh period: the lines from `from` on, one after the other. */
static void hammer_lines(const struct hammer *hammer, const size_t *row, size_t rows)
{
	int64_t end_ns = clock_boot_ns() + REFRESH_NS;
	size_t turn, i;

	while (clock_boot_ns() < end_ns && !worker_stopping(hammer->worker)) {
		for (turn = 0; turn < TURNS_A_LOOK; turn += rows) {
			for (i = 0; i < rows; i++)
				read_line(hammer, row[i]);
		}
	}
}

static bool hammer_rows(struct hammer *hammer)
{
	int64_t end_ns = clock_boot_ns() + HAMMER_NS;
	uint64_t first;
	size_t rows, i;

	for (first = 0; clock_boot_ns() < end_ns; first += HAMMER_LINES + 1) {
		if (!go(hammer))
			return false;
		find_rows(hammer, first);
		rows = hammer->rows < 2 ? 3 : hammer->rows + 1;
		for (i = 0; i + 1 < rows; i++)
			hammer_lines(hammer, hammer->row + i, 2);
		hammer_lines(hammer, hammer->row, rows);
	}
	return true;
}

/* --- sweeps ----------------------------------------------------------------------------------- */

/* All of it is read; what was read holds the pattern of the next sweep. False when it is time to end. */
static bool one_sweep(struct hammer *hammer)
{
	for (hammer->swept = 0; hammer->swept < hammer->size;) {
		check(hammer, hammer->sweep, hammer->swept);
		fill(hammer, hammer->sweep + 1, hammer->swept);
		if (!hammer->sweep)
			worker_distinct(hammer->worker, PAGE);
		hammer->swept += PAGE;
		if (hammer->swept % (PAGE * 256) == 0 && !go(hammer))
			return false;
	}
	hammer->sweep++;
	hammer->swept = 0;
	return true;
}

/* What is below `swept` holds the next pattern already. Looked at for a second at most. */
static void last_look(struct hammer *hammer)
{
	int64_t end_ns = clock_boot_ns() + FINAL_NS;
	size_t at;

	worker_block(hammer->worker, hammer->worker->seed, hammer->sweep << COUNT_BITS);
	for (at = 0; at < hammer->size && clock_boot_ns() < end_ns; at += PAGE) {
		check(hammer, hammer->sweep + (at < hammer->swept), at);
		if (!hammer->sweep && at >= hammer->swept)
			worker_distinct(hammer->worker, PAGE);
	}
	go(hammer);
}

static int prepare(struct stress_state *state, struct err *err)
{
	if (isa_flush_find().lines || state->self_test)
		return 0;
	return err_set(err, ERR_UNSUPPORTED,
		       "%s needs a processor that lets programs empty its caches line by line",
		       spec.name);
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	const struct stress_slice *slice = &state->slice[worker->index];
	struct hammer hammer = { .worker = worker,
				 .flush = isa_flush_find(),
				 .memory = slice->memory,
				 .size = slice->size - slice->size % PAGE };
	size_t at;

	if (!hammer.size)
		return err_set(err, ERR_INTERNAL, "%s needs whole pages of %d bytes", spec.name, PAGE);
	for (at = 0; at < hammer.size && !worker_stopping(worker); at += PAGE)
		fill(&hammer, 0, at);
	if (at < hammer.size)
		return 0;
	do {
		worker_block(worker, worker->seed, hammer.sweep << COUNT_BITS);
	} while ((state->self_test || hammer_rows(&hammer)) && one_sweep(&hammer) && go(&hammer));
	last_look(&hammer);
	return 0;
}

static void finish(struct stress_state *state)
{
	(void)state; /* the slices are the step's */
}

extern const struct stressor stressor_mem_hammer;
const struct stressor stressor_mem_hammer = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
