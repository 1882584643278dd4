/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_HASH_SET_H
#define STRESS_HASH_SET_H
/*
 * What a disk held, piece by piece, small enough to keep: 24 bytes for each megabyte, from which a later
 * reading tells whether it is the same, and, where one bit is not, which.
 *
 *	code = hash_set_open(&set, fd, disk_bytes, &err);	an empty file becomes a set
 *	code = hash_set_get(&set, piece, &row, &err);		1: there; 0: not read yet
 *	hash_row_make(data, &now);				HASH_PIECE bytes
 *	if (!hash_row_equal(&row, &now) && hash_row_locate(data, &row, &bit))
 *		...						bit of the piece, proven
 *	code = hash_set_put(&set, piece, &now, &err);
 *
 * The hash tells that something changed (each step is a bijection: one word never goes unseen). The
 * place of a single wrong bit comes from two sums that a flip changes by its own place: the exclusive or
 * of all words, and of the numbers of all words of odd parity (Hamming's code). It is believed only when
 * the hash fits again with that bit turned back. The file: docs/formats/hash-set.md.
 */
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HASH_PIECE = 1 << 20 };

struct hash_row {
	uint64_t hash;
	uint64_t sum;		/* exclusive or of all words */
	uint32_t place;		/* exclusive or of the numbers of words of odd parity */
};

struct hash_set {
	int fd;			/* the caller's, open to read and write */
	uint64_t bytes;		/* of the disk */
	uint64_t pieces;	/* whole ones */
};

/* ERR_INPUT: the file is no set, or that of a disk of another size. */
int hash_set_open(struct hash_set *set, int fd, uint64_t bytes, struct err *err);
/* 1, 0, or an error: ERR_INPUT when the row is damaged, which says nothing of the disk. */
int hash_set_get(const struct hash_set *set, uint64_t piece, struct hash_row *ret_row,
		 struct err *err);
int hash_set_put(const struct hash_set *set, uint64_t piece, const struct hash_row *row,
		 struct err *err);
int hash_set_sync(const struct hash_set *set, struct err *err);

void hash_row_make(const uint64_t *data, struct hash_row *ret_row);
bool hash_row_equal(const struct hash_row *a, const struct hash_row *b);
/* Which one bit of `data` (as it is afterwards) is not as in `row`; false: several, or none. */
bool hash_row_locate(uint64_t *data, const struct hash_row *row, uint64_t *ret_bit);

#endif
