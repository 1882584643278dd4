/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_DISK_SLOT_H
#define PROBES_DISK_SLOT_H
/*
 * Where a disk hangs, in words that stay the same from boot to boot, in the form of udev's by-path names:
 *
 *	pci-0000:01:00.0-nvme-1		namespace 1 of the NVMe controller there
 *	pci-0000:00:17.0-ata-3		third port of the SATA controller there
 *	pci-0000:03:00.0-scsi-0:2:0	channel, target and unit of a SCSI or RAID controller
 *	pci-0000:00:14.0-usb-2.1	the USB port
 *	pci-0000:00:05.0, platform-...	a controller with one disk
 */
#include "harness/base/buf.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>

/* `real` is the disk's folder without links: sys/devices/.../block/sda. False: no place is told. */
bool disk_slot(struct sysroot *root, const char *real, struct buf *out);

#define DISK_SLOT_READS "sys/class/ata_port/ata*/port_no"

#endif
