/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/ticks.h"

#include "harness/base/auto.h"
#include "reports/quantity.h"

#include <inttypes.h>
#include <stdio.h>

#define N_(text) (text)

static const int64_t SECOND = 1000000000;
static const int64_t DAY = 86400LL * 1000000000;

static int64_t floor_to(int64_t value, int64_t step)
{
	int64_t rest = value % step;

	return value - (rest < 0 ? rest + step : rest);
}

static size_t intervals(int64_t low, int64_t high, int64_t step)
{
	int64_t first = floor_to(low, step);
	int64_t count = (high - first + step - 1) / step;

	return count < 1 ? 1 : (size_t)count;
}

struct ticks ticks_cover(int64_t low, int64_t high, size_t most)
{
	static const int64_t factor[] = { 1, 2, 5 };
	struct ticks ticks = { .step = 1 };
	int64_t power = 1;
	size_t i = 0;

	low = quantity_clamp(low);
	high = quantity_clamp(high);
	if (high <= low)
		high = low + 1;
	while (intervals(low, high, ticks.step) > most) {
		if (++i == ARRAY_SIZE(factor)) {
			i = 0;
			power *= 10;
		}
		ticks.step = factor[i] * power;
	}
	ticks.first = floor_to(low, ticks.step);
	ticks.count = intervals(low, high, ticks.step) + 1;
	return ticks;
}

struct ticks ticks_time(int64_t length_ns, size_t most)
{
	/* In seconds; below and above them the rule of 1, 2 and 5 goes on. */
	static const int64_t clock[] = { 1,   2,   5,	 10,   15,   30,    60,	   120,	 300,
					 600, 900, 1800, 3600, 7200, 10800, 21600, 43200 };
	int64_t length = length_ns < 1 ? 1 : length_ns;
	struct ticks ticks = { .first = 0 };
	size_t i;

	if (length < 2 * SECOND) {
		ticks = ticks_cover(0, length, most);
	} else {
		for (i = 0; i < ARRAY_SIZE(clock) && !ticks.step; i++) {
			if (length / (clock[i] * SECOND) <= (int64_t)most)
				ticks.step = clock[i] * SECOND;
		}
		if (!ticks.step)
			ticks.step = ticks_cover(0, length / DAY, most).step * DAY;
	}
	ticks.count = (size_t)(length / ticks.step) + 1;
	return ticks;
}

/* Which of the four forms: by the length of the axis, so that one axis has one form. */
enum time_form { FORM_SECONDS = 0, FORM_MINUTES, FORM_HOURS, FORM_DAYS };

static enum time_form form_of(int64_t length_ns)
{
	if (length_ns < 120 * SECOND)
		return FORM_SECONDS;
	if (length_ns < 2 * 3600 * SECOND)
		return FORM_MINUTES;
	return length_ns < 4 * DAY ? FORM_HOURS : FORM_DAYS;
}

const char *ticks_time_unit(int64_t length_ns)
{
	static const char *const unit[] = {
		[FORM_SECONDS] = N_("seconds"),
		[FORM_MINUTES] = N_("minutes:seconds"),
		[FORM_HOURS] = N_("hours:minutes"),
		[FORM_DAYS] = N_("days"),
	};

	return unit[form_of(length_ns)];
}

char *ticks_time_text(const struct ticks *ticks, int64_t length_ns, int64_t time_ns,
		      char out[TICKS_TEXT_SIZE])
{
	char number[QUANTITY_TEXT_SIZE];
	int64_t seconds = time_ns / SECOND;
	int64_t unit = SECOND;
	unsigned int digits = 0;

	switch (form_of(length_ns)) {
	case FORM_SECONDS:
		/* Steps below a second need digits after the point. */
		while (digits < 3 && ticks->step % unit) {
			unit /= 10;
			digits++;
		}
		quantity_number(time_ns / 1000000, 0, digits, number);
		snprintf(out, TICKS_TEXT_SIZE, "%.30s", number);
		break;
	case FORM_MINUTES:
		snprintf(out, TICKS_TEXT_SIZE, "%" PRId64 ":%02d", seconds / 60,
			 (int)(seconds % 60));
		break;
	case FORM_HOURS:
		snprintf(out, TICKS_TEXT_SIZE, "%" PRId64 ":%02d", seconds / 3600,
			 (int)(seconds / 60 % 60));
		break;
	case FORM_DAYS:
		snprintf(out, TICKS_TEXT_SIZE, "%" PRId64, time_ns / DAY);
		break;
	}
	return out;
}
