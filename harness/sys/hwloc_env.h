/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_HWLOC_ENV_H
#define SYS_HWLOC_ENV_H
/*
 * hwloc takes its root from the environment. This is the one place that writes there, and only in a
 * child process that ends with the probe.
 *
 *	code = hwloc_env_set(root, folder, &err);	then hwloc_topology_init() ...
 *
 * Whatever the user's environment says to hwloc is removed. Only hwloc's Linux back-end is let run:
 * the others ask the cpu this program runs on. On a captured root HWLOC_FSROOT names `folder` (from
 * sysroot_materialise), and the file proc/hwloc-nofile-info made there says what uname would have
 * said: without it hwloc parses a foreign /proc/cpuinfo by the rules of the host's architecture.
 */
#include "harness/base/err.h"
#include "harness/sys/sysroot.h"

int hwloc_env_set(struct sysroot *root, const char *folder, struct err *err);

#endif
