/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_REDACT_H
#define MODEL_REDACT_H
/*
 * Taking out of a machine's files what names one unit, person or network, and putting a substitute
 * of the same shape and length in its place (docs/formats/redaction.md).
 *
 *	struct redact_map *map = redact_map_new(seed, &err);	seed: random, forgotten afterwards
 *	redact_learn(map, path, data, size);	every file, and those of redact_learn_globs
 *	redact_apply(map, path, data, size);	then every file that is kept, in place
 *	code = redact_finish(map, &err);	whether all of it worked
 *	redact_map_free(map);
 *
 * Learning comes first and for all files: a serial number that one file calls so is then found in
 * every other, log lines too. One original has one substitute in the whole map. Substitutes are
 * drawn from SM3 over the seed and the original, so without the seed nothing leads back.
 *
 * Pure: no file is read here and no random number drawn. `path` is relative, as in a sysroot.
 */
#include "harness/base/err.h"
#include "harness/model/inventory.h"

#include <stddef.h>
#include <stdint.h>

#define REDACT_SEED_SIZE 32

struct redact_map;

struct redact_map *redact_map_new(const uint8_t seed[REDACT_SEED_SIZE], struct err *err);
void redact_map_free(struct redact_map *map);
void redact_map_free_at(struct redact_map **map);	/* for AUTO() */

/* Files that teach names although nobody wants them in a capture: NULL-terminated globs. */
extern const char *const redact_learn_globs[];

void redact_learn(struct redact_map *map, const char *path, const char *data, size_t size);
/*
 * The name of a host, user or network. Names that say nothing ("localhost", "user") are passed
 * over.
 */
void redact_learn_name(struct redact_map *map, const char *name);

void redact_apply(struct redact_map *map, const char *path, char *data, size_t size);
/* A path or the target of a link, which may hold the address of a device; in place. */
void redact_learn_path(struct redact_map *map, const char *path);
void redact_path(struct redact_map *map, char *path);
/* The value of a fact (sys/facts.h), in place. */
void redact_fact(struct redact_map *map, const char *name, char *value);
/*
 * Every text of an inventory that was probed before: what a probe of the redacted files would say.
 * For this the map must have learned the files.
 */
void redact_inventory(struct redact_map *map, struct inventory *inventory);

/*
 * ERR_CRYPTO when a digest failed on the way: nothing that was applied leaked, but it is no
 * capture.
 */
int redact_finish(const struct redact_map *map, struct err *err);

#endif
