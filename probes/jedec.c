/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/jedec.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <stdio.h>
#include <string.h>

enum { MAKER = 2, SPELLINGS };

void jedec_open(struct jedec *jedec, const struct probe_place *place, struct inventory *inventory)
{
	struct err err = ERR_INIT;

	jedec->ids = (struct ids)IDS_INIT;
	if (pack_read(&jedec->ids, place->ids, &pack_jedec, &err) < 0) {
		ids_release(&jedec->ids);
		inventory_problem(inventory, "memory", "no-names", "%s", err.plain);
	}
}

void jedec_release(struct jedec *jedec)
{
	ids_release(&jedec->ids);
}

/* The row of a number of continuation codes and an id, both without parity; or -1. */
static long find(const struct jedec *jedec, unsigned int codes, unsigned int id)
{
	char bank[16], number[16];

	snprintf(bank, sizeof(bank), "%u", codes + 1);
	snprintf(number, sizeof(number), "0x%02x", id);
	return ids_find(&jedec->ids, (const char *[]){ bank, number });
}

/* Whether the firmware's text is one of the spellings ("UniIC;UnilC") of the maker. */
static bool spells(const struct jedec *jedec, long row, const char *text)
{
	const char *at = ids_at(&jedec->ids, (size_t)row, SPELLINGS);

	while (*at) {
		size_t length = strcspn(at, ";");
		char one[64];

		snprintf(one, sizeof(one), "%.*s", (int)length, at);
		if (length && text_contains_nocase(text, one))
			return true;
		at += length + (at[length] == ';');
	}
	return false;
}

/* The row whose spellings fit the text; -1 when none does, or more than one. */
static long find_spelling(const struct jedec *jedec, const char *text)
{
	long found = -1;
	size_t i;

	for (i = 0; i < jedec->ids.count; i++) {
		if (!spells(jedec, (long)i, text))
			continue;
		if (found >= 0 && strcmp(ids_at(&jedec->ids, (size_t)found, MAKER),
					 ids_at(&jedec->ids, i, MAKER)) != 0)
			return -1;
		found = (long)i;
	}
	return found;
}

static const char *maker_of(const struct jedec *jedec, long row)
{
	return ids_at(&jedec->ids, (size_t)row, MAKER);
}

static void add(const struct jedec *jedec, const struct dmi_target *module, const char *maker,
		enum certainty certainty)
{
	component_text(module->inventory, module->component, "maker", maker, jedec->ids.source,
		       certainty);
}

static void add_two(const struct jedec *jedec, const struct dmi_target *module, long a, long b,
		    enum certainty certainty)
{
	add(jedec, module,
	    arena_printf(&module->inventory->arena, "%s or %s",
			 maker_of(jedec, a), maker_of(jedec, b)),
	    certainty);
}

void jedec_maker(const struct jedec *jedec, const struct dmi_target *module, bool named)
{
	const char *text = component_get_text(module->component, "manufacturer");
	long spelled = named && text ? find_spelling(jedec, text) : -1;
	long direct = -1, swapped = -1;
	uint16_t word;
	char id[8];

	if (smbios_u16(module->structure, 0x2c, &word) && word && word != 0xffff) {
		snprintf(id, sizeof(id), "%02x:%02x", word & 0xff, word >> 8);
		dmi_word(module, "jedec_id", id);
		direct = find(jedec, word & 0x7f, word >> 8 & 0x7f);
		swapped = find(jedec, word >> 8 & 0x7f, word & 0x7f);
	}
	if (direct >= 0 && swapped >= 0 && direct != swapped) {
		add_two(jedec, module, direct, swapped, CERTAINTY_AMBIGUOUS);
		return;
	}
	direct = direct >= 0 ? direct : swapped;
	if (direct >= 0 && spelled >= 0 &&
	    strcmp(maker_of(jedec, direct), maker_of(jedec, spelled)) != 0)
		add_two(jedec, module, direct, spelled, CERTAINTY_CONTRADICTORY);
	else if (direct >= 0 || spelled >= 0)
		add(jedec, module, maker_of(jedec, direct >= 0 ? direct : spelled),
		    CERTAINTY_LIKELY);
}
