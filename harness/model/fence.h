/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_FENCE_H
#define MODEL_FENCE_H
/*
 * Which disk of a machine a fence means, and whether it may be erased. Pure: the disks come in the
 * inventory, what they are used for in struct disk_state (run/disk_state.h reads it).
 *
 *	code = fence_choose(&fence, &machine, &disk, &err);	ERR_UNSUPPORTED, err says why not
 *	code = fence_check(component, only_read, &machine, &err);	all but slot, model and size
 *
 * A disk that is only read (fence.hashes) may hang anywhere and may be read-only; it too has a serial
 * number, and nobody uses it: it would change. Erased is only a disk of this machine that is one by slot and model, has a serial number, is reached
 * by one way that is no network's, may be written, and that nothing uses: no mount, no swap, no md, LVM,
 * device mapper or bcache above it. What only the open device can tell (a signature, data) is asked when
 * the step begins, and all of this again: run/whole_disk.h.
 */
#include "harness/base/err.h"
#include "harness/model/inventory.h"
#include "harness/model/profile.h"

enum disk_use {
	DISK_UNUSED = 0,
	DISK_UNKNOWN,		/* the machine does not say */
	DISK_MOUNTED,		/* `by`: where */
	DISK_SWAP,		/* `by`: the partition */
	DISK_HELD,		/* `by`: the device above it */
	DISK_FABRIC,		/* NVMe over a network; `by`: which */
	DISK_SEVERAL_WAYS,	/* reached over more than one port */
};

struct disk_state {
	const char *device;	/* "sda" */
	enum disk_use use;
	const char *by;		/* NULL where there is no more to say */
};

struct fence_machine {
	const struct inventory *inventory;
	const struct disk_state *disk;
	size_t disk_count;
};

/* Texts are the inventory's. */
struct fenced_disk {
	const char *device, *slot, *model, *serial;
	uint64_t size_bytes;
};

int fence_choose(const struct fence_disk *fence, const struct fence_machine *machine,
		 struct fenced_disk *ret_disk, struct err *err);

int fence_check(const struct component *disk, bool only_read, const struct fence_machine *machine,
		struct err *err);

/* Bytes that may be written on a disk of that size in one run, or are read: never more than all of it. */
uint64_t fence_budget(const struct fence_disk *fence, uint64_t size_bytes);

/* Is `serial` one of "SERIAL,SERIAL" (NULL: none)? */
bool fence_confirmed(const char *confirmed, const char *serial);

#endif
