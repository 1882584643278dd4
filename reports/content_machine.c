/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"
#include "reports/machine.h"

#include <string.h>

void content_machine(struct content *content)
{
	const struct inventory *inventory = &content->record->inventory;
	struct document *doc = content->doc;
	struct block *section = document_section(doc, content->root,
						 tr(content, N_("Machine under test")));
	struct block *pairs = document_block(doc, section, BLOCK_PAIRS);
	char text[MACHINE_TEXT_SIZE];

	document_pair(doc, pairs, tr(content, N_("Maker and product")), TONE_PLAIN,
		      machine_product(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Processor")), TONE_PLAIN,
		      machine_cpu(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Memory")), TONE_PLAIN,
		      machine_memory(inventory, doc->lang, text));
	document_pair(doc, pairs, tr(content, N_("Firmware")), TONE_PLAIN,
		      machine_firmware(inventory, text));
	document_pair(doc, pairs, tr(content, N_("System")), TONE_PLAIN,
		      machine_system(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Architecture")), TONE_PLAIN, inventory->arch);
	document_pair(doc, pairs, tr(content, N_("Read from")), TONE_PLAIN,
		      !inventory->root || strcmp(inventory->root, "live") ? inventory->root
								    : tr(content, N_("the live machine")));
}
