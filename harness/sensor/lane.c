/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading channels, in lanes: one thread for each driver or source, kicked once a round. The reader
 * of the set waits for them a bounded time and then takes what is there.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sensor/set.h"
#include "harness/sys/clock.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STACK_SIZE = 128 * 1024, PACES_LATE = 3 };
#define LATE_NS 5000000000LL

static struct sensor_lane *lane_of(struct sensor_set *set, const char *name)
{
	size_t i;

	for (i = 0; i < set->lane_count; i++)
		if (!strcmp(set->lane[i].name, name))
			return &set->lane[i];
	set->lane[set->lane_count] = (struct sensor_lane){ .name = name, .set = set };
	return &set->lane[set->lane_count++];
}

void sensor_lanes_make(struct sensor_set *set)
{
	pthread_condattr_t attr;
	int64_t now_ns = clock_boot_ns();
	size_t i;

	set->slot = arena_array(&set->arena, struct sensor_slot, set->count);
	set->lane = arena_array(&set->arena, struct sensor_lane, set->count);
	for (i = 0; i < set->count; i++) {
		struct sensor_lane *lane = lane_of(set, set->channel[i].lane);

		lane->channel = mem_grow(lane->channel, &lane->capacity, lane->count + 1,
					 sizeof(*lane->channel));
		lane->channel[lane->count++] = i;
		set->slot[i].due_ns = now_ns + set->channel[i].delay_ns;
	}
	pthread_mutex_init(&set->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&set->go, &attr);
	pthread_cond_init(&set->answered, &attr);
	pthread_condattr_destroy(&attr);
}

void sensor_lanes_free(struct sensor_set *set)
{
	size_t i;

	pthread_mutex_lock(&set->lock);
	set->quit = true;
	pthread_cond_broadcast(&set->go);
	pthread_mutex_unlock(&set->lock);
	for (i = 0; i < set->threads; i++)
		pthread_join(set->lane[i].thread, NULL);
	for (i = 0; i < set->lane_count; i++)
		free(set->lane[i].channel);
	pthread_cond_destroy(&set->answered);
	pthread_cond_destroy(&set->go);
	pthread_mutex_destroy(&set->lock);
}

static enum sample_quality channel_read(const struct sensor_set *set, size_t c, int64_t *ret_value)
{
	const struct sensor_channel *channel = &set->channel[c];
	int (*read_raw)(const struct sensor_channel *, int64_t *) = set->source[c]->read;
	int64_t raw;
	int code;

	code = read_raw ? read_raw(channel, &raw) : sensor_read_number(channel->fd, &raw);
	if (code < 0)
		return SAMPLE_ABSENT;
	if (!sensor_scale(raw, channel->numerator, channel->denominator, ret_value))
		return SAMPLE_IMPLAUSIBLE;
	return sensor_judge(channel->metric, *ret_value);
}

static void lane_read(struct sensor_lane *lane, bool last)
{
	struct sensor_set *set = lane->set;
	size_t i;

	for (i = 0; i < lane->count; i++) {
		size_t c = lane->channel[i];
		struct sensor_slot *slot = &set->slot[c];
		int64_t now_ns = clock_boot_ns(), value = 0;
		enum sample_quality quality;

		if (now_ns < slot->due_ns && !last)
			continue;
		slot->due_ns = now_ns + set->channel[c].pace_ns;
		quality = channel_read(set, c, &value);
		pthread_mutex_lock(&set->lock);
		slot->quality = quality;
		slot->value = value;
		slot->read_ns = clock_boot_ns();
		slot->news = true;
		pthread_mutex_unlock(&set->lock);
	}
}

static void *lane_main(void *argument)
{
	struct sensor_lane *lane = argument;
	struct sensor_set *set = lane->set;

	pthread_mutex_lock(&set->lock);
	while (!set->quit) {
		uint64_t round = set->round;
		bool last = set->last;

		if (lane->done == round) {
			pthread_cond_wait(&set->go, &set->lock);
			continue;
		}
		pthread_mutex_unlock(&set->lock);
		lane_read(lane, last);
		pthread_mutex_lock(&set->lock);
		lane->done = round;
		pthread_cond_signal(&set->answered);
	}
	pthread_mutex_unlock(&set->lock);
	return NULL;
}

static size_t stack_size(void)
{
	long least = sysconf(_SC_THREAD_STACK_MIN), page = sysconf(_SC_PAGESIZE);
	size_t size = STACK_SIZE;

	if (least > 0)
		size += (size_t)least;
	return (size + (size_t)page - 1) / (size_t)page * (size_t)page;
}

int sensor_set_start(struct sensor_set *set, struct err *err)
{
	pthread_attr_t attr;
	sigset_t all, before;
	int failed = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, stack_size());
	while (!failed && set->threads < set->lane_count) {
		struct sensor_lane *lane = &set->lane[set->threads];

		failed = pthread_create(&lane->thread, &attr, lane_main, lane);
		if (!failed)
			set->threads++;
	}
	pthread_attr_destroy(&attr);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return err_set_errno(err, failed, "cannot start a thread for the sensors");
	return 0;
}

static bool all_answered(const struct sensor_set *set)
{
	size_t i;

	for (i = 0; i < set->lane_count; i++)
		if (set->lane[i].done != set->round)
			return false;
	return true;
}

static void kick_lanes(struct sensor_set *set)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += set->last ? SENSOR_LAST_NS : SENSOR_ANSWER_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	set->round++;
	pthread_cond_broadcast(&set->go);
	while (!all_answered(set))
		if (pthread_cond_timedwait(&set->answered, &set->lock, &until) == ETIMEDOUT)
			return;
}

static bool slot_late(const struct sensor_set *set, size_t c, int64_t boot_ns)
{
	int64_t pace_ns = set->channel[c].pace_ns;

	return !pace_ns || boot_ns - set->slot[c].read_ns > PACES_LATE * pace_ns + LATE_NS;
}

void sensor_set_last(struct sensor_set *set)
{
	pthread_mutex_lock(&set->lock);
	set->last = true;
	pthread_mutex_unlock(&set->lock);
}

void sensor_set_read(struct sensor_set *set, int64_t now_ns, struct sample *sample)
{
	int64_t boot_ns = clock_boot_ns();
	size_t i;

	if (!set->threads)
		for (i = 0; i < set->lane_count; i++)
			lane_read(&set->lane[i], set->last);
	pthread_mutex_lock(&set->lock);
	if (set->threads)
		kick_lanes(set);
	for (i = 0; i < set->count; i++) {
		struct sensor_slot *slot = &set->slot[i];

		memset(&sample[i], 0, sizeof(sample[i]));
		sample[i].series = (uint16_t)i;
		sample[i].quality = (uint8_t)slot->quality;
		sample[i].value = slot->value;
		sample[i].time_ns = now_ns + slot->read_ns - boot_ns;
		if (!slot->news && (!slot->read_ns || slot_late(set, i, boot_ns))) {
			sample[i].time_ns = now_ns;
			if (slot->quality == SAMPLE_GOOD)
				sample[i].quality = SAMPLE_STALE;
		}
		slot->news = false;
	}
	pthread_mutex_unlock(&set->lock);
}
