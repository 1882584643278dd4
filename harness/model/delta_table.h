/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_DELTA_TABLE_H
#define MODEL_DELTA_TABLE_H
/* Inside of delta.c and bom_make: what a part is, where it is, and which attributes tell. */
#include "harness/model/inventory.h"

#include <stdbool.h>
#include <stddef.h>

enum delta_role {
	ROLE_KIND = 0,	/* tells which part it is; what the first says the second must say */
	ROLE_HINT,	/* the same, where both say it */
	ROLE_NAME,	/* the same, where neither of these could be compared */
	ROLE_SPELLING,	/* as a hint; where both surely have the same ROLE_MEANING it does not matter, and
			 * where the kind is not known it must be known on both sides */
	ROLE_MEANING,	/* what a table makes of the spellings; not compared */
	ROLE_TABLE,	/* as a hint, where both have it from one table: a newer one has other names */
	ROLE_SIZE,	/* the smaller, the worse */
	ROLE_ROUGH,	/* a size that depends on the kernel: within a sixteenth it is the same */
	ROLE_LANES,	/* a size; told of the lower end of a link that carries something */
	ROLE_SOFT,	/* firmware, driver, setting: may differ and it is the same part */
};

enum delta_place {
	PLACE_ID = 0,	/* the id names the place: a slot, a socket, a port */
	PLACE_PATH,	/* of PCI: the bridges above, without the numbers of busses, which follow from
			 * what else is plugged in */
	PLACE_PARENT,	/* what it hangs on, and its port there where both say it ("slot"); the id
			 * counts in the order of finding */
};

struct delta_attribute {
	const char *name;
	enum delta_role role;
};

struct delta_part {
	const char *class;
	const char *id;		/* glob */
	enum delta_place place;
	bool passing;				/* it comes and goes with its user */
	bool one;				/* a machine has one: it need not be counted */
	const char *const *describe;		/* attributes that name it for people, ends with NULL */
	const struct delta_attribute *attribute;	/* ends with a NULL name */
};

/* The row of a component; NULL: it is not compared. */
const struct delta_part *delta_part_of(const struct component *component);
bool delta_has_class(const char *class);
/* Whether some of its parts count. */
bool delta_class_counts(const char *class);
/* Whether the part comes and goes. */
bool delta_part_passing(const struct delta_part *part, const struct component *component);

#endif
