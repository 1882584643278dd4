/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text form of a trust file (docs/formats/trust.md):
 *
 *	{"keys":[{"algorithm":"sm2","from":TIME,"key":BASE64 of the DER SubjectPublicKeyInfo,
 *		  "keyid":..,"name":..,"stages":["batch",..],"until":TIME}],"v":1}
 *
 * "from" and "until" may be left out. People edit these files, so blanks and order are free, and a
 * misspelt member is an error: a forgotten "until" must not become a key that is valid for ever.
 */
#include "harness/model/trust.h"

#include "harness/base/auto.h"
#include "harness/base/base64.h"
#include "harness/base/json_read.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char time_form[] = "%Y-%m-%dT%H:%M:%SZ";
enum { TIME_TEXT_SIZE = 32, KEYS_MAX = 4096 };

static void format_time(int64_t seconds, char out[TIME_TEXT_SIZE])
{
	time_t at = (time_t)seconds;
	struct tm tm;

	out[0] = 0;
	if (gmtime_r(&at, &tm))
		strftime(out, TIME_TEXT_SIZE, time_form, &tm);
}

int trust_scan_time(const char *text, int64_t *ret_seconds)
{
	char again[TIME_TEXT_SIZE];
	struct tm tm = { 0 };
	const char *end = strptime(text, time_form, &tm);
	int64_t seconds;

	if (!end || *end)
		return ERR_INPUT;
	seconds = timegm(&tm);
	/* strptime also takes 2026-2-31 and leading blanks. */
	format_time(seconds, again);
	if (strcmp(again, text) != 0)
		return ERR_INPUT;
	*ret_seconds = seconds;
	return 0;
}

static int check_members(const json_t *object, const char *const *known, const char *where,
			 struct err *err)
{
	const char *key;
	json_t *value;
	size_t i;

	json_object_foreach((json_t *)object, key, value) {
		for (i = 0; known[i] && strcmp(known[i], key) != 0;)
			i++;
		if (!known[i])
			return err_set(err, ERR_INPUT, "%s: unknown key '%.64s'", where, key);
	}
	return 0;
}

static int read_time(const json_t *member, const char *key, const char *where, bool *ret_has,
		     int64_t *ret_seconds, struct err *err)
{
	const char *text;

	if (json_get_text_or(member, key, where, NULL, &text, err) < 0)
		return ERR_INPUT;
	*ret_has = text != NULL;
	if (text && trust_scan_time(text, ret_seconds) < 0)
		return err_set(err, ERR_INPUT, "%s: key '%s' must be a time such as %s", where, key,
			       "2026-11-23T00:00:00Z");
	return 0;
}

static int read_stages(const json_t *member, const char *where, struct trust_key *entry,
		       struct err *err)
{
	json_t *stages;
	json_t *name;
	size_t i;

	if (json_get_array(member, "stages", where, &stages, err) < 0)
		return ERR_INPUT;
	json_array_foreach(stages, i, name) {
		enum stage stage = STAGE_UNKNOWN;

		if (json_is_string(name))
			stage = stage_from_name(json_string_value(name));
		if (stage == STAGE_UNKNOWN)
			return err_set(err, ERR_INPUT, "%s: key 'stages' holds no stage at %zu",
				       where, i + 1);
		entry->stage[stage] = true;
	}
	return 0;
}

/* The key itself; its id and algorithm are written beside it for people and must agree. */
static struct key *read_key(const json_t *member, const char *where, struct err *err)
{
	AUTO(buf_release) struct buf der = BUF_INIT;
	AUTO(key_free_at) struct key *key = NULL;
	const char *text;
	const char *id;
	const char *algorithm;

	if (json_get_text(member, "key", where, &text, err) < 0 ||
	    json_get_text(member, "keyid", where, &id, err) < 0 ||
	    json_get_text(member, "algorithm", where, &algorithm, err) < 0)
		return NULL;
	if (base64_decode(text, &der) < 0) {
		err_set(err, ERR_INPUT, "%s: key 'key' is not base64", where);
		return NULL;
	}
	key = key_read_der(der.data, der.size, where, err);
	if (!key)
		return NULL;
	if (strcmp(id, key_id(key)) != 0 ||
	    strcmp(algorithm, key_algorithm_name(key_algorithm(key))) != 0) {
		err_set(err, ERR_INPUT, "%s: this is the %s key %s, not what stands beside it",
			where, key_algorithm_name(key_algorithm(key)), key_id(key));
		return NULL;
	}
	return auto_take_ptr(key);
}

static int read_entry(const json_t *member, const char *where, struct trust *trust,
		      struct err *err)
{
	static const char *const known[] = { "algorithm", "from",   "key",   "keyid",
					     "name",	  "stages", "until", NULL };
	struct trust_key entry = { .key = NULL };

	if (!json_is_object(member))
		return err_set(err, ERR_INPUT, "%s: must be an object", where);
	if (check_members(member, known, where, err) < 0 ||
	    json_get_text(member, "name", where, &entry.name, err) < 0 ||
	    read_time(member, "from", where, &entry.has_from, &entry.from_s, err) < 0 ||
	    read_time(member, "until", where, &entry.has_until, &entry.until_s, err) < 0 ||
	    read_stages(member, where, &entry, err) < 0)
		return ERR_INPUT;
	entry.key = read_key(member, where, err);
	if (!entry.key)
		return ERR_INPUT;
	if (trust_add(trust, &entry, err) < 0) {
		err_prefix(err, "%s", where);
		return ERR_INPUT;
	}
	return 0;
}

int trust_read(const char *data, size_t size, const char *where, struct trust *trust,
	       struct err *err)
{
	static const char *const known[] = { "keys", "v", NULL };
	AUTO(json_release) json_t *root = NULL;
	json_t *keys;
	json_t *member;
	int64_t format;
	size_t i;

	if (size > TRUST_SIZE_MAX)
		return err_set(err, ERR_INPUT, "%s: larger than %u bytes", where, TRUST_SIZE_MAX);
	root = json_read(data, size, where, err);
	if (!root || json_get_int(root, "v", where, &format, err) < 0)
		return ERR_INPUT;
	if (format != TRUST_FORMAT)
		return err_set(err, ERR_INPUT,
			       "%s: a trust file of another format; this reads v %d", where,
			       TRUST_FORMAT);
	if (check_members(root, known, where, err) < 0 ||
	    json_get_array(root, "keys", where, &keys, err) < 0)
		return ERR_INPUT;
	if (json_array_size(keys) > KEYS_MAX)
		return err_set(err, ERR_INPUT, "%s: more than %d keys", where, KEYS_MAX);
	json_array_foreach(keys, i, member) {
		AUTO(buf_release) struct buf place = BUF_INIT;

		buf_addf(&place, "%s: entry %zu", where, i + 1);
		if (read_entry(member, place.data, trust, err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static json_t *entry_value(const struct trust_key *entry)
{
	AUTO(buf_release) struct buf der = BUF_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	char time_text[TIME_TEXT_SIZE];
	json_t *member = json_object();
	json_t *stages = json_array();
	int stage;

	key_write_der(entry->key, &der);
	base64_encode(der.data, der.size, &text);
	json_object_set_new(member, "algorithm",
			    json_string(key_algorithm_name(key_algorithm(entry->key))));
	json_object_set_new(member, "key", json_string(text.data));
	json_object_set_new(member, "keyid", json_string(key_id(entry->key)));
	json_object_set_new(member, "name", json_string(entry->name));
	for (stage = STAGE_UNKNOWN + 1; stage < STAGE_COUNT; stage++) {
		if (entry->stage[stage])
			json_array_append_new(stages, json_string(stage_name((enum stage)stage)));
	}
	json_object_set_new(member, "stages", stages);
	if (entry->has_from) {
		format_time(entry->from_s, time_text);
		json_object_set_new(member, "from", json_string(time_text));
	}
	if (entry->has_until) {
		format_time(entry->until_s, time_text);
		json_object_set_new(member, "until", json_string(time_text));
	}
	return member;
}

int trust_write(const struct trust *trust, struct buf *out, struct err *err)
{
	AUTO(json_release) json_t *root = json_object();
	AUTO_FREE char *text = NULL;
	json_t *keys = json_array();
	size_t i;

	for (i = 0; i < trust->count; i++)
		json_array_append_new(keys, entry_value(&trust->key[i]));
	json_object_set_new(root, "keys", keys);
	json_object_set_new(root, "v", json_integer(TRUST_FORMAT));
	text = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS);
	if (!text)
		return err_set(err, ERR_INTERNAL, "cannot write the trust file as JSON");
	buf_addf(out, "%s\n", text);
	return 0;
}
