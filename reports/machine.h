/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_MACHINE_H
#define REPORTS_MACHINE_H
/* Which machine this is, in a line: from the inventory; "" where it does not say. Returns out. */
#include "harness/base/lang.h"
#include "harness/model/inventory.h"

#define MACHINE_TEXT_SIZE 256

char *machine_product(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE]);
char *machine_cpu(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE]);
char *machine_memory(const struct inventory *inventory, enum lang lang,
		      char out[MACHINE_TEXT_SIZE]);
char *machine_firmware(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE]);
char *machine_system(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE]);

#endif
