/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNIT_DISK_BENCH_H
#define TESTS_UNIT_DISK_BENCH_H
/*
 * A disk is a loop device over a file here; what its sysfs says of slot, model and serial number is
 * planted in a small root, and what the machine uses.
 *
 *	disk_bench_begin(&bench);
 *	disk_bench_refused(&bench, false, "there is data");	and the image stays as it was
 *	disk_bench_close(&bench);
 */
#include "harness/run/whole_disk.h"
#include "tests/unit/tree.h"

#include <stdbool.h>
#include <sys/types.h>

enum { DISK_BENCH_IMAGE = 8 << 20, DISK_BENCH_SECTOR = 512 };

#define DISK_BENCH_SLOT "pci-0000:00:17.0-ata-2"
#define DISK_BENCH_SWAPS "Filename Type Size Used Priority\n"
#define DISK_BENCH_MOUNTS "21 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n"
#define DISK_BENCH_FOLDER "sys/devices/pci0000:00/0000:00:17.0/ata2/host1/target1:0:0/1:0:0:0/block/"

struct disk_bench {
	struct tree tree;
	char device[32];	/* loop3 */
	char path[64];		/* /dev/loop3 */
	int loop_fd, image_fd;
	dev_t number;
	struct sysroot *root;
	struct fenced_disk disk;
	unsigned char *before;	/* room for two images */
};

/* Root and a loop device; without, there is nothing to run. */
bool disk_bench_possible(void);
void disk_bench_begin(struct disk_bench *bench);
void disk_bench_close(struct disk_bench *bench);

void disk_bench_attribute(struct disk_bench *bench, const char *name, const char *text);
/* Which device the kernel calls by the number of ours. */
void disk_bench_number(struct disk_bench *bench, const char *device);
void disk_bench_port(struct disk_bench *bench, const char *number);
void disk_bench_write(const struct disk_bench *bench, const void *data, size_t size, off_t at);

/* Refused with these words, and not a byte of the image is another one. */
void disk_bench_refused(struct disk_bench *bench, bool disposable, const char *words);
void disk_bench_opened(struct disk_bench *bench, bool disposable);

#endif
