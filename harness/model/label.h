/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_LABEL_H
#define MODEL_LABEL_H
/* Attributes of an inventory in words for people, as English msgids. */
#include "harness/model/inventory.h"

/* "size_bytes" is "size"; NULL where the name is not known. */
const char *label_known(const char *name);
/* Of an attribute that is a flag "yes" or "no", else NULL. */
const char *label_flag(const struct attribute *attribute);

#endif
