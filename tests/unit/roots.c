/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/roots.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sys/child.h"
#include "harness/sys/disk.h"
#include "probes/probe.h"
#include "reports/labels.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What ends a script that hangs; an emulated machine gets as many times of it as check's own limits. */
static int64_t build_limit_ns(void)
{
	const char *said = getenv("CK_TIMEOUT_MULTIPLIER");
	int64_t times = 1;

	if (said)
		ck_assert_int_eq(scan_i64(said, 1, 1000, &times), 0);
	return times * 30 * INT64_C(1000000000);
}

void roots_build(struct tree *tree, const char *name)
{
	const char *const argv[] = { TEST_SOURCE_FOLDER "/tests/roots/build", name, tree->top,
				     NULL };
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct child_end end;

	ck_assert_int_eq(child_program(argv, build_limit_ns(), &out, &end, NULL), 0);
	ck_assert(!end.timed_out && !end.signal);
	ck_assert_int_eq(end.status, 0);
}

static void check_attributes(const struct inventory *inventory)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	const struct component *component;
	const struct attribute *attribute;

	ck_assert_int_eq(disk_read_file(TEST_SOURCE_FOLDER "/docs/formats/inventory.md", 1 << 20,
					&page, NULL), 0);
	for (component = inventory->component; component; component = component->next) {
		for (attribute = component->attribute; attribute; attribute = attribute->next) {
			char quoted[64];

			ck_assert_msg(label_known(attribute->name) != NULL,
				      "reports/labels.c has no row for '%s' of %s",
				      attribute->name, component->id);
			snprintf(quoted, sizeof(quoted), "`%s`", attribute->name);
			ck_assert_msg(strstr(page.data, quoted) != NULL,
				      "docs/formats/inventory.md does not tell of %s", quoted);
		}
	}
}

void roots_probe(struct tree *tree, const char *name, const char *class,
		 struct inventory *inventory)
{
	struct err err = ERR_INIT;
	const char *path = name ? tree_path(tree, name) : NULL;
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(path, &err);
	struct probe_place place = { .root = root, .ids = TEST_SOURCE_FOLDER "/probes/ids" };

	ck_assert_msg(root != NULL, "%s", err.text);
	ck_assert_int_eq(probe_classes(&place, &class, class ? 1 : 0, inventory, &err), 0);
	check_attributes(inventory);
}

char *roots_text(const struct inventory *inventory)
{
	struct buf out = BUF_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &out);
	inventory_write(&w, NULL, inventory);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	buf_addc(&out, '\n');
	return buf_detach(&out);
}
