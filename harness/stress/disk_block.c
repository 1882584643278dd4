/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/disk_block.h"

#include "harness/base/crc32c.h"
#include "harness/stress/mix.h"

#include <endian.h>
#include <string.h>

#define MAGIC 0x6b636f6c426f6875ULL /* "uhoBlock" */

enum {
	WORD_MAGIC,
	WORD_FILE,
	WORD_NUMBER,
	WORD_GENERATION,
	WORD_SEED,
	WORD_CRC,
	WORD_PAYLOAD,
	SECTOR_WORDS = 512 / 8,
};

static void set(uint64_t *data, size_t word, uint64_t value)
{
	data[word] = htole64(value);
}

static uint64_t seed_of(const struct disk_block *block)
{
	return mix_at(mix_at(block->file, block->number), block->generation);
}

static void make_header(const struct disk_block *block, uint64_t seed, uint64_t *data)
{
	set(data, WORD_MAGIC, MAGIC);
	set(data, WORD_FILE, block->file);
	set(data, WORD_NUMBER, block->number);
	set(data, WORD_GENERATION, block->generation);
	set(data, WORD_SEED, seed);
	set(data, WORD_CRC, crc32c_add(0, data, WORD_CRC * sizeof(*data)));
}

void disk_block_make(const struct disk_block *block, uint64_t *data, size_t words)
{
	uint64_t seed = seed_of(block);
	size_t i;

	make_header(block, seed, data);
	for (i = WORD_PAYLOAD; i < words; i++)
		set(data, i, mix_at(seed, i));
}

static bool header_is_sound(const uint64_t *data)
{
	return le64toh(data[WORD_MAGIC]) == MAGIC &&
	       le64toh(data[WORD_CRC]) == crc32c_add(0, data, WORD_CRC * sizeof(*data));
}

bool disk_block_is_ours(const void *data)
{
	uint64_t word[WORD_PAYLOAD];

	memcpy(word, data, sizeof(word));
	return header_is_sound(word);
}

const char *disk_fault_name(unsigned int fault)
{
	static const char *const name[DISK_FAULTS] = {
		[DISK_RIGHT] = "right",
		[DISK_BITS] = "bits",
		[DISK_LOST] = "lost",
		[DISK_MISDIRECTED] = "misdirected",
		[DISK_FOREIGN] = "foreign",
		[DISK_TORN] = "torn",
		[DISK_UNREADABLE] = "unreadable",
		[DISK_UNWRITABLE] = "unwritable",
		[DISK_STALE] = "stale",
		[DISK_CHANGED] = "changed",
	};

	return fault < DISK_FAULTS ? name[fault] : "unknown";
}

static bool is_zero(const uint64_t *got, size_t words)
{
	return !got[0] && !memcmp(got, got + 1, (words - 1) * sizeof(*got));
}

/* What the space of the block held before: zeros, where that was nothing. */
static void make_before(const struct disk_block *block, uint64_t *old, size_t words)
{
	struct disk_block before = *block;

	before.generation = block->before;
	if (before.generation)
		disk_block_make(&before, old, words);
	else
		memset(old, 0, words * sizeof(*old));
}

/* Is every sector that is not new the one of the generation before? `old` is scratch. */
static bool is_torn(const struct disk_block *block, const uint64_t *got, const uint64_t *want,
		    uint64_t *old, size_t words, size_t *ret_word)
{
	size_t at, first = words;

	make_before(block, old, words);
	for (at = 0; at < words; at += SECTOR_WORDS) {
		size_t size =
			(words - at < SECTOR_WORDS ? words - at : SECTOR_WORDS) * sizeof(*got);

		if (!memcmp(got + at, want + at, size))
			continue;
		if (memcmp(got + at, old + at, size))
			return false;
		if (first == words)
			first = at;
	}
	*ret_word = first;
	return true;
}

/* A sound header of another block: which word of it says so. */
static enum disk_fault other_block(const struct disk_block *block, const uint64_t *got,
				   size_t *ret_word)
{
	if (le64toh(got[WORD_FILE]) != block->file) {
		*ret_word = WORD_FILE;
		return DISK_FOREIGN;
	}
	if (le64toh(got[WORD_NUMBER]) != block->number) {
		*ret_word = WORD_NUMBER;
		return DISK_MISDIRECTED;
	}
	*ret_word = WORD_GENERATION;
	return le64toh(got[WORD_GENERATION]) == block->before ? DISK_LOST : DISK_STALE;
}

/* Does `got` hold, as a whole, the block that its header speaks of? */
static bool is_whole(const uint64_t *got, uint64_t *scratch, size_t words)
{
	struct disk_block claimed = {
		.file = le64toh(got[WORD_FILE]),
		.number = le64toh(got[WORD_NUMBER]),
		.generation = le64toh(got[WORD_GENERATION]),
	};

	disk_block_make(&claimed, scratch, words);
	return !memcmp(got, scratch, words * sizeof(*got));
}

/* The usual case: nothing is made in memory, and no word waits for another. */
static bool is_right(const struct disk_block *block, const uint64_t *got, size_t words)
{
	uint64_t seed = seed_of(block), header[WORD_PAYLOAD], wrong = 0;
	size_t i;

	make_header(block, seed, header);
	for (i = WORD_PAYLOAD; i < words; i++)
		wrong |= got[i] ^ htole64(mix_at(seed, i));
	return !wrong && !memcmp(got, header, sizeof(header));
}

enum disk_fault disk_block_judge(const struct disk_block *block, const uint64_t *got,
				 uint64_t *want, size_t words, size_t *ret_word)
{
	uint64_t *scratch = want + words;

	if (is_right(block, got, words))
		return DISK_RIGHT;
	disk_block_make(block, want, words);
	if (header_is_sound(got) && is_whole(got, scratch, words))
		return other_block(block, got, ret_word);
	*ret_word = WORD_GENERATION;
	if (is_zero(got, words))
		return !block->before || block->discarded ? DISK_LOST : DISK_STALE;
	return is_torn(block, got, want, scratch, words, ret_word) ? DISK_TORN : DISK_BITS;
}

/* --- discarded -------------------------------------------------------------------------------- */

enum { FAR_BITS = SECTOR_WORDS * 64 / 4 };

static unsigned int distance(const uint64_t *got, const uint64_t *old, uint64_t fill, size_t words)
{
	unsigned int bits = 0;
	size_t i;

	for (i = 0; i < words; i++)
		bits += (unsigned int)__builtin_popcountll(got[i] ^ (old ? old[i] : fill));
	return bits;
}

/* What the sector is nearest to goes into `old`; by how many bits it is something else. */
static unsigned int nearest(const uint64_t *got, uint64_t *old, size_t words)
{
	unsigned int best = distance(got, old, 0, words);
	unsigned int zeros = distance(got, NULL, 0, words);
	unsigned int ones = distance(got, NULL, ~0ULL, words);

	if (zeros < best || ones < best)
		memset(old, zeros < ones ? 0 : 0xff, words * sizeof(*old));
	best = zeros < best ? zeros : best;
	return ones < best ? ones : best;
}

enum disk_fault disk_block_judge_discarded(const struct disk_block *block, const uint64_t *got,
					   uint64_t *want, size_t words, size_t *ret_word)
{
	enum disk_fault fault = DISK_RIGHT;
	size_t at, size;

	disk_block_make(block, want, words);
	if (memcmp(got, want, words * sizeof(*got)) && header_is_sound(got) &&
	    is_whole(got, want + words, words)) {
		fault = other_block(block, got, ret_word);
		return fault == DISK_LOST ? DISK_STALE : fault;
	}
	for (at = 0; at < words && fault != DISK_FOREIGN; at += size) {
		unsigned int bits;

		size = words - at < SECTOR_WORDS ? words - at : SECTOR_WORDS;
		bits = nearest(got + at, want + at, size);
		if (bits > FAR_BITS) {
			*ret_word = at;
			fault = DISK_FOREIGN;
		} else if (bits) {
			fault = DISK_BITS;
		}
	}
	return fault;
}
