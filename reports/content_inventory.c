/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts list, class by class. Components that differ by nothing but their id share a line; a
 * class with few short attributes is a table, any other a list of names and values.
 */
#include "reports/content.h"
#include "reports/labels.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/text.h"

#include <string.h>

enum { MOST_COLUMNS = 7, LONG_VALUE = 60, IDS_SHOWN = 3 };

static const char *const certainty_mark[] = {
	[CERTAINTY_UNKNOWN] = N_("unknown"),
	[CERTAINTY_CONTRADICTORY] = N_("sources disagree"),
	[CERTAINTY_AMBIGUOUS] = N_("ambiguous"),
	[CERTAINTY_LIKELY] = N_("likely"),
	[CERTAINTY_CERTAIN] = "",
};

/* Lines of a class: a component and those that are its like. */
struct line {
	const struct component *first;
	size_t count;
	struct buf ids;
	struct line *next;
};

static bool same_value(const struct attribute *a, const struct attribute *b)
{
	if (strcmp(a->name, b->name) || a->kind != b->kind || a->certainty != b->certainty)
		return false;
	return a->kind == ATTRIBUTE_NUMBER ? a->number == b->number : !strcmp(a->text, b->text);
}

static bool are_alike(const struct component *a, const struct component *b)
{
	const struct attribute *one = a->attribute;
	const struct attribute *other = b->attribute;

	while (one && other && same_value(one, other)) {
		one = one->next;
		other = other->next;
	}
	return !one && !other;
}

static struct line *lines_of(struct content *content, const char *class)
{
	const struct component *component;
	struct line *list = NULL;
	struct line **at;

	for (component = inventory_first(&content->record->inventory, class); component;
	     component = inventory_next(component)) {
		for (at = &list; *at && !are_alike((*at)->first, component); at = &(*at)->next)
			;
		if (!*at) {
			*at = arena_new(&content->doc->arena, struct line);
			(*at)->first = component;
			buf_init(&(*at)->ids);
		}
		if ((*at)->count++ < IDS_SHOWN)
			buf_addf(&(*at)->ids, "%s%s", (*at)->ids.size ? ", " : "", component->id);
	}
	return list;
}

static void release_lines(struct line *line)
{
	for (; line; line = line->next)
		buf_release(&line->ids);
}

static void add_ids(struct content *content, struct row *row, const struct line *line)
{
	if (line->count > IDS_SHOWN)
		document_cell(content->doc, row, TONE_PLAIN, "%s ... (%zu)", line->ids.data,
			      line->count);
	else
		document_cell(content->doc, row, TONE_PLAIN, "%s", line->ids.data);
}

/* The value, and in brackets how sure it is unless it is certain. */
static const char *value_text(struct content *content, const struct attribute *attribute)
{
	size_t certainty = (size_t)attribute->certainty < ARRAY_SIZE(certainty_mark)
				   ? attribute->certainty : CERTAINTY_UNKNOWN;
	const char *value = label_flag(attribute)
				    ? tr(content, label_flag(attribute))
				    : label_value(&content->doc->arena, attribute);
	const char *mark = certainty_mark[certainty];

	if (!*mark)
		return value;
	return arena_printf(&content->doc->arena, "%s [%s]", value, tr(content, mark));
}

static void add_value(struct content *content, struct row *row, const struct attribute *attribute)
{
	struct cell *cell;

	if (!attribute) {
		document_cell(content->doc, row, TONE_MUTED, "-");
		return;
	}
	cell = document_cell(content->doc, row,
			     attribute->certainty == CERTAINTY_CONTRADICTORY ? TONE_WARN
									     : TONE_PLAIN,
			     "%s", value_text(content, attribute));
	if (attribute->source && *attribute->source)
		cell->note = document_clean(&content->doc->arena, attribute->source);
}

static bool is_long(const struct attribute *attribute)
{
	return attribute->kind == ATTRIBUTE_TEXT && text_columns(attribute->text) > LONG_VALUE;
}

/*
 * Every name in the class once, ascending. More than MOST_COLUMNS when there are more, or when a
 * value is so long that it would leave the other columns no room.
 */
static size_t names_of(const struct line *list, const char *name[MOST_COLUMNS])
{
	const struct line *line;
	size_t count = 0;

	for (line = list; line; line = line->next) {
		const struct attribute *attribute;

		for (attribute = line->first->attribute; attribute; attribute = attribute->next) {
			size_t i = 0;

			if (is_long(attribute))
				return MOST_COLUMNS + 1;
			while (i < count && strcmp(name[i], attribute->name) < 0)
				i++;
			if (i < count && !strcmp(name[i], attribute->name))
				continue;
			if (count == MOST_COLUMNS)
				return MOST_COLUMNS + 1;
			memmove(name + i + 1, name + i, (count++ - i) * sizeof(*name));
			name[i] = attribute->name;
		}
	}
	return count;
}

static const char *column_title(struct content *content, const char *name)
{
	return tr(content, label_attribute(&content->doc->arena, name));
}

static void add_table(struct content *content, struct block *section, const struct line *list,
		      const char *const *name, size_t count)
{
	struct block *table = document_block(content->doc, section, BLOCK_TABLE);
	const struct line *line;
	size_t i;

	document_column(content->doc, table, ALIGN_LEFT, tr(content, N_("Component")));
	for (i = 0; i < count; i++)
		document_column(content->doc, table, ALIGN_LEFT, column_title(content, name[i]));
	for (line = list; line; line = line->next) {
		struct row *row = document_row(content->doc, table);

		add_ids(content, row, line);
		for (i = 0; i < count; i++)
			add_value(content, row, component_attribute(line->first, name[i]));
	}
}

static void add_flow(struct content *content, struct block *section, const struct line *list)
{
	struct block *table = document_block(content->doc, section, BLOCK_TABLE);
	const struct line *line;

	document_column(content->doc, table, ALIGN_LEFT, tr(content, N_("Component")));
	document_column(content->doc, table, ALIGN_LEFT, tr(content, N_("Attributes")));
	for (line = list; line; line = line->next) {
		struct row *row = document_row(content->doc, table);
		AUTO(buf_release) struct buf text = BUF_INIT;
		const struct attribute *attribute;

		add_ids(content, row, line);
		for (attribute = line->first->attribute; attribute; attribute = attribute->next)
			buf_addf(&text, "%s%s: %s", text.size ? "  |  " : "",
				 column_title(content, attribute->name),
				 value_text(content, attribute));
		document_cell(content->doc, row, TONE_PLAIN, "%s", text.data);
	}
}

static void add_class(struct content *content, struct block *section,
		      const struct class_state *state)
{
	static const char *const presence[] = {
		[PRESENCE_UNREADABLE] = N_("not readable"),
		[PRESENCE_ABSENT] = N_("absent"),
		[PRESENCE_PRESENT] = N_("present"),
	};
	const char *name[MOST_COLUMNS + 1];
	struct line *list = lines_of(content, state->name);
	struct block *part = document_section(content->doc, section,
					      tr(content, class_title(state->name)));
	size_t count = names_of(list, name);

	if (state->presence != PRESENCE_PRESENT || (state->note && *state->note) || !list)
		document_paragraph(content->doc, part,
				   state->presence == PRESENCE_UNREADABLE ? TONE_WARN : TONE_MUTED,
				   "%s%s%s", tr(content, presence[state->presence]),
				   state->note && *state->note ? ": " : "",
				   state->note ? said(content, state->note) : "");
	if (list && count <= MOST_COLUMNS)
		add_table(content, part, list, name, count);
	else if (list)
		add_flow(content, part, list);
	release_lines(list);
}

static void add_problems(struct content *content, struct block *section)
{
	const struct problem *problem;
	struct block *part;
	struct block *list;

	if (!content->record->inventory.problem)
		return;
	part = document_section(content->doc, section,
				tr(content, N_("Problems met while reading")));
	list = document_block(content->doc, part, BLOCK_LIST);
	for (problem = content->record->inventory.problem; problem; problem = problem->next)
		document_cell(content->doc, document_row(content->doc, list), TONE_PLAIN,
			      "%s: %s (%s)", tr(content, class_title(problem->class)),
			      said(content, problem->detail), problem->code);
}

void content_inventory(struct content *content)
{
	const struct class_state *state;
	struct block *section = document_section(content->doc, content->root,
						 tr(content, N_("Inventory")));

	document_paragraph(
		content->doc, section, TONE_MUTED, "%s",
		tr(content, N_("Values without a remark in brackets are certain. Components that "
			       "differ only in their name share a line.")));
	for (state = content->record->inventory.class_state; state; state = state->next)
		add_class(content, section, state);
	add_problems(content, section);
}
