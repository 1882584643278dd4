/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_PAGEMAP_H
#define SYS_PAGEMAP_H
/*
 * Where a byte of this process lies in the machine's memory, by /proc/self/pagemap (the kernel's
 * Documentation/admin-guide/mm/pagemap.rst): needs CAP_SYS_ADMIN, else the kernel shows frame 0.
 * 0: not known. In a virtual machine it is the address that the guest sees.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint64_t pagemap_physical(const void *address);

/* The NUMA node that the page lies on, -1 when the kernel does not say; anybody may ask. */
int pagemap_node(const void *address);

/* The frame numbers of `pages` pages from `memory` (page aligned) on; false when they are not shown. */
bool pagemap_frames(const void *memory, uint64_t *ret_frame, size_t pages);

#endif
