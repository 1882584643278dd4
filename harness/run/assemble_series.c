/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples become buckets and excesses over limits. */
#include "harness/run/gather.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

#include <inttypes.h>
#include <string.h>

#define SECOND 1000000000LL

static int64_t bucket_length(int64_t duration_ns)
{
	static const int64_t seconds[] = { 1,	 2,    5,    10,   15,	  30,	 60,	120,   300,
					   600,	 900,  1800, 3600, 7200,  14400, 21600, 43200, 86400 };
	int64_t length = SECOND;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(seconds); i++) {
		length = seconds[i] * SECOND;
		if (duration_ns / length < RECORD_BUCKETS)
			return length;
	}
	while (duration_ns / length >= RECORD_BUCKETS)
		length *= 2;
	return length;
}

struct gathering {
	const struct profile *profile;
	const struct outcome *outcome;	/* list */
	struct gather *gather;
	size_t count;
	int64_t bucket_ns;
};

static int64_t within_json(int64_t value)
{
	if (value > JSON_INT_MAX)
		return JSON_INT_MAX;
	return value < -JSON_INT_MAX ? -JSON_INT_MAX : value;
}

static void find_limits(const struct profile *profile, struct gather *gather)
{
	const struct series *series = &gather->series->series;
	size_t i;

	gather->outside = mem_zalloc((profile->limit_count + 1) * sizeof(*gather->outside));
	for (i = 0; i < profile->limit_count; i++) {
		const struct limit *limit = &profile->limit[i];

		if (series_matches(series, limit->metric, limit->component))
			gather->outside[gather->outside_count++].limit = i;
	}
}

static void hold_against(const struct limit *limit, struct outside *outside, int64_t time_ns,
			 int64_t value)
{
	bool above = limit->has_max && value > limit->max;
	bool below = limit->has_min && value < limit->min;

	if (outside->now && time_ns - outside->since_ns > outside->longest_ns)
		outside->longest_ns = time_ns - outside->since_ns;
	if (!outside->now)
		outside->since_ns = time_ns;
	outside->now = above || below;
	if (!outside->now)
		return;
	if (!outside->ever || (above && value > outside->worst) ||
	    (below && value < outside->worst))
		outside->worst = value;
	outside->ever = true;
}

/*
 * A counter that falls was set back to 0: all it shows is new. Only links go down while a machine
 * starts, as they should.
 */
static void take_growth(struct gather *gather, int64_t time_ns, int64_t value)
{
	int64_t before = gather->previous;

	if (gather->restarted && !strcmp(gather->series->series.metric, "link-lost"))
		before = value;
	if (value == before)
		return;
	if (!gather->grown)
		gather->grown_ns = time_ns;
	gather->grown = within_json(gather->grown + (value > before ? value - before : value));
}

static void take_good(const struct gathering *gathering, struct gather *gather, struct cell *cell,
		      const struct sample *sample)
{
	bool counter = gather->series->series.kind == SERIES_COUNTER;
	int64_t value = within_json(sample->value);
	size_t i;

	if (!gather->seen)
		gather->series->first = value;
	else if (counter)
		take_growth(gather, sample->time_ns, value);
	gather->seen = true;
	gather->restarted = false;
	gather->previous = value;
	gather->series->last = value;
	gather->series->good++;
	if (!cell->good || value < cell->min)
		cell->min = value;
	if (!cell->good || value > cell->max)
		cell->max = value;
	cell->sum += value;
	cell->good++;
	for (i = 0; i < gather->outside_count; i++)
		hold_against(&gathering->profile->limit[gather->outside[i].limit],
			     &gather->outside[i], sample->time_ns,
			     counter ? gather->grown : value);
}

/*
 * A bucket that reaches over the edge of a step is drawn in the step of its middle. A rate of work says
 * nothing of other steps: it goes into the bucket beside, where that is of its own step.
 */
static uint64_t bucket_of(const struct gathering *gathering, const struct gather *gather,
			  int64_t time_ns)
{
	uint64_t index = (uint64_t)(time_ns / gathering->bucket_ns);
	int64_t length = gathering->bucket_ns;
	int64_t middle = (int64_t)index * length + length / 2;
	const struct outcome *at = gathering->outcome;

	if (strcmp(gather->series->series.source, "work") != 0)
		return index;
	while (at && (time_ns < at->started_ns || time_ns > at->ended_ns))
		at = at->next;
	if (at && middle > at->ended_ns && middle - length >= at->started_ns)
		return index - 1;
	return at && middle < at->started_ns && middle + length <= at->ended_ns ? index + 1 : index;
}

static void take_sample(void *context, const struct sample *sample)
{
	struct gathering *gathering = context;
	struct gather *gather;
	struct cell *cell;
	uint64_t index;

	/* A series or a time that the run does not have: nothing this program wrote. */
	if (sample->series >= gathering->count || sample->time_ns < 0)
		return;
	gather = &gathering->gather[sample->series];
	index = bucket_of(gathering, gather, sample->time_ns);
	if (index >= RECORD_BUCKETS)
		return;
	if (!gather->cell)
		gather->cell = mem_zalloc(RECORD_BUCKETS * sizeof(*gather->cell));
	gather_sense(gather, sample);
	cell = &gather->cell[index];
	if (sample->quality == SAMPLE_GOOD) {
		take_good(gathering, gather, cell, sample);
	} else {
		gather->series->bad++;
		cell->bad++;
	}
}

/* Nothing is known of the time between two runners. */
static void take_gap(struct gathering *gathering)
{
	size_t i, k;

	for (i = 0; i < gathering->count; i++) {
		gathering->gather[i].restarted = true;
		for (k = 0; k < SENSES; k++)
			sense_gap(&gathering->gather[i].sense[k]);
		still_gap(&gathering->gather[i].still);
		for (k = 0; k < gathering->gather[i].outside_count; k++)
			gathering->gather[i].outside[k].now = false;
	}
}

static void write_buckets(struct arena *arena, struct gather *gather)
{
	struct record_series *series = gather->series;
	size_t i;

	if (!gather->cell)
		return;
	for (i = 0; i < RECORD_BUCKETS; i++)
		series->bucket_count += gather->cell[i].good || gather->cell[i].bad;
	series->bucket = arena_array(arena, struct bucket, series->bucket_count);
	series->bucket_count = 0;
	for (i = 0; i < RECORD_BUCKETS; i++) {
		const struct cell *cell = &gather->cell[i];

		if (!cell->good && !cell->bad)
			continue;
		series->bucket[series->bucket_count++] = (struct bucket){
			.index = i,
			.good = cell->good,
			.bad = cell->bad,
			.min = cell->min,
			.mean = cell->good ? (int64_t)(cell->sum / (__int128)cell->good) : 0,
			.max = cell->max,
		};
	}
}

static void write_excess(struct arena *arena, struct gather *gather)
{
	struct record_excess **tail = &gather->series->excess;
	size_t i;

	for (i = 0; i < gather->outside_count; i++) {
		struct record_excess *excess;

		if (!gather->outside[i].ever)
			continue;
		excess = arena_new(arena, struct record_excess);
		excess->limit = gather->outside[i].limit;
		excess->longest_ns = gather->outside[i].longest_ns;
		excess->worst = gather->outside[i].worst;
		*tail = excess;
		tail = &excess->next;
	}
}

int assemble_series(struct assembly *assembly, const struct journal_scan *scan, struct err *err)
{
	struct record *record = assembly->record;
	struct gathering gathering = {
		.profile = &record->profile,
		.outcome = record->outcome,
		.count = record->series_count,
		.bucket_ns = bucket_length(record->duration_ns),
	};
	const struct still_load *load;
	size_t load_count, i;
	int code = 0;

	record->bucket_ns = gathering.bucket_ns;
	gathering.gather = mem_zalloc((gathering.count + 1) * sizeof(*gathering.gather));
	for (i = 0; i < gathering.count; i++) {
		gathering.gather[i].series = &record->series[i];
		find_limits(&record->profile, &gathering.gather[i]);
	}
	load_count = gather_loads(assembly, &load);
	for (i = 0; i < gathering.count; i++) {
		gather_find_senses(&record->plan, &gathering.gather[i], gathering.gather,
				   gathering.count);
		gathering.gather[i].still.load = load;
		gathering.gather[i].still.load_count = load_count;
	}
	for (i = 0; i < scan->count && !code; i++) {
		if (scan->frame[i].kind == FRAME_RESUME)
			take_gap(&gathering);
		else if (scan->frame[i].kind == FRAME_SAMPLES)
			code = frame_read_samples(&scan->frame[i], take_sample, &gathering, err);
	}
	for (i = 0; i < gathering.count; i++) {
		write_buckets(assembly->arena, &gathering.gather[i]);
		write_excess(assembly->arena, &gathering.gather[i]);
		gather_findings(assembly, &gathering.gather[i]);
		free(gathering.gather[i].cell);
		free(gathering.gather[i].outside);
	}
	free(gathering.gather);
	return code;
}
