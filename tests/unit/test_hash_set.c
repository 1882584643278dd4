/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/hash_set.h"
#include "harness/stress/mix.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS = HASH_PIECE / 8, DISK_PIECES = 5 };

static uint64_t data[WORDS];
static struct hash_row row;

static void fill(void)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		data[i] = mix_at(7, i);
	hash_row_make(data, &row);
}

START_TEST(every_single_bit_that_changes_is_named)
{
	uint64_t bit, found;
	unsigned int i;

	fill();
	for (i = 0; i < 200; i++) {
		bit = i < 70 ? i : i < 140 ? WORDS * 64 - 1 - (i - 70) : mix_at(9, i) % (WORDS * 64);
		data[bit / 64] ^= 1ULL << bit % 64;
		ck_assert(hash_row_locate(data, &row, &found));
		ck_assert_uint_eq(found, bit);
		data[bit / 64] ^= 1ULL << bit % 64;
	}
	hash_row_make(data, &row);
	ck_assert(!hash_row_locate(data, &row, &found));
}
END_TEST

START_TEST(of_several_wrong_bits_none_is_named_and_the_change_is_seen)
{
	static const struct {
		uint64_t word, mask;
	} change[][3] = {
		{ { 5, 3 } },				/* two of one word: parity stays */
		{ { 5, 1 }, { 9, 1 } },			/* the same of two words: the sum stays */
		{ { 5, 1 }, { 9, 1 }, { 70000, 1 } },	/* three look like one: the hash says no */
		{ { 5, 1 }, { 9, 2 } },
	};
	struct hash_row now;
	uint64_t found;
	size_t i, k;

	fill();
	for (i = 0; i < sizeof(change) / sizeof(change[0]); i++) {
		for (k = 0; k < 3; k++)
			data[change[i][k].word] ^= change[i][k].mask;
		hash_row_make(data, &now);
		ck_assert_msg(!hash_row_equal(&now, &row), "change %zu", i);
		ck_assert_msg(!hash_row_locate(data, &row, &found), "change %zu", i);
		for (k = 0; k < 3; k++)
			data[change[i][k].word] ^= change[i][k].mask;
	}
	/* Two words that changed places have the same sum. */
	found = data[100];
	data[100] = data[108];
	data[108] = found;
	hash_row_make(data, &now);
	ck_assert(!hash_row_equal(&now, &row));
}
END_TEST

static int new_file(void)
{
	char path[] = "/tmp/cuihuo-hashes.XXXXXX";
	int fd = mkstemp(path);

	ck_assert_int_ge(fd, 0);
	unlink(path);
	return fd;
}

START_TEST(a_set_keeps_what_was_put_and_knows_what_was_not)
{
	struct hash_set set;
	struct hash_row got;
	int fd = new_file();

	fill();
	ck_assert_int_eq(hash_set_open(&set, fd, DISK_PIECES * (uint64_t)HASH_PIECE + 512, NULL), 0);
	ck_assert_uint_eq(set.pieces, DISK_PIECES);
	ck_assert_int_eq(hash_set_put(&set, 3, &row, NULL), 0);
	ck_assert_int_eq(hash_set_open(&set, fd, DISK_PIECES * (uint64_t)HASH_PIECE + 512, NULL), 0);
	ck_assert_int_eq(hash_set_get(&set, 3, &got, NULL), 1);
	ck_assert(hash_row_equal(&got, &row));
	ck_assert_int_eq(hash_set_get(&set, 2, &got, NULL), 0);
	ck_assert_int_eq(hash_set_get(&set, 4, &got, NULL), 0);
	close(fd);
}
END_TEST

START_TEST(a_damaged_set_or_that_of_another_disk_is_no_fault_of_this_one)
{
	const uint64_t bytes = DISK_PIECES * (uint64_t)HASH_PIECE;
	struct hash_set set;
	struct hash_row got;
	unsigned char byte;
	int fd = new_file();
	off_t at;

	fill();
	ck_assert_int_eq(hash_set_open(&set, fd, bytes, NULL), 0);
	ck_assert_int_eq(hash_set_put(&set, 0, &row, NULL), 0);
	ck_assert_int_eq(hash_set_put(&set, 1, &row, NULL), 0);
	for (at = 0; at < 64 + 24; at++) {
		int header = at < 64;

		ck_assert_int_eq(pread(fd, &byte, 1, at), 1);
		byte ^= 4;
		ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
		ck_assert_int_eq(hash_set_open(&set, fd, bytes, NULL), header ? ERR_INPUT : 0);
		ck_assert_int_eq(hash_set_get(&set, 0, &got, NULL), header ? 1 : ERR_INPUT);
		byte ^= 4;
		ck_assert_int_eq(pwrite(fd, &byte, 1, at), 1);
	}
	/* The row of another piece at this place. */
	ck_assert_int_eq(hash_set_open(&set, fd, bytes, NULL), 0);
	ck_assert_int_eq(pread(fd, data, 24, 64), 24);
	ck_assert_int_eq(pwrite(fd, data, 24, 64 + 24), 24);
	ck_assert_int_eq(hash_set_get(&set, 1, &got, NULL), ERR_INPUT);
	ck_assert_int_eq(hash_set_open(&set, fd, bytes + HASH_PIECE, NULL), ERR_INPUT);
	close(fd);
}
END_TEST

UNIT_MAIN("hash_set", every_single_bit_that_changes_is_named,
	  of_several_wrong_bits_none_is_named_and_the_change_is_seen,
	  a_set_keeps_what_was_put_and_knows_what_was_not,
	  a_damaged_set_or_that_of_another_disk_is_no_fault_of_this_one)
