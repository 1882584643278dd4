/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_JOURNAL_H
#define RUN_JOURNAL_H
/*
 * The journal of a run: an append-only file of independent frames. All else about a run is derived
 * from it. The format, in full in docs/formats/journal.md; every integer is little endian:
 *
 *	 0   4	magic: 43 48 4a 31 ("CHJ1")
 *	 4   4	payload size in bytes, 32 .. FRAME_PAYLOAD_MAX
 *	 8   8	salt: random, the same in every frame of one run
 *	16   8	sequence: 0, 1, 2 ...
 *	24   8	time: nanoseconds since run start
 *	32   4	kind: enum frame_kind
 *	36   4	CRC-32C over bytes 0 .. 35 and the payload
 *	40  32	payload: SM3 of the whole frame before (zeros in frame 0) ...
 *	72   n	... and the content: canonical JSON, but for samples, which are packed (frame.h)
 *
 * The checksum finds what the disk spoiled, the salt keeps stale bytes of an older file out, the
 * digests tie every frame to all before it: the digest of the last frame stands for the whole.
 *
 * Writing. Every frame is synced before the next one is written, so that a power cut can spoil the
 * last one only, whatever order the disk writes its blocks in:
 *
 *	journal = journal_create("dir/run.journal", salt, NULL, &err);	refuses an existing file
 *	code = journal_add(journal, FRAME_START, 0, text.data, text.size, &err);
 *	journal = journal_close(journal);
 *
 * journal_add gives 0 when the frame is durable. ERR_FULL: no room, the file is as before; the kinds
 * that end things (FRAME_STEP_END, FRAME_FAULT, FRAME_END ...) may then still use JOURNAL_RESERVE
 * bytes that were set aside from the start, and that FRAME_END gives back for record and report.
 * After any other failure (ERR_IO) what the disk holds is not known: the journal takes nothing more.
 * The file is locked while it is open; ERR_BUSY when somebody else holds it. The lock is the process's
 * own (fcntl): children do not share it, it ends with the process, and it would end if the process
 * opened and closed the file another way. So who holds a journal reads it with journal_load only.
 *
 * Reading:
 *
 *	code = journal_read("dir/run.journal", &bytes, &err);
 *	code = journal_scan(bytes.data, bytes.size, &scan, &err);
 *	for (i = 0; i < scan.count; i++) ... scan.frame[i]	contents are borrowed from bytes
 *	journal_scan_release(&scan);
 *
 * A scan fails only where libcrypto has no SM3. CLEAN: frames to the end of the file. TORN: nothing valid after the first bad
 * byte, as a power cut leaves it: the tail is dropped. DAMAGED: a valid frame follows bad bytes, a
 * frame is missing, or the digests do not join up: no power cut does that.
 */
#include "harness/base/buf.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JOURNAL_NAME "run.journal"
#define FRAME_HEADER_SIZE 40
#define FRAME_PAYLOAD_MAX (16u << 20)
#define FRAME_CONTENT_MAX (FRAME_PAYLOAD_MAX - DIGEST_SIZE)
#define JOURNAL_RESERVE (256u << 10)
#define JOURNAL_SIZE_MAX ((size_t)2 << 30)

/* Numbers are part of the format: never reused. */
enum frame_kind {
	FRAME_NONE = 0,
	FRAME_START = 1,
	FRAME_WATCHER = 2,	/* the watcher is there; locked in memory or not */
	FRAME_STEP_START = 3,
	FRAME_SAMPLES = 4,
	FRAME_MISMATCH = 5,	/* wrong data that a worker saw */
	FRAME_GUARD = 6,	/* the guard throttled or stopped */
	FRAME_STEP_END = 7,	/* with what every worker did */
	FRAME_SETTING = 8,	/* about to be changed on the machine */
	FRAME_RESTORE = 9,	/* was put back, or could not be */
	FRAME_SIGNAL = 10,	/* somebody asked the run to end */
	FRAME_FAULT = 11,	/* the station could not work */
	FRAME_RESUME = 12,	/* a new runner goes on */
	FRAME_END = 13,
	FRAME_REPEAT = 14,	/* wrong data was tried again */
	FRAME_KINDS,
};

const char *frame_kind_name(enum frame_kind kind);	/* "step-start"; "unknown" beyond the table */

struct frame {
	enum frame_kind kind;
	uint64_t sequence;
	int64_t time_ns;
	const uint8_t *content;
	size_t size;
};

enum journal_state {
	JOURNAL_DAMAGED = 0,
	JOURNAL_TORN,
	JOURNAL_CLEAN,
};

const char *journal_state_name(enum journal_state state);	/* "damaged" "torn" "clean" */

struct journal_scan {
	enum journal_state state;
	struct frame *frame;		/* every good frame, in order */
	size_t count;
	size_t capacity;
	uint64_t salt;
	size_t end;			/* bytes up to the end of the last good frame */
	size_t bad_at;			/* where the first bad byte or broken joint is; size when CLEAN */
	uint8_t head[DIGEST_SIZE];	/* digest of the last good frame; zeros when there is none */
};

#define JOURNAL_SCAN_INIT { .state = JOURNAL_DAMAGED }

int journal_read(const char *path, struct buf *out, struct err *err);
int journal_scan(const void *data, size_t size, struct journal_scan *scan, struct err *err);
void journal_scan_release(struct journal_scan *scan);

/* How the bytes reach the disk; tests plant slow and failing disks here. Each gives 0 or -errno. */
struct journal_io {
	int (*write)(int fd, const void *data, size_t size, int64_t offset);
	int (*sync)(int fd);
	int (*reserve)(int fd, int64_t offset, int64_t size);
};

extern const struct journal_io journal_io_disk;

struct journal;

/* io NULL: journal_io_disk. */
struct journal *journal_create(const char *path, uint64_t salt, const struct journal_io *io,
			       struct err *err);
/*
 * Open, lock and scan an existing journal to go on with it: a torn tail is cut off. The scan and
 * bytes are the caller's. A damaged journal is opened for its scan, and takes no frames (ERR_INPUT).
 */
struct journal *journal_reopen(const char *path, const struct journal_io *io, struct buf *bytes,
			       struct journal_scan *scan, struct err *err);
int journal_add(struct journal *journal, enum frame_kind kind, int64_t time_ns, const void *content,
		size_t size, struct err *err);
/* All that was written so far, through the journal's own descriptor, and its scan. */
int journal_load(struct journal *journal, struct buf *bytes, struct journal_scan *scan,
		 struct err *err);
/* Gives the reserve back and drops the lock; NULL is fine. */
struct journal *journal_close(struct journal *journal);
void journal_close_at(struct journal **journal);	/* for AUTO() */

/* The pid of another process that holds the journal, 0 when there is none. Locks nothing. */
int journal_holder(const char *path);

#endif
