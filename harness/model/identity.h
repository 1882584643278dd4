/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_IDENTITY_H
#define MODEL_IDENTITY_H
/*
 * Which machine this is: the few texts that say so, each with its quality, and a mark for every
 * part that can be told from its like (serial, UUID, MAC, WWN, chip id). Pure, from an inventory.
 *
 *	struct identity identity = IDENTITY_INIT;
 *	code = identity_make(&inventory, salt, &identity, &err);
 *	code = identity_compare(&certified, &inventory, &changes, &err);
 *	identity_release(&identity);
 *
 * A mark is the head of SM3 over the salt and the number, so that certificates list every part and
 * publish no serial: whoever has the part can check it, and a neighbour's certificate does not give
 * it away. Slots are named but not marked: a module moved to another slot is the same module. Parts
 * that come and go (USB devices, removable disks) and interfaces without hardware do not count.
 *
 *	mark	= SM3(salt LF class LF attribute LF value), the first 8 bytes
 *	digest	= SM3 over the salt, LF and, sorted by bytes, one line
 *		  "class TAB attribute TAB value LF" for every part; equal lines count once
 */
#include "harness/base/arena.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/inventory.h"

#include <jansson.h>
#include <stddef.h>

#define IDENTITY_MARK_SIZE 17	/* 16 hex digits */

enum identity_quality {
	IDENTITY_MISSING = 0,  /* nobody says */
	IDENTITY_UNPROGRAMMED, /* the firmware holds a placeholder; value is what it says */
	IDENTITY_UNSURE,       /* ambiguous, or sources contradict each other */
	IDENTITY_GOOD,
};

struct identity_text {
	const char *name;	/* "board_product" */
	enum identity_quality quality;
	const char *value;	/* "" when missing */
};

struct identity_part {
	const char *class;
	const char *component;	/* id in the inventory: where it was */
	const char *attribute;	/* "serial" */
	char mark[IDENTITY_MARK_SIZE];
};

struct identity {
	struct arena arena;
	const char *salt;
	char digest[DIGEST_TEXT_SIZE];
	struct identity_text *text;	/* every name of the table, in ascending order */
	size_t text_count;
	struct identity_part *part;	/* in the order of the inventory */
	size_t part_count;
};

#define IDENTITY_INIT { .arena = ARENA_INIT }

int identity_make(const struct inventory *inventory, const char *salt, struct identity *identity,
		  struct err *err);
void identity_release(struct identity *identity);

/* {"digest":..,"parts":[{"attribute":..,"class":..,"component":..,"mark":..}],"salt":..,
 *  "texts":{NAME:{"quality":..,"value":..}}} */
void identity_write(struct json_writer *w, const char *key, const struct identity *identity);
int identity_read(const json_t *object, const char *where, struct identity *identity,
		  struct err *err);

enum identity_change_kind {
	IDENTITY_UNREADABLE = 0,	/* certified, and not to be read here and now */
	IDENTITY_GONE,			/* certified, and not in this machine */
	IDENTITY_ADDED,			/* in this machine, and not certified */
};

struct identity_change {
	enum identity_change_kind kind;
	const char *class, *component, *attribute;
};

struct identity_changes {
	struct arena arena;
	struct identity_change *change;
	size_t count, capacity;
};

#define IDENTITY_CHANGES_INIT { .arena = ARENA_INIT }

/* What differs between the parts certified and those of the machine, in that order. */
int identity_compare(const struct identity *certified, const struct inventory *inventory,
		     struct identity_changes *changes, struct err *err);
void identity_changes_release(struct identity_changes *changes);

/* The classes that hold parts which can be told apart: all that a comparison needs. */
extern const char *const identity_class[];
extern const size_t identity_class_count;

/* "missing", "unprogrammed", "unsure", "good"; "unreadable", "gone", "added". */
const char *identity_quality_name(enum identity_quality quality);
const char *identity_change_name(enum identity_change_kind kind);

#endif
