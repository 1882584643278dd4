/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_TELEMETRY_H
#define RUN_TELEMETRY_H
/*
 * What a reader of samples keeps of them: the last one of each series.
 *
 *	struct telemetry telemetry;
 *	telemetry_init(&telemetry, series, count);		borrows the table
 *	telemetry_note(&telemetry, &sample);			each sample, from ring or journal
 *	if (telemetry_hottest(&telemetry, now_ns, &hottest))
 *		...	series[hottest.series], hottest.value
 *	telemetry_release(&telemetry);
 */
#include "harness/model/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TELEMETRY_FRESH_NS 30000000000LL	/* three repeats of the watcher */

struct telemetry {
	const struct series *series;
	struct sample *last;		/* one a series; SAMPLE_ABSENT before the first */
	size_t count;
};

void telemetry_init(struct telemetry *telemetry, const struct series *series, size_t count);
void telemetry_release(struct telemetry *telemetry);
/* A sample of no series in the table is passed over. */
void telemetry_note(struct telemetry *telemetry, const struct sample *sample);

/*
 * The highest good temperature of the last TELEMETRY_FRESH_NS: of the cpus' where one speaks, else
 * of all. False when there is none.
 */
bool telemetry_hottest(const struct telemetry *telemetry, int64_t now_ns,
		       struct sample *ret_sample);

#endif
