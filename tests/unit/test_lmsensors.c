/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real libsensors, whose path is fixed to /sys: each test mounts folders of its own over
 * /sys/class and /etc, in a mount namespace of its own (check runs each test in a process of its
 * own). Not over /sys: libsensors wants to see the kernel's file system there. Where that is not
 * allowed, the test says so and ends.
 */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/sensor/source.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#define CHIP "sys/class/devices/platform/nct6775.656/hwmon/hwmon3/"

static struct tree tree;
static struct sysroot *root;
static struct sensor_set *set;
static const struct series *series;
static size_t count;
static struct sample sample[SENSOR_CHANNELS_MAX];

static bool cover(const char *folder)
{
	char place[32];

	snprintf(place, sizeof(place), "/%s", folder);
	return mount(tree_path(&tree, folder), place, NULL, MS_BIND, NULL) == 0;
}

/* Cover `folder` besides /etc; "sys" is what libsensors refuses. */
static bool start(const char *config, const char *folder)
{
	struct err err = ERR_INIT;

	tree = tree_make();
	tree_file(&tree, CHIP "name", "nct6779\n");
	tree_file(&tree, CHIP "temp1_input", "41000\n");
	tree_file(&tree, CHIP "temp2_input", "-60000\n");
	tree_file(&tree, CHIP "in0_input", "1500\n");
	tree_file(&tree, CHIP "in1_input", "1500\n");
	tree_link(&tree, "sys/class/hwmon/hwmon3", "../devices/platform/nct6775.656/hwmon/hwmon3");
	tree_file(&tree, "etc/sensors3.conf", config);
	if ((unshare(CLONE_NEWNS) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || !cover(folder) ||
	    !cover("etc")) {
		fprintf(stderr, "not run: no mount namespace is allowed here\n");
		tree_remove(&tree);
		return false;
	}
	root = sysroot_open(NULL, &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	set = sensor_set_open(root, &err);
	series = sensor_set_series(set, &count);
	sensor_set_read(set, 0, sample);
	return true;
}

static void stop(void)
{
	set = sensor_set_free(set);
	root = sysroot_free(root);
	tree_remove(&tree);
}

static size_t find(const char *source, const char *component)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(series[i].source, source) && !strcmp(series[i].component, component))
			return i;
	return count;
}

static const struct telemetry_source *state_of(size_t row)
{
	size_t states;

	return &sensor_set_sources(set, &states)[row];
}

START_TEST(labels_ignores_and_compute_statements_are_those_of_the_configuration)
{
	size_t i;

	if (!start("chip \"nct6779-*\"\n"
		   "    label temp1 \"CPU\"\n"
		   "    label in0 \"+12V\"\n"
		   "    compute in0 @*8+0.004, (@-0.004)/8\n"
		   "    ignore temp2\n",
		   "sys/class"))
		return;
	i = find("lmsensors", "hwmon/nct6779/nct6775.656/temp1");
	ck_assert_uint_lt(i, count);
	ck_assert_str_eq(series[i].label, "CPU");
	ck_assert_int_eq(sample[i].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[i].value, 41000);
	i = find("lmsensors", "hwmon/nct6779/nct6775.656/in0");
	ck_assert_uint_lt(i, count);
	ck_assert_str_eq(series[i].label, "+12V");
	ck_assert_int_eq(sample[i].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[i].value, 12004);
	i = find("lmsensors", "hwmon/nct6779/nct6775.656/in1");
	ck_assert_uint_lt(i, count);
	ck_assert_str_eq(series[i].label, "");
	ck_assert_int_eq(sample[i].value, 1500);
	ck_assert_uint_eq(find("lmsensors", "hwmon/nct6779/nct6775.656/temp2"), count);
	ck_assert_str_ne(state_of(1)->name, "hwmon");
	stop();
}
END_TEST

START_TEST(a_value_is_asked_again_each_round_computed_or_not)
{
	size_t raw, computed;

	if (!start("chip \"nct6779-*\"\n    compute in0 @*2, @/2\n", "sys/class"))
		return;
	raw = find("lmsensors", "hwmon/nct6779/nct6775.656/in1");
	computed = find("lmsensors", "hwmon/nct6779/nct6775.656/in0");
	tree_file(&tree, CHIP "in0_input", "1600\n");
	tree_file(&tree, CHIP "in1_input", "1700\n");
	sensor_set_read(set, 1, sample);
	ck_assert_int_eq(sample[computed].value, 3200);
	ck_assert_int_eq(sample[raw].value, 1700);
	stop();
}
END_TEST

START_TEST(where_libsensors_refuses_the_kernels_own_values_are_left)
{
	size_t i;

	if (!start("\n", "sys"))
		return;
	ck_assert_uint_eq(state_of(0)->channels, 0);
	ck_assert_str_eq(state_of(0)->problem,
			 "libsensors did not answer: its process exited with status 1");
	i = find("hwmon", "hwmon/nct6779/nct6775.656/temp1");
	ck_assert_uint_lt(i, count);
	ck_assert_int_eq(sample[i].value, 41000);
	stop();
}
END_TEST

UNIT_MAIN("lmsensors", labels_ignores_and_compute_statements_are_those_of_the_configuration,
	  a_value_is_asked_again_each_round_computed_or_not,
	  where_libsensors_refuses_the_kernels_own_values_are_left)
