/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_SOURCE_H
#define SENSOR_SOURCE_H
/*
 * A source of telemetry: a row of sensor_source_table (table.c), a file of its own.
 *
 *	struct sensor_set *set = sensor_set_open(root, &err);	asks every source what it has
 *	sensor_set_series(set, &count)				the table of series
 *	sensor_set_start(set, &err)				in the process that samples: threads
 *	sensor_set_read(set, now_ns, sample)			one sample a series, in that order
 *	sensor_set_free(set);
 *
 * A source that has nothing says why: sensor_set_sources(). Descriptors are opened once and kept.
 * Which series are of a cpu's temperature decides series_is_cpu_temperature (model/plan.h).
 *
 * Channels of one lane are read by one thread, so that a driver that takes its time, or never
 * answers, holds up nothing but its own lane: sensor_set_read waits SENSOR_ANSWER_NS and takes what
 * is there. Before sensor_set_start (which must come after the last fork) sensor_set_read reads in
 * place.
 *
 * time_ns of a sample is when its value was read: the time of the sample before means no news (the
 * channel was not due). A channel that was due and did not answer gives SAMPLE_STALE with the last
 * value and the time of the round, or SAMPLE_ABSENT when it has never given one.
 */
#include "harness/base/err.h"
#include "harness/model/metric.h"
#include "harness/model/sample.h"
#include "harness/model/telemetry_source.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SENSOR_ANSWER_NS 100000000LL
#define SENSOR_LAST_NS	 500000000LL	/* the report is there a second after the run was stopped */
#define SENSOR_CHANNELS_MAX 2048

struct sensor_channel {			/* one series and how to read it */
	struct series series;		/* a source fills metric, component and label */
	const struct metric *metric;	/* filled by the sink: model/metric.h */
	int fd;				/* kept descriptor, or -1 */
	int64_t numerator, denominator;	/* raw to thousandths; 0: 1 */
	const char *lane;		/* NULL: the source's name */
	int64_t pace_ns;		/* least time between two reads; 0: every round */
	int64_t delay_ns;		/* before the first read */
	void *own;			/* for the source: from sensor_sink_alloc */
};

struct sensor_sink;			/* collects channels while a source is opened */

struct sensor_source {
	const char *name;		/* "lmsensors", "thermal", "cpufreq", "edac", "aer", ... */
	const char *summary;		/* translatable */
	const char *const *reads;	/* globs below the root, NULL-terminated; without the
					 * first there is nothing */
	/*
	 * Find the channels. 0 also when there are none: the set then says what was looked at. An
	 * error is for what stands in the way.
	 */
	int (*open)(struct sysroot *root, struct sensor_sink *sink, struct err *err);
	/* Raw value of one channel, 0 or an error; NULL: the number in the file behind fd. */
	int (*read)(const struct sensor_channel *channel, int64_t *ret_raw);
};

/*
 * Add a channel; texts are copied. A component that is taken for the metric already gets "~2". The
 * set owns channel->fd from then on. sensor_sink_file opens `path` first; a file that may not be
 * read is remembered for the source's state, one that is not there is passed over.
 */
void sensor_sink_add(struct sensor_sink *sink, const struct sensor_channel *channel);
int sensor_sink_file(struct sensor_sink *sink, const char *path,
		     const struct sensor_channel *channel);
/* Zeroed memory that lives as long as the set; a copy of a text there. */
void *sensor_sink_alloc(struct sensor_sink *sink, size_t size);
const char *sensor_sink_text(struct sensor_sink *sink, const char *text);
/*
 * Does a source that was asked before read the same things, and does it give any channel? Then this
 * one is not spoken of: sensor_set_sources leaves it out.
 */
bool sensor_sink_covered(struct sensor_sink *sink, const char *source);

/* For read functions: the text behind a kept descriptor, as a C string; the number in it. */
int sensor_read_text(int fd, char *out, size_t size);
int sensor_read_number(int fd, int64_t *ret_number);
/* Raw times numerator over denominator, toward zero, exact; false when it does not fit. */
bool sensor_scale(int64_t raw, int64_t numerator, int64_t denominator, int64_t *ret_value);
/* What the metric lets a value be: good or implausible. */
enum sample_quality sensor_judge(const struct metric *metric, int64_t value);

extern const struct sensor_source *const sensor_source_table[];
extern const size_t sensor_source_count;

struct sensor_set;
/* A source that has nothing is no error; NULL means that a source broke a rule of the program. */
struct sensor_set *sensor_set_open(struct sysroot *root, struct err *err);
/* The same with other rows than the program's. */
struct sensor_set *sensor_set_open_rows(struct sysroot *root,
					const struct sensor_source *const *row, size_t count,
					struct err *err);
struct sensor_set *sensor_set_free(struct sensor_set *set);	/* waits for reads under way */
const struct series *sensor_set_series(const struct sensor_set *set, size_t *ret_count);
/* One a source, in the order of the table; borrowed from the set. */
const struct telemetry_source *sensor_set_sources(const struct sensor_set *set, size_t *ret_count);
int sensor_set_start(struct sensor_set *set, struct err *err);
/*
 * The next sensor_set_read is the last one: every channel is read, whatever its pace, and has
 * SENSOR_LAST_NS to answer. What a run did to a counter is then known to its end.
 */
void sensor_set_last(struct sensor_set *set);
/* `sample` has room for one sample a series. now_ns is in the caller's own time. */
void sensor_set_read(struct sensor_set *set, int64_t now_ns, struct sample *sample);

/*
 * For the plan, which must know whether a sensor can be believed before anything is heated:
 *
 * sensor_set_look	reads every series once in a child process (a driver may hang), for a
 *			second at most; a series that did not answer is SAMPLE_ABSENT
 * sensor_believable	copies to `ret_series` (room for `count`) all series but those cpu
 *			temperatures whose reading is not good: 0 C, 65261.8 C or nothing at
 *			all. Returns how many
 */
int sensor_set_look(struct sensor_set *set, struct sample *ret_sample, struct err *err);
size_t sensor_believable(const struct series *series, size_t count, const struct sample *sample,
			 struct series *ret_series);

#endif
