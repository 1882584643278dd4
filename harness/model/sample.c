/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/sample.h"

#include "harness/base/auto.h"

#include <fnmatch.h>
#include <string.h>

bool series_matches(const struct series *series, const char *metric, const char *glob)
{
	return !strcmp(series->metric, metric) && !fnmatch(glob, series->component, 0);
}

const char *sample_quality_name(enum sample_quality quality)
{
	static const char *const name[] = { "absent", "stale", "implausible", "good" };

	return (size_t)quality < ARRAY_SIZE(name) ? name[quality] : name[SAMPLE_ABSENT];
}
