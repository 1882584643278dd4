/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/news.h"

#include "harness/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void news_init(struct news *news, const struct series *series, size_t count)
{
	size_t i;

	news->series = series;
	news->last = mem_zalloc((count + 1) * sizeof(*news->last));
	for (i = 0; i < count; i++)
		news->last[i].time_ns = INT64_MIN;
}

void news_release(struct news *news)
{
	free(news->last);
	memset(news, 0, sizeof(*news));
}

bool news_is(const struct news *news, const struct sample *sample, bool urgent)
{
	const struct sample *last = &news->last[sample->series];
	int64_t age_ns;

	if (last->time_ns == INT64_MIN)
		return sample->quality != SAMPLE_ABSENT;
	age_ns = sample->time_ns - last->time_ns;
	if (age_ns <= 0)
		return false;
	if (age_ns >= NEWS_REPEAT_NS || sample->quality != last->quality)
		return true;
	if (sample->value == last->value)
		return false;
	return urgent || age_ns >= NEWS_GAP_NS ||
	       news->series[sample->series].kind == SERIES_COUNTER;
}

void news_note(struct news *news, const struct sample *sample)
{
	news->last[sample->series] = *sample;
}
