/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_COMPARE_SHOW_H
#define CMD_COMPARE_SHOW_H
/* What differs, for the leader of a line: by slot, by kind, and what follows. */
#include "harness/cmd/command.h"
#include "harness/cmd/compare_read.h"
#include "harness/model/delta_effect.h"

struct comparison {
	const struct subject *was, *now;
	const struct deltas *deltas;
	const struct delta_effects *effects;
	const struct ids *rules;
};

/* Both print, and return the exit code that belongs to the answer. */
int compare_show(const struct cmd *cmd, const struct comparison *c);
int compare_show_json(const struct cmd *cmd, const struct comparison *c);

#endif
