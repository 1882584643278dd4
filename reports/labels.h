/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_LABELS_H
#define REPORTS_LABELS_H
/* Inventory attributes for people: "size_bytes" 8589934592 becomes "size", "8 GiB". */
#include "harness/base/arena.h"
#include "harness/model/inventory.h"
#include "harness/model/label.h"

/* An English msgid where the name is known, else the name without its unit, blanks for '_'. */
const char *label_attribute(struct arena *arena, const char *name);
/* The value with its unit as told by the end of the attribute's name; of a flag a msgid (label.h). */
const char *label_value(struct arena *arena, const struct attribute *attribute);

#endif
