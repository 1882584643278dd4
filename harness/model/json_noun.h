/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_JSON_NOUN_H
#define MODEL_JSON_NOUN_H
/*
 * What the text forms of profile, plan, record and verdict share. Reading gives 0 or ERR_INPUT with
 * "WHERE: ..." in err, as the getters of base/json_read.h; text is copied into the arena.
 *
 * Counts: a count of 2^53 - 1 or more is written as 2^53 - 1 ("at least that many"); nothing a
 * profile can ask for is greater.
 */
#include "harness/base/arena.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/profile.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

void json_count(struct json_writer *w, const char *key, uint64_t count);
int json_get_count(const json_t *object, const char *key, const char *where, uint64_t *ret_count,
		   struct err *err);
int json_get_copy(const json_t *object, const char *key, const char *where, struct arena *arena,
		  const char **ret_text, struct err *err);
/* NULL when the key is not there. */
int json_get_copy_or(const json_t *object, const char *key, const char *where,
		     struct arena *arena, const char **ret_text, struct err *err);
int json_get_digest(const json_t *object, const char *key, const char *where,
		    char ret_digest[DIGEST_TEXT_SIZE], struct err *err);
/* Index of the text of `key` in name[0 .. count - 1]. */
int json_get_word(const json_t *object, const char *key, const char *where,
		  const char *const name[], size_t count, unsigned int *ret_index,
		  struct err *err);

/* Numbers that may be without bound: INT64_MIN and INT64_MAX are written as an absent key. */
void json_bound(struct json_writer *w, const char *key, int64_t value);
int json_get_bound(const json_t *object, const char *key, const char *where, int64_t absent,
		   int64_t *ret_value, struct err *err);

void json_cpus(struct json_writer *w, const char *key, const unsigned int *cpu, size_t count);
int json_get_cpus(const json_t *object, const char *key, const char *where, struct arena *arena,
		  unsigned int **ret_cpu, size_t *ret_count, struct err *err);

/* {"NAME":number or word,...}; `param` is in ascending order of name. */
void params_write(struct json_writer *w, const char *key, const struct param_value *param,
		  size_t count);
int params_read(const json_t *object, const char *where, const struct kernel_spec *kernel,
		struct arena *arena, struct param_value **ret_param, size_t *ret_count,
		struct err *err);

void guard_write(struct json_writer *w, const char *key, const struct guard_rule *rule,
		 size_t count);
int guard_read(const json_t *array, const char *where, struct arena *arena,
	       struct guard_rule **ret_rule, size_t *ret_count, struct err *err);

#endif
