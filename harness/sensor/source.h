/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_SOURCE_H
#define SENSOR_SOURCE_H
/*
 * A source of telemetry: a row of sensor_source_table (table.c), a file of its own.
 *
 *	struct sensor_set *set = sensor_set_open(root, &err);	asks every source what it has
 *	sensor_set_series(set, &count)				the table of series
 *	sensor_set_read(set, now_ns, sample)			one sample a series, in that order
 *	sensor_set_free(set);
 *
 * A source that has nothing says why: sensor_set_states(). Descriptors are opened once and kept; a
 * read never waits for a disk. Which series are of a cpu's temperature decides
 * series_is_cpu_temperature (model/plan.h).
 */
#include "harness/base/err.h"
#include "harness/model/sample.h"
#include "harness/sys/sysroot.h"

#include <stddef.h>
#include <stdint.h>

struct sensor_channel {			/* one series and how to read it */
	struct series series;
	int fd;				/* kept descriptor, or -1 */
	int64_t scale_numerator, scale_denominator;	/* raw to thousandths */
	int64_t min_plausible, max_plausible;		/* thousandths */
	uint64_t own;			/* for the source */
};

struct sensor_sink;			/* collects channels while a source is opened */

struct sensor_source {
	const char *name;		/* "lmsensors", "thermal", "cpufreq", "edac", "aer", ... */
	const char *summary;		/* translatable */
	const char *const *reads;	/* globs below the root, NULL-terminated */
	/* Find the channels. 0, or ERR_NOT_FOUND etc. with what was looked at in err. */
	int (*open)(struct sysroot *root, struct sensor_sink *sink, struct err *err);
	/* Raw value of one channel; NULL: the number in the file behind fd. */
	int (*read)(const struct sensor_channel *channel, int64_t *ret_raw);
};

void sensor_sink_add(struct sensor_sink *sink, const struct sensor_channel *channel);

extern const struct sensor_source *const sensor_source_table[];
extern const size_t sensor_source_count;

struct sensor_state {
	const char *source;
	size_t channels;
	const char *note;		/* why there are none (English), or NULL */
};

struct sensor_set;
struct sensor_set *sensor_set_open(struct sysroot *root, struct err *err);
struct sensor_set *sensor_set_free(struct sensor_set *set);
const struct series *sensor_set_series(const struct sensor_set *set, size_t *ret_count);
const struct sensor_state *sensor_set_states(const struct sensor_set *set, size_t *ret_count);
/* `sample` has room for one sample a series; time_ns of each is now_ns. */
void sensor_set_read(struct sensor_set *set, int64_t now_ns, struct sample *sample);

#endif
