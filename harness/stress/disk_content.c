/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/disk_content.h"

#include "harness/stress/mix.h"

enum {
	RUN = 4,		/* blocks that are written again, or discarded, together */
	DISCARD_CHUNKS = 16,	/* one of so many has discarded blocks */
};

/* Rounds begin with another manner each; so do the stretches of the first. */
static const struct disk_manner *manner_of(const struct disk_content *content, uint64_t round,
					   uint64_t at)
{
	uint64_t number = round == 1 ? at / content->stretch : round - 1;

	return &disk_manner[number % DISK_MANNERS];
}

const struct disk_manner *disk_content_manner(const struct disk_content *content, uint64_t at)
{
	return manner_of(content, content->round, at);
}

static uint64_t random_of(const struct disk_content *content, uint64_t round, uint64_t number)
{
	return mix_at(mix_at(content->id, round), number / RUN);
}

static bool is_again(const struct disk_content *content, uint64_t round, uint64_t number)
{
	bool may = round == content->round ? content->overwrites : content->overwrote;

	return may && manner_of(content, round, number * content->block)->overwrites &&
	       random_of(content, round, number) % 4 == 0 &&
	       !(round == 1 && disk_content_is_edge(content, number));
}

bool disk_content_is_again(const struct disk_content *content, uint64_t number)
{
	return is_again(content, content->round, number);
}

static bool is_discarded(const struct disk_content *content, uint64_t round, uint64_t number)
{
	uint64_t chunk = number * content->block / content->chunk;

	return content->discards && chunk % DISCARD_CHUNKS == round % DISCARD_CHUNKS &&
	       random_of(content, round, number) >> 32 & 1;
}

bool disk_content_is_discarded(const struct disk_content *content, uint64_t number)
{
	return is_discarded(content, content->round, number);
}

bool disk_content_was_discarded(const struct disk_content *content, uint64_t number)
{
	return number * content->block < content->discarded &&
	       is_discarded(content, content->round, number);
}

static uint64_t generation_of(const struct disk_content *content, uint64_t round, uint64_t number)
{
	return round ? 2 * round - 1 + is_again(content, round, number) : 0;
}

struct disk_block disk_content_block(const struct disk_content *content, uint64_t number)
{
	uint64_t round = content->round;
	struct disk_block block = {
		.file = content->id,
		.number = number,
		.generation = generation_of(content, round, number),
	};

	block.before = block.generation % 2 ? generation_of(content, round - 1, number)
					    : block.generation - 1;
	block.discarded = block.generation % 2 && round > 1 &&
			  is_discarded(content, round - 1, number);
	return block;
}

/* --- edges ------------------------------------------------------------------------------------ */

size_t disk_content_edges(const struct disk_content *content, uint64_t number[DISK_EDGES])
{
	uint64_t last = content->bytes / content->block - 1, power;
	size_t count = 0;

	number[count++] = 0;
	for (power = content->chunk / content->block; power <= last; power *= 2) {
		if (number[count - 1] != power - 1)
			number[count++] = power - 1;
		number[count++] = power;
	}
	if (number[count - 1] != last)
		number[count++] = last;
	return count;
}

bool disk_content_is_edge(const struct disk_content *content, uint64_t number)
{
	uint64_t chunk = content->chunk / content->block;
	bool is_power = !(number & (number - 1));
	bool is_below = !(number & (number + 1));

	return !number || number == content->bytes / content->block - 1 ||
	       (number >= chunk && is_power) || (number + 1 >= chunk && is_below);
}
