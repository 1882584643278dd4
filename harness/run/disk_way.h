/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_DISK_WAY_H
#define RUN_DISK_WAY_H
/*
 * Over what a block device is reached, by sysfs.
 *
 *	struct disk_way way = disk_way(root, &arena, "sys/block/nvme0n1");
 *	usb = disk_way_any(root, "sys/dev/block/253:0", is_usb, NULL);
 *
 * A network is told by what the kernel says of the SCSI host (fc_host, iscsi_host, srp_host), or of each NVMe
 * controller: its transport. disk_way_any asks of the device, and of all that it is made of (device
 * mapper, md): `folder` is the real one then, of a disk or a partition.
 */
#include "harness/base/arena.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>

struct disk_way {
	const char *network;	/* "iSCSI", "NVMe over tcp", the arena's; NULL: none */
	size_t nvme_ways;	/* NVMe controllers over which it is reached; 0: no NVMe disk */
};

struct disk_way disk_way(struct sysroot *root, struct arena *arena, const char *folder);

typedef bool disk_way_is(struct sysroot *root, const char *folder, void *context);
bool disk_way_any(struct sysroot *root, const char *path, disk_way_is *is, void *context);

#endif
