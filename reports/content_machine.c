/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"
#include "reports/identity.h"

void content_machine(struct content *content)
{
	const struct inventory *inventory = &content->record->inventory;
	struct document *doc = content->doc;
	struct block *section = document_section(doc, content->root,
						 tr(content, N_("Machine under test")));
	struct block *pairs = document_block(doc, section, BLOCK_PAIRS);
	char text[IDENTITY_TEXT_SIZE];

	document_pair(doc, pairs, tr(content, N_("Maker and product")), TONE_PLAIN,
		      identity_machine(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Processor")), TONE_PLAIN,
		      identity_cpu(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Memory (modules)")), TONE_PLAIN,
		      identity_memory(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Firmware")), TONE_PLAIN,
		      identity_firmware(inventory, text));
	document_pair(doc, pairs, tr(content, N_("System")), TONE_PLAIN,
		      identity_os(inventory, text));
	document_pair(doc, pairs, tr(content, N_("Architecture")), TONE_PLAIN, inventory->arch);
	document_pair(doc, pairs, tr(content, N_("Read from")), TONE_PLAIN, inventory->root);
}
