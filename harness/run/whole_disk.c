/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/whole_disk.h"

#include "harness/base/auto.h"
#include "harness/run/disk_state.h"
#include "harness/stress/disk_block.h"
#include "probes/probe.h"

#include <blkid/blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <linux/fs.h>

enum {
	SAMPLES = 1024,
	SAMPLE = 4096,		/* bytes */
};

struct opened {
	const struct fenced_disk *disk;
	struct sysroot *root;
	int access;		/* O_RDWR, or O_RDONLY */
	int fd;
	uint64_t size;
};

static int open_alone(const char *folder, struct opened *opened, struct err *err)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, opened->disk->device);
	opened->fd = open(path, opened->access | O_EXCL | O_CLOEXEC | O_NOFOLLOW);
	if (opened->fd < 0 && errno == EBUSY)
		return err_set(err, ERR_UNSUPPORTED, "disk %s is left alone: it is in use",
			       opened->disk->device);
	if (opened->fd < 0)
		return err_set_errno(err, errno, "cannot open disk '%s'", path);
	return 0;
}

/* --- is it the one that was meant? ------------------------------------------------------------ */

static bool same(const struct component *disk, const char *name, const char *want)
{
	const char *text = component_get_text(disk, name);

	return text && !strcmp(text, want);
}

/* What the kernel calls the device of this number. */
static int check_name(const struct opened *opened, struct err *err)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	struct stat status;
	char path[64];
	const char *name;

	if (fstat(opened->fd, &status) || !S_ISBLK(status.st_mode))
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is left alone: its name is not that of a block device",
			       opened->disk->device);
	snprintf(path, sizeof(path), "sys/dev/block/%u:%u", major(status.st_rdev),
		 minor(status.st_rdev));
	if (sysroot_real_path(opened->root, path, &real, err) < 0)
		return err->code;
	name = strrchr(real.data, '/');
	if (!name || strcmp(name + 1, opened->disk->device))
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is left alone: another device has its name now",
			       opened->disk->device);
	return 0;
}

/* What the plan asked of it, asked again: another disk, way or user may have come since. */
static int check_fence(const struct opened *opened, const struct inventory *inventory,
		       struct err *err)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct fence_machine machine = { .inventory = inventory };
	const struct component *disk;
	char id[256];

	snprintf(id, sizeof(id), "block/%s", opened->disk->device);
	disk = inventory_find(inventory, id);
	if (!disk || !same(disk, "model", opened->disk->model) ||
	    !same(disk, "serial", opened->disk->serial) || !same(disk, "slot", opened->disk->slot))
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is left alone: it is another one now than when the run "
			       "was planned", opened->disk->device);
	machine.disk = disk_states(opened->root, &arena, &machine.disk_count);
	return fence_check(disk, opened->access == O_RDONLY, &machine, err);
}

static int check_identity(const struct opened *opened, struct err *err)
{
	static const char *const class = "block";
	struct inventory inventory = INVENTORY_INIT;
	int code = check_name(opened, err);

	if (code >= 0)
		code = probe_machine(opened->root, &class, 1, &inventory, err);
	if (code >= 0)
		code = check_fence(opened, &inventory, err);
	inventory_release(&inventory);
	return code;
}

static int check_size(struct opened *opened, struct err *err)
{
	if (ioctl(opened->fd, BLKGETSIZE64, &opened->size))
		return err_set_errno(err, errno, "cannot ask disk %s for its size",
				     opened->disk->device);
	if (opened->size != opened->disk->size_bytes)
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is left alone: its size is another one now",
			       opened->disk->device);
	return 0;
}

static int check_writable(const struct opened *opened, struct err *err)
{
	int read_only = 1;

	if (!ioctl(opened->fd, BLKROGET, &read_only) && !read_only)
		return 0;
	return err_set(err, ERR_UNSUPPORTED, "disk %s is left alone: it is read-only",
		       opened->disk->device);
}

/* --- is anything on it? ----------------------------------------------------------------------- */

static void blkid_free_at(blkid_probe *probe)
{
	if (*probe)
		blkid_free_probe(*probe);
}

static int check_signatures(const struct opened *opened, struct err *err)
{
	AUTO(blkid_free_at) blkid_probe probe = blkid_new_probe();
	const char *type = NULL;
	int found;

	if (!probe || blkid_probe_set_device(probe, opened->fd, 0, 0))
		return err_set(err, ERR_IO, "cannot look for signatures on disk %s",
			       opened->disk->device);
	blkid_probe_enable_superblocks(probe, 1);
	blkid_probe_set_superblocks_flags(probe, BLKID_SUBLKS_TYPE | BLKID_SUBLKS_BADCSUM);
	blkid_probe_enable_partitions(probe, 1);
	/* Also a copy of a GPT at the end, where nothing at the beginning speaks of it. */
	blkid_probe_set_partitions_flags(probe, BLKID_PARTS_FORCE_GPT);
	found = blkid_do_fullprobe(probe);
	if (found == 1)
		return 0;
	if (found < 0)
		return err_set(err, ERR_IO, "cannot look for signatures on disk %s",
			       opened->disk->device);
	if (blkid_probe_lookup_value(probe, "TYPE", &type, NULL) &&
	    blkid_probe_lookup_value(probe, "PTTYPE", &type, NULL))
		type = "?";
	return err_set(err, ERR_UNSUPPORTED,
		       "disk %s is left alone: it has a signature of %s on it; wipe it first if that "
		       "is nobody's", opened->disk->device, type);
}

static bool is_zero(const unsigned char *data)
{
	return !data[0] && !memcmp(data, data + 1, SAMPLE - 1);
}

static int check_samples(const struct opened *opened, struct err *err)
{
	AUTO_FREE void *data = NULL;
	uint64_t blocks = opened->size / SAMPLE, i, count = blocks < SAMPLES ? blocks : SAMPLES;

	if (posix_memalign(&data, SAMPLE, SAMPLE))
		return err_set(err, ERR_FULL, "no memory left to look at disk %s",
			       opened->disk->device);
	for (i = 0; i < count; i++) {
		/* The first and the last block are among them. */
		uint64_t block = count > 1 ? i * (blocks - 1) / (count - 1) : 0;

		if (pread(opened->fd, data, SAMPLE, (off_t)(block * SAMPLE)) != SAMPLE)
			return err_set_errno(err, errno, "cannot read disk %s at byte %llu",
					     opened->disk->device,
					     (unsigned long long)(block * SAMPLE));
		if (is_zero(data) || disk_block_is_ours(data))
			continue;
		return err_set(err, ERR_UNSUPPORTED,
			       "disk %s is left alone: there is data at byte %llu, and the profile "
			       "does not say 'disposable'", opened->disk->device,
			       (unsigned long long)(block * SAMPLE));
	}
	return 0;
}

/* Looking left copies of what is there; and from here on nothing goes through the page cache. */
static int make_direct(const struct opened *opened, struct err *err)
{
	if (ioctl(opened->fd, BLKFLSBUF, 0) || fcntl(opened->fd, F_SETFL, O_DIRECT))
		return err_set_errno(err, errno, "disk %s cannot be read past the page cache",
				     opened->disk->device);
	return 0;
}

/* Is it the one of the plan? Then it stays open. */
static int open_same(const char *folder, struct opened *opened, struct err *err)
{
	int code = open_alone(folder, opened, err);

	if (code >= 0)
		code = check_identity(opened, err);
	return code < 0 ? code : check_size(opened, err);
}

static int done(const struct opened *opened, int code)
{
	if (code >= 0)
		return opened->fd;
	if (opened->fd >= 0)
		close(opened->fd);
	return code;
}

int whole_disk_open(const char *folder, struct sysroot *root, const struct fenced_disk *disk,
		    bool disposable, struct err *err)
{
	struct opened opened = { .disk = disk, .root = root, .access = O_RDWR, .fd = -1 };
	struct err local = ERR_INIT;
	int code;

	err = err ? err : &local;
	code = open_same(folder, &opened, err);
	if (code >= 0 && (code = check_writable(&opened, err)) >= 0 &&
	    (code = check_signatures(&opened, err)) >= 0 &&
	    (disposable || (code = check_samples(&opened, err)) >= 0))
		code = make_direct(&opened, err);
	return done(&opened, code);
}

int whole_disk_open_to_read(const char *folder, struct sysroot *root,
			    const struct fenced_disk *disk, struct err *err)
{
	struct opened opened = { .disk = disk, .root = root, .access = O_RDONLY, .fd = -1 };
	struct err local = ERR_INIT;
	int code;

	err = err ? err : &local;
	code = open_same(folder, &opened, err);
	if (code >= 0)
		code = make_direct(&opened, err);
	return done(&opened, code);
}
