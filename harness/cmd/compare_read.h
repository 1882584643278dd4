/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_COMPARE_READ_H
#define CMD_COMPARE_READ_H
/*
 * One of the two that are compared: an inventory (probe --json), a record, a run folder, a capture
 * or a captured root. Which of them it is, the content says.
 */
#include "harness/cmd/command.h"
#include "harness/model/inventory.h"
#include "harness/model/record.h"

enum subject_form {
	SUBJECT_INVENTORY = 0,
	SUBJECT_RECORD,
	SUBJECT_ROOT,
};

struct subject {
	const char *path;
	enum subject_form form;
	struct arena arena;
	struct record record;		/* SUBJECT_RECORD */
	struct inventory own;		/* the others */
};

#define SUBJECT_INIT { .arena = ARENA_INIT, .record = RECORD_INIT, .own = INVENTORY_INIT }

/* EXIT_PASS, or an exit code after saying why. */
int subject_read(const struct cmd *cmd, const char *path, struct subject *subject);
void subject_release(struct subject *subject);
const struct inventory *subject_inventory(const struct subject *subject);

#endif
