/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/compare_show.h"

#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/text.h"
#include "harness/cmd/columns.h"
#include "reports/content.h"
#include "reports/labels.h"

#include <string.h>

static const struct {
	const char *text, *color;
	enum exit_code exit;
} answer_row[] = {
	[DELTAS_UNKNOWN] = { N_("CANNOT TELL: not everything could be compared"), "\033[33m",
			     EXIT_INCOMPLETE },
	[DELTAS_DIFFERENT] = { N_("DIFFERENT"), "\033[31m", EXIT_FAILED },
	[DELTAS_SAME] = { N_("SAME: nothing that counts differs"), "\033[32m", EXIT_PASS },
};

static const char *const kind_word[DELTA_KINDS] = {
	[DELTA_UNKNOWN] = N_("cannot tell"), [DELTA_DOWNGRADED] = N_("downgraded"),
	[DELTA_CHANGED] = N_("changed"),     [DELTA_REMOVED] = N_("removed"),
	[DELTA_ADDED] = N_("added"),	     [DELTA_MOVED] = N_("moved"),
};

/* --- by slot ---------------------------------------------------------------------------------- */

static const char *value_text(struct arena *arena, const struct attribute *attribute)
{
	if (!attribute)
		return _("not known");
	return label_flag(attribute) ? _(label_flag(attribute))
				     : text_cleaned(arena, label_value(arena, attribute));
}

static void add_values(struct arena *arena, const struct delta *delta, struct buf *out)
{
	const struct delta_value *value;

	for (value = delta->value; value; value = value->next)
		buf_addf(out, "%s%s %s → %s", out->size ? "; " : "",
			 _(label_attribute(arena, value->name)), value_text(arena, value->was),
			 value_text(arena, value->now));
}

static void add_what(struct arena *arena, const struct delta *delta, struct buf *out)
{
	const char *was = delta->was_part ? text_cleaned(arena, delta->was_part) : NULL;
	const char *now = delta->now_part ? text_cleaned(arena, delta->now_part) : NULL;

	if (delta->note)
		buf_adds(out, cmd_said(arena, delta->note));
	else if (!was || !now)
		buf_adds(out, was ? was : now);
	else if (delta->kind == DELTA_MOVED)
		buf_addf(out, _("%s, to %s"), was, text_cleaned(arena, delta->now));
	else if (strcmp(was, now))
		buf_addf(out, "%s → %s", was, now);
	else if (strcmp(was, delta->was))
		buf_adds(out, was);
	if (delta->value && out->size)
		buf_adds(out, ": ");
}

static void add_rows(const struct comparison *c, bool passing, struct buf *out)
{
	struct columns table = { .count = 4 };
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct delta *delta;

	columns_cell(&table, "%s", _("class"));
	columns_cell(&table, "%s", _("slot"));
	columns_cell(&table, "%s", _("change"));
	columns_cell(&table, "%s", _("difference"));
	for (delta = c->deltas->delta; delta; delta = delta->next) {
		AUTO(buf_release) struct buf what = BUF_INIT;
		AUTO(buf_release) struct buf values = BUF_INIT;
		const char *id = delta->was ? delta->was : delta->now;

		if (delta->passing != passing)
			continue;
		add_what(&arena, delta, &what);
		add_values(&arena, delta, &values);
		columns_cell(&table, "%s", _(class_title(delta->class)));
		columns_cell(&table, "%s", id ? text_cleaned(&arena, id) : "-");
		columns_cell(&table, "%s", _(kind_word[delta->kind]));
		columns_cell(&table, "%s%s", what.data, values.data);
	}
	columns_print(&table, "  ", out);
}

static bool has_rows(const struct comparison *c, bool passing)
{
	const struct delta *delta = c->deltas->delta;

	while (delta && delta->passing != passing)
		delta = delta->next;
	return delta != NULL;
}

/* --- by kind ---------------------------------------------------------------------------------- */

static void add_kinds(const struct comparison *c, struct buf *out)
{
	struct columns table = { .count = 4, .right = 3u << 2 };
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct delta_count *count;

	if (!c->deltas->count)
		return;
	buf_addf(out, "%s\n", _("By kind"));
	columns_cell(&table, "%s", _("class"));
	columns_cell(&table, "%s", _("kind"));
	columns_cell(&table, "%s", _("before"));
	columns_cell(&table, "%s", _("now"));
	for (count = c->deltas->count; count; count = count->next) {
		columns_cell(&table, "%s", _(class_title(count->class)));
		columns_cell(&table, "%s", text_cleaned(&arena, count->part));
		columns_cell(&table, "%zu", count->was);
		columns_cell(&table, "%zu", count->now);
	}
	columns_print(&table, "  ", out);
}

/* --- what follows ----------------------------------------------------------------------------- */

static const char *conclusion_title(const char *name)
{
	static const char *const title[DELTA_CONCLUSIONS] = {
		N_("processor"), N_("disks"),  N_("memory"),     N_("network"),
		N_("parts list"), N_("drivers and operating system"), N_("temperature"),
	};
	size_t i = 0;

	while (i < DELTA_CONCLUSIONS - 1 && strcmp(delta_conclusion[i], name))
		i++;
	return title[i];
}

static void add_conclusions(const struct comparison *c, bool holds, struct buf *out)
{
	AUTO(buf_release) struct buf list = BUF_INIT;
	size_t i;

	for (i = 0; i < DELTA_CONCLUSIONS; i++) {
		const struct delta_effect *effect = &c->effects->conclusion[i];

		if (!effect->cause == holds)
			buf_addf(&list, "%s%s", list.size ? _(", ") : "",
				 _(conclusion_title(effect->name)));
	}
	buf_addf(out, holds ? _("Still holds: %s") : _("No longer holds: %s"),
		 list.size ? list.data : _("nothing"));
	buf_addc(out, '\n');
}

/* Steps of the run before the change that did this test. */
static void add_steps(const struct comparison *c, const char *test, struct buf *out)
{
	const struct plan *plan = &c->was->record.plan;
	size_t i;

	for (i = 0; c->was->form == SUBJECT_RECORD && i < plan->step_count; i++) {
		if (!strcmp(plan->step[i].kernel->name, test))
			buf_addf(out, "%s%s", out->size ? ", " : "", plan->step[i].name);
	}
}

static const char *why(const struct comparison *c, const struct delta_effect *effect)
{
	if (effect->row < 0)
		return _("no rule speaks of this change");
	return ids_at(c->rules, (size_t)effect->row,
		      cmd_lang() == LANG_ZH ? DELTA_RULE_WHY_ZH : DELTA_RULE_WHY);
}

static void add_effect(const struct comparison *c, const char *test, const char *steps,
		       const struct delta_effect *effect, struct columns *table)
{
	const char *id = effect->cause->was ? effect->cause->was : effect->cause->now;

	columns_cell(table, "%s", test);
	columns_cell(table, "%s", *steps ? steps : "-");
	columns_cell(table, "%s",
		     text_cleaned(&table->arena, id ? id : effect->cause->class));
	columns_cell(table, "%s", why(c, effect));
}

/* "cpu." of "cpu.integer" */
static size_t family_size(const char *test)
{
	return strcspn(test, ".") + 1;
}

static bool is_family(const struct delta_effect *a, const struct delta_effect *b)
{
	return a->cause == b->cause && a->row == b->row &&
	       !strncmp(a->name, b->name, family_size(a->name));
}

/*
 * Tests that no step of the run did: one of a family speaks for all that the same change asks for, and none
 * where some of them have steps.
 */
static bool is_spoken_for(const struct comparison *c, size_t at, size_t *ret_count)
{
	const struct delta_effect *test = c->effects->test;
	size_t i;

	*ret_count = 0;
	for (i = 0; i < c->effects->test_count; i++) {
		AUTO(buf_release) struct buf steps = BUF_INIT;

		if (!is_family(&test[at], &test[i]))
			continue;
		add_steps(c, test[i].name, &steps);
		if (i < at || steps.size)
			return true;
		++*ret_count;
	}
	return false;
}

static void add_again(const struct comparison *c, struct buf *out)
{
	struct columns table = { .count = 4 };
	size_t i, rows = 0;

	columns_cell(&table, "%s", _("test"));
	columns_cell(&table, "%s", _("step"));
	columns_cell(&table, "%s", _("because of"));
	columns_cell(&table, "%s", _("why"));
	for (i = 0; i < c->effects->test_count; i++) {
		const struct delta_effect *effect = &c->effects->test[i];
		AUTO(buf_release) struct buf steps = BUF_INIT;
		AUTO(buf_release) struct buf family = BUF_INIT;
		size_t count = 1;

		if (!effect->cause)
			continue;
		add_steps(c, effect->name, &steps);
		if (!steps.size && is_spoken_for(c, i, &count))
			continue;
		buf_adds(&family, effect->name);
		if (!steps.size && count > 1) {
			buf_cut(&family, family_size(effect->name));
			buf_addf(&family, "* (%zu)", count);
		}
		add_effect(c, family.data, steps.size ? steps.data : "", effect, &table);
		rows++;
	}
	buf_addf(out, "%s\n", rows ? _("Tests to run again") : _("No test must run again"));
	if (rows)
		columns_print(&table, "  ", out);
	else
		arena_release(&table.arena);
}

int compare_show(const struct cmd *cmd, const struct comparison *c)
{
	enum deltas_answer answer = deltas_answer(c->deltas);
	AUTO(buf_release) struct buf out = BUF_INIT;
	int code;

	if (has_rows(c, false)) {
		buf_addf(&out, "%s\n", _("By slot"));
		add_rows(c, false, &out);
	}
	add_kinds(c, &out);
	if (has_rows(c, true)) {
		buf_addf(&out, "%s\n", _("Comes and goes, and does not count"));
		add_rows(c, true, &out);
	}
	if (answer != DELTAS_SAME) {
		add_conclusions(c, false, &out);
		add_conclusions(c, true, &out);
		add_again(c, &out);
	}
	buf_addf(&out, "%s%s%s\n", cmd->color_out ? answer_row[answer].color : "",
		 _(answer_row[answer].text), cmd->color_out ? "\033[0m" : "");
	code = cmd_put(cmd, out.data, out.size);
	return code ? code : (int)answer_row[answer].exit;
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void write_effect(struct json_writer *w, const struct comparison *c, const char *key,
			 const struct delta_effect *effect)
{
	const struct delta *cause = effect->cause;
	const struct plan *plan = &c->was->record.plan;
	size_t i;

	json_begin_object(w, NULL);
	if (cause) {
		const char *id = cause->was ? cause->was : cause->now;

		json_text(w, "because", id ? id : cause->class);
	}
	json_text(w, key, effect->name);
	if (cause && effect->row >= 0)
		json_text(w, "source", ids_at(c->rules, (size_t)effect->row, DELTA_RULE_SOURCE));
	if (!strcmp(key, "run")) {
		json_begin_array(w, "steps");
		for (i = 0; c->was->form == SUBJECT_RECORD && i < plan->step_count; i++) {
			if (!strcmp(plan->step[i].kernel->name, effect->name))
				json_text(w, NULL, plan->step[i].name);
		}
		json_end(w);
	}
	if (cause && effect->row >= 0)
		json_text(w, "why", ids_at(c->rules, (size_t)effect->row, DELTA_RULE_WHY));
	json_end(w);
}

static void write_conclusions(struct json_writer *w, const struct comparison *c, const char *key,
			      bool holds)
{
	size_t i;

	json_begin_array(w, key);
	for (i = 0; i < DELTA_CONCLUSIONS; i++) {
		if (!c->effects->conclusion[i].cause == holds)
			write_effect(w, c, "conclusion", &c->effects->conclusion[i]);
	}
	json_end(w);
}

int compare_show_json(const struct cmd *cmd, const struct comparison *c)
{
	enum deltas_answer answer = deltas_answer(c->deltas);
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;
	size_t i;
	int code;

	json_start(&w, json_buf_sink, &out);
	json_begin_object(&w, NULL);
	json_begin_array(&w, "again");
	for (i = 0; i < c->effects->test_count; i++) {
		if (c->effects->test[i].cause)
			write_effect(&w, c, "run", &c->effects->test[i]);
	}
	json_end(&w);
	json_text(&w, "answer", deltas_answer_name(answer));
	write_conclusions(&w, c, "broken", false);
	deltas_write(&w, "changes", c->deltas);
	write_conclusions(&w, c, "holds", true);
	delta_counts_write(&w, "kinds", c->deltas);
	json_text(&w, "rules", c->rules->source);
	json_end(&w);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&out, '\n');
	code = cmd_put(cmd, out.data, out.size);
	return code ? code : (int)answer_row[answer].exit;
}
