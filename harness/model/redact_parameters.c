/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel command line, where anybody may have written anything. A value stays when
 * parameters.tsv says that it names nobody; every other is replaced, whatever its key.
 */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/ids.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

/* probes/ids/parameters.tsv as it was when this was built: parameter and values; the Makefile makes it. */
extern const char *const parameter_row[][2];
extern const size_t parameter_row_count;

enum { KEY_MAX = 64, VALUE_MAX = 256 };

/* What the value of a parameter is. */
enum parameter {
	PARAMETER_OTHER = 0,	/* no log line is read by its key */
	PARAMETER_SECRET,
	PARAMETER_NUMBER,	/* of a unit, when it looks like one */
	PARAMETER_NAME,		/* of a host, domain or person */
	PARAMETER_FIELDS,	/* addresses and names, with ':' between */
};

static enum parameter parameter_of(const char *key, size_t size)
{
	static const struct {
		const char *key;
		enum parameter parameter;
	} whole[] = {
		{ "ip", PARAMETER_FIELDS },	    { "nfsaddrs", PARAMETER_FIELDS },
		{ "ipaddr", PARAMETER_FIELDS },	    { "gw", PARAMETER_FIELDS },
		{ "bootserver", PARAMETER_FIELDS }, { "rootserver", PARAMETER_FIELDS },
		{ "nameserver", PARAMETER_FIELDS }, { "host", PARAMETER_NAME },
		{ "hostname", PARAMETER_NAME },	    { "systemd.hostname", PARAMETER_NAME },
		{ "domain", PARAMETER_NAME },	    { "nis-domain", PARAMETER_NAME },
		{ "user", PARAMETER_NAME },	    { "username", PARAMETER_NAME },
		{ "login", PARAMETER_NAME },	    { "acct", PARAMETER_NAME },
		{ "ssid", PARAMETER_NAME },
		{ "owner", PARAMETER_NAME },	    { "nodename", PARAMETER_NAME },
		{ "rhost", PARAMETER_NAME },	    { "ruser", PARAMETER_NAME },
		{ "logname", PARAMETER_NAME },	    { "realm", PARAMETER_NAME },
		{ "pw", PARAMETER_SECRET },	    { "pwd", PARAMETER_SECRET },
		{ "pin", PARAMETER_SECRET },	    { "sn", PARAMETER_NUMBER },
		{ "nfsroot", PARAMETER_SECRET },    { "netroot", PARAMETER_SECRET },
		{ "rootpath", PARAMETER_SECRET },   { "url", PARAMETER_SECRET },
		{ "ks", PARAMETER_SECRET },	    { "inst.ks", PARAMETER_SECRET },
		{ "inst.repo", PARAMETER_SECRET },  { "inst.stage2", PARAMETER_SECRET },
		{ "proxy", PARAMETER_SECRET },	    { "fsuuid", PARAMETER_SECRET },
		{ "cryptdevice", PARAMETER_SECRET }, { "rd.luks.uuid", PARAMETER_SECRET },
		{ "rd.md.uuid", PARAMETER_SECRET }, { "psk", PARAMETER_SECRET },
		{ "systemd.machine_id", PARAMETER_SECRET },
	};
	static const struct {
		const char *key;
		enum parameter parameter;
	} part[] = {
		{ "passw", PARAMETER_SECRET },	{ "passphrase", PARAMETER_SECRET },
		{ "secret", PARAMETER_SECRET },	{ "token", PARAMETER_SECRET },
		{ "credential", PARAMETER_SECRET }, { "apikey", PARAMETER_SECRET },
		{ "api_key", PARAMETER_SECRET }, { "licen", PARAMETER_SECRET },
		{ "serial", PARAMETER_NUMBER },	{ "asset", PARAMETER_NUMBER },
		{ "wwn", PARAMETER_NUMBER },	{ "wwid", PARAMETER_NUMBER },
		{ "uuid", PARAMETER_NUMBER },	{ "uniq", PARAMETER_NUMBER },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(whole); i++) {
		if (strlen(whole[i].key) == size && redact_starts(key, size, whole[i].key))
			return whole[i].parameter;
	}
	for (i = 0; i < ARRAY_SIZE(part); i++) {
		if (redact_find(key, size, part[i].key) < size)
			return part[i].parameter;
	}
	return PARAMETER_OTHER;
}

/* Of "tty* [0-9]" whether one fits. What stands where a '*' does is of the words of the system. */
static bool one_fits(const char *globs, const char *value)
{
	char glob[VALUE_MAX];

	while (*globs) {
		size_t size = strcspn(globs, " ");

		if (size < sizeof(glob)) {
			memcpy(glob, globs, size);
			glob[size] = 0;
			if (ids_glob(glob, value) &&
			    (!strchr(glob, '*') || redact_is_of_system(value, strlen(value))))
				return true;
		}
		globs += size + (globs[size] == ' ');
	}
	return false;
}

/* A flag without a value names nobody when its parameter is one that the table has by name. */
static bool is_harmless(const char *key, size_t key_size, const char *value, size_t size)
{
	char name[KEY_MAX], text[VALUE_MAX];
	size_t i;

	if (key_size >= sizeof(name) || size >= sizeof(text))
		return false;
	memcpy(name, key, key_size);
	name[key_size] = 0;
	if (value)
		memcpy(text, value, size);
	text[size] = 0;
	for (i = 0; i < parameter_row_count; i++) {
		const char *parameter = parameter_row[i][0];

		if (!ids_glob(parameter, name))
			continue;
		if (value ? one_fits(parameter_row[i][1], text) : strcmp(parameter, "*") != 0)
			return true;
	}
	return false;
}

/* ip=CLIENT:SERVER:GATEWAY:MASK:HOST:DEVICE:HOW; DEVICE and HOW are values that the table has. */
static void span_of_fields(const struct redact_text *text, size_t start, size_t size)
{
	size_t end = start + size;
	size_t number = 0;

	for (; start < end; number++) {
		size_t length = redact_find(text->data + start, end - start, ":");

		if (redact_is_address(text->data + start, length))
			redact_text_span(text, start, length, REDACT_EVERYWHERE);
		else if (number == 4)
			redact_text_name(text, start, length);
		else if (!is_harmless("ip", 2, text->data + start, length))
			redact_text_span(text, start, length, REDACT_HERE);
		start += length + 1;
	}
}

/* A disk or partition that is named by number or label, under whatever parameter. */
static bool names_a_disk(const char *value, size_t size)
{
	static const char *const start[] = { "UUID=", "PARTUUID=", "LABEL=", "PARTLABEL=", "ID=",
					     "/dev/disk/by-" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(start); i++) {
		if (redact_starts(value, size, start[i]))
			return true;
	}
	return false;
}

/* Of a path below /dev/disk/by-KIND/ the name behind it. */
static void span_of_disk(const struct redact_text *text, size_t start, size_t size)
{
	size_t skip = 0;

	if (redact_starts(text->data + start, size, "/dev/disk/by-")) {
		skip = strlen("/dev/disk/by-");
		skip += redact_find(text->data + start + skip, size - skip, "/");
		skip += skip < size;
	}
	redact_text_span(text, start + skip, size - skip, REDACT_EVERYWHERE);
}

static bool has_digit(const char *text, size_t size)
{
	while (size && !isdigit((unsigned char)text[size - 1]))
		size--;
	return size > 0;
}

/* The kernel and programs tell of a parameter as KEY=VALUE again: so it is one secret. */
static void learn_pair(const struct redact_text *text, size_t start, size_t value, size_t end)
{
	AUTO(buf_release) struct buf pair = BUF_INIT;
	AUTO(buf_release) struct buf other = BUF_INIT;
	const char *substitute = redact_known(text->target->map, text->data + value, end - value);

	if (!substitute)
		return;
	buf_add(&pair, text->data + start, end - start);
	buf_add(&other, text->data + start, value - start);
	buf_adds(&other, substitute);
	redact_add_form(text->target->map, pair.data, other.data, REDACT_LOG);
}

/* A value that nobody knows; the names of volumes are told of in other places too. */
static void span_of_other(const struct redact_text *text, size_t start, size_t value, size_t end)
{
	static const char *const folder[] = { "/dev/mapper/", "/dev/" };
	enum { SURE = 6 };	/* long enough to be no common word */
	size_t at = value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folder) && at == value; i++) {
		if (redact_starts(text->data + value, end - value, folder[i]))
			at += strlen(folder[i]);
	}
	if (at > value || redact_starts(text->data + start, value - start, "rd.lvm."))
		redact_volume(text, at, end - at);
	if (at > value)
		redact_text_span(text, at, end - at, REDACT_EVERYWHERE);
	else if (end - value >= SURE && has_digit(text->data + value, end - value))
		redact_text_span(text, value, end - value, REDACT_LOG);
	else
		redact_text_span(text, value, end - value, REDACT_HERE);
	learn_pair(text, start, value, end);
}

static bool is_name(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (!isalnum((unsigned char)text[i]) && !strchr("-._", text[i]))
			return false;
	}
	return size > 0;
}

/* One word of a command line; its value may hold blanks between quotes. */
static void argument(const struct redact_text *text, size_t start, size_t end)
{
	const char *word = text->data + start;
	size_t key = redact_find(word, end - start, "=");
	size_t value = start + key + 1;
	enum parameter parameter = parameter_of(word, key);

	if (start + key >= end) {
		if (!is_harmless(word, key, NULL, 0))
			redact_text_span(text, start, end - start, REDACT_HERE);
		return;
	}
	while (value < end && strchr("\"'", text->data[value]))
		value++;
	while (end > value && strchr("\"'", text->data[end - 1]))
		end--;
	if (names_a_disk(text->data + value, end - value))
		span_of_disk(text, value, end - value);
	else if (parameter == PARAMETER_SECRET)
		redact_text_span(text, value, end - value, REDACT_EVERYWHERE);
	else if (parameter != PARAMETER_NUMBER &&
		 is_harmless(word, key, text->data + value, end - value))
		return;
	else if (parameter == PARAMETER_FIELDS)
		span_of_fields(text, value, end - value);
	else if (parameter == PARAMETER_NAME && is_name(text->data + value, end - value))
		redact_text_name(text, value, end - value);
	else
		span_of_other(text, start, value, end);
}

void redact_arguments(const struct redact_text *text, size_t start, size_t size)
{
	size_t end = start + size;

	while (start < end) {
		bool quoted = false;
		size_t at;

		for (at = start; at < end && (quoted || !strchr(" \t\r\n", text->data[at])); at++)
			quoted = quoted != (text->data[at] == '"');
		/* strchr finds the zero byte too: device trees end texts with it. */
		if (at > start)
			argument(text, start, at);
		start = at + 1;
	}
}

/* A word KEY=VALUE of a log record: only keys that say what follows are believed. */
static void pair_of_log(const struct redact_text *text, size_t start, size_t end)
{
	const char *word = text->data + start;
	size_t key = redact_find(word, end - start, "=");
	size_t value = start + key + 1;

	while (key && strchr("([{<\"'", *word)) {
		word++;
		key--;
	}
	while (value < end && strchr("\"'", text->data[value]))
		value++;
	if (value >= end)
		return;
	if (names_a_disk(text->data + value, end - value)) {
		span_of_disk(text, value, end - value);
		return;
	}
	switch (parameter_of(word, key)) {
	case PARAMETER_OTHER:
		break;
	case PARAMETER_SECRET:
		redact_text_span(text, value, end - value, REDACT_EVERYWHERE);
		break;
	case PARAMETER_NUMBER:
		redact_text_number(text, value, end - value);
		break;
	case PARAMETER_NAME:
		while (end > value && strchr("\"'", text->data[end - 1]))
			end--;
		if (!strchr("(<", text->data[value]))
			redact_text_name(text, value, end - value);
		break;
	case PARAMETER_FIELDS:
		span_of_fields(text, value, end - value);
		break;
	}
}

void redact_pairs_of_log(const struct redact_text *text)
{
	size_t start = 0;

	while (start < text->size) {
		size_t end = start;

		while (end < text->size && !strchr(" \t\r,;", text->data[end]))
			end++;
		pair_of_log(text, start, end);
		start = end + 1;
	}
}
