/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/guard.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/model/plan.h"

#include <fnmatch.h>
#include <string.h>

struct guard_watch {
	size_t rule, series;
	bool counter, cpu;
	bool spoken; /* gave a good reading at least once */
	bool hot, throttling;
	enum sample_quality quality; /* of the last reading */
	int64_t value;               /* last good reading */
	int64_t grown;               /* counters: since the first good reading */
	int64_t hot_ns, silent_ns;   /* for how long by now */
};

static const char *const why_name[] = {
	[GUARD_WHY_NONE] = "none",
	[GUARD_WHY_HOT] = "hot",
	[GUARD_WHY_GREW] = "grew",
	[GUARD_WHY_SILENT] = "silent",
	[GUARD_WHY_IMPLAUSIBLE] = "implausible",
};

const char *guard_why_name(enum guard_why why)
{
	return (size_t)why < ARRAY_SIZE(why_name) ? why_name[why] : "unknown";
}

static bool rule_covers(const struct guard_rule *rule, const struct series *series)
{
	return !strcmp(rule->metric, series->metric) &&
	       !fnmatch(rule->component, series->component, 0);
}

void guard_init(struct guard_state *guard, const struct guard_plan *plan)
{
	size_t capacity = 0, r, s;

	memset(guard, 0, sizeof(*guard));
	guard->rule = plan->rule;
	guard->blind = plan->blind;
	for (r = 0; r < plan->rule_count; r++) {
		for (s = 0; s < plan->series_count; s++) {
			const struct series *series = &plan->series[s];

			if (!rule_covers(&plan->rule[r], series))
				continue;
			guard->watch = mem_grow(guard->watch, &capacity, guard->count + 1,
						sizeof(*guard->watch));
			guard->watch[guard->count++] = (struct guard_watch){
				.rule = r,
				.series = s,
				.counter = series->kind == SERIES_COUNTER,
				.cpu = series_is_cpu_temperature(series),
			};
		}
	}
}

void guard_release(struct guard_state *guard)
{
	free(guard->watch);
	memset(guard, 0, sizeof(*guard));
}

static enum sample_quality quality_under(const struct guard_rule *rule, const struct sample *sample)
{
	if (sample->quality == SAMPLE_GOOD && rule->min_plausible < rule->max_plausible &&
	    (sample->value < rule->min_plausible || sample->value > rule->max_plausible))
		return SAMPLE_IMPLAUSIBLE;
	return (enum sample_quality)sample->quality;
}

/* What the rule is compared with. A counter that falls was restarted: all it shows is new. */
static int64_t judged_value(struct guard_watch *watch, int64_t value)
{
	if (!watch->counter)
		return value;
	if (watch->spoken)
		watch->grown += value >= watch->value ? value - watch->value : value;
	return watch->grown;
}

static void watch_good(struct guard_watch *watch, const struct guard_rule *rule, int64_t value,
		       int64_t elapsed_ns)
{
	int64_t judged = judged_value(watch, value);

	watch->spoken = true;
	watch->value = value;
	watch->silent_ns = 0;
	if (judged >= rule->stop)
		watch->hot_ns = watch->hot ? watch->hot_ns + elapsed_ns : 0;
	watch->hot = judged >= rule->stop;
	if (judged >= rule->throttle)
		watch->throttling = true;
	else if (judged < rule->throttle - rule->throttle / 32)
		watch->throttling = false;
}

static void watch_step(struct guard_watch *watch, const struct guard_rule *rule,
		       const struct sample *sample, int64_t elapsed_ns)
{
	watch->quality = quality_under(rule, sample);
	if (watch->quality == SAMPLE_GOOD) {
		watch_good(watch, rule, sample->value, elapsed_ns);
		return;
	}
	watch->silent_ns += elapsed_ns;
	if (watch->hot)
		watch->hot_ns += elapsed_ns;
}

static bool rule_heard(const struct guard_state *guard, const struct guard_watch *watch)
{
	bool watches_cpu = false;
	size_t i;

	for (i = 0; i < guard->count; i++) {
		const struct guard_watch *other = &guard->watch[i];

		if (other->rule != watch->rule)
			continue;
		if (other->spoken && other->cpu == watch->cpu)
			return true;
		watches_cpu |= other->cpu;
	}
	return watches_cpu && !watch->cpu;
}

static bool watch_silent(const struct guard_state *guard, const struct guard_watch *watch)
{
	int64_t limit = guard->rule[watch->rule].silent_ns;

	if (limit <= 0)
		limit = GUARD_SILENT_NS;
	if (watch->quality == SAMPLE_GOOD || watch->silent_ns < limit)
		return false;
	return watch->spoken || (!guard->blind && !rule_heard(guard, watch));
}

/* Why this watch stops the load, or GUARD_WHY_NONE. */
static enum guard_why watch_stops(const struct guard_state *guard, const struct guard_watch *watch)
{
	if (watch->hot && watch->hot_ns >= guard->rule[watch->rule].hold_ns)
		return watch->counter ? GUARD_WHY_GREW : GUARD_WHY_HOT;
	if (watch_silent(guard, watch))
		return watch->quality == SAMPLE_IMPLAUSIBLE ? GUARD_WHY_IMPLAUSIBLE
							    : GUARD_WHY_SILENT;
	return GUARD_WHY_NONE;
}

static struct guard_decision decision_of(const struct guard_watch *watch, enum guard_action action,
					 enum guard_why why)
{
	struct guard_decision decision = {
		.action = action,
		.why = why,
		.rule = watch->rule,
		.series = watch->series,
		.value = watch->counter ? watch->grown : watch->value,
	};

	if (!watch->spoken)
		decision.value = INT64_MIN;
	return decision;
}

struct guard_decision guard_step(struct guard_state *guard, const struct sample *sample,
				 int64_t now_ns)
{
	struct guard_decision decision = { .action = GUARD_GO };
	int64_t elapsed_ns = guard->started ? now_ns - guard->last_ns : 0;
	size_t i;

	if (elapsed_ns < 0)
		elapsed_ns = 0;
	if (elapsed_ns > GUARD_ROUND_MAX_NS)
		elapsed_ns = GUARD_ROUND_MAX_NS;
	guard->started = true;
	guard->last_ns = now_ns;
	for (i = 0; i < guard->count; i++) {
		struct guard_watch *watch = &guard->watch[i];

		watch_step(watch, &guard->rule[watch->rule], &sample[watch->series], elapsed_ns);
	}
	/* Silence is judged when all were heard: one that spoke just now excuses another. */
	for (i = 0; i < guard->count; i++) {
		const struct guard_watch *watch = &guard->watch[i];
		enum guard_why why = watch_stops(guard, watch);

		if (why != GUARD_WHY_NONE)
			return decision_of(watch, GUARD_STOP, why);
		if (watch->throttling && decision.action == GUARD_GO)
			decision = decision_of(watch, GUARD_THROTTLE, GUARD_WHY_HOT);
	}
	return decision;
}
