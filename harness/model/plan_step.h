/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PLAN_STEP_H
#define MODEL_PLAN_STEP_H
/* Inside of plan_make: one step of a profile bound to the machine; durations are set afterwards. */
#include "harness/model/plan.h"

/* Left free on the disk of the run folder, for journal and record. */
#define PLAN_DISK_RESERVE (64ULL << 20)

/* The step of the profile with step->index. */
int plan_bind_step(const struct profile *profile, const struct plan_machine *machine,
		   struct plan *plan, struct plan_step *step, struct err *err);

/* plan_cpus.c: which cpus, and whose turn is when. */
int plan_bind_cpus(const struct profile_step *from, const struct plan_machine *machine,
		   struct plan *plan, struct plan_step *step, struct err *err);

/* plan_budget.c: gives the step no more to write into the run folder than those before it leave. */
int plan_bind_budget(const struct plan_machine *machine, const struct plan *plan,
		     struct plan_step *step, struct err *err);
/* Whether it is the one that plan_bind_budget may lower. */
bool plan_param_is_budget(const struct param_spec *spec);

/* A medium whose bytes never come back from a device. */
bool plan_medium_is_memory(const char *medium);

/* ERR_UNSUPPORTED: the step may flip bits of others, and something mounted there (or NULL) can be written. */
int plan_check_mounts(const struct plan_step *step, const char *writable_mount, struct err *err);

#endif
