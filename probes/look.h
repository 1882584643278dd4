/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_LOOK_H
#define PROBES_LOOK_H
/*
 * What nearly every probe does: one file of the root, one attribute of a component.
 *
 *	struct look look = { .place = place, .inventory = inventory, .class = "net" };
 *	look_at(&look, "sys/class/net/%s", name);	the folder
 *	look.component = inventory_add(...);
 *	look_text(&look, "mac", "address");		from FOLDER/address
 *	look_number(&look, "mtu", "mtu");
 *
 * Each attribute names its file as source and is certain: it says what the kernel says (but see look_name). A file that
 * is not there or empty adds nothing and is no problem; one that may not be read becomes a problem
 * "permission". Drivers that answer a read with an error (the speed of a link that is down) add
 * nothing. The functions return whether they added something.
 */
#include "harness/base/buf.h"
#include "harness/base/ids.h"
#include "probes/probe.h"

#include <limits.h>

struct look {
	const struct probe_place *place;
	struct inventory *inventory;
	const char *class;
	struct component *component;
	void *context;		/* the caller's, for what look_each calls */
	char folder[PATH_MAX / 2];
	char path[PATH_MAX];
};

void look_at(struct look *look, const char *folder, ...) __attribute__((format(printf, 2, 3)));
/* The first line of FOLDER/file, without blanks at both ends, replaces what is in `line`. */
bool look_line(struct look *look, const char *file, struct buf *line);
bool look_text(struct look *look, const char *attribute, const char *file);
/* A name or a number that a maker wrote: where nobody did (model/placeholder.h) it is "unknown". */
bool look_name(struct look *look, const char *attribute, const char *file);
/* Decimal, or hexadecimal behind 0x. */
bool look_value(struct look *look, const char *file, int64_t *ret_number);
bool look_number(struct look *look, const char *attribute, const char *file);
/* The number in the file times `times`, divided by `parts`. */
bool look_scaled(struct look *look, const char *attribute, const char *file, int64_t times,
		 int64_t parts);
/* The last component of the link's target: the driver's name. */
bool look_link_name(struct look *look, const char *attribute, const char *link);

/*
 * The id of the PCI device that stands last on the way to FOLDER ("pci/0000:00:03.0"), into `out`;
 * its emptiness says that there is none. `own`: whether FOLDER itself may be it.
 */
void look_pci_parent(struct look *look, bool own, struct buf *out);

/*
 * Whether the folder leads to a device, and not to one of the kernel's own making (loop0, lo) or to
 * a plain file (bonding_masters).
 */
bool look_has_hardware(struct look *look);

/*
 * A class that is a folder with one folder a component: `add` is called for every name in `folder`,
 * with look->folder set to it, and adds a component or does not. Then the class is present or, with
 * "looked in FOLDER: none", absent. 0, or the error that kept the folder from
 * being listed.
 */
int look_each(struct look *look, const char *folder,
	      void (*add)(struct look *look, const char *name), const char *none, struct err *err);

/*
 * A table of the pack, into `ids` (released by the caller). One that cannot be read is a problem
 * "no-names" and has no rows; its source says so.
 */
void look_table(const struct look *look, const struct ids_table *table, struct ids *ids);

/* The text made fit for an id: everything but letters, digits and "-_.:" becomes one '-'. */
void look_id_text(const char *text, struct buf *out);

#endif
