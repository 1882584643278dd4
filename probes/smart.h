/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_SMART_H
#define PROBES_SMART_H
/*
 * What a disk says of its own health (SMART, NVMe health log), by smartctl: on the live machine
 * only, because the disk itself is asked.
 *
 *	smart_add(&look, "nvme0n1");	attributes of look->component
 *
 * smart_status ("passed", "failed"), the numbers of model/smart.h and smart_model and
 * smart_firmware are what the disk said. Where there is no status, the attribute `smart` says why;
 * nothing is ever derived.
 */
#include "harness/model/smart.h"
#include "probes/look.h"

/* `name` as in sys/block. Runs smartctl, for 3 s at most. */
void smart_add(struct look *look, const char *name);

#endif
