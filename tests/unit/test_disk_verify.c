/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/disk_content.h"
#include "harness/stress/disk_queue.h"
#include "harness/stress/disk_verify.h"
#include "harness/stress/mix.h"
#include "harness/stress/proof.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WORDS = 512, MIB = 1 << 20 };

static uint64_t got[WORDS], want[2 * WORDS], other[WORDS];
static const struct disk_block block = { .file = 77, .number = 9, .generation = 5,
					 .before = 4 };

static void take_sectors(int first, int end)
{
	memcpy(got + first * 64, other + first * 64, (size_t)(end - first) * 512);
}

START_TEST(a_block_as_it_must_be_is_right)
{
	size_t word;

	disk_block_make(&block, got, WORDS);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_RIGHT);
}
END_TEST

START_TEST(every_flipped_bit_is_a_bit_error_of_this_block)
{
	size_t bit, word;

	disk_block_make(&block, got, WORDS);
	for (bit = 0; bit < 4096 * 8; bit += bit < 400 ? 1 : 61) {
		got[bit / 64] ^= 1ULL << bit % 64;
		ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_BITS);
		got[bit / 64] ^= 1ULL << bit % 64;
		ck_assert(!memcmp(got, want, sizeof(got)));
	}
}
END_TEST

START_TEST(lost_stale_misdirected_and_foreign_blocks_are_told_apart)
{
	struct disk_block is = block;
	size_t word;

	is.generation = 4;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_LOST);
	ck_assert_uint_eq(want[word], 5);
	ck_assert_uint_eq(got[word], 4);
	is.generation = 1;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_STALE);
	ck_assert_uint_eq(got[word], 1);
	is = block;
	is.number = 10;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_MISDIRECTED);
	ck_assert_uint_eq(want[word], 9);
	ck_assert_uint_eq(got[word], 10);
	is.file = 78;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_FOREIGN);
}
END_TEST

START_TEST(a_block_of_old_and_new_sectors_is_torn_at_the_first_old_one)
{
	struct disk_block before = block;
	size_t word;

	before.generation--;
	disk_block_make(&before, other, WORDS);
	disk_block_make(&block, got, WORDS);
	take_sectors(5, 8);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_TORN);
	ck_assert_uint_eq(word, 5 * 64);
	disk_block_make(&block, got, WORDS);
	take_sectors(0, 1);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_TORN);
	ck_assert_uint_eq(word, 0);
	/* One wrong bit in an old sector, and it is neither. */
	got[70] ^= 1;
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_BITS);
	/* Before the first generation there was none. */
	before.generation = 0;
	disk_block_make(&before, other, WORDS);
	before.generation = 1;
	before.before = 0;
	disk_block_make(&before, got, WORDS);
	take_sectors(3, 4);
	ck_assert_int_eq(disk_block_judge(&before, got, want, WORDS, &word), DISK_BITS);
	/* But zeros there are: a sector of them is an old one then, and so is a whole block. */
	disk_block_make(&before, got, WORDS);
	memset(got + 3 * 64, 0, 512);
	ck_assert_int_eq(disk_block_judge(&before, got, want, WORDS, &word), DISK_TORN);
	ck_assert_uint_eq(word, 3 * 64);
	memset(got, 0, sizeof(got));
	ck_assert_int_eq(disk_block_judge(&before, got, want, WORDS, &word), DISK_LOST);
	ck_assert_int_eq(disk_block_judge(&block, got, want, WORDS, &word), DISK_STALE);
}
END_TEST

static char folder[64];

static int make_folder(void)
{
	int fd;

	snprintf(folder, sizeof(folder), "/var/tmp/cuihuo-unit.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	return fd;
}

/* An empty folder can be removed: nothing was left behind. */
static void end_folder(int fd)
{
	close(fd);
	ck_assert_int_eq(rmdir(folder), 0);
}

START_TEST(the_kernels_run_clean_and_find_each_flipped_bit)
{
	static const char *const name[] = { "disk.verify", "disk.whole", "disk.read", "disk.order" };
	struct err err = ERR_INIT;
	struct proof proof;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		int fd = make_folder();

		ck_assert_msg(!proof_run(stressor_find(name[i]), ISA_SCALAR, fd, &proof, &err), "%s",
			      err.text);
		ck_assert_msg(proof_holds(&proof), "%s", name[i]);
		end_folder(fd);
	}
}
END_TEST

START_TEST(memory_and_unknown_media_are_refused)
{
	int fd = open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct err err = ERR_INIT;

	if (fd >= 0 && !strcmp(disk_medium("/dev/shm"), "tmpfs")) {
		ck_assert_int_eq(disk_file_check_medium(fd, false, &err), ERR_UNSUPPORTED);
		ck_assert_ptr_nonnull(strstr(err.text, "tmpfs"));
	}
	ck_assert_int_eq(disk_file_check_medium(proc, false, NULL), ERR_UNSUPPORTED);
	ck_assert_int_eq(disk_file_check_medium(proc, true, NULL), 0);
	close(fd);
	close(proc);
}
END_TEST

static uint64_t bytes_written(void)
{
	unsigned long long read = 0, written = 0;
	FILE *file = fopen("/proc/self/io", "r");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fscanf(file, "rchar: %llu\nwchar: %llu", &read, &written), 2);
	fclose(file);
	return written;
}

START_TEST(a_real_run_verifies_the_file_within_its_budget_and_leaves_nothing)
{
	const struct stressor *stressor = stressor_find("disk.verify");
	static _Alignas(128) struct worker_line line;
	const struct param_value budget = { .spec = &stressor->spec->param[0], .value = 5 * MIB };
	struct worker worker = { .line = &line, .seed = 3, .count = 1, .work_limit = 20 * MIB };
	struct stress_state state = { .disk_bytes = 2 * MIB, .param = &budget, .param_count = 1 };
	struct err err = ERR_INIT;
	uint64_t before;
	int code;

	state.folder_fd = make_folder();
	worker.end_ns = clock_boot_ns() + 20LL * 1000000000;
	before = bytes_written();
	code = stressor->prepare(&state, &err);
	if (!code)
		code = stressor->run(&state, &worker, &err);
	/* Where the tests lie on no real disk, that is said, and nothing is counted. */
	if (code) {
		ck_assert_int_eq(code, ERR_UNSUPPORTED);
		ck_assert_uint_eq(line.work, 0);
	} else {
		ck_assert_uint_eq(line.mismatches, 0);
		ck_assert_uint_eq(line.distinct_bytes, 2 * MIB);
		ck_assert_uint_ge(line.work, 20 * MIB);
		ck_assert_uint_eq((bytes_written() - before) / MIB, 4);
	}
	end_folder(state.folder_fd);
}
END_TEST

/*
 * A disk that fails requests, before the libc of these tests, in the given part of the file, or
 * that does something else to it. Everything else goes to the kernel.
 */
static struct {
	bool reads, writes, syncs;
	off_t from, to; /* of the file */
	int64_t read_ns; /* how long a read takes before it does what it does */
	int errno_value;
	int failed; /* requests */
	int short_reads; /* of megabytes, that bring half of it */
} bad;

/*
 * A disk that does what it should not, to the file itself, when the writes of a round are synced:
 * that block is spoilt. Rounds are told by the header of that block.
 */
static struct {
	enum disk_fault fault;	/* DISK_RIGHT: a good disk */
	struct disk_block block; /* as it is to be when it is spoilt */
	uint64_t older;		/* generation than block.before */
	bool done;
	int once; /* reads that give the generation before, of a stale read; then the right one */
} evil;

static void file_io(bool write, int fd, uint64_t *data, off_t at)
{
	long moved = syscall(write ? SYS_pwrite64 : SYS_pread64, fd, data, sizeof(got), at);

	ck_assert_int_eq(moved, (long)sizeof(got));
}

static void make_older(uint64_t generation, uint64_t *data)
{
	struct disk_block older = evil.block;

	older.generation = generation;
	disk_block_make(&older, data, WORDS);
}

static void spoil(int fd, uint64_t *now)
{
	static _Alignas(4096) uint64_t next[WORDS];
	off_t at = (off_t)evil.block.number * 4096;

	switch (evil.fault) {
	case DISK_BITS:
		now[300] ^= 1ULL << 17;
		break;
	case DISK_LOST:
		make_older(evil.block.before, now);
		break;
	case DISK_STALE:
		make_older(evil.older, now);
		break;
	case DISK_MISDIRECTED:
		file_io(false, fd, next, at + 4096);
		memcpy(now, next, sizeof(got));
		break;
	case DISK_TORN:
		make_older(evil.block.before, next);
		memcpy(now + 5 * 64, next + 5 * 64, 3 * 512);
		break;
	default:
		break;
	}
	file_io(true, fd, now, at);
}

static void after_sync(int fd)
{
	static _Alignas(4096) uint64_t now[WORDS];

	if (!evil.fault || evil.done)
		return;
	file_io(false, fd, now, (off_t)evil.block.number * 4096);
	if (now[3] != evil.block.generation)
		return;
	evil.done = true;
	if (!evil.once)
		spoil(fd, now);
}

static bool fails(bool kind, off_t at, size_t size)
{
	if (!kind || at + (off_t)size <= bad.from || at >= bad.to)
		return false;
	bad.failed++;
	errno = bad.errno_value;
	return true;
}

/* Other things that disks do. */
static struct {
	off_t wraps;		/* the space it has, less than it says; 0: enough */
	bool spoils_before;	/* writing a part of 4 KiB, it changes a bit of the sector before it */
	unsigned int odd, forced, discards; /* requests that were seen */
	off_t discards_more;	/* than it is told to, so many bytes before it */
	bool discards_to_junk;
	int discard_errno;	/* 0: it does it */
	int spoils_second;	/* 2: the second read of a megabyte is wrong, and the next brings half */
	bool brings_nothing;	/* from round 4 on, when all of a small file is read at once */
} odd;

static off_t wrapped(off_t at)
{
	return odd.wraps ? at % odd.wraps : at;
}

ssize_t pread64(int fd, void *data, size_t size, off_t at)
{
	static _Alignas(4096) uint64_t first[WORDS];
	off_t spot = (off_t)evil.block.number * 4096;

	if (bad.read_ns)
		clock_wait_ns(bad.read_ns);
	if (odd.spoils_second && size == MIB) {
		long moved = syscall(SYS_pread64, fd, data, size, at);

		if (--odd.spoils_second == 0) {
			memset((char *)data + 512, 0x33, 64);
			bad.short_reads = 1;
		}
		return moved;
	}
	if (bad.short_reads && size == MIB) {
		bad.short_reads--;
		return (ssize_t)size / 2;
	}
	if (odd.brings_nothing && size == 64 << 10 &&
	    syscall(SYS_pread64, fd, first, sizeof(first), 0L) > 0 && first[3] >= 7)
		return (ssize_t)size;
	if (fails(bad.reads, at, size))
		return -1;
	if (evil.done && evil.once && at <= spot && spot < at + (off_t)size) {
		long moved = syscall(SYS_pread64, fd, data, size, at);

		evil.once--;
		make_older(evil.block.before, (uint64_t *)((char *)data + (spot - at)));
		return moved;
	}
	return syscall(SYS_pread64, fd, data, size, wrapped(at));
}

static void flip_before(int fd, off_t at)
{
	static _Alignas(4096) uint64_t all[WORDS];
	off_t start = at / 4096 * 4096;

	syscall(SYS_pread64, fd, all, sizeof(all), start);
	all[(at - start) / 8 - 1] ^= 1ULL << 40;
	syscall(SYS_pwrite64, fd, all, sizeof(all), start);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at)
{
	if (fails(bad.writes, at, size))
		return -1;
	odd.odd += size % 512 || at % 512;
	if (odd.spoils_before && at % 4096 && at % 512 == 0)
		flip_before(fd, at);
	return syscall(SYS_pwrite64, fd, data, size, wrapped(at));
}

ssize_t pwritev64v2(int fd, const struct iovec *piece, int count, off_t at, int flags)
{
	odd.forced += (flags & RWF_DSYNC) != 0;
	return syscall(SYS_pwritev2, fd, piece, (long)count, at, 0L, (long)flags);
}

int fallocate64(int fd, int mode, off_t at, off_t size)
{
	static _Alignas(4096) uint64_t junk[WORDS];
	long code;

	if (odd.discard_errno) {
		errno = odd.discard_errno;
		return -1;
	}
	code = syscall(SYS_fallocate, fd, (long)mode, at - odd.discards_more, size + odd.discards_more);
	odd.discards++;
	memset(junk, 0x3c, sizeof(junk));
	if (!code && odd.discards_to_junk)
		file_io(true, fd, junk, at);
	return (int)code;
}

int fdatasync(int fd)
{
	if (fails(bad.syncs, 0, MIB) || syscall(SYS_fdatasync, fd))
		return -1;
	after_sync(fd);
	return 0;
}

enum { SPOT = MIB + 5 * 4096 }; /* in the second megabyte */

/* What a worker says after a run of a second at most in which the disk fails. */
static int run_on_bad_disk(struct worker_line *line)
{
	const struct stressor *stressor = stressor_find("disk.verify");
	struct worker worker = { .line = line, .seed = 3, .count = 1 };
	struct stress_state state = { .disk_bytes = 2 * MIB, .self_test = true };
	int code;

	memset(line, 0, sizeof(*line));
	state.folder_fd = make_folder();
	worker.end_ns = clock_boot_ns() + 20LL * 1000000000;
	code = stressor->run(&state, &worker, NULL);
	memset(&bad, 0, sizeof(bad));
	end_folder(state.folder_fd);
	return code;
}

START_TEST(a_disk_that_fails_a_request_is_reported_once_and_the_step_ends)
{
	static _Alignas(128) struct worker_line line;
	static const struct {
		bool reads, writes, syncs;
		uint64_t kind, at;
		int errno_value;
	} row[] = {
		{ .reads = true, .kind = DISK_UNREADABLE, .at = SPOT, .errno_value = ENODATA },
		{ .reads = true, .kind = DISK_UNREADABLE, .at = SPOT, .errno_value = EIO },
		{ .writes = true, .kind = DISK_UNWRITABLE, .at = MIB, .errno_value = EIO },
		{ .syncs = true, .kind = DISK_UNWRITABLE, .at = 0, .errno_value = ENODEV },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		bad.reads = row[i].reads;
		bad.writes = row[i].writes;
		bad.syncs = row[i].syncs;
		bad.from = row[i].syncs ? 0 : SPOT;
		bad.to = row[i].syncs ? 2 * MIB : SPOT + 1;
		bad.errno_value = row[i].errno_value;
		ck_assert_int_eq(run_on_bad_disk(&line), 0);
		ck_assert_uint_eq(line.mismatches, 1);
		ck_assert_uint_eq(line.detail[0].phase >> 56, row[i].kind);
		ck_assert_uint_eq(line.detail[0].phase & 0xff, 1);
		ck_assert_uint_eq(line.detail[0].got, (uint64_t)row[i].errno_value);
		ck_assert_uint_eq(line.detail[0].at / MIB, row[i].at / MIB);
		ck_assert(!row[i].reads || line.detail[0].at == SPOT);
	}
}
END_TEST

/* The space under test of a run with seed 3. */
static struct disk_content content_of(uint64_t bytes, uint64_t round)
{
	return (struct disk_content){ .id = mix_at(3, 0), .bytes = bytes, .block = 4096,
				      .chunk = 64 << 10, .stretch = 128 << 10, .round = round,
				      .overwrites = true, .overwrote = true, .discards = true };
}

static void run_with_seed_3(struct worker_line *line, uint64_t bytes, uint64_t work)
{
	struct worker worker = { .line = line, .seed = 3, .count = 1, .work_limit = work,
				 .end_ns = INT64_MAX };
	struct stress_state state = { .disk_bytes = bytes, .self_test = true };
	struct disk_verify ask = { .chunk = 64 << 10, .stretch = 128 << 10, .bytes = bytes,
				   .budget = 64 * MIB };

	memset(line, 0, sizeof(*line));
	state.folder_fd = make_folder();
	ck_assert_int_eq(disk_verify_scratch(&state, &ask, &worker, NULL), 0);
	end_folder(state.folder_fd);
}

/* One that is written twice, where the manner of the round has such. */
static void aim(uint64_t bytes, uint64_t round)
{
	struct disk_content content = content_of(bytes, round), before = content_of(bytes, round - 1);
	bool twice = disk_content_manner(&content, 0)->overwrites;
	uint64_t number = twice ? 1 : 17;

	while (twice && !disk_content_is_again(&content, number))
		number++;
	ck_assert_uint_lt(number, bytes / 4096 - 1);
	evil.block = disk_content_block(&content, number);
	evil.older = evil.block.generation % 2 ? disk_content_block(&before, number).before
					       : disk_content_block(&before, number).generation;
}

static void check_told(const struct worker_line *line, enum disk_fault fault, size_t word)
{
	const struct worker_mismatch_detail *detail = &line->detail[0];

	ck_assert_uint_eq(line->mismatches, 1);
	ck_assert_msg(detail->phase == ((uint64_t)fault << 56 | evil.block.generation), "%s, %llx",
		      disk_fault_name(fault), (unsigned long long)detail->phase);
	ck_assert_uint_eq(detail->at, evil.block.number * 4096 + word * 8);
	if (fault == DISK_BITS)
		ck_assert_uint_eq(detail->want ^ detail->got, 1ULL << 17);
	if (word == 3)
		ck_assert_uint_eq(detail->want, evil.block.generation);
}

START_TEST(each_way_to_spoil_the_file_in_each_manner_is_named_with_its_place)
{
	static _Alignas(128) struct worker_line line;
	static const struct {
		enum disk_fault plant, fault;
		int once;
		size_t word;
	} row[] = {
		{ DISK_BITS, DISK_BITS, 0, 300 },
		{ DISK_LOST, DISK_LOST, 0, 3 },
		{ DISK_STALE, DISK_STALE, 0, 3 },
		{ DISK_STALE, DISK_STALE, 1, 3 },
		{ DISK_LOST, DISK_LOST, 2, 3 },
		{ DISK_MISDIRECTED, DISK_MISDIRECTED, 0, 2 },
		{ DISK_TORN, DISK_TORN, 0, 5 * 64 },
	};
	const uint64_t bytes = 256 << 10;
	uint64_t round;
	size_t i;

	/* Round 4 has requests one by one: there all; of the others each manner has two or three. */
	for (round = 3; round <= DISK_MANNERS; round++) {
		for (i = 0; i < ARRAY_SIZE(row); i++) {
			if (round != 4 && (row[i].once || i % 3 != round % 3))
				continue;
			memset(&evil, 0, sizeof(evil));
			aim(bytes, round);
			evil.fault = row[i].plant;
			evil.once = row[i].once;
			run_with_seed_3(&line, bytes, round * bytes + bytes / 2);
			ck_assert_msg(evil.done, "round %d", (int)round);
			check_told(&line, row[i].fault, row[i].word);
		}
	}
	memset(&evil, 0, sizeof(evil));
}
END_TEST

START_TEST(every_manner_reads_back_clean_and_does_what_it_says)
{
	static _Alignas(128) struct worker_line line;
	uint64_t before = bytes_written();

	memset(&odd, 0, sizeof(odd));
	/* All manners in the stretches of the first round, and then those of two more. */
	run_with_seed_3(&line, MIB + 3 * 4096, 3 * (MIB + 3 * 4096));
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_eq(line.distinct_bytes, MIB + 3 * 4096);
	ck_assert_uint_ge(odd.odd, 8);
	ck_assert_uint_ge(odd.forced, 8);
	ck_assert_uint_ge(odd.discards, 2);
	ck_assert_uint_lt(bytes_written() - before, 4 * MIB);
}
END_TEST

START_TEST(every_block_is_written_as_often_as_its_generation_says)
{
	struct disk_content content = content_of(2 * MIB, 1);
	uint64_t number, again = 0, discarded = 0, last = 2 * MIB / 4096;

	for (; content.round < 20; content.round++) {
		for (number = 0; number < last; number++) {
			struct disk_block now = disk_content_block(&content, number), next;
			struct disk_content later = content;

			later.round++;
			next = disk_content_block(&later, number);
			again += disk_content_is_again(&content, number);
			discarded += disk_content_is_discarded(&content, number);
			ck_assert_uint_eq(now.generation, 2 * content.round - 1 +
							  disk_content_is_again(&content, number));
			if (next.generation % 2)
				ck_assert(next.before == now.generation &&
					  next.discarded == disk_content_is_discarded(&content,
										      number));
			else
				ck_assert_uint_eq(next.before, next.generation - 1);
		}
	}
	/* Two of the later rounds write a quarter again, the first one in two of its 16 stretches. */
	ck_assert_uint_gt(again, 2 * last / 5);
	ck_assert_uint_lt(again, 2 * last / 3);
	ck_assert_uint_gt(discarded, 19 * last / 40);
	ck_assert_uint_lt(discarded, 19 * last / 26);
}
END_TEST

START_TEST(the_orders_visit_each_place_once)
{
	static const uint64_t count[] = { 1, 2, 7, 64, 100 };
	enum disk_order order;
	size_t i;

	for (order = DISK_FORWARD; order <= DISK_JUMP; order++) {
		for (i = 0; i < ARRAY_SIZE(count); i++) {
			bool seen[100] = { false };
			uint64_t n;

			for (n = 0; n < count[i]; n++) {
				uint64_t place = disk_order_place(order, n, count[i]);

				ck_assert_uint_lt(place, count[i]);
				ck_assert(!seen[place]);
				seen[place] = true;
			}
		}
	}
	ck_assert_uint_eq(disk_order_place(DISK_BUTTERFLY, 1, 10), 9);
	ck_assert_uint_eq(disk_order_place(DISK_BUTTERFLY, 2, 10), 1);
}
END_TEST

START_TEST(a_disk_with_less_space_than_it_says_is_found_before_anything_else_is_written)
{
	static _Alignas(128) struct worker_line line;
	uint64_t before = bytes_written();

	memset(&odd, 0, sizeof(odd));
	odd.wraps = 512 << 10;
	run_with_seed_3(&line, 2 * MIB, 1);
	memset(&odd, 0, sizeof(odd));
	ck_assert_uint_ge(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].phase, (uint64_t)DISK_MISDIRECTED << 56 | 1);
	ck_assert_uint_eq(line.detail[0].at, 2 * 8);
	ck_assert_uint_eq(line.detail[0].got % (512 / 4), 0);
	ck_assert_uint_lt(bytes_written() - before, 64 << 10);
}
END_TEST

START_TEST(a_neighbour_that_changes_when_part_of_its_block_is_written_is_found)
{
	static _Alignas(128) struct worker_line line;

	memset(&odd, 0, sizeof(odd));
	odd.spoils_before = true;
	run_with_seed_3(&line, MIB, MIB);
	memset(&odd, 0, sizeof(odd));
	/* Where the file system takes no part of a block there is nothing to find. */
	if (!line.mismatches)
		return;
	ck_assert_uint_eq(line.detail[0].phase, (uint64_t)DISK_BITS << 56 | 1);
	ck_assert_uint_eq(line.detail[0].want ^ line.detail[0].got, 1ULL << 40);
}
END_TEST

START_TEST(what_a_discard_may_leave_and_what_not)
{
	struct disk_block is = block;
	size_t word = 0;

	disk_block_make(&block, got, WORDS);
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_RIGHT);
	memset(got + 64, 0, 512);
	memset(got + 256, 0xff, 1024);
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_RIGHT);
	got[70] = 4;
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_BITS);
	ck_assert_uint_eq(want[70], 0);
	memset(got, 0, sizeof(got));
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_RIGHT);
	memset(got + 128, 'u', 512);
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_FOREIGN);
	ck_assert_uint_eq(word, 128);
	is.generation = block.before;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_STALE);
	is = block;
	is.number++;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word),
			 DISK_MISDIRECTED);
	is.file++;
	disk_block_make(&is, got, WORDS);
	ck_assert_int_eq(disk_block_judge_discarded(&block, got, want, WORDS, &word), DISK_FOREIGN);
}
END_TEST

START_TEST(a_discard_that_forgets_its_neighbours_or_brings_other_data_is_found)
{
	static _Alignas(128) struct worker_line line;

	memset(&odd, 0, sizeof(odd));
	odd.discards_more = 4096;
	run_with_seed_3(&line, 128 << 10, 3 << 16);
	ck_assert_uint_ge(odd.discards, 1);
	ck_assert_uint_eq(line.mismatches, odd.discards);
	ck_assert_uint_eq(line.detail[0].phase, (uint64_t)DISK_LOST << 56 | 1);
	memset(&odd, 0, sizeof(odd));
	odd.discards_to_junk = true;
	run_with_seed_3(&line, 128 << 10, 3 << 16);
	ck_assert_uint_eq(line.mismatches, odd.discards);
	ck_assert_uint_eq(line.detail[0].phase, (uint64_t)DISK_FOREIGN << 56 | 1);
	memset(&odd, 0, sizeof(odd));
}
END_TEST

/* Bridges and RAID controllers say that they discard, and answer that they know no such command. */
START_TEST(a_discard_that_is_refused_is_no_failure_of_the_disk_and_one_that_fails_is)
{
	static _Alignas(128) struct worker_line line;

	memset(&odd, 0, sizeof(odd));
	odd.discard_errno = EREMOTEIO;
	run_with_seed_3(&line, 128 << 10, 3 << 16);
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_ge(line.work, 3 << 16);
	odd.discard_errno = EIO;
	run_with_seed_3(&line, 128 << 10, 3 << 16);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].phase >> 56, DISK_UNWRITABLE);
	memset(&odd, 0, sizeof(odd));
}
END_TEST

START_TEST(a_read_that_brings_nothing_is_not_taken_for_what_was_written_from_there)
{
	static _Alignas(128) struct worker_line line;

	memset(&odd, 0, sizeof(odd));
	odd.brings_nothing = true;
	run_with_seed_3(&line, 64 << 10, 4 << 16);
	ck_assert_uint_ge(line.mismatches, (64 << 10) / 8);
	ck_assert_uint_eq(line.detail[0].phase, (uint64_t)DISK_BITS << 56 | 7);
	memset(&odd, 0, sizeof(odd));
}
END_TEST

START_TEST(pieces_of_every_size_at_every_depth_arrive_where_they_belong)
{
	static _Alignas(4096) uint64_t from[MIB / 8], back[MIB / 8];
	static const size_t piece[] = { 4096, 64 << 10, MIB };
	static struct request_times times;
	struct latency_row row[REQUEST_KINDS];
	int folder_fd = make_folder();
	struct disk_file file;
	uint64_t count = 0;
	size_t i, k;

	ck_assert_int_eq(disk_file_open(&file, folder_fd, true, NULL), 0);
	for (i = 0; i < ARRAY_SIZE(piece); i++) {
		for (k = 1; k <= DISK_QUEUE_DEPTH; k *= 2) {
			struct disk_queue_ask ask = { .write = true, .data = from, .size = MIB,
						      .at = MIB, .piece = piece[i],
						      .depth = (unsigned int)k, .seed = mix_at(k, i) };
			size_t at;

			for (at = 0; at < MIB / 8; at++)
				from[at] = mix_at(i * 100 + k, at);
			ck_assert_int_eq(disk_queue_move(&file, &ask, &times, NULL), 0);
			ck_assert_int_eq(disk_file_read(&file, back, MIB, MIB, NULL), 0);
			ck_assert(!memcmp(from, back, MIB));
			memset(back, 0, MIB);
			ask.write = false;
			ask.data = back;
			ask.seed = ~ask.seed;
			ck_assert_int_eq(disk_queue_move(&file, &ask, &times, NULL), 0);
			ck_assert(!memcmp(from, back, MIB));
			count += MIB / piece[i];
		}
	}
	ck_assert_uint_eq(request_times_rows(&times, row), 2);
	ck_assert_uint_eq(row[0].count, count);
	ck_assert_uint_eq(row[1].count, count);
	/* Beyond the end there is nothing: said, and no fault of the disk. */
	ck_assert_int_eq(disk_queue_move(&file,
					 &(struct disk_queue_ask){ .data = back, .size = MIB,
								   .at = 8 * MIB, .piece = MIB / 16,
								   .depth = 4 },
					 NULL, NULL),
			 ERR_IO);
	disk_queue_end(&file);
	disk_file_close(&file);
	end_folder(folder_fd);
}
END_TEST

START_TEST(each_request_is_timed_and_one_over_a_second_is_a_stall)
{
	static _Alignas(128) struct worker_line line;
	static struct request_times times;
	const struct stressor *stressor = stressor_find("disk.verify");
	struct worker worker = { .line = &line, .seed = 3, .count = 1, .times = &times };
	struct stress_state state = { .disk_bytes = 128 << 10, .self_test = true };
	struct latency_row row[REQUEST_KINDS];

	memset(&line, 0, sizeof(line));
	state.folder_fd = make_folder();
	worker.work_limit = 1;
	worker.end_ns = INT64_MAX;
	bad.read_ns = 1100000000;
	ck_assert_int_eq(stressor->run(&state, &worker, NULL), 0);
	memset(&bad, 0, sizeof(bad));
	end_folder(state.folder_fd);
	/* Both ends of both chunks are edges; then there was work enough. */
	ck_assert_uint_eq(request_times_rows(&times, row), 2);
	ck_assert_str_eq(row[0].request, "read");
	ck_assert_uint_eq(row[0].count, 4);
	ck_assert_uint_eq(row[0].stalls, row[0].count);
	ck_assert_int_ge(row[0].max_ns, 1100000000);
	ck_assert_str_eq(row[1].request, "write");
	ck_assert_uint_eq(row[1].count, 4);
	ck_assert_uint_eq(row[1].stalls, 0);
}
END_TEST

START_TEST(wrong_data_that_cannot_be_read_once_more_is_told_all_the_same)
{
	static _Alignas(128) struct worker_line line;
	const struct stressor *stressor = stressor_find("disk.read");
	struct worker worker = { .line = &line, .seed = 3, .count = 1, .work_limit = 1,
				 .end_ns = INT64_MAX };
	struct stress_state state = { .disk_bytes = MIB, .self_test = true };

	memset(&line, 0, sizeof(line));
	state.folder_fd = make_folder();
	odd.spoils_second = 2;
	ck_assert_int_eq(stressor->run(&state, &worker, NULL), 0);
	memset(&odd, 0, sizeof(odd));
	memset(&bad, 0, sizeof(bad));
	end_folder(state.folder_fd);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].phase >> 56, DISK_CHANGED);
}
END_TEST

/* Both wait for more than the request: no stall of the disk, nor what a write of it takes. */
START_TEST(forced_writes_and_those_into_the_page_cache_are_timed_as_syncs)
{
	static const enum disk_way way[] = { DISK_DURABLE, DISK_CACHED };
	static _Alignas(4096) uint64_t data[MIB / 8];
	static struct request_times times;
	struct latency_row row[REQUEST_KINDS];
	struct disk_move move = { .write = true, .data = data, .size = MIB, .seed = 3 };
	int folder_fd = make_folder();
	struct disk_file file;
	size_t i;

	ck_assert_int_eq(disk_file_open(&file, folder_fd, true, NULL), 0);
	for (i = 0; i < ARRAY_SIZE(way); i++) {
		request_times_clear(&times);
		move.way = way[i];
		ck_assert_int_eq(disk_move(&file, &move, &times, NULL), 0);
		ck_assert_uint_eq(request_times_rows(&times, row), 1);
		ck_assert_str_eq(row[0].request, "sync");
		ck_assert((row[0].count == 1) == (way[i] == DISK_CACHED));
	}
	disk_file_close(&file);
	end_folder(folder_fd);
}
END_TEST

START_TEST(a_full_disk_is_no_fault_of_the_disk)
{
	static _Alignas(128) struct worker_line line;

	bad.writes = true;
	bad.to = 2 * MIB;
	bad.errno_value = ENOSPC;
	ck_assert_int_eq(run_on_bad_disk(&line), ERR_FULL);
	ck_assert_uint_eq(line.mismatches, 0);
}
END_TEST

START_TEST(less_than_a_page_is_read_from_the_disk_though_the_page_cache_held_the_page)
{
	int folder_fd = make_folder();
	struct disk_file file;
	void *data = NULL;

	if (!disk_file_check_medium(folder_fd, false, NULL) &&
	    !disk_file_open(&file, folder_fd, false, NULL)) {
		ck_assert_int_eq(posix_memalign(&data, file.block, MIB), 0);
		memset(data, 1, MIB);
		ck_assert_int_eq(disk_file_write(&file, data, MIB, 0, NULL), 0);
		ck_assert_int_eq(disk_file_settle(&file, NULL), 0);
		ck_assert_int_eq(disk_file_set_cached(&file, true, NULL), 0);
		ck_assert_int_eq(disk_file_read(&file, data, MIB, 0, NULL), 0);
		ck_assert_int_eq(disk_file_set_cached(&file, false, NULL), 0);
		ck_assert_int_eq(disk_file_read(&file, data, file.sector, file.sector, NULL), 0);
		ck_assert_int_eq(disk_file_read(&file, data, file.sector, MIB - file.sector, NULL),
				 0);
		disk_file_close(&file);
		free(data);
	}
	end_folder(folder_fd);
}
END_TEST

START_TEST(bytes_that_the_page_cache_holds_do_not_count)
{
	int folder_fd = make_folder();
	struct disk_file file;
	struct err err = ERR_INIT;
	void *data = NULL, *map;

	if (!disk_file_check_medium(folder_fd, false, NULL) &&
	    !disk_file_open(&file, folder_fd, false, NULL)) {
		ck_assert_int_eq(posix_memalign(&data, file.block, MIB), 0);
		memset(data, 1, MIB);
		ck_assert_int_eq(disk_file_write(&file, data, MIB, 0, NULL), 0);
		ck_assert_int_eq(disk_file_settle(&file, NULL), 0);
		ck_assert_int_eq(disk_file_read(&file, data, MIB, 0, NULL), 0);
		/* A locked page stays; sanitizers make mlock() itself do nothing. */
		map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file.fd, 0);
		ck_assert_int_eq(syscall(SYS_mlock, map, 4096), 0);
		ck_assert_int_eq(disk_file_read(&file, data, MIB, 0, &err), ERR_UNSUPPORTED);
		munmap(map, 4096);
		disk_file_close(&file);
		free(data);
	}
	end_folder(folder_fd);
}
END_TEST

UNIT_MAIN("disk_verify", a_block_as_it_must_be_is_right,
	  every_flipped_bit_is_a_bit_error_of_this_block,
	  lost_stale_misdirected_and_foreign_blocks_are_told_apart,
	  a_block_of_old_and_new_sectors_is_torn_at_the_first_old_one,
	  the_kernels_run_clean_and_find_each_flipped_bit, memory_and_unknown_media_are_refused,
	  a_real_run_verifies_the_file_within_its_budget_and_leaves_nothing,
	  a_disk_that_fails_a_request_is_reported_once_and_the_step_ends,
	  each_way_to_spoil_the_file_in_each_manner_is_named_with_its_place,
	  every_manner_reads_back_clean_and_does_what_it_says,
	  every_block_is_written_as_often_as_its_generation_says, the_orders_visit_each_place_once,
	  a_disk_with_less_space_than_it_says_is_found_before_anything_else_is_written,
	  a_neighbour_that_changes_when_part_of_its_block_is_written_is_found,
	  what_a_discard_may_leave_and_what_not,
	  a_discard_that_forgets_its_neighbours_or_brings_other_data_is_found,
	  a_discard_that_is_refused_is_no_failure_of_the_disk_and_one_that_fails_is,
	  a_read_that_brings_nothing_is_not_taken_for_what_was_written_from_there,
	  pieces_of_every_size_at_every_depth_arrive_where_they_belong,
	  each_request_is_timed_and_one_over_a_second_is_a_stall,
	  wrong_data_that_cannot_be_read_once_more_is_told_all_the_same,
	  forced_writes_and_those_into_the_page_cache_are_timed_as_syncs,
	  a_full_disk_is_no_fault_of_the_disk,
	  less_than_a_page_is_read_from_the_disk_though_the_page_cache_held_the_page, bytes_that_the_page_cache_holds_do_not_count)
