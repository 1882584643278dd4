/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PLACEHOLDER_H
#define MODEL_PLACEHOLDER_H
/*
 * Texts that stand where firmware was never given a name or a number ("To Be Filled By O.E.M.",
 * "Default string", "0123456789", "00000000", "--"): by their form, or in placeholders.tsv. They name nobody: the redaction keeps them,
 * since to find one on a shipped machine is a finding. `text` need not end with a zero; blanks at
 * both ends and a final '.' are not looked at, nor is the case.
 */
#include "harness/model/inventory.h"

#include <stdbool.h>
#include <stddef.h>

bool text_is_placeholder(const char *text, size_t size);
/* The same for what a probe reads: by the rows of the pack it was given, too. */
bool inventory_is_placeholder(const struct inventory *inventory, const char *text, size_t size);

#endif
