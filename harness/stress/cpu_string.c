/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.string: loads and stores of all lengths and alignments, as the C library does them: copy,
 * copy over itself in both directions, fill, compare, find.
 *
 * A block is 192 operations on two buffers, each chosen by a seed: up to 1024 bytes, often only a
 * few, at any offset, across lines and where they meet.
 *
 * How it is verified: after each operation what it wrote is folded into a word by unaligned loads,
 * and what it answered is added; all these words and both buffers at the end are compared with the
 * same done byte by byte. The digest of set 0 is compiled in.
 *
 * Work unit: one block, checked in all its words.
 */
#include "harness/stress/known.h"
#include "harness/stress/mix.h"

#include <string.h>

#define N_(text) (text)

enum { BYTES = 2048, OPERATIONS = 192, MOST = 1024, SHIFT = 80, ANSWER = OPERATIONS + 2 * BYTES / 8 };

struct buffers {
	_Alignas(64) unsigned char one[BYTES], other[BYTES];
};

/* What one operation is about. */
struct piece {
	unsigned int kind, from, to, size;
	unsigned char byte;
};

struct hands {
	void (*copy)(unsigned char *to, const unsigned char *from, size_t size);
	void (*move)(unsigned char *to, const unsigned char *from, size_t size);
	void (*fill)(unsigned char *to, int byte, size_t size);
	/* -1, 0 or 1 */
	int (*compare)(const unsigned char *a, const unsigned char *b, size_t size);
	/* Where in it the byte is first; size when it is not. */
	size_t (*find)(const unsigned char *from, int byte, size_t size);
	uint64_t (*fold)(const unsigned char *from, size_t size);
};

static struct piece piece_of(uint64_t seed, uint64_t number)
{
	uint64_t word = mix_at(seed, number);
	unsigned int most = word >> 60 < 8 ? 40 : MOST;

	return (struct piece){
		.kind = word & 7,
		.size = (unsigned int)(word >> 8 & 0xffff) % most + 1,
		.from = (unsigned int)(word >> 24 & 0xffff) % (BYTES - MOST - SHIFT),
		.to = (unsigned int)(word >> 40 & 0xffff) % (BYTES - MOST - SHIFT),
		.byte = (unsigned char)(word >> 52),
	};
}

static uint64_t operate(const struct hands *hands, struct buffers *at, struct piece p)
{
	uint64_t said = 0;

	switch (p.kind) {
	case 0:
	case 1:
		hands->copy(at->other + p.to, at->one + p.from, p.size);
		break;
	case 2:
		hands->copy(at->one + p.to, at->other + p.from, p.size);
		break;
	case 3:
		hands->move(at->other + p.to, at->other + p.to + p.byte % SHIFT, p.size);
		break;
	case 4:
		hands->move(at->other + p.to + p.byte % SHIFT, at->other + p.to, p.size);
		break;
	case 5:
		/* Short ones: data is to remain. */
		hands->fill(at->other + p.to, p.byte, p.size % 24);
		break;
	case 6:
		/* Equal but for one byte at most. */
		hands->copy(at->other + p.to, at->one + p.from, p.size);
		at->other[p.to + p.byte % p.size] ^= p.byte & 1;
		said = (uint64_t)(int64_t)hands->compare(at->other + p.to, at->one + p.from, p.size);
		break;
	default:
		said = hands->find(at->one + p.from, p.byte, p.size);
	}
	return said + hands->fold(at->other + p.to, p.size);
}

static void work(const struct hands *hands, uint64_t seed, uint64_t *answer)
{
	struct buffers at;
	uint64_t i, word;

	for (i = 0; i < BYTES / 8; i++) {
		word = mix_at(~seed, 2 * i);
		memcpy(at.one + i * 8, &word, 8);
		word = mix_at(~seed, 2 * i + 1);
		memcpy(at.other + i * 8, &word, 8);
	}
	for (i = 0; i < OPERATIONS; i++)
		answer[i] = operate(hands, &at, piece_of(seed, i));
	memcpy(answer + OPERATIONS, &at, sizeof(at));
}

static void copy(unsigned char *to, const unsigned char *from, size_t size)
{
	memcpy(to, from, size);
}

static void move(unsigned char *to, const unsigned char *from, size_t size)
{
	memmove(to, from, size);
}

static void fill(unsigned char *to, int byte, size_t size)
{
	memset(to, byte, size);
}

static int compare(const unsigned char *a, const unsigned char *b, size_t size)
{
	int order = memcmp(a, b, size);

	return (order > 0) - (order < 0);
}

static size_t find(const unsigned char *from, int byte, size_t size)
{
	const unsigned char *found = memchr(from, byte, size);

	return found ? (size_t)(found - from) : size;
}

/* Whole words at whatever address, then what is left. */
static uint64_t fold(const unsigned char *from, size_t size)
{
	uint64_t sum = 0, word;
	size_t i;

	for (i = 0; i + 8 <= size; i += 8) {
		memcpy(&word, from + i, 8);
		sum = (sum << 7 | sum >> 57) ^ word;
	}
	for (; i < size; i++)
		sum = (sum << 7 | sum >> 57) ^ from[i];
	return sum;
}

/* Byte by byte; the barrier keeps compilers from making the C library's functions of it. */
#define ONE_BY_ONE __asm__ volatile("" : : : "memory")

static void copy_bytes(unsigned char *to, const unsigned char *from, size_t size)
{
	while (size--) {
		*to++ = *from++;
		ONE_BY_ONE;
	}
}

static void move_bytes(unsigned char *to, const unsigned char *from, size_t size)
{
	if (to < from) {
		copy_bytes(to, from, size);
		return;
	}
	while (size--) {
		to[size] = from[size];
		ONE_BY_ONE;
	}
}

static void fill_bytes(unsigned char *to, int byte, size_t size)
{
	while (size--) {
		*to++ = (unsigned char)byte;
		ONE_BY_ONE;
	}
}

static int compare_bytes(const unsigned char *a, const unsigned char *b, size_t size)
{
	for (; size; size--, a++, b++) {
		if (*a != *b)
			return *a < *b ? -1 : 1;
		ONE_BY_ONE;
	}
	return 0;
}

static size_t find_byte(const unsigned char *from, int byte, size_t size)
{
	size_t i;

	for (i = 0; i < size && from[i] != byte; i++)
		ONE_BY_ONE;
	return i;
}

static uint64_t fold_bytes(const unsigned char *from, size_t size)
{
	uint64_t sum = 0;
	size_t i, k;

	for (i = 0; i + 8 <= size; i += 8) {
		sum = sum << 7 | sum >> 57;
		for (k = 0; k < 8; k++)
			sum ^= (uint64_t)from[i + k] << k * 8;
	}
	for (; i < size; i++)
		sum = (sum << 7 | sum >> 57) ^ from[i];
	return sum;
}

static void produce(enum isa isa, uint64_t seed, uint64_t *answer)
{
	static const struct hands hands = { copy, move, fill, compare, find, fold };

	(void)isa;
	work(&hands, seed, answer);
}

static void reference(uint64_t seed, uint64_t *answer)
{
	static const struct hands hands = { copy_bytes,    move_bytes, fill_bytes,
					    compare_bytes, find_byte,  fold_bytes };

	work(&hands, seed, answer);
}

KNOWN_KERNEL(cpu_string, "cpu.string",
	     N_("copy, fill, compare and find at all lengths and alignments"), ANSWER, 0x8c3c0ec7072812e8ULL);
