/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_MODE_SHOW_H
#define CMD_MODE_SHOW_H
/* How a planned step shares cpus and time, in the user's language; nothing for the plain mode. */
#include "harness/base/buf.h"
#include "harness/model/plan.h"

void mode_show(struct buf *out, const struct plan_step *step);

#endif
