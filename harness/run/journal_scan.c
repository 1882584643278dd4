/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/journal.h"

#include "harness/base/auto.h"
#include "harness/base/le.h"
#include "harness/base/memory.h"
#include "harness/run/journal_format.h"

#include <string.h>

const char *frame_kind_name(enum frame_kind kind)
{
	static const char *const name[FRAME_KINDS] = {
		[FRAME_NONE] = "unknown",	[FRAME_START] = "start",
		[FRAME_WATCHER] = "watcher",	[FRAME_STEP_START] = "step-start",
		[FRAME_SAMPLES] = "samples",	[FRAME_MISMATCH] = "mismatch",
		[FRAME_GUARD] = "guard",	[FRAME_STEP_END] = "step-end",
		[FRAME_SETTING] = "setting",	[FRAME_RESTORE] = "restore",
		[FRAME_SIGNAL] = "signal",	[FRAME_FAULT] = "fault",
		[FRAME_RESUME] = "resume",	[FRAME_END] = "end",
		[FRAME_REPEAT] = "repeat",
	};

	return (unsigned int)kind < FRAME_KINDS ? name[kind] : name[FRAME_NONE];
}

const char *journal_state_name(enum journal_state state)
{
	static const char *const name[] = { "damaged", "torn", "clean" };

	return (unsigned int)state < ARRAY_SIZE(name) ? name[state] : name[JOURNAL_DAMAGED];
}

/* What a scan knows while it walks. */
struct walk {
	const uint8_t *data;
	size_t size;
	struct digest *digest;
	struct journal_scan *scan;
};

/* Size of the whole frame at `at`, 0 when there is no good one. */
static size_t frame_at(const struct walk *walk, size_t at)
{
	const uint8_t *head = walk->data + at;
	size_t left = walk->size - at;
	uint32_t payload;

	if (left < FRAME_HEADER_SIZE + DIGEST_SIZE || memcmp(head, journal_magic, 4))
		return 0;
	payload = le_get32(head + AT_SIZE);
	if (payload < DIGEST_SIZE || payload > FRAME_PAYLOAD_MAX ||
	    payload > left - FRAME_HEADER_SIZE)
		return 0;
	if (walk->scan->count && (le_get64(head + AT_SALT) != walk->scan->salt ||
				  le_get64(head + AT_SEQUENCE) <=
					  walk->scan->frame[walk->scan->count - 1].sequence))
		return 0;
	if (journal_frame_crc(head, head + FRAME_HEADER_SIZE, payload) != le_get32(head + AT_CRC))
		return 0;
	return FRAME_HEADER_SIZE + (size_t)payload;
}

/* The next good frame behind `at`; the end of the data when there is none. */
static size_t find_frame(const struct walk *walk, size_t at, size_t *ret_size)
{
	while (at + FRAME_HEADER_SIZE + DIGEST_SIZE <= walk->size) {
		const uint8_t *found = memchr(walk->data + at, journal_magic[0], walk->size - at);

		if (!found)
			break;
		at = (size_t)(found - walk->data);
		*ret_size = frame_at(walk, at);
		if (*ret_size)
			return at;
		at++;
	}
	return walk->size;
}

/* Does the good frame at `at` follow the one before: next number, digest of its bytes? */
static bool joins_up(const struct walk *walk, size_t at)
{
	const struct journal_scan *scan = walk->scan;
	uint64_t expected = scan->count ? scan->frame[scan->count - 1].sequence + 1 : 0;

	return le_get64(walk->data + at + AT_SEQUENCE) == expected &&
	       !memcmp(walk->data + at + FRAME_HEADER_SIZE, scan->head, DIGEST_SIZE);
}

static int take_frame(const struct walk *walk, size_t at, size_t size)
{
	struct journal_scan *scan = walk->scan;
	const uint8_t *head = walk->data + at;
	struct frame *frame;

	scan->frame = mem_grow(scan->frame, &scan->capacity, scan->count + 1, sizeof(*frame));
	frame = &scan->frame[scan->count++];
	frame->kind = (enum frame_kind)le_get32(head + AT_KIND);
	frame->sequence = le_get64(head + AT_SEQUENCE);
	frame->time_ns = (int64_t)le_get64(head + AT_TIME);
	frame->content = head + FRAME_HEADER_SIZE + DIGEST_SIZE;
	frame->size = size - FRAME_HEADER_SIZE - DIGEST_SIZE;
	scan->salt = le_get64(head + AT_SALT);
	scan->end = at + size;
	if (digest_add(walk->digest, head, size) < 0 || digest_end(walk->digest, scan->head) < 0)
		return ERR_CRYPTO;
	return 0;
}

int journal_scan(const void *data, size_t size, struct journal_scan *scan, struct err *err)
{
	AUTO(digest_free_at) struct digest *digest = digest_new(err);
	struct walk walk = { .data = data, .size = size, .digest = digest, .scan = scan };
	bool broken = false;
	size_t at = 0;

	memset(scan, 0, sizeof(*scan));
	if (!digest)
		return ERR_CRYPTO;
	scan->state = JOURNAL_CLEAN;
	scan->bad_at = size;
	while (at < size) {
		size_t frame_size = 0;
		size_t next = find_frame(&walk, at, &frame_size);

		if (!broken && (next != at || !joins_up(&walk, at))) {
			broken = true;
			scan->bad_at = at;
			scan->state = next < size ? JOURNAL_DAMAGED : JOURNAL_TORN;
		}
		if (next == size)
			break;
		if (take_frame(&walk, next, frame_size) < 0)
			return err_set(err, ERR_CRYPTO, "cannot compute the SM3 digest of a frame");
		at = next + frame_size;
	}
	if (!size)
		scan->state = JOURNAL_TORN;
	return 0;
}

void journal_scan_release(struct journal_scan *scan)
{
	free(scan->frame);
	memset(scan, 0, sizeof(*scan));
}
