/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record is changed in its JSON form, where every text is met, also those that a later version
 * adds; then it is read again by the same strict reader.
 */
#include "harness/model/redact_record.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/base/memory.h"

#include <string.h>

/* By these paths the rules for files know how a text is to be looked through. */
static const char number_path[] = "record/serial";
static const char log_path[] = "dev/kmsg";
static const char command_line_path[] = "proc/cmdline";

/* Learning first, then changing: the same way through the record. */
struct walk {
	struct redact_map *map;
	bool change;
};

/* Whether one of the words that '_' divides `name` into is `part`: "asset" in asset_tag, not "mac" in machine. */
static bool has_word(const char *name, const char *part)
{
	size_t length = strlen(part);
	const char *at;

	for (at = name; (at = strstr(at, part)); at++) {
		if ((at == name || at[-1] == '_') && (!at[length] || at[length] == '_'))
			return true;
	}
	return false;
}

/* Whether all of the attribute's text is a number of one unit. */
static bool is_number(const char *class, const char *name)
{
	static const char *const part[] = { "serial", "asset", "uuid", "guid",	  "wwid",
					    "wwn",    "eui",   "mac",  "chip_id", "key" };
	size_t i;

	/* The product code and the texts of a display's EDID are the maker's to number units with. */
	if (class && !strcmp(class, "display") &&
	    (!strcmp(name, "model") || !strcmp(name, "product_id")))
		return true;
	/* Words about an address, and not one. */
	if (!strcmp(name, "mac_assignment"))
		return false;
	for (i = 0; i < ARRAY_SIZE(part); i++) {
		if (has_word(name, part[i]))
			return true;
	}
	return false;
}

static void visit_text(const struct walk *walk, json_t *text, const char *path)
{
	AUTO_FREE char *copy = mem_strdup(json_string_value(text));

	if (!walk->change) {
		redact_learn(walk->map, path, copy, strlen(copy));
		return;
	}
	redact_apply(walk->map, path, copy, strlen(copy));
	json_string_set_nocheck(text, copy);
}

static void visit_attributes(const struct walk *walk, const json_t *component, json_t *attributes)
{
	const char *class = json_string_value(json_object_get(component, "class"));
	const char *name;
	json_t *attribute;

	json_object_foreach(attributes, name, attribute) {
		json_t *value = json_object_get(attribute, "value");
		json_t *source = json_object_get(attribute, "source");
		const char *path = log_path;

		if (is_number(class, name))
			path = number_path;
		else if (json_is_string(source) &&
			 !strcmp(json_string_value(source), command_line_path))
			path = command_line_path;
		if (json_is_string(value))
			visit_text(walk, value, path);
		if (json_is_string(source))
			visit_text(walk, source, log_path);
	}
}

/* What ties this copy to the record it was made from, and to nothing else, stays. */
static bool is_tie(const char *key)
{
	static const char *const tie[] = { "run_id", "journal_digest", "digest", "seed" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tie); i++) {
		if (!strcmp(tie[i], key))
			return true;
	}
	return false;
}

/* Every text; what nobody knows the meaning of is looked through like a log. */
static void visit(const struct walk *walk, const char *key, json_t *value)
{
	const char *name;
	json_t *item;
	size_t i;

	if (json_is_string(value))
		visit_text(walk, value, strcmp(key, "serial") ? log_path : number_path);
	json_array_foreach(value, i, item)
		visit(walk, key, item);
	json_object_foreach(value, name, item) {
		if (!strcmp(name, "attributes"))
			visit_attributes(walk, value, item);
		else if (!is_tie(name))
			visit(walk, name, item);
	}
}

static const char *changed(struct redact_map *map, struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);

	redact_apply(map, log_path, copy, strlen(copy));
	return copy;
}

static void change_verdict(struct redact_map *map, struct verdict *verdict)
{
	struct reason *reason;

	for (reason = verdict->reason; reason; reason = reason->next) {
		reason->subject = changed(map, &verdict->arena, reason->subject);
		reason->detail = changed(map, &verdict->arena, reason->detail);
	}
}

static json_t *to_json(const struct record *record, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &text);
	record_write(&w, record);
	if (json_finish(&w, err) < 0)
		return NULL;
	return json_read(text.data, text.size, "record", err);
}

int redact_record(struct redact_map *map, const struct kernel_table *kernels,
		  struct record *record, struct verdict *verdict, struct err *err)
{
	struct err own = ERR_INIT;
	AUTO(json_release) json_t *json = NULL;
	struct record redacted = RECORD_INIT;
	int code;

	err = err ? err : &own;
	json = to_json(record, err);
	if (!json)
		return err->code;
	if (record->plan.blind_approver)
		redact_learn_name(map, record->plan.blind_approver);
	visit(&(struct walk){ .map = map }, "", json);
	visit(&(struct walk){ .map = map, .change = true }, "", json);
	code = redact_finish(map, err);
	if (code >= 0)
		code = record_read(json, "record", kernels, &redacted, err);
	if (code < 0) {
		record_release(&redacted);
		return code;
	}
	record_release(record);
	*record = redacted;
	change_verdict(map, verdict);
	return 0;
}
