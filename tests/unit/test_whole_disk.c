/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which whole disks are opened, on real loop devices, and what the kernels do on one that was. */
#include "harness/base/auto.h"
#include "harness/run/hashes.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/stressor.h"
#include "tests/unit/disk_bench.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <unistd.h>

/* --- signatures ------------------------------------------------------------------------------- */

/* IEEE 802.3, as GPT has it. */
static uint32_t crc32(const unsigned char *data, size_t size)
{
	uint32_t crc = ~0U;
	size_t i;
	int bit;

	for (i = 0; i < size; i++) {
		crc ^= data[i];
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0);
	}
	return ~crc;
}

static void put32(unsigned char *at, uint32_t value)
{
	int i;

	for (i = 0; i < 4; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

/* The copy of a GPT: 128 empty entries, then the header in the last sector (UEFI 5.3.2). */
static void put_gpt_copy(const struct disk_bench *bench)
{
	static unsigned char table[33 * DISK_BENCH_SECTOR];
	unsigned char *header = table + sizeof(table) - DISK_BENCH_SECTOR;
	uint32_t last = DISK_BENCH_IMAGE / DISK_BENCH_SECTOR - 1;

	memcpy(header, "EFI PART", 8);
	put32(header + 8, 0x10000);
	put32(header + 12, 92);
	put32(header + 24, last);
	put32(header + 32, 1);
	put32(header + 40, 34);
	put32(header + 48, last - 33);
	memset(header + 56, 0x5a, 16);
	put32(header + 72, last - 32);
	put32(header + 80, 128);
	put32(header + 84, 128);
	put32(header + 88, crc32(table, 128 * 128));
	put32(header + 16, crc32(header, 92));
	disk_bench_write(bench, table, sizeof(table), DISK_BENCH_IMAGE - (off_t)sizeof(table));
}

static void put_swap(const struct disk_bench *bench)
{
	unsigned char page[4096] = { 0 };

	put32(page + 1024, 1);				/* version */
	put32(page + 1028, DISK_BENCH_IMAGE / 4096 - 1);		/* last page */
	memcpy(page + sizeof(page) - 10, "SWAPSPACE2", 10);
	disk_bench_write(bench, page, sizeof(page), 0);
}

/* --- the tests -------------------------------------------------------------------------------- */

START_TEST(an_empty_disk_that_is_the_one_of_the_plan_is_opened_past_the_page_cache)
{
	struct disk_bench bench;

	disk_bench_begin(&bench);
	disk_bench_opened(&bench, false);
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_disk_that_somebody_has_open_for_himself_is_refused)
{
	struct disk_bench bench;
	int other;

	disk_bench_begin(&bench);
	other = open(bench.path, O_RDONLY | O_EXCL | O_CLOEXEC);
	ck_assert_int_ge(other, 0);
	disk_bench_refused(&bench, true, "it is in use");
	close(other);
	disk_bench_opened(&bench, false);
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_disk_in_use_as_swap_is_refused_even_when_it_is_disposable)
{
	struct disk_bench bench;

	disk_bench_begin(&bench);
	put_swap(&bench);
	if (swapon(bench.path, 0) == 0) {
		disk_bench_refused(&bench, true, "it is in use");
		ck_assert_int_eq(swapoff(bench.path), 0);
	}
	disk_bench_refused(&bench, true, "signature of swap");
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_disk_of_another_serial_number_model_slot_or_size_is_refused)
{
	struct disk_bench bench;

	disk_bench_begin(&bench);
	disk_bench_attribute(&bench, "device/serial", "SN-0002");
	disk_bench_refused(&bench, true, "another one now");
	disk_bench_attribute(&bench, "device/serial", "SN-0001");
	disk_bench_attribute(&bench, "device/model", "OTHER DISK");
	disk_bench_refused(&bench, true, "another one now");
	disk_bench_attribute(&bench, "device/model", "TEST DISK 8M");
	disk_bench_port(&bench, "3\n");
	disk_bench_refused(&bench, true, "another one now");
	disk_bench_port(&bench, "2\n");
	bench.disk.size_bytes += DISK_BENCH_SECTOR;
	disk_bench_refused(&bench, true, "its size is another one");
	bench.disk.size_bytes -= DISK_BENCH_SECTOR;
	disk_bench_opened(&bench, false);
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_name_that_leads_to_another_device_is_refused)
{
	struct disk_bench bench;

	disk_bench_begin(&bench);
	tree_file(&bench.tree, "root/" DISK_BENCH_FOLDER "sdz/size", "1\n");
	disk_bench_number(&bench, "sdz");
	disk_bench_refused(&bench, true, "another device has its name");
	disk_bench_close(&bench);
}
END_TEST

START_TEST(the_copy_of_a_gpt_at_the_end_is_a_signature)
{
	struct disk_bench bench;

	disk_bench_begin(&bench);
	put_gpt_copy(&bench);
	disk_bench_refused(&bench, true, "signature of gpt");
	disk_bench_close(&bench);
}
END_TEST

START_TEST(data_without_a_signature_is_refused_unless_the_disk_is_disposable)
{
	struct disk_bench bench;
	unsigned char byte[DISK_BENCH_SECTOR] = { [100] = 1 };

	disk_bench_begin(&bench);
	disk_bench_write(&bench, byte, sizeof(byte), DISK_BENCH_IMAGE - DISK_BENCH_SECTOR);
	disk_bench_refused(&bench, false, "there is data at byte");
	disk_bench_opened(&bench, true);
	disk_bench_close(&bench);
}
END_TEST

START_TEST(test_blocks_of_ours_are_nobodys_data)
{
	struct disk_bench bench;
	uint64_t data[512];
	struct disk_block block = { .file = 7, .number = 3, .generation = 1 };

	disk_bench_begin(&bench);
	disk_block_make(&block, data, ARRAY_SIZE(data));
	disk_bench_write(&bench, data, sizeof(data), 0);
	disk_bench_opened(&bench, false);
	data[5] ^= 1;
	disk_bench_write(&bench, data, sizeof(data), 0);
	disk_bench_refused(&bench, false, "there is data at byte 0");
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_file_in_the_place_of_a_device_is_refused)
{
	struct disk_bench bench;
	struct err err = ERR_INIT;
	const char *folder;

	disk_bench_begin(&bench);
	tree_file(&bench.tree, bench.device, "no disk\n");
	folder = tree_path(&bench.tree, ".");
	ck_assert_int_lt(whole_disk_open(folder, bench.root, &bench.disk, true, &err), 0);
	ck_assert_msg(strstr(err.plain, "not that of a block device") != NULL, "%s", err.plain);
	disk_bench_close(&bench);
}
END_TEST

/* Zeros from the first byte to the last. */
static bool is_blank(const unsigned char *block)
{
	return !block[0] && !memcmp(block, block + 1, 4095);
}

START_TEST(disk_whole_writes_reads_back_and_discards_within_the_disk)
{
	static struct worker_line line;
	static struct request_times times;
	const struct stressor *stressor = stressor_find("disk.whole");
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .work_limit = 2 * DISK_BENCH_IMAGE,
				 .count = 1, .seed = 5, .times = &times };
	struct stress_state state = { .folder_fd = -1, .disk_bytes = DISK_BENCH_IMAGE };
	uint64_t number, blank = 0;
	struct latency_row row[REQUEST_KINDS];
	struct err err = ERR_INIT;
	struct disk_bench bench;
	bool discards;

	disk_bench_begin(&bench);
	state.device_fd = whole_disk_open("/dev", bench.root, &bench.disk, false, &err);
	ck_assert_msg(state.device_fd >= 0, "%s", err.text);
	ck_assert_int_eq(stressor->prepare(&state, &err), 0);
	ck_assert_msg(stressor->run(&state, &worker, &err) == 0, "%s", err.text);
	stressor->finish(&state);
	close(state.device_fd);
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_eq(line.distinct_bytes, DISK_BENCH_IMAGE);
	ck_assert_uint_ge(line.work, 2 * DISK_BENCH_IMAGE);
	ck_assert_int_eq(pread(bench.image_fd, bench.before, DISK_BENCH_IMAGE, 0), DISK_BENCH_IMAGE);
	for (number = 0; number < DISK_BENCH_IMAGE / 4096; number++) {
		const unsigned char *block = bench.before + number * 4096;

		ck_assert(disk_block_is_ours(block) || is_blank(block));
		/* The second of eight megabytes is the one in which blocks are discarded. */
		ck_assert(!is_blank(block) || number / 256 == 1);
		blank += is_blank(block);
	}
	request_times_rows(&times, row);
	discards = !strcmp(row[0].request, "discard");
	ck_assert(discards ? blank > 64 && blank < 192 : !blank);
	if (!discards)
		fprintf(stderr, "not run: this loop device forgets nothing on demand\n");
	disk_bench_close(&bench);
}
END_TEST

/* One step of disk.read on the disk, with the hash set in `folder`. */
static void read_once(struct disk_bench *bench, const char *folder, struct worker_line *line)
{
	const struct stressor *stressor = stressor_find("disk.read");
	struct worker worker = { .line = line, .end_ns = INT64_MAX,
				 .work_limit = DISK_BENCH_IMAGE, .count = 1 };
	struct stress_state state = { .folder_fd = -1, .disk_bytes = DISK_BENCH_IMAGE };
	struct err err = ERR_INIT;

	memset(line, 0, sizeof(*line));
	state.device_fd = whole_disk_open_to_read("/dev", bench->root, &bench->disk, &err);
	ck_assert_msg(state.device_fd >= 0, "%s", err.text);
	ck_assert_int_eq(fcntl(state.device_fd, F_GETFL) & O_ACCMODE, O_RDONLY);
	state.hashes_fd = hashes_open(folder, bench->disk.serial, &err);
	ck_assert_msg(state.hashes_fd >= 0, "%s", err.text);
	ck_assert_int_eq(stressor->prepare(&state, &err), 0);
	ck_assert_msg(stressor->run(&state, &worker, &err) == 0, "%s", err.text);
	stressor->finish(&state);
	close(state.hashes_fd);
	close(state.device_fd);
}

START_TEST(disk_read_makes_a_set_of_hashes_and_names_the_bit_that_changed_later)
{
	static _Alignas(128) struct worker_line line;
	const struct worker_mismatch_detail *detail = &line.detail[0];
	unsigned char *after;
	struct disk_bench bench;
	char folder[256], file[512];
	struct stat status;
	size_t i;

	disk_bench_begin(&bench);
	after = bench.before + DISK_BENCH_IMAGE;
	snprintf(folder, sizeof(folder), "%s", tree_path(&bench.tree, "hashes"));
	for (i = 0; i < DISK_BENCH_IMAGE; i++)
		bench.before[i] = (unsigned char)(i * 7 + i / 4096);
	disk_bench_write(&bench, bench.before, DISK_BENCH_IMAGE, 0);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_eq(line.distinct_bytes, DISK_BENCH_IMAGE);
	snprintf(file, sizeof(file), "%s/SN-0001.hashes", folder);
	ck_assert_int_eq(stat(file, &status), 0);
	ck_assert_int_eq(status.st_size, 64 + DISK_BENCH_IMAGE / (1 << 20) * 24);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 0);
	/* Nothing was written on it. */
	ck_assert_int_eq(pread(bench.image_fd, after, DISK_BENCH_IMAGE, 0), DISK_BENCH_IMAGE);
	ck_assert(!memcmp(bench.before, after, DISK_BENCH_IMAGE));
	/* One bit of the third megabyte. */
	after[(2 << 20) + 4099] ^= 0x10;
	disk_bench_write(&bench, after, DISK_BENCH_IMAGE, 0);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(detail->at, (2 << 20) + 4096);
	ck_assert_uint_eq(detail->want ^ detail->got, 1ULL << (3 * 8 + 4));
	ck_assert_uint_eq(detail->phase >> 56, DISK_BITS);
	/* Many of them. */
	memset(after + (2 << 20), 0, 4096);
	disk_bench_write(&bench, after, DISK_BENCH_IMAGE, 0);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(detail->at, 2 << 20);
	ck_assert_uint_eq(detail->phase >> 56, DISK_CHANGED);
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_disk_with_a_file_system_or_that_is_read_only_may_be_read_and_one_in_use_may_not)
{
	struct err err = ERR_INIT;
	struct disk_bench bench;
	int fd;

	disk_bench_begin(&bench);
	memset(bench.before, 0x5a, DISK_BENCH_IMAGE);
	disk_bench_write(&bench, bench.before, DISK_BENCH_IMAGE, 0);
	ck_assert_int_lt(whole_disk_open("/dev", bench.root, &bench.disk, false, NULL), 0);
	fd = whole_disk_open_to_read("/dev", bench.root, &bench.disk, &err);
	ck_assert_msg(fd >= 0, "%s", err.text);
	ck_assert_int_eq(whole_disk_open_to_read("/dev", bench.root, &bench.disk, &err),
			 ERR_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(err.plain, "in use"));
	close(fd);
	bench.disk.serial = "SN-0002";
	ck_assert_int_eq(whole_disk_open_to_read("/dev", bench.root, &bench.disk, &err),
			 ERR_UNSUPPORTED);
	disk_bench_close(&bench);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		an_empty_disk_that_is_the_one_of_the_plan_is_opened_past_the_page_cache,
		a_disk_that_somebody_has_open_for_himself_is_refused,
		a_disk_in_use_as_swap_is_refused_even_when_it_is_disposable,
		a_disk_of_another_serial_number_model_slot_or_size_is_refused,
		a_name_that_leads_to_another_device_is_refused,
		the_copy_of_a_gpt_at_the_end_is_a_signature,
		data_without_a_signature_is_refused_unless_the_disk_is_disposable,
		test_blocks_of_ours_are_nobodys_data,
		a_file_in_the_place_of_a_device_is_refused,
		disk_whole_writes_reads_back_and_discards_within_the_disk,
		disk_read_makes_a_set_of_hashes_and_names_the_bit_that_changed_later,
		a_disk_with_a_file_system_or_that_is_read_only_may_be_read_and_one_in_use_may_not,
	};

	if (disk_bench_possible())
		return unit_run("whole_disk", tests, ARRAY_SIZE(tests));
	puts("1..1\nok 1 - fences of whole disks # SKIP needs root and loop devices");
	return 0;
}
