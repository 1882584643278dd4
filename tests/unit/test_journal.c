/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/crc32c.h"
#include "harness/base/le.h"
#include "harness/base/memory.h"
#include "harness/run/journal.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const char *const content[] = { "{\"start\":1}", "", "sample", "{\"end\":\"x\"}" };
static const enum frame_kind kind_of[] = { FRAME_START, FRAME_STEP_START, FRAME_SAMPLES,
					   FRAME_END };
enum { FRAMES = ARRAY_SIZE(content) };

/* A folder of the test's own; the path of a journal in it. */
static char *journal_path(void)
{
	char folder[] = "/tmp/cuihuo-journal.XXXXXX";
	char *path = mem_alloc(64);

	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(path, 64, "%s/run.journal", folder);
	return path;
}

static void remove_journal(char *path)
{
	unlink(path);
	*strrchr(path, '/') = 0;
	rmdir(path);
	free(path);
}

static struct journal *start(const char *path, const struct journal_io *io)
{
	struct err err = ERR_INIT;
	struct journal *journal = journal_create(path, 0x1122334455667788, io, &err);

	ck_assert_msg(journal != NULL, "%s", err.plain);
	return journal;
}

/* The bytes of a small journal of FRAMES frames. */
static void small_journal(struct buf *bytes)
{
	char *path = journal_path();
	struct journal *journal = start(path, NULL);
	size_t i;

	for (i = 0; i < FRAMES; i++)
		ck_assert_int_eq(journal_add(journal, kind_of[i], (int64_t)i * 1000, content[i],
					     strlen(content[i]), NULL), 0);
	journal_close(journal);
	ck_assert_int_eq(journal_read(path, bytes, NULL), 0);
	remove_journal(path);
}

static bool is_frame(const struct frame *frame, size_t which)
{
	return frame->kind == kind_of[which] && frame->sequence == which &&
	       frame->time_ns == (int64_t)which * 1000 && frame->size == strlen(content[which]) &&
	       !memcmp(frame->content, content[which], frame->size);
}

/* Every frame of the scan is one of the true ones, each at most once and in order. */
static void only_true_frames(const struct journal_scan *scan)
{
	size_t i;

	for (i = 0; i < scan->count; i++) {
		ck_assert_uint_lt(scan->frame[i].sequence, FRAMES);
		ck_assert(is_frame(&scan->frame[i], scan->frame[i].sequence));
		if (i)
			ck_assert_uint_gt(scan->frame[i].sequence, scan->frame[i - 1].sequence);
	}
}

START_TEST(what_is_written_is_read_back)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct journal_scan scan;
	size_t i;

	small_journal(&bytes);
	ck_assert_int_eq(journal_scan(bytes.data, bytes.size, &scan, NULL), 0);
	ck_assert_int_eq(scan.state, JOURNAL_CLEAN);
	ck_assert_uint_eq(scan.count, FRAMES);
	ck_assert_uint_eq(scan.end, bytes.size);
	for (i = 0; i < FRAMES; i++)
		ck_assert(is_frame(&scan.frame[i], i));
	journal_scan_release(&scan);
}
END_TEST

START_TEST(the_bytes_of_a_frame_are_the_documented_ones_on_every_machine)
{
	/* docs/formats/journal.md shows these bytes. */
	static const char want[] = "43484a312b000000887766554433221100000000000000000000000000000000"
				   "0100000042ff5bc3"
				   "0000000000000000000000000000000000000000000000000000000000000000"
				   "7b227374617274223a317d";
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	char got[2 * 83 + 1];

	small_journal(&bytes);
	hex_encode(bytes.data, 83, got);
	ck_assert_str_eq(got, want);
}
END_TEST

START_TEST(a_journal_cut_at_any_byte_keeps_all_whole_frames_and_is_torn_or_clean)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	size_t edge[FRAMES + 1] = { 0 };
	size_t cut, i;

	small_journal(&bytes);
	for (i = 0; i < FRAMES; i++)
		edge[i + 1] = edge[i] + FRAME_HEADER_SIZE + DIGEST_SIZE + strlen(content[i]);
	for (cut = 0; cut <= bytes.size; cut++) {
		/* A copy of that size, so that a sanitizer sees any step beyond it. */
		AUTO_FREE char *copy = mem_alloc(cut ? cut : 1);
		struct journal_scan scan;
		size_t whole = 0;

		memcpy(copy, bytes.data, cut);
		while (whole < FRAMES && edge[whole + 1] <= cut)
			whole++;
		ck_assert_int_eq(journal_scan(copy, cut, &scan, NULL), 0);
		ck_assert_uint_eq(scan.count, whole);
		ck_assert_uint_eq(scan.end, edge[whole]);
		ck_assert_int_eq(scan.state,
				 whole && edge[whole] == cut ? JOURNAL_CLEAN : JOURNAL_TORN);
		ck_assert_uint_eq(scan.bad_at, scan.state == JOURNAL_CLEAN ? cut : edge[whole]);
		only_true_frames(&scan);
		journal_scan_release(&scan);
	}
}
END_TEST

START_TEST(every_flipped_bit_is_found_and_costs_only_its_own_frame)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	size_t last, bit;

	small_journal(&bytes);
	last = bytes.size - (FRAME_HEADER_SIZE + DIGEST_SIZE + strlen(content[FRAMES - 1]));
	for (bit = 0; bit < bytes.size * 8; bit++) {
		struct journal_scan scan;

		bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
		ck_assert_int_eq(journal_scan(bytes.data, bytes.size, &scan, NULL), 0);
		ck_assert_int_eq(scan.state, bit / 8 < last ? JOURNAL_DAMAGED : JOURNAL_TORN);
		ck_assert_uint_eq(scan.count, FRAMES - 1);
		ck_assert_uint_le(scan.bad_at, bit / 8);
		only_true_frames(&scan);
		journal_scan_release(&scan);
		bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ 1 << bit % 8);
	}
}
END_TEST

START_TEST(a_frame_taken_out_or_put_in_again_is_damage)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(buf_release) struct buf changed = BUF_INIT;
	size_t first = FRAME_HEADER_SIZE + DIGEST_SIZE + strlen(content[0]);
	size_t second = FRAME_HEADER_SIZE + DIGEST_SIZE + strlen(content[1]);
	struct journal_scan scan;

	small_journal(&bytes);
	buf_add(&changed, bytes.data, first);
	buf_add(&changed, bytes.data + first + second, bytes.size - first - second);
	journal_scan(changed.data, changed.size, &scan, NULL);
	ck_assert_int_eq(scan.state, JOURNAL_DAMAGED);
	ck_assert_uint_eq(scan.bad_at, first);
	ck_assert_uint_eq(scan.count, FRAMES - 1);
	journal_scan_release(&scan);

	buf_reset(&changed);
	buf_add(&changed, bytes.data, first + second);
	buf_add(&changed, bytes.data + first, bytes.size - first);
	journal_scan(changed.data, changed.size, &scan, NULL);
	ck_assert_int_eq(scan.state, JOURNAL_DAMAGED);
	ck_assert_uint_eq(scan.count, FRAMES);
	only_true_frames(&scan);
	journal_scan_release(&scan);
}
END_TEST

/* The start of frame `which`; its checksum is made right again after a change. */
static uint8_t *frame_at(struct buf *bytes, size_t which)
{
	size_t at = 0, i;

	for (i = 0; i < which; i++)
		at += FRAME_HEADER_SIZE + DIGEST_SIZE + strlen(content[i]);
	return (uint8_t *)bytes->data + at;
}

static void sign(uint8_t *frame)
{
	uint32_t size = le_get32(frame + 4);

	le_put32(frame + 36, crc32c_add(crc32c_add(0, frame, 36), frame + FRAME_HEADER_SIZE, size));
}

START_TEST(a_frame_changed_by_somebody_who_knows_checksums_is_found_by_the_digests)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct journal_scan scan;
	uint8_t *frame;

	small_journal(&bytes);
	frame = frame_at(&bytes, 2);
	frame[FRAME_HEADER_SIZE + DIGEST_SIZE] ^= 1;
	sign(frame);
	journal_scan(bytes.data, bytes.size, &scan, NULL);
	ck_assert_int_eq(scan.state, JOURNAL_DAMAGED);
	ck_assert_uint_eq(scan.bad_at, (size_t)(frame_at(&bytes, 3) - (uint8_t *)bytes.data));
	journal_scan_release(&scan);

	/* The last frame has none after it; a number left out is seen all the same. */
	buf_reset(&bytes);
	small_journal(&bytes);
	frame = frame_at(&bytes, 3);
	le_put64(frame + 16, 4);
	sign(frame);
	journal_scan(bytes.data, bytes.size, &scan, NULL);
	ck_assert_int_eq(scan.state, JOURNAL_DAMAGED);
	journal_scan_release(&scan);
}
END_TEST

START_TEST(frames_of_another_run_behind_the_end_are_no_frames)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(buf_release) struct buf both = BUF_INIT;
	char *path = journal_path();
	struct journal *other = journal_create(path, 77, NULL, NULL);
	struct journal_scan scan;
	size_t i;

	for (i = 0; i < 2 * FRAMES; i++)
		journal_add(other, FRAME_SAMPLES, 0, "old", 3, NULL);
	journal_close(other);
	small_journal(&both);
	journal_read(path, &bytes, NULL);
	buf_add(&both, bytes.data, bytes.size);
	journal_scan(both.data, both.size, &scan, NULL);
	ck_assert_int_eq(scan.state, JOURNAL_TORN);
	ck_assert_uint_eq(scan.count, FRAMES);
	journal_scan_release(&scan);
	remove_journal(path);
}
END_TEST

START_TEST(a_torn_journal_is_cut_and_goes_on)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	char *path = journal_path();
	struct journal *journal = start(path, NULL);
	struct journal_scan scan;
	int fd;

	journal_add(journal, FRAME_START, 0, "one", 3, NULL);
	journal_add(journal, FRAME_SAMPLES, 1, "two", 3, NULL);
	journal_close(journal);
	fd = open(path, O_WRONLY);
	ck_assert_int_eq(ftruncate(fd, 2 * 75 - 1), 0);
	close(fd);
	journal = journal_reopen(path, NULL, &bytes, &scan, NULL);
	ck_assert_ptr_nonnull(journal);
	ck_assert_int_eq(scan.state, JOURNAL_TORN);
	journal_scan_release(&scan);
	ck_assert_int_eq(journal_add(journal, FRAME_RESUME, 2, "2", 1, NULL), 0);
	ck_assert_int_eq(journal_load(journal, &bytes, &scan, NULL), 0);
	ck_assert_int_eq(scan.state, JOURNAL_CLEAN);
	ck_assert_uint_eq(scan.count, 2);
	ck_assert_int_eq(scan.frame[1].kind, FRAME_RESUME);
	journal_scan_release(&scan);
	journal_close(journal);
	remove_journal(path);
}
END_TEST

START_TEST(a_damaged_journal_takes_no_frames)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	char *path = journal_path();
	struct journal *journal;
	struct journal_scan scan;

	small_journal(&bytes);
	bytes.data[100] ^= 4;
	ck_assert_int_eq(disk_replace(path, bytes.data, bytes.size, 0, NULL), 0);
	journal = journal_reopen(path, NULL, &bytes, &scan, NULL);
	ck_assert_ptr_nonnull(journal);
	ck_assert_int_eq(scan.state, JOURNAL_DAMAGED);
	ck_assert_int_eq(journal_add(journal, FRAME_END, 2, "", 0, NULL), ERR_IO);
	journal_scan_release(&scan);
	journal_close(journal);
	remove_journal(path);
}
END_TEST

START_TEST(a_second_runner_is_kept_out_and_status_sees_the_first)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	char *path = journal_path();
	struct journal *journal = start(path, NULL);
	pid_t child;
	int status;

	child = fork();
	if (!child) {
		struct journal_scan scan;
		struct err err = ERR_INIT;

		if (journal_holder(path) != getppid())
			_exit(1);
		if (journal_reopen(path, NULL, &bytes, &scan, &err) || err.code != ERR_BUSY)
			_exit(2);
		_exit(0);
	}
	waitpid(child, &status, 0);
	ck_assert_int_eq(status, 0);
	journal_close(journal);
	ck_assert_ptr_null(journal_create(path, 1, NULL, NULL));
	remove_journal(path);
}
END_TEST

static int fails_to_sync(int fd)
{
	(void)fd;
	return -EIO;
}

START_TEST(after_a_failed_sync_nothing_more_is_written)
{
	struct journal_io io = journal_io_disk;
	char *path = journal_path();
	struct journal *journal;
	struct err err = ERR_INIT;

	io.sync = fails_to_sync;
	journal = start(path, &io);
	ck_assert_int_eq(journal_add(journal, FRAME_START, 0, "x", 1, &err), ERR_IO);
	ck_assert_int_eq(journal_add(journal, FRAME_END, 0, "x", 1, NULL), ERR_IO);
	journal_close(journal);
	remove_journal(path);
}
END_TEST

/* Frames of that size until no more goes in. Returns how many did. */
static size_t fill_with(struct journal *journal, size_t size)
{
	AUTO_FREE char *block = mem_zalloc(size);
	size_t count = 0;
	int code;

	do {
		code = journal_add(journal, FRAME_SAMPLES, 0, block, size, NULL);
		count += !code;
	} while (!code && count < 3000);
	ck_assert_int_eq(code, ERR_FULL);
	return count;
}

/* Large frames until the journal is full, then small ones; then the end. Returns how many went in. */
static size_t fill(struct journal *journal)
{
	AUTO_FREE char *block = mem_zalloc(32768);
	size_t count = fill_with(journal, 65536);

	count += fill_with(journal, 1);
	ck_assert_int_eq(journal_add(journal, FRAME_FAULT, 1, "full", 4, NULL), 0);
	ck_assert_int_eq(journal_add(journal, FRAME_END, 1, block, 32768, NULL), 0);
	return count;
}

static void all_readable(const char *path, size_t samples)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct journal_scan scan;

	ck_assert_int_eq(journal_read(path, &bytes, NULL), 0);
	ck_assert_int_eq(journal_scan(bytes.data, bytes.size, &scan, NULL), 0);
	ck_assert_int_eq(scan.state, JOURNAL_CLEAN);
	ck_assert_uint_eq(scan.count, samples + 2);
	ck_assert_int_eq(scan.frame[scan.count - 1].kind, FRAME_END);
	journal_scan_release(&scan);
}

START_TEST(at_the_limit_of_the_file_size_the_end_still_goes_in)
{
	struct rlimit limit = { 1 << 20, RLIM_INFINITY };
	char *path = journal_path();
	struct journal *journal;
	size_t count;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	journal = start(path, NULL);
	count = fill(journal);
	ck_assert_uint_ge(count, ((1 << 20) - JOURNAL_RESERVE) / (65536 + 72));
	journal_close(journal);
	all_readable(path, count);
	remove_journal(path);
}
END_TEST

/* A disk of DISK_BLOCKS bytes, of which the journal may set some aside as ext4 does. */
enum { DISK_BLOCKS = 3 << 20 };

static int small_reserve(int fd, int64_t offset, int64_t size)
{
	return offset + size > DISK_BLOCKS ? -ENOSPC : journal_io_disk.reserve(fd, offset, size);
}

static int small_write(int fd, const void *data, size_t size, int64_t offset)
{
	int64_t room = DISK_BLOCKS - offset;

	if ((int64_t)size <= room)
		return journal_io_disk.write(fd, data, size, offset);
	if (room > 0) /* as a full disk does: a part of it */
		journal_io_disk.write(fd, data, (size_t)room, offset);
	return -ENOSPC;
}

static int sync_nothing(int fd)
{
	(void)fd;
	return 0;
}

START_TEST(on_a_full_disk_the_end_goes_into_the_reserve)
{
	static const struct journal_io io = { small_write, sync_nothing, small_reserve };
	char *path = journal_path();
	struct journal *journal = start(path, &io);
	size_t count = fill(journal);

	ck_assert_uint_ge(count, (DISK_BLOCKS - JOURNAL_RESERVE) / (65536 + 72) - 1);
	journal_close(journal);
	all_readable(path, count);
	remove_journal(path);
}
END_TEST

static int no_reserve(int fd, int64_t offset, int64_t size)
{
	(void)fd, (void)offset, (void)size;
	return -EOPNOTSUPP;
}

START_TEST(a_write_that_fits_only_in_part_leaves_no_trace)
{
	static const struct journal_io io = { small_write, sync_nothing, no_reserve };
	char *path = journal_path();
	struct journal *journal = start(path, &io);
	size_t count = fill_with(journal, 65536);

	/* Of the last one a part went to the disk. */
	ck_assert_int_eq(journal_add(journal, FRAME_FAULT, 1, "full", 4, NULL), 0);
	ck_assert_int_eq(journal_add(journal, FRAME_END, 1, "end", 3, NULL), 0);
	journal_close(journal);
	all_readable(path, count);
	remove_journal(path);
}
END_TEST

START_TEST(closing_gives_the_reserve_back)
{
	char *path = journal_path();
	struct journal *journal = start(path, NULL);
	struct stat stat_now;

	journal_add(journal, FRAME_START, 0, "x", 1, NULL);
	journal_close(journal);
	ck_assert_int_eq(stat(path, &stat_now), 0);
	ck_assert_int_eq(stat_now.st_size, 73);
	ck_assert_int_le(stat_now.st_blocks * 512, 65536);
	remove_journal(path);
}
END_TEST

UNIT_MAIN("journal", what_is_written_is_read_back,
	  the_bytes_of_a_frame_are_the_documented_ones_on_every_machine,
	  a_journal_cut_at_any_byte_keeps_all_whole_frames_and_is_torn_or_clean,
	  every_flipped_bit_is_found_and_costs_only_its_own_frame,
	  a_frame_taken_out_or_put_in_again_is_damage,
	  a_frame_changed_by_somebody_who_knows_checksums_is_found_by_the_digests,
	  frames_of_another_run_behind_the_end_are_no_frames, a_torn_journal_is_cut_and_goes_on,
	  a_damaged_journal_takes_no_frames, a_second_runner_is_kept_out_and_status_sees_the_first,
	  after_a_failed_sync_nothing_more_is_written,
	  at_the_limit_of_the_file_size_the_end_still_goes_in,
	  on_a_full_disk_the_end_goes_into_the_reserve,
	  a_write_that_fits_only_in_part_leaves_no_trace, closing_gives_the_reserve_back)
