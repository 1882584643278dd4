/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits, and whether the guard had anything to go by. */
#include "harness/model/verdict_judge.h"

#include "harness/base/scan.h"

#include <string.h>

static bool is_outside(const struct limit *limit, int64_t least, int64_t most)
{
	return (limit->has_min && least < limit->min) || (limit->has_max && most > limit->max);
}

static void exceeded(struct judge *j, const struct limit *limit, const struct series *series,
		     int64_t worst, int64_t longest_ns)
{
	char value[MILLI_TEXT_SIZE], time[DURATION_TEXT_SIZE];

	judge_reason(j, VERDICT_FAIL, limit->finding, series->component, "%s was %s %s, for %s",
		     series->metric, format_milli(worst, value), series->unit,
		     format_duration(longest_ns, time));
}

/* Only the growth of a counter is this run's; one that was reset counts from zero. */
static void judge_counter(struct judge *j, const struct limit *limit,
			  const struct record_series *series)
{
	int64_t growth = series->last < series->first ? series->last : series->last - series->first;
	char value[MILLI_TEXT_SIZE];

	if (is_outside(limit, growth, growth))
		judge_reason(j, VERDICT_FAIL, limit->finding, series->series.component,
			     "%s grew by %s", series->series.metric, format_milli(growth, value));
}

static void judge_gauge(struct judge *j, size_t index, const struct record_series *series)
{
	const struct limit *limit = &j->profile->limit[index];
	const struct record_excess *excess;
	size_t i;

	for (excess = series->excess; excess; excess = excess->next) {
		if (excess->limit == index && excess->longest_ns >= limit->hold_ns) {
			exceeded(j, limit, &series->series, excess->worst, excess->longest_ns);
			return;
		}
	}
	if (limit->hold_ns)
		return;
	/* without a hold the buckets alone prove it */
	for (i = 0; i < series->bucket_count; i++) {
		const struct bucket *bucket = &series->bucket[i];

		if (bucket->good && is_outside(limit, bucket->min, bucket->max)) {
			exceeded(j, limit, &series->series,
				 limit->has_max && bucket->max > limit->max ? bucket->max :
									      bucket->min, 0);
			return;
		}
	}
}

static void judge_limit(struct judge *j, size_t index)
{
	const struct limit *limit = &j->profile->limit[index];
	bool excused = limit->optional ||
		       (j->record->plan.blind && !strcmp(limit->metric, "temperature"));
	uint64_t readings = 0;
	size_t i;

	for (i = 0; i < j->record->series_count; i++) {
		const struct record_series *series = &j->record->series[i];

		if (!series_matches(&series->series, limit->metric, limit->component) ||
		    !series->good)
			continue;
		readings += series->good;
		if (series->series.kind == SERIES_COUNTER)
			judge_counter(j, limit, series);
		else
			judge_gauge(j, index, series);
		if (series->good < series->bad)
			judge_reason(
				j, VERDICT_INCOMPLETE, "limit-unproven", series->series.component,
				"%s: %llu good readings, %llu bad ones", limit->metric,
				(unsigned long long)series->good, (unsigned long long)series->bad);
	}
	if (!readings && !excused)
		judge_reason(j, VERDICT_INCOMPLETE, "limit-unproven", limit->component,
			     "no reading of %s", limit->metric);
}

void judge_limits(struct judge *j)
{
	size_t i;

	for (i = 0; i < j->profile->limit_count; i++)
		judge_limit(j, i);
}

static bool same_rule(const struct guard_rule *a, const struct guard_rule *b)
{
	return !strcmp(a->metric, b->metric) && !strcmp(a->component, b->component) &&
	       a->throttle == b->throttle && a->stop == b->stop && a->hold_ns == b->hold_ns &&
	       a->silent_ns == b->silent_ns && a->min_plausible == b->min_plausible &&
	       a->max_plausible == b->max_plausible;
}

static void judge_rule(struct judge *j, const struct guard_rule *rule)
{
	const struct record *record = j->record;
	size_t i;

	for (i = 0; i < record->series_count; i++) {
		if (series_matches(&record->series[i].series, rule->metric, rule->component) &&
		    record->series[i].good)
			return;
	}
	if (!record->plan.blind)
		judge_reason(j, VERDICT_INCOMPLETE, "guard-unproven", rule->component,
			     "no good reading of %s", rule->metric);
}

void judge_guard(struct judge *j)
{
	const struct profile *profile = j->profile;
	const struct plan *plan = &j->record->plan;
	bool needs_name = profile->stage == STAGE_BATCH || profile->stage == STAGE_MASS;
	bool same = plan->guard_count == profile->guard_count;
	size_t i;

	if (plan->blind && (!profile->blind_allowed || (needs_name && !profile->blind_approver)))
		judge_reason(j, VERDICT_INCOMPLETE, "blind-not-allowed", NULL, "profile %s",
			     profile->name);
	for (i = 0; same && i < profile->guard_count; i++)
		same = same_rule(&profile->guard[i], &plan->guard[i]);
	if (!same)
		judge_reason(j, VERDICT_INCOMPLETE, "guard-missing", NULL,
			     "the rules of the plan are not those of the profile");
	for (i = 0; i < profile->guard_count; i++)
		judge_rule(j, &profile->guard[i]);
}
