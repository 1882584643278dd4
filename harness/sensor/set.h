/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_SET_H
#define SENSOR_SET_H
/*
 * Inside of struct sensor_set: sensor_set.c finds the channels, lane.c reads them.
 *
 * Written while `lock` is held: slots, round, answers of lanes, quit. Everything else is fixed when
 * the set is open. A lane never holds the lock while it reads.
 */
#include "harness/base/arena.h"
#include "harness/sensor/source.h"

#include <pthread.h>

struct sensor_slot {			/* the last reading of a channel */
	enum sample_quality quality;
	int64_t value;
	int64_t read_ns;		/* clock_boot_ns when it was read */
	int64_t due_ns;			/* clock_boot_ns of the next read: the lane's alone */
	bool news;			/* read since it was last taken */
};

struct sensor_lane {
	const char *name;
	struct sensor_set *set;
	size_t *channel;		/* indices */
	size_t count, capacity;
	uint64_t done;			/* the round it answered last */
	pthread_t thread;
};

struct sensor_set {
	struct arena arena;
	struct sysroot *root;
	struct sensor_channel *channel;
	const struct sensor_source **source;	/* of each channel */
	struct series *series;
	struct sensor_slot *slot;
	size_t count, capacity, source_capacity;
	struct telemetry_source *asked;	/* what each source said */
	size_t asked_count;
	struct sensor_lane *lane;
	size_t lane_count;
	pthread_mutex_t lock;
	pthread_cond_t go, answered;
	uint64_t round;
	bool last;			/* the next round is: every channel is due */
	size_t threads;			/* running */
	bool quit;
};

void sensor_lanes_make(struct sensor_set *set);
void sensor_lanes_free(struct sensor_set *set);

#endif
