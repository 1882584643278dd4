/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel command line and records of a log: parameters KEY=VALUE, and words that say that a
 * number or a name follows.
 */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

/* What the value of a parameter is. */
enum parameter {
	PARAMETER_PLAIN = 0,
	PARAMETER_SECRET,
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
		{ "login", PARAMETER_NAME },	    { "ssid", PARAMETER_NAME },
		{ "nfsroot", PARAMETER_SECRET },    { "netroot", PARAMETER_SECRET },
		{ "rootpath", PARAMETER_SECRET },   { "url", PARAMETER_SECRET },
		{ "ks", PARAMETER_SECRET },	    { "inst.ks", PARAMETER_SECRET },
		{ "inst.repo", PARAMETER_SECRET },  { "inst.stage2", PARAMETER_SECRET },
		{ "proxy", PARAMETER_SECRET },	    { "fsuuid", PARAMETER_SECRET },
		{ "cryptdevice", PARAMETER_SECRET }, { "rd.luks.uuid", PARAMETER_SECRET },
		{ "rd.md.uuid", PARAMETER_SECRET }, { "rd.lvm.vg", PARAMETER_SECRET },
		{ "rd.lvm.lv", PARAMETER_SECRET },  { "systemd.machine_id", PARAMETER_SECRET },
		{ "androidboot.serialno", PARAMETER_SECRET },
	};
	static const char *const part[] = { "passw", "passphrase", "secret", "token", "credential",
					    "apikey", "api_key", "licen" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(whole); i++) {
		if (strlen(whole[i].key) == size && redact_starts(key, size, whole[i].key))
			return whole[i].parameter;
	}
	for (i = 0; i < ARRAY_SIZE(part); i++) {
		if (redact_find(key, size, part[i]) < size)
			return PARAMETER_SECRET;
	}
	return PARAMETER_PLAIN;
}

static void learn_name(struct redact_target *target, size_t start, size_t size)
{
	AUTO(buf_release) struct buf name = BUF_INIT;

	buf_add(&name, target->data + start, size);
	redact_learn_name(target->map, name.data);
}

static bool is_address(const char *text, size_t size)
{
	size_t figures = 0;
	size_t i;

	for (i = 0; i < size; i++)
		figures += isdigit((unsigned char)text[i]) || text[i] == '.';
	return figures == size && size >= 7;
}

/* ip=CLIENT:SERVER:GATEWAY:MASK:HOST:DEVICE:HOW; of the fields only HOST is a name. */
static void span_of_fields(struct redact_target *target, size_t start, size_t size)
{
	size_t end = start + size;
	size_t number = 0;

	for (; start < end; number++) {
		size_t length = redact_find(target->data + start, end - start, ":");

		if (is_address(target->data + start, length))
			redact_span(target, start, length, REDACT_EVERYWHERE);
		else if (number == 4)
			learn_name(target, start, length);
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
static void span_of_disk(struct redact_target *target, size_t start, size_t size)
{
	size_t skip = 0;

	if (redact_starts(target->data + start, size, "/dev/disk/by-")) {
		skip = strlen("/dev/disk/by-");
		skip += redact_find(target->data + start + skip, size - skip, "/");
		skip += skip < size;
	}
	redact_value_span(target, start + skip, size - skip);
}

/* One word KEY=VALUE of a command line or a log record. */
static void parameter(struct redact_target *target, size_t start, size_t size)
{
	const char *word = target->data + start;
	size_t key = redact_find(word, size, "=");
	size_t value = key + 1;

	if (value >= size)
		return;
	while (value < size && strchr("\"'", word[value]))
		value++;
	if (names_a_disk(word + value, size - value)) {
		span_of_disk(target, start + value, size - value);
		return;
	}
	switch (parameter_of(word, key)) {
	case PARAMETER_PLAIN:
		break;
	case PARAMETER_SECRET:
		redact_value_span(target, start + value, size - value);
		break;
	case PARAMETER_NAME:
		learn_name(target, start + value, size - value);
		break;
	case PARAMETER_FIELDS:
		span_of_fields(target, start + value, size - value);
		break;
	}
}

static void words_of_line(struct redact_target *target, size_t start, size_t size,
			  const char *separators)
{
	size_t end = start + size;

	while (start < end) {
		size_t length = 0;

		while (start + length < end && !strchr(separators, target->data[start + length]))
			length++;
		parameter(target, start, length);
		start += length + 1;
	}
}

/* strchr finds the zero byte too: device trees end texts with it. */
void redact_command_line(struct redact_target *target)
{
	words_of_line(target, 0, target->size, " \t\r\n");
	redact_addresses(target, 0, target->size);
}

/*
 * The word behind `at`, over blanks and separators; its size, 0 when none stands between: "serial
 * numbers" announces nothing, "serial=" does.
 */
static size_t word_behind(const char *line, size_t size, size_t at, size_t *ret_start)
{
	static const char separators[] = " \t:=#<'\"(";
	size_t start = at;
	size_t end;

	while (start < size && strchr(separators, line[start]))
		start++;
	for (end = start; end < size && !strchr(" \t\n,;>'\"()", line[end]); end++)
		;
	*ret_start = start;
	return start > at || (at && strchr(separators, line[at - 1])) ? end - start : 0;
}

static bool has_digit(const char *text, size_t size)
{
	while (size && !isdigit((unsigned char)text[size - 1]))
		size--;
	return size > 0;
}

/* Words after which a log record gives the number of a unit, or the name of a host or person. */
static void named_in_record(struct redact_target *target, size_t start, size_t size)
{
	static const struct {
		const char *word;
		bool name;
		const char *with;	/* must stand in the record too: "out of user memory" */
	} row[] = {
		{ "serialnumber", false, NULL },
		{ "serial number", false, NULL },
		{ "serial no", false, NULL },
		{ "serial=", false, NULL },
		{ "serial#", false, NULL },
		{ "s/n", false, NULL },
		{ "uuid", false, NULL },
		{ "asset tag", false, NULL },
		{ "wwn", false, NULL },
		{ "sas_addr", false, NULL },
		{ "machine id", false, NULL },
		{ "license key", false, NULL },
		{ "licence key", false, NULL },
		{ "hostname set to", true, NULL },
		{ "hostname is", true, NULL },
		{ "ssid:", true, NULL },
		{ "ssid ", true, NULL },
		{ "for user", true, "session" },
		{ "of user", true, "session" },
	};
	const char *line = target->data + start;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		size_t at = 0;

		if (row[i].with && redact_find(line, size, row[i].with) == size)
			continue;
		while ((at += redact_find(line + at, size - at, row[i].word)) < size) {
			size_t word, length;

			at += strlen(row[i].word);
			length = word_behind(line, size, at, &word);
			if (!row[i].name && length >= 4 && has_digit(line + word, length))
				redact_value_span(target, start + word, length);
			if (row[i].name && length)
				learn_name(target, start + word, length);
		}
	}
}

/* The serial number of a root hub of USB, which is what "usb usb1:" is, is its controller's name. */
static void record(struct redact_target *target, size_t start, size_t size)
{
	if (redact_find(target->data + start, size, "usb usb") == size)
		named_in_record(target, start, size);
	words_of_line(target, start, size, " \t\r,;");
	redact_addresses(target, start, size);
}

void redact_log(struct redact_target *target)
{
	redact_each_line(target, record);
}
