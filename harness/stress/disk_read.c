/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.read: a whole disk is read and nothing is written on it, for disks that hold somebody's data.
 *
 * A megabyte that the stored hash set does not know yet is read, put into the set, and read again; what
 * the set knows is read and compared. So the first run makes the set and a later one, or a later
 * step, says whether the disk still gives the same. Only what was compared counts.
 *
 * A piece that differs is read once more before it is told: where the second reading fits, the path to the
 * disk was wrong (DISK_STALE names data that the next read does not give). One wrong bit is named; of
 * more it is said that the megabyte has changed, `want` and `got` being its hashes.
 *
 * Phase: kind * 2^56 + number of the sweep. Offsets are of the disk. In the self-test a scratch file
 * stands for the disk, and another one for the set.
 */
#include "harness/base/auto.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/disk_file.h"
#include "harness/stress/hash_set.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/clock.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define N_(text) (text)

enum { KIND_SHIFT = 56, SELF_TEST_PIECES = 2 };

static const struct kernel_spec spec = {
	.name = "disk.read",
	.summary = N_("disk: reads a whole disk, writes nothing, compares with stored hashes"),
	.target = TARGET_DEVICE,
	.work_unit = "byte",
};

struct reading {
	struct worker *worker;
	struct disk_file file;
	struct hash_set set;
	uint64_t *data;		/* one piece, aligned */
	uint64_t covered;	/* pieces from the start compared at least once */
	uint64_t sweep;
	bool failed;		/* the disk did, and that was reported */
};

static void tell(struct reading *reading, enum disk_fault fault, uint64_t at, uint64_t want,
		 uint64_t got)
{
	worker_block(reading->worker, 0, (uint64_t)fault << KIND_SHIFT | reading->sweep);
	worker_mismatch(reading->worker, at, want, got);
	worker_block(reading->worker, 0, reading->sweep);
}

/* 0; or an error that is not of the disk. */
static int read_piece(struct reading *reading, uint64_t piece, struct err *err)
{
	uint64_t at = piece * HASH_PIECE;
	int64_t start_ns;
	int code;

	disk_file_forget(reading->data, HASH_PIECE);
	start_ns = clock_boot_ns();
	code = disk_file_read(&reading->file, reading->data, HASH_PIECE, at, err);
	if (code >= 0)
		request_times_note(reading->worker->times, REQUEST_READ,
				   clock_boot_ns() - start_ns, at);
	if (code != DISK_FILE_FAILED)
		return code;
	reading->failed = true;
	tell(reading, DISK_UNREADABLE, at, 0, (uint64_t)reading->file.errno_value);
	return 0;
}

/*
 * Once more: data that come right the second time never lay wrong on the disk. Where they do not come a second
 * time what was seen is told all the same.
 */
static void tell_difference(struct reading *reading, uint64_t piece, const struct hash_row *want,
			    const struct hash_row *got)
{
	uint64_t at = piece * HASH_PIECE, bit, word;
	enum disk_fault fault = DISK_CHANGED;
	struct hash_row again;

	if (hash_row_locate(reading->data, want, &bit)) {
		word = le64toh(reading->data[bit / 64]);
		tell(reading, DISK_BITS, at + bit / 64 * 8, word ^ 1ULL << bit % 64, word);
		return;
	}
	if (read_piece(reading, piece, NULL) >= 0 && !reading->failed) {
		hash_row_make(reading->data, &again);
		fault = hash_row_equal(&again, want) ? DISK_STALE : DISK_CHANGED;
	}
	tell(reading, fault, at, want->hash, got->hash);
}

/* Bytes compared, or an error. */
static int64_t one_piece(struct reading *reading, uint64_t piece, struct err *err)
{
	struct hash_row want, got;
	int known = hash_set_get(&reading->set, piece, &want, err);
	int code = known < 0 ? known : read_piece(reading, piece, err);

	if (code < 0 || reading->failed)
		return code;
	if (!known) {
		hash_row_make(reading->data, &want);
		if ((code = hash_set_put(&reading->set, piece, &want, err)) < 0 ||
		    (code = read_piece(reading, piece, err)) < 0 || reading->failed)
			return code;
	}
	worker_checkpoint(reading->worker, piece * HASH_PIECE, reading->data, HASH_PIECE);
	hash_row_make(reading->data, &got);
	if (!hash_row_equal(&want, &got))
		tell_difference(reading, piece, &want, &got);
	if (piece == reading->covered) {
		worker_distinct(reading->worker, HASH_PIECE);
		reading->covered++;
	}
	return HASH_PIECE;
}

static int sweeps(struct reading *reading, struct err *err)
{
	uint64_t work = 0, piece;
	int64_t done;

	for (;; reading->sweep++) {
		worker_block(reading->worker, 0, reading->sweep);
		for (piece = 0; piece < reading->set.pieces; piece++) {
			if (!worker_go(reading->worker, work))
				return hash_set_sync(&reading->set, err);
			done = one_piece(reading, piece, err);
			if (done < 0 || reading->failed)
				return (int)(done < 0 ? done : 0);
			work = (uint64_t)done;
		}
		if (!reading->sweep && hash_set_sync(&reading->set, err) < 0)
			return err->code;
	}
}

static int read_disk(struct reading *reading, uint64_t bytes, int set_fd, struct err *err)
{
	AUTO_FREE void *data = NULL;
	struct err local = ERR_INIT;
	int code;

	err = err ? err : &local;
	if (bytes < HASH_PIECE)
		return err_set(err, ERR_INPUT, "a disk is read in pieces of %d bytes, and there is not "
			       "one", HASH_PIECE);
	if (posix_memalign(&data, reading->file.block, HASH_PIECE))
		return err_set(err, ERR_FULL, "no memory left for the buffer of a disk kernel");
	reading->data = data;
	code = hash_set_open(&reading->set, set_fd, bytes, err);
	return code < 0 ? code : sweeps(reading, err);
}

/* Two scratch files: one to read, with something in it, and one for its hashes. */
static int self_test(const struct stress_state *state, struct reading *reading, struct err *err)
{
	struct disk_file set;
	uint64_t size = SELF_TEST_PIECES * (uint64_t)HASH_PIECE, at;
	AUTO_FREE void *data = NULL;
	int code = disk_file_open(&reading->file, state->folder_fd, true, err);

	if (code < 0)
		return code;
	code = disk_file_open(&set, state->folder_fd, true, err);
	if (code < 0) {
		disk_file_close(&reading->file);
		return code;
	}
	if (posix_memalign(&data, reading->file.block, size))
		code = err_set(err, ERR_FULL, "no memory left for the self-test");
	for (at = 0; code >= 0 && at < size / 8; at++)
		((uint64_t *)data)[at] = mix_at(state->seed, at);
	if (code >= 0)
		code = disk_file_write(&reading->file, data, size, 0, err);
	if (code >= 0)
		code = fcntl(set.fd, F_SETFL, 0)
			       ? err_set_errno(err, errno, "cannot write the hash set of a disk")
			       : 0;
	if (code >= 0)
		code = read_disk(reading, size, set.fd, err);
	disk_file_close(&set);
	disk_file_close(&reading->file);
	return code;
}

static int prepare(struct stress_state *state, struct err *err)
{
	if (state->self_test)
		return disk_file_check_medium(state->folder_fd, true, err);
	if (state->device_fd < 0 || state->hashes_fd < 0)
		return err_set(err, ERR_INTERNAL, "disk.read was given no disk or no hash set");
	return 0;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	struct reading reading = { .worker = worker };
	int code;

	if (state->self_test) {
		code = self_test(state, &reading, err);
	} else {
		disk_file_adopt(&reading.file, state->device_fd);
		code = read_disk(&reading, state->disk_bytes, state->hashes_fd, err);
	}
	return code < 0 ? code : 0;
}

static void finish(struct stress_state *state)
{
	(void)state;
}

extern const struct stressor stressor_disk_read;
const struct stressor stressor_disk_read = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
