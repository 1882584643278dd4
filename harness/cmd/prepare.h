/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_PREPARE_H
#define CMD_PREPARE_H
/*
 * What `plan` and `run` do alike: load a profile by name, look at this machine, bind one to the other.
 *
 *	struct prepared prepared = PREPARED_INIT;
 *	code = prepare_profile(cmd, "quick", &prepared);
 *	code = prepare_plan(cmd, &(struct prepare_ask){ .folder = "." }, &prepared);
 *	prepared_release(&prepared);
 *
 * Both give EXIT_PASS, or an exit code after saying why. How a profile is named: profiles.h.
 */
#include "harness/cmd/command.h"
#include "harness/model/plan.h"
#include "harness/model/profile.h"
#include "harness/sensor/source.h"

struct prepare_ask {
	const char *folder;	/* an existing folder: where the run will write */
	const char *duration;	/* of --duration, or NULL */
	const char *memory;	/* of --memory, or NULL */
	const char *stage;	/* of --stage, or NULL */
	const char *erase;	/* of --erase, or NULL */
	bool rehearsal;		/* nothing will run */
	const char *root;	/* a captured machine, or NULL for this one; only to be looked at */
};

struct prepared {
	struct arena arena;
	struct kernel_table kernels;
	struct profile profile;
	struct inventory inventory;
	struct sensor_set *sensors;
	struct sysroot *root;
	struct plan plan;
};

#define PREPARED_INIT                                                                              \
	{ .arena = ARENA_INIT, .profile = PROFILE_INIT, .inventory = INVENTORY_INIT,               \
	  .plan = PLAN_INIT }

int prepare_profile(const struct cmd *cmd, const char *name, struct prepared *prepared);
int prepare_plan(const struct cmd *cmd, const struct prepare_ask *ask, struct prepared *prepared);
void prepared_release(struct prepared *prepared);

/* The machine as far as every later part needs it: inventory and sensors. For resume. */
int prepare_machine(const struct cmd *cmd, struct prepared *prepared);

/* SM3 of the boot id as text; "" when it cannot be read. */
const char *prepare_boot(struct sysroot *root, struct arena *arena);

#endif
