/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march_run.h"

#include "harness/stress/march_walk.h"

#include "harness/sys/clock.h"

#include <string.h>

enum {
	HOLD_PIECE_NS = 20000000,
	FINAL_NS = 500000000,
	PHASE_STAGE = 8,	 /* elements a stage, the last look being the last */
	PHASE_FINAL = PHASE_STAGE - 1,
	PHASE_PASS = 1000,
};

/* An element of a march on its way: its operations with `want` as 0 and `other` as 1. */
struct element {
	struct march_content want, other;
	uint32_t ops;
	bool down, inverse;	 /* `other` is the inverse of `want` */
	bool leaves_other;	 /* what it leaves: `other`, or `want` */
};

/* Is the second pattern there afterwards: written last, or read and never written? */
static bool leaves_second(uint32_t ops)
{
	bool second = ops & 1;
	unsigned int op;

	for (op = 0; op < MARCH_OPS && MARCH_OP(ops, op); op++) {
		if ((MARCH_OP(ops, op) & MARCH_W0) == MARCH_W0)
			second = MARCH_OP(ops, op) & 1;
	}
	return second;
}

/* Operations that begin with the inverse are the same with 0 and 1 changed over. */
static uint32_t changed_over(uint32_t ops)
{
	unsigned int op;

	for (op = 0; op < MARCH_OPS && MARCH_OP(ops, op); op++)
		ops ^= 1U << 3 * op;
	return ops;
}

static struct element element_of(const struct march_content *content,
				 const struct march_element *row)
{
	struct element element = { .want = *content,
				   .other = *content,
				   .ops = row->ops,
				   .down = row->down,
				   .inverse = true };

	if (row->ops & 1) {
		element.want.inverse = true;
		element.ops = changed_over(row->ops);
	} else {
		element.other.inverse = true;
	}
	element.leaves_other = leaves_second(element.ops);
	return element;
}

/* Read what the algorithm left, write what the next one begins with. */
static struct element closing(const struct march_content *content, const struct march_content *next)
{
	return (struct element){ .want = *content,
				 .other = *next,
				 .ops = MARCH_DO2(MARCH_R0, MARCH_W1),
				 .leaves_other = true };
}

/* One line was wrong. The comparison that said so counts, even if the words now look the same. */
static void report_line(struct march *march, size_t at, const struct march_pattern *want,
			const struct march_seen *seen)
{
	uint64_t word[MARCH_WORDS];
	unsigned int k;

	for (k = 0; k < MARCH_WORDS; k++)
		word[k] = march_word(want, 0, k, false);
	if (!memcmp(word, seen->word, MARCH_LINE))
		worker_mismatch(march->worker, at, word[0], seen->word[0]);
	else
		worker_compare(march->worker, at, word, seen->word, MARCH_WORDS);
}

/* What the line at `at` holds when all of `ops` was done to it. */
static void leave_line(struct march *march, const struct element *element, uint32_t ops, size_t at)
{
	uint64_t *line = (uint64_t *)(void *)(march->memory + at);
	struct march_pattern put;
	unsigned int k;

	march_content_at(march, leaves_second(ops) ? &element->other : &element->want, at, &put,
			 false);
	for (k = 0; k < MARCH_WORDS; k++)
		line[k] = march_word(&put, 0, k, false);
}

/* Visit `size` bytes at `at` with these operations, reporting what is wrong. */
static void do_ops(struct march *march, const struct element *element, uint32_t ops, size_t at,
		   size_t size)
{
	size_t lines = size / MARCH_LINE;

	while (lines) {
		size_t first = element->down ? at + (lines - 1) * MARCH_LINE : at;
		struct march_pattern pattern[2], want;
		const struct march_visit visit = { .ops = ops,
						   .down = element->down,
						   .inverse = element->inverse,
						   .by = { &pattern[0], &pattern[1] } };
		struct march_seen seen;
		size_t right, wrong;

		march_content_at(march, &element->want, first, &pattern[0], element->down);
		march_content_at(march, &element->other, first, &pattern[1], element->down);
		right = march->impl->visit(march->memory + at, lines, &visit, &seen);
		if (right == lines)
			return;
		wrong = element->down ? first - right * MARCH_LINE : at + right * MARCH_LINE;
		march_content_at(march,
				 MARCH_OP(ops, seen.op) & 1 ? &element->other : &element->want,
				 wrong, &want, false);
		report_line(march, wrong, &want, &seen);
		leave_line(march, element, ops, wrong);
		lines -= right + 1;
		if (!element->down)
			at = wrong + MARCH_LINE;
	}
}

/* Each operation by itself, and the caches emptied of the block after it. */
static void do_flushed(struct march *march, const struct element *element, size_t at, size_t size)
{
	unsigned int op;

	for (op = 0; op < MARCH_OPS && MARCH_OP(element->ops, op); op++) {
		do_ops(march, element, MARCH_OP(element->ops, op), at, size);
		march->flush->empty(march->flush, march->memory + at, size);
	}
}

static void do_chunk(struct march *march, const struct element *element, size_t at, size_t size)
{
	size_t done, block;

	if (!march->flush || !march->flush_always) {
		do_ops(march, element, element->ops, at, size);
		return;
	}
	for (done = 0; done < size; done += block) {
		size_t left = size - done;

		/* Going down, the odd block at the end comes first. */
		block = left < march->flush->block ? left : march->flush->block;
		if (element->down && left % march->flush->block)
			block = left % march->flush->block;
		do_flushed(march, element, element->down ? at + left - block : at + done, block);
	}
}

static bool go(struct march *march)
{
	uint64_t checked = march->checked;

	march->checked = 0;
	return worker_go(march->worker, checked);
}

static void check_chunk(struct march *march, const struct element *element, size_t at, size_t size)
{
	worker_checkpoint(march->worker, at, march->memory + at, size);
	do_chunk(march, element, at, size);
	march->checked += size;
	/* The first sweep that checks goes up from 0, and so does the last look. */
	if (at <= march->covered && at + size > march->covered) {
		worker_distinct(march->worker, at + size - march->covered);
		march->covered = at + size;
	}
}

void march_line(struct march *march, const struct march_content *content, uint32_t ops, size_t at)
{
	const struct march_element row = { .ops = ops };
	const struct element element = element_of(content, &row);

	do_ops(march, &element, element.ops, at, MARCH_LINE);
}

static size_t chunk_at(const struct march *march, size_t at)
{
	return march->size - at < march->chunk ? march->size - at : march->chunk;
}

static bool fill(struct march *march, const struct march_content *content)
{
	const struct march_element row = { .ops = MARCH_DO1(MARCH_W0) };
	const struct element element = element_of(content, &row);

	for (march->written = 0; march->written < march->size;) {
		size_t size = chunk_at(march, march->written);

		if (!go(march))
			return false;
		do_ops(march, &element, element.ops, march->written, size);
		march->written += size;
	}
	return true;
}

static bool sweep(struct march *march, const struct element *element)
{
	for (march->written = 0; march->written < march->size;) {
		/* Going down, the odd chunk at the end of the slice comes first. */
		size_t last = (march->size - 1 - march->written) / march->chunk * march->chunk;
		size_t at = element->down ? last : march->written;
		size_t size =
			element->down ? march->size - march->written - at : chunk_at(march, at);

		if (!go(march))
			return false;
		check_chunk(march, element, at, size);
		march->written += size;
	}
	return true;
}

/* The last look at what is there: `from` .. `to` hold `content`. */
static void look(struct march *march, const struct march_content *content, size_t from, size_t to)
{
	const struct march_element row = { .ops = MARCH_DO1(MARCH_R0) };
	const struct element element = element_of(content, &row);
	int64_t end = clock_boot_ns() + FINAL_NS;

	while (from < to && clock_boot_ns() < end) {
		size_t size = to - from < march->chunk ? to - from : march->chunk;

		check_chunk(march, &element, from, size);
		go(march);
		from += size;
	}
}

static uint64_t phase_of(uint64_t pass, size_t stage, size_t element)
{
	return pass * PHASE_PASS + stage * PHASE_STAGE + element;
}

/* The sweep was left after `written` bytes: one part holds what it put, the other what it wants. */
static void look_at_both(struct march *march, const struct element *element)
{
	size_t edge = element->down ? march->size - march->written : march->written;
	const struct march_content *left =
		element->leaves_other ? &element->other : &element->want;

	look(march, element->down ? &element->want : left, 0, edge);
	look(march, element->down ? left : &element->want, edge, march->size);
}

static bool hold(struct march *march)
{
	int64_t end = clock_boot_ns() + (int64_t)march->hold_seconds * 1000000000;

	while (clock_boot_ns() < end) {
		if (!go(march))
			return false;
		clock_wait_ns(HOLD_PIECE_NS);
	}
	return true;
}

/* All elements of one stage, ending with `next` in place. False when it is time to end. */
static bool one_stage(struct march *march, const struct march_stage *stage,
		      const struct march_content *content, const struct march_content *next)
{
	size_t number = (size_t)(stage - march->program->stage), i;

	march->written = 0;
	for (i = 0; i <= stage->algorithm->elements; i++) {
		struct element element = i < stage->algorithm->elements
						 ? element_of(content, &stage->algorithm->element[i])
						 : closing(content, next);

		worker_block(march->worker, march->worker->seed, phase_of(content->pass, number, i));
		if ((i || hold(march)) && sweep(march, &element))
			continue;
		worker_block(march->worker, march->worker->seed,
			     phase_of(content->pass, number, PHASE_FINAL));
		look_at_both(march, &element);
		return false;
	}
	return true;
}

void march_run(struct march *march)
{
	const struct march_program *program = march->program;
	struct march_content now = { .number = program->stage[0].content }, next;
	size_t stage = 0;

	worker_block(march->worker, march->worker->seed, phase_of(0, 0, 0));
	if (!fill(march, &now)) {
		look(march, &now, 0, march->written);
		return;
	}
	do {
		size_t after = (stage + 1) % program->stages;

		next = (struct march_content){ .pass = now.pass + !after,
					       .number = program->stage[after].content };
		if (!one_stage(march, &program->stage[stage], &now, &next))
			return;
		now = next;
		if (march->walk)
			march_walk(march, march->walk, &now);
		stage = after;
	} while (true);
}
