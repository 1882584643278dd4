/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"
#include "reports/machine.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* What nobody could say is said to be so. */
static void fact(struct content *content, struct block *pairs, const char *name, const char *text)
{
	bool known = text && *text;

	document_pair(content->doc, pairs, tr(content, name), known ? TONE_PLAIN : TONE_MUTED,
		      known ? text : tr(content, N_("not known")));
}

/* Which tables of names (docs/formats/data.md) the parts were named by. */
static const char *pack_text(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE])
{
	if (!inventory->pack_digest)
		return NULL;
	snprintf(out, MACHINE_TEXT_SIZE, "%s, SM3 %.16s...", inventory->pack_version,
		 inventory->pack_digest);
	return out;
}

void content_machine(struct content *content)
{
	const struct inventory *inventory = &content->record->inventory;
	struct document *doc = content->doc;
	struct block *section = document_section(doc, content->root,
						 tr(content, N_("Machine under test")));
	struct block *pairs = document_block(doc, section, BLOCK_PAIRS);
	const char *root = inventory->root ? inventory->root : "";
	char text[MACHINE_TEXT_SIZE];

	fact(content, pairs, N_("Maker and product"), machine_product(inventory, text));
	fact(content, pairs, N_("Processor"), machine_cpu(inventory, text));
	fact(content, pairs, N_("Memory"), machine_memory(inventory, doc->lang, text));
	fact(content, pairs, N_("Firmware"), machine_firmware(inventory, text));
	fact(content, pairs, N_("System"), machine_system(inventory, text));
	fact(content, pairs, N_("Architecture"), inventory->arch);
	fact(content, pairs, N_("Tables of names"), pack_text(inventory, text));
	fact(content, pairs, N_("Read from"),
	     strcmp(root, "live") ? root : tr(content, N_("the live machine")));
}
