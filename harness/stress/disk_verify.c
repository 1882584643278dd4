/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.verify: write self-describing blocks into one file of the scratch folder, past the page
 * cache, and read back what the device has.
 *
 * Generation after generation: write a stretch of the file, fdatasync, drop the cache, read it
 * back. The first generation goes in stretches of 64 MiB, so that a short step verifies something;
 * later ones are the whole file, in an order that jumps about in even generations, and in pieces of several
 * sizes with several requests under way in every third one. When the budget
 * of written bytes is used up, the file is only read. The file loses its name as soon as it is
 * open: nothing stays behind, whatever happens.
 *
 * How it is verified. Every byte is compared with what the block must hold. Bytes count only when
 * they came from the device: opened O_DIRECT, and the page cache is asked (mincore) whether it
 * holds the range before it is read. A medium that is memory, network or unknown is refused, and so
 * is one without O_DIRECT; there is no buffered way out, except in the self-test, which proves the
 * program and not the disk.
 *
 * A disk that fails a request has failed: this is reported as wrong data is, the `got` being the
 * errno, and the step ends. What the disk holds from there on is not known, and each further request
 * may take a minute.
 *
 * How long each request took goes into a histogram; one that took longer than a second stalled.
 *
 * Work unit: one byte read and compared. Phase of a mismatch: kind * 2^56 + generation, the kinds
 * being enum disk_fault of disk_block.h. Offsets are in the file.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/disk_file.h"
#include "harness/stress/disk_queue.h"
#include "harness/stress/disk_verify.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <string.h>

#define N_(text) (text)

enum {
	FIRST_STRETCH = 64, /* chunks */
	FINAL_NS = 1000000000,
	KIND_SHIFT = 56,
	MIXED = 3, /* every so many generations */
};

static const struct param_spec params[] = {
	{ .name = "budget",
	  .kind = PARAM_BYTES,
	  .min = 1 << 20,
	  .max = 1ULL << 50,
	  .fallback = 16ULL << 30,
	  .help = N_("bytes written at most; when they are used up the file is only read") },
};

static const struct kernel_spec spec = {
	.name = "disk.verify",
	.summary = N_("disk: self-describing blocks past the page cache, lost and misplaced writes "
		      "told apart"),
	.target = TARGET_DISK,
	.writes_storage = true,
	.work_unit = "byte",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

struct verify {
	struct worker *worker;
	struct disk_file file;
	size_t chunk;
	uint64_t chunks;
	uint64_t budget; /* bytes that may still be written */
	uint64_t *data;  /* one chunk, aligned */
	uint64_t *want;  /* two blocks */
	uint64_t *again; /* a block, aligned */
	uint64_t id;
	uint64_t generation; /* the one that runs */
	uint64_t covered; /* chunks from the start verified at least once */
	uint64_t checked; /* bytes not yet given to worker_go */
	bool failed;	  /* the disk did, and that was reported */
};

static bool go(struct verify *verify)
{
	uint64_t checked = verify->checked;

	verify->checked = 0;
	return worker_go(verify->worker, checked) && !verify->failed;
}

/* 0; or an error that is not of the disk. */
static int take_failure(struct verify *verify, int code, enum disk_fault fault, uint64_t at)
{
	uint64_t generation = atomic_load(&verify->worker->line->phase);

	if (code != DISK_FILE_FAILED)
		return code;
	verify->failed = true;
	worker_block(verify->worker, verify->id, (uint64_t)fault << KIND_SHIFT | generation);
	worker_mismatch(verify->worker, at, 0, (uint64_t)verify->file.errno_value);
	worker_block(verify->worker, verify->id, generation);
	return 0;
}

/* Jumps about in even generations: the stride has no divisor in common with any count of chunks. */
static uint64_t chunk_in_order(uint64_t n, uint64_t generation, uint64_t chunks)
{
	const uint64_t prime = 2654435761U;

	return generation % 2 || chunks >= prime ? n : n * prime % chunks;
}

static struct disk_block block_of(const struct verify *verify, uint64_t chunk, uint64_t generation)
{
	return (struct disk_block){
		.file = verify->id,
		.number = chunk * (verify->chunk / verify->file.block),
		.generation = generation,
	};
}

/*
 * Every third generation goes in pieces of 4 KiB, 64 KiB or a whole chunk, out of order, 1 to 32 of them
 * under way; a chunk is read in other pieces than it was written in.
 */
static bool is_mixed(uint64_t generation)
{
	return generation % MIXED == 0;
}

static int move_mixed(struct verify *verify, bool write, uint64_t chunk, struct err *err)
{
	uint64_t seed = mix_at(verify->id + write, chunk ^ verify->generation << 40);
	struct disk_queue_ask ask = {
		.write = write,
		.data = verify->data,
		.size = verify->chunk,
		.at = chunk * verify->chunk,
		.piece = verify->chunk >> (mix_word(seed) % 3 * 4),
		.depth = 1U << mix_word(seed + 1) % 6,
		.seed = seed,
	};

	if (ask.piece < verify->file.block)
		ask.piece = verify->file.block;
	return disk_queue_move(&verify->file, &ask, verify->worker->times, err);
}

static int timed(struct verify *verify, enum request_kind kind, uint64_t chunk, struct err *err)
{
	uint64_t at = chunk * verify->chunk;
	int64_t start_ns = clock_boot_ns();
	int code;

	if (kind != REQUEST_SYNC && is_mixed(verify->generation))
		return move_mixed(verify, kind == REQUEST_WRITE, chunk, err);
	switch (kind) {
	case REQUEST_READ:
		code = disk_file_read(&verify->file, verify->data, verify->chunk, at, err);
		break;
	case REQUEST_WRITE:
		code = disk_file_write(&verify->file, verify->data, verify->chunk, at, err);
		break;
	default:
		code = disk_file_settle(&verify->file, err);
		break;
	}
	if (code >= 0)
		request_times_note(verify->worker->times, kind, clock_boot_ns() - start_ns, at);
	return code;
}

static int write_chunk(struct verify *verify, uint64_t chunk, uint64_t generation, struct err *err)
{
	struct disk_block block = block_of(verify, chunk, generation);
	size_t words = verify->file.block / sizeof(uint64_t), at;

	for (at = 0; at < verify->chunk / sizeof(uint64_t); at += words, block.number++)
		disk_block_make(&block, verify->data + at, words);
	verify->budget -= verify->chunk;
	return take_failure(verify, timed(verify, REQUEST_WRITE, chunk, err), DISK_UNWRITABLE,
			    chunk * verify->chunk);
}

/* A write is lost when the old data are what the disk has: once more, and that is known. */
static bool is_there(struct verify *verify, const struct disk_block *block)
{
	size_t size = verify->file.block;

	return disk_file_read(&verify->file, verify->again, size, block->number * size, NULL) == 0 &&
	       !memcmp(verify->again, verify->want, size);
}

static void report(struct verify *verify, const struct disk_block *block, const uint64_t *got)
{
	size_t words = verify->file.block / sizeof(*got), word = 0;
	uint64_t at = block->number * verify->file.block;
	enum disk_fault fault = disk_block_judge(block, got, verify->want, words, &word);

	if (fault == DISK_RIGHT)
		return;
	if (fault == DISK_LOST && is_there(verify, block))
		fault = DISK_STALE;
	worker_block(verify->worker, verify->id, (uint64_t)fault << KIND_SHIFT | block->generation);
	if (fault == DISK_BITS)
		worker_compare(verify->worker, at, verify->want, got, words);
	else
		worker_mismatch(verify->worker, at + word * sizeof(*got), verify->want[word],
				got[word]);
	worker_block(verify->worker, verify->id, block->generation);
}

/* The first block of a chunk that cannot be read; the chunk itself when all of them can by now. */
static uint64_t find_unreadable(struct verify *verify, uint64_t start)
{
	int errno_value = verify->file.errno_value;
	uint64_t at, size = verify->file.block;

	for (at = start; at < start + verify->chunk && go(verify); at += size) {
		if (disk_file_read(&verify->file, verify->data, size, at, NULL) == DISK_FILE_FAILED)
			return at;
	}
	verify->file.errno_value = errno_value;
	return start;
}

static int read_chunk(struct verify *verify, uint64_t chunk, uint64_t generation, struct err *err)
{
	struct disk_block block = block_of(verify, chunk, generation);
	size_t words = verify->file.block / sizeof(uint64_t), at;
	int code;

	code = timed(verify, REQUEST_READ, chunk, err);
	if (code == DISK_FILE_FAILED)
		return take_failure(verify, code, DISK_UNREADABLE,
				    find_unreadable(verify, chunk * verify->chunk));
	if (code < 0)
		return code;
	worker_checkpoint(verify->worker, chunk * verify->chunk, verify->data, verify->chunk);
	for (at = 0; at < verify->chunk / sizeof(uint64_t); at += words, block.number++)
		report(verify, &block, verify->data + at);
	verify->checked += verify->chunk;
	if (generation == 1 && chunk == verify->covered) {
		worker_distinct(verify->worker, verify->chunk);
		verify->covered++;
	}
	return 0;
}

struct stretch {
	uint64_t first, end; /* places in the order of the generation */
	uint64_t generation;
};

/* Returns how many chunks were written, or an error. */
static int64_t write_stretch(struct verify *verify, const struct stretch *stretch, struct err *err)
{
	uint64_t n;
	int code;

	for (n = stretch->first; n < stretch->end && go(verify); n++) {
		code = write_chunk(verify, chunk_in_order(n, stretch->generation, verify->chunks),
				   stretch->generation, err);
		if (code < 0)
			return code;
	}
	code = verify->failed ? 0 : timed(verify, REQUEST_SYNC, stretch->first, err);
	code = take_failure(verify, code, DISK_UNWRITABLE, stretch->first * verify->chunk);
	return code < 0 ? code : (int64_t)(n - stretch->first);
}

/* Reads until the end, or, once it is time to stop, for a second more. 1: go on; 0: stop. */
static int read_stretch(struct verify *verify, const struct stretch *stretch, struct err *err)
{
	int64_t limit = INT64_MAX;
	uint64_t n;

	for (n = stretch->first; n < stretch->end; n++) {
		int code;

		if (!go(verify) && limit == INT64_MAX)
			limit = clock_boot_ns() + FINAL_NS;
		if (verify->failed || clock_boot_ns() >= limit)
			return 0;
		code = read_chunk(verify, chunk_in_order(n, stretch->generation, verify->chunks),
				  stretch->generation, err);
		if (code < 0)
			return code;
	}
	return go(verify) && limit == INT64_MAX;
}

/* One generation, written and read back; 1: go on; 0: stop. */
static int one_generation(struct verify *verify, uint64_t generation, struct err *err)
{
	struct stretch stretch = { .generation = generation };
	uint64_t step = generation == 1 ? FIRST_STRETCH : verify->chunks;
	int code = 1;

	for (; stretch.first < verify->chunks && code > 0; stretch.first = stretch.end) {
		int64_t written;

		stretch.end = stretch.first + step;
		if (stretch.end > verify->chunks)
			stretch.end = verify->chunks;
		worker_block(verify->worker, verify->id, generation);
		written = write_stretch(verify, &stretch, err);
		if (written < 0)
			return (int)written;
		stretch.end = stretch.first + (uint64_t)written;
		code = read_stretch(verify, &stretch, err);
	}
	return code;
}

static int generations(struct verify *verify, struct err *err)
{
	uint64_t generation = 0;
	int code = 1;

	while (code > 0 && verify->budget >= verify->chunks * verify->chunk) {
		verify->generation = ++generation;
		code = one_generation(verify, generation, err);
	}
	while (code > 0) {
		const struct stretch all = { .end = verify->chunks, .generation = generation };

		code = read_stretch(verify, &all, err);
	}
	return code;
}

static int prepare(struct stress_state *state, struct err *err)
{
	if (state->folder_fd < 0)
		return err_set(err, ERR_INTERNAL, "disk.verify was given no scratch folder");
	return disk_file_check_medium(state->folder_fd, state->self_test, err);
}

int disk_verify_file(const struct disk_verify *ask, struct worker *worker, struct err *err)
{
	struct verify verify = {
		.worker = worker,
		.file = ask->file,
		.chunk = ask->chunk,
		.chunks = ask->bytes / ask->chunk,
		.budget = ask->budget,
		.id = mix_at(worker->seed, worker->index),
	};
	AUTO_FREE void *data = NULL;
	AUTO_FREE void *want = NULL;
	AUTO_FREE void *again = NULL;

	if (!verify.chunks)
		return err_set(err, ERR_INPUT, "a disk is verified in pieces of %zu bytes, and there "
			       "is not one", ask->chunk);
	if (posix_memalign(&data, verify.file.block, verify.chunk) ||
	    posix_memalign(&again, verify.file.block, verify.file.block))
		return err_set(err, ERR_FULL, "no memory left for the buffer of a disk kernel");
	verify.data = data;
	verify.again = again;
	verify.want = want = mem_alloc(2 * verify.file.block);
	return generations(&verify, err);
}

int disk_verify_scratch(const struct stress_state *state, struct disk_verify *ask,
			struct worker *worker, struct err *err)
{
	int code = disk_file_open(&ask->file, state->folder_fd, state->self_test, err);

	if (code < 0)
		return code;
	code = disk_verify_file(ask, worker, err);
	disk_file_close(&ask->file);
	return code < 0 ? code : 0;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	struct disk_verify ask = {
		.chunk = state->self_test ? DISK_SELF_TEST_CHUNK : DISK_CHUNK,
		.budget = stress_param(state, &spec, "budget"),
	};

	ask.bytes = state->disk_bytes < ask.budget ? state->disk_bytes : ask.budget;
	return disk_verify_scratch(state, &ask, worker, err);
}

static void finish(struct stress_state *state)
{
	(void)state;
}

extern const struct stressor stressor_disk_verify;
const struct stressor stressor_disk_verify = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
