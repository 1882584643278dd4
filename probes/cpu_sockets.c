/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SMBIOS type 4. Its counts and clocks are known to be wrong on real machines (8 cores for a
 * 4-core 3A6000, 48 MHz for a FT-2000/4) and one chip may have three of them (Kirin), so it
 * describes sockets and nothing is concluded from it but the name.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "probes/dmi.h"
#include "probes/look.h"

#include <string.h>

static void add(struct cpu_reading *r, const struct smbios_structure *s, unsigned int index)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf place = BUF_INIT;
	struct dmi_target target = { .inventory = r->inventory, .structure = s,
				     .source = "smbios type 4" };
	enum text_encoding how;
	const char *text;
	size_t size;
	uint8_t status;

	if (smbios_string(s, 0x04, &text, &size) == SMBIOS_TEXT_FOUND)
		look_id_text(text_decode(&r->inventory->arena, text, size, &how), &place);
	buf_addf(&id, "socket/%s", place.data);
	if (!place.size)
		buf_addf(&id, "%u", index);
	target.component = inventory_add(r->inventory, "cpu", id.data, NULL);
	/* Bit 6 of the status: a processor is in the socket. */
	if (smbios_u8(s, 0x18, &status)) {
		dmi_number(&target, "populated", (status & 0x40) != 0);
		if (!(status & 0x40))
			return;
	}
	dmi_text(&target, "manufacturer", 0x07, DMI_OPTIONAL);
	dmi_text(&target, "version", 0x10, DMI_OPTIONAL);
	dmi_text(&target, "serial", 0x20, DMI_OPTIONAL);
	dmi_text(&target, "asset_tag", 0x21, DMI_OPTIONAL);
	dmi_text(&target, "part_number", 0x22, DMI_OPTIONAL);
	dmi_u16(&target, "max_mhz", 0x14);
	dmi_u16(&target, "current_mhz", 0x16);
	dmi_u8(&target, "core_count", 0x23);
	dmi_u8(&target, "thread_count", 0x25);
}

void cpu_firmware_name(struct cpu_reading *r)
{
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct smbios_structure s;
	enum text_encoding how;
	const char *text;
	size_t size;

	while (!r->firmware_name && smbios_next(&walk, &s)) {
		if (s.type != SMBIOS_PROCESSOR ||
		    smbios_string(&s, 0x10, &text, &size) != SMBIOS_TEXT_FOUND)
			continue;
		text = text_decode(&r->inventory->arena, text, size, &how);
		if (!text_is_placeholder(text, strlen(text)))
			r->firmware_name = text;
	}
}

void cpu_sockets(struct cpu_reading *r)
{
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct smbios_structure s;
	unsigned int index = 0;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_PROCESSOR)
			add(r, &s, index++);
	}
	dmi_end(&walk, r->inventory, "cpu");
}
