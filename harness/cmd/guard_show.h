/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_GUARD_SHOW_H
#define CMD_GUARD_SHOW_H
/* The rules of a guard for eyes, a line each: of a profile or of a plan. */
#include "harness/base/buf.h"
#include "harness/model/profile.h"

void guard_show(struct buf *out, const struct guard_rule *rule, size_t count);

#endif
