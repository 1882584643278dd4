/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "cuihuo-capture 1\ntool 0.1.0\ncreated 2026-11-23T05:54:00Z unsynchronised\n"

static struct tree tree;
static struct err err;

static const char *const globs[] = { "proc/cpuinfo", "sys/class/net/*", "sys/class/net/*/address",
				     "sys/class/net/*/missing", "sys/class/hwmon/hwmon*/name",
				     "sys/class/tpm/tpm0/version", "sys/firmware/*", "sys/odd/*",
				     "sys/odd.more", NULL };

static void setup_root(void)
{
	tree = tree_make();
	err_clear(&err);
	tree_file(&tree, "root/proc/cpuinfo", "CPU implementer\t: 0x70\nno end");
	tree_file(&tree, "root/facts", "uname.machine aarch64\nuname.release 5.4\n");
	tree_file(&tree, "root/sys/devices/pci/net/eth0/address", "00:11:22:33:44:55\n");
	tree_link(&tree, "root/sys/class/net/eth0", "../../devices/pci/net/eth0");
	tree_link(&tree, "root/sys/class/net/gone", "../../devices/nothing");
	tree_folder(&tree, "root/sys/class/hwmon");
	tree_folder(&tree, "root/sys/class/tpm");
	tree_bytes(&tree, "root/sys/firmware/table", "\0\1\2\xff", 4);
	tree_file(&tree, "root/sys/firmware/empty", "");
	tree_file(&tree, "root/sys/odd/a b\\c\xff", "\t\xe6\xb7\xac\n\n");
	tree_pipe(&tree, "root/sys/odd/pipe");
	tree_file(&tree, "root/sys/odd.more", "");
}

static void collect_text(struct buf *out)
{
	AUTO(capture_release) struct capture capture = CAPTURE_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(tree_path(&tree, "root"), &err);

	ck_assert_ptr_nonnull(root);
	ck_assert_int_eq(capture_collect(&capture, root, globs, "0.1.0", &err), 0);
	capture.created = "2026-11-23T05:54:00Z";
	capture.synchronised = false;
	capture_write(&capture, out);
}

START_TEST(a_folder_is_written_down_as_the_format_says)
{
	AUTO(buf_release) struct buf text = BUF_INIT;

	setup_root();
	ck_assert_int_eq(chmod(tree_path(&tree, "root/sys/firmware/table"), 0400), 0);
	collect_text(&text);
	ck_assert_str_eq(text.data, HEAD
			 "fact uname.machine aarch64\n"
			 "fact uname.release 5.4\n"
			 "file proc/cpuinfo 644 29 text\n"
			 "|CPU implementer\t: 0x70\n"
			 ".no end\n"
			 "folder sys/class/hwmon\n"
			 "link sys/class/net/eth0 ../../devices/pci/net/eth0\n"
			 "link sys/class/net/gone ../../devices/nothing\n"
			 "folder sys/class/tpm\n"
			 "file sys/devices/pci/net/eth0/address 644 18 text\n"
			 "|00:11:22:33:44:55\n"
			 "file sys/firmware/empty 644 0 text\n"
			 "file sys/firmware/table 400 4 hex\n"
			 "=000102ff\n"
			 "file sys/odd/a\\x20b\\x5cc\\xff 644 6 text\n"
			 "|\t\xe6\xb7\xac\n"
			 "|\n"
			 "unreadable sys/odd/pipe 600 EOPNOTSUPP\n"
			 "file sys/odd.more 644 0 text\n"
			 "end 11\n");
	tree_remove(&tree);
}
END_TEST

/* What a root answers to everything one can ask of it about `path`, as text. */
static void add_answers(struct sysroot *root, const char *path, struct buf *out)
{
	struct sysroot_names names = { .count = 0 };
	AUTO(buf_release) struct buf answer = BUF_INIT;
	size_t i;
	int code;

	buf_addf(out, "%s: %d", path, sysroot_exists(root, path));
	code = sysroot_read(root, path, &answer, NULL);
	buf_addf(out, " read %d [%s]", code, answer.data);
	buf_reset(&answer);
	code = sysroot_read_link(root, path, &answer, NULL);
	buf_addf(out, " link %d [%s]", code, answer.data);
	buf_reset(&answer);
	code = sysroot_real_path(root, path, &answer, NULL);
	buf_addf(out, " real %d [%s]", code, answer.data);
	code = sysroot_list(root, path, &names, NULL);
	buf_addf(out, " list %d", code);
	for (i = 0; i < names.count; i++)
		buf_addf(out, " %s", names.name[i]);
	buf_addc(out, '\n');
	sysroot_names_release(&names);
	code = sysroot_open_file(root, path, NULL);
	if (code >= 0)
		close(code);
	buf_addf(out, " open %d\n", code < 0 ? code : 0);
}

static void add_all_answers(struct sysroot *root, struct buf *out)
{
	static const char *const path[] = {
		"proc/cpuinfo", "proc/cpuinfo/x", "sys", "sys/class", "sys/class/net",
		"sys/class/net/eth0", "sys/class/net/eth0/address", "sys/class/net/gone",
		"sys/class/net/none", "sys/class/hwmon", "sys/class/tpm", "sys/class/tpm/tpm0",
		"sys/class/tpm/tpm0/version", "sys/firmware", "sys/firmware/empty", "sys/odd",
		"sys/odd.more", "sys/odd/a b\\c\xff",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(path); i++)
		add_answers(root, path[i], out);
	buf_addf(out, "%s %s\n", sysroot_fact(root, "uname.machine"),
		 sysroot_fact(root, "uname.release"));
	for (i = 0; globs[i]; i++) {
		struct sysroot_names names;
		size_t j;

		buf_addf(out, "%s:", globs[i]);
		ck_assert_int_eq(sysroot_glob(root, globs[i], &names, NULL), 0);
		for (j = 0; j < names.count; j++)
			buf_addf(out, " %s", names.name[j]);
		buf_addc(out, '\n');
		sysroot_names_release(&names);
	}
}

START_TEST(a_capture_answers_as_the_folder_did)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(buf_release) struct buf of_folder = BUF_INIT;
	AUTO(buf_release) struct buf of_capture = BUF_INIT;
	struct sysroot *root;

	setup_root();
	collect_text(&text);
	tree_file(&tree, "one.capture", text.data);
	root = sysroot_open(tree_path(&tree, "root"), &err);
	add_all_answers(root, &of_folder);
	sysroot_free(root);
	root = sysroot_open(tree_path(&tree, "one.capture"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	ck_assert_str_eq(sysroot_name(root), "one.capture");
	add_all_answers(root, &of_capture);
	sysroot_free(root);
	ck_assert_str_eq(of_capture.data, of_folder.data);
	tree_remove(&tree);
}
END_TEST

START_TEST(an_absolute_link_in_a_capture_is_followed_below_it)
{
	static const char *const all[] = { "sys/*", NULL };
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct sysroot *root;
	const char *folder;
	char path[300];

	tree = tree_make();
	tree_file(&tree, "one.capture", HEAD "file etc/inside 444 3 text\n|in\n"
					"link sys/climbs ../../../../etc/inside\n"
					"link sys/inside /etc/inside\n"
					"link sys/outside /etc/passwd\nend 4\n");
	root = sysroot_open(tree_path(&tree, "one.capture"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	ck_assert_int_eq(sysroot_read(root, "sys/inside", &out, &err), 0);
	ck_assert_int_eq(sysroot_read(root, "sys/climbs", &out, &err), 0);
	ck_assert_str_eq(out.data, "in\nin\n");
	ck_assert_int_eq(sysroot_read(root, "sys/outside", &out, &err), ERR_NOT_FOUND);
	folder = sysroot_materialise(root, all, &err);
	snprintf(path, sizeof(path), "%s/sys/outside", folder);
	ck_assert_int_eq(faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW), -1);
	snprintf(path, sizeof(path), "%s/sys/inside", folder);
	buf_reset(&out);
	ck_assert_int_eq(disk_read_file(path, 100, &out, NULL), 0);
	ck_assert_str_eq(out.data, "in\n");
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_bad_capture_is_refused_with_its_line)
{
	static const struct {
		const char *text;
		int line;
	} row[] = {
		{ "cuihuo-capture 2\n", 1 },
		{ "cuihuo-capture 1\n", 2 },
		{ "cuihuo-capture 1\ntool 1\ncreated now well\nend 0\n", 3 },
		{ HEAD, 4 },
		{ HEAD "end 0", 4 },
		{ HEAD "end 1\n", 4 },
		{ HEAD "end 0\nmore\n", 4 },
		{ HEAD "end 00\n", 4 },
		{ HEAD "fact B x\nend 0\n", 4 },
		{ HEAD "fact b 1\nfact a 1\nend 0\n", 5 },
		{ HEAD "fact a 1\nfact a 2\nend 0\n", 5 },
		{ HEAD "folder ../x\nend 1\n", 4 },
		{ HEAD "folder a/../x\nend 1\n", 4 },
		{ HEAD "folder /etc\nend 1\n", 4 },
		{ HEAD "folder a//b\nend 1\n", 4 },
		{ HEAD "folder a/\nend 1\n", 4 },
		{ HEAD "folder .\nend 1\n", 4 },
		{ HEAD "folder a\\x00b\nend 1\n", 4 },
		{ HEAD "folder a\\x2e\\x2e\nend 1\n", 4 },
		{ HEAD "folder a\\n\nend 1\n", 4 },
		{ HEAD "folder a\\x2\nend 1\n", 4 },
		{ HEAD "folder b\nfolder a\nend 2\n", 5 },
		{ HEAD "folder a\nfolder a\nend 2\n", 5 },
		{ HEAD "folder a\nfolder a/b\nend 2\n", 5 },
		{ HEAD "link a /etc\nfile a/passwd 444 0 text\nend 2\n", 5 },
		{ HEAD "link a\nend 1\n", 4 },
		{ HEAD "unreadable a 444 EWHAT\nend 1\n", 4 },
		{ HEAD "unreadable a 4444 EIO\nend 1\n", 4 },
		{ HEAD "file a 444 5 text\n|x\nend 1\n", 6 },
		{ HEAD "file a 444 1 text\n|x\nend 1\n", 5 },
		{ HEAD "file a 444 2 hex\n=7879\nend 1\n", 4 },
		{ HEAD "file a 444 2 hex\n=FFFF\nend 1\n", 5 },
		{ HEAD "file a 444 2 hex\n=ff\n=ff\nend 1\n", 5 },
		{ HEAD "file a 444 4194305 text\nend 1\n", 4 },
		{ HEAD "file a 444 -1 text\nend 1\n", 4 },
		{ HEAD "file a 444 0 text \nend 1\n", 4 },
		{ HEAD "door a\nend 1\n", 4 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(capture_release) struct capture capture = CAPTURE_INIT;
		char place[32];

		err_clear(&err);
		ck_assert_msg(capture_read(&capture, row[i].text, strlen(row[i].text), "x.capture",
					   &err) == ERR_INPUT, "%s", row[i].text);
		snprintf(place, sizeof(place), "x.capture:%d: ", row[i].line);
		ck_assert_msg(!strncmp(err.plain, place, strlen(place)), "%s: %s", row[i].text,
			      err.plain);
	}
}
END_TEST

START_TEST(a_zero_byte_and_a_carriage_return_are_refused)
{
	static const char zero[] = HEAD "file a 444 2 text\n|\0\nend 1\n";
	static const char blank[] = HEAD "folder a\0\nend 1\n";
	static const char cr[] = HEAD "file a 444 3 text\n|x\r\nend 1\n";
	AUTO(capture_release) struct capture capture = CAPTURE_INIT;

	ck_assert_int_eq(capture_read(&capture, zero, sizeof(zero) - 1, "x", NULL), ERR_INPUT);
	capture_release(&capture);
	ck_assert_int_eq(capture_read(&capture, blank, sizeof(blank) - 1, "x", NULL), ERR_INPUT);
	capture_release(&capture);
	ck_assert_int_eq(capture_read(&capture, cr, sizeof(cr) - 1, "x", NULL), ERR_INPUT);
}
END_TEST

START_TEST(a_capture_cut_anywhere_is_refused)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	size_t i;

	setup_root();
	collect_text(&text);
	for (i = 0; i < text.size; i++) {
		AUTO(capture_release) struct capture capture = CAPTURE_INIT;

		ck_assert_int_eq(capture_read(&capture, text.data, i, "x", NULL), ERR_INPUT);
	}
	tree_remove(&tree);
}
END_TEST

START_TEST(an_unreadable_folder_stays_unreadable)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct sysroot_names names;
	struct sysroot *root;

	tree = tree_make();
	tree_file(&tree, "one.capture", HEAD "unreadable sys/a 700 EACCES\n"
					"unreadable sys/b 444 EIO\nend 2\n");
	root = sysroot_open(tree_path(&tree, "one.capture"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	ck_assert_int_eq(sysroot_list(root, "sys/a", &names, NULL), ERR_ACCESS);
	ck_assert_int_eq(sysroot_read(root, "sys/a/x", &out, NULL), ERR_ACCESS);
	ck_assert_int_eq(sysroot_read(root, "sys/b", &out, NULL), ERR_IO);
	ck_assert_int_eq(sysroot_read(root, "sys/c", &out, NULL), ERR_NOT_FOUND);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("capture", a_folder_is_written_down_as_the_format_says,
	  a_capture_answers_as_the_folder_did, an_absolute_link_in_a_capture_is_followed_below_it,
	  a_bad_capture_is_refused_with_its_line, a_zero_byte_and_a_carriage_return_are_refused,
	  a_capture_cut_anywhere_is_refused, an_unreadable_folder_stays_unreadable)
