/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_NEWS_H
#define RUN_NEWS_H
/*
 * Which samples are worth writing: a run of two days must not fill its disk with what did not
 * change.
 *
 *	if (news_is(&news, &sample, urgent) && ring_put(shared, &sample))
 *		news_note(&news, &sample);
 *
 * A sample is news when its quality changed, when a counter changed, when a gauge changed and its
 * last one is NEWS_GAP_NS old (at once when `urgent`), and after NEWS_REPEAT_NS in any case. One
 * that is not newer than the last is never news; nor is a series that has not spoken yet.
 */
#include "harness/model/sample.h"

#include <stdbool.h>
#include <stddef.h>

#define NEWS_GAP_NS 1000000000LL
#define NEWS_REPEAT_NS 10000000000LL

struct news {
	const struct series *series;	/* borrowed */
	struct sample *last;		/* one a series: last noted */
};

void news_init(struct news *news, const struct series *series, size_t count);
void news_release(struct news *news);
bool news_is(const struct news *news, const struct sample *sample, bool urgent);
void news_note(struct news *news, const struct sample *sample);

#endif
