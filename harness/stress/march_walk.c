/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march_walk.h"

#include "harness/sys/pagemap.h"

#include <unistd.h>

enum { PAGES_AT_ONCE = 512 };

struct search {
	const struct march *march;
	struct march_walk *walk;
	size_t page, pages;		/* bytes of one; in the slice */
	bool physical;			/* frames are shown */
	uint64_t frame[WALK_BASES];	/* of the bases */
};

static unsigned int page_bits(const struct search *search)
{
	return (unsigned int)__builtin_ctzll(search->page);
}

/* The numbers of pages first .. first + count: of their frames, or their own. */
static void numbers_of(struct search *search, size_t first, size_t count, uint64_t *ret_number)
{
	size_t i;

	if (search->physical &&
	    pagemap_frames(search->march->memory + first * search->page, ret_number, count))
		return;
	for (i = 0; i < count; i++)
		ret_number[i] = search->physical ? UINT64_MAX : first + i;
}

static void choose_bases(struct search *search)
{
	struct march_walk *walk = search->walk;
	size_t i, bit;

	walk->bases = search->pages < WALK_BASES ? (search->pages ? search->pages : 1) : WALK_BASES;
	for (i = 0; i < walk->bases; i++) {
		size_t page = search->pages / walk->bases * i;

		walk->base[i].at = page * search->page;
		if (search->pages)
			numbers_of(search, page, 1, &search->frame[i]);
		for (bit = 0; bit < WALK_BITS; bit++)
			walk->base[i].other[bit] = WALK_NONE;
		/* Inside a page, virtual and physical bits are the same. */
		for (bit = __builtin_ctz(MARCH_LINE); bit < page_bits(search); bit++) {
			if (walk->base[i].at + (1ULL << bit) < search->march->size)
				walk->base[i].other[bit] = walk->base[i].at + (1ULL << bit);
		}
	}
}

static void offer_page(struct search *search, size_t page, uint64_t number)
{
	size_t i;

	for (i = 0; i < search->walk->bases; i++) {
		uint64_t apart = number ^ search->frame[i];
		unsigned int bit;

		if (!apart || apart & (apart - 1))
			continue;
		bit = (unsigned int)__builtin_ctzll(apart) + page_bits(search);
		if (bit < WALK_BITS)
			search->walk->base[i].other[bit] = page * search->page;
	}
}

void march_walk_find(const struct march *march, struct march_walk *ret_walk)
{
	struct search search = { .march = march,
				 .walk = ret_walk,
				 .page = (size_t)sysconf(_SC_PAGESIZE) };
	uint64_t number[PAGES_AT_ONCE];
	size_t at, i;

	search.pages = march->size / search.page;
	search.physical = search.pages && pagemap_frames(march->memory, number, 1);
	choose_bases(&search);
	for (at = 0; at < search.pages; at += PAGES_AT_ONCE) {
		size_t count = search.pages - at < PAGES_AT_ONCE ? search.pages - at : PAGES_AT_ONCE;

		numbers_of(&search, at, count, number);
		for (i = 0; i < count; i++)
			offer_page(&search, at + i, number[i]);
	}
}

/* The caches between the processor and the lines are emptied, or nothing would reach the lines. */
static void line_ops(struct march *march, const struct march_content *content, uint32_t ops,
		     size_t at)
{
	march_line(march, content, ops, at);
	if (march->flush)
		march->flush->empty(march->flush, march->memory + at, MARCH_LINE);
}

void march_walk(struct march *march, const struct march_walk *walk,
		const struct march_content *content)
{
	size_t i, bit;

	for (i = 0; i < walk->bases && !worker_stopping(march->worker); i++) {
		for (bit = 0; bit < WALK_BITS; bit++) {
			size_t at = walk->base[i].at, other = walk->base[i].other[bit];

			if (other == WALK_NONE)
				continue;
			line_ops(march, content, MARCH_DO1(MARCH_R0), at);
			line_ops(march, content, MARCH_DO2(MARCH_R0, MARCH_W1), other);
			line_ops(march, content, MARCH_DO1(MARCH_R0), at);
			line_ops(march, content, MARCH_DO2(MARCH_R1, MARCH_W0), other);
		}
	}
}
