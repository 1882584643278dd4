/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H
/*
 * Reading JSON through jansson, strictly: duplicate keys, fractions and trailing bytes are refused,
 * each with "NAME:LINE:COLUMN: what". Depth is bounded by jansson (2048).
 *
 *	AUTO(json_release) json_t *root = json_read(data, size, "record.json", &err);
 *
 * The getters read one member of an object: they return 0, or ERR_INPUT with "NAME: key 'K' ..."
 * in err. `where` names the file or object in messages. Text is borrowed from the json_t.
 * The _or forms give `other` when the key is absent, and still fail on a wrong type.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/base/json.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

json_t *json_read(const char *data, size_t size, const char *where, struct err *err);
void json_release(json_t **root);	/* for AUTO(): drops the reference */

int json_get_text(const json_t *object, const char *key, const char *where, const char **ret_text,
		  struct err *err);
int json_get_int(const json_t *object, const char *key, const char *where, int64_t *ret_number,
		 struct err *err);
int json_get_bool(const json_t *object, const char *key, const char *where, bool *ret_value,
		  struct err *err);
int json_get_hex(const json_t *object, const char *key, const char *where, uint64_t *ret_pattern,
		 struct err *err);
int json_get_object(const json_t *object, const char *key, const char *where, json_t **ret_object,
		    struct err *err);
int json_get_array(const json_t *object, const char *key, const char *where, json_t **ret_array,
		   struct err *err);
int json_get_text_or(const json_t *object, const char *key, const char *where, const char *other,
		     const char **ret_text, struct err *err);
int json_get_int_or(const json_t *object, const char *key, const char *where, int64_t other,
		    int64_t *ret_number, struct err *err);

/* Write a parsed value by the canonical writer (keys sorted); key as for the writer's functions. */
void json_write_value(struct json_writer *w, const char *key, const json_t *value);

/* 0 when `data` is exactly the canonical form of what it says; ERR_INPUT otherwise. */
int json_check_canonical(const char *data, size_t size, const char *where, struct err *err);

#endif
