/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/hash_set.h"

#include "harness/base/crc32c.h"
#include "harness/base/le.h"
#include "harness/stress/mix.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
	HEADER = 64,
	ROW = 24,
	COLUMNS = 8,			/* words of a line of 64 bytes */
	LINES = HASH_PIECE / 64,
};

static const char magic[8] = "CHHASH1\n";

/* --- the file --------------------------------------------------------------------------------- */

static void make_header(const struct hash_set *set, unsigned char header[HEADER])
{
	memset(header, 0, HEADER);
	memcpy(header, magic, sizeof(magic));
	le_put64(header + 8, HASH_PIECE);
	le_put64(header + 16, set->bytes);
	le_put32(header + HEADER - 4, crc32c_add(0, header, HEADER - 4));
}

static int write_at(const struct hash_set *set, const void *data, size_t size, uint64_t at,
		    struct err *err)
{
	ssize_t done = pwrite(set->fd, data, size, (off_t)at);

	if (done == (ssize_t)size)
		return 0;
	return err_set_errno(err, done < 0 ? errno : ENOSPC, "cannot write the hash set of a disk");
}

int hash_set_open(struct hash_set *set, int fd, uint64_t bytes, struct err *err)
{
	unsigned char want[HEADER], got[HEADER];
	ssize_t size;

	*set = (struct hash_set){ .fd = fd, .bytes = bytes, .pieces = bytes / HASH_PIECE };
	make_header(set, want);
	size = pread(fd, got, sizeof(got), 0);
	if (size < 0)
		return err_set_errno(err, errno, "cannot read the hash set of a disk");
	if (!size)
		return write_at(set, want, sizeof(want), 0, err);
	if (size != HEADER || memcmp(got, magic, sizeof(magic)) ||
	    le_get32(got + HEADER - 4) != crc32c_add(0, got, HEADER - 4))
		return err_set(err, ERR_INPUT, "the hash set of the disk is damaged or no hash set; "
			       "put it away and run again to make another");
	if (memcmp(got, want, sizeof(want)))
		return err_set(err, ERR_INPUT, "the hash set is that of a disk of %llu bytes, this one "
			       "has %llu", (unsigned long long)le_get64(got + 16),
			       (unsigned long long)bytes);
	return 0;
}

static uint64_t place_of(uint64_t piece)
{
	return HEADER + piece * ROW;
}

/* The piece is part of it: a row that came to lie at another place is damage. */
static uint32_t check_of(const unsigned char row[ROW], uint64_t piece)
{
	unsigned char number[8];

	le_put64(number, piece);
	return crc32c_add(crc32c_add(0, number, sizeof(number)), row, ROW - 4);
}

int hash_set_get(const struct hash_set *set, uint64_t piece, struct hash_row *ret_row,
		 struct err *err)
{
	static const unsigned char nothing[ROW];
	unsigned char row[ROW];
	ssize_t size = pread(set->fd, row, sizeof(row), (off_t)place_of(piece));

	memset(ret_row, 0, sizeof(*ret_row));
	if (size < 0)
		return err_set_errno(err, errno, "cannot read the hash set of a disk");
	/* Behind the end, or in a hole that pieces read later left. */
	if (size != ROW || !memcmp(row, nothing, ROW))
		return 0;
	if (le_get32(row + ROW - 4) != check_of(row, piece))
		return err_set(err, ERR_INPUT, "the hash set of the disk is damaged at megabyte %llu; "
			       "put it away and run again to make another", (unsigned long long)piece);
	ret_row->hash = le_get64(row);
	ret_row->sum = le_get64(row + 8);
	ret_row->place = le_get32(row + 16);
	return 1;
}

int hash_set_put(const struct hash_set *set, uint64_t piece, const struct hash_row *row,
		 struct err *err)
{
	unsigned char bytes[ROW];

	le_put64(bytes, row->hash);
	le_put64(bytes + 8, row->sum);
	le_put32(bytes + 16, row->place);
	le_put32(bytes + ROW - 4, check_of(bytes, piece));
	return write_at(set, bytes, sizeof(bytes), place_of(piece), err);
}

int hash_set_sync(const struct hash_set *set, struct err *err)
{
	return fdatasync(set->fd) ? err_set_errno(err, errno, "cannot write the hash set of a disk") : 0;
}

/* --- rows ------------------------------------------------------------------------------------- */

void hash_row_make(const uint64_t *data, struct hash_row *ret_row)
{
	uint64_t hash[COLUMNS] = { 0 }, sum[COLUMNS] = { 0 };
	uint32_t place = 0, line;
	size_t i;

	for (line = 0; line < LINES; line++, data += COLUMNS) {
		uint64_t odd = 0;

		for (i = 0; i < COLUMNS; i++) {
			uint64_t word = le64toh(data[i]);

			hash[i] = (hash[i] ^ word) * MIX_GOLDEN;
			hash[i] ^= hash[i] >> 32;
			sum[i] ^= word;
			odd ^= word;
		}
		place ^= line & -(uint32_t)__builtin_parityll(odd);
	}
	place *= COLUMNS;
	ret_row->sum = 0;
	for (i = 0; i < COLUMNS; i++) {
		place ^= (uint32_t)i & -(uint32_t)__builtin_parityll(sum[i]);
		ret_row->sum ^= sum[i];
	}
	ret_row->place = place;
	ret_row->hash = mix_digest(hash, COLUMNS);
}

bool hash_row_equal(const struct hash_row *a, const struct hash_row *b)
{
	return a->hash == b->hash && a->sum == b->sum && a->place == b->place;
}

bool hash_row_locate(uint64_t *data, const struct hash_row *row, uint64_t *ret_bit)
{
	struct hash_row now;
	uint64_t mask, word;
	bool proven;

	hash_row_make(data, &now);
	mask = now.sum ^ row->sum;
	word = now.place ^ row->place;
	if (!mask || (mask & (mask - 1)) || word >= HASH_PIECE / sizeof(*data))
		return false;
	data[word] ^= htole64(mask);
	hash_row_make(data, &now);
	proven = hash_row_equal(&now, row);
	data[word] ^= htole64(mask);
	*ret_bit = word * 64 + (uint64_t)__builtin_ctzll(mask);
	return proven;
}
