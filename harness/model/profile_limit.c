/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `limits` (judged afterwards) and `guard` (acts while running). */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/nearest.h"

#include <stddef.h>
#include <string.h>

#define SECOND 1000000000LL
#define HOLD_MAX (24 * 3600 * SECOND)
#define GUARD_TIME_MAX (3600 * SECOND)

struct read_rule {
	const struct metric *metric;
	const char *component;
	struct limit *limit;
	struct guard_rule *guard;
};

static void read_metric(struct loader *l, const struct tree *value, void *target)
{
	struct read_rule *r = target;
	struct nearest near = { .word = value->kind == TREE_TEXT ? value->text : "" };
	size_t i;

	r->metric = metric_find(near.word);
	if (r->metric)
		return;
	for (i = 0; i < metric_count; i++)
		nearest_try(&near, metric_table[i].name);
	if (nearest_found(&near))
		problem_at(l, value, "there is no metric '%s'; did you mean '%s'?", near.word,
			   nearest_found(&near));
	else
		problem_at(l, value, "there is no metric '%s'", near.word);
}

static void read_component(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct read_rule *)target)->component);
}

static void ignore(struct loader *l, const struct tree *value, void *target)
{
	(void)l, (void)value, (void)target;	/* read once the metric is known */
}

/* A value of the metric within [min, max]. */
static bool read_value(struct loader *l, const struct tree *value, const struct metric *metric,
		       const int64_t range[2], int64_t *ret_milli)
{
	const char *text = value->kind == TREE_TEXT ? value->text : "";
	const char *unit = metric_unit(metric->name);
	char least[MILLI_TEXT_SIZE], most[MILLI_TEXT_SIZE];
	int64_t milli;

	if (metric_scan(metric, text, &milli) < 0) {
		if (*unit)
			problem_at(l, value,
				   "'%s' is not a value of %s: write a number and its unit, %s",
				   text, metric->name, unit);
		else
			problem_at(l, value, "'%s' is not a value of %s: write a number", text,
				   metric->name);
		return false;
	}
	if (milli < range[0] || milli > range[1]) {
		problem_at(l, value, "%s is outside the sane range of %s: from %s%s to %s%s", text,
			   metric->name, format_milli(range[0], least), unit,
			   format_milli(range[1], most), unit);
		return false;
	}
	*ret_milli = milli;
	return true;
}

/* --- limits ----------------------------------------------------------------------------------- */

static void read_limit_hold(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, 0, HOLD_MAX, &((struct read_rule *)target)->limit->hold_ns);
}

static void read_optional(struct loader *l, const struct tree *value, void *target)
{
	value_bool(l, value, &((struct read_rule *)target)->limit->optional);
}

static void read_finding(struct loader *l, const struct tree *value, void *target)
{
	value_finding(l, value, &((struct read_rule *)target)->limit->finding);
}

static const struct field limit_field[] = {
	{ "metric", read_metric },     { "component", read_component }, { "min", ignore },
	{ "max", ignore },	       { "hold", read_limit_hold },	{ "finding", read_finding },
	{ "optional", read_optional },
};

static void read_limit(struct loader *l, const struct tree *map, struct limit *limit)
{
	struct read_rule r = { .component = "*", .limit = limit };
	const struct tree *min = tree_member(map, "min");
	const struct tree *max = tree_member(map, "max");

	limit->finding = "limit-exceeded";
	map_read(l, map, limit_field, ARRAY_SIZE(limit_field), &r);
	limit->component = r.component;
	if (!tree_member(map, "metric"))
		map_lacks(l, map, "metric");
	if (!min && !max)
		problem_at(l, map, "a limit has 'min', 'max' or both");
	if (!r.metric)
		return;
	limit->metric = r.metric->name;
	if (min)
		limit->has_min = read_value(l, min, r.metric, r.metric->sane, &limit->min);
	if (max)
		limit->has_max = read_value(l, max, r.metric, r.metric->sane, &limit->max);
	if (limit->has_min && limit->has_max && limit->min > limit->max)
		problem_at(l, min, "min is greater than max: every reading would be outside");
	if (limit->has_min && r.metric->kind == SERIES_COUNTER)
		problem_at(l, min, "%s only counts up: a limit on it has 'max' alone",
			   r.metric->name);
}

void read_limit_list(struct loader *l, const struct tree *value)
{
	struct profile *profile = l->profile;
	const struct tree *item;
	size_t count = 0;

	if (!value_is_list(l, value))
		return;
	l->limits = value;
	profile->limit = arena_array(&profile->arena, struct limit, value->count);
	for (item = value->child; item; item = item->next) {
		if (value_is_map(l, item))
			read_limit(l, item, &profile->limit[count++]);
	}
	profile->limit_count = count;
}

/* --- guard ------------------------------------------------------------------------------------ */

static void read_guard_hold(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, 0, GUARD_TIME_MAX, &((struct read_rule *)target)->guard->hold_ns);
}

static void read_silent(struct loader *l, const struct tree *value, void *target)
{
	value_duration(l, value, SECOND, GUARD_TIME_MAX,
		       &((struct read_rule *)target)->guard->silent_ns);
}

static const struct field guard_field[] = {
	{ "metric", read_metric }, { "component", read_component }, { "throttle", ignore },
	{ "stop", ignore },	   { "hold", read_guard_hold },	    { "silent", read_silent },
	{ "plausible", ignore },
};

/* plausible: [-20C, 130C] */
static void read_plausible(struct loader *l, const struct tree *value, const struct metric *metric,
			   struct guard_rule *guard)
{
	if (!value_is_list(l, value))
		return;
	if (value->count != 2) {
		problem_at(l, value,
			   "'plausible' is a list of two: the least and the greatest value");
		return;
	}
	read_value(l, value->child, metric, metric->sane, &guard->min_plausible);
	read_value(l, value->child->next, metric, metric->sane, &guard->max_plausible);
	if (guard->min_plausible >= guard->max_plausible)
		problem_at(l, value, "no value lies between these two");
}

static void read_guard_values(struct loader *l, const struct tree *map, const struct metric *metric,
			      struct guard_rule *guard)
{
	const struct tree *throttle = tree_member(map, "throttle");
	const struct tree *stop = tree_member(map, "stop");
	const struct tree *plausible = tree_member(map, "plausible");

	guard->metric = metric->name;
	guard->min_plausible = metric->sane[0];
	guard->max_plausible = metric->sane[1];
	if (metric->stop[0] == metric->stop[1]) {
		problem_at(l, tree_member(map, "metric"), "a guard cannot act on %s; use a limit",
			   metric->name);
		return;
	}
	if (plausible)
		read_plausible(l, plausible, metric, guard);
	if (throttle)
		read_value(l, throttle, metric, metric->stop, &guard->throttle);
	if (stop && read_value(l, stop, metric, metric->stop, &guard->stop) &&
	    (guard->stop > guard->max_plausible || guard->stop < guard->min_plausible))
		problem_at(l, stop, "the guard would never see this: it is not plausible");
	if (throttle && stop && guard->throttle >= guard->stop)
		problem_at(l, throttle, "'throttle' must be below 'stop'");
}

static void read_guard(struct loader *l, const struct tree *map, struct guard_rule *guard)
{
	struct read_rule r = { .component = "*", .guard = guard };

	guard->throttle = guard->stop = INT64_MAX;
	guard->hold_ns = 2 * SECOND;
	guard->silent_ns = 10 * SECOND;
	map_read(l, map, guard_field, ARRAY_SIZE(guard_field), &r);
	guard->component = r.component;
	if (!tree_member(map, "metric"))
		map_lacks(l, map, "metric");
	if (!tree_member(map, "stop"))
		map_lacks(l, map, "stop");
	if (r.metric)
		read_guard_values(l, map, r.metric, guard);
}

void read_guard_list(struct loader *l, const struct tree *value)
{
	struct profile *profile = l->profile;
	const struct tree *item;
	size_t count = 0;

	if (!value_is_list(l, value))
		return;
	l->guard = value;
	profile->guard = arena_array(&profile->arena, struct guard_rule, value->count);
	for (item = value->child; item; item = item->next) {
		if (value_is_map(l, item))
			read_guard(l, item, &profile->guard[count++]);
	}
	profile->guard_count = count;
}
