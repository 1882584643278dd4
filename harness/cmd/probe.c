/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/cmd/command.h"
#include "harness/cmd/folders.h"
#include "harness/sys/sysroot.h"
#include "probes/probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct style {
	const char *strong, *weak, *bad, *end;
};

static const struct style plain = { "", "", "", "" };
static const struct style colored = { "\033[1m", "\033[2m", "\033[31m", "\033[0m" };

struct view {
	struct buf out;
	struct arena arena;
	const struct style *style;
	const struct inventory *inventory;
};

/* The text, then blanks up to `columns` columns of a terminal. */
static void pad(struct buf *out, const char *text, size_t columns)
{
	size_t used = text_columns(text);

	buf_adds(out, text);
	while (used++ < columns)
		buf_addc(out, ' ');
}

/* No machine drives the terminal of who looks at it. */
static void clean(struct buf *out)
{
	if (!out->size)
		return;
	text_clean(out->data);
	buf_cut(out, strlen(out->data));
}

static void value_text(const struct attribute *attribute, struct buf *out)
{
	buf_reset(out);
	if (attribute->kind == ATTRIBUTE_NUMBER)
		buf_addf(out, "%" PRId64, attribute->number);
	else
		buf_adds(out, attribute->text);
	clean(out);
}

/* What is certain needs no word; a text that was no UTF-8 says how it was read. */
static void note_text(const struct attribute *attribute, struct buf *out)
{
	buf_reset(out);
	if (attribute->certainty != CERTAINTY_CERTAIN)
		buf_addf(out, "%s, ", certainty_name(attribute->certainty));
	if (attribute->kind == ATTRIBUTE_TEXT && attribute->encoding != TEXT_UTF8)
		buf_addf(out, "%s, ", text_encoding_name(attribute->encoding));
	buf_adds(out, attribute->source);
	clean(out);
}

struct widths {
	size_t name, value;
};

enum { VALUE_COLUMNS_MAX = 44 };

static struct widths measure(const struct inventory *inventory, const char *class)
{
	const struct component *component = inventory_first(inventory, class);
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct widths widths = { .name = 0 };

	for (; component; component = inventory_next(component)) {
		const struct attribute *attribute = component->attribute;

		for (; attribute; attribute = attribute->next) {
			size_t name = text_columns(attribute->name);
			size_t value;

			value_text(attribute, &text);
			value = text_columns(text.data);
			widths.name = name > widths.name ? name : widths.name;
			if (value > widths.value && value <= VALUE_COLUMNS_MAX)
				widths.value = value;
		}
	}
	return widths;
}

static void show_component(struct view *view, const struct component *component,
			   const struct widths *widths)
{
	const struct attribute *attribute;
	AUTO(buf_release) struct buf text = BUF_INIT;

	buf_addf(&view->out, "  %s\n", component->id);
	for (attribute = component->attribute; attribute; attribute = attribute->next) {
		buf_adds(&view->out, "    ");
		pad(&view->out, attribute->name, widths->name + 2);
		value_text(attribute, &text);
		pad(&view->out, text.data, widths->value);
		buf_adds(&view->out, "  ");
		note_text(attribute, &text);
		buf_addf(&view->out, "%s%s%s\n", view->style->weak, text.data, view->style->end);
	}
}

static void show_class(struct view *view, const struct class_state *state)
{
	const struct component *component = inventory_first(view->inventory, state->name);
	struct widths widths = measure(view->inventory, state->name);
	static const char *const word[] = { N_("unreadable"), N_("absent"), N_("present") };

	buf_addf(&view->out, "%s%s%s", view->style->strong, state->name, view->style->end);
	if (state->presence != PRESENCE_PRESENT || state->note)
		buf_addf(&view->out, "  %s%s%s%s%s",
			 state->presence == PRESENCE_UNREADABLE ? view->style->bad : "",
			 _(word[state->presence]),
			 state->presence == PRESENCE_UNREADABLE ? view->style->end : "",
			 state->note ? ": " : "",
			 state->note ? cmd_said(&view->arena, state->note) : "");
	buf_addc(&view->out, '\n');
	for (; component; component = inventory_next(component))
		show_component(view, component, &widths);
}

static int show(const struct cmd *cmd, const struct inventory *inventory)
{
	struct view view = { .out = BUF_INIT, .arena = ARENA_INIT, .inventory = inventory,
			     .style = cmd->color_out ? &colored : &plain };
	const struct class_state *state;
	const struct problem *problem;
	int code;

	buf_addf(&view.out, _("Machine: %s, architecture %s\n"),
		 text_cleaned(&view.arena, inventory->root),
		 text_cleaned(&view.arena, inventory->arch));
	if (inventory->pack_digest)
		buf_addf(&view.out, _("Tables of names: %s, SM3 %s\n"),
			 text_cleaned(&view.arena, inventory->pack_version),
			 text_cleaned(&view.arena, inventory->pack_digest));
	for (state = inventory->class_state; state; state = state->next)
		show_class(&view, state);
	if (inventory->problem)
		buf_addf(&view.out, "%s%s%s\n", view.style->strong, _("Problems while reading"),
			 view.style->end);
	for (problem = inventory->problem; problem; problem = problem->next)
		buf_addf(&view.out, "  %s: %s%s%s: %s\n", problem->class, view.style->bad,
			 problem->code, view.style->end, cmd_said(&view.arena, problem->detail));
	code = cmd_put(cmd, view.out.data, view.out.size);
	buf_release(&view.out);
	arena_release(&view.arena);
	return code;
}

static int show_json(const struct cmd *cmd, const struct inventory *inventory)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &text);
	inventory_write(&w, NULL, inventory);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&text, '\n');
	return cmd_put(cmd, text.data, text.size);
}

/* Every class that was asked for has a row; otherwise a usage error that lists them. */
static int check_classes(const struct cmd *cmd)
{
	AUTO(buf_release) struct buf list = BUF_INIT;
	size_t i;
	int k;

	for (i = 0; i < probe_count; i++)
		buf_addf(&list, "%s%s", i ? ", " : "", probe_table[i]->name);
	for (k = 0; k < cmd->argument_count; k++) {
		if (!probe_find(cmd->argument[k]))
			return cmd_usage(cmd, _("there is no component class '%s'; there are: %s"),
					 cmd->argument[k], list.data);
	}
	return EXIT_PASS;
}

static int run(struct cmd *cmd)
{
	AUTO(buf_release) struct buf ids = BUF_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	struct probe_place place = { .root = NULL };
	struct err err = ERR_INIT;
	int code = check_classes(cmd);

	if (code)
		return code;
	root = sysroot_open(cmd_option(cmd, "root"), &err);
	if (!root)
		return cmd_fail(cmd, &err);
	code = folders_names(cmd, &ids);
	if (code)
		return code;
	place = (struct probe_place){ .root = root, .ids = ids.data };
	if (probe_classes(&place, (const char *const *)cmd->argument, (size_t)cmd->argument_count,
			  &inventory, &err) < 0)
		return cmd_fail(cmd, &err);
	return cmd_option(cmd, "json") ? show_json(cmd, &inventory) : show(cmd, &inventory);
}

static const struct cmd_option option[] = {
	{ "root", "DIR|FILE", N_("read a captured machine instead of this one") },
	{ "data", "DIR", N_("tables of names from there, not those that are installed") },
	{ "json", NULL, N_("print the canonical inventory") },
	{ NULL, NULL, NULL },
};

const struct command command_probe = {
	.name = "probe",
	.summary = N_("say what this machine is made of"),
	.arguments = "[CLASS...]",
	.option = option,
	.argument_max = -1,
	.run = run,
};
