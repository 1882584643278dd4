/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/disk_bench.h"

#include "harness/base/auto.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* --- the root --------------------------------------------------------------------------------- */

void disk_bench_attribute(struct disk_bench *bench, const char *name, const char *text)
{
	char path[256];

	snprintf(path, sizeof(path), "root/" DISK_BENCH_FOLDER "%s/%s", bench->device, name);
	tree_file(&bench->tree, path, text);
}

void disk_bench_number(struct disk_bench *bench, const char *device)
{
	char path[128], target[256];

	snprintf(path, sizeof(path), "root/sys/dev/block/%u:%u", major(bench->number),
		 minor(bench->number));
	snprintf(target, sizeof(target), "../../../" DISK_BENCH_FOLDER "%s", device);
	unlink(tree_path(&bench->tree, path));
	tree_link(&bench->tree, path, target);
}

void disk_bench_port(struct disk_bench *bench, const char *number)
{
	tree_file(&bench->tree, "root/sys/class/ata_port/ata2/port_no", number);
}

static void plant_root(struct disk_bench *bench)
{
	char path[128], target[256];

	disk_bench_attribute(bench, "ro", "0\n");
	disk_bench_attribute(bench, "removable", "0\n");
	disk_bench_attribute(bench, "device/model", "TEST DISK 8M\n");
	disk_bench_attribute(bench, "device/serial", "SN-0001\n");
	disk_bench_port(bench, "2\n");
	disk_bench_number(bench, bench->device);
	tree_file(&bench->tree, "root/proc/swaps", DISK_BENCH_SWAPS);
	tree_file(&bench->tree, "root/proc/self/mountinfo", DISK_BENCH_MOUNTS);
	snprintf(path, sizeof(path), "root/sys/block/%s", bench->device);
	snprintf(target, sizeof(target), "../../" DISK_BENCH_FOLDER "%s", bench->device);
	tree_link(&bench->tree, path, target);
}

/* --- the disk --------------------------------------------------------------------------------- */

/* It goes away with the last descriptor, however the test ends. */
static bool attach(struct disk_bench *bench)
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

void disk_bench_close(struct disk_bench *bench)
{
	bench->root = sysroot_free(bench->root);
	close(bench->loop_fd);
	close(bench->image_fd);
	free(bench->before);
	tree_remove(&bench->tree);
}

void disk_bench_begin(struct disk_bench *bench)
{
	struct err err = ERR_INIT;

	*bench = (struct disk_bench){ .tree = tree_make() };
	bench->image_fd = open(tree_path(&bench->tree, "image"),
			       O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ck_assert_int_ge(bench->image_fd, 0);
	ck_assert_int_eq(ftruncate(bench->image_fd, DISK_BENCH_IMAGE), 0);
	ck_assert(attach(bench));
	plant_root(bench);
	bench->root = sysroot_open(tree_path(&bench->tree, "root"), &err);
	ck_assert_msg(bench->root != NULL, "%s", err.text);
	bench->disk = (struct fenced_disk){ .device = bench->device, .slot = DISK_BENCH_SLOT,
					    .model = "TEST DISK 8M", .serial = "SN-0001",
					    .size_bytes = DISK_BENCH_IMAGE };
	bench->before = malloc(2 * DISK_BENCH_IMAGE);
	ck_assert_ptr_nonnull(bench->before);
}

void disk_bench_write(const struct disk_bench *bench, const void *data, size_t size, off_t at)
{
	ck_assert_int_eq(pwrite(bench->loop_fd, data, size, at), (ssize_t)size);
	ck_assert_int_eq(fsync(bench->loop_fd), 0);
}

void disk_bench_refused(struct disk_bench *bench, bool disposable, const char *words)
{
	unsigned char *after = bench->before + DISK_BENCH_IMAGE;
	struct err err = ERR_INIT;
	int fd;

	ck_assert_int_eq(pread(bench->image_fd, bench->before, DISK_BENCH_IMAGE, 0), DISK_BENCH_IMAGE);
	fd = whole_disk_open("/dev", bench->root, &bench->disk, disposable, &err);
	ck_assert_int_lt(fd, 0);
	ck_assert_msg(strstr(err.plain, words) != NULL, "%s", err.plain);
	ck_assert_int_eq(pread(bench->image_fd, after, DISK_BENCH_IMAGE, 0), DISK_BENCH_IMAGE);
	ck_assert(!memcmp(bench->before, after, DISK_BENCH_IMAGE));
}

void disk_bench_opened(struct disk_bench *bench, bool disposable)
{
	struct err err = ERR_INIT;
	int fd = whole_disk_open("/dev", bench->root, &bench->disk, disposable, &err);

	ck_assert_msg(fd >= 0, "%s", err.text);
	ck_assert(fcntl(fd, F_GETFL) & O_DIRECT);
	close(fd);
}

bool disk_bench_possible(void)
{
	struct disk_bench bench = { .image_fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) };
	bool possible = bench.image_fd >= 0 && !ftruncate(bench.image_fd, DISK_BENCH_IMAGE) &&
			attach(&bench);

	if (possible)
		close(bench.loop_fd);
	if (bench.image_fd >= 0)
		close(bench.image_fd);
	return possible;
}
