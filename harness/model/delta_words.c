/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences in words and as JSON. */
#include "harness/model/delta.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/label.h"

#include <inttypes.h>
#include <string.h>

#define N_(text) (text)

static bool ends_with(const char *name, const char *end)
{
	size_t length = strlen(name), size = strlen(end);

	return length > size && !strcmp(name + length - size, end);
}

static void add_number(const char *name, int64_t number, struct buf *out)
{
	static const struct {
		const char *end, *unit;
	} row[] = {
		{ "_mts", " MT/s" }, { "_mhz", " MHz" }, { "_mv", " mV" }, { "_mwh", " mWh" },
		{ "_mah", " mAh" },  { "_bits", " bit" },
	};
	char bytes[BYTES_TEXT_SIZE];
	size_t i;

	if (number >= 0 && ends_with(name, "_bytes")) {
		buf_adds(out, format_bytes((uint64_t)number, bytes));
		return;
	}
	if (ends_with(name, "_khz")) {
		buf_addf(out, "%" PRId64 " MHz", number / 1000);
		return;
	}
	buf_addf(out, "%" PRId64, number);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (ends_with(name, row[i].end))
			buf_adds(out, row[i].unit);
	}
}

static const char *value_text(const struct delta_value *value, const struct attribute *of,
			      struct buf *out)
{
	if (of->kind == ATTRIBUTE_TEXT)
		buf_addf(out, "'%s'", of->text);
	else if (label_flag(of))
		buf_adds(out, label_flag(of));
	else
		add_number(value->name, of->number, out);
	return out->data;
}

/* "%-s" is a word that a reader in another language wants in it. */
static void add_value(struct buf *out, const struct delta_value *value)
{
	const char *name = label_known(value->name) ? label_known(value->name) : value->name;
	AUTO(buf_release) struct buf was = BUF_INIT;
	AUTO(buf_release) struct buf now = BUF_INIT;

	if (value->now)
		buf_addf(out, N_("%-s was %-s and is %-s"), name,
			 value_text(value, value->was, &was), value_text(value, value->now, &now));
	else
		buf_addf(out, N_("%-s was %-s and is not known"), name,
			 value_text(value, value->was, &was));
}

static void add_pair(const struct delta *delta, const char *values, struct buf *out)
{
	bool same_part = !strcmp(delta->was_part, delta->now_part);

	if (delta->kind == DELTA_MOVED && *values)
		buf_addf(out, N_("%s: moved to %s, %s; %s"), delta->was, delta->now,
			 delta->now_part, values);
	else if (delta->kind == DELTA_MOVED)
		buf_addf(out, N_("%s: moved to %s, %s"), delta->was, delta->now, delta->now_part);
	else if (delta->kind == DELTA_UNKNOWN)
		buf_addf(out, N_("%s: cannot be compared, %s"), delta->was, values);
	else if (delta->kind == DELTA_DOWNGRADED && same_part)
		buf_addf(out, N_("%s: downgraded, %s"), delta->was, values);
	else if (delta->kind == DELTA_DOWNGRADED)
		buf_addf(out, N_("%s: downgraded, %s in the place of %s; %s"), delta->was,
			 delta->now_part, delta->was_part, values);
	else if (same_part)
		buf_addf(out, N_("%s: changed, %-s"), delta->was, values);
	else
		buf_addf(out, N_("%s: changed, %s in the place of %s; %s"), delta->was,
			 delta->now_part, delta->was_part, values);
}

void delta_sentence(const struct delta *delta, struct buf *out)
{
	AUTO(buf_release) struct buf values = BUF_INIT;
	const struct delta_value *value;
	const char *id = delta->was ? delta->was : delta->now;

	for (value = delta->value; value; value = value->next) {
		if (values.size)
			buf_adds(&values, ", ");
		add_value(&values, value);
	}
	if (!id)
		buf_addf(out, N_("class %s cannot be compared: %s"), delta->class, delta->note);
	else if (delta->was && delta->now)
		add_pair(delta, values.data, out);
	else if (delta->kind == DELTA_UNKNOWN)
		buf_addf(out, N_("%s: cannot be compared, %s"), id, delta->note);
	else if (delta->was)
		buf_addf(out, N_("%s: removed, %s"), delta->was, delta->was_part);
	else
		buf_addf(out, N_("%s: added, %s"), delta->now, delta->now_part);
}

static void write_attribute(struct json_writer *w, const char *key,
			    const struct attribute *attribute)
{
	if (attribute && attribute->kind == ATTRIBUTE_NUMBER)
		json_int(w, key, attribute->number);
	else if (attribute)
		json_text(w, key, attribute->text);
}

void deltas_write(struct json_writer *w, const char *key, const struct deltas *deltas)
{
	const struct delta *delta;
	const struct delta_value *value;

	json_begin_array(w, key);
	for (delta = deltas->delta; delta; delta = delta->next) {
		json_begin_object(w, NULL);
		json_text(w, "change", delta_kind_name(delta->kind));
		json_text(w, "class", delta->class);
		json_bool(w, "counts", !delta->passing);
		json_text_if(w, "note", delta->note);
		json_text_if(w, "now", delta->now);
		json_text_if(w, "now_part", delta->now_part);
		json_begin_array(w, "values");
		for (value = delta->value; value; value = value->next) {
			json_begin_object(w, NULL);
			json_text(w, "attribute", value->name);
			write_attribute(w, "now", value->now);
			write_attribute(w, "was", value->was);
			json_end(w);
		}
		json_end(w);
		json_text_if(w, "was", delta->was);
		json_text_if(w, "was_part", delta->was_part);
		json_end(w);
	}
	json_end(w);
}

void delta_counts_write(struct json_writer *w, const char *key, const struct deltas *deltas)
{
	const struct delta_count *count;

	json_begin_array(w, key);
	for (count = deltas->count; count; count = count->next) {
		json_begin_object(w, NULL);
		json_text(w, "class", count->class);
		json_int(w, "now", (int64_t)count->now);
		json_text(w, "part", count->part);
		json_int(w, "was", (int64_t)count->was);
		json_end(w);
	}
	json_end(w);
}

static const char *const kind_name[DELTA_KINDS] = {
	[DELTA_UNKNOWN] = "unknown", [DELTA_DOWNGRADED] = "downgraded",
	[DELTA_CHANGED] = "changed", [DELTA_REMOVED] = "removed",
	[DELTA_ADDED] = "added",     [DELTA_MOVED] = "moved",
};

const char *delta_kind_name(enum delta_kind kind)
{
	return kind_name[(size_t)kind < DELTA_KINDS ? kind : DELTA_UNKNOWN];
}

const char *deltas_answer_name(enum deltas_answer answer)
{
	static const char *const name[] = { "unknown", "different", "same" };

	return name[(size_t)answer < ARRAY_SIZE(name) ? answer : DELTAS_UNKNOWN];
}
