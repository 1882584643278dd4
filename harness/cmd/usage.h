/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_USAGE_H
#define CMD_USAGE_H
/* Help texts, made from the tables of commands and options. They are appended to `out`. */
#include "harness/base/buf.h"
#include "harness/cmd/command.h"

void usage_program(struct buf *out);
void usage_command(struct buf *out, const struct command *command);

#endif
