/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_DELTA_H
#define MODEL_DELTA_H
/*
 * What differs between two machines, or between a machine and its declared bill of materials:
 * parts added, removed, moved, changed, downgraded, by slot and by kind. Pure, of two inventories.
 *
 *	struct deltas deltas = DELTAS_INIT;
 *	deltas_make(&golden, &inventory, &deltas);
 *	switch (deltas_answer(&deltas)) { ... }
 *	deltas_release(&deltas);		before the inventories
 *
 * delta_table.c says for every class what a part is, where its place is and which attributes are
 * compared. What is not named there does not count: serial numbers, addresses, temperatures,
 * counters, the state of links, names that come from tables. So neither another unit of the same
 * build nor a later version of this program makes a difference.
 *
 * The first inventory sets what is asked: a class that it does not have is not compared, and an
 * attribute that identifies a part there must be known in the second, or the answer is "unknown".
 * The same parts in other places have moved; a part that is smaller or slower, in the place of
 * another or by itself, is a downgrade. Parts that come and go with their users (USB, displays,
 * removable disks) are told of, and do not make two machines different.
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/json.h"
#include "harness/model/inventory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum delta_kind {
	DELTA_UNKNOWN = 0,	/* cannot be compared: note says why, or values tell */
	DELTA_DOWNGRADED,	/* smaller or slower */
	DELTA_CHANGED,
	DELTA_REMOVED,
	DELTA_ADDED,
	DELTA_MOVED,
	DELTA_KINDS,
};

struct delta_value {
	/* Of the attribute; "subsystem_device" where only that half of subsystem_id differs. */
	const char *name;
	const struct attribute *was, *now;	/* of the inventories; now is NULL when not known */
	struct delta_value *next;
};

struct delta {
	enum delta_kind kind;
	const char *class;
	const char *was, *now;			/* ids; NULL: not there */
	const char *was_part, *now_part;	/* "Samsung M393A8G40MB2-CVF 64 GiB"; NULL like ids */
	bool passing;				/* comes and goes: does not count */
	const char *note;			/* of UNKNOWN: English, or NULL */
	struct delta_value *value;		/* what differs, of UNKNOWN, DOWNGRADED, CHANGED, MOVED */
	struct delta *next;
};

/* How many parts of a kind there are, where that differs. */
struct delta_count {
	const char *class, *part;
	size_t was, now;
	struct delta_count *next;
};

struct deltas {
	struct arena arena;
	struct delta *delta;		/* in the order of the first inventory, what is new behind */
	struct delta_count *count;
};

#define DELTAS_INIT { .arena = ARENA_INIT }

enum deltas_answer {
	DELTAS_UNKNOWN = 0,
	DELTAS_DIFFERENT,
	DELTAS_SAME,
};

void deltas_make(const struct inventory *was, const struct inventory *now, struct deltas *deltas);
enum deltas_answer deltas_answer(const struct deltas *deltas);
void deltas_release(struct deltas *deltas);

/* One English sentence, appended: "dimm/A1: removed, Samsung M393A8G40MB2-CVF 64 GiB". */
void delta_sentence(const struct delta *delta, struct buf *out);
/* The list of objects that docs/formats/commands.md describes under compare. */
void deltas_write(struct json_writer *w, const char *key, const struct deltas *deltas);
void delta_counts_write(struct json_writer *w, const char *key, const struct deltas *deltas);

/* "unknown", "downgraded", "changed", "removed", "added", "moved". */
const char *delta_kind_name(enum delta_kind kind);
const char *deltas_answer_name(enum deltas_answer answer);	/* "unknown" "different" "same" */

/*
 * The declared bill of materials: of an inventory only what is compared. It is an inventory that
 * names no serial number, so it can stand in profiles and records. `except` ends with NULL.
 */
void bom_make(const struct inventory *from, const char *const *except, struct inventory *bom);

#endif
