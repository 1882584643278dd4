/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/sys/sysroot_parts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECRET_OF_HOST "content of the host"

/* The three places the issue names, each an absolute link at a file outside of the root. */
#define PCI_CONFIG "sys/bus/pci/devices/0000:00:01.0/config"
#define HWMON_VALUE "sys/class/hwmon/hwmon0/temp1_input"
#define TOPOLOGY "sys/devices/system/cpu/cpu0/topology/core_id"
static const char *const planted[] = { PCI_CONFIG, HWMON_VALUE, TOPOLOGY, NULL };

static struct tree tree;
static struct err err;

static void setup_root(void)
{
	char outside[512];

	tree = tree_make();
	memset(&err, 0, sizeof(err));
	tree_file(&tree, "outside", SECRET_OF_HOST);
	snprintf(outside, sizeof(outside), "%s", tree_path(&tree, "outside"));
	tree_folder(&tree, "root/proc");
	tree_link(&tree, "root/" PCI_CONFIG, outside);
	tree_link(&tree, "root/" TOPOLOGY, outside);
	/* The hwmon value by way of a folder link, and by climbing. */
	tree_file(&tree, "root/sys/devices/pci0/hwmon/hwmon0/name", "k10temp\n");
	tree_link(&tree, "root/sys/devices/pci0/hwmon/hwmon0/temp1_input",
		  "../../../../../../../../../../outside");
	tree_link(&tree, "root/sys/devices/pci0/hwmon/hwmon0/temp2_input", outside);
	tree_link(&tree, "root/sys/class/hwmon/hwmon0", "../../devices/pci0/hwmon/hwmon0");
}

static struct sysroot *open_root(bool walk)
{
	struct sysroot *root = NULL;

	ck_assert_int_eq(sysroot_open_folder(tree_path(&tree, "root"), walk, &root, &err), 0);
	root->walk = walk || root->walk;
	return root;
}

static void check_text(struct sysroot *root, const char *path, const char *want)
{
	struct buf out = BUF_INIT;

	err_clear(&err);
	ck_assert_msg(sysroot_read(root, path, &out, &err) == 0, "%s", err.plain);
	ck_assert_str_eq(out.data, want);
	buf_release(&out);
}

static int read_code(struct sysroot *root, const char *path)
{
	struct buf out = BUF_INIT;
	int code;

	err_clear(&err);
	code = sysroot_read(root, path, &out, &err);
	ck_assert_uint_eq(out.size, 0);
	buf_release(&out);
	return code;
}

static void check_never_leaves(bool walk)
{
	struct sysroot *root;
	size_t i;

	setup_root();
	root = open_root(walk);
	for (i = 0; planted[i]; i++)
		ck_assert_int_eq(read_code(root, planted[i]), ERR_NOT_FOUND);
	ck_assert_int_eq(read_code(root, "sys/class/hwmon/hwmon0/temp2_input"), ERR_NOT_FOUND);
	check_text(root, "sys/class/hwmon/hwmon0/name", "k10temp\n");
	ck_assert(!sysroot_exists(root, PCI_CONFIG));
	ck_assert(sysroot_exists(root, "sys/class/hwmon/hwmon0"));
	/* An absolute link whose target is in the root too is followed below it. */
	tree_file(&tree, "root/etc/hostfile", "of the root\n");
	tree_link(&tree, "root/sys/absolute", "/etc/hostfile");
	tree_link(&tree, "root/sys/folder", "/etc/../../etc");
	check_text(root, "sys/absolute", "of the root\n");
	check_text(root, "sys/folder/hostfile", "of the root\n");
	sysroot_free(root);
	tree_remove(&tree);
}

START_TEST(openat2_never_leaves_the_root)
{
	check_never_leaves(false);
}
END_TEST

START_TEST(the_walk_never_leaves_the_root)
{
	check_never_leaves(true);
}
END_TEST

START_TEST(openat2_is_used_where_the_kernel_has_it)
{
	struct sysroot *root;

	setup_root();
	root = open_root(false);
	if (sysroot_has_openat2(root->fd))
		ck_assert(!root->walk);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_link_loop_ends)
{
	bool walk;

	setup_root();
	tree_link(&tree, "root/sys/a", "b");
	tree_link(&tree, "root/sys/b", "a");
	for (walk = false;; walk = true) {
		struct sysroot *root = open_root(walk);
		struct buf real = BUF_INIT;

		ck_assert_int_eq(read_code(root, "sys/a"), ERR_IO);
		ck_assert_int_lt(sysroot_real_path(root, "sys/a", &real, NULL), 0);
		buf_release(&real);
		sysroot_free(root);
		if (walk)
			break;
	}
	tree_remove(&tree);
}
END_TEST

/* Every file below `folder`, links followed as a library would, looked through for the secret. */
static bool holds_secret(const char *folder)
{
	char command[600];

	snprintf(command, sizeof(command), "grep -Rqs '" SECRET_OF_HOST "' '%s'", folder);
	return WEXITSTATUS(system(command)) == 0;
}

START_TEST(a_materialised_root_holds_nothing_of_the_host)
{
	static const char *const globs[] = { "sys/bus/pci/devices/*/config",
					     "sys/class/hwmon/hwmon*/*",
					     "sys/devices/system/cpu/cpu*/topology/*", NULL };
	struct sysroot *root;
	const char *folder;
	char path[600], target[600];
	ssize_t size;

	setup_root();
	root = open_root(false);
	folder = sysroot_materialise(root, globs, &err);
	ck_assert_msg(folder != NULL, "%s", err.plain);
	ck_assert(holds_secret(tree_path(&tree, "root")));
	ck_assert(!holds_secret(folder));
	snprintf(path, sizeof(path), "%s/sys/class/hwmon/hwmon0/name", folder);
	ck_assert_int_eq(access(path, R_OK), 0);
	snprintf(path, sizeof(path), "%s/%s", folder, TOPOLOGY);
	ck_assert_int_eq(access(path, F_OK), -1);
	snprintf(path, sizeof(path), "%s/sys/class/hwmon/hwmon0", folder);
	size = readlink(path, target, sizeof(target) - 1);
	ck_assert_int_gt(size, 0);
	target[size] = 0;
	ck_assert_str_eq(target, "../../../sys/devices/pci0/hwmon/hwmon0");
	snprintf(path, sizeof(path), "%s", folder);
	sysroot_free(root);
	ck_assert_int_eq(access(path, F_OK), -1);
	tree_remove(&tree);
}
END_TEST

#define CPUS "sys/devices/system/cpu"

/* Whether CPUS is one link in what is materialised, and what cpu0/online says through it. */
static bool is_one_link(const char *globs, char *ret_online)
{
	const char *const all[] = { CPUS "/online", globs, NULL };
	struct sysroot *root = open_root(false);
	const char *folder = sysroot_materialise(root, all, &err);
	char path[600];
	struct stat stat;
	FILE *file;
	bool link;

	ck_assert_msg(folder != NULL, "%s", err.plain);
	snprintf(path, sizeof(path), "%s/" CPUS, folder);
	ck_assert_int_eq(lstat(path, &stat), 0);
	link = S_ISLNK(stat.st_mode);
	snprintf(path, sizeof(path), "%s/" CPUS "/cpu0/online", folder);
	file = fopen(path, "re");
	ck_assert_ptr_nonnull(file);
	*ret_online = (char)fgetc(file);
	fclose(file);
	sysroot_free(root);
	return link;
}

START_TEST(a_folder_without_links_is_materialised_by_one_link_and_stays_as_it_is)
{
	static const char globs[] = CPUS "/cpu[0-9]*/online";
	char online = 0;

	tree = tree_make();
	tree_file(&tree, "root/proc/cpuinfo", "processor\t: 0\n");
	tree_file(&tree, "root/" CPUS "/online", "0\n");
	tree_file(&tree, "root/" CPUS "/cpu0/online", "1\n");
	tree_file(&tree, "root/" CPUS "/cpu0/deep/er", "x\n");
	ck_assert(is_one_link(globs, &online));
	ck_assert_int_eq(online, '1');
	ck_assert_int_eq(access(tree_path(&tree, "root/" CPUS "/cpu0/deep/er"), F_OK), 0);
	/* A link anywhere below, even one that stays inside, or a pipe: copied as ever. */
	tree_link(&tree, "root/" CPUS "/cpu0/deep/link", "er");
	ck_assert(!is_one_link(globs, &online));
	ck_assert_int_eq(unlink(tree_path(&tree, "root/" CPUS "/cpu0/deep/link")), 0);
	tree_pipe(&tree, "root/" CPUS "/cpu0/pipe");
	ck_assert(!is_one_link(globs, &online));
	ck_assert_int_eq(online, '1');
	tree_remove(&tree);
}
END_TEST

static bool is_link(const char *folder, const char *path)
{
	char name[600];
	struct stat stat;

	snprintf(name, sizeof(name), "%s/%s", folder, path);
	ck_assert_int_eq(lstat(name, &stat), 0);
	return S_ISLNK(stat.st_mode);
}

START_TEST(beside_links_each_folder_and_file_without_links_is_one_link)
{
	static const char *const globs[] = { CPUS "/cpu[0-9]*/topology/*_id",
					     CPUS "/cpu[0-9]*/cache/index*/size",
					     CPUS "/cpu[0-9]*/online", NULL };
	struct sysroot *root;
	const char *folder;

	tree = tree_make();
	tree_file(&tree, "secret", SECRET_OF_HOST);
	tree_file(&tree, "root/proc/cpuinfo", "processor\t: 0\n");
	tree_file(&tree, "root/" CPUS "/cpu0/topology/core_id", "0\n");
	tree_file(&tree, "root/" CPUS "/cpu0/cache/index0/size", "64K\n");
	tree_link(&tree, "root/" CPUS "/cpu0/cache/index0/secret", tree_path(&tree, "secret"));
	tree_file(&tree, "root/" CPUS "/cpu0/online", "1\n");
	tree_link(&tree, "root/" CPUS "/cpu0/subsystem", tree_path(&tree, ""));
	root = open_root(false);
	folder = sysroot_materialise(root, globs, &err);
	ck_assert_msg(folder != NULL, "%s", err.plain);
	ck_assert(!is_link(folder, CPUS "/cpu0"));
	ck_assert(is_link(folder, CPUS "/cpu0/topology"));
	ck_assert(!is_link(folder, CPUS "/cpu0/cache/index0"));
	ck_assert(is_link(folder, CPUS "/cpu0/cache/index0/size"));
	ck_assert(is_link(folder, CPUS "/cpu0/online"));
	ck_assert(!holds_secret(folder));
	sysroot_free(root);
	ck_assert_int_eq(access(tree_path(&tree, "root/" CPUS "/cpu0/topology/core_id"), F_OK), 0);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_link_on_the_way_keeps_a_folder_from_being_linked)
{
	char online = 0;

	tree = tree_make();
	tree_file(&tree, "root/proc/cpuinfo", "processor\t: 0\n");
	tree_file(&tree, "elsewhere/cpu/online", "0\n");
	tree_file(&tree, "elsewhere/cpu/cpu0/online", "7\n");
	tree_file(&tree, "root/real/cpu/cpu0/online", "1\n");
	tree_link(&tree, "root/sys/devices/system", tree_path(&tree, "elsewhere"));
	tree_file(&tree, "root/elsewhere", "");
	/* Below the root the absolute link leads nowhere, whatever the host has there. */
	{
		static const char *const globs[] = { CPUS "/cpu[0-9]*/online", NULL };
		struct sysroot *root = open_root(false);
		const char *folder = sysroot_materialise(root, globs, &err);
		char path[600];

		ck_assert_ptr_nonnull(folder);
		snprintf(path, sizeof(path), "%s/" CPUS "/cpu0/online", folder);
		ck_assert_int_eq(access(path, F_OK), -1);
		sysroot_free(root);
	}
	ck_assert_int_eq(unlink(tree_path(&tree, "root/sys/devices/system")), 0);
	tree_link(&tree, "root/sys/devices/system", "../../real");
	ck_assert(!is_one_link(CPUS "/cpu[0-9]*/online", &online));
	ck_assert_int_eq(online, '1');
	tree_remove(&tree);
}
END_TEST

START_TEST(what_a_killed_child_materialised_goes_with_the_root)
{
	static const char *const globs[] = { "sys/class/hwmon/hwmon*/*", NULL };
	struct sysroot *root;
	char path[256] = "";
	int fd[2];
	pid_t child;

	setup_root();
	root = open_root(false);
	ck_assert_int_eq(pipe(fd), 0);
	child = fork();
	if (!child) {
		const char *folder = sysroot_materialise(root, globs, NULL);

		_exit(write(fd[1], folder, strlen(folder)) > 0 ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, NULL, 0), child);
	ck_assert_int_gt(read(fd[0], path, sizeof(path) - 1), 0);
	close(fd[0]);
	close(fd[1]);
	ck_assert_int_eq(access(path, F_OK), 0);
	sysroot_free(root);
	ck_assert_int_eq(access(path, F_OK), -1);
	tree_remove(&tree);
}
END_TEST

START_TEST(the_live_machine_is_materialised_in_place)
{
	static const char *const globs[] = { "proc/cpuinfo", NULL };
	struct sysroot *root = sysroot_open(NULL, &err);

	ck_assert_str_eq(sysroot_materialise(root, globs, &err), "/");
	ck_assert(sysroot_is_live(root));
	ck_assert_str_eq(sysroot_name(root), "live");
	sysroot_free(root);
}
END_TEST

START_TEST(absent_unreadable_and_empty_are_three_answers)
{
	struct sysroot *root;

	setup_root();
	tree_file(&tree, "root/sys/empty", "");
	tree_file(&tree, "root/sys/locked", "x");
	ck_assert_int_eq(chmod(tree_path(&tree, "root/sys/locked"), 0), 0);
	ck_assert_int_eq(chmod(tree.top, 0755), 0);
	if (geteuid() == 0)
		ck_assert_int_eq(seteuid(65534), 0);
	root = open_root(false);
	ck_assert_int_eq(read_code(root, "sys/nothing"), ERR_NOT_FOUND);
	ck_assert_int_eq(read_code(root, "sys/locked"), ERR_ACCESS);
	ck_assert_int_eq(read_code(root, "sys/empty"), 0);
	sysroot_free(root);
	if (getuid() == 0)
		ck_assert_int_eq(seteuid(0), 0);
	tree_remove(&tree);
}
END_TEST

START_TEST(pipes_and_devices_are_unreadable_and_never_block)
{
	struct sysroot *root;
	struct sysroot *live = sysroot_open(NULL, &err);

	setup_root();
	tree_pipe(&tree, "root/sys/pipe");
	root = open_root(false);
	ck_assert_int_eq(read_code(root, "sys/pipe"), ERR_UNSUPPORTED);
	ck_assert_int_eq(read_code(live, "dev/zero"), ERR_UNSUPPORTED);
	ck_assert_int_lt(read_code(live, "sys/class"), 0);
	sysroot_free(root);
	sysroot_free(live);
	tree_remove(&tree);
}
END_TEST

/* To open a device may do something: a tape winds, a modem dials. O_PATH opens are no events. */
START_TEST(pipes_and_devices_are_not_even_opened)
{
	struct sysroot *root;
	char event[512];
	int watch;

	setup_root();
	tree_pipe(&tree, "root/sys/pipe");
	watch = inotify_init1(IN_NONBLOCK);
	ck_assert_int_ge(inotify_add_watch(watch, tree_path(&tree, "root/sys/pipe"), IN_OPEN), 0);
	root = open_root(false);
	ck_assert_int_eq(read_code(root, "sys/pipe"), ERR_UNSUPPORTED);
	ck_assert_int_eq(read(watch, event, sizeof(event)), -1);
	close(watch);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_file_that_fails_while_being_read_is_there_and_unreadable)
{
	/* /proc/self/mem at offset 0: opens, then EIO. */
	struct sysroot *live = sysroot_open(NULL, &err);

	ck_assert_int_eq(read_code(live, "proc/self/mem"), ERR_IO);
	ck_assert(sysroot_exists(live, "proc/self/mem"));
	sysroot_free(live);
}
END_TEST

START_TEST(a_kept_descriptor_sees_changes)
{
	struct sysroot *root;
	char text[8] = "";
	int fd;

	setup_root();
	tree_file(&tree, "root/sys/value", "1\n");
	root = open_root(false);
	fd = sysroot_open_file(root, "sys/value", &err);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pread(fd, text, sizeof(text), 0), 2);
	ck_assert_str_eq(text, "1\n");
	tree_file(&tree, "root/sys/value", "2\n");
	ck_assert_int_eq(pread(fd, text, sizeof(text), 0), 2);
	ck_assert_str_eq(text, "2\n");
	close(fd);
	ck_assert_int_eq(sysroot_open_file(root, PCI_CONFIG, &err), ERR_NOT_FOUND);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(names_come_in_natural_order)
{
	static const char *const want[] = { "cpu1", "cpu2", "cpu02", "cpu10", "cpufreq" };
	struct sysroot_names names;
	struct sysroot *root;
	size_t i;

	setup_root();
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		char name[64];

		snprintf(name, sizeof(name), "root/sys/cpus/%s/online", want[i]);
		tree_file(&tree, name, "1\n");
	}
	root = open_root(false);
	ck_assert_int_eq(sysroot_list(root, "sys/cpus", &names, &err), 0);
	ck_assert_uint_eq(names.count, 5);
	ck_assert_str_eq(names.name[0], "cpu1");
	ck_assert_str_eq(names.name[3], "cpu10");
	ck_assert_str_eq(names.name[4], "cpufreq");
	sysroot_names_release(&names);
	ck_assert_int_eq(sysroot_glob(root, "sys/cpus/cpu[0-9]*/online", &names, &err), 0);
	ck_assert_uint_eq(names.count, 4);
	ck_assert_str_eq(names.name[0], "sys/cpus/cpu1/online");
	ck_assert_str_eq(names.name[3], "sys/cpus/cpu10/online");
	sysroot_names_release(&names);
	ck_assert_int_eq(sysroot_glob(root, "sys/cpus/gpu*/online", &names, &err), 0);
	ck_assert_uint_eq(names.count, 0);
	ck_assert_int_eq(sysroot_list(root, "sys/none", &names, &err), ERR_NOT_FOUND);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_path_that_climbs_is_refused)
{
	static const char *const bad[] = { "../outside", "sys/../../outside", "/etc/passwd",
					   "sys//a", "sys/./a", "sys/" };
	struct sysroot *root;
	size_t i;

	setup_root();
	root = open_root(false);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_int_eq(read_code(root, bad[i]), ERR_INTERNAL);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_strict_root_gives_only_what_the_globs_name)
{
	static const char *const globs[] = { "sys/class/hwmon/hwmon*/name", NULL };
	struct sysroot_names names;
	struct sysroot *root;

	setup_root();
	tree_file(&tree, "root/proc/cpuinfo", "x\n");
	root = open_root(false);
	sysroot_set_strict(root, globs);
	check_text(root, "sys/class/hwmon/hwmon0/name", "k10temp\n");
	ck_assert_int_eq(read_code(root, "proc/cpuinfo"), ERR_INTERNAL);
	ck_assert_int_eq(read_code(root, "sys/class/hwmon/hwmon0/temp1_input"), ERR_INTERNAL);
	ck_assert_int_eq(sysroot_list(root, "sys/class/hwmon", &names, &err), 0);
	sysroot_names_release(&names);
	ck_assert(!sysroot_exists(root, "proc"));
	err_clear(&err);
	ck_assert_int_eq(sysroot_glob(root, "sys/class/hwmon/hwmon*/*", &names, &err),
			 ERR_INTERNAL);
	ck_assert_int_eq(sysroot_glob(root, "sys/class/hwmon/hwmon?/name", &names, NULL), 0);
	ck_assert_uint_eq(names.count, 1);
	sysroot_names_release(&names);
	sysroot_set_strict(root, NULL);
	check_text(root, "proc/cpuinfo", "x\n");
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_captured_root_never_answers_with_a_fact_of_the_host)
{
	struct sysroot *root;

	setup_root();
	root = sysroot_open(tree_path(&tree, "root"), &err);
	ck_assert_ptr_null(sysroot_fact(root, "uname.machine"));
	ck_assert_ptr_null(sysroot_fact(root, "page-size"));
	ck_assert_ptr_null(sysroot_fact(root, "cpuid.00000000.00"));
	sysroot_free(root);
	tree_file(&tree, "root/facts",
		  "# comment\nuname.release 6.6.0 arm64\nuname.machine aarch64\n");
	root = sysroot_open(tree_path(&tree, "root"), &err);
	ck_assert_str_eq(sysroot_fact(root, "uname.machine"), "aarch64");
	ck_assert_str_eq(sysroot_fact(root, "uname.release"), "6.6.0 arm64");
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(the_machine_of_a_plain_folder_is_told_by_its_cpuinfo)
{
	static const struct {
		const char *cpuinfo, *machine;
	} row[] = {
		{ "processor\t: 0\nCPU implementer\t: 0x70\n", "aarch64" },
		{ "processor\t: 0\nISA\t: loongarch32r loongarch64\n", "loongarch64" },
		{ "isa\t: loongarch32 loongarch64\nfeatures\t: cpucfg\n", "loongarch64" },
		{ "cpu model\t: Loongson-3\nisa\t: mips1\nASEs implemented\t:\n", "mips64" },
		{ "vendor_id\t: CentaurHauls\n", "x86_64" },
		{ "vendor_id\t: sw_64\ncpu variation\t: 3\n", "sw_64" },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct sysroot *root;

		setup_root();
		tree_file(&tree, "root/proc/cpuinfo", row[i].cpuinfo);
		root = sysroot_open(tree_path(&tree, "root"), &err);
		ck_assert_str_eq(sysroot_fact(root, "uname.machine"), row[i].machine);
		sysroot_free(root);
		tree_remove(&tree);
	}
}
END_TEST

START_TEST(a_facts_file_with_a_bad_line_is_refused_with_its_line)
{
	setup_root();
	tree_file(&tree, "root/facts", "uname.machine aarch64\nBAD x\n");
	ck_assert_ptr_null(sysroot_open(tree_path(&tree, "root"), &err));
	ck_assert_int_eq(err.code, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(err.plain, "root/facts:2:"));
	tree_file(&tree, "root/facts", "a 1\na 2\n");
	err_clear(&err);
	ck_assert_ptr_null(sysroot_open(tree_path(&tree, "root"), &err));
	ck_assert_ptr_nonnull(strstr(err.plain, "twice"));
	tree_remove(&tree);
}
END_TEST

START_TEST(a_folder_without_proc_and_sys_and_other_files_are_refused)
{
	setup_root();
	tree_folder(&tree, "empty");
	tree_file(&tree, "text", "hello\n");
	ck_assert_ptr_null(sysroot_open(tree_path(&tree, "empty"), &err));
	ck_assert_int_eq(err.code, ERR_INPUT);
	err_clear(&err);
	ck_assert_ptr_null(sysroot_open(tree_path(&tree, "text"), &err));
	ck_assert_int_eq(err.code, ERR_INPUT);
	err_clear(&err);
	ck_assert_ptr_null(sysroot_open(tree_path(&tree, "none"), &err));
	ck_assert_int_eq(err.code, ERR_NOT_FOUND);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("sysroot", openat2_never_leaves_the_root, the_walk_never_leaves_the_root,
	  openat2_is_used_where_the_kernel_has_it, a_link_loop_ends,
	  a_materialised_root_holds_nothing_of_the_host,
	  a_folder_without_links_is_materialised_by_one_link_and_stays_as_it_is,
	  beside_links_each_folder_and_file_without_links_is_one_link,
	  a_link_on_the_way_keeps_a_folder_from_being_linked,
	  what_a_killed_child_materialised_goes_with_the_root,
	  the_live_machine_is_materialised_in_place, absent_unreadable_and_empty_are_three_answers,
	  pipes_and_devices_are_unreadable_and_never_block, pipes_and_devices_are_not_even_opened,
	  a_file_that_fails_while_being_read_is_there_and_unreadable,
	  a_kept_descriptor_sees_changes,
	  names_come_in_natural_order,
	  a_path_that_climbs_is_refused, a_strict_root_gives_only_what_the_globs_name,
	  a_captured_root_never_answers_with_a_fact_of_the_host,
	  the_machine_of_a_plain_folder_is_told_by_its_cpuinfo,
	  a_facts_file_with_a_bad_line_is_refused_with_its_line,
	  a_folder_without_proc_and_sys_and_other_files_are_refused)
