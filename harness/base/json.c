/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/json.h"

#include "harness/base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void json_start(struct json_writer *w, int (*put)(void *, const void *, size_t), void *context)
{
	memset(w, 0, sizeof(*w));
	w->put = put;
	w->context = context;
}

static void put(struct json_writer *w, const char *data, size_t size)
{
	if (w->err.code)
		return;
	if (w->put(w->context, data, size) < 0)
		err_set(&w->err, ERR_IO, "writing JSON failed");
}

static void put_quoted(struct json_writer *w, const char *text)
{
	static const char short_escape[] = "\bb\tt\nn\ff\rr\"\"\\\\";
	size_t start = 0;
	size_t i;

	put(w, "\"", 1);
	for (i = 0; text[i]; i++) {
		unsigned char c = (unsigned char)text[i];
		char escape[8] = "\\";
		const char *at;

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		put(w, text + start, i - start);
		start = i + 1;
		for (at = short_escape; *at && *at != (char)c;)
			at += 2;
		if (*at)
			escape[1] = at[1];
		else
			snprintf(escape, sizeof(escape), "\\u%04x", c);
		put(w, escape, strlen(escape));
	}
	put(w, text + start, i - start);
	put(w, "\"", 1);
}

/* What stands before any value: comma, key, colon; and the rules about where a value may stand. */
static void before_value(struct json_writer *w, const char *key)
{
	struct json_level *level = &w->level[w->depth];

	if (w->err.code)
		return;
	if (level->object != (key != NULL) || (!w->depth && level->started)) {
		err_set(&w->err, ERR_INTERNAL, "JSON value in the wrong place (key %s)",
			key ? key : "none");
		return;
	}
	if (key && level->started && strcmp(level->last, key) >= 0) {
		err_set(&w->err, ERR_INTERNAL, "JSON key '%s' after '%s' is out of order", key,
			level->last);
		return;
	}
	if (key && strlen(key) >= JSON_KEY_SIZE) {
		err_set(&w->err, ERR_INTERNAL, "JSON key '%s' is too long", key);
		return;
	}
	if (level->started)
		put(w, ",", 1);
	level->started = true;
	if (!key)
		return;
	memcpy(level->last, key, strlen(key) + 1);
	if (!text_is_utf8(key, strlen(key)))
		err_set(&w->err, ERR_INTERNAL, "JSON key is not UTF-8");
	put_quoted(w, key);
	put(w, ":", 1);
}

static void begin(struct json_writer *w, const char *key, bool object)
{
	before_value(w, key);
	if (w->err.code)
		return;
	if (w->depth == JSON_DEPTH) {
		err_set(&w->err, ERR_INTERNAL, "JSON nested deeper than %d", JSON_DEPTH);
		return;
	}
	put(w, object ? "{" : "[", 1);
	w->depth++;
	w->level[w->depth] = (struct json_level){ .object = object };
}

void json_begin_object(struct json_writer *w, const char *key)
{
	begin(w, key, true);
}

void json_begin_array(struct json_writer *w, const char *key)
{
	begin(w, key, false);
}

void json_end(struct json_writer *w)
{
	if (w->err.code)
		return;
	if (!w->depth) {
		err_set(&w->err, ERR_INTERNAL, "JSON closed once too often");
		return;
	}
	put(w, w->level[w->depth].object ? "}" : "]", 1);
	w->depth--;
}

void json_text(struct json_writer *w, const char *key, const char *text)
{
	before_value(w, key);
	if (!text || !text_is_utf8(text, strlen(text))) {
		err_set(&w->err, ERR_INTERNAL, "JSON text of key '%s' is not UTF-8",
			key ? key : "");
		return;
	}
	put_quoted(w, text);
}

void json_text_if(struct json_writer *w, const char *key, const char *text)
{
	if (text)
		json_text(w, key, text);
}

void json_int(struct json_writer *w, const char *key, int64_t number)
{
	char digits[24];

	before_value(w, key);
	if (number > JSON_INT_MAX || number < -JSON_INT_MAX) {
		err_set(&w->err, ERR_INTERNAL, "JSON number of key '%s' is beyond 2^53",
			key ? key : "");
		return;
	}
	snprintf(digits, sizeof(digits), "%" PRId64, number);
	put(w, digits, strlen(digits));
}

void json_bool(struct json_writer *w, const char *key, bool value)
{
	before_value(w, key);
	put(w, value ? "true" : "false", value ? 4 : 5);
}

void json_hex(struct json_writer *w, const char *key, uint64_t pattern)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "0x%016" PRIx64, pattern);
	json_text(w, key, digits);
}

int json_finish(struct json_writer *w, struct err *err)
{
	if (!w->err.code && (w->depth || !w->level[0].started))
		err_set(&w->err, ERR_INTERNAL, "JSON ended before it was closed");
	if (!w->err.code)
		return 0;
	if (err && !err->code)
		*err = w->err;
	return w->err.code;
}

int json_buf_sink(void *buf, const void *data, size_t size)
{
	buf_add(buf, data, size);
	return 0;
}
