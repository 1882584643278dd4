/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_JSON_H
#define BASE_JSON_H
/*
 * Writing canonical JSON: the same content gives the same bytes on every machine.
 *
 * Canonical means: UTF-8, no blank outside text, keys of an object in ascending order of their
 * bytes without duplicates, integers only and within +-(2^53 - 1), the shortest escapes (a strict
 * subset of RFC 8785). The writer does not sort: the caller writes keys in order, and a key out of
 * order, text that is not UTF-8 or a number out of range makes the writer fail for good.
 *
 *	struct json_writer w;
 *	json_start(&w, json_buf_sink, &buf);
 *	json_begin_object(&w, NULL);			NULL: the root, or an element of an array
 *	json_text(&w, "name", "quick");
 *	json_begin_array(&w, "steps"); ... json_end(&w);
 *	json_end(&w);
 *	code = json_finish(&w, &err);			0 when everything was written and closed
 *
 * Every value function takes the key as its second argument: non-NULL inside objects, NULL inside
 * arrays and for the root. Errors are sticky; only json_finish needs checking.
 * A 64-bit pattern (seed, address, data word) is written by json_hex as "0x" and 16 digits.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JSON_DEPTH 32
#define JSON_KEY_SIZE 96
#define JSON_INT_MAX 9007199254740991LL

struct json_writer {
	int (*put)(void *context, const void *data, size_t size);
	void *context;
	struct err err;
	unsigned int depth;
	struct json_level {
		bool object;
		bool started;
		char last[JSON_KEY_SIZE];
	} level[JSON_DEPTH + 1];
};

void json_start(struct json_writer *w, int (*put)(void *, const void *, size_t), void *context);
void json_begin_object(struct json_writer *w, const char *key);
void json_begin_array(struct json_writer *w, const char *key);
void json_end(struct json_writer *w);
void json_text(struct json_writer *w, const char *key, const char *text);
/* Writes nothing when text is NULL: an absent key, never null. */
void json_text_if(struct json_writer *w, const char *key, const char *text);
void json_int(struct json_writer *w, const char *key, int64_t number);
void json_bool(struct json_writer *w, const char *key, bool value);
void json_hex(struct json_writer *w, const char *key, uint64_t pattern);
int json_finish(struct json_writer *w, struct err *err);

/* A sink: into a struct buf. */
int json_buf_sink(void *buf, const void *data, size_t size);

#endif
