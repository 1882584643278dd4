/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"

#include <inttypes.h>
#include <string.h>

static const char *journal_title(const char *state)
{
	if (state && !strcmp(state, "clean"))
		return N_("whole");
	if (state && !strcmp(state, "torn"))
		return N_("its tail torn off");
	if (state && !strcmp(state, "damaged"))
		return N_("damaged");
	return N_("unknown");
}

static void add_sources(struct content *content, struct block *pairs)
{
	const struct profile *profile = &content->record->profile;
	size_t i;

	for (i = 0; i < profile->source_count; i++)
		document_pair(content->doc, pairs,
			      arena_printf(&content->doc->arena, tr(content, N_("SM3 of %s")),
					   profile->source[i].name),
			      TONE_CODE, profile->source[i].digest);
}

void content_evidence(struct content *content)
{
	const struct record *record = content->record;
	struct document *doc = content->doc;
	struct block *section = document_section(doc, content->root, tr(content, N_("Evidence")));
	struct block *pairs = document_block(doc, section, BLOCK_PAIRS);

	document_pair(doc, pairs, tr(content, N_("Run")), TONE_CODE, record->run_id);
	document_pair(doc, pairs, tr(content, N_("Version of cuihuo")), TONE_PLAIN,
		      record->harness_version);
	document_pair(doc, pairs, tr(content, N_("Seed")), TONE_CODE,
		      arena_printf(&doc->arena, "0x%016" PRIx64, record->plan.seed));
	document_pair(doc, pairs, tr(content, N_("Journal")), TONE_PLAIN,
		      tr(content, journal_title(record->journal_state)));
	document_pair(doc, pairs, tr(content, N_("Run folder on")), TONE_PLAIN,
		      record->plan.medium);
	document_pair(doc, pairs, tr(content, N_("SM3 of the record")), TONE_CODE,
		      content->verdict->record_digest);
	document_pair(doc, pairs, tr(content, N_("SM3 of the profile")), TONE_CODE,
		      content->verdict->profile_digest);
	document_pair(doc, pairs, tr(content, N_("Head of the journal's chain")), TONE_CODE,
		      record->journal_digest);
	add_sources(content, pairs);
	document_paragraph(
		doc, section, TONE_MUTED, "%s",
		tr(content, N_("This page shows the record to people and proves nothing by "
			       "itself: anybody can write such a page. What proves is the "
			       "certificate, checked with 'cuihuo verify' against the record "
			       "and a trusted key; 'cuihuo judge' derives the verdict "
			       "again.")));
}
