/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identity of a machine of every family (tests/roots/families), against tests/roots/identity.tsv. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/sys/disk.h"
#include "tests/unit/roots.h"

#include <stdio.h>
#include <string.h>

enum { ROOT, COMPONENT, ATTRIBUTE, VALUE, CERTAINTY, FIELDS };

/* A line of the table, cut at its tabs. */
static void cut(char *line, char *field[FIELDS])
{
	size_t i;

	for (i = 0; i < FIELDS; i++) {
		field[i] = line;
		line += strcspn(line, "\t");
		ck_assert_msg((*line == '\t') == (i + 1 < FIELDS), "identity.tsv: '%s'", field[0]);
		if (*line)
			*line++ = 0;
	}
}

/* What the machine says of the attribute, as text; "-" where the component or it is not there. */
static void said(const struct inventory *inventory, char *const field[FIELDS], struct buf *value,
		 const char **certainty)
{
	const struct component *component = inventory_find(inventory, field[COMPONENT]);
	const struct attribute *attribute = NULL;

	if (component)
		attribute = component_attribute(component, field[ATTRIBUTE]);
	*certainty = attribute ? certainty_name(attribute->certainty) : "-";
	if (!attribute)
		buf_adds(value, "-");
	else if (attribute->kind == ATTRIBUTE_TEXT)
		buf_adds(value, attribute->text);
	else
		buf_addf(value, "%lld", (long long)attribute->number);
}

static void check_row(const struct inventory *inventory, char *const field[FIELDS])
{
	AUTO(buf_release) struct buf value = BUF_INIT;
	const char *certainty;

	said(inventory, field, &value, &certainty);
	ck_assert_msg(!strcmp(value.data, field[VALUE]) && !strcmp(certainty, field[CERTAINTY]),
		      "%s: %s of %s is '%s' (%s), and should be '%s' (%s)", field[ROOT],
		      field[ATTRIBUTE], field[COMPONENT], value.data, certainty, field[VALUE],
		      field[CERTAINTY]);
}

/* The next line of the table, ended by a 0 instead of its newline; NULL behind the last. */
static char *next_line(char **at)
{
	char *line = *at;

	if (!*line)
		return NULL;
	*at += strcspn(line, "\n");
	if (**at)
		*(*at)++ = 0;
	return line;
}

/* All rows of one machine stand together, so that each is built once. */
START_TEST(a_machine_of_every_family_is_known)
{
	AUTO(buf_release) struct buf table = BUF_INIT;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	struct tree tree = tree_make();
	char root[64] = "";
	size_t machines = 0;
	char *line, *at;

	ck_assert_int_eq(disk_read_file(TEST_SOURCE_FOLDER "/tests/roots/identity.tsv", 1 << 20,
					&table, NULL), 0);
	for (at = table.data; (line = next_line(&at));) {
		char *field[FIELDS];

		if (*line == '#')
			continue;
		cut(line, field);
		if (strcmp(field[ROOT], root) != 0) {
			inventory_release(&inventory);
			inventory = (struct inventory)INVENTORY_INIT;
			snprintf(root, sizeof(root), "%s", field[ROOT]);
			roots_build(&tree, root);
			roots_probe(&tree, root, NULL, &inventory);
			machines++;
		}
		check_row(&inventory, field);
	}
	ck_assert_uint_ge(machines, 12);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("probe_families", a_machine_of_every_family_is_known)
