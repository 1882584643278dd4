/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/fence.h"

#include "harness/base/auto.h"

#include <fnmatch.h>
#include <string.h>

static const char class[] = "block";

static const char *device_of(const struct component *disk)
{
	return disk->id + sizeof(class);	/* block/sda */
}

static bool attribute_fits(const struct component *disk, const char *name, const char *glob)
{
	const char *text = component_get_text(disk, name);

	return text && !fnmatch(glob, text, 0);
}

static const struct component *find(const struct fence_disk *fence, const struct inventory *inventory,
				    struct err *err)
{
	const struct component *disk, *found = NULL;

	for (disk = inventory_first(inventory, class); disk; disk = inventory_next(disk)) {
		if (!attribute_fits(disk, "slot", fence->slot) ||
		    !attribute_fits(disk, "model", fence->model))
			continue;
		if (found) {
			err_set(err, ERR_UNSUPPORTED,
				"%s and %s both fit disk '%s' of the profile; name one slot",
				device_of(found), device_of(disk), fence->name);
			return NULL;
		}
		found = disk;
	}
	if (!found)
		err_set(err, ERR_UNSUPPORTED,
			"no disk fits '%s' of the profile: slot %s, model %s", fence->name,
			fence->slot, fence->model);
	return found;
}

/* --- what it hangs on ------------------------------------------------------------------------- */

/* Ways that end inside the machine. A stick in a USB port is somebody's. */
static int check_transport(const struct component *disk, struct err *err)
{
	static const char *const inside[] = { "nvme", "ata", "sas", "scsi", "virtio", "mmc" };
	const char *transport = component_get_text(disk, "transport");
	size_t i;

	for (i = 0; transport && i < ARRAY_SIZE(inside); i++) {
		if (!strcmp(transport, inside[i]))
			return 0;
	}
	return err_set(err, ERR_UNSUPPORTED,
		       "disk %s hangs on %s: only a disk inside this machine is erased",
		       device_of(disk), transport ? transport : "-");
}

static const char *serial_of(const struct component *disk)
{
	const struct attribute *serial = component_attribute(disk, "serial");

	return serial && serial->kind == ATTRIBUTE_TEXT && *serial->text &&
			       serial->certainty == CERTAINTY_CERTAIN ? serial->text : NULL;
}

/* The same number twice is one disk over two ways, and erasing it would be done behind a driver's back. */
static int check_serial(const struct component *disk, const struct inventory *inventory,
			struct err *err)
{
	const char *serial = serial_of(disk);
	const struct component *other;

	if (!serial)
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s has no serial number by which it could be confirmed",
			       device_of(disk));
	for (other = inventory_first(inventory, class); other; other = inventory_next(other)) {
		const char *its = serial_of(other);

		if (other != disk && its && !strcmp(its, serial))
			return err_set(err, ERR_UNSUPPORTED,
				       "disks %s and %s have the same serial number: one disk over "
				       "several ways is not erased", device_of(disk),
				       device_of(other));
	}
	return 0;
}

/* --- what it is used for ---------------------------------------------------------------------- */

static int check_use(const char *device, const struct disk_state *state, struct err *err)
{
	const char *by = state->by ? state->by : "-";

	switch (state->use) {
	case DISK_UNUSED:
		return 0;
	case DISK_MOUNTED:
		return err_set(err, ERR_UNSUPPORTED, "disk %s is in use: mounted at %s", device, by);
	case DISK_SWAP:
		return err_set(err, ERR_UNSUPPORTED, "disk %s is in use: swap on %s", device, by);
	case DISK_HELD:
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is in use: it is part of %s (RAID, LVM, device mapper or "
			       "cache)", device, by);
	case DISK_FABRIC:
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s hangs on %s: only a disk inside this machine is erased",
			       device, by);
	case DISK_SEVERAL_WAYS:
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is reached over several ways (multipath) and is not erased",
			       device);
	case DISK_UNKNOWN:
		break;
	}
	return err_set(err, ERR_UNSUPPORTED, "what disk %s is used for is not known here", device);
}

static const struct disk_state *state_of(const char *device, const struct fence_machine *machine)
{
	static const struct disk_state unknown = { .use = DISK_UNKNOWN };
	size_t i;

	for (i = 0; i < machine->disk_count; i++) {
		if (!strcmp(machine->disk[i].device, device))
			return &machine->disk[i];
	}
	return &unknown;
}

int fence_check(const struct component *disk, bool only_read, const struct fence_machine *machine,
		struct err *err)
{
	const struct disk_state *state = state_of(device_of(disk), machine);

	if ((!only_read && check_transport(disk, err) < 0) ||
	    check_serial(disk, machine->inventory, err) < 0)
		return ERR_UNSUPPORTED;
	if (!only_read && component_get_number(disk, "read_only", 1))
		return err_set(err, ERR_UNSUPPORTED, "disk %s cannot be written", device_of(disk));
	if (only_read && state->use == DISK_FABRIC)
		return 0;
	return check_use(device_of(disk), state, err);
}

int fence_choose(const struct fence_disk *fence, const struct fence_machine *machine,
		 struct fenced_disk *ret_disk, struct err *err)
{
	const struct component *disk = find(fence, machine->inventory, err);
	int64_t size;

	if (!disk || fence_check(disk, fence->hashes, machine, err) < 0)
		return ERR_UNSUPPORTED;
	size = component_get_number(disk, "size_bytes", 0);
	if (size <= 0)
		return err_set(err, ERR_UNSUPPORTED, "disk %s has no size", device_of(disk));
	*ret_disk = (struct fenced_disk){
		.device = device_of(disk),
		.slot = component_get_text(disk, "slot"),
		.model = component_get_text(disk, "model"),
		.serial = serial_of(disk),
		.size_bytes = (uint64_t)size,
	};
	return 0;
}

uint64_t fence_budget(const struct fence_disk *fence, uint64_t size_bytes)
{
	uint64_t budget = fence->hashes ? size_bytes : fence->budget_bytes;

	if (fence->budget_milli_percent && !fence->hashes)
		budget = (uint64_t)((unsigned __int128)size_bytes *
				    (uint64_t)fence->budget_milli_percent / 100000);
	return budget < size_bytes ? budget : size_bytes;
}

bool fence_confirmed(const char *confirmed, const char *serial)
{
	size_t length = strlen(serial);

	while (confirmed && *confirmed) {
		size_t one = strcspn(confirmed, ",");

		if (one == length && !memcmp(confirmed, serial, length))
			return true;
		confirmed += one + (confirmed[one] == ',');
	}
	return false;
}
