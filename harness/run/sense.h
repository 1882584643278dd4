/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SENSE_H
#define RUN_SENSE_H
/*
 * What is wrong with a series by itself, whatever the profile says. Pure.
 *
 *	struct sense sense = sense_of(&series, 0);	the first rule for it; 1: the next one
 *	sense.limit = ...; sense.excused = ...;	where another series gives one
 *	sense_take(&sense, &sample);		each sample of the series, in the order of time
 *	sense_gap(&sense);			nothing is known of what lies between
 *	sense_end(&sense, end_ns);
 *	if (sense.found)
 *		... sense.rule->code, sense.found_ns, sense.value
 *
 * A series is wrong when a sample says so and no later one within the rule's hold says otherwise.
 * found_ns is the time of the first such sample, value is what it said (has_value: if it was good).
 */
#include "harness/model/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SENSE_NO_LIMIT INT64_MAX
enum { SENSE_EARLY = 5 };

struct sense_rule;
struct sense {
	const struct sense_rule *rule;	/* NULL: there is none for this series */
	bool seen, wrong, found;
	bool excused;			/* by another series: nothing is wrong now */
	int64_t limit;
	int64_t first, least;		/* good values */
	int64_t early;			/* mean of the first SENSE_EARLY of them */
	size_t good;
	struct sample since;		/* when and how it went wrong */
	int64_t found_ns, value;
	bool has_value;
};

struct sense_rule {
	const char *metric;
	const char *start;		/* of the component */
	const char *code;		/* of the finding */
	int64_t hold_ns;
	bool (*is_wrong)(const struct sense *sense, const struct sample *sample);
};

struct sense sense_of(const struct series *series, size_t nth);
void sense_take(struct sense *sense, const struct sample *sample);
void sense_gap(struct sense *sense);
void sense_end(struct sense *sense, int64_t end_ns);

#endif
