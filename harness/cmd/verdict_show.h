/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_VERDICT_SHOW_H
#define CMD_VERDICT_SHOW_H
/* A verdict for eyes and for the shell: the same wherever one is shown. */
#include "harness/base/buf.h"
#include "harness/cmd/command.h"
#include "harness/model/verdict.h"

/* A box with the word in both languages, then every reason in the user's. */
void verdict_show(struct buf *out, const struct verdict *verdict, bool color);
/* EXIT_PASS, EXIT_FAILED, EXIT_GUARD or EXIT_INCOMPLETE. */
enum exit_code verdict_exit_code(const struct verdict *verdict);

#endif
