/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.verify: write self-describing blocks into one file of the scratch folder, past the page
 * cache, and read back what the device has.
 *
 * Round after round: write a stretch, fdatasync, drop the cache, read it back. The first round goes
 * in stretches of 64 MiB, so that a short step verifies something; later ones are the whole file.
 * Each stretch, and then each round, has another manner (disk_manner.h): forward, backward, from both
 * ends, jumping about; whole megabytes, eight at once, pieces of several sizes with several requests
 * under way, odd sectors, any bytes through the page cache, forced writes; some blocks written twice.
 * What a block must hold after all that: disk_content.h. Before everything the edges are written and
 * read. Where the device forgets ranges on demand, some that were verified are discarded and read
 * again, with their neighbours. When the budget of written bytes is used up, the file is only read.
 * The file loses its name as soon as it is open: nothing stays behind, whatever happens.
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
#include "harness/stress/disk_content.h"
#include "harness/stress/disk_queue.h"
#include "harness/stress/disk_verify.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <string.h>

#define N_(text) (text)

enum {
	FINAL_NS = 1000000000,
	KIND_SHIFT = 56,
	LARGE = 8, /* chunks */
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
	struct disk_content content;
	uint64_t budget; /* bytes that may still be written */
	uint64_t *data;	 /* LARGE chunks, aligned */
	uint64_t *want;	 /* two blocks */
	uint64_t *again; /* a block, aligned */
	uint64_t checked; /* bytes not yet given to worker_go */
	bool discarded;	  /* the device did it at least once */
	bool failed;	  /* the disk did, and that was reported */
};

/* Of the space under test; whole blocks. */
struct range {
	uint64_t at;
	size_t size;
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
	worker_block(verify->worker, verify->content.id,
		     (uint64_t)fault << KIND_SHIFT | generation);
	worker_mismatch(verify->worker, at, 0, (uint64_t)verify->file.errno_value);
	worker_block(verify->worker, verify->content.id, generation);
	return 0;
}

static int move(struct verify *verify, bool write, struct range range, enum disk_way way,
		struct err *err)
{
	const struct disk_content *content = &verify->content;
	const struct disk_move ask = {
		.write = write,
		.way = way,
		.data = verify->data,
		.size = range.size,
		.at = range.at,
		.seed = mix_at(content->id + write, range.at ^ content->round << 48),
	};

	return disk_move(&verify->file, &ask, verify->worker->times, err);
}

static int settle(struct verify *verify, uint64_t at, struct err *err)
{
	int64_t start_ns = clock_boot_ns();
	int code = disk_file_settle(&verify->file, err);

	if (code >= 0)
		request_times_note(verify->worker->times, REQUEST_SYNC, clock_boot_ns() - start_ns,
				   at);
	return take_failure(verify, code, DISK_UNWRITABLE, at);
}

/* --- writing ---------------------------------------------------------------------------------- */

/* Of blocks that are written twice, what they hold in between, or in the end. */
static void fill(struct verify *verify, struct range range, bool in_the_end)
{
	size_t words = verify->content.block / sizeof(uint64_t), at;
	uint64_t number = range.at / verify->content.block;

	for (at = 0; at < range.size / sizeof(uint64_t); at += words, number++) {
		struct disk_block block = disk_content_block(&verify->content, number);

		if (!in_the_end && disk_content_is_again(&verify->content, number))
			block.generation--;
		disk_block_make(&block, verify->data + at, words);
	}
}

static int write_range(struct verify *verify, struct range range, enum disk_way way,
		       struct err *err)
{
	verify->budget -= range.size;
	return take_failure(verify, move(verify, true, range, way, err), DISK_UNWRITABLE, range.at);
}

/* The next blocks of the range, from block `number` on, that `is_one` says yes to; false: no more. */
static bool next_run(const struct disk_content *content, struct range range, uint64_t *number,
		     bool (*is_one)(const struct disk_content *content, uint64_t number),
		     struct range *ret_run)
{
	uint64_t end = (range.at + range.size) / content->block, first;

	while (*number < end && !is_one(content, *number))
		++*number;
	first = *number;
	while (*number < end && is_one(content, *number))
		++*number;
	*ret_run = (struct range){ first * content->block,
				   (size_t)(*number - first) * content->block };
	return ret_run->size > 0;
}

static int write_again(struct verify *verify, struct range range, struct err *err)
{
	uint64_t number = range.at / verify->content.block;
	struct range run;
	int code = 0;

	while (!code && !verify->failed &&
	       next_run(&verify->content, range, &number, disk_content_is_again, &run)) {
		fill(verify, run, true);
		code = write_range(verify, run, DISK_ONE, err);
	}
	return code;
}

static int write_unit(struct verify *verify, struct range range, struct err *err)
{
	const struct disk_content *content = &verify->content;
	const struct disk_manner *manner = disk_content_manner(content, range.at);
	size_t block = content->block;
	struct range rest = range;
	int code = 0;

	if (content->round == 1 && disk_content_is_edge(content, rest.at / block)) {
		rest.at += block;
		rest.size -= block;
	}
	if (content->round == 1 && rest.size &&
	    disk_content_is_edge(content, (rest.at + rest.size) / block - 1))
		rest.size -= block;
	if (rest.size) {
		fill(verify, rest, false);
		code = write_range(verify, rest, manner->write, err);
	}
	return code || !manner->overwrites ? code : write_again(verify, range, err);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A write is lost when the old data are what the disk has: once more, and that is known. */
static bool is_there(struct verify *verify, const struct disk_block *block)
{
	size_t size = verify->content.block;

	return disk_file_read(&verify->file, verify->again, size, block->number * size, NULL) == 0 &&
	       !memcmp(verify->again, verify->want, size);
}

static void report(struct verify *verify, uint64_t number, const uint64_t *got)
{
	const struct disk_block block = disk_content_block(&verify->content, number);
	bool discarded = disk_content_was_discarded(&verify->content, number);
	size_t words = verify->content.block / sizeof(*got), word = 0;
	uint64_t at = number * verify->content.block;
	enum disk_fault fault;

	fault = discarded ? disk_block_judge_discarded(&block, got, verify->want, words, &word)
			  : disk_block_judge(&block, got, verify->want, words, &word);
	if (fault == DISK_RIGHT)
		return;
	if (fault == DISK_LOST && is_there(verify, &block))
		fault = DISK_STALE;
	worker_block(verify->worker, block.file, (uint64_t)fault << KIND_SHIFT | block.generation);
	if (fault == DISK_BITS)
		worker_compare(verify->worker, at, verify->want, got, words);
	else
		worker_mismatch(verify->worker, at + word * sizeof(*got), verify->want[word],
				got[word]);
	worker_block(verify->worker, block.file, block.generation);
}

/* The first block of a range that cannot be read; its start when all of them can by now. */
static uint64_t find_unreadable(struct verify *verify, struct range range)
{
	int errno_value = verify->file.errno_value;
	uint64_t at, size = verify->content.block;

	for (at = range.at; at < range.at + range.size && go(verify); at += size) {
		if (disk_file_read(&verify->file, verify->data, size, at, NULL) == DISK_FILE_FAILED)
			return at;
	}
	verify->file.errno_value = errno_value;
	return range.at;
}

static int read_range(struct verify *verify, struct range range, enum disk_way way,
		      struct err *err)
{
	size_t words = verify->content.block / sizeof(uint64_t), at;
	uint64_t number = range.at / verify->content.block;
	int code;

	disk_file_forget(verify->data, range.size);
	code = move(verify, false, range, way, err);
	if (code == DISK_FILE_FAILED)
		return take_failure(verify, code, DISK_UNREADABLE, find_unreadable(verify, range));
	if (code < 0)
		return code;
	worker_checkpoint(verify->worker, range.at, verify->data, range.size);
	for (at = 0; at < range.size / sizeof(uint64_t); at += words, number++)
		report(verify, number, verify->data + at);
	verify->checked += range.size;
	return 0;
}

/* --- rounds ----------------------------------------------------------------------------------- */

struct stretch {
	uint64_t at, bytes;
	const struct disk_manner *manner;
	size_t unit;		/* bytes that are moved at a time; the last one may be less */
	uint64_t units;		/* of it that are written, or are to be */
};

static struct stretch stretch_at(const struct verify *verify, uint64_t at)
{
	const struct disk_content *content = &verify->content;
	struct stretch stretch = { .at = at, .bytes = content->bytes - at };

	if (content->round == 1 && stretch.bytes > content->stretch)
		stretch.bytes = content->stretch;
	stretch.manner = disk_content_manner(content, at);
	stretch.unit = content->chunk * (stretch.manner->is_large ? LARGE : 1);
	stretch.units = (stretch.bytes + stretch.unit - 1) / stretch.unit;
	return stretch;
}

static struct range unit_of(const struct stretch *stretch, uint64_t n)
{
	uint64_t from = n * stretch->unit, left = stretch->bytes - from;

	return (struct range){ stretch->at + from,
			       left < stretch->unit ? (size_t)left : stretch->unit };
}

/* *ret_written: so many units, from the first in the order of the manner. */
static int write_stretch(struct verify *verify, const struct stretch *stretch, uint64_t *ret_written,
			 struct err *err)
{
	uint64_t n;
	int code = 0;

	for (n = 0; n < stretch->units && !code && go(verify); n++)
		code = write_unit(verify,
				  unit_of(stretch, disk_order_place(stretch->manner->order, n,
								    stretch->units)),
				  err);
	*ret_written = n;
	return code || verify->failed ? code : settle(verify, stretch->at, err);
}

/* Reads until the end, or, once it is time to stop, for a second more. 1: go on; 0: stop. */
static int read_stretch(struct verify *verify, const struct stretch *stretch, uint64_t written,
			bool is_new, struct err *err)
{
	int64_t limit = INT64_MAX;
	uint64_t n;

	for (n = 0; n < written; n++) {
		uint64_t place = disk_order_place(stretch->manner->order, n, stretch->units);
		struct range range = unit_of(stretch, place);
		int code;

		if (!go(verify) && limit == INT64_MAX)
			limit = clock_boot_ns() + FINAL_NS;
		if (verify->failed || clock_boot_ns() >= limit)
			return 0;
		code = read_range(verify, range, stretch->manner->read, err);
		if (code < 0)
			return code;
		if (is_new && !verify->failed)
			worker_distinct(verify->worker, range.size);
	}
	return go(verify) && limit == INT64_MAX;
}

/* 1: discarded, at least some; 0: not, or failed; or an error. */
static int discard_range(struct verify *verify, struct range range, struct err *err)
{
	uint64_t number = range.at / verify->content.block;
	int64_t start_ns;
	struct range run;
	int code;

	while (next_run(&verify->content, range, &number, disk_content_is_discarded, &run)) {
		start_ns = clock_boot_ns();
		code = disk_file_discard(&verify->file, run.size, run.at, err);
		if (code == DISK_FILE_CANNOT) {
			/* What it did once is discarded, whatever it says now. */
			verify->content.discards = verify->discarded;
			return verify->discarded;
		}
		if (code)
			return take_failure(verify, code, DISK_UNWRITABLE, run.at);
		verify->discarded = true;
		request_times_note(verify->worker->times, REQUEST_DISCARD,
				   clock_boot_ns() - start_ns, run.at);
	}
	return 1;
}

/* Of what was verified some is discarded, and all of the chunk it lies in read again. */
static int discard_stretch(struct verify *verify, const struct stretch *stretch, struct err *err)
{
	struct disk_content *content = &verify->content;
	uint64_t at, number, end = stretch->at + stretch->bytes;
	struct range range, run;
	int code;

	for (at = stretch->at; at < end && content->discards && go(verify); at += range.size) {
		range = (struct range){ at, end - at < content->chunk ? (size_t)(end - at)
								      : content->chunk };
		number = at / content->block;
		if (!next_run(content, range, &number, disk_content_is_discarded, &run))
			continue;
		code = discard_range(verify, range, err);
		content->discarded = at + range.size;
		if (code > 0)
			code = read_range(verify, range, DISK_ONE, err);
		if (code < 0)
			return code;
	}
	content->discarded = content->discards ? end : 0;
	return go(verify);
}

/* Each stretch is written and read back; 1: go on; 0: stop. */
static int one_round(struct verify *verify, struct err *err)
{
	struct disk_content *content = &verify->content;
	uint64_t at, written;
	int code = 1;

	for (at = 0; at < content->bytes && code > 0;) {
		struct stretch stretch = stretch_at(verify, at);

		worker_block(verify->worker, content->id, 2 * content->round - 1);
		code = write_stretch(verify, &stretch, &written, err);
		if (code < 0)
			return code;
		code = read_stretch(verify, &stretch, written, content->round == 1, err);
		if (code > 0)
			code = discard_stretch(verify, &stretch, err);
		at += stretch.bytes;
	}
	return code;
}

/* The first thing that is written, and read before anything else is. */
static int edges(struct verify *verify, struct err *err)
{
	const size_t block = verify->content.block;
	uint64_t number[DISK_EDGES];
	size_t count = disk_content_edges(&verify->content, number), i;
	int code = 0;

	worker_block(verify->worker, verify->content.id, 1);
	for (i = 0; i < count && !code && !verify->failed; i++) {
		const struct range range = { number[i] * block, block };

		fill(verify, range, true);
		code = write_range(verify, range, DISK_ONE, err);
	}
	/* The self-test runs often, and what comes back is not of a device anyway. */
	if (!code && !verify->failed && !verify->file.any_medium)
		code = settle(verify, 0, err);
	for (i = 0; i < count && !code && !verify->failed; i++)
		code = read_range(verify, (struct range){ number[i] * block, block }, DISK_ONE, err);
	return code < 0 ? code : go(verify);
}

static int rounds(struct verify *verify, struct err *err)
{
	struct disk_content *content = &verify->content;
	int code = 1;

	while (code > 0 && verify->budget >= content->bytes) {
		content->round++;
		content->discarded = 0;
		content->overwrote = content->overwrites;
		content->overwrites = verify->budget / 2 >= content->bytes;
		if (content->round == 1)
			code = edges(verify, err);
		if (code > 0)
			code = one_round(verify, err);
	}
	while (code > 0) {
		struct stretch all = stretch_at(verify, 0);

		all.bytes = content->bytes;
		all.units = (all.bytes + all.unit - 1) / all.unit;
		code = read_stretch(verify, &all, all.units, false, err);
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
		.content = {
			.id = mix_at(worker->seed, worker->index),
			.bytes = ask->bytes / ask->file.block * ask->file.block,
			.block = ask->file.block,
			.chunk = ask->chunk,
			.stretch = ask->stretch,
			.discards = true,
		},
		.budget = ask->budget,
	};
	AUTO_FREE void *data = NULL;
	AUTO_FREE void *want = NULL;
	AUTO_FREE void *again = NULL;
	int code;

	if (!verify.content.bytes)
		return err_set(err, ERR_INPUT, "a disk is verified in blocks of %zu bytes, and there "
			       "is not one", verify.content.block);
	if (posix_memalign(&data, verify.content.block, LARGE * ask->chunk) ||
	    posix_memalign(&again, verify.content.block, verify.content.block))
		return err_set(err, ERR_FULL, "no memory left for the buffer of a disk kernel");
	verify.data = data;
	verify.again = again;
	verify.want = want = mem_alloc(2 * verify.content.block);
	code = rounds(&verify, err);
	disk_queue_end(&verify.file);
	return code;
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
		.stretch = state->self_test ? DISK_SELF_TEST_STRETCH : DISK_STRETCH,
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
