/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_VERDICT_SHOW_H
#define CMD_VERDICT_SHOW_H
/* A verdict for eyes, for JSON and for the shell: the same wherever one is shown. */
#include "harness/base/buf.h"
#include "harness/base/json.h"
#include "harness/cmd/command.h"
#include "harness/model/verdict.h"

/* A box with the word in both languages, then every reason in the user's. */
void verdict_show(struct buf *out, const struct verdict *verdict, bool color);
/* "reasons":[{"code","detail","subject","towards"}], into the object that is open. */
void verdict_show_reasons(struct json_writer *w, const struct verdict *verdict);
/* EXIT_PASS, EXIT_FAILED, EXIT_GUARD or EXIT_INCOMPLETE. */
enum exit_code verdict_exit_code(const struct verdict *verdict);

#endif
