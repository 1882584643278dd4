/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An expectation that names a file: the inventory of a first article is what every machine must be. */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/delta.h"

#include <string.h>

/* Beside the file that names it, unless the path says otherwise. */
static const char *path_of(struct loader *l, const struct tree *value, const char *name)
{
	const char *slash = strrchr(value->file, '/');

	if (name[0] == '/' || !slash)
		return name;
	return arena_printf(&l->arena, "%.*s/%s", (int)(slash - value->file), value->file, name);
}

/* What could not be read on the first article would be unknown on every machine. */
static void check_whole(struct loader *l, const struct tree *value, const struct inventory *bom)
{
	const struct class_state *state;

	for (state = bom->class_state; state; state = state->next) {
		if (state->presence == PRESENCE_UNREADABLE)
			problem_at(l, value,
				   "class '%s' could not be read when this bill of materials was "
				   "made; make it again as root, or write the class under 'except'",
				   state->name);
	}
	if (bom->problem)
		problem_at(l, value,
			   "class '%s' was read in part when this bill of materials was made; make "
			   "it again as root, or write the class under 'except'",
			   bom->problem->class);
	if (!bom->component)
		problem_at(l, value, "this bill of materials has no parts");
}

static void parse(struct loader *l, const struct tree *value, const struct buf *bytes,
		  const char *const *except, struct inventory *bom)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	struct err err = ERR_INIT;
	AUTO(json_release) json_t *root =
		json_read(bytes->data, bytes->size, value->text, &err);

	if (!root || inventory_read(root, value->text, &inventory, &err) < 0) {
		problem_at(l, value, "this is no inventory as 'probe --json' prints it: %s",
			   err.text);
		return;
	}
	bom_make(&inventory, except, bom);
	check_whole(l, value, bom);
}

static const char *const *read_except(struct loader *l, const struct tree *value)
{
	const char *const *text = NULL;
	const char **list;
	const struct tree *item;
	size_t count = 0;

	if (!value || !value_texts(l, value, &text, &count))
		return NULL;
	for (item = value->child; item; item = item->next)
		check_class(l, item);
	list = arena_array(&l->arena, const char *, count + 1);
	memcpy(list, text, count * sizeof(*list));
	return list;
}

void read_bom(struct loader *l, const struct tree *file, const struct tree *except,
	      struct expectation *e)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	const char *const *list = read_except(l, except);
	struct err err = ERR_INIT;
	const char *name, *slash;

	if (!value_text(l, file, &name))
		return;
	slash = strrchr(name, '/');
	e->rule = EXPECT_BOM;
	e->file = arena_strdup(&l->profile->arena, slash ? slash + 1 : name);
	if (!l->load->open_file)
		problem_at(l, file, "no other files can be read here");
	else if (l->load->open_file(l->load->context, path_of(l, file, name), &bytes, &err) < 0)
		problem_at(l, file, "cannot read the bill of materials: %s", err.text);
	else {
		struct inventory *bom = profile_new_bom(l->profile);

		e->bom = bom;
		parse(l, file, &bytes, list, bom);
	}
}
