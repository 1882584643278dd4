/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_IDENTITY_H
#define REPORTS_IDENTITY_H
/* Which machine this is, in a line: from the inventory; "" where it does not say. Returns out. */
#include "harness/model/inventory.h"

#define IDENTITY_TEXT_SIZE 256

char *identity_machine(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE]);
char *identity_cpu(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE]);
char *identity_memory(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE]);
char *identity_firmware(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE]);
char *identity_os(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE]);

#endif
