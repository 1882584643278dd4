/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/sense.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <string.h>

#define LINK_HOLD_NS 3000000000LL /* a link that is trained again is slow for a moment */
#define SENSOR_HOLD_NS 3000000000LL
#define SLOW_HOLD_NS   5000000000LL
#define TRIP_HOLD_NS   1000000000LL /* twice in a row */

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

/* A sensor that spoke, and now says what cannot be. */
static bool says_nonsense(const struct sense *sense, const struct sample *sample)
{
	return sample->quality == SAMPLE_IMPLAUSIBLE && sense->seen;
}

/* At the limit, and it was below before: a zone above its trip from the start is no thermometer. */
static bool says_tripped(const struct sense *sense, const struct sample *sample)
{
	return sample->quality == SAMPLE_GOOD && sense->limit != SENSE_NO_LIMIT && sense->seen &&
	       sense->least < sense->limit && sample->value >= sense->limit;
}

/*
 * Less than two fifths of what it was when the step began. A processor that leaves its short boost
 * keeps about a half; a third is one that is throttled.
 */
static bool says_slow(const struct sense *sense, const struct sample *sample)
{
	return sample->quality == SAMPLE_GOOD && sense->good >= SENSE_EARLY &&
	       sample->value < sense->early / 5 * 2;
}

static const struct sense_rule rule_table[] = {
	{ "device-lost", "cpu/", "cpu-offline", 0, says_something },
	{ "device-lost", "pci/", "device-lost", 0, says_something },
	{ "device-lost", "usb/", "device-lost", 0, says_something },
	{ "device-lost", "block/", "device-lost", 0, says_something },
	{ "device-lost", "net/", "device-lost", 0, says_something },
	{ "smart-warning", "", "smart-warning", 0, says_something },
	{ "work-speed", "step/", "work-speed-fell", SLOW_HOLD_NS, says_slow },
	{ "temperature", "", "sensor-implausible", SENSOR_HOLD_NS, says_nonsense },
	{ "temperature", "", "temperature-trip", TRIP_HOLD_NS, says_tripped },
	{ "link-width", "", "link-dropped", LINK_HOLD_NS, says_less },
	{ "link-speed", "", "link-dropped", LINK_HOLD_NS, says_less },
};

static bool is_for(const struct sense_rule *rule, const struct series *series)
{
	return !strcmp(rule->metric, series->metric) &&
	       text_starts(series->component, rule->start);
}

struct sense sense_of(const struct series *series, size_t nth)
{
	struct sense sense = { .rule = NULL, .limit = SENSE_NO_LIMIT };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rule_table) && !sense.rule; i++)
		if (is_for(&rule_table[i], series) && !nth--)
			sense.rule = &rule_table[i];
	return sense;
}

static void settle(struct sense *sense, int64_t now_ns)
{
	if (sense->found || !sense->wrong || now_ns - sense->since.time_ns < sense->rule->hold_ns)
		return;
	sense->found = true;
	sense->found_ns = sense->since.time_ns;
	sense->has_value = sense->since.quality == SAMPLE_GOOD;
	sense->value = sense->since.value;
}

void sense_take(struct sense *sense, const struct sample *sample)
{
	bool wrong;

	if (!sense->rule)
		return;
	settle(sense, sample->time_ns);
	wrong = !sense->excused && sense->rule->is_wrong(sense, sample);
	if (wrong && !sense->wrong)
		sense->since = *sample;
	sense->wrong = wrong;
	settle(sense, sample->time_ns);
	if (sample->quality != SAMPLE_GOOD)
		return;
	if (!sense->seen)
		sense->first = sense->least = sample->value;
	if (sample->value < sense->least)
		sense->least = sample->value;
	if (sense->good < SENSE_EARLY) {
		sense->early += sample->value / SENSE_EARLY;
		sense->good++;
	}
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
