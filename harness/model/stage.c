/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/stage.h"

#include "harness/base/auto.h"

#include <stddef.h>
#include <string.h>

#define N_(text) (text)

static const struct {
	const char *name;
	const char *title;
} row[STAGE_COUNT] = {
	[STAGE_UNKNOWN] = { "unknown", N_("unknown stage") },
	[STAGE_BENCH] = { "bench", N_("bench try") },
	[STAGE_TRIAL] = { "trial", N_("trial production") },
	[STAGE_FIRST_ARTICLE] = { "first-article", N_("first article") },
	[STAGE_BATCH] = { "batch", N_("batch testing") },
	[STAGE_MASS] = { "mass", N_("mass production") },
	[STAGE_SAMPLE] = { "sample", N_("sampling inspection") },
	[STAGE_RELIABILITY] = { "reliability", N_("reliability test") },
	[STAGE_REWORK] = { "rework", N_("test after repair") },
	[STAGE_FIELD] = { "field", N_("field use") },
};

const char *stage_name(enum stage stage)
{
	return (size_t)stage < ARRAY_SIZE(row) ? row[stage].name : row[STAGE_UNKNOWN].name;
}

enum stage stage_from_name(const char *name)
{
	size_t i;

	for (i = STAGE_UNKNOWN + 1; i < ARRAY_SIZE(row); i++) {
		if (!strcmp(row[i].name, name))
			return (enum stage)i;
	}
	return STAGE_UNKNOWN;
}

const char *stage_title(enum stage stage)
{
	return (size_t)stage < ARRAY_SIZE(row) ? row[stage].title : row[STAGE_UNKNOWN].title;
}
