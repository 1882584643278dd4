/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_WHOLE_DISK_H
#define RUN_WHOLE_DISK_H
/*
 * The last fence before a disk is erased: it is opened for nobody else, and everything the plan knows of
 * it is asked again of what was opened.
 *
 *	fd = whole_disk_open("/dev", root, &disk, disposable, &err);
 *	fd = whole_disk_open_to_read("/dev", root, &disk, &err);
 *
 * The second is for a disk that is only read: opened so that nothing can be written, and not looked at
 * for signatures and data. A descriptor for direct reading and writing, or ERR_UNSUPPORTED with what stands in the way:
 *
 *	not a block device, or in use (O_EXCL)			mounts, swaps, md, LVM, other programs
 *	its device number leads to a disk of another name, model, serial number, slot or size
 *	what the plan asked of way, serial number and use (model/fence.h) does not hold any more
 *	libblkid finds a file system, RAID, LVM ... or a partition table on it, also the copy of a GPT at its end
 *	one of SAMPLES blocks spread over it is neither zero nor a test block of ours (disk_block.h), unless
 *	the disk is disposable
 *
 * Nothing is written here. While the descriptor is open the kernel gives the number to no other device.
 */
#include "harness/base/err.h"
#include "harness/model/fence.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>

int whole_disk_open(const char *folder, struct sysroot *root, const struct fenced_disk *disk,
		    bool disposable, struct err *err);
int whole_disk_open_to_read(const char *folder, struct sysroot *root,
			    const struct fenced_disk *disk, struct err *err);

#endif
