/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_PROFILES_H
#define CMD_PROFILES_H
/*
 * Where profiles lie and how they are read. A profile is a name (quick: profiles/quick.yaml among
 * the program's own files) or a path, which has a '/' or ends with ".yaml". What a file extends is
 * looked for beside it first, then among the program's own.
 */
#include "harness/cmd/command.h"
#include "harness/model/profile.h"

/* profile_load; nothing is said. */
int profiles_read(const char *name, const struct kernel_table *kernels, struct profile *profile,
		  struct profile_problems *problems, struct err *err);

/* EXIT_PASS, or the exit code after saying on stderr what is wrong, a line each. */
int profiles_load(const struct cmd *cmd, const char *name, const struct kernel_table *kernels,
		  struct profile *profile);

/* "file:line:column: what" of each, appended to `out`. */
void profiles_add_problems(struct buf *out, const struct profile_problems *problems);

/* Names of the program's own profiles, sorted. Released with profiles_names_release. */
struct profiles_names {
	char **name;
	size_t count, capacity;
};
int profiles_list(struct profiles_names *names, struct err *err);
void profiles_names_release(struct profiles_names *names);

#endif
