/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Network interfaces that have hardware behind them. */
#include "harness/base/auto.h"
#include "probes/look.h"

#define N_(text) (text)
#define FOLDER "sys/class/net"

static const char class[] = "net";

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
	struct look look = { .place = place, .inventory = inventory, .class = class };

	return look_each(&look, FOLDER, add, N_("no interface with hardware behind it"), err);
}

static const char *const reads[] = {
	FOLDER "/*",
	FOLDER "/*/address",
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
