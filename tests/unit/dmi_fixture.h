/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_DMI_FIXTURE_H
#define TESTS_DMI_FIXTURE_H
/*
 * An SMBIOS table for a planted root, structure by structure.
 *
 *	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
 *	dmi_fixture_add(&dmi, 2, 0x08, "\x01\x02", 2, "Great Wall", "TN140A2", NULL);
 *	dmi_fixture_module(&dmi, &(struct dmi_fixture_module){ .locator = "DIMM0", .mib = 8192 });
 *	dmi_fixture_write(&dmi, &tree, "root");		and releases it
 */
#include "harness/base/buf.h"
#include "tests/unit/tree.h"

#include <stdint.h>

struct dmi_fixture {
	struct buf table;
	uint16_t handle;
};

#define DMI_FIXTURE_INIT { .table = BUF_INIT }

/* A structure with `fixed` behind its header; its texts up to a NULL. */
void dmi_fixture_add(struct dmi_fixture *dmi, uint8_t type, const void *fixed, size_t size,
		     const char *text, ...) __attribute__((sentinel));

/* A memory device (type 17); what is not set is not given. mib 0: the slot is empty. */
struct dmi_fixture_module {
	const char *locator, *bank, *manufacturer, *serial, *part_number;
	uint16_t mib, mts, configured_mts;
	uint8_t type;			/* 0: 0x1a, DDR4 */
	uint8_t jedec_id[2];		/* as its bytes stand there */
};

void dmi_fixture_module(struct dmi_fixture *dmi, const struct dmi_fixture_module *module);
/* As NAME/sys/firmware/dmi/tables/DMI. */
void dmi_fixture_write(struct dmi_fixture *dmi, struct tree *tree, const char *name);

#endif
