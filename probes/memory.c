/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory: what the kernel has (proc/meminfo) and what is plugged in: by SMBIOS types 16, 17, 19 and 20,
 * by the controllers (EDAC), and by the modules' own data where the kernel offers it.
 */
#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "probes/dmi.h"
#include "probes/look.h"
#include "probes/memory_edac.h"
#include "probes/memory_map.h"
#include "probes/memory_place.h"
#include "probes/memory_spd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_(text) (text)

#define MAXIMUM_EXTENDED 0x80000000U	/* it stands in a field of 64 bits */

static const char class[] = "memory";

struct modules {
	const struct probe_place *place;
	struct inventory *inventory;
	struct component *total;
	struct jedec jedec;
	struct memory_spds spds;
	struct memory_slot *slot;	/* those that are populated */
	size_t slot_count, slot_capacity;
	struct memory_channels channels;
	struct memory_map map;
	struct memory_edac edac;
	uint16_t *other;		/* handles of arrays that are not the system's */
	size_t other_count, other_capacity;
	uint64_t bytes;
	int64_t slots, unknown;
};

/* "MemTotal:       24684084 kB" */
static int64_t kernel_total(const struct probe_place *place, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	int code = sysroot_read(place->root, "proc/meminfo", &text, err);
	const char *at;
	uint64_t kib;
	char *end;

	if (code < 0)
		return code;
	at = strstr(text.data, "MemTotal:");
	if (!at)
		return err_set(err, ERR_INPUT, "proc/meminfo has no line MemTotal");
	at += strlen("MemTotal:");
	at += strspn(at, " \t");
	end = text.data + (at - text.data) + strspn(at, "0123456789");
	if (strncmp(end, " kB", 3) != 0)
		return err_set(err, ERR_INPUT, "proc/meminfo: MemTotal is not in kB");
	*end = 0;
	if (scan_u64(at, 1, INT64_MAX >> 10, &kib) < 0)
		return err_set(err, ERR_INPUT, "proc/meminfo: MemTotal is no number");
	return (int64_t)(kib << 10);
}

static void add_speed(const struct dmi_target *target, const char *attribute, bool configured)
{
	uint32_t mts;

	if (smbios_memory_speed(target->structure, configured, &mts))
		dmi_number(target, attribute, mts);
}

static void add_code(const struct dmi_target *target, const char *attribute, size_t offset,
		     const char *(*word)(uint8_t code))
{
	uint8_t code;

	if (smbios_u8(target->structure, offset, &code))
		dmi_word(target, attribute, word(code));
}

/* What the firmware says of the module in a slot. Who made it is told when all is known. */
static void describe_module(struct modules *modules, const struct dmi_target *target)
{
	struct memory_slot *slot;
	uint8_t rank;
	uint16_t word;

	modules->slot = mem_grow(modules->slot, &modules->slot_capacity, modules->slot_count + 1,
				 sizeof(*modules->slot));
	slot = &modules->slot[modules->slot_count++];
	*slot = (struct memory_slot){ .component = target->component };
	if (dmi_text(target, "manufacturer", 0x17, DMI_EXPECTED))
		slot->evidence.name = component_get_text(target->component, "manufacturer");
	dmi_text(target, "serial", 0x18, DMI_OPTIONAL);
	dmi_text(target, "asset_tag", 0x19, DMI_OPTIONAL);
	if (dmi_text(target, "part_number", 0x1a, DMI_EXPECTED))
		slot->evidence.part_number = component_get_text(target->component, "part_number");
	add_code(target, "type", 0x12, smbios_memory_type);
	add_code(target, "form", 0x0e, smbios_memory_form);
	dmi_u16(target, "total_width_bits", 0x08);
	dmi_u16(target, "data_width_bits", 0x0a);
	add_speed(target, "speed_mts", false);
	add_speed(target, "configured_mts", true);
	dmi_u16(target, "configured_mv", 0x26);
	if (smbios_u8(target->structure, 0x1b, &rank) && (rank & 0x0f))
		dmi_number(target, "ranks", rank & 0x0f);
	if (smbios_u16(target->structure, 0x2c, &word) && word && word != 0xffff) {
		char id[8];

		slot->evidence.firmware = (struct jedec_id){
			.byte = { (uint8_t)word, (uint8_t)(word >> 8) }, .given = true
		};
		snprintf(id, sizeof(id), "%02x:%02x", word & 0xff, word >> 8);
		dmi_word(target, "jedec_id", id);
	}
}

static void add_module(struct modules *modules, const struct smbios_structure *s)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf locator = BUF_INIT;
	struct dmi_target target = { .inventory = modules->inventory, .structure = s,
				     .source = "smbios type 17" };
	enum text_encoding how;
	const char *text;
	size_t size;
	uint64_t bytes = 0;
	int state = smbios_memory_bytes(s, &bytes);

	if (smbios_string(s, 0x10, &text, &size) == SMBIOS_TEXT_FOUND)
		look_id_text(text_decode(&modules->inventory->arena, text, size, &how), &locator);
	buf_addf(&id, "dimm/%s", locator.data);
	if (!locator.size)
		buf_addf(&id, "slot-%lld", (long long)modules->slots);
	target.component = inventory_add(modules->inventory, class, id.data, "memory/total");
	modules->slots++;
	dmi_text(&target, "locator", 0x10, DMI_OPTIONAL);
	dmi_text(&target, "bank", 0x11, DMI_OPTIONAL);
	dmi_number(&target, "populated", state != 0);
	memory_channel(&modules->channels, modules->inventory, target.component);
	if (state == 0)
		return;
	memory_map_module(&modules->map, s, target.component);
	memory_edac_slot(&modules->edac, target.component);
	if (state > 0) {
		modules->bytes += bytes;
		dmi_number(&target, "size_bytes", (int64_t)bytes);
	} else {
		modules->unknown++;
		inventory_problem(modules->inventory, class, "smbios-size-unknown",
				  "%s is populated and the firmware does not say how large it is",
				  target.component->id);
	}
	describe_module(modules, &target);
}

/* Video and flash memory have arrays of their own, which are not the memory that is tested. */
static bool is_system_memory(const struct smbios_structure *array)
{
	enum { SYSTEM_MEMORY = 3 };
	uint8_t use;

	return smbios_u8(array, 0x05, &use) && use == SYSTEM_MEMORY;
}

/* A module without an array, or with one that is not there, is one of the system's. */
static bool is_of_other_use(const struct modules *modules, const struct smbios_structure *s)
{
	uint16_t array;
	size_t i;

	for (i = 0; smbios_u16(s, 0x04, &array) && i < modules->other_count; i++) {
		if (modules->other[i] == array)
			return true;
	}
	return false;
}

/* How much one array takes, in bytes; 0: not said. */
static uint64_t array_bytes(const struct smbios_structure *array)
{
	uint32_t kib, low, high;

	if (!smbios_u32(array, 0x07, &kib))
		return 0;
	if (kib != MAXIMUM_EXTENDED)
		return (uint64_t)kib << 10;
	if (!smbios_u32(array, 0x0f, &low) || !smbios_u32(array, 0x13, &high) || high >> 20)
		return 0;
	return (uint64_t)high << 32 | low;
}

/* Machines with several sockets have an array for each. */
static void add_arrays(struct modules *modules, const struct dmi *dmi)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;
	struct dmi_target target = { .inventory = modules->inventory, .structure = &s,
				     .component = modules->total, .source = "smbios type 16" };
	uint64_t bytes = 0;
	bool known = true;
	uint8_t ecc;

	while (smbios_next(&walk, &s)) {
		if (s.type != SMBIOS_MEMORY_ARRAY)
			continue;
		if (!is_system_memory(&s)) {
			modules->other = mem_grow(modules->other, &modules->other_capacity,
						  modules->other_count + 1, sizeof(*modules->other));
			modules->other[modules->other_count++] = s.handle;
			continue;
		}
		if (smbios_u8(&s, 0x06, &ecc))
			dmi_word(&target, "ecc", smbios_memory_ecc(ecc));
		known = known && array_bytes(&s);
		bytes += array_bytes(&s);
	}
	if (known && bytes && bytes <= JSON_INT_MAX)
		dmi_number(&target, "maximum_bytes", (int64_t)bytes);
}

static void scan_slots(struct modules *modules, const struct dmi *dmi)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;
	struct dmi_target target = { .inventory = modules->inventory, .structure = &s,
				     .component = modules->total, .source = "smbios type 17" };

	add_arrays(modules, dmi);
	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_MEMORY_DEVICE && !is_of_other_use(modules, &s))
			add_module(modules, &s);
	}
	dmi_end(&walk, modules->inventory, class);
	memory_map_add(&modules->map, dmi, modules->inventory);
	memory_map_release(&modules->map);
	if (!modules->slots)
		return;
	dmi_number(&target, "slots", modules->slots);
	dmi_number(&target, "slots_used", (int64_t)modules->slot_count);
	memory_channels_add(&modules->channels, modules->inventory, modules->total);
	/* A sum with an unknown part in it would be a guess. */
	if (!modules->unknown && modules->bytes)
		dmi_number(&target, "installed_bytes", (int64_t)modules->bytes);
}

/* Modules of which it is not known in which slot they sit, or that have no slots at all. */
static void add_unplaced(struct modules *modules)
{
	size_t i;

	for (i = 0; i < modules->spds.count; i++) {
		const struct memory_spd *spd = modules->spds.spd[i];
		struct jedec_evidence evidence = { .part_number = spd->spd.part };
		AUTO(buf_release) struct buf id = BUF_INIT;
		struct component *component;

		if (spd->placed)
			continue;
		buf_addf(&id, "spd/%s", spd->device);
		component = inventory_add(modules->inventory, class, id.data, modules->total->id);
		memory_spd_describe(modules->inventory, component, spd, false);
		memory_spd_makers(&modules->jedec, modules->inventory, component, spd, &evidence);
	}
}

/* The modules' own data are the better evidence of what sits in a slot. */
static void name_modules(struct modules *modules)
{
	size_t i;

	memory_spd_match(&modules->spds, modules->slot, modules->slot_count);
	for (i = 0; i < modules->slot_count; i++) {
		struct memory_slot *slot = &modules->slot[i];
		const struct memory_spd *spd = slot->spd ? slot->spd : slot->like;

		if (spd)
			memory_spd_describe(modules->inventory, slot->component, spd, !slot->spd);
		memory_spd_makers(&modules->jedec, modules->inventory, slot->component, spd,
				  &slot->evidence);
	}
	add_unplaced(modules);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(dmi_release) struct dmi dmi = DMI_INIT;
	struct modules modules = { .place = place, .inventory = inventory };
	int64_t bytes = kernel_total(place, err);
	bool known;

	if (bytes < 0 && bytes != ERR_NOT_FOUND)
		return (int)bytes;
	known = dmi_read(&dmi, place) == PRESENCE_PRESENT;
	memory_spd_read(place, inventory, &modules.spds);
	memory_edac_read(&modules.edac, place, inventory);
	if (bytes < 0 && !known && !modules.spds.count && !modules.edac.count) {
		inventory_class(inventory, class, PRESENCE_ABSENT,
				"proc/meminfo is not there; %s", dmi.note);
		return 0;
	}
	modules.total = inventory_add(inventory, class, "memory/total", NULL);
	if (bytes > 0)
		component_number(inventory, modules.total, "kernel_total_bytes", bytes,
				 "proc/meminfo", CERTAINTY_CERTAIN);
	if (known || modules.spds.count) {
		jedec_open(&modules.jedec, place, inventory);
		if (known)
			scan_slots(&modules, &dmi);
		name_modules(&modules);
		jedec_release(&modules.jedec);
		free(modules.slot);
		free(modules.other);
	}
	memory_edac_add(&modules.edac, inventory, modules.total);
	if (modules.slots || modules.spds.count || modules.edac.count)
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else
		inventory_class(inventory, class, PRESENCE_PRESENT, "modules not known: %s",
				known ? "SMBIOS has no type 17" : dmi.note);
	memory_edac_release(&modules.edac);
	return 0;
}

static const char *const reads[] = {
	"proc/meminfo",
	DMI_TABLE,
	DMI_ENTRY,
	"sys/bus/i2c/devices/*-005[0-7]/name",
	"sys/bus/i2c/devices/*-005[0-7]/eeprom",
	MEMORY_EDAC_READS,
	NULL,
};

const struct probe probe_memory = {
	.name = class,
	.summary = N_("memory modules and what the kernel has of them"),
	.reads = reads,
	.scan = scan,
};
