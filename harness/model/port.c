/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/port.h"

#include <string.h>

static const struct port_state *find(const struct port_list *list, const char *name)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (!strcmp(list->port[i].name, name))
			return &list->port[i];
	}
	return NULL;
}

int port_check(const struct port_list *list, const char *name, struct err *err)
{
	const struct port_state *port = find(list, name);
	const char *by = port && port->by ? port->by : "-";

	if (!port)
		return err_set(err, ERR_UNSUPPORTED, "there is no network port '%s'", name);
	switch (port->use) {
	case PORT_FREE:
		return 0;
	case PORT_ROOT:
		return err_set(err, ERR_UNSUPPORTED,
			       "port %s is left alone: the root file system comes over the network (%s)",
			       name, by);
	case PORT_DEFAULT:
		return err_set(err, ERR_UNSUPPORTED,
			       "port %s is left alone: the default route goes through it", name);
	case PORT_ROUTED:
		return err_set(err, ERR_UNSUPPORTED,
			       "port %s is left alone: a route goes through it; take its address away "
			       "first if that is nobody's", name);
	case PORT_ADDRESS:
		return err_set(err, ERR_UNSUPPORTED,
			       "port %s is left alone: it has an address; take that away first if it is "
			       "nobody's", name);
	case PORT_MASTER:
		return err_set(err, ERR_UNSUPPORTED, "port %s is left alone: it belongs to %s", name,
			       by);
	case PORT_UPPER:
		return err_set(err, ERR_UNSUPPORTED, "port %s is left alone: %s stands on it", name,
			       by);
	case PORT_NO_CABLE:
		return err_set(err, ERR_UNSUPPORTED, "port %s is no Ethernet port with a cable", name);
	case PORT_DOWN:
		break;
	}
	return err_set(err, ERR_UNSUPPORTED,
		       "port %s has no link; connect it, and switch it on with 'ip link set %s up'",
		       name, name);
}
