/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_TRUST_H
#define MODEL_TRUST_H
/*
 * Whom a verifier trusts: public keys, each with the name of its holder, the stages it may sign and
 * from when until when (docs/formats/trust.md). Nothing is trusted that is not listed, and no key
 * is compiled in.
 *
 *	struct trust trust = TRUST_INIT;
 *	code = trust_read(data, size, "plant.trust", &trust, &err);
 *	const struct trust_key *signer = trust_find(&trust, "be12...");		NULL: not listed
 *	code = trust_allows(signer, STAGE_BATCH, issued_s, &err);
 *	trust_release(&trust);
 *
 * Reading is strict: an unknown member, a key id that is not that of its key, a key listed twice, a
 * bench key with another stage than bench or another key with bench are ERR_INPUT.
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/base/key.h"
#include "harness/model/stage.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRUST_FORMAT 1
#define TRUST_SIZE_MAX (1u << 20)
#define TRUST_NAME_SIZE 200

struct trust_key {
	struct key *key;
	const char *name;
	bool stage[STAGE_COUNT];
	bool has_from, has_until;
	int64_t from_s, until_s;	/* since 1970 UTC, both inclusive */
};

struct trust {
	struct arena arena;
	struct trust_key *key;
	size_t count, capacity;
};

#define TRUST_INIT { .arena = ARENA_INIT }

int trust_read(const char *data, size_t size, const char *where, struct trust *trust,
	       struct err *err);
/* Indented, for people; appended to `out`. */
int trust_write(const struct trust *trust, struct buf *out, struct err *err);
/*
 * Add a copy of *entry; takes entry->key, also on failure. ERR_INPUT when the key is listed already
 * or the stages do not fit its use.
 */
int trust_add(struct trust *trust, const struct trust_key *entry, struct err *err);
void trust_release(struct trust *trust);

const struct trust_key *trust_find(const struct trust *trust, const char *key_id);
/* 0, or ERR_INPUT with which scope is left: the stage, or the time. */
int trust_allows(const struct trust_key *entry, enum stage stage, int64_t issued_s,
		 struct err *err);

/* The one rule that no trust file can lift: bench keys sign stage bench, and nobody else does. */
bool trust_use_fits(enum key_use use, enum stage stage);

/* "2026-11-23T05:54:00Z" and nothing else; ERR_INPUT, the output untouched. */
int trust_scan_time(const char *text, int64_t *ret_seconds);

#endif
