/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/port.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/run/disk_way.h"
#include "harness/stress/net_frame.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define NET "sys/class/net"

struct tables {
	struct sysroot *root;
	struct arena *arena;
	struct buf route, route6;
	const char *network_root;	/* its type, or NULL */
};

/* --- the machine ------------------------------------------------------------------------------ */

struct seen {
	struct arena *arena;
	const char *network;
};

/* Of a disk, or of a partition of it. */
static bool over_network(struct sysroot *root, const char *folder, void *context)
{
	struct seen *seen = context;
	AUTO(buf_release) struct buf part = BUF_INIT;
	AUTO(buf_release) struct buf disk = BUF_INIT;

	buf_addf(&part, "%s/partition", folder);
	buf_add(&disk, folder, sysroot_exists(root, part.data)
				       ? (size_t)(strrchr(folder, '/') - folder) : strlen(folder));
	seen->network = disk_way(root, seen->arena, disk.data).network;
	return seen->network;
}

/* A file system on a disk that a network brings; `source` is what it was mounted from. */
static const char *network_disk(struct sysroot *root, struct arena *arena, const char *number,
				const char *source)
{
	const char *slash = strrchr(source, '/');
	struct seen seen = { .arena = arena };
	char path[300];

	snprintf(path, sizeof(path), "sys/dev/block/%s", number);
	if (disk_way_any(root, path, over_network, &seen))
		return seen.network;
	snprintf(path, sizeof(path), "sys/class/block/%s", slash ? slash + 1 : source);
	disk_way_any(root, path, over_network, &seen);
	return seen.network;
}

/* Types that a network brings, and devices that do. */
static const char *network_root(struct sysroot *root, struct arena *arena)
{
	static const char *const types[] = { "nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "afs",
					     "fuse.glusterfs", "fuse.sshfs" };
	static const char *const sources[] = { "/dev/nbd", "/dev/etherd", "/dev/rbd" };
	AUTO(buf_release) struct buf mounts = BUF_INIT;
	char number[32], place[256], type[64], source[256];
	const char *line, *dash, *network;
	size_t i;

	if (sysroot_read(root, "proc/self/mountinfo", &mounts, NULL) < 0)
		return NULL;
	for (line = mounts.data; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		dash = strstr(line, " - ");
		if (!dash || sscanf(line, "%*s %*s %31s %*s %255s", number, place) != 2 ||
		    strcmp(place, "/") || sscanf(dash, " - %63s %255s", type, source) != 2)
			continue;
		for (i = 0; i < ARRAY_SIZE(types); i++)
			if (!strcmp(type, types[i]))
				return arena_strdup(arena, type);
		for (i = 0; i < ARRAY_SIZE(sources); i++)
			if (text_starts(source, sources[i]))
				return arena_strdup(arena, source);
		network = network_disk(root, arena, number, source);
		if (network)
			return network;
	}
	return NULL;
}

/* "eth0 00000000 0102A8C0 0003 ...": interface, destination, gateway, flags. */
static enum port_use route4(const char *text, const char *name)
{
	enum port_use use = PORT_FREE;
	char port[64], to[16], mask[16];
	const char *line;

	for (line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (sscanf(line, "%63s %15s %*s %*s %*s %*s %*s %15s", port, to, mask) != 3 ||
		    strcmp(port, name))
			continue;
		if (!strcmp(to, "00000000") && !strcmp(mask, "00000000"))
			return PORT_DEFAULT;
		use = PORT_ROUTED;
	}
	return use;
}

/* Destination, its length, source, its length, next hop, metric, two counts, flags, interface. */
static enum port_use route6(const char *text, const char *name)
{
	enum port_use use = PORT_FREE;
	char port[64], to[40], length[8];
	const char *line;

	for (line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (sscanf(line, "%39s %7s %*s %*s %*s %*s %*s %*s %*s %63s", to, length, port) != 3 ||
		    strcmp(port, name))
			continue;
		if (!strcmp(length, "00") && strspn(to, "0") == 32)
			return PORT_DEFAULT;
		/* Every port that is on has an address of its own link, and groups. */
		if (!text_starts(to, "fe80") && !text_starts(to, "ff"))
			use = PORT_ROUTED;
	}
	return use;
}

/* Those of its own link every port has. Where it cannot be told, it may have one. */
static bool has_address(const char *name)
{
	struct ifaddrs *list = NULL, *one;
	bool has = getifaddrs(&list) != 0;

	for (one = list; one && !has; one = one->ifa_next) {
		if (!one->ifa_addr || strcmp(one->ifa_name, name))
			continue;
		has = one->ifa_addr->sa_family == AF_INET ||
		      (one->ifa_addr->sa_family == AF_INET6 &&
		       !IN6_IS_ADDR_LINKLOCAL(&((struct sockaddr_in6 *)(void *)one->ifa_addr)->sin6_addr));
	}
	if (list)
		freeifaddrs(list);
	return has;
}

static bool says(const struct tables *tables, const char *name, const char *file, const char *want)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	char path[300];

	snprintf(path, sizeof(path), NET "/%s/%s", name, file);
	return sysroot_read_line(tables->root, path, &text, NULL) == 0 && text.data &&
	       !strcmp(text.data, want);
}

static bool is_on(const struct tables *tables, const char *name)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	unsigned int flags = 0;
	char path[300];

	snprintf(path, sizeof(path), NET "/%s/flags", name);
	return sysroot_read_line(tables->root, path, &text, NULL) == 0 && text.data &&
	       sscanf(text.data, "%x", &flags) == 1 && (flags & IFF_UP) &&
	       says(tables, name, "carrier", "1");
}

/* The name behind the first link NAME/master or NAME/upper_*. */
static const char *stands_on(const struct tables *tables, const char *name, const char *glob)
{
	struct sysroot_names names = { 0 };
	const char *by = NULL, *last;
	char path[300];

	snprintf(path, sizeof(path), NET "/%s/%s", name, glob);
	if (sysroot_glob(tables->root, path, &names, NULL) == 0 && names.count) {
		last = strrchr(names.name[0], '/') + 1;
		by = arena_strdup(tables->arena,
				  text_starts(last, "upper_") ? last + strlen("upper_") : last);
	}
	sysroot_names_release(&names);
	return by;
}

static bool has_cable(const struct tables *tables, const char *name)
{
	char path[300];

	snprintf(path, sizeof(path), NET "/%s/phy80211", name);
	return says(tables, name, "type", "1") && !sysroot_exists(tables->root, path);
}

static void look_at(const struct tables *tables, struct port_state *port)
{
	enum port_use four = route4(tables->route.data, port->name);
	enum port_use six = route6(tables->route6.data, port->name);

	if (tables->network_root)
		port->use = PORT_ROOT, port->by = tables->network_root;
	else if (four == PORT_DEFAULT || six == PORT_DEFAULT)
		port->use = PORT_DEFAULT;
	else if (four || six)
		port->use = PORT_ROUTED;
	else if (sysroot_is_live(tables->root) && has_address(port->name))
		port->use = PORT_ADDRESS;
	else if ((port->by = stands_on(tables, port->name, "master")))
		port->use = PORT_MASTER;
	else if ((port->by = stands_on(tables, port->name, "upper_*")))
		port->use = PORT_UPPER;
	else if (!has_cable(tables, port->name))
		port->use = PORT_NO_CABLE;
	else if (!is_on(tables, port->name))
		port->use = PORT_DOWN;
}

struct port_list port_states(struct sysroot *root, struct arena *arena)
{
	struct tables tables = { .root = root, .arena = arena, .network_root = network_root(root, arena) };
	struct sysroot_names names = { 0 };
	struct port_list list;
	struct port_state *port;
	size_t i;

	sysroot_read(root, "proc/net/route", &tables.route, NULL);
	sysroot_read(root, "proc/net/ipv6_route", &tables.route6, NULL);
	sysroot_list(root, NET, &names, NULL);
	port = arena_array(arena, struct port_state, names.count);
	for (i = 0; i < names.count; i++) {
		port[i].name = arena_strdup(arena, names.name[i]);
		look_at(&tables, &port[i]);
	}
	list = (struct port_list){ port, names.count };
	buf_release(&tables.route);
	buf_release(&tables.route6);
	sysroot_names_release(&names);
	return list;
}

int port_open(struct sysroot *root, const char *name, struct err *err)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct port_list list = port_states(root, &arena);
	struct sockaddr_ll own = { .sll_family = AF_PACKET, .sll_protocol = htons(NET_FRAME_TYPE) };
	int fd, failed;

	if (port_check(&list, name, err) < 0)
		return err ? err->code : ERR_UNSUPPORTED;
	fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(NET_FRAME_TYPE));
	if (fd < 0)
		return err_set_errno(err, errno, "cannot open a socket for frames of port %s", name);
	own.sll_ifindex = (int)if_nametoindex(name);
	if (own.sll_ifindex && !bind(fd, (const struct sockaddr *)&own, sizeof(own)))
		return fd;
	failed = errno;
	close(fd);
	return err_set_errno(err, failed, "cannot open a socket for frames of port %s", name);
}
