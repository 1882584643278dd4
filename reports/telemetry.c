/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/telemetry.h"

#include "reports/document.h"

#include <stdlib.h>
#include <string.h>

/* --- groups ----------------------------------------------------------------------------------- */

static const char *kind_of(const struct series *series, struct arena *arena)
{
	const char *component = series->component;
	size_t first = strcspn(component, "/");
	size_t second;

	if (!component[first] || !strncmp(component, "step/", 5))
		return arena_strdup(arena, component);
	second = first + 1 + strcspn(component + first + 1, "/");
	return arena_strndup(arena, component, component[second] ? second : first);
}

static struct telemetry_group *group_of(struct telemetry_group **list, struct arena *arena,
					const struct series *series)
{
	const char *kind = kind_of(series, arena);
	struct telemetry_group **at;

	for (at = list; *at; at = &(*at)->next) {
		const struct series *first = &(*at)->series[0]->series;

		if (!strcmp((*at)->metric, series->metric) && !strcmp((*at)->kind, kind) &&
		    !strcmp(first->source, series->source) && !strcmp(first->unit, series->unit))
			return *at;
	}
	*at = arena_new(arena, struct telemetry_group);
	(*at)->metric = series->metric;
	(*at)->kind = kind;
	return *at;
}

struct telemetry_group *telemetry_groups(const struct record *record, struct arena *arena)
{
	struct telemetry_group *list = NULL;
	size_t i;

	for (i = 0; i < record->series_count; i++) {
		struct telemetry_group *group = group_of(&list, arena, &record->series[i].series);

		if (group->series_count == group->capacity) {
			const struct record_series **old = group->series;

			group->capacity = group->capacity ? 2 * group->capacity : 4;
			group->series = arena_array(arena, const struct record_series *,
						    group->capacity);
			if (old)
				memcpy(group->series, old, group->series_count * sizeof(*old));
		}
		group->series[group->series_count++] = &record->series[i];
	}
	return list;
}

uint64_t telemetry_good(const struct telemetry_group *group)
{
	uint64_t good = 0;
	size_t i;

	for (i = 0; i < group->series_count; i++)
		good += group->series[i]->good;
	return good;
}

const char *telemetry_label(struct arena *arena, const struct series *series)
{
	if (series->label && *series->label)
		return document_clean(arena, arena_printf(arena, "%s  %s", series->label,
							  series->component));
	return document_clean(arena, series->component);
}

/* --- lines ------------------------------------------------------------------------------------ */

struct sorted {
	struct bucket *bucket;
	size_t count;
};

static int by_index(const void *a, const void *b)
{
	const struct bucket *first = a;
	const struct bucket *second = b;

	return first->index < second->index ? -1 : first->index > second->index;
}

static int by_size(const void *a, const void *b)
{
	const uint64_t *first = a;
	const uint64_t *second = b;

	return *first < *second ? -1 : *first > *second;
}

static int64_t weighted_mean(const struct bucket *a, const struct bucket *b)
{
	__int128 sum = (__int128)a->mean * a->good + (__int128)b->mean * b->good;
	__int128 good = (__int128)a->good + b->good;

	return good ? (int64_t)(sum / good) : 0;
}

static void add_bucket(struct bucket *to, const struct bucket *from)
{
	if (!from->good) {
		to->bad += from->bad;
		return;
	}
	if (!to->good) {
		uint64_t bad = to->bad;

		*to = *from;
		to->bad += bad;
		return;
	}
	to->mean = weighted_mean(to, from);
	to->min = from->min < to->min ? from->min : to->min;
	to->max = from->max > to->max ? from->max : to->max;
	to->good += from->good;
	to->bad += from->bad;
}

/* The middle of a bucket, not later than the end of the run. */
static int64_t time_of(const struct record *record, uint64_t index)
{
	__int128 time_ns = (__int128)index * record->bucket_ns + record->bucket_ns / 2;

	return time_ns > record->duration_ns ? record->duration_ns : (int64_t)time_ns;
}

/* The buckets of all series that lie in the window, one for each time. */
static struct sorted merge(const struct record *record, struct arena *arena,
			   const struct record_series *const *series, size_t count,
			   const struct telemetry_window *window)
{
	struct sorted all = { .count = 0 };
	size_t total = 0;
	size_t used = 0;
	size_t i;
	size_t j;

	for (i = 0; i < count; i++)
		total += series[i]->bucket_count;
	all.bucket = arena_array(arena, struct bucket, total);
	for (i = 0; i < count; i++) {
		for (j = 0; j < series[i]->bucket_count; j++) {
			int64_t time_ns = time_of(record, series[i]->bucket[j].index);

			if (time_ns >= window->from_ns && time_ns <= window->to_ns)
				all.bucket[used++] = series[i]->bucket[j];
		}
	}
	if (used)
		qsort(all.bucket, used, sizeof(*all.bucket), by_index);
	for (i = 0; i < used; i++) {
		if (all.count && all.bucket[all.count - 1].index == all.bucket[i].index)
			add_bucket(&all.bucket[all.count - 1], &all.bucket[i]);
		else
			all.bucket[all.count++] = all.bucket[i];
	}
	return all;
}

/* The median distance between buckets with good samples, at least 1. */
static uint64_t usual_distance(struct arena *arena, const struct sorted *all)
{
	uint64_t *distance = arena_array(arena, uint64_t, all->count + 1);
	size_t count = 0;
	const struct bucket *before = NULL;
	size_t i;

	for (i = 0; i < all->count; i++) {
		if (!all->bucket[i].good)
			continue;
		if (before)
			distance[count++] = all->bucket[i].index - before->index;
		before = &all->bucket[i];
	}
	if (!count)
		return 1;
	qsort(distance, count, sizeof(*distance), by_size);
	return distance[count / 2];
}

static void sum_up(struct chart_line *line, const struct sorted *all)
{
	struct bucket sum = { .good = 0 };
	size_t i;

	for (i = 0; i < all->count; i++)
		add_bucket(&sum, &all->bucket[i]);
	line->min = sum.min;
	line->mean = sum.mean;
	line->max = sum.max;
}

struct chart_line telemetry_line(const struct record *record, struct arena *arena,
				 const struct record_series *const *series, size_t count,
				 const struct telemetry_window *window)
{
	struct sorted all = merge(record, arena, series, count, window);
	uint64_t usual = usual_distance(arena, &all);
	struct chart_point *point = arena_array(arena, struct chart_point, all.count + 1);
	struct chart_line line = { .label = "", .point = point };
	uint64_t last = 0;
	bool gap = false;
	size_t i;

	for (i = 0; i < all.count; i++) {
		const struct bucket *bucket = &all.bucket[i];

		if (!bucket->good) {
			gap = true;
			continue;
		}
		point[line.count++] = (struct chart_point){
			.time_ns = time_of(record, bucket->index) - window->from_ns,
			.min = bucket->min,
			.mean = bucket->mean,
			.max = bucket->max,
			.gap = gap || (bucket->index - last - 1) / 3 >= usual,
		};
		gap = false;
		last = bucket->index;
	}
	sum_up(&line, &all);
	return line;
}
