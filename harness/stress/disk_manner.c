/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/disk_manner.h"

#include "harness/base/auto.h"
#include "harness/stress/disk_queue.h"
#include "harness/stress/mix.h"
#include "harness/sys/clock.h"

/* The first is the quickest that finds anything: it is what a short step does. */
const struct disk_manner disk_manner[DISK_MANNERS] = {
	{ .order = DISK_FORWARD, .write = DISK_ONE, .read = DISK_ONE },
	{ .order = DISK_JUMP, .write = DISK_ONE, .read = DISK_PIECES },
	{ .order = DISK_JUMP, .write = DISK_PIECES, .read = DISK_PIECES },
	{ .order = DISK_BACKWARD, .write = DISK_SECTORS, .read = DISK_ONE },
	{ .order = DISK_BUTTERFLY, .write = DISK_ONE, .read = DISK_CACHED, .is_large = true },
	{ .order = DISK_FORWARD, .write = DISK_CACHED, .read = DISK_SECTORS, .is_large = true },
	{ .order = DISK_JUMP, .write = DISK_DURABLE, .read = DISK_ONE },
	{ .order = DISK_FORWARD, .write = DISK_ONE, .read = DISK_ONE, .overwrites = true },
};

uint64_t disk_order_place(enum disk_order order, uint64_t n, uint64_t count)
{
	const uint64_t prime = 2654435761U;

	switch (order) {
	case DISK_BACKWARD:
		return count - 1 - n;
	case DISK_BUTTERFLY:
		return n % 2 ? count - 1 - n / 2 : n / 2;
	case DISK_JUMP:
		return count < prime ? n * prime % count : n;
	default:
		return n;
	}
}

/* --- one request ------------------------------------------------------------------------------ */

struct part {
	size_t from, size;	/* of move->data */
};

/* A forced write waits for all that is in the disk's cache; one into the page cache asks nothing of the disk. */
static void note(const struct disk_move *move, struct request_times *times, int64_t took_ns,
		 uint64_t at)
{
	if (!move->write)
		request_times_note(times, REQUEST_READ, took_ns, at);
	else if (move->way == DISK_DURABLE)
		request_times_note(times, REQUEST_SYNC, took_ns, at);
	else if (move->way != DISK_CACHED)
		request_times_note(times, REQUEST_WRITE, took_ns, at);
}

static int one_request(struct disk_file *file, const struct disk_move *move, struct part part,
		       struct request_times *times, struct err *err)
{
	char *data = (char *)move->data + part.from;
	uint64_t at = move->at + part.from;
	int64_t start_ns = clock_boot_ns();
	int code;

	if (!move->write)
		code = disk_file_read(file, data, part.size, at, err);
	else if (move->way == DISK_DURABLE)
		code = disk_file_write_through(file, data, part.size, at, err);
	else
		code = disk_file_write(file, data, part.size, at, err);
	if (code >= 0)
		note(move, times, clock_boot_ns() - start_ns, at);
	return code;
}

/* --- pieces ----------------------------------------------------------------------------------- */

static bool is_power(size_t size)
{
	return size && !(size & (size - 1));
}

/* A sixteenth, a 256th or all of it a request, 1 to 32 under way. */
static int move_pieces(struct disk_file *file, const struct disk_move *move,
		       struct request_times *times, struct err *err)
{
	struct disk_queue_ask ask = {
		.write = move->write,
		.data = move->data,
		.size = move->size,
		.at = move->at,
		.piece = move->size >> (mix_word(move->seed) % 3 * 4),
		.depth = 1U << mix_word(move->seed + 1) % 6,
		.seed = move->seed,
	};

	if (ask.piece < file->block)
		ask.piece = file->block;
	return disk_queue_move(file, &ask, times, err);
}

enum { PARTS = 32 };

/* Cut at multiples of `unit`, where the seed says; ascending, the last one ends at `size`. */
static size_t cut(size_t size, size_t unit, uint64_t seed, struct part part[PARTS])
{
	size_t units = size / unit, from = 0, count = 0;

	while (from < units) {
		size_t left = units - from, mean = units * 2 / PARTS + 2;
		size_t take = 1 + (size_t)(mix_at(seed, count) % mean);

		if (take > left || count == PARTS - 1)
			take = left;
		part[count++] = (struct part){ from * unit, take * unit };
		from += take;
	}
	return count;
}

/* An odd stride over a power of two visits every part once. */
static int move_parts(struct disk_file *file, const struct disk_move *move, size_t unit,
		      struct request_times *times, struct err *err)
{
	struct part part[PARTS];
	size_t count = cut(move->size, unit, move->seed, part), i;

	for (i = 0; i < PARTS; i++) {
		size_t k = (size_t)(i * (move->seed | 1) + (move->seed >> 32)) % PARTS;
		int code = k < count ? one_request(file, move, part[k], times, err) : 0;

		if (code)
			return code;
	}
	return 0;
}

/* disk_file_read sees to it that what is read comes through the cache and not from it. */
static int move_cached(struct disk_file *file, const struct disk_move *move,
		       struct request_times *times, struct err *err)
{
	int code = disk_file_set_cached(file, true, err), after;
	int64_t start_ns;

	if (code < 0)
		return code;
	code = move->write ? move_parts(file, move, 1, times, err)
			   : one_request(file, move, (struct part){ 0, move->size }, times, err);
	after = disk_file_set_cached(file, false, code < 0 ? NULL : err);
	if (code || after < 0)
		return code ? code : after;
	if (!move->write)
		return 0;
	start_ns = clock_boot_ns();
	code = disk_file_settle(file, err);
	if (code >= 0)
		request_times_note(times, REQUEST_SYNC, clock_boot_ns() - start_ns, move->at);
	return code;
}

int disk_move(struct disk_file *file, const struct disk_move *move, struct request_times *times,
	      struct err *err)
{
	switch (move->way) {
	case DISK_PIECES:
		if (is_power(move->size))
			return move_pieces(file, move, times, err);
		break;
	case DISK_SECTORS:
		return move_parts(file, move, file->sector, times, err);
	case DISK_CACHED:
		return move_cached(file, move, times, err);
	case DISK_DURABLE:
		return move_parts(file, move, file->block, times, err);
	default:
		break;
	}
	return one_request(file, move, (struct part){ 0, move->size }, times, err);
}
