/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNIT_H
#define TESTS_UNIT_H
/*
 * One program a file: tests/unit/test_NOUN.c. Tests are named for the sentence they prove.
 *
 *	START_TEST(a_key_out_of_order_makes_the_writer_fail) { ... ck_assert_int_eq(...); } END_TEST
 *	UNIT_MAIN("json", a_key_out_of_order_makes_the_writer_fail, ...)
 *
 * TEST_SOURCE_FOLDER is the source tree: fixtures are read from there, never written.
 */
#include <check.h>
#include <stddef.h>

int unit_run(const char *name, const TTest *const *test, size_t count);
/* Before them `each`, once for every _i below `times`, with a process and a time-out each. */
int unit_run_each(const char *name, const TTest *each, int times, const TTest *const *test,
		  size_t count);

#define UNIT_MAIN(name, ...)                                                                       \
	int main(void)                                                                             \
	{                                                                                          \
		const TTest *const test[] = { __VA_ARGS__ };                                       \
                                                                                                   \
		return unit_run(name, test, sizeof(test) / sizeof(test[0]));                       \
	}

#endif
