/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/cmd/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SECOND 1000000000LL

static const struct series package = { .metric = "temperature",
				       .component = "hwmon/coretemp/temp1",
				       .label = "Package id 0" };

/* Standard error is a file from here on; each test is a process of its own. */
static FILE *catch_stderr(void)
{
	FILE *file = tmpfile();

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(dup2(fileno(file), STDERR_FILENO), 0);
	return file;
}

static void show(struct progress *progress, int64_t second, int64_t step)
{
	const struct run_progress now = { .elapsed_ns = second * SECOND,
					  .remaining_ns = 3725 * SECOND,
					  .step = step,
					  .step_name = "memory",
					  .step_count = 5,
					  .hottest = &package,
					  .hottest_value = 61250,
					  .errors = 7 };

	progress_show(progress, &now);
}

static size_t count_lines(FILE *file)
{
	size_t lines = 0;
	int c;

	rewind(file);
	while ((c = fgetc(file)) != EOF)
		lines += c == '\n';
	return lines;
}

START_TEST(without_a_terminal_there_is_a_line_a_minute_and_one_a_step)
{
	FILE *caught = catch_stderr();
	struct progress progress = progress_start();
	int64_t second;

	for (second = 0; second < 180; second++)
		show(&progress, second, 0);
	ck_assert_uint_eq(count_lines(caught), 3); /* at 0, 60 and 120 s */
	show(&progress, 180, -1);
	show(&progress, 181, 1);
	show(&progress, 182, -1);
	ck_assert_uint_eq(count_lines(caught), 5); /* a minute, and the next step at once */
	fclose(caught);
}
END_TEST

START_TEST(a_line_tells_elapsed_step_remaining_hottest_sensor_and_errors)
{
	FILE *caught = catch_stderr();
	struct progress progress = progress_start();
	char line[200] = "";

	show(&progress, 75, 3);
	rewind(caught);
	ck_assert_ptr_nonnull(fgets(line, sizeof(line), caught));
	ck_assert_str_eq(line, "01:15  step 4/5 memory  remaining 1:02:05  "
			       "hottest 61.2 \302\260C (Package id 0)  errors 7\n");
	fclose(caught);
}
END_TEST

UNIT_MAIN("progress", without_a_terminal_there_is_a_line_a_minute_and_one_a_step,
	  a_line_tells_elapsed_step_remaining_hottest_sensor_and_errors)
