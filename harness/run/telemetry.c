/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/telemetry.h"

#include "harness/base/memory.h"
#include "harness/model/plan.h"

#include <stdlib.h>
#include <string.h>

void telemetry_init(struct telemetry *telemetry, const struct series *series, size_t count)
{
	telemetry->series = series;
	telemetry->count = count;
	telemetry->last = mem_zalloc((count + 1) * sizeof(*telemetry->last));
}

void telemetry_release(struct telemetry *telemetry)
{
	free(telemetry->last);
	memset(telemetry, 0, sizeof(*telemetry));
}

void telemetry_note(struct telemetry *telemetry, const struct sample *sample)
{
	if (sample->series < telemetry->count)
		telemetry->last[sample->series] = *sample;
}

static bool hottest_of(const struct telemetry *telemetry, int64_t now_ns, bool cpu,
		       struct sample *ret_sample)
{
	bool found = false;
	size_t i;

	for (i = 0; i < telemetry->count; i++) {
		const struct series *series = &telemetry->series[i];
		const struct sample *last = &telemetry->last[i];

		if (last->quality != SAMPLE_GOOD || strcmp(series->metric, "temperature") ||
		    now_ns - last->time_ns > TELEMETRY_FRESH_NS ||
		    (cpu && !series_is_cpu_temperature(series)))
			continue;
		if (!found || last->value > ret_sample->value)
			*ret_sample = *last;
		found = true;
	}
	return found;
}

bool telemetry_hottest(const struct telemetry *telemetry, int64_t now_ns, struct sample *ret_sample)
{
	return hottest_of(telemetry, now_ns, true, ret_sample) ||
	       hottest_of(telemetry, now_ns, false, ret_sample);
}
