/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/sense.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <string.h>

#define LINK_HOLD_NS 3000000000LL /* a link that is trained again is slow for a moment */

static bool says_something(const struct sense *sense, const struct sample *sample)
{
	(void)sense;
	return sample->quality == SAMPLE_GOOD && sample->value > 0;
}

/* Narrower or slower than at the start. */
static bool says_less(const struct sense *sense, const struct sample *sample)
{
	return sample->quality == SAMPLE_GOOD && sense->seen && sample->value < sense->first;
}

static const struct sense_rule rule_table[] = {
	{ "device-lost", "cpu/", "cpu-offline", 0, says_something },
	{ "device-lost", "", "device-lost", 0, says_something },
	{ "smart-warning", "", "smart-warning", 0, says_something },
	{ "link-width", "", "link-dropped", LINK_HOLD_NS, says_less },
	{ "link-speed", "", "link-dropped", LINK_HOLD_NS, says_less },
};

struct sense sense_of(const struct series *series)
{
	struct sense sense = { .rule = NULL };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rule_table) && !sense.rule; i++)
		if (!strcmp(rule_table[i].metric, series->metric) &&
		    text_starts(series->component, rule_table[i].start))
			sense.rule = &rule_table[i];
	return sense;
}

static void settle(struct sense *sense, int64_t now_ns)
{
	if (sense->found || !sense->wrong || now_ns - sense->since_ns < sense->rule->hold_ns)
		return;
	sense->found = true;
	sense->found_ns = sense->since_ns;
	sense->value = sense->since_value;
}

void sense_take(struct sense *sense, const struct sample *sample)
{
	bool wrong;

	if (!sense->rule)
		return;
	settle(sense, sample->time_ns);
	wrong = sense->rule->is_wrong(sense, sample);
	if (wrong && !sense->wrong) {
		sense->since_ns = sample->time_ns;
		sense->since_value = sample->value;
	}
	sense->wrong = wrong;
	settle(sense, sample->time_ns);
	if (sample->quality != SAMPLE_GOOD)
		return;
	if (!sense->seen)
		sense->first = sample->value;
	sense->seen = true;
}

void sense_gap(struct sense *sense)
{
	sense->wrong = false;
}

void sense_end(struct sense *sense, int64_t end_ns)
{
	if (sense->rule)
		settle(sense, end_ns);
}
