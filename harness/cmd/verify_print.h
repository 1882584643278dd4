/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_VERIFY_PRINT_H
#define CMD_VERIFY_PRINT_H
/* What `verify` says, for eyes or with --json; the result is the last line. Gives the exit code. */
#include "harness/cmd/command.h"
#include "harness/issue/verify.h"

int verify_print(const struct cmd *cmd, const struct verification *v);

#endif
