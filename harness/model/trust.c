/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/trust.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"

#include <string.h>

bool trust_use_fits(enum key_use use, enum stage stage)
{
	return (use == KEY_USE_BENCH) == (stage == STAGE_BENCH);
}

static int check_stages(const struct trust_key *entry, struct err *err)
{
	bool any = false;
	int stage;

	for (stage = STAGE_UNKNOWN + 1; stage < STAGE_COUNT; stage++) {
		if (!entry->stage[stage])
			continue;
		any = true;
		if (trust_use_fits(key_use(entry->key), (enum stage)stage))
			continue;
		if (stage == STAGE_BENCH)
			return err_set(err, ERR_INPUT,
				       "key %s is no bench key: not for stage bench",
				       key_id(entry->key));
		return err_set(err, ERR_INPUT, "bench key %s may sign stage bench only, not %s",
			       key_id(entry->key), stage_name((enum stage)stage));
	}
	if (!any)
		return err_set(err, ERR_INPUT, "key %s may sign no stage; list one in 'stages'",
			       key_id(entry->key));
	return 0;
}

static int check_entry(const struct trust *trust, const struct trust_key *entry, struct err *err)
{
	if (trust_find(trust, key_id(entry->key)))
		return err_set(err, ERR_INPUT, "key %s is listed already", key_id(entry->key));
	if (!entry->name[0] || strlen(entry->name) >= TRUST_NAME_SIZE ||
	    !text_is_utf8(entry->name, strlen(entry->name)))
		return err_set(err, ERR_INPUT,
			       "key %s needs the name of its holder: UTF-8, at most %d bytes",
			       key_id(entry->key), TRUST_NAME_SIZE - 1);
	if (entry->has_from && entry->has_until && entry->from_s > entry->until_s)
		return err_set(err, ERR_INPUT, "key %s: 'from' is later than 'until'",
			       key_id(entry->key));
	return check_stages(entry, err);
}

int trust_add(struct trust *trust, const struct trust_key *entry, struct err *err)
{
	struct trust_key *added;
	int code = check_entry(trust, entry, err);

	if (code < 0) {
		key_free(entry->key);
		return code;
	}
	trust->key = mem_grow(trust->key, &trust->capacity, trust->count + 1, sizeof(*added));
	added = &trust->key[trust->count++];
	*added = *entry;
	added->name = arena_strdup(&trust->arena, entry->name);
	return 0;
}

void trust_release(struct trust *trust)
{
	size_t i;

	for (i = 0; i < trust->count; i++)
		key_free(trust->key[i].key);
	free(trust->key);
	arena_release(&trust->arena);
	*trust = (struct trust)TRUST_INIT;
}

const struct trust_key *trust_find(const struct trust *trust, const char *key_id_text)
{
	size_t i;

	for (i = 0; i < trust->count; i++) {
		if (!strcmp(key_id(trust->key[i].key), key_id_text))
			return &trust->key[i];
	}
	return NULL;
}

int trust_allows(const struct trust_key *entry, enum stage stage, int64_t issued_s,
		 struct err *err)
{
	if (!trust_use_fits(key_use(entry->key), stage) || !entry->stage[stage])
		return err_set(err, ERR_INPUT, "key %s of '%s' is not trusted for stage %s",
			       key_id(entry->key), entry->name, stage_name(stage));
	if (entry->has_from && issued_s < entry->from_s)
		return err_set(err, ERR_INPUT, "issued before key %s of '%s' was valid",
			       key_id(entry->key), entry->name);
	if (entry->has_until && issued_s > entry->until_s)
		return err_set(err, ERR_INPUT, "issued after key %s of '%s' had ended",
			       key_id(entry->key), entry->name);
	return 0;
}
