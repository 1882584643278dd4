/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_YIELD_H
#define CMD_YIELD_H
/*
 * selftest --yield: the shares of planted faults that the kernels find, as text or JSON; of those that
 * are wanted, for none of which is bad input when no fault can be planted in them.
 */
#include "harness/cmd/command.h"

#include <stdbool.h>

int yield_command(struct cmd *cmd, bool json);
/* Names and globs, as in the `kernels` of a profile; without any, all of them. */
bool selftest_wants(const struct cmd *cmd, const char *name);

#endif
