/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SMBIOS type 4. Its counts and clocks are known to be wrong on real machines (8 cores for a
 * 4-core 3A6000, 48 MHz for a FT-2000/4) and one chip may have three of them (Kirin, one a
 * cluster). So it describes sockets, gives a name, and is believed in counts only where nothing
 * else speaks.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "probes/dmi.h"
#include "probes/look.h"

#include <string.h>

/* A byte, or where it says 255 the word that SMBIOS 3.0 added behind. 0 means "not known". */
static bool count_of(const struct smbios_structure *s, size_t offset, size_t wide,
		     uint64_t *ret_count)
{
	uint8_t byte;
	uint16_t word;

	if (!smbios_u8(s, offset, &byte) || !byte)
		return false;
	*ret_count = byte;
	if (byte == 0xff && smbios_u16(s, wide, &word) && word && word != 0xffff)
		*ret_count = word;
	return true;
}

static void add(struct cpu_reading *r, const struct smbios_structure *s, unsigned int index)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf place = BUF_INIT;
	struct dmi_target target = { .inventory = r->inventory, .structure = s,
				     .source = "smbios type 4" };
	enum text_encoding how;
	const char *text;
	size_t size;
	uint64_t count;
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
	if (count_of(s, 0x23, 0x2a, &count))
		dmi_number(&target, "core_count", (int64_t)count);
	if (count_of(s, 0x25, 0x2e, &count))
		dmi_number(&target, "thread_count", (int64_t)count);
}

/* --- all of them together ----------------------------------------------------------------------- */

static const char *text_of(struct cpu_reading *r, const struct smbios_structure *s, size_t offset)
{
	enum text_encoding how;
	const char *text;
	size_t size;

	if (smbios_string(s, offset, &text, &size) != SMBIOS_TEXT_FOUND)
		return NULL;
	text = text_decode(&r->inventory->arena, text, size, &how);
	return inventory_is_placeholder(r->inventory, text, strlen(text)) ? NULL : text;
}

struct part {
	const char *designation;
	uint16_t mhz;
};

enum { PARTS_MAX = 64 };

/*
 * The clusters of one chip share the designation and differ in the clock; two sockets that firmware
 * gave one name have the same clock.
 */
static bool is_cluster(const struct part *part, size_t count, const struct part *other)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (part[i].designation && other->designation && part[i].mhz != other->mhz &&
		    !strcmp(part[i].designation, other->designation))
			return true;
	}
	return false;
}

static void add_up(uint64_t *sum, bool *known, const struct smbios_structure *s, size_t offset,
		   size_t wide)
{
	uint64_t count;

	*known = *known && count_of(s, offset, wide, &count);
	if (*known)
		*sum += count;
}

void cpu_firmware(struct cpu_reading *r)
{
	struct smbios_walk walk = dmi_walk(&r->dmi);
	struct cpu_firmware *all = &r->firmware;
	struct part part[PARTS_MAX];
	bool cores = true, enabled = true, threads = true;
	struct smbios_structure s;
	uint8_t status;

	while (smbios_next(&walk, &s)) {
		struct part *here = &part[all->structures % PARTS_MAX];

		if (s.type != SMBIOS_PROCESSOR || all->structures == PARTS_MAX ||
		    (smbios_u8(&s, 0x18, &status) && !(status & 0x40)))
			continue;
		*here = (struct part){ .designation = text_of(r, &s, 0x04) };
		smbios_u16(&s, 0x14, &here->mhz);
		all->sockets += !is_cluster(part, all->structures, here);
		all->structures++;
		all->name = all->name ? all->name : text_of(r, &s, 0x10);
		all->designation = all->designation ? all->designation : here->designation;
		all->maker = all->maker ? all->maker : text_of(r, &s, 0x07);
		add_up(&all->cores, &cores, &s, 0x23, 0x2a);
		add_up(&all->enabled, &enabled, &s, 0x24, 0x2c);
		add_up(&all->threads, &threads, &s, 0x25, 0x2e);
	}
	all->cores = cores ? all->cores : 0;
	all->enabled = enabled ? all->enabled : 0;
	all->threads = threads ? all->threads : 0;
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
