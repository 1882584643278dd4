/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_PROBE_H
#define PROBES_PROBE_H
/*
 * One component class: a row of probe_table (table.c), a file of its own.
 *
 *	struct probe_place place = { .root = root, .ids = "/usr/share/cuihuo/ids" };
 *	struct inventory inventory = INVENTORY_INIT;
 *	code = probe_classes(&place, names, name_count, &inventory, &err);
 *
 * Rows run in a child process (sys/child.h): a library that exits, prints, crashes or hangs becomes
 * a problem of its class in the inventory, and the class is unreadable. One child runs row after
 * row and sends each part as canonical JSON; when it ends in the middle of a row, that row has
 * failed and a new child goes on behind it. With no names every row runs, in table order.
 *
 * Codes of problems the runner itself adds: "child-crashed" (ended by a signal), "child-exited"
 * (a library called exit), "child-hung" (killed at the limit), "child-garbage" (what it sent is no
 * inventory), "library-output" (a library printed something).
 */
#include "harness/base/err.h"
#include "harness/model/inventory.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a row is given to look at. */
struct probe_place {
	struct sysroot *root;
	const char *ids;	/* folder of the tables of names (sys/pack.h); NULL: nothing is named */
	const char *folder;	/* the root as a folder, set by the runner for rows that need it */
	int64_t limit_ns;	/* time for each row; 0: PROBE_LIMIT_NS */
};

#define PROBE_LIMIT_NS (20 * INT64_C(1000000000))

struct probe {
	const char *name;		/* the class: "cpu" */
	const char *summary;		/* translatable */
	const char *const *reads;	/* globs below the root, NULL-terminated; for capture too */
	const char *live_only;		/* what of it a capture cannot show (English), or NULL */
	const char *const *library_reads;	/* those of `reads` that a library reads itself, in
						   place->folder; NULL: none */
	int (*scan)(const struct probe_place *place, struct inventory *inventory, struct err *err);
};

extern const struct probe *const probe_table[];
extern const size_t probe_count;
const struct probe *probe_find(const char *name);

/* ERR_NOT_FOUND for a name that no row has. What a row cannot read is no error of these. */
int probe_classes(const struct probe_place *place, const char *const *name, size_t name_count,
		  struct inventory *inventory, struct err *err);
/* The same for a root alone: without tables of names. */
int probe_machine(struct sysroot *root, const char *const *name, size_t name_count,
		  struct inventory *inventory, struct err *err);
/* Rows of any table. */
int probe_rows(const struct probe *const *row, size_t row_count, const struct probe_place *place,
	       struct inventory *inventory, struct err *err);

#endif
