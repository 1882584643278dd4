/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PORT_H
#define MODEL_PORT_H
/*
 * May a test send its own frames through a network port? Only when nobody uses it: it has no address, no route goes
 * through it, no bridge or bond owns it, nothing stands on it, and the system's own files do not come
 * over a network. Pure: run/port.h says what each port is used for.
 *
 *	code = port_check(&ports, "enp3s0", &err);	ERR_UNSUPPORTED, err says why not
 */
#include "harness/base/err.h"

#include <stddef.h>

enum port_use {
	PORT_FREE = 0,
	PORT_ROOT,		/* the root file system comes over a network: no port is free; `by`: its type */
	PORT_DEFAULT,		/* the default route goes through it */
	PORT_ROUTED,		/* another route does */
	PORT_ADDRESS,		/* it has an address; its routes may stand in a table of their own */
	PORT_MASTER,		/* `by`: the bridge or bond it belongs to */
	PORT_UPPER,		/* `by`: what stands on it, a VLAN for instance */
	PORT_NO_CABLE,		/* no Ethernet port: loopback, radio, tunnel */
	PORT_DOWN,		/* switched off, or no link */
};

struct port_state {
	const char *name;	/* "enp3s0" */
	enum port_use use;
	const char *by;		/* or NULL */
};

struct port_list {
	const struct port_state *port;
	size_t count;
};

int port_check(const struct port_list *list, const char *name, struct err *err);

#endif
