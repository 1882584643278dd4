/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/model/plan.h"
#include "harness/sensor/source.h"
#include "harness/sys/child.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"

#include <string.h>

#define LOOK_LIMIT_NS 5000000000LL /* for the child, should it hang itself */
#define GAP_NS        100000000LL

enum { ROUNDS = 5 };

static bool all_temperatures_good(const struct series *series, size_t count,
				  const struct sample *sample)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(series[i].metric, "temperature") && sample[i].quality != SAMPLE_GOOD)
			return false;
	return true;
}

static int look(int out_fd, void *argument)
{
	struct sensor_set *set = argument;
	size_t count;
	const struct series *series = sensor_set_series(set, &count);
	AUTO_FREE struct sample *sample = mem_zalloc((count + 1) * sizeof(*sample));
	int round;

	if (sensor_set_start(set, NULL) < 0)
		return 1;
	for (round = 0; round < ROUNDS; round++) {
		if (round)
			clock_wait_ns(GAP_NS);
		sensor_set_read(set, 0, sample);
		if (all_temperatures_good(series, count, sample))
			break;
	}
	return disk_write_all(out_fd, sample, count * sizeof(*sample)) < 0;
}

int sensor_set_look(struct sensor_set *set, struct sample *ret_sample, struct err *err)
{
	AUTO(buf_release) struct buf answer = BUF_INIT, how = BUF_INIT;
	struct child_end end;
	size_t count;
	int code;

	sensor_set_series(set, &count);
	code = child_run(look, set, LOOK_LIMIT_NS, &answer, &end, err);
	if (code < 0)
		return code;
	if (answer.size != count * sizeof(*ret_sample)) {
		child_end_text(&end, &how);
		return err_set(err, ERR_CHILD, "cannot read the sensors: the process %s", how.data);
	}
	memcpy(ret_sample, answer.data, answer.size);
	return 0;
}

size_t sensor_believable(const struct series *series, size_t count, const struct sample *sample,
			 struct series *ret_series)
{
	size_t kept = 0, i;

	for (i = 0; i < count; i++)
		if (sample[i].quality == SAMPLE_GOOD || !series_is_cpu_temperature(&series[i]))
			ret_series[kept++] = series[i];
	return kept;
}
