/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_YIELD_H
#define CMD_YIELD_H
/* selftest --yield: the shares of planted faults that the kernels find, as text or JSON. */
#include "harness/cmd/command.h"

#include <stdbool.h>

int yield_command(struct cmd *cmd, bool json);

#endif
