/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PROFILE_PARSE_H
#define MODEL_PROFILE_PARSE_H
/*
 * What the files that read a profile share. A map of the language is a table of fields, one row a
 * key; value_*() read one value, report what is wrong with it and say whether it can be used.
 */
#include "harness/model/metric.h"
#include "harness/model/profile.h"
#include "harness/model/profile_tree.h"

#define PROFILE_CHAIN 8			/* files along `extends` */
#define PROFILE_DURATION_MIN 1000000000LL
#define PROFILE_DURATION_MAX (30 * 86400 * 1000000000LL)

struct loader {
	const struct profile_load *load;
	struct profile *profile;
	struct profile_problems *problems;
	struct err *err;
	struct arena arena;			/* of the trees */
	const char *chain[PROFILE_CHAIN];	/* paths, this file last */
	size_t chain_count;
	struct profile_source source[PROFILE_CHAIN];	/* the deepest first */
	size_t source_count;
	/* where the effective values stand, for checks of the whole; NULL: nowhere */
	const struct tree *root, *stage, *blind, *steps, *limits, *guard;
};

struct field {
	const char *key;
	void (*read)(struct loader *l, const struct tree *value, void *target);
};

#define problem_at(l, tree, ...) problem_add((l)->problems, tree_place(tree), __VA_ARGS__)

/* Every member goes to its field; unknown keys are reported with the nearest one. */
void map_read(struct loader *l, const struct tree *map, const struct field *field, size_t count,
	      void *target);
bool value_is_map(struct loader *l, const struct tree *value);
bool value_is_list(struct loader *l, const struct tree *value);
/* Report that `map` lacks `key`. */
void map_lacks(struct loader *l, const struct tree *map, const char *key);

bool value_text(struct loader *l, const struct tree *value, const char **ret_text);
/* Lower case letters, digits, '-', '_', '.'; at most 64. */
bool value_name(struct loader *l, const struct tree *value, const char **ret_name);
bool value_bool(struct loader *l, const struct tree *value, bool *ret_value);
bool value_number(struct loader *l, const struct tree *value, uint64_t min, uint64_t max,
		  uint64_t *ret_number);
bool value_duration(struct loader *l, const struct tree *value, int64_t min, int64_t max,
		    int64_t *ret_ns);
bool value_bytes(struct loader *l, const struct tree *value, uint64_t min, uint64_t max,
		 uint64_t *ret_bytes);
/* More than 0 %, at most 100 %, in thousandths of a percent. */
bool value_percent(struct loader *l, const struct tree *value, int64_t *ret_milli_percent);
bool value_word(struct loader *l, const struct tree *value, const char *const word[], size_t count,
		unsigned int *ret_index);
/* The code of a finding (model/finding.h). */
bool value_finding(struct loader *l, const struct tree *value, const char **ret_code);
bool value_texts(struct loader *l, const struct tree *value, const char *const **ret_text,
		 size_t *ret_count);

/* A component class that a probe knows. */
void value_class(struct loader *l, const struct tree *value, const char **ret_class);

/* One file a noun: profile_expect.c, profile_bom.c, profile_step.c,
 * profile_mode.c, profile_limit.c, profile_fence.c, profile_check.c. */
void read_expectation_list(struct loader *l, const struct tree *value,
			   struct expectation **ret_expectation, size_t *ret_count);
/* profile_bom.c: the bill of materials that `file` names, without the classes of `except`. */
void read_bom(struct loader *l, const struct tree *file, const struct tree *except,
	      struct expectation *e);
/* A class that no probe knows would be absent on every machine. */
void check_class(struct loader *l, const struct tree *value);
/* profile_mode.c: `kernels` in place of `kernel`; then the rest, when the step has a kernel. */
void read_kernels(struct loader *l, const struct tree *map, const struct tree *value,
		  struct profile_step *step);
void read_mode(struct loader *l, const struct tree *map, struct profile_step *step);
void read_step_list(struct loader *l, const struct tree *value);
void read_limit_list(struct loader *l, const struct tree *value);
void read_guard_list(struct loader *l, const struct tree *value);
void read_fence_map(struct loader *l, const struct tree *value);
void check_profile(struct loader *l);

#endif
