/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/content.h"

#include "harness/base/auto.h"
#include "harness/base/lang_sentence.h"
#include "harness/sys/clock.h"

#include <stdio.h>
#include <string.h>

const char *tr(const struct content *content, const char *msgid)
{
	return lang_text(content->doc->lang, msgid);
}

const char *said(const struct content *content, const char *english)
{
	return lang_sentence(content->doc->lang, &content->doc->arena, english);
}

char *wall_text(int64_t wall_s, char out[WALL_TEXT_SIZE])
{
	/* Where nanoseconds since 1970 end: the year 2262. */
	const int64_t most = INT64_MAX / 1000000000 - 1;
	char iso[CLOCK_TEXT_SIZE];

	wall_s = wall_s < 0 ? 0 : wall_s > most ? most : wall_s;
	clock_format_utc(wall_s * 1000000000, iso);
	snprintf(out, WALL_TEXT_SIZE, "%.10s %.8s UTC", iso, iso + 11);
	return out;
}

int64_t share_milli_percent(uint64_t part, uint64_t whole)
{
	if (!whole)
		return 0;
	if (part >= whole)
		return 100000;
	return (int64_t)((unsigned __int128)part * 100000 / whole);
}

const struct outcome *last_outcome(const struct record *record, size_t step)
{
	const struct outcome *outcome;
	const struct outcome *last = NULL;

	for (outcome = record->outcome; outcome; outcome = outcome->next) {
		if (outcome->step == step)
			last = outcome;
	}
	return last;
}

bool memory_verified(const struct record *record, uint64_t *ret_bytes)
{
	uint64_t most = 0;
	bool planned = false;
	size_t i;

	for (i = 0; i < record->plan.step_count; i++) {
		const struct plan_step *step = &record->plan.step[i];
		const struct outcome *outcome = last_outcome(record, i);

		if (step->kernel->target != TARGET_MEMORY)
			continue;
		planned = true;
		if (outcome && outcome_covered(outcome) > most)
			most = outcome_covered(outcome);
	}
	*ret_bytes = most;
	return planned;
}

const char *class_title(const char *name)
{
	static const struct {
		const char *name;
		const char *title;
	} row[] = {
		{ "cpu", N_("Processor") },
		{ "topology", N_("Processor topology") },
		{ "memory", N_("Memory") },
		{ "board", N_("System and board") },
		{ "chassis", N_("Chassis") },
		{ "firmware", N_("Firmware") },
		{ "pci", N_("PCI devices") },
		{ "usb", N_("USB devices") },
		{ "block", N_("Disks") },
		{ "net", N_("Network ports") },
		{ "sensors", N_("Sensors") },
		{ "kernel", N_("Kernel") },
		{ "os", N_("Operating system") },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (!strcmp(row[i].name, name))
			return row[i].title;
	}
	return name;
}

const char *outcome_title(enum outcome_kind kind)
{
	static const char *const title[] = {
		[OUTCOME_UNKNOWN] = N_("never ended"),
		[OUTCOME_DONE] = N_("done"),
		[OUTCOME_SKIPPED] = N_("skipped"),
		[OUTCOME_CRASHED] = N_("crashed"),
		[OUTCOME_TIMED_OUT] = N_("hung"),
		[OUTCOME_STOPPED_BY_GUARD] = N_("stopped by the guard"),
		[OUTCOME_INTERRUPTED] = N_("interrupted"),
		[OUTCOME_FAILED] = N_("could not be carried out"),
	};

	return (size_t)kind < ARRAY_SIZE(title) ? title[kind] : title[OUTCOME_UNKNOWN];
}

enum tone outcome_tone(enum outcome_kind kind)
{
	switch (kind) {
	case OUTCOME_DONE:
		return TONE_GOOD;
	case OUTCOME_CRASHED:
	case OUTCOME_TIMED_OUT:
	case OUTCOME_STOPPED_BY_GUARD:
		return TONE_BAD;
	default:
		return TONE_WARN;
	}
}

const char *step_name(const struct record *record, int64_t step)
{
	if (step < 0 || (uint64_t)step >= record->plan.step_count)
		return "";
	return record->plan.step[step].name;
}
