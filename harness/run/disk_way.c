/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/disk_way.h"

#include "harness/base/auto.h"

#include <stdio.h>
#include <string.h>

enum { DEPTH = 4 }; /* of devices that are made of others */

/* By the number of the SCSI host on the way there. */
static const char *network_of_host(struct sysroot *root, const char *real)
{
	static const struct {
		const char *class, *name;
	} port[] = {
		{ "fc_host", "Fibre Channel" }, { "iscsi_host", "iSCSI" }, { "srp_host", "SCSI over RDMA" },
	};
	const char *host = strstr(real, "/host");
	unsigned int number;
	char path[64];
	size_t i;

	if (!host || sscanf(host, "/host%u/", &number) != 1)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(port); i++) {
		snprintf(path, sizeof(path), "sys/class/%s/host%u", port[i].class, number);
		if (sysroot_exists(root, path))
			return port[i].name;
	}
	return NULL;
}

/*
 * An NVMe disk has a controller of its own (device), or a subsystem with one controller for each way to
 * it (device/nvme0, ...).
 */
static void look_at_controllers(struct sysroot *root, struct arena *arena, const char *folder,
				struct disk_way *way)
{
	static const char *const controller[] = { "device", "device/nvme*" };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(controller); i++) {
		AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
		AUTO(buf_release) struct buf glob = BUF_INIT;

		buf_addf(&glob, "%s/%s/transport", folder, controller[i]);
		if (sysroot_glob(root, glob.data, &paths, NULL) < 0)
			continue;
		way->nvme_ways += paths.count;
		for (k = 0; k < paths.count; k++) {
			AUTO(buf_release) struct buf line = BUF_INIT;

			if (sysroot_read_line(root, paths.name[k], &line, NULL) == 0 &&
			    strcmp(line.data, "pcie"))
				way->network = arena_printf(arena, "NVMe over %s", line.data);
		}
	}
}

struct disk_way disk_way(struct sysroot *root, struct arena *arena, const char *folder)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	struct disk_way way = { .network = NULL };

	if (sysroot_real_path(root, folder, &real, NULL) == 0)
		way.network = network_of_host(root, real.data);
	look_at_controllers(root, arena, folder, &way);
	return way;
}

struct asked {
	disk_way_is *is;
	void *context;
};

/* `path`: of a block device in sysfs; its real one goes through the ports that it hangs on. */
static bool any(struct sysroot *root, const char *path, unsigned int depth, const struct asked *asked)
{
	AUTO(sysroot_names_release) struct sysroot_names part = { .count = 0 };
	AUTO(buf_release) struct buf real = BUF_INIT;
	AUTO(buf_release) struct buf glob = BUF_INIT;
	bool found;
	size_t i;

	if (sysroot_real_path(root, path, &real, NULL) < 0)
		return false;
	found = asked->is(root, real.data, asked->context);
	buf_addf(&glob, "%s/slaves/*", real.data);
	if (!found && depth && sysroot_glob(root, glob.data, &part, NULL) == 0)
		for (i = 0; i < part.count && !found; i++)
			found = any(root, part.name[i], depth - 1, asked);
	return found;
}

bool disk_way_any(struct sysroot *root, const char *path, disk_way_is *is, void *context)
{
	const struct asked asked = { is, context };

	return any(root, path, DEPTH, &asked);
}
