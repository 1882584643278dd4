/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/json_read.h"

#include "harness/base/auto.h"
#include "harness/base/digest.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = JSON_DEPTH };

static bool has_real(const json_t *value, unsigned int depth)
{
	const char *key;
	json_t *member;
	size_t i;

	if (json_is_real(value) || depth > DEPTH_MAX)
		return true;
	if (json_is_object(value)) {
		json_object_foreach((json_t *)value, key, member) {
			if (has_real(member, depth + 1))
				return true;
		}
	}
	json_array_foreach(value, i, member) {
		if (has_real(member, depth + 1))
			return true;
	}
	return false;
}

json_t *json_read(const char *data, size_t size, const char *where, struct err *err)
{
	json_error_t error;
	json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &error);

	if (!root) {
		err_set(err, ERR_INPUT, "%s:%d:%d: not valid JSON (%s)", where, error.line,
			error.column, error.text);
		return NULL;
	}
	if (has_real(root, 0)) {
		json_decref(root);
		err_set(err, ERR_INPUT, "%s: a number with a fraction, or nested deeper than %d",
			where, DEPTH_MAX);
		return NULL;
	}
	return root;
}

void json_release(json_t **root)
{
	json_decref(*root);
	*root = NULL;
}

static int get(const json_t *object, const char *key, const char *where, json_type type,
	       json_t **ret_value, struct err *err)
{
	static const char *const type_name[] = { "an object", "an array", "a text", "a number" };
	json_t *value = json_object_get(object, key);

	if (!value)
		return err_set(err, ERR_INPUT, "%s: key '%s' is missing", where, key);
	if (json_typeof(value) != type)
		return err_set(err, ERR_INPUT, "%s: key '%s' must be %s", where, key,
			       (size_t)type < ARRAY_SIZE(type_name) ? type_name[type] : "?");
	*ret_value = value;
	return 0;
}

int json_get_text(const json_t *object, const char *key, const char *where, const char **ret_text,
		  struct err *err)
{
	json_t *value = NULL;
	int code = get(object, key, where, JSON_STRING, &value, err);

	if (code < 0)
		return code;
	*ret_text = json_string_value(value);
	return 0;
}

int json_get_int(const json_t *object, const char *key, const char *where, int64_t *ret_number,
		 struct err *err)
{
	json_t *value = NULL;
	int code = get(object, key, where, JSON_INTEGER, &value, err);

	if (code < 0)
		return code;
	if (json_integer_value(value) > JSON_INT_MAX || json_integer_value(value) < -JSON_INT_MAX)
		return err_set(err, ERR_INPUT, "%s: key '%s' is beyond 2^53", where, key);
	*ret_number = json_integer_value(value);
	return 0;
}

int json_get_bool(const json_t *object, const char *key, const char *where, bool *ret_value,
		  struct err *err)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_boolean(value))
		return err_set(err, ERR_INPUT, "%s: key '%s' must be true or false", where, key);
	*ret_value = json_is_true(value);
	return 0;
}

int json_get_hex(const json_t *object, const char *key, const char *where, uint64_t *ret_pattern,
		 struct err *err)
{
	const char *text;
	uint8_t byte[8];
	int code = json_get_text(object, key, where, &text, err);
	uint64_t pattern = 0;
	size_t i;

	if (code < 0)
		return code;
	if (strncmp(text, "0x", 2) != 0 || hex_decode(text + 2, byte, sizeof(byte)) < 0)
		return err_set(err, ERR_INPUT, "%s: key '%s' must be 0x and 16 hex digits", where,
			       key);
	for (i = 0; i < sizeof(byte); i++)
		pattern = pattern << 8 | byte[i];
	*ret_pattern = pattern;
	return 0;
}

int json_get_object(const json_t *object, const char *key, const char *where, json_t **ret_object,
		    struct err *err)
{
	return get(object, key, where, JSON_OBJECT, ret_object, err);
}

int json_get_array(const json_t *object, const char *key, const char *where, json_t **ret_array,
		   struct err *err)
{
	return get(object, key, where, JSON_ARRAY, ret_array, err);
}

int json_get_text_or(const json_t *object, const char *key, const char *where, const char *other,
		     const char **ret_text, struct err *err)
{
	if (json_object_get(object, key))
		return json_get_text(object, key, where, ret_text, err);
	*ret_text = other;
	return 0;
}

int json_get_int_or(const json_t *object, const char *key, const char *where, int64_t other,
		    int64_t *ret_number, struct err *err)
{
	if (json_object_get(object, key))
		return json_get_int(object, key, where, ret_number, err);
	*ret_number = other;
	return 0;
}

static int compare_keys(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void write_object(struct json_writer *w, const char *key, const json_t *object)
{
	size_t count = json_object_size(object);
	AUTO_FREE const char **name = calloc(count + 1, sizeof(*name));
	const char *member_key;
	json_t *member;
	size_t i = 0;

	json_begin_object(w, key);
	if (!name)
		return;	/* leaves the object open, which json_finish reports */
	json_object_foreach((json_t *)object, member_key, member)
		name[i++] = member_key;
	qsort(name, count, sizeof(*name), compare_keys);
	for (i = 0; i < count; i++)
		json_write_value(w, name[i], json_object_get(object, name[i]));
	json_end(w);
}

void json_write_value(struct json_writer *w, const char *key, const json_t *value)
{
	const json_t *member;
	size_t i;

	switch (json_typeof(value)) {
	case JSON_OBJECT:
		write_object(w, key, value);
		break;
	case JSON_ARRAY:
		json_begin_array(w, key);
		json_array_foreach(value, i, member)
			json_write_value(w, NULL, member);
		json_end(w);
		break;
	case JSON_STRING:
		json_text(w, key, json_string_value(value));
		break;
	case JSON_INTEGER:
		json_int(w, key, json_integer_value(value));
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		json_bool(w, key, json_is_true(value));
		break;
	case JSON_REAL:
	case JSON_NULL:
		err_set(&w->err, ERR_INPUT, "null and fractions have no canonical form");
		break;
	}
}

int json_check_canonical(const char *data, size_t size, const char *where, struct err *err)
{
	AUTO(json_release) json_t *root = json_read(data, size, where, err);
	AUTO(buf_release) struct buf again = BUF_INIT;
	struct json_writer w;
	int code;

	if (!root)
		return ERR_INPUT;
	json_start(&w, json_buf_sink, &again);
	json_write_value(&w, NULL, root);
	code = json_finish(&w, err);
	if (code < 0)
		return code;
	if (again.size != size || memcmp(again.data, data, size) != 0)
		return err_set(err, ERR_INPUT, "%s: not in canonical form", where);
	return 0;
}
