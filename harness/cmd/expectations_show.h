/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_EXPECTATIONS_SHOW_H
#define CMD_EXPECTATIONS_SHOW_H
/* What the verdict would say of a machine that is not as its profile expects, a line each. */
#include "harness/base/buf.h"
#include "harness/model/inventory.h"
#include "harness/model/profile.h"

void expectations_show(struct buf *out, const struct profile *profile,
		       const struct inventory *inventory);

#endif
