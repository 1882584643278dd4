/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/room.h"
#include "harness/run/settings.h"
#include "tests/unit/tree.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (1ULL << 20)
#define POLICY "root/sys/devices/system/cpu/cpufreq/policy0/"

static uint64_t room(struct tree *tree)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(tree_path(tree, "root"), NULL);

	ck_assert_ptr_nonnull(root);
	return room_available(root);
}

static struct tree machine(void)
{
	struct tree tree = tree_make();

	tree_folder(&tree, "root/sys");
	tree_file(&tree, "root/proc/meminfo",
		  "MemTotal:       16777216 kB\nMemFree:          1024 kB\n"
		  "MemAvailable:    8388608 kB\n");
	return tree;
}

START_TEST(the_room_is_what_the_kernel_says_is_available)
{
	struct tree tree = machine();

	ck_assert_uint_eq(room(&tree), 8192 * MIB);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_control_group_above_makes_the_room_smaller_and_its_cache_counts_as_free)
{
	struct tree tree = machine();

	tree_file(&tree, "root/proc/self/cgroup", "0::/plant/cell\n");
	tree_file(&tree, "root/sys/fs/cgroup/plant/cell/memory.max", "max\n");
	tree_file(&tree, "root/sys/fs/cgroup/plant/cell/memory.current", "1048576\n");
	tree_file(&tree, "root/sys/fs/cgroup/plant/memory.max", "1073741824\n");
	tree_file(&tree, "root/sys/fs/cgroup/plant/memory.current", "536870912\n");
	tree_file(&tree, "root/sys/fs/cgroup/plant/memory.stat",
		  "anon 1\ninactive_file 104857600\n");
	ck_assert_uint_eq(room(&tree), 612 * MIB);
	tree_file(&tree, "root/sys/fs/cgroup/plant/memory.current", "2073741824\n");
	ck_assert_uint_eq(room(&tree), 0);
	tree_remove(&tree);
}
END_TEST

/* Kernels of the 4.19 line come with it: Kylin, UOS. */
START_TEST(a_control_group_of_version_1_makes_the_room_smaller_as_well)
{
	struct tree tree = machine();

	tree_file(&tree, "root/proc/self/cgroup",
		  "9:name=systemd:/memory\n5:notmemory:/plant\n4:cpu,memory:/plant/cell\n0::/\n");
	tree_file(&tree, "root/sys/fs/cgroup/memory/plant/cell/memory.limit_in_bytes",
		  "9223372036854771712\n");
	tree_file(&tree, "root/sys/fs/cgroup/memory/plant/cell/memory.usage_in_bytes", "1048576\n");
	tree_file(&tree, "root/sys/fs/cgroup/memory/plant/memory.limit_in_bytes", "1073741824\n");
	tree_file(&tree, "root/sys/fs/cgroup/memory/plant/memory.usage_in_bytes", "536870912\n");
	tree_file(&tree, "root/sys/fs/cgroup/memory/plant/memory.stat",
		  "inactive_file 1\ntotal_inactive_file 104857600\n");
	ck_assert_uint_eq(room(&tree), 612 * MIB);
	/* A group of another controller is not asked. */
	tree_file(&tree, "root/proc/self/cgroup", "5:notmemory:/plant/cell\n4:cpu:/plant/cell\n");
	ck_assert_uint_eq(room(&tree), 8192 * MIB);
	tree_remove(&tree);
}
END_TEST

/* The path that the kernel tells may be one of the host: what is mounted here is the container's group. */
START_TEST(in_a_container_the_topmost_group_is_its_own)
{
	static const char *const path[] = { "0::/\n", "0::/system.slice/docker-77.scope\n" };
	size_t i;

	for (i = 0; i < sizeof(path) / sizeof(path[0]); i++) {
		struct tree tree = machine();

		tree_file(&tree, "root/proc/self/cgroup", path[i]);
		tree_file(&tree, "root/sys/fs/cgroup/memory.max", "1073741824\n");
		tree_file(&tree, "root/sys/fs/cgroup/memory.current", "536870912\n");
		ck_assert_uint_eq(room(&tree), 512 * MIB);
		tree_file(&tree, "root/sys/fs/cgroup/memory.max", "max\n");
		ck_assert_uint_eq(room(&tree), 8192 * MIB);
		/* Above this the kernel makes us slower and slower. */
		tree_file(&tree, "root/sys/fs/cgroup/memory.high", "805306368\n");
		ck_assert_uint_eq(room(&tree), 256 * MIB);
		tree_remove(&tree);
	}
}
END_TEST

START_TEST(where_nothing_can_be_read_nothing_more_is_taken)
{
	struct tree tree = tree_make();

	tree_folder(&tree, "root/proc");
	tree_folder(&tree, "root/sys");
	ck_assert_uint_eq(room(&tree), 0);
	tree_remove(&tree);
}
END_TEST

START_TEST(the_reserve_is_a_share_of_the_memory_and_never_little)
{
	struct tree tree = machine();
	struct sysroot *root = sysroot_open(tree_path(&tree, "root"), NULL);

	ck_assert_uint_eq(room_reserve(root), 512 * MIB);
	tree_file(&tree, "root/proc/meminfo", "MemTotal: 1048576 kB\n");
	ck_assert_uint_eq(room_reserve(root), 128 * MIB);
	/* A large machine with little free: what the plan counted with is not kept back again. */
	tree_file(&tree, "root/proc/meminfo",
		  "MemTotal: 67108864 kB\nMemAvailable: 2097152 kB\n");
	ck_assert_uint_eq(room_reserve(root), 512 * MIB);
	tree_file(&tree, "root/proc/meminfo",
		  "MemTotal: 67108864 kB\nMemAvailable: 10485760 kB\n");
	ck_assert_uint_eq(room_reserve(root), 1024 * MIB);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

/* How many settings would be changed, and the note when none. */
static size_t settings_of(struct tree *tree, const char *note)
{
	struct settings settings = SETTINGS_INIT;
	size_t count;

	settings_find(tree_path(tree, "root"), &settings);
	count = settings.count;
	if (count)
		ck_assert_ptr_null(settings.note);
	else
		ck_assert_str_eq(settings.note, note);
	settings_release(&settings);
	return count;
}

START_TEST(a_machine_whose_settings_stay_says_why)
{
	struct tree tree = machine();

	ck_assert_uint_eq(settings_of(&tree, "this machine has no cpufreq policies"), 0);
	tree_file(&tree, POLICY "scaling_governor", "powersave\n");
	tree_file(&tree, POLICY "scaling_available_governors", "powersave superperformance\n");
	ck_assert_uint_eq(settings_of(&tree, "no cpufreq policy offers the governor performance"), 0);
	tree_file(&tree, POLICY "scaling_available_governors", "powersave performance \n");
	ck_assert_uint_eq(settings_of(&tree, ""), 1);
	tree_file(&tree, POLICY "scaling_governor", "performance\n");
	ck_assert_uint_eq(settings_of(&tree, "the cpufreq governors are performance already"), 0);
	tree_file(&tree, POLICY "scaling_governor", "powersave\n");
	if (geteuid()) { /* root may write everywhere */
		chmod(tree_path(&tree, POLICY "scaling_governor"), 0444);
		ck_assert_uint_eq(settings_of(&tree, "the cpufreq governors may not be changed "
						     "without root"), 0);
	}
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("room", the_room_is_what_the_kernel_says_is_available,
	  a_control_group_above_makes_the_room_smaller_and_its_cache_counts_as_free,
	  a_control_group_of_version_1_makes_the_room_smaller_as_well,
	  in_a_container_the_topmost_group_is_its_own,
	  where_nothing_can_be_read_nothing_more_is_taken,
	  the_reserve_is_a_share_of_the_memory_and_never_little,
	  a_machine_whose_settings_stay_says_why)
