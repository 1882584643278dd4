/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_KERNELS_H
#define CMD_KERNELS_H
/*
 * What profiles, plans and records may say of kernels: the rows of stressor_table as model wants
 * them. The table lives as long as the arena.
 */
#include "harness/base/arena.h"
#include "harness/model/kernel_spec.h"

struct kernel_table kernels_table(struct arena *arena);

#endif
