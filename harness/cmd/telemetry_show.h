/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_TELEMETRY_SHOW_H
#define CMD_TELEMETRY_SHOW_H
/*
 * The sources of telemetry for eyes: which give readings on this machine, and why the others do not.
 *
 *	telemetry_show(&out, &plan)		a line each: `plan`
 *	telemetry_show_absent(&out, &plan)	one line with the names of those that give none, or
 *						nothing: `run`
 */
#include "harness/base/buf.h"
#include "harness/model/plan.h"

void telemetry_show(struct buf *out, const struct plan *plan);
void telemetry_show_absent(struct buf *out, const struct plan *plan);

#endif
