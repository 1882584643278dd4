/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to plant, and sensors that fall silent. */
#include "harness/run/inject.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <fnmatch.h>
#include <string.h>

/* Long enough for a sensor to be known as one that answers. */
#define SENSOR_LOST_NS 2000000000LL

static const struct {
	const char *name;
	enum inject_kind kind;
	uint64_t number;	/* where the text gives none */
} row[] = {
	{ "memory-flip", INJECT_MEMORY_FLIP, 1 }, { "register-flip", INJECT_REGISTER_FLIP, 100 },
	{ "wrong-core", INJECT_WRONG_CORE, 0 },	  { "stale-block", INJECT_STALE_BLOCK, 0 },
	{ "lost-sensor", INJECT_LOST_SENSOR, 0 },
};

int inject_parse(const char *text, struct inject *inject, struct err *err)
{
	size_t length = strcspn(text, ":"), i;
	const char *value = text[length] ? text + length + 1 : NULL;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (strlen(row[i].name) == length && !strncmp(row[i].name, text, length))
			break;
	}
	if (i == ARRAY_SIZE(row))
		return err_set(err, ERR_USAGE,
			       "'%s' is no fault to plant; there are memory-flip[:COUNT], "
			       "register-flip[:COUNT], wrong-core[:CPU], stale-block and "
			       "lost-sensor[:COMPONENT]", text);
	*inject = (struct inject){ row[i].kind, row[i].number, "*" };
	if (inject->kind == INJECT_LOST_SENSOR)
		inject->glob = value ? value : inject->glob;
	else if (value && scan_u64(value, 0, 1000000, &inject->number) < 0)
		return err_set(err, ERR_USAGE, "--inject: '%s' is no number up to 1000000", value);
	return 0;
}

void inject_samples(const struct inject *inject, const struct series *series, size_t count,
		    int64_t run_ns, struct sample *sample)
{
	size_t i;

	if (!inject || inject->kind != INJECT_LOST_SENSOR || run_ns < SENSOR_LOST_NS)
		return;
	for (i = 0; i < count; i++) {
		if (!fnmatch(inject->glob, series[i].component, 0))
			sample[i].quality = SAMPLE_ABSENT;
	}
}
