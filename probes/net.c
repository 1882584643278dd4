/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Network interfaces that have hardware behind them. */
#include "harness/base/auto.h"
#include "harness/sys/pack.h"
#include "probes/look.h"

#include <ctype.h>
#include <stdio.h>

#define N_(text) (text)
#define FOLDER "sys/class/net"

static const char class[] = "net";

enum { WHAT = 1 };	/* column of macs.tsv */
enum { ASSIGNED_RANDOM = 1, ASSIGNED_SET = 3 };	/* NET_ADDR_RANDOM, NET_ADDR_SET */

/* "00:23:9e:04:2a:60", and its first byte. */
static bool read_mac(const char *mac, unsigned int *ret_first)
{
	static const char form[] = "xx:xx:xx:xx:xx:xx";
	size_t i;

	for (i = 0; form[i]; i++) {
		if (form[i] == 'x' ? !isxdigit((unsigned char)mac[i]) : mac[i] != form[i])
			return false;
	}
	return !mac[i] && sscanf(mac, "%2x:", ret_first) == 1;
}

/* Why the address may stand on another machine as well; NULL: it is the maker's and is unique. */
static const char *why_not_unique(const struct look *look, const char *mac, int64_t assigned,
				  struct buf *room)
{
	const struct ids *ids = look->context;
	unsigned int first;
	long row;

	if (!read_mac(mac, &first))
		return N_("it is no address of six bytes");
	row = ids_find(ids, &mac);
	if (row >= 0) {
		buf_addf(room, "%s (%s)", ids_at(ids, (size_t)row, WHAT), ids->source);
		return room->data;
	}
	if (first & 1)
		return N_("it is the address of a group, which no port can have");
	if (assigned == ASSIGNED_RANDOM)
		return N_("the driver draws another one at every start");
	if (first & 2)
		return N_("it is locally administered: no maker gave it");
	return NULL;
}

static bool has(struct look *look, const char *name)
{
	snprintf(look->path, sizeof(look->path), "%s/%s", look->folder, name);
	return sysroot_exists(look->place->root, look->path);
}

/*
 * Whether the port bears an address that its master put there. Bonds and teams do that to all but
 * the first of their ports; the ports of a bridge keep their own.
 */
static bool is_address_of_master(struct look *look, int64_t assigned)
{
	return has(look, "master") && !has(look, "brport") && !has(look, "master/bridge") &&
	       (assigned < 0 || assigned == ASSIGNED_SET);
}

/*
 * Ethernet and the like (ARP type 1, RFC 826). Of a port of a bond its own address is judged; and of a
 * wireless one, for which programs draw addresses while it seeks networks.
 */
static void add_mac_quality(struct look *look)
{
	static const char *const word[] = { "permanent", "random", "copied", "set" };
	const char *mac = component_get_text(look->component, "mac");
	AUTO(buf_release) struct buf room = BUF_INIT;
	AUTO(buf_release) struct buf own = BUF_INIT;
	int64_t type = 0, assigned = -1;
	const char *why;

	if (!mac || !look_value(look, "type", &type) || type != 1)
		return;
	if (look_value(look, "addr_assign_type", &assigned) && assigned >= 0 &&
	    assigned < (int64_t)ARRAY_SIZE(word))
		component_text(look->inventory, look->component, "mac_assignment", word[assigned],
			       look->path, CERTAINTY_CERTAIN);
	if (look_line(look, "bonding_slave/perm_hwaddr", &own) ||
	    (assigned == ASSIGNED_SET && look_line(look, "phy80211/macaddress", &own)))
		mac = own.data;
	else if (is_address_of_master(look, assigned))
		return;
	why = why_not_unique(look, mac, assigned, &room);
	component_number(look->inventory, look->component, "mac_unique", !why, look->folder,
			 CERTAINTY_LIKELY);
	if (why)
		inventory_problem(look->inventory, class, "mac-not-unique", "the address of %s: %s",
				  look->component->id, why);
}

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	int64_t speed;

	if (!look_has_hardware(look))
		return;
	look_pci_parent(look, false, &parent);
	buf_addf(&id, "net/%s", name);
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	look_text(look, "mac", "address");
	add_mac_quality(look);
	look_text(look, "state", "operstate");
	look_text(look, "duplex", "duplex");
	look_number(look, "mtu_bytes", "mtu");
	look_number(look, "arp_type", "type");
	/* -1 or an error: the link is down, or the driver has no speed. */
	if (look_value(look, "speed", &speed) && speed > 0)
		look_number(look, "speed_mbit", "speed");
	look_link_name(look, "driver", "device/driver");
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	AUTO(ids_release) struct ids ids = IDS_INIT;
	struct look look = { .place = place, .inventory = inventory, .class = class,
			     .context = &ids };

	look_table(&look, &pack_macs, &ids);
	return look_each(&look, FOLDER, add, N_("no interface with hardware behind it"), err);
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/address",
	FOLDER "/*/addr_assign_type",
	FOLDER "/*/master",
	FOLDER "/*/brport/state",
	FOLDER "/*/bonding_slave/perm_hwaddr",
	FOLDER "/*/phy80211/macaddress",
	FOLDER "/*/operstate",
	FOLDER "/*/duplex",
	FOLDER "/*/mtu",
	FOLDER "/*/type",
	FOLDER "/*/speed",
	FOLDER "/*/device/driver",
	NULL,
};

const struct probe probe_net = {
	.name = class,
	.summary = N_("network interfaces: address, driver, speed, state"),
	.reads = reads,
	.scan = scan,
};
