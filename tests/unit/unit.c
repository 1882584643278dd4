/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

enum { SECONDS_A_TEST = 60 };

static void add(Suite *suite, const TTest *test, int times)
{
	TCase *one = tcase_create(test->name);

	tcase_set_timeout(one, SECONDS_A_TEST);
	tcase_add_loop_test(one, test, 0, times);
	suite_add_tcase(suite, one);
}

int unit_run_each(const char *name, const TTest *each, int times, const TTest *const *test,
		  size_t count)
{
	Suite *suite = suite_create(name);
	SRunner *runner = srunner_create(suite);
	int failed;
	size_t i;

	if (each)
		add(suite, each, times);
	for (i = 0; i < count; i++)
		add(suite, test[i], 1);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int unit_run(const char *name, const TTest *const *test, size_t count)
{
	return unit_run_each(name, NULL, 0, test, count);
}
