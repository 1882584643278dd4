/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march.h"

#include "harness/base/auto.h"
#include "harness/stress/mix.h"
#include "harness/sys/clock.h"

#include <string.h>

enum {
	HOLD_PIECE_NS = 20000000,
	FINAL_NS = 1000000000,
	ELEMENTS = 5,
	PHASE_FINAL = ELEMENTS, /* element number of the last look */
	BACKGROUNDS = 10,
	PATTERN_ADDRESS = BACKGROUNDS,
	PATTERN_COUNTING,
	PATTERNS,
};

/* What a stretch of memory holds: enough to say any of its words. */
struct content {
	uint64_t pass;
	unsigned int pattern;
	bool inverse;
};

static uint64_t background_word(unsigned int pattern, unsigned int k)
{
	static const uint64_t inside_word[7] = {
		0,
		0x5555555555555555ULL,
		0x3333333333333333ULL,
		0x0f0f0f0f0f0f0f0fULL,
		0x00ff00ff00ff00ffULL,
		0x0000ffff0000ffffULL,
		0x00000000ffffffffULL,
	};

	if (pattern < ARRAY_SIZE(inside_word))
		return inside_word[pattern];
	return k >> (pattern - ARRAY_SIZE(inside_word)) & 1 ? ~0ULL : 0;
}

/* The pattern from the line at byte `at` on, going up or down. */
static void content_at(const struct march *march, const struct content *content, size_t at,
		       bool down, struct march_pattern *ret_pattern)
{
	uint64_t seed = mix_at(march->worker->seed, content->pass);
	unsigned int k;

	ret_pattern->step = 0;
	if (content->pattern == PATTERN_ADDRESS)
		ret_pattern->step = MARCH_LINE;
	else if (content->pattern == PATTERN_COUNTING)
		ret_pattern->step = seed | 1;
	for (k = 0; k < MARCH_WORDS; k++) {
		uint64_t word = background_word(content->pattern, k);

		if (content->pattern == PATTERN_ADDRESS)
			word = (uint64_t)(uintptr_t)march->memory + at + k * sizeof(word);
		else if (content->pattern == PATTERN_COUNTING)
			word = mix_at(seed, k) + at / MARCH_LINE * ret_pattern->step;
		ret_pattern->word[k] = content->inverse ? ~word : word;
	}
	if (down != content->inverse)
		ret_pattern->step = -ret_pattern->step;
}

/* One line was wrong. The comparison that said so counts, even if the words now look the same. */
static void report_line(struct march *march, size_t at, const struct march_pattern *want,
			const uint64_t seen[MARCH_WORDS])
{
	if (!memcmp(want->word, seen, MARCH_LINE))
		worker_mismatch(march->worker, at, want->word[0], seen[0]);
	else
		worker_compare(march->worker, at, want->word, seen, MARCH_WORDS);
}

struct element {
	struct content want, put;
	bool down, writes;
};

/* Check `size` bytes at `at` and overwrite them, reporting what is wrong. */
static void do_chunk(struct march *march, const struct element *element, size_t at, size_t size)
{
	const struct march_impl *impl = march->impl;
	size_t lines = size / MARCH_LINE;

	while (lines) {
		size_t first = element->down ? at + (lines - 1) * MARCH_LINE : at;
		struct march_pattern want, put;
		uint64_t seen[MARCH_WORDS];
		size_t right, wrong;

		content_at(march, &element->want, first, element->down, &want);
		content_at(march, &element->put, first, element->down, &put);
		if (!element->writes)
			right = impl->check(march->memory + at, lines, &want, seen);
		else if (element->down)
			right = impl->down(march->memory + at, lines, &want, &put, seen);
		else
			right = impl->up(march->memory + at, lines, &want, &put, seen);
		if (right == lines)
			return;
		wrong = element->down ? first - right * MARCH_LINE : at + right * MARCH_LINE;
		content_at(march, &element->want, wrong, false, &want);
		report_line(march, wrong, &want, seen);
		if (element->writes) {
			content_at(march, &element->put, wrong, false, &put);
			memcpy(march->memory + wrong, put.word, MARCH_LINE);
		}
		lines -= right + 1;
		if (!element->down)
			at = wrong + MARCH_LINE;
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

static size_t chunk_at(const struct march *march, size_t at)
{
	return march->size - at < march->chunk ? march->size - at : march->chunk;
}

static bool fill(struct march *march, const struct content *content)
{
	for (march->written = 0; march->written < march->size;) {
		size_t size = chunk_at(march, march->written);
		struct march_pattern put;

		if (!go(march))
			return false;
		content_at(march, content, march->written, false, &put);
		march->impl->fill(march->memory + march->written, size / MARCH_LINE, &put);
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
static void look(struct march *march, const struct content *content, size_t from, size_t to)
{
	const struct element element = { .want = *content, .put = *content };
	int64_t end = clock_boot_ns() + FINAL_NS;

	while (from < to && clock_boot_ns() < end) {
		size_t size = to - from < march->chunk ? to - from : march->chunk;

		check_chunk(march, &element, from, size);
		go(march);
		from += size;
	}
}

static uint64_t phase_of(const struct content *content, unsigned int element)
{
	return content->pass * 100 + content->pattern * 8 + element;
}

/* The sweep was left after `written` bytes: one part holds what it put, the other what it wants. */
static void look_at_both(struct march *march, const struct element *element)
{
	size_t edge = element->down ? march->size - march->written : march->written;

	worker_block(march->worker, march->worker->seed, phase_of(&element->want, PHASE_FINAL));
	look(march, element->down ? &element->want : &element->put, 0, edge);
	look(march, element->down ? &element->put : &element->want, edge, march->size);
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

static struct element element_of(const struct content *content, const struct content *next,
				 unsigned int number)
{
	struct element element = { .want = *content, .put = *content, .writes = true };

	element.want.inverse = number == 1 || number == 3;
	element.put.inverse = number == 0 || number == 2;
	element.down = number == 2 || number == 3;
	if (number == ELEMENTS - 1)
		element.put = *next;
	return element;
}

/* All elements of one pattern, ending with `next` in place. False when it is time to end. */
static bool one_pattern(struct march *march, const struct content *content,
			const struct content *next)
{
	unsigned int number;

	march->written = 0;
	for (number = 0; number < ELEMENTS; number++) {
		struct element element = element_of(content, next, number);

		worker_block(march->worker, march->worker->seed, phase_of(content, number));
		if ((number || hold(march)) && sweep(march, &element))
			continue;
		look_at_both(march, &element);
		return false;
	}
	return true;
}

void march_run(struct march *march)
{
	struct content now = { .pass = 0 }, next;

	worker_block(march->worker, march->worker->seed, phase_of(&now, 0));
	if (!fill(march, &now)) {
		look(march, &now, 0, march->written);
		return;
	}
	do {
		next = now;
		if (++next.pattern == PATTERNS)
			next = (struct content){ .pass = now.pass + 1 };
		if (!one_pattern(march, &now, &next))
			return;
		now = next;
	} while (true);
}
