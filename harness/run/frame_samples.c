/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packed form of samples: docs/formats/journal.md, "Samples". */
#include "harness/run/frame.h"

#include "harness/base/le.h"

enum {
	ROUND_HEAD = 10,	/* time and count */
	SERIES_MASK = 0x3fff,
	QUALITY_SHIFT = 14,
	VALUE_BYTES_MAX = 10,
};

static bool has_value(unsigned int quality)
{
	return quality == SAMPLE_GOOD || quality == SAMPLE_STALE;
}

static void put_value(struct buf *out, int64_t value)
{
	uint64_t left = (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);

	for (; left >= 0x80; left >>= 7)
		buf_addc(out, (char)(left | 0x80));
	buf_addc(out, (char)left);
}

static void put_round(struct buf *out, const struct sample *sample, size_t count)
{
	uint8_t bytes[ROUND_HEAD];
	size_t i;

	le_put64(bytes, (uint64_t)sample->time_ns);
	le_put16(bytes + 8, (uint16_t)count);
	buf_add(out, bytes, ROUND_HEAD);
	for (i = 0; i < count; i++) {
		le_put16(bytes, (uint16_t)((sample[i].series & SERIES_MASK) |
					   (sample[i].quality & 3) << QUALITY_SHIFT));
		buf_add(out, bytes, 2);
		if (has_value(sample[i].quality & 3))
			put_value(out, sample[i].value);
	}
}

void frame_write_samples(struct buf *out, const struct sample *sample, size_t count)
{
	size_t from = 0;

	while (from < count) {
		size_t to = from + 1;

		while (to < count && sample[to].time_ns == sample[from].time_ns &&
		       to - from < UINT16_MAX)
			to++;
		put_round(out, sample + from, to - from);
		from = to;
	}
}

/* Bytes taken, 0 when there is no whole value. */
static size_t get_value(const uint8_t *at, size_t left, int64_t *ret_value)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < left && i < VALUE_BYTES_MAX; i++) {
		value |= (uint64_t)(at[i] & 0x7f) << (7 * i);
		if (at[i] & 0x80)
			continue;
		*ret_value = (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
		return i + 1;
	}
	return 0;
}

/* Bytes taken, 0 when there is no whole sample. */
static size_t get_sample(const uint8_t *at, size_t left, struct sample *sample)
{
	size_t used;

	if (left < 2)
		return 0;
	sample->series = le_get16(at) & SERIES_MASK;
	sample->quality = (uint8_t)(le_get16(at) >> QUALITY_SHIFT);
	sample->value = 0;
	if (!has_value(sample->quality))
		return 2;
	used = get_value(at + 2, left - 2, &sample->value);
	return used ? used + 2 : 0;
}

int frame_read_samples(const struct frame *frame,
		       void (*each)(void *context, const struct sample *sample), void *context,
		       struct err *err)
{
	const uint8_t *at = frame->content;
	const uint8_t *end = at + frame->size;

	while (at < end) {
		struct sample sample = { .series = 0 };
		unsigned int count;

		if (end - at < ROUND_HEAD)
			goto bad;
		sample.time_ns = (int64_t)le_get64(at);
		count = le_get16(at + 8);
		for (at += ROUND_HEAD; count; count--) {
			size_t used = get_sample(at, (size_t)(end - at), &sample);

			if (!used)
				goto bad;
			at += used;
			each(context, &sample);
		}
	}
	return 0;
bad:
	return err_set(err, ERR_INPUT, "journal frame %llu: the samples end in the middle",
		       (unsigned long long)frame->sequence);
}
