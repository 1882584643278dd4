/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.order: small writes, each of them acknowledged as being on the medium before the next one is
 * made, and when the step begins again after the power went, all of them must be there.
 *
 * A file of two rings of blocks. Number n is written into the ring of data by a forced write (FUA), and
 * after it came back, into the log by a plain write and a sync (flush). So on the medium is, of this
 * sequence, data 1, log 1, data 2, log 2 ..., a part from its start, and of the one after it perhaps a
 * piece. Whatever is found says how far that part goes at least: the latest that is there. Everything
 * before it, that was not overwritten since, must be there too. A device that acknowledged what it had
 * not stored has lost one of them; one that lost the very latest, all in order, is not found out.
 *
 * While it runs each block is read back and compared. The file keeps its name until the step ends, so
 * it is there when a run is resumed (run/scratch.h); a step that finds one judges it first.
 *
 * Work unit: one byte read and compared. Phase: kind * 2^56 + n; the kinds are those of disk_block.h.
 * `at` is in the file: the data, then the log.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/disk_file.h"
#include "harness/stress/disk_order.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_(text) (text)

enum {
	KIND_SHIFT = 56,
	SLOTS = 1024,		/* of each ring */
	SELF_TEST_SLOTS = 16,
	STRIDE = 389,		/* odd: to a slot far from the one before */
};

static const struct param_spec params[] = {
	{ .name = "budget",
	  .kind = PARAM_BYTES,
	  .min = 1 << 20,
	  .max = 1ULL << 50,
	  .fallback = 1ULL << 30,
	  .help = N_("bytes written at most; when they are used up the file is only read") },
};

static const struct kernel_spec spec = {
	.name = "disk.order",
	.summary = N_("disk: forced writes and flushes; after a power cut all of them are there"),
	.target = TARGET_DISK,
	.writes_storage = true,
	.work_unit = "byte",
	.kept_file = DISK_ORDER_FILE,
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

struct order {
	struct worker *worker;
	struct disk_file file;
	uint64_t id, slots, budget;
	uint64_t *data, *want;	/* one block, aligned; two blocks */
	uint64_t checked;
	bool in_self_test, failed;
};

/* Of the sequence: data 1 is 2, log 1 is 3, data 2 is 4 ... */
static uint64_t number_of(uint64_t step)
{
	return step / 2;
}

static uint64_t slot_of(const struct order *order, uint64_t step)
{
	return number_of(step) * STRIDE % order->slots + step % 2 * order->slots;
}

static struct disk_block block_of(const struct order *order, uint64_t step)
{
	uint64_t number = number_of(step);

	return (struct disk_block){
		.file = order->id,
		.number = slot_of(order, step),
		.generation = number,
		.before = number > order->slots ? number - order->slots : 0,
	};
}

static bool go(struct order *order)
{
	uint64_t checked = order->checked;

	order->checked = 0;
	return worker_go(order->worker, checked) && !order->failed;
}

static void tell(struct order *order, enum disk_fault fault, uint64_t number)
{
	worker_block(order->worker, order->id, (uint64_t)fault << KIND_SHIFT | number);
}

static int take_failure(struct order *order, int code, enum disk_fault fault, uint64_t step)
{
	if (code != DISK_FILE_FAILED)
		return code;
	order->failed = true;
	tell(order, fault, number_of(step));
	worker_mismatch(order->worker, slot_of(order, step) * order->file.block, 0,
			(uint64_t)order->file.errno_value);
	return 0;
}

static void judge(struct order *order, uint64_t step)
{
	const struct disk_block block = block_of(order, step);
	size_t words = order->file.block / sizeof(uint64_t), word = 0;
	uint64_t at = block.number * order->file.block;
	enum disk_fault fault = disk_block_judge(&block, order->data, order->want, words, &word);

	if (fault == DISK_RIGHT)
		return;
	tell(order, fault, block.generation);
	if (fault == DISK_BITS)
		worker_compare(order->worker, at, order->want, order->data, words);
	else
		worker_mismatch(order->worker, at + word * sizeof(uint64_t), order->want[word],
				order->data[word]);
	worker_block(order->worker, order->id, block.generation);
}

static int timed(struct order *order, enum request_kind kind, uint64_t step, struct err *err)
{
	uint64_t at = slot_of(order, step) * order->file.block;
	bool forced = kind == REQUEST_WRITE && step % 2 == 0;
	size_t size = order->file.block;
	int64_t start_ns = clock_boot_ns();
	int code;

	if (kind == REQUEST_READ)
		code = disk_file_read(&order->file, order->data, size, at, err);
	else if (kind == REQUEST_SYNC)
		code = order->in_self_test ? 0 : disk_file_settle(&order->file, err);
	else if (!forced || order->in_self_test)
		code = disk_file_write(&order->file, order->data, size, at, err);
	else
		code = disk_file_write_through(&order->file, order->data, size, at, err);
	if (code >= 0)
		request_times_note(order->worker->times, forced ? REQUEST_SYNC : kind,
				   clock_boot_ns() - start_ns, at);
	return take_failure(order, code, kind == REQUEST_READ ? DISK_UNREADABLE : DISK_UNWRITABLE,
			    step);
}

static int read_step(struct order *order, uint64_t step, struct err *err)
{
	int code;

	disk_file_forget(order->data, order->file.block);
	code = timed(order, REQUEST_READ, step, err);
	if (code < 0 || order->failed)
		return code;
	worker_checkpoint(order->worker, slot_of(order, step) * order->file.block, order->data,
			  order->file.block);
	judge(order, step);
	order->checked += order->file.block;
	return 0;
}

/* --- what an earlier run left ----------------------------------------------------------------- */

/* Which step of the sequence the block that was read is, whole; 0: none. */
static uint64_t step_in(const struct order *order, uint64_t slot)
{
	size_t words = order->file.block / sizeof(uint64_t), word;
	const uint64_t generation = le64toh(order->data[3]);
	struct disk_block block = { .file = order->id, .number = slot, .generation = generation };
	uint64_t step = 2 * generation + slot / order->slots;

	if (!disk_block_is_ours(order->data) || !generation ||
	    disk_block_judge(&block, order->data, order->want, words, &word) != DISK_RIGHT)
		return 0;
	return slot_of(order, step) == slot ? step : 0;
}

static int read_slot(struct order *order, uint64_t slot, struct err *err)
{
	uint64_t at = slot * order->file.block;
	int code = disk_file_read(&order->file, order->data, order->file.block, at, err);

	if (code != DISK_FILE_FAILED)
		return code;
	order->failed = true;
	tell(order, DISK_UNREADABLE, 0);
	worker_mismatch(order->worker, at, 0, (uint64_t)order->file.errno_value);
	return 0;
}

/* The latest step that is there; 0: none, or the disk failed. The first block of ours tells the id. */
static int64_t find_latest(struct order *order, struct err *err)
{
	uint64_t latest = 0, slot, step;
	bool known = false;

	for (slot = 0; slot < 2 * order->slots && !order->failed; slot++) {
		int code = read_slot(order, slot, err);

		if (code < 0)
			return code;
		if (!known && disk_block_is_ours(order->data)) {
			order->id = le64toh(order->data[1]);
			known = true;
		}
		step = known ? step_in(order, slot) : 0;
		latest = step > latest ? step : latest;
	}
	return order->failed ? 0 : (int64_t)latest;
}

static int check_left(struct order *order, struct err *err)
{
	int64_t latest = find_latest(order, err);
	uint64_t step, last = latest > 0 ? (uint64_t)latest : 0;
	/* The latest of each slot, but for the one that was being written again. */
	uint64_t first = last > 2 * order->slots ? last - 2 * order->slots + 2 : 2;

	int code = latest < 0 ? (int)latest : 0;

	for (step = first; step <= last && code >= 0 && !order->failed; step++)
		code = read_step(order, step, err);
	return code;
}

/* --- the sequence ----------------------------------------------------------------------------- */

static int write_step(struct order *order, uint64_t step, struct err *err)
{
	const struct disk_block block = block_of(order, step);
	int code;

	worker_block(order->worker, order->id, block.generation);
	disk_block_make(&block, order->data, order->file.block / sizeof(uint64_t));
	order->budget -= order->file.block;
	code = timed(order, REQUEST_WRITE, step, err);
	if (code >= 0 && !order->failed && step % 2)
		code = timed(order, REQUEST_SYNC, step, err);
	return code;
}

/* Once more the oldest that is not overwritten, then the next one, when no more may be written. */
static uint64_t step_to_read(const struct order *order, uint64_t end, uint64_t *done)
{
	uint64_t kept = end - 2 < 2 * order->slots ? end - 2 : 2 * order->slots;

	return end - kept + (*done)++ % kept;
}

/*
 * Zeros, on the medium, and the name too: from then on only blocks change. Nothing of an earlier run is
 * left by then, or a cut in the middle of this would be judged by it.
 */
static int make_space(struct order *order, int folder_fd, struct err *err)
{
	uint64_t slot;
	int code = 0;

	if (ftruncate(order->file.fd, 0) || (!order->in_self_test && fsync(order->file.fd)))
		return err_set_errno(err, errno, "cannot empty '%s' in the scratch folder",
				     DISK_ORDER_FILE);
	memset(order->data, 0, order->file.block);
	for (slot = 0; slot < 2 * order->slots && !code; slot++)
		code = disk_file_write(&order->file, order->data, order->file.block,
				       slot * order->file.block, err);
	order->budget -= slot * order->file.block;
	if (!code && !order->in_self_test) {
		code = disk_file_settle(&order->file, err);
		fsync(order->file.fd);
		fsync(folder_fd);
	}
	return take_failure(order, code, DISK_UNWRITABLE, 0);
}

static int sequence(struct order *order, int folder_fd, struct err *err)
{
	uint64_t end = 2, step, done = 0;
	int code = make_space(order, folder_fd, err);

	while (code >= 0 && go(order)) {
		if (order->budget >= order->file.block) {
			step = end++;
			code = write_step(order, step, err);
		} else {
			step = step_to_read(order, end, &done);
		}
		if (code >= 0 && !order->failed)
			code = read_step(order, step, err);
		if (!done && code >= 0 && number_of(step) <= order->slots)
			worker_distinct(order->worker, order->file.block);
	}
	return code;
}

static int judge_and_go_on(struct order *order, const struct stress_state *state, struct err *err)
{
	uint64_t own_id = order->id;
	struct stat status;
	int code = 0;

	/* Of another size: its space was not made to the end, and nothing was acknowledged. */
	if (!fstat(order->file.fd, &status) &&
	    (uint64_t)status.st_size == 2 * order->slots * order->file.block) {
		/* Somebody may have looked at it: of that nothing is to come from memory. */
		code = take_failure(order, disk_file_settle(&order->file, err), DISK_UNWRITABLE, 0);
		if (!code && !order->failed)
			code = check_left(order, err);
	}
	if (code < 0 || order->failed)
		return code;
	order->id = own_id;
	return sequence(order, state->folder_fd, err);
}

static int prepare(struct stress_state *state, struct err *err)
{
	if (state->folder_fd < 0)
		return err_set(err, ERR_INTERNAL, "disk.order was given no scratch folder");
	return disk_file_check_medium(state->folder_fd, state->self_test, err);
}

/* A power of two; half of the budget is left for the sequence. */
static uint64_t slots_of(const struct order *order, const struct stress_state *state)
{
	uint64_t most = state->disk_bytes < order->budget / 2 ? state->disk_bytes : order->budget / 2;
	uint64_t slots = state->self_test ? SELF_TEST_SLOTS : SLOTS;

	while (slots && 2 * slots * order->file.block > most)
		slots /= 2;
	return slots;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	struct order order = { .worker = worker, .id = mix_at(worker->seed, ~(uint64_t)0),
			       .in_self_test = state->self_test,
			       .budget = stress_param(state, &spec, "budget") };
	AUTO_FREE void *data = NULL;
	AUTO_FREE void *want = NULL;
	int code = disk_file_open_kept(&order.file, state->folder_fd, DISK_ORDER_FILE,
				       state->self_test, err);

	if (code < 0)
		return code;
	order.slots = slots_of(&order, state);
	if (!order.slots)
		code = err_set(err, ERR_INPUT, "disk.order needs four blocks of %zu bytes",
			       order.file.block);
	else if (posix_memalign(&data, order.file.block, order.file.block))
		code = err_set(err, ERR_FULL, "no memory left for the buffer of a disk kernel");
	order.data = data;
	order.want = want = mem_alloc(2 * order.file.block);
	if (code >= 0)
		code = judge_and_go_on(&order, state, err);
	disk_file_close(&order.file);
	/* It ended, so nobody is to judge it again. */
	unlinkat(state->folder_fd, DISK_ORDER_FILE, 0);
	return code < 0 ? code : 0;
}

static void finish(struct stress_state *state)
{
	(void)state;
}

extern const struct stressor stressor_disk_order;
const struct stressor stressor_disk_order = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
