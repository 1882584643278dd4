/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_CPUS_H
#define CMD_CPUS_H
/*
 * The cpus that a plan may use, ascending, and which of them are siblings of one core (SMT): into
 * machine->cpu, ->core and ->cpu_count, which live as long as the arena.
 */
#include "harness/base/arena.h"
#include "harness/model/plan.h"
#include "harness/sys/sysroot.h"

/* Those this process may run on. */
void cpus_allowed(struct arena *arena, struct sysroot *root, struct plan_machine *machine);
/* Those of a captured machine: as many as machine->inventory counts, numbered from 0. */
void cpus_counted(struct arena *arena, struct sysroot *root, struct plan_machine *machine);

#endif
