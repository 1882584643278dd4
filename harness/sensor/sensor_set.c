/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/sensor/set.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct sensor_sink {
	struct sensor_set *set;
	const struct sensor_source *source;
	bool covered;	     /* another source reads the same */
	size_t refused;      /* files that may not be read */
	size_t left_out;     /* channels beyond SENSOR_CHANNELS_MAX */
	const char *unknown; /* a metric that model/metric.c does not have */
	struct err first_refused;
};

int sensor_read_text(int fd, char *out, size_t size)
{
	ssize_t got = pread(fd, out, size - 1, 0);

	if (got <= 0)
		return got < 0 ? (int)err_code_of_errno(errno) : ERR_NOT_FOUND;
	out[got] = '\0';
	return 0;
}

int sensor_read_number(int fd, int64_t *ret_number)
{
	char text[64];
	size_t size;
	uint64_t hex;
	int code = sensor_read_text(fd, text, sizeof(text));

	if (code < 0)
		return code;
	for (size = strlen(text); size && strchr(" \t\r\n", text[size - 1]); size--)
		text[size - 1] = '\0';
	if (text[0] != '0' || text[1] != 'x')
		return scan_i64(text, INT64_MIN, INT64_MAX, ret_number);
	code = scan_u64(text, 0, INT64_MAX, &hex);
	if (!code)
		*ret_number = (int64_t)hex;
	return code;
}

bool sensor_scale(int64_t raw, int64_t numerator, int64_t denominator, int64_t *ret_value)
{
	__int128 value = (__int128)raw * numerator / denominator;

	if (value < INT64_MIN || value > INT64_MAX)
		return false;
	*ret_value = (int64_t)value;
	return true;
}

enum sample_quality sensor_judge(const struct metric *metric, int64_t value)
{
	if (value < metric->plausible[0] || value > metric->plausible[1] ||
	    (!value && metric->zero_is_nothing))
		return SAMPLE_IMPLAUSIBLE;
	return SAMPLE_GOOD;
}

void *sensor_sink_alloc(struct sensor_sink *sink, size_t size)
{
	return arena_alloc(&sink->set->arena, size);
}

bool sensor_sink_covered(struct sensor_sink *sink, const char *source)
{
	size_t i;

	for (i = 0; i < sink->set->count; i++)
		if (!strcmp(sink->set->channel[i].series.source, source))
			sink->covered = true;
	return sink->covered;
}

const char *sensor_sink_text(struct sensor_sink *sink, const char *text)
{
	return arena_strdup(&sink->set->arena, text);
}

/* Two chips of one name and no place: the second is "~2", in the order of the kernel. */
static const char *own_component(struct sensor_set *set, const struct series *series)
{
	size_t same = 1, length = strlen(series->component), i;

	for (i = 0; i < set->count; i++) {
		const struct series *other = &set->channel[i].series;

		if (!strcmp(other->metric, series->metric) &&
		    !strncmp(other->component, series->component, length) &&
		    (!other->component[length] || other->component[length] == '~'))
			same++;
	}
	if (same == 1)
		return arena_strdup(&set->arena, series->component);
	return arena_printf(&set->arena, "%s~%zu", series->component, same);
}

void sensor_sink_add(struct sensor_sink *sink, const struct sensor_channel *channel)
{
	const struct metric *metric = metric_find(channel->series.metric);
	struct sensor_set *set = sink->set;
	struct sensor_channel *added;

	if (!metric || set->count >= SENSOR_CHANNELS_MAX) {
		if (channel->fd >= 0)
			close(channel->fd);
		if (metric)
			sink->left_out++;
		else
			sink->unknown = channel->series.metric;
		return;
	}
	set->channel =
		mem_grow(set->channel, &set->capacity, set->count + 1, sizeof(*set->channel));
	set->source =
		mem_grow(set->source, &set->source_capacity, set->count + 1, sizeof(*set->source));
	set->source[set->count] = sink->source;
	added = &set->channel[set->count];
	*added = *channel;
	added->metric = metric;
	added->series = (struct series){
		.source = sink->source->name,
		.metric = metric->name,
		.component = own_component(set, &channel->series),
		.label = arena_strdup(&set->arena,
				      channel->series.label ? channel->series.label : ""),
		.unit = metric->unit,
		.kind = metric->kind,
	};
	added->lane = arena_strdup(&set->arena, channel->lane ? channel->lane : sink->source->name);
	added->numerator = channel->numerator ? channel->numerator : 1;
	added->denominator = channel->denominator ? channel->denominator : 1;
	set->count++;
}

int sensor_sink_file(struct sensor_sink *sink, const char *path,
		     const struct sensor_channel *channel)
{
	struct sensor_channel opened = *channel;
	struct err err = ERR_INIT;

	opened.fd = sysroot_open_file(sink->set->root, path, &err);
	if (opened.fd < 0) {
		if (opened.fd != ERR_NOT_FOUND && !sink->refused++)
			sink->first_refused = err;
		return opened.fd;
	}
	sensor_sink_add(sink, &opened);
	return 0;
}

/* What stands in the way of a source; NULL when nothing does. */
static const char *problem_of(struct sensor_sink *sink, int code, const struct err *err)
{
	struct arena *arena = &sink->set->arena;

	if (code < 0)
		return arena_strdup(arena, err->plain);
	if (sink->left_out)
		return arena_printf(arena, "%zu channels left out: at most %d are kept",
				    sink->left_out, SENSOR_CHANNELS_MAX);
	if (sink->refused)
		return arena_printf(arena, "%zu files not readable: %s", sink->refused,
				    sink->first_refused.plain);
	return NULL;
}

static int source_open(struct sensor_set *set, const struct sensor_source *source,
		       struct err *ret_err)
{
	struct sensor_sink sink = { .set = set, .source = source };
	size_t before = set->count;
	struct err err = ERR_INIT;
	int code = source->open(set->root, &sink, &err);

	if (!sink.covered)
		set->asked[set->asked_count++] = (struct telemetry_source){
			.name = source->name,
			.channels = set->count - before,
			.looked_at = set->count == before ? source->reads[0] : NULL,
			.problem = problem_of(&sink, code, &err),
		};
	if (!sink.unknown)
		return 0;
	return err_set(ret_err, ERR_INTERNAL,
		       "source '%s' has a series of '%s', which is no metric", source->name,
		       sink.unknown);
}

struct sensor_set *sensor_set_open_rows(struct sysroot *root,
					const struct sensor_source *const *row, size_t count,
					struct err *err)
{
	struct sensor_set *set = mem_zalloc(sizeof(*set));
	int code = 0;
	size_t i;

	set->root = root;
	set->asked = arena_array(&set->arena, struct telemetry_source, count);
	for (i = 0; i < count && !code; i++)
		code = source_open(set, row[i], err);
	set->root = NULL;
	set->series = arena_array(&set->arena, struct series, set->count);
	for (i = 0; i < set->count; i++)
		set->series[i] = set->channel[i].series;
	sensor_lanes_make(set);
	return code ? sensor_set_free(set) : set;
}

struct sensor_set *sensor_set_open(struct sysroot *root, struct err *err)
{
	return sensor_set_open_rows(root, sensor_source_table, sensor_source_count, err);
}

struct sensor_set *sensor_set_free(struct sensor_set *set)
{
	size_t i;

	if (!set)
		return NULL;
	sensor_lanes_free(set);
	for (i = 0; i < set->count; i++)
		if (set->channel[i].fd >= 0)
			close(set->channel[i].fd);
	free(set->channel);
	free(set->source);
	arena_release(&set->arena);
	free(set);
	return NULL;
}

const struct series *sensor_set_series(const struct sensor_set *set, size_t *ret_count)
{
	*ret_count = set->count;
	return set->series;
}

const struct telemetry_source *sensor_set_sources(const struct sensor_set *set, size_t *ret_count)
{
	*ret_count = set->asked_count;
	return set->asked;
}
