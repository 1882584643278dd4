/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/news.h"

#define SECOND 1000000000LL

static const struct series table[] = {
	{ .metric = "temperature", .kind = SERIES_GAUGE },
	{ .metric = "edac-corrected", .kind = SERIES_COUNTER },
};
enum { GAUGE, COUNTER };

static struct news news;

static struct sample sample_of(uint16_t series, enum sample_quality quality, int64_t value,
			       int64_t time_ns)
{
	return (struct sample){
		.series = series, .quality = (uint8_t)quality, .value = value, .time_ns = time_ns
	};
}

static bool is_news(uint16_t series, enum sample_quality quality, int64_t value, int64_t time_ns)
{
	const struct sample sample = sample_of(series, quality, value, time_ns);

	return news_is(&news, &sample, false);
}

static void start(void)
{
	const struct sample gauge = sample_of(GAUGE, SAMPLE_GOOD, 50000, 10 * SECOND);
	const struct sample counter = sample_of(COUNTER, SAMPLE_GOOD, 1000, 10 * SECOND);

	news_init(&news, table, ARRAY_SIZE(table));
	ck_assert(!is_news(GAUGE, SAMPLE_ABSENT, 0, 10 * SECOND));
	ck_assert(is_news(GAUGE, SAMPLE_GOOD, 50000, 10 * SECOND));
	news_note(&news, &gauge);
	news_note(&news, &counter);
}

START_TEST(a_gauge_that_changed_is_news_once_a_second_or_at_once_when_urgent)
{
	const struct sample soon = sample_of(GAUGE, SAMPLE_GOOD, 60000, 11 * SECOND - 1);

	start();
	ck_assert(!is_news(GAUGE, SAMPLE_GOOD, 60000, 11 * SECOND - 1));
	ck_assert(news_is(&news, &soon, true));
	ck_assert(is_news(GAUGE, SAMPLE_GOOD, 60000, 11 * SECOND));
	news_release(&news);
}
END_TEST

START_TEST(a_counter_that_changed_is_news_at_once)
{
	start();
	ck_assert(is_news(COUNTER, SAMPLE_GOOD, 2000, 10 * SECOND + 1));
	ck_assert(!is_news(COUNTER, SAMPLE_GOOD, 1000, 10 * SECOND + 1));
	news_release(&news);
}
END_TEST

START_TEST(another_quality_is_news_at_once)
{
	start();
	ck_assert(is_news(GAUGE, SAMPLE_STALE, 50000, 10 * SECOND + 1));
	ck_assert(is_news(GAUGE, SAMPLE_ABSENT, 0, 10 * SECOND + 1));
	news_release(&news);
}
END_TEST

START_TEST(what_did_not_change_is_repeated_after_ten_seconds)
{
	start();
	ck_assert(!is_news(GAUGE, SAMPLE_GOOD, 50000, 20 * SECOND - 1));
	ck_assert(is_news(GAUGE, SAMPLE_GOOD, 50000, 20 * SECOND));
	news_release(&news);
}
END_TEST

START_TEST(a_sample_that_was_noted_already_is_no_news)
{
	start();
	ck_assert(!is_news(GAUGE, SAMPLE_GOOD, 50000, 10 * SECOND));
	news_release(&news);
}
END_TEST

UNIT_MAIN("news", a_gauge_that_changed_is_news_once_a_second_or_at_once_when_urgent,
	  a_counter_that_changed_is_news_at_once, another_quality_is_news_at_once,
	  what_did_not_change_is_repeated_after_ten_seconds,
	  a_sample_that_was_noted_already_is_no_news)
