/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The source of SMART readings with a smartctl and disks of the test's own: a folder mounted over
 * /sys/block, in a mount namespace. Where that is not allowed, the test says so and ends.
 */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/sensor/table.h"
#include "harness/sys/clock.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#define SECOND 1000000000LL

static const struct sensor_source *const row[] = { &sensor_smart };
static struct tree tree;
static struct sysroot *root;
static struct sensor_set *set;
static struct sample sample[16];

/* What the next smartctl says of every disk. */
static void disk_says(const char *units, const char *used)
{
	char text[512];

	snprintf(text, sizeof(text),
		 "#!/bin/sh\necho '{\"json_format_version\":[1,0],\"smartctl\":{\"version\":[7,3],"
		 "\"exit_status\":0},\"smart_status\":{\"passed\":true},"
		 "\"nvme_smart_health_information_log\":{\"critical_warning\":0,\"media_errors\":0,"
		 "\"data_units_written\":%s,\"percentage_used\":%s}}'\n",
		 units, used);
	tree_file(&tree, "bin/smartctl", text);
	ck_assert_int_eq(chmod(tree_path(&tree, "bin/smartctl"), 0755), 0);
}

static bool start(void)
{
	struct err err = ERR_INIT;
	char path[512];

	tree = tree_make();
	tree_folder(&tree, "block");
	tree_folder(&tree, "block/nvme0n1");
	tree_folder(&tree, "block/sda");
	disk_says("1000", "3");
	snprintf(path, sizeof(path), "%s:%s", tree_path(&tree, "bin"), getenv("PATH"));
	setenv("PATH", path, 1);
	if ((unshare(CLONE_NEWNS) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount(tree_path(&tree, "block"), "/sys/block", NULL, MS_BIND, NULL) < 0) {
		fprintf(stderr, "not run: no mount namespace is allowed here\n");
		tree_remove(&tree);
		return false;
	}
	root = sysroot_open(NULL, &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	set = sensor_set_open_rows(root, row, 1, &err);
	ck_assert_msg(set != NULL, "%s", err.plain);
	return true;
}

static void stop(void)
{
	set = sensor_set_free(set);
	root = sysroot_free(root);
	tree_remove(&tree);
}

static const struct sample *of(const char *metric, const char *component)
{
	size_t count, i;
	const struct series *series = sensor_set_series(set, &count);

	for (i = 0; i < count; i++)
		if (!strcmp(series[i].metric, metric) && !strcmp(series[i].component, component))
			return &sample[i];
	return NULL;
}

static void check(const char *metric, const char *component, int64_t value)
{
	const struct sample *got = of(metric, component);

	ck_assert_msg(got != NULL, "no %s of %s", metric, component);
	ck_assert_msg(got->quality == SAMPLE_GOOD, "%s of %s", metric, component);
	ck_assert_int_eq(got->value, value);
}

START_TEST(what_a_disk_wrote_and_wore_is_known_at_the_start_and_at_the_end)
{
	if (!start())
		return;
	clock_wait_ns(SECOND + SECOND / 5);
	sensor_set_read(set, 1 * SECOND, sample);
	check("media-written", "block/nvme0n1", 512000);	/* thousandths of a megabyte */
	check("media-wear", "block/nvme0n1", 3000);
	check("media-written", "block/sda", 512000);
	check("disk-errors", "block/nvme0n1/media", 0);
	ck_assert_ptr_null(of("disk-errors", "block/sda/media"));
	disk_says("1500", "4");
	sensor_set_read(set, 2 * SECOND, sample);
	check("media-written", "block/nvme0n1", 512000);	/* not due */
	sensor_set_last(set);
	sensor_set_read(set, 3 * SECOND, sample);
	check("media-written", "block/nvme0n1", 768000);
	check("media-wear", "block/nvme0n1", 4000);
	check("media-wear", "block/sda", 4000);
	stop();
}
END_TEST

START_TEST(a_disk_that_counts_no_writes_gives_no_reading_of_them)
{
	if (!start())
		return;
	disk_says("null", "null");
	clock_wait_ns(SECOND + SECOND / 5);
	sensor_set_read(set, 1 * SECOND, sample);
	check("smart-warning", "block/nvme0n1", 0);
	ck_assert_int_eq(of("media-written", "block/nvme0n1")->quality, SAMPLE_ABSENT);
	ck_assert_int_eq(of("media-wear", "block/nvme0n1")->quality, SAMPLE_ABSENT);
	stop();
}
END_TEST

UNIT_MAIN("smart_source", what_a_disk_wrote_and_wore_is_known_at_the_start_and_at_the_end,
	  a_disk_that_counts_no_writes_gives_no_reading_of_them)
