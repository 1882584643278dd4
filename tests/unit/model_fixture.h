/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H
/*
 * A small table of kernels and profiles from texts, for tests of the nouns: the real kernels are in
 * another room, which model does not know.
 */
#include "harness/base/arena.h"
#include "harness/model/node_bytes.h"
#include "harness/model/profile.h"

extern const struct kernel_table fixture_kernels;

struct fixture_file {
	const char *name;	/* found by this name, and named so in problems */
	const char *text;
	size_t size;		/* 0: strlen(text) */
};

struct fixture_files {
	const struct fixture_file *file;
	size_t count;
};

/* profile_load of `name` out of files. */
int fixture_load(const struct fixture_files *files, const char *name, struct profile *profile,
		 struct profile_problems *problems, struct err *err);
/* A profile that must be good: the test fails with the problems otherwise. */
void fixture_profile(const char *text, struct profile *profile);

/* So many bytes of physical memory, all on one node. */
struct node_bytes_list fixture_one_node(struct arena *arena, uint64_t bytes);

/* One step of each kind, a guard, limits, fence; no blind. */
extern const char fixture_full[];

#endif
