/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/sample.h"

#include <fnmatch.h>
#include <string.h>

bool series_matches(const struct series *series, const char *metric, const char *glob)
{
	return !strcmp(series->metric, metric) && !fnmatch(glob, series->component, 0);
}
