/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_MODE_SHOW_H
#define CMD_MODE_SHOW_H
/* How a step shares cpus and time, in the user's language; nothing for the plain mode. */
#include "harness/base/buf.h"
#include "harness/model/step_mode.h"

/* `turn_ns`: how long each turn takes. */
void mode_show(struct buf *out, const struct step_mode *mode, int64_t turn_ns);

#endif
