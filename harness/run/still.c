/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/still.h"

#define MOVES_MILLI 3000

enum { MOVES_STEPS = 3 };

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static void begin(struct still *still, const struct sample *sample)
{
	still->anchor = still->value = sample->value;
	still->anchor_ns = still->since_ns = sample->time_ns;
	if (!still->heard || sample->value < still->least)
		still->least = sample->value;
	still->seen = still->heard = true;
}

static void moved(struct still *still, const struct sample *sample)
{
	int64_t change = distance(sample->value, still->value), way;

	if (!still->smallest || change < still->smallest)
		still->smallest = change;
	if (sample->value < still->least)
		still->least = sample->value;
	if (sample->time_ns - still->anchor_ns > STILL_NS) {
		still->anchor = still->value;
		still->anchor_ns = sample->time_ns;
	}
	way = distance(sample->value, still->anchor);
	if (way >= MOVES_MILLI && way >= MOVES_STEPS * still->smallest)
		still->follows = true;
	still->value = sample->value;
	still->since_ns = sample->time_ns;
}

static bool spans(const struct still *still, const struct still_load *load, int64_t now_ns)
{
	return load->from_ns <= load->at_ns - STILL_NS && still->since_ns <= load->at_ns - STILL_NS &&
	       now_ns >= load->at_ns + STILL_NS && load->until_ns >= load->at_ns + STILL_NS;
}

void still_take(struct still *still, const struct sample *sample)
{
	size_t i;

	if (sample->quality != SAMPLE_GOOD) {
		still_gap(still);
		return;
	}
	if (!still->seen) {
		begin(still, sample);
		return;
	}
	if (sample->value != still->value) {
		moved(still, sample);
		return;
	}
	if (still->found || !still->follows || still->value == still->least)
		return;
	for (i = 0; i < still->load_count && !still->found; i++) {
		if (!spans(still, &still->load[i], sample->time_ns))
			continue;
		still->found = true;
		still->found_ns = still->since_ns;
		still->found_value = still->value;
		still->step = still->load[i].step;
	}
}

void still_gap(struct still *still)
{
	still->seen = false;
}
