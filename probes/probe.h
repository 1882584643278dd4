/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_PROBE_H
#define PROBES_PROBE_H
/*
 * One component class: a row of probe_table (table.c), a file of its own.
 *
 *	struct inventory inventory = INVENTORY_INIT;
 *	code = probe_machine(root, names, name_count, &inventory, &err);
 *
 * Every row runs in a child process (sys/child.h): a library that exits, prints, crashes or hangs
 * becomes a problem of its class in the inventory, and the class is unreadable. The child sends its
 * part as canonical JSON. With no names every row runs, in table order.
 */
#include "harness/base/err.h"
#include "harness/model/inventory.h"
#include "harness/sys/sysroot.h"

#include <stddef.h>

struct probe {
	const char *name;		/* the class: "cpu" */
	const char *summary;		/* translatable */
	const char *const *reads;	/* globs below the root, NULL-terminated: copied by capture */
	const char *live_only;		/* what of it a capture cannot show (English), or NULL */
	int (*scan)(struct sysroot *root, struct inventory *inventory, struct err *err);
};

extern const struct probe *const probe_table[];
extern const size_t probe_count;
const struct probe *probe_find(const char *name);

int probe_machine(struct sysroot *root, const char *const *name, size_t name_count,
		  struct inventory *inventory, struct err *err);

#endif
