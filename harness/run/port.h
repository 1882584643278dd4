/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_PORT_H
#define RUN_PORT_H
/*
 * What the network ports of a machine are used for, by its sysfs, routes and mounts.
 *
 *	struct port_list list = port_states(root, &arena);
 *	fd = port_open(root, "enp3s0", &err);
 *
 * port_open asks the same again and gives a packet socket bound to the port and to the frames of
 * stress/net_frame.h alone: nobody else's frames are seen, and other programs see ours only when they
 * listen for them. It needs CAP_NET_RAW.
 */
#include "harness/base/arena.h"
#include "harness/model/port.h"
#include "harness/sys/sysroot.h"

struct port_list port_states(struct sysroot *root, struct arena *arena);
int port_open(struct sysroot *root, const char *name, struct err *err);

#endif
