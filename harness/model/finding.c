/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/finding.h"

#include "harness/base/json_read.h"
#include "harness/base/text.h"

#include <string.h>

#define N_(text) (text)

/* A code of a newer version: nothing is known of it, so it counts as the worst. */
static const struct finding_code *unknown_code(struct arena *arena, const char *code)
{
	struct finding_code *row = arena_new(arena, struct finding_code);

	row->code = arena_strdup(arena, code);
	row->severity = SEVERITY_CRITICAL;
	row->fault_of = FAULT_OF_PRODUCT;
	row->summary = N_("A finding that this version of cuihuo does not know");
	row->advice = N_("Read the record with the version of cuihuo that made it.");
	return row;
}

struct finding *finding_new(struct arena *arena, const char *code, const char *component,
			    int64_t step, int64_t time_ns)
{
	struct finding *finding = arena_new(arena, struct finding);

	finding->code = finding_code_find(code);
	if (!finding->code)
		finding->code = unknown_code(arena, code);
	finding->component = arena_strdup(arena, component ? component : "");
	finding->step = step;
	finding->time_ns = time_ns;
	return finding;
}

/* Keeps the order of names; the last value of a name wins. */
static void put_evidence(struct arena *arena, struct finding *finding, const char *name,
			 const char *value)
{
	struct evidence **at = &finding->evidence;
	struct evidence *evidence;

	while (*at && strcmp((*at)->name, name) < 0)
		at = &(*at)->next;
	if (*at && !strcmp((*at)->name, name)) {
		(*at)->value = value;
		return;
	}
	evidence = arena_new(arena, struct evidence);
	evidence->name = arena_strdup(arena, name);
	evidence->value = value;
	evidence->next = *at;
	*at = evidence;
}

void finding_evidence(struct arena *arena, struct finding *finding, const char *name,
		      const char *format, ...)
{
	enum text_encoding how;
	va_list args;
	char *value;

	va_start(args, format);
	value = arena_vprintf(arena, format, args);
	va_end(args);
	if (text_is_utf8(value, strlen(value))) {
		put_evidence(arena, finding, name, value);
		return;
	}
	put_evidence(arena, finding, name, text_decode(arena, value, strlen(value), &how));
	put_evidence(arena, finding, arena_printf(arena, "%s_encoding", name),
		     text_encoding_name(how));
}

const char *finding_get(const struct finding *finding, const char *name)
{
	const struct evidence *evidence;

	for (evidence = finding->evidence; evidence; evidence = evidence->next) {
		if (!strcmp(evidence->name, name))
			return evidence->value;
	}
	return NULL;
}

void finding_write(struct json_writer *w, const char *key, const struct finding *finding)
{
	const struct evidence *evidence;

	json_begin_object(w, key);
	json_text(w, "code", finding->code->code);
	json_text(w, "component", finding->component);
	json_begin_object(w, "evidence");
	for (evidence = finding->evidence; evidence; evidence = evidence->next)
		json_text(w, evidence->name, evidence->value);
	json_end(w);
	json_int(w, "step", finding->step);
	json_int(w, "time_ns", finding->time_ns);
	json_end(w);
}

int finding_read(const json_t *object, const char *where, struct arena *arena,
		 struct finding **ret_finding, struct err *err)
{
	const char *code, *component, *name;
	struct finding *finding;
	int64_t step, time_ns;
	json_t *evidence;
	json_t *value;

	if (json_get_text(object, "code", where, &code, err) < 0 ||
	    json_get_text(object, "component", where, &component, err) < 0 ||
	    json_get_object(object, "evidence", where, &evidence, err) < 0 ||
	    json_get_int(object, "step", where, &step, err) < 0 ||
	    json_get_int(object, "time_ns", where, &time_ns, err) < 0)
		return ERR_INPUT;
	finding = finding_new(arena, code, component, step, time_ns);
	json_object_foreach(evidence, name, value) {
		if (!json_is_string(value) || strlen(name) >= JSON_KEY_SIZE)
			return err_set(err, ERR_INPUT,
				       "%s: evidence '%s' of a finding must be a text", where,
				       name);
		put_evidence(arena, finding, name, arena_strdup(arena, json_string_value(value)));
	}
	*ret_finding = finding;
	return 0;
}
