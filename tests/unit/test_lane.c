/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lanes: a driver that never answers, a slow one, and one that is not due. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/sensor/source.h"
#include "harness/sys/clock.h"

#include <string.h>
#include <unistd.h>

#define MILLISECOND 1000000LL
#define SECOND      1000000000LL

/* What a channel of these rows does when it is read; in shared memory of the test's own process. */
struct script {
	_Atomic int64_t value;
	_Atomic int gate; /* > 0: reading waits for it to fall to 0 */
	_Atomic int reads;
};

static struct script fast, hung, slow;

static int scripted_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	struct script *script = channel->own;

	script->reads++;
	while (script->gate)
		clock_wait_ns(MILLISECOND);
	*ret_raw = script->value;
	return 0;
}

static void add(struct sensor_sink *sink, const char *component, struct script *script,
		int64_t pace_ns)
{
	struct sensor_channel channel = { .fd = -1, .pace_ns = pace_ns, .own = script };

	memset(script, 0, sizeof(*script));
	script->value = 50000;
	channel.lane = component;
	channel.series.metric = "temperature";
	channel.series.component = component;
	sensor_sink_add(sink, &channel);
}

static int scripted_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	(void)root;
	(void)err;
	add(sink, "fast", &fast, 0);
	add(sink, "hung", &hung, 0);
	add(sink, "slow", &slow, 3600 * SECOND);
	return 0;
}

static const char *const reads[] = { "nothing", NULL };
static const struct sensor_source scripted = {
	.name = "scripted", .reads = reads, .open = scripted_open, .read = scripted_read
};
static const struct sensor_source *const row[] = { &scripted };

enum { FAST, HUNG, SLOW, CHANNELS };

static struct sensor_set *start(struct sample sample[CHANNELS])
{
	struct sensor_set *set = sensor_set_open_rows(NULL, row, ARRAY_SIZE(row), NULL);
	struct err err = ERR_INIT;

	ck_assert_int_eq(sensor_set_start(set, &err), 0);
	sensor_set_read(set, 1 * SECOND, sample);
	ck_assert_int_eq(sample[FAST].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[HUNG].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[SLOW].quality, SAMPLE_GOOD);
	return set;
}

START_TEST(a_driver_that_does_not_answer_is_stale_and_holds_up_nobody)
{
	struct sample sample[CHANNELS];
	struct sensor_set *set = start(sample);
	int64_t before_ns;

	hung.gate = 1;
	fast.value = 60000;
	hung.value = 99000;
	before_ns = clock_boot_ns();
	sensor_set_read(set, 2 * SECOND, sample);
	ck_assert_int_lt(clock_boot_ns() - before_ns, SENSOR_ANSWER_NS + 200 * MILLISECOND);
	ck_assert_int_eq(sample[FAST].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[FAST].value, 60000);
	ck_assert_int_eq(sample[HUNG].quality, SAMPLE_STALE);
	ck_assert_int_eq(sample[HUNG].value, 50000);
	ck_assert_int_eq(sample[HUNG].time_ns, 2 * SECOND);
	hung.gate = 0;
	sensor_set_free(set);
}
END_TEST

START_TEST(a_driver_that_answers_late_is_good_in_the_next_round)
{
	struct sample sample[CHANNELS];
	struct sensor_set *set = start(sample);

	hung.gate = 1;
	sensor_set_read(set, 2 * SECOND, sample);
	ck_assert_int_eq(sample[HUNG].quality, SAMPLE_STALE);
	hung.value = 70000;
	hung.gate = 0;
	sensor_set_read(set, 3 * SECOND, sample);
	ck_assert_int_eq(sample[HUNG].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[HUNG].value, 70000);
	sensor_set_free(set);
}
END_TEST

START_TEST(a_channel_that_is_not_due_keeps_its_time_and_is_not_read)
{
	struct sample sample[CHANNELS];
	struct sensor_set *set = start(sample);
	int64_t time_ns = sample[SLOW].time_ns;

	/* The caller's time is its own; lanes go by the clock of the machine. */
	sensor_set_read(set, 1 * SECOND, sample);
	ck_assert_int_eq(slow.reads, 1);
	ck_assert_int_eq(sample[SLOW].quality, SAMPLE_GOOD);
	ck_assert_int_le(sample[SLOW].time_ns, time_ns);
	ck_assert_int_eq(fast.reads, 2);
	sensor_set_free(set);
}
END_TEST

START_TEST(the_last_round_reads_what_is_not_due_and_waits_longer_for_it)
{
	struct sample sample[CHANNELS];
	struct sensor_set *set = start(sample);
	int64_t before_ns;

	slow.value = 61000;
	hung.gate = 1;
	sensor_set_last(set);
	before_ns = clock_boot_ns();
	sensor_set_read(set, 2 * SECOND, sample);
	ck_assert_int_ge(clock_boot_ns() - before_ns, SENSOR_LAST_NS);
	ck_assert_int_eq(slow.reads, 2);
	ck_assert_int_eq(sample[SLOW].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[SLOW].value, 61000);
	hung.gate = 0;
	sensor_set_free(set);
}
END_TEST

START_TEST(without_threads_every_channel_is_read_in_place)
{
	struct sensor_set *set = sensor_set_open_rows(NULL, row, ARRAY_SIZE(row), NULL);
	struct sample sample[CHANNELS];

	sensor_set_read(set, 7 * SECOND, sample);
	ck_assert_int_eq(sample[FAST].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[FAST].value, 50000);
	fast.value = 0;
	sensor_set_read(set, 8 * SECOND, sample);
	ck_assert_int_eq(sample[FAST].quality, SAMPLE_IMPLAUSIBLE);
	sensor_set_free(set);
}
END_TEST

static int wrong_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	const struct sensor_channel channel = { .fd = -1, .series = { .metric = "warmth" } };

	(void)root;
	(void)err;
	sensor_sink_add(sink, &channel);
	return 0;
}

START_TEST(a_source_may_only_speak_of_metrics_there_are)
{
	static const struct sensor_source wrong = { .name = "wrong",
						    .reads = reads,
						    .open = wrong_open };
	static const struct sensor_source *const rows[] = { &wrong };
	struct err err = ERR_INIT;

	ck_assert_ptr_null(sensor_set_open_rows(NULL, rows, 1, &err));
	ck_assert_int_eq(err.code, ERR_INTERNAL);
	ck_assert_str_eq(err.plain, "source 'wrong' has a series of 'warmth', which is no metric");
}
END_TEST

START_TEST(a_look_before_the_run_is_not_held_up_by_a_hung_driver)
{
	struct sensor_set *set = sensor_set_open_rows(NULL, row, ARRAY_SIZE(row), NULL);
	struct sample sample[CHANNELS];
	struct err err = ERR_INIT;

	hung.gate = 1;
	ck_assert_msg(sensor_set_look(set, sample, &err) == 0, "%s", err.plain);
	ck_assert_int_eq(sample[FAST].quality, SAMPLE_GOOD);
	ck_assert_int_eq(sample[FAST].value, 50000);
	ck_assert_int_eq(sample[HUNG].quality, SAMPLE_ABSENT);
	hung.gate = 0;
	sensor_set_free(set);
}
END_TEST

START_TEST(a_cpu_temperature_without_a_good_reading_is_not_believed)
{
	static const struct series series[] = {
		{ .metric = "temperature", .component = "hwmon/cpu-hwmon/temp1" },
		{ .metric = "temperature", .component = "hwmon/cpu-hwmon/temp2" },
		{ .metric = "temperature", .component = "hwmon/nvme/temp1" },
		{ .metric = "fan", .component = "hwmon/it8728/fan1" },
	};
	const struct sample sample[] = { { .quality = SAMPLE_IMPLAUSIBLE },
					 { .quality = SAMPLE_GOOD, .value = 40000 },
					 { .quality = SAMPLE_ABSENT },
					 { .quality = SAMPLE_GOOD } };
	struct series kept[ARRAY_SIZE(series)];

	ck_assert_uint_eq(sensor_believable(series, ARRAY_SIZE(series), sample, kept), 3);
	ck_assert_str_eq(kept[0].component, "hwmon/cpu-hwmon/temp2");
	ck_assert_str_eq(kept[1].component, "hwmon/nvme/temp1");
	ck_assert_str_eq(kept[2].component, "hwmon/it8728/fan1");
}
END_TEST

UNIT_MAIN("lane", a_driver_that_does_not_answer_is_stale_and_holds_up_nobody,
	  a_driver_that_answers_late_is_good_in_the_next_round,
	  a_channel_that_is_not_due_keeps_its_time_and_is_not_read,
	  the_last_round_reads_what_is_not_due_and_waits_longer_for_it,
	  without_threads_every_channel_is_read_in_place,
	  a_source_may_only_speak_of_metrics_there_are,
	  a_look_before_the_run_is_not_held_up_by_a_hung_driver,
	  a_cpu_temperature_without_a_good_reading_is_not_believed)
