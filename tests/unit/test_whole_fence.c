/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the plan asked of a disk is asked of the open one again: each test plants what must refuse it, on a
 * disposable disk, and compares the image before and after.
 */
#include "harness/base/auto.h"
#include "tests/unit/disk_bench.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Planted, it refuses even a disposable disk; taken away again, the disk is opened. */
static void check_planted(struct disk_bench *bench, const char *path, const char *text,
			  const char *words)
{
	tree_file(&bench->tree, path, text);
	disk_bench_refused(bench, true, words);
	unlink(tree_path(&bench->tree, path));
}

static void check_attribute(struct disk_bench *bench, const char *name, const char *text,
			    const char *words)
{
	char path[256];

	snprintf(path, sizeof(path), "root/" DISK_BENCH_FOLDER "%s/%s", bench->device, name);
	check_planted(bench, path, text, words);
}

START_TEST(a_disk_that_a_network_brings_is_refused)
{
	static const struct {
		const char *class, *words;
	} host[] = {
		{ "fc_host", "Fibre Channel" }, { "iscsi_host", "iSCSI" }, { "srp_host", "SCSI over RDMA" },
	};
	static const char *const nvme[] = { "tcp", "rdma", "fc", "loop" };
	struct disk_bench bench;
	char path[128];
	size_t i;

	disk_bench_begin(&bench);
	for (i = 0; i < ARRAY_SIZE(host); i++) {
		snprintf(path, sizeof(path), "root/sys/class/%s/host1", host[i].class);
		check_planted(&bench, path, "", host[i].words);
	}
	for (i = 0; i < ARRAY_SIZE(nvme); i++)
		check_attribute(&bench, "device/transport", nvme[i], "NVMe over");
	disk_bench_opened(&bench, true);
	disk_bench_close(&bench);
}
END_TEST

/* The disk hangs on another controller now; slot is what the plan knew of it there. */
static void move_to(struct disk_bench *bench, const char *folder, const char *slot)
{
	char path[300], target[300];

	snprintf(path, sizeof(path), "root/%s/device/model", folder);
	tree_file(&bench->tree, path, "TEST DISK 8M\n");
	snprintf(path, sizeof(path), "root/%s/device/serial", folder);
	tree_file(&bench->tree, path, "SN-0001\n");
	snprintf(path, sizeof(path), "root/%s/ro", folder);
	tree_file(&bench->tree, path, "0\n");
	snprintf(path, sizeof(path), "root/sys/block/%s", bench->device);
	unlink(tree_path(&bench->tree, path));
	snprintf(target, sizeof(target), "../../%s", folder);
	tree_link(&bench->tree, path, target);
	bench->disk.slot = slot;
}

START_TEST(a_disk_on_a_way_that_leaves_the_machine_is_refused)
{
	static const struct {
		const char *way, *slot, *words;
	} row[] = {
		{ "host1/target1:0:0/1:0:0:0", "pci-0000:00:17.0-scsi-0:0:0", NULL },
		{ "host1/rport-1:0-1/target1:0:0/1:0:0:0", "pci-0000:00:17.0-scsi-0:0:0", "hangs on fc" },
		{ "host1/session1/target1:0:0/1:0:0:0", "pci-0000:00:17.0-scsi-0:0:0", "hangs on iscsi" },
		{ "usb1/1-2/1-2:1.0/host1/target1:0:0/1:0:0:0", "pci-0000:00:17.0-usb-2", "hangs on usb" },
	};
	struct disk_bench bench;
	char folder[200];
	size_t i;

	disk_bench_begin(&bench);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		snprintf(folder, sizeof(folder), "sys/devices/pci0000:00/0000:00:17.0/%s/block/%s",
			 row[i].way, bench.device);
		move_to(&bench, folder, row[i].slot);
		if (row[i].words)
			disk_bench_refused(&bench, true, row[i].words);
		else
			disk_bench_opened(&bench, true);
	}
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_disk_reached_over_several_ways_is_refused)
{
	struct disk_bench bench;

	disk_bench_begin(&bench);
	disk_bench_attribute(&bench, "device/nvme1/transport", "pcie\n");
	disk_bench_opened(&bench, true);
	check_attribute(&bench, "device/nvme2/transport", "pcie\n", "several ways");
	disk_bench_opened(&bench, true);
	/* The same number on another disk is another way to it. */
	tree_file(&bench.tree, "root/sys/devices/pci0000:00/0000:00:18.0/sdz/device/serial", "SN-0001\n");
	tree_link(&bench.tree, "root/sys/block/sdz", "../devices/pci0000:00/0000:00:18.0/sdz");
	disk_bench_refused(&bench, true, "same serial number");
	disk_bench_close(&bench);
}
END_TEST

START_TEST(a_disk_that_came_into_use_since_the_plan_is_refused)
{
	static const char *const holder[] = { "md127", "dm-0", "bcache0" };
	static const char *const place[] = { "/", "/boot/efi", "/srv/runs" };
	struct disk_bench bench;
	char name[64], line[200];
	size_t i;

	disk_bench_begin(&bench);
	for (i = 0; i < ARRAY_SIZE(holder); i++) {
		snprintf(name, sizeof(name), "holders/%s", holder[i]);
		check_attribute(&bench, name, "", holder[i]);
		/* Of a partition likewise. */
		snprintf(name, sizeof(name), "%sp1/holders/%s", bench.device, holder[i]);
		check_attribute(&bench, name, "", holder[i]);
	}
	for (i = 0; i < ARRAY_SIZE(place); i++) {
		snprintf(line, sizeof(line), "30 1 7:99 / %s rw - btrfs /dev/%sp1 rw\n", place[i],
			 bench.device);
		snprintf(name, sizeof(name), "mounted at %s", place[i]);
		check_planted(&bench, "root/proc/self/mountinfo", line, name);
	}
	tree_file(&bench.tree, "root/proc/self/mountinfo", DISK_BENCH_MOUNTS);
	snprintf(line, sizeof(line), DISK_BENCH_SWAPS "/dev/%s partition 8 0 -2\n", bench.device);
	check_planted(&bench, "root/proc/swaps", line, "swap on");
	/* A machine that does not say what its disks are used for. */
	disk_bench_refused(&bench, true, "is not known");
	tree_file(&bench.tree, "root/proc/swaps", DISK_BENCH_SWAPS);
	disk_bench_opened(&bench, true);
	disk_bench_close(&bench);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		a_disk_that_a_network_brings_is_refused,
		a_disk_on_a_way_that_leaves_the_machine_is_refused,
		a_disk_reached_over_several_ways_is_refused,
		a_disk_that_came_into_use_since_the_plan_is_refused,
	};

	if (disk_bench_possible())
		return unit_run("whole_fence", tests, ARRAY_SIZE(tests));
	puts("1..1\nok 1 - what is asked of whole disks again # SKIP needs root and loop devices");
	return 0;
}
