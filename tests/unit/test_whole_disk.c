/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disk is a loop device over a file here; what its sysfs says of slot, model and serial number is
 * planted in a small root. Needs root and loop devices: without, there is nothing to run.
 */
#include "harness/base/auto.h"
#include "harness/run/hashes.h"
#include "harness/run/whole_disk.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/stressor.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { IMAGE = 8 << 20, SECTOR = 512 };

#define SLOT "pci-0000:00:17.0-ata-2"
#define FOLDER "sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/"

struct bench {
	struct tree tree;
	char device[32];	/* loop3 */
	char path[64];		/* /dev/loop3 */
	int loop_fd, image_fd;
	dev_t number;
	struct sysroot *root;
	struct fenced_disk disk;
	unsigned char *before;
};

/* --- the root --------------------------------------------------------------------------------- */

static void put_attribute(struct bench *bench, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "root/" FOLDER "%s/%s", bench->device, name);
	tree_file(&bench->tree, path, text);
}

/* Which device the kernel calls by the number of ours. */
static void put_number(struct bench *bench, const char *device)
{
	char path[128], target[256];

	snprintf(path, sizeof(path), "root/sys/dev/block/%u:%u", major(bench->number),
		 minor(bench->number));
	snprintf(target, sizeof(target), "../../../" FOLDER "%s", device);
	unlink(tree_path(&bench->tree, path));
	tree_link(&bench->tree, path, target);
}

static void put_port(struct bench *bench, const char *number)
{
	tree_file(&bench->tree, "root/sys/class/ata_port/ata2/port_no", number);
}

static void plant_root(struct bench *bench)
{
	char path[128], target[256];

	put_attribute(bench, "ro", "0\n");
	put_attribute(bench, "removable", "0\n");
	put_attribute(bench, "device/model", "TEST DISK 8M\n");
	put_attribute(bench, "device/serial", "SN-0001\n");
	put_port(bench, "2\n");
	put_number(bench, bench->device);
	tree_folder(&bench->tree, "root/proc");
	snprintf(path, sizeof(path), "root/sys/block/%s", bench->device);
	snprintf(target, sizeof(target), "../../" FOLDER "%s", bench->device);
	tree_link(&bench->tree, path, target);
}

/* --- the disk --------------------------------------------------------------------------------- */

/* It goes away with the last descriptor, however the test ends. */
static bool attach(struct bench *bench)
{
	const struct loop_info64 info = { .lo_flags = LO_FLAGS_AUTOCLEAR };
	AUTO_FD int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
	int number = control < 0 ? -1 : ioctl(control, LOOP_CTL_GET_FREE);
	struct stat status;

	if (number < 0)
		return false;
	snprintf(bench->device, sizeof(bench->device), "loop%d", number);
	snprintf(bench->path, sizeof(bench->path), "/dev/%s", bench->device);
	bench->loop_fd = open(bench->path, O_RDWR | O_CLOEXEC);
	if (bench->loop_fd < 0)
		return false;
	if (ioctl(bench->loop_fd, LOOP_SET_FD, bench->image_fd) ||
	    ioctl(bench->loop_fd, LOOP_SET_STATUS64, &info) || fstat(bench->loop_fd, &status)) {
		close(bench->loop_fd);
		return false;
	}
	bench->number = status.st_rdev;
	return true;
}

static void bench_close(struct bench *bench)
{
	bench->root = sysroot_free(bench->root);
	close(bench->loop_fd);
	close(bench->image_fd);
	free(bench->before);
	tree_remove(&bench->tree);
}

static void bench_begin(struct bench *bench)
{
	struct err err = ERR_INIT;

	*bench = (struct bench){ .tree = tree_make() };
	bench->image_fd = open(tree_path(&bench->tree, "image"),
			       O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ck_assert_int_ge(bench->image_fd, 0);
	ck_assert_int_eq(ftruncate(bench->image_fd, IMAGE), 0);
	ck_assert(attach(bench));
	plant_root(bench);
	bench->root = sysroot_open(tree_path(&bench->tree, "root"), &err);
	ck_assert_msg(bench->root != NULL, "%s", err.text);
	bench->disk = (struct fenced_disk){ .device = bench->device, .slot = SLOT,
					    .model = "TEST DISK 8M", .serial = "SN-0001",
					    .size_bytes = IMAGE };
	bench->before = malloc(2 * IMAGE);
	ck_assert_ptr_nonnull(bench->before);
}

static void write_disk(const struct bench *bench, const void *data, size_t size, off_t at)
{
	ck_assert_int_eq(pwrite(bench->loop_fd, data, size, at), (ssize_t)size);
	ck_assert_int_eq(fsync(bench->loop_fd), 0);
}

/* Refused with these words, and not a byte of the image is another one. */
static void refused(struct bench *bench, bool disposable, const char *words)
{
	unsigned char *after = bench->before + IMAGE;
	struct err err = ERR_INIT;
	int fd;

	ck_assert_int_eq(pread(bench->image_fd, bench->before, IMAGE, 0), IMAGE);
	fd = whole_disk_open("/dev", bench->root, &bench->disk, disposable, &err);
	ck_assert_int_lt(fd, 0);
	ck_assert_msg(strstr(err.plain, words) != NULL, "%s", err.plain);
	ck_assert_int_eq(pread(bench->image_fd, after, IMAGE, 0), IMAGE);
	ck_assert(!memcmp(bench->before, after, IMAGE));
}

static void opened(struct bench *bench, bool disposable)
{
	struct err err = ERR_INIT;
	int fd = whole_disk_open("/dev", bench->root, &bench->disk, disposable, &err);

	ck_assert_msg(fd >= 0, "%s", err.text);
	ck_assert(fcntl(fd, F_GETFL) & O_DIRECT);
	close(fd);
}

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
static void put_gpt_copy(const struct bench *bench)
{
	static unsigned char table[33 * SECTOR];
	unsigned char *header = table + sizeof(table) - SECTOR;
	uint32_t last = IMAGE / SECTOR - 1;

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
	write_disk(bench, table, sizeof(table), IMAGE - (off_t)sizeof(table));
}

static void put_swap(const struct bench *bench)
{
	unsigned char page[4096] = { 0 };

	put32(page + 1024, 1);				/* version */
	put32(page + 1028, IMAGE / 4096 - 1);		/* last page */
	memcpy(page + sizeof(page) - 10, "SWAPSPACE2", 10);
	write_disk(bench, page, sizeof(page), 0);
}

/* --- the tests -------------------------------------------------------------------------------- */

START_TEST(an_empty_disk_that_is_the_one_of_the_plan_is_opened_past_the_page_cache)
{
	struct bench bench;

	bench_begin(&bench);
	opened(&bench, false);
	bench_close(&bench);
}
END_TEST

START_TEST(a_disk_that_somebody_has_open_for_himself_is_refused)
{
	struct bench bench;
	int other;

	bench_begin(&bench);
	other = open(bench.path, O_RDONLY | O_EXCL | O_CLOEXEC);
	ck_assert_int_ge(other, 0);
	refused(&bench, true, "it is in use");
	close(other);
	opened(&bench, false);
	bench_close(&bench);
}
END_TEST

START_TEST(a_disk_in_use_as_swap_is_refused_even_when_it_is_disposable)
{
	struct bench bench;

	bench_begin(&bench);
	put_swap(&bench);
	if (swapon(bench.path, 0) == 0) {
		refused(&bench, true, "it is in use");
		ck_assert_int_eq(swapoff(bench.path), 0);
	}
	refused(&bench, true, "signature of swap");
	bench_close(&bench);
}
END_TEST

START_TEST(a_disk_of_another_serial_number_model_slot_or_size_is_refused)
{
	struct bench bench;

	bench_begin(&bench);
	put_attribute(&bench, "device/serial", "SN-0002");
	refused(&bench, true, "another one now");
	put_attribute(&bench, "device/serial", "SN-0001");
	put_attribute(&bench, "device/model", "OTHER DISK");
	refused(&bench, true, "another one now");
	put_attribute(&bench, "device/model", "TEST DISK 8M");
	put_port(&bench, "3\n");
	refused(&bench, true, "another one now");
	put_port(&bench, "2\n");
	bench.disk.size_bytes += SECTOR;
	refused(&bench, true, "its size is another one");
	bench.disk.size_bytes -= SECTOR;
	opened(&bench, false);
	bench_close(&bench);
}
END_TEST

START_TEST(a_name_that_leads_to_another_device_is_refused)
{
	struct bench bench;

	bench_begin(&bench);
	tree_file(&bench.tree, "root/" FOLDER "sdz/size", "1\n");
	put_number(&bench, "sdz");
	refused(&bench, true, "another device has its name");
	bench_close(&bench);
}
END_TEST

START_TEST(the_copy_of_a_gpt_at_the_end_is_a_signature)
{
	struct bench bench;

	bench_begin(&bench);
	put_gpt_copy(&bench);
	refused(&bench, true, "signature of gpt");
	bench_close(&bench);
}
END_TEST

START_TEST(data_without_a_signature_is_refused_unless_the_disk_is_disposable)
{
	struct bench bench;
	unsigned char byte[SECTOR] = { [100] = 1 };

	bench_begin(&bench);
	write_disk(&bench, byte, sizeof(byte), IMAGE - SECTOR);
	refused(&bench, false, "there is data at byte");
	opened(&bench, true);
	bench_close(&bench);
}
END_TEST

START_TEST(test_blocks_of_ours_are_nobodys_data)
{
	struct bench bench;
	uint64_t data[512];
	struct disk_block block = { .file = 7, .number = 3, .generation = 1 };

	bench_begin(&bench);
	disk_block_make(&block, data, ARRAY_SIZE(data));
	write_disk(&bench, data, sizeof(data), 0);
	opened(&bench, false);
	data[5] ^= 1;
	write_disk(&bench, data, sizeof(data), 0);
	refused(&bench, false, "there is data at byte 0");
	bench_close(&bench);
}
END_TEST

START_TEST(a_file_in_the_place_of_a_device_is_refused)
{
	struct bench bench;
	struct err err = ERR_INIT;
	const char *folder;

	bench_begin(&bench);
	tree_file(&bench.tree, bench.device, "no disk\n");
	folder = tree_path(&bench.tree, ".");
	ck_assert_int_lt(whole_disk_open(folder, bench.root, &bench.disk, true, &err), 0);
	ck_assert_msg(strstr(err.plain, "not that of a block device") != NULL, "%s", err.plain);
	bench_close(&bench);
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
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .work_limit = 2 * IMAGE,
				 .count = 1, .seed = 5, .times = &times };
	struct stress_state state = { .folder_fd = -1, .disk_bytes = IMAGE };
	uint64_t number, blank = 0;
	struct latency_row row[REQUEST_KINDS];
	struct err err = ERR_INIT;
	struct bench bench;
	bool discards;

	bench_begin(&bench);
	state.device_fd = whole_disk_open("/dev", bench.root, &bench.disk, false, &err);
	ck_assert_msg(state.device_fd >= 0, "%s", err.text);
	ck_assert_int_eq(stressor->prepare(&state, &err), 0);
	ck_assert_msg(stressor->run(&state, &worker, &err) == 0, "%s", err.text);
	stressor->finish(&state);
	close(state.device_fd);
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_eq(line.distinct_bytes, IMAGE);
	ck_assert_uint_ge(line.work, 2 * IMAGE);
	ck_assert_int_eq(pread(bench.image_fd, bench.before, IMAGE, 0), IMAGE);
	for (number = 0; number < IMAGE / 4096; number++) {
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
	bench_close(&bench);
}
END_TEST

/* One step of disk.read on the disk, with the hash set in `folder`. */
static void read_once(struct bench *bench, const char *folder, struct worker_line *line)
{
	const struct stressor *stressor = stressor_find("disk.read");
	struct worker worker = { .line = line, .end_ns = INT64_MAX, .work_limit = IMAGE, .count = 1 };
	struct stress_state state = { .folder_fd = -1, .disk_bytes = IMAGE };
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
	struct bench bench;
	char folder[256], file[512];
	struct stat status;
	size_t i;

	bench_begin(&bench);
	after = bench.before + IMAGE;
	snprintf(folder, sizeof(folder), "%s", tree_path(&bench.tree, "hashes"));
	for (i = 0; i < IMAGE; i++)
		bench.before[i] = (unsigned char)(i * 7 + i / 4096);
	write_disk(&bench, bench.before, IMAGE, 0);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_eq(line.distinct_bytes, IMAGE);
	snprintf(file, sizeof(file), "%s/SN-0001.hashes", folder);
	ck_assert_int_eq(stat(file, &status), 0);
	ck_assert_int_eq(status.st_size, 64 + IMAGE / (1 << 20) * 24);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 0);
	/* Nothing was written on it. */
	ck_assert_int_eq(pread(bench.image_fd, after, IMAGE, 0), IMAGE);
	ck_assert(!memcmp(bench.before, after, IMAGE));
	/* One bit of the third megabyte. */
	after[(2 << 20) + 4099] ^= 0x10;
	write_disk(&bench, after, IMAGE, 0);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(detail->at, (2 << 20) + 4096);
	ck_assert_uint_eq(detail->want ^ detail->got, 1ULL << (3 * 8 + 4));
	ck_assert_uint_eq(detail->phase >> 56, DISK_BITS);
	/* Many of them. */
	memset(after + (2 << 20), 0, 4096);
	write_disk(&bench, after, IMAGE, 0);
	read_once(&bench, folder, &line);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(detail->at, 2 << 20);
	ck_assert_uint_eq(detail->phase >> 56, DISK_CHANGED);
	bench_close(&bench);
}
END_TEST

START_TEST(a_disk_with_a_file_system_or_that_is_read_only_may_be_read_and_one_in_use_may_not)
{
	struct err err = ERR_INIT;
	struct bench bench;
	int fd;

	bench_begin(&bench);
	memset(bench.before, 0x5a, IMAGE);
	write_disk(&bench, bench.before, IMAGE, 0);
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
	bench_close(&bench);
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
	struct bench bench = { .image_fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) };
	bool possible = bench.image_fd >= 0 && !ftruncate(bench.image_fd, IMAGE) && attach(&bench);

	if (possible)
		close(bench.loop_fd);
	if (bench.image_fd >= 0)
		close(bench.image_fd);
	if (possible)
		return unit_run("whole_disk", tests, ARRAY_SIZE(tests));
	puts("1..1\nok 1 - fences of whole disks # SKIP needs root and loop devices");
	return 0;
}
