/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map from secrets to substitutes. */
#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
	SHORTEST = 4,		/* what is shorter stands in too many places by chance */
	LONG = 8,		/* what is as long is sought inside of words too */
	ATTEMPTS = 32,
};

struct secret {
	const char *original, *substitute;
	size_t size;
	enum redact_scope scope;
	struct secret *next;	/* same first byte, the longest first */
};

struct redact_map {
	uint8_t seed[REDACT_SEED_SIZE];
	struct digest *digest;
	bool failed;
	struct arena arena;
	struct secret *first[256];
};

struct redact_map *redact_map_new(const uint8_t seed[REDACT_SEED_SIZE], struct err *err)
{
	struct digest *digest = digest_new(err);
	struct redact_map *map;

	if (!digest)
		return NULL;
	map = mem_zalloc(sizeof(*map));
	memcpy(map->seed, seed, sizeof(map->seed));
	map->digest = digest;
	return map;
}

void redact_map_free(struct redact_map *map)
{
	if (!map)
		return;
	digest_free(map->digest);
	arena_release(&map->arena);
	explicit_bzero(map, sizeof(*map));
	free(map);
}

void redact_map_free_at(struct redact_map **map)
{
	redact_map_free(*map);
	*map = NULL;
}

int redact_finish(const struct redact_map *map, struct err *err)
{
	return map->failed ? err_set(err, ERR_CRYPTO, "cannot compute SM3 digests") : 0;
}

void redact_draw(struct redact_map *map, unsigned int attempt, unsigned int block,
		 const char *text, size_t size, uint8_t out[32])
{
	const uint8_t place[2] = { (uint8_t)attempt, (uint8_t)block };

	memset(out, 0, DIGEST_SIZE);
	if (digest_add(map->digest, map->seed, sizeof(map->seed)) < 0 ||
	    digest_add(map->digest, place, sizeof(place)) < 0 ||
	    digest_add(map->digest, text, size) < 0 || digest_end(map->digest, out) < 0) {
		memset(out, 0, DIGEST_SIZE);
		map->failed = true;
	}
}

static struct secret *find(const struct redact_map *map, const char *text, size_t size)
{
	struct secret *secret = map->first[(unsigned char)text[0]];

	for (; secret && secret->size >= size; secret = secret->next) {
		if (secret->size == size && !memcmp(secret->original, text, size))
			return secret;
	}
	return NULL;
}

const char *redact_known(const struct redact_map *map, const char *text, size_t size)
{
	const struct secret *secret = size ? find(map, text, size) : NULL;

	return secret ? secret->substitute : NULL;
}

static struct secret *add(struct redact_map *map, const char *original, const char *substitute,
			  size_t size, enum redact_scope scope)
{
	struct secret **at = &map->first[(unsigned char)original[0]];
	struct secret *secret = arena_new(&map->arena, struct secret);

	while (*at && (*at)->size > size)
		at = &(*at)->next;
	*secret = (struct secret){
		.original = arena_strndup(&map->arena, original, size),
		.substitute = arena_strndup(&map->arena, substitute, size),
		.size = size, .scope = scope, .next = *at,
	};
	*at = secret;
	return secret;
}

void redact_add_form(struct redact_map *map, const char *original, const char *substitute,
		     enum redact_scope scope)
{
	size_t size = strlen(original);
	struct secret *secret = find(map, original, size);

	if (secret && secret->scope < scope)
		secret->scope = scope;
	else if (!secret && size == strlen(substitute))
		add(map, original, substitute, size, scope);
}

/* A substitute that is nobody else's: two units with one serial number are a finding. */
static bool is_free(const struct redact_map *map, const char *substitute, size_t size)
{
	size_t i;

	if (find(map, substitute, size))
		return false;
	for (i = 0; i < ARRAY_SIZE(map->first); i++) {
		const struct secret *at = map->first[i];

		for (; at && at->size >= size; at = at->next) {
			if (at->size == size && !memcmp(at->substitute, substitute, size))
				return false;
		}
	}
	return true;
}

const char *redact_substitute(struct redact_map *map, const char *text, size_t size,
			      enum redact_scope scope)
{
	struct secret *secret = find(map, text, size);
	AUTO_FREE char *substitute = NULL;
	enum redact_shape shape;
	unsigned int attempt;

	if (size < SHORTEST && scope == REDACT_EVERYWHERE)
		scope = REDACT_HERE;
	shape = redact_shape_of(text, size);
	if (secret) {
		if (secret->scope < scope) {
			secret->scope = scope;
			redact_add_forms(map, shape, secret->original, secret->substitute, scope);
		}
		return secret->substitute;
	}
	substitute = mem_alloc(size + 1);
	/* An address that all machines have as it is (aa:bb:cc:dd:ee:ff) is its own substitute. */
	for (attempt = 0; attempt < ATTEMPTS; attempt++) {
		redact_shape_fill(map, shape, attempt, text, size, substitute);
		if (memcmp(substitute, text, size) != 0 && is_free(map, substitute, size) &&
		    redact_is_common_mac(substitute, size) == redact_is_common_mac(text, size))
			break;
	}
	secret = add(map, text, substitute, size, scope);
	if (scope != REDACT_HERE)
		redact_add_forms(map, shape, secret->original, secret->substitute, scope);
	return secret->substitute;
}

static bool is_word(const struct redact_target *target, size_t at)
{
	return at < target->size && target->mark[at] == MARK_WORD;
}

/*
 * Whether a secret that is sought as a whole word is one at `at`. Letters and figures belong to one
 * word; Chinese characters are each their own.
 */
static bool is_whole(const struct secret *secret, const struct redact_target *target, size_t at)
{
	const unsigned char *text = (const unsigned char *)secret->original;

	return target->mark[at] != MARK_INSIDE &&
	       !(at && is_word(target, at - 1) && isalnum(text[0])) &&
	       !(is_word(target, at + secret->size) && isalnum(text[secret->size - 1])) &&
	       (secret->size >= SHORTEST || text[0] < 0x80);
}

const char *redact_match(const struct redact_target *target, size_t at, enum redact_scope least,
			 size_t *ret_size)
{
	const char *text = target->data + at;
	const struct secret *secret = target->map->first[(unsigned char)text[0]];

	for (; secret; secret = secret->next) {
		bool whole = secret->size < LONG || secret->scope <= REDACT_NAME;

		if (secret->size > target->size - at || secret->scope < least ||
		    memcmp(secret->original, text, secret->size) != 0)
			continue;
		if (whole && !is_whole(secret, target, at))
			continue;
		*ret_size = secret->size;
		return secret->substitute;
	}
	return NULL;
}
