/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FRAME_JSON_H
#define RUN_FRAME_JSON_H
/* Small helpers shared by the files that make and read the contents of frames. */
#include "harness/base/json.h"
#include "harness/run/journal.h"

#include <jansson.h>

#define FRAME_WHERE_SIZE 64

/* Text that may be NULL (writes nothing) or not UTF-8 (is decoded). */
void frame_json_text(struct json_writer *w, const char *key, const char *text);
/* The object of a frame, NULL with err set; `where` names the frame in messages. */
json_t *frame_json_open(const struct frame *frame, char where[FRAME_WHERE_SIZE], struct err *err);
/* A whole number that fits 32 bits: a step, an attempt, a cpu. */
int frame_json_index(const json_t *object, const char *key, const char *where,
		     uint64_t *ret_number, struct err *err);

#endif
