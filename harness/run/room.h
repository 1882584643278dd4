/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_ROOM_H
#define RUN_ROOM_H
/*
 * How much memory may still be taken without the kernel having to end somebody.
 *
 * The smaller of MemAvailable and, where a control group (version 2, or the memory controller of version 1)
 * sets a limit, what is left below the limit of any group above this process, with its file cache
 * counted as free. 0 when that cannot be read: then nothing more should be taken.
 */
#include "harness/sys/sysroot.h"

#include <stdint.h>

uint64_t room_available(struct sysroot *root);
/*
 * What a step leaves alone: a 32nd of MemTotal, at least 128 MiB; never more than what the plan left out
 * when as much was free as now.
 */
uint64_t room_reserve(struct sysroot *root);

#endif
