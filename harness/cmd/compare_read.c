/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/compare_read.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/cmd/folders.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/run_folder.h"
#include "harness/issue/judged.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot.h"
#include "probes/probe.h"

#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int read_root(const struct cmd *cmd, struct subject *subject)
{
	AUTO(buf_release) struct buf ids = BUF_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	struct probe_place place = { .root = NULL };
	struct err err = ERR_INIT;
	int code;

	subject->form = SUBJECT_ROOT;
	root = sysroot_open(subject->path, &err);
	if (!root)
		return cmd_fail(cmd, &err);
	code = folders_names(cmd, &ids);
	if (code)
		return code;
	place = (struct probe_place){ .root = root, .ids = ids.data };
	if (probe_classes(&place, NULL, 0, &subject->own, &err) < 0)
		return cmd_fail(cmd, &err);
	return EXIT_PASS;
}

static int read_record(const struct cmd *cmd, const struct buf *bytes, struct subject *subject)
{
	struct kernel_table kernels = kernels_table(&subject->arena);
	struct err err = ERR_INIT;

	subject->form = SUBJECT_RECORD;
	if (record_parse(bytes->data, bytes->size, subject->path, &kernels, &subject->record,
			 &err) < 0)
		return cmd_fail(cmd, &err);
	return EXIT_PASS;
}

static int read_run(const struct cmd *cmd, struct subject *subject)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct kernel_table kernels = kernels_table(&subject->arena);
	struct err err = ERR_INIT;
	bool from_journal;

	if (run_folder_record(subject->path, &kernels, &bytes, &from_journal, &err) < 0)
		return cmd_fail(cmd, &err);
	return read_record(cmd, &bytes, subject);
}

/* Of what is JSON a record has an inventory, and an inventory has components. */
static int read_json(const struct cmd *cmd, const struct buf *bytes, struct subject *subject)
{
	struct err err = ERR_INIT;
	AUTO(json_release) json_t *root =
		json_read(bytes->data, bytes->size, subject->path, &err);

	if (!root)
		return cmd_fail(cmd, &err);
	if (json_object_get(root, "inventory"))
		return read_record(cmd, bytes, subject);
	if (inventory_read(root, subject->path, &subject->own, &err) < 0)
		return cmd_fail(cmd, &err);
	return EXIT_PASS;
}

int subject_read(const struct cmd *cmd, const char *path, struct subject *subject)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct err err = ERR_INIT;

	subject->path = path;
	if (run_folder_is(path))
		return read_run(cmd, subject);
	if (is_folder(path))
		return read_root(cmd, subject);
	if (disk_read_file(path, JUDGED_SIZE_MAX, &bytes, &err) < 0)
		return cmd_fail(cmd, &err);
	return bytes.data[0] == '{' ? read_json(cmd, &bytes, subject) : read_root(cmd, subject);
}

const struct inventory *subject_inventory(const struct subject *subject)
{
	return subject->form == SUBJECT_RECORD ? &subject->record.inventory : &subject->own;
}

void subject_release(struct subject *subject)
{
	record_release(&subject->record);
	inventory_release(&subject->own);
	arena_release(&subject->arena);
}
