/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_INVENTORY_H
#define MODEL_INVENTORY_H
/*
 * What a machine is made of: components with attributes, each attribute with the place it was read
 * from and how sure we are; for every class whether it is present, absent or unreadable; and the
 * problems met while reading.
 *
 *	struct inventory inventory = INVENTORY_INIT;
 *	struct component *cpu = inventory_add(&inventory, "cpu", "cpu/0", NULL);
 *	component_text(&inventory, cpu, "model", "Loongson-3A6000", "proc/cpuinfo", CERTAINTY_CERTAIN);
 *	component_number(&inventory, cpu, "cores", 4, "sys/devices/system/cpu", CERTAINTY_CERTAIN);
 *	inventory_class(&inventory, "cpu", PRESENCE_PRESENT, NULL);
 *	inventory_release(&inventory);
 *
 * All text is UTF-8 and copied into the inventory's arena. Numbers are whole, within 2^53; the
 * attribute's name ends with its unit where it has one (size_bytes, speed_mts, max_khz,
 * temperature_milli_c). Names are lower case with underscores. A text from firmware goes through
 * component_bytes, which records how it was decoded.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/base/text.h"

#include <jansson.h>
#include <stdint.h>

enum presence {
	PRESENCE_UNREADABLE = 0,	/* note: why */
	PRESENCE_ABSENT,		/* note: what was looked at */
	PRESENCE_PRESENT,
};

enum certainty {
	CERTAINTY_UNKNOWN = 0,
	CERTAINTY_CONTRADICTORY,	/* sources disagree */
	CERTAINTY_AMBIGUOUS,		/* the evidence fits several values; the text names them */
	CERTAINTY_LIKELY,
	CERTAINTY_CERTAIN,
};

enum attribute_kind {
	ATTRIBUTE_TEXT = 0,
	ATTRIBUTE_NUMBER,
};

struct attribute {
	const char *name;
	enum attribute_kind kind;
	const char *text;		/* ATTRIBUTE_TEXT */
	enum text_encoding encoding;	/* of text */
	int64_t number;			/* ATTRIBUTE_NUMBER */
	const char *source;		/* "proc/cpuinfo", "smbios type 17", "libpci" */
	enum certainty certainty;
	struct attribute *next;		/* in ascending order of name */
};

struct component {
	const char *class;	/* "cpu", "topology", "memory", "board", ... */
	const char *id;		/* stable: "cpu/0", "dimm/P0-C2", "pci/0000:01:00.0" */
	const char *parent;	/* id, or NULL */
	struct attribute *attribute;
	struct component *next;	/* in order of adding */
};

struct class_state {
	const char *name;
	enum presence presence;
	const char *note;	/* English; may be NULL when present */
	struct class_state *next;
};

struct problem {
	const char *class;
	const char *code;	/* "child-crashed", "permission", "library", "unprogrammed-name" ... */
	const char *detail;	/* English */
	struct problem *next;
};

struct ids;

struct inventory {
	struct arena arena;
	const struct ids *placeholders;	/* while probing: texts that name nobody; borrowed, or NULL */
	const char *root;	/* "live" or the name of the capture */
	const char *arch;	/* uname machine of the machine described, or "unknown" */
	const char *pack_version;	/* of the tables of names (sys/pack.h); NULL: none was used */
	const char *pack_digest;
	struct class_state *class_state, **class_tail;
	struct component *component, **component_tail;
	struct problem *problem, **problem_tail;
};

#define INVENTORY_INIT { .arena = ARENA_INIT }

void inventory_release(struct inventory *inventory);
/* The pack of tables that names were taken from. */
void inventory_pack(struct inventory *inventory, const char *version, const char *digest);
struct component *inventory_add(struct inventory *inventory, const char *class, const char *id,
				const char *parent);
void component_text(struct inventory *inventory, struct component *component, const char *name,
		    const char *text, const char *source, enum certainty certainty);
/* Bytes of firmware: decoded as text_decode does. Empty text adds nothing. */
void component_bytes(struct inventory *inventory, struct component *component, const char *name,
		     const void *bytes, size_t size, const char *source, enum certainty certainty);
void component_number(struct inventory *inventory, struct component *component, const char *name,
		      int64_t number, const char *source, enum certainty certainty);
/* Says what is known of a class; the last call for a class wins. note is a format or NULL. */
void inventory_class(struct inventory *inventory, const char *class, enum presence presence,
		     const char *note, ...) __attribute__((format(printf, 4, 5)));
void inventory_problem(struct inventory *inventory, const char *class, const char *code,
		       const char *detail, ...) __attribute__((format(printf, 4, 5)));

const struct component *inventory_find(const struct inventory *inventory, const char *id);
/* The first component of a class; go on with component_next_of_class. NULL at the end. */
const struct component *inventory_first(const struct inventory *inventory, const char *class);
const struct component *inventory_next(const struct component *component);
const struct attribute *component_attribute(const struct component *component, const char *name);
/* Text of an attribute, NULL when it is not there or a number; number, or `other`. */
const char *component_get_text(const struct component *component, const char *name);
int64_t component_get_number(const struct component *component, const char *name, int64_t other);
const struct class_state *inventory_class_state(const struct inventory *inventory,
						const char *class);

/*
 * The canonical text form (docs/formats/inventory.md):
 *	{"arch":..,"classes":[{"class":..,"note":..,"presence":"present"}],
 *	 "components":[{"attributes":{NAME:{"certainty":..,"encoding":..,"source":..,"value":..}},
 *			"class":..,"id":..,"parent":..}],
 *	 "pack":{"digest":..,"version":..},
 *	 "problems":[{"class":..,"code":..,"detail":..}],"root":..}
 * "encoding" stands only where it is not utf-8, "pack" where tables of names were there. Reading is strict and gives ERR_INPUT with `where`.
 */
void inventory_write(struct json_writer *w, const char *key, const struct inventory *inventory);
int inventory_read(const json_t *object, const char *where, struct inventory *inventory,
		   struct err *err);
/* Add everything of `from` (a child's partial inventory) to `to`. */
void inventory_merge(struct inventory *to, const struct inventory *from);

const char *presence_name(enum presence presence);	/* "unreadable", "absent", "present" */
const char *certainty_name(enum certainty certainty);

#endif
