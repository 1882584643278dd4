/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

enum { SECONDS_A_TEST = 60 };

int unit_run(const char *name, const TTest *const *test, size_t count)
{
	Suite *suite = suite_create(name);
	SRunner *runner = srunner_create(suite);
	int failed;
	size_t i;

	for (i = 0; i < count; i++) {
		TCase *one = tcase_create(test[i]->name);

		tcase_set_timeout(one, SECONDS_A_TEST);
		tcase_add_test(one, test[i]);
		suite_add_tcase(suite, one);
	}
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
