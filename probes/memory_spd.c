/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/memory_spd.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "probes/look.h"

#include <stdio.h>
#include <string.h>

static const char class[] = "memory";

/* The names under which drivers bind such an EEPROM; only the first three say what it is. */
static bool is_driver(const char *name, bool *ret_sure)
{
	static const char *const driver[] = { "spd", "ee1004", "spd5118", "eeprom", "24c02" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(driver); i++) {
		if (!strcmp(driver[i], name)) {
			*ret_sure = i < 3;
			return true;
		}
	}
	return false;
}

static void read_one(struct look *look, const char *device, struct memory_spds *spds)
{
	AUTO(buf_release) struct buf name = BUF_INIT;
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct arena *arena = &look->inventory->arena;
	struct memory_spd *spd = arena_new(arena, struct memory_spd);
	char path[sizeof(look->path)];
	enum spd_state state;
	bool sure;
	int code;

	if (!look_line(look, "name", &name) || !is_driver(name.data, &sure))
		return;
	snprintf(path, sizeof(path), "%s/eeprom", look->folder);
	code = sysroot_read(look->place->root, path, &bytes, NULL);
	if (code == ERR_ACCESS)
		inventory_problem(look->inventory, class, "permission",
				  "%s is not readable without root", path);
	if (code < 0)
		return;
	state = spd_read(bytes.data, bytes.size, &spd->spd);
	if (state == SPD_DAMAGED && sure)
		inventory_problem(look->inventory, class, "spd-damaged",
				  "%s: the checksum of the module's own data is wrong", path);
	if (state != SPD_GOOD || spds->count == MEMORY_SPD_MAX)
		return;
	spd->device = arena_strdup(arena, device);
	spd->source = arena_strdup(arena, path);
	spds->spd[spds->count++] = spd;
}

void memory_spd_read(const struct probe_place *place, struct inventory *inventory,
		     struct memory_spds *spds)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	struct look look = { .place = place, .inventory = inventory, .class = class };
	size_t i;

	/* JEDEC gives modules the addresses 50h to 57h of their bus. */
	if (sysroot_glob(place->root, "sys/bus/i2c/devices/*-005[0-7]", &paths, NULL) < 0)
		return;
	for (i = 0; i < paths.count; i++) {
		look_at(&look, "%s", paths.name[i]);
		read_one(&look, strrchr(paths.name[i], '/') + 1, spds);
	}
}

/* Firmware writes the serial number as a number in hex, and some turn its bytes round. */
static bool has_serial(const struct memory_slot *slot, const struct spd *spd)
{
	const char *text = component_get_text(slot->component, "serial");
	uint64_t number;
	char hex[2 + 8 + 1];

	if (!spd->has_serial || !text || strlen(text) > 10)
		return false;
	snprintf(hex, sizeof(hex), "0x%.8s", text + (!strncmp(text, "0x", 2) ? 2 : 0));
	return scan_u64(hex, 1, UINT32_MAX, &number) == 0 &&
	       (number == spd->serial || number == __builtin_bswap32(spd->serial));
}

static bool has_part(const struct memory_slot *slot, const struct spd *spd)
{
	const char *text = slot->evidence.part_number;

	return text && *spd->part && !strcmp(text, spd->part);
}

/* Neither size nor kind of memory may speak against it. */
static bool may_be(const struct memory_slot *slot, const struct spd *spd)
{
	int64_t bytes = component_get_number(slot->component, "size_bytes", 0);
	const char *type = component_get_text(slot->component, "type");

	return (!bytes || !spd->bytes || (uint64_t)bytes == spd->bytes) &&
	       (!type || !strcmp(type, spd->type));
}

static void place_where(const struct memory_spds *spds, struct memory_slot *slot, size_t slot_count,
			bool (*fits)(const struct memory_slot *slot, const struct spd *spd))
{
	size_t i, k;

	for (i = 0; i < spds->count; i++) {
		struct memory_slot *only = NULL;
		size_t found = 0, rivals = 0;

		for (k = 0; !spds->spd[i]->placed && k < slot_count; k++) {
			if (slot[k].spd || !may_be(&slot[k], &spds->spd[i]->spd) ||
			    !fits(&slot[k], &spds->spd[i]->spd))
				continue;
			only = &slot[k];
			found++;
		}
		for (k = 0; found == 1 && k < spds->count; k++)
			rivals += !spds->spd[k]->placed && may_be(only, &spds->spd[k]->spd) &&
				  fits(only, &spds->spd[k]->spd);
		if (found == 1 && rivals == 1) {
			only->spd = spds->spd[i];
			spds->spd[i]->placed = true;
		}
	}
}

static bool alike(const struct spd *a, const struct spd *b)
{
	return !memcmp(a->maker, b->maker, sizeof(a->maker)) && a->bytes == b->bytes &&
	       a->mts == b->mts && !strcmp(a->part, b->part) && !strcmp(a->type, b->type);
}

static void give_twins(const struct memory_spds *spds, struct memory_slot *slot, size_t slot_count)
{
	const struct memory_spd *first = NULL;
	size_t left = 0;
	size_t i;

	for (i = 0; i < spds->count; i++) {
		if (spds->spd[i]->placed)
			continue;
		first = first ? first : spds->spd[i];
		if (!alike(&first->spd, &spds->spd[i]->spd))
			return;
		left++;
	}
	for (i = 0; i < slot_count; i++)
		left -= !slot[i].spd;
	for (i = 0; first && !left && i < slot_count; i++) {
		if (!slot[i].spd && may_be(&slot[i], &first->spd))
			slot[i].like = first;
	}
}

static bool whatever(const struct memory_slot *slot, const struct spd *spd)
{
	(void)slot;
	(void)spd;
	return true;
}

void memory_spd_match(const struct memory_spds *spds, struct memory_slot *slot, size_t slot_count)
{
	place_where(spds, slot, slot_count, has_serial);
	place_where(spds, slot, slot_count, has_part);
	if (spds->count == 1 && slot_count == 1)
		place_where(spds, slot, slot_count, whatever);
	give_twins(spds, slot, slot_count);
}

struct target {
	struct inventory *inventory;
	struct component *component;
	const struct memory_spd *spd;
};

/* What the firmware says and the module does not is kept in the problem. */
static void text(const struct target *target, const char *name, const char *value)
{
	const struct attribute *old = component_attribute(target->component, name);

	if (!value || !*value)
		return;
	if (old && old->kind == ATTRIBUTE_TEXT && old->certainty >= CERTAINTY_LIKELY &&
	    !text_equal_nocase(old->text, value))
		inventory_problem(target->inventory, class, "spd-differs",
				  "%s of %s: the firmware says '%s', the module itself '%s'", name,
				  target->component->id, old->text, value);
	component_bytes(target->inventory, target->component, name, value, strlen(value),
			target->spd->source, CERTAINTY_CERTAIN);
}

static void number(const struct target *target, const char *name, uint64_t value)
{
	if (value)
		component_number(target->inventory, target->component, name, (int64_t)value,
				 target->spd->source, CERTAINTY_CERTAIN);
}

static void add_serial(const struct target *target)
{
	const struct attribute *old = component_attribute(target->component, "serial");
	const struct memory_slot slot = { .component = target->component };
	char serial[9];

	/* The same number in another form stays as the label on the box has it. */
	if (old && old->certainty >= CERTAINTY_LIKELY && has_serial(&slot, &target->spd->spd))
		return;
	if (!target->spd->spd.has_serial)
		return;
	snprintf(serial, sizeof(serial), "%08X", target->spd->spd.serial);
	text(target, "serial", serial);
}

void memory_spd_describe(struct inventory *inventory, struct component *component,
			 const struct memory_spd *spd, bool twin)
{
	const struct target target = { .inventory = inventory, .component = component, .spd = spd };
	const struct spd *data = &spd->spd;
	char words[16];

	text(&target, "type", data->type);
	if (!component_attribute(component, "form"))
		text(&target, "form", data->form);
	text(&target, "part_number", data->part);
	number(&target, "speed_mts", data->mts);
	number(&target, "ranks", data->ranks);
	if (!component_attribute(component, "size_bytes"))
		number(&target, "size_bytes", data->bytes);
	if (data->maker[0] || data->maker[1]) {
		snprintf(words, sizeof(words), "%02x:%02x", data->maker[0], data->maker[1]);
		component_text(inventory, component, "jedec_id", words, spd->source,
			       CERTAINTY_CERTAIN);
	}
	if (twin)
		return;
	add_serial(&target);
	if (data->year) {
		snprintf(words, sizeof(words), "%04u-W%02u", data->year, data->week);
		text(&target, "made", words);
	}
}

static struct jedec_id id_of(const uint8_t byte[2])
{
	return (struct jedec_id){ .byte = { byte[0], byte[1] }, .given = byte[0] || byte[1] };
}

void memory_spd_makers(const struct jedec *jedec, struct inventory *inventory,
		       struct component *component, const struct memory_spd *spd,
		       const struct jedec_evidence *evidence)
{
	const struct target target = { .inventory = inventory, .component = component, .spd = spd };
	AUTO(buf_release) struct buf source = BUF_INIT;
	struct jedec_evidence all = *evidence;
	const char *maker = spd ? jedec_name(jedec, id_of(spd->spd.maker)) : NULL;
	const char *old;

	if (spd && !maker)
		all.module = id_of(spd->spd.maker);
	jedec_maker(jedec, inventory, component, &all);
	if (!spd)
		return;
	buf_addf(&source, "%s; %s", jedec->ids.source, spd->source);
	old = component_get_text(component, "maker");
	if (!old || !maker || !jedec_is_brand(jedec, old, maker))
		text(&target, "maker", maker);
	if (maker)
		component_text(inventory, component, "maker", maker, source.data,
			       CERTAINTY_CERTAIN);
	maker = jedec_name(jedec, id_of(spd->spd.dram_maker));
	if (maker)
		component_text(inventory, component, "dram_maker", maker, source.data,
			       CERTAINTY_CERTAIN);
}
