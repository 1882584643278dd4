/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts in which a key says that its value is secret. Keys are compared without case. */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool redact_starts(const char *text, size_t size, const char *start)
{
	return size >= strlen(start) && !strncasecmp(text, start, strlen(start));
}

size_t redact_find(const char *text, size_t size, const char *part)
{
	int first = tolower((unsigned char)*part);
	size_t i;

	for (i = 0; i < size; i++) {
		if ((!first || tolower((unsigned char)text[i]) == first) &&
		    redact_starts(text + i, size - i, part))
			return i;
	}
	return size;
}

/*
 * The part of a value that names one unit: not the kind of name before it ("naa.", "0x",
 * "nqn....:uuid:"), nor the model in a SCSI or NVMe name.
 */
void redact_value_span(struct redact_target *target, size_t start, size_t size)
{
	static const char *const prefix[] = { "0x", "naa.", "eui.", "uuid.", "UUID=", "PARTUUID=",
					      "LABEL=", "PARTLABEL=", "ID=", "hex:" };
	const char *text = target->data + start;
	size_t skip = 0;
	size_t i;

	while (size && (isspace((unsigned char)text[size - 1]) || !text[size - 1]))
		size--;
	for (i = 0; i < ARRAY_SIZE(prefix); i++) {
		if (redact_starts(text, size, prefix[i]))
			skip = strlen(prefix[i]);
	}
	if (redact_starts(text, size, "t10.")) {	/* t10.ATA MODEL SERIAL */
		for (skip = size; skip && text[skip - 1] != ' '; skip--)
			;
	} else if (redact_starts(text, size, "nvme.")) {	/* nvme.VENDOR-SERIAL-MODEL-... */
		skip = redact_find(text, size, "-");
		skip += skip < size;
		size = skip + redact_find(text + skip, size - skip, "-");
	} else if (redact_starts(text, size, "nqn.")) {
		for (skip = size; skip && text[skip - 1] != ':'; skip--)
			;
	}
	redact_span(target, start + skip, size - skip, REDACT_EVERYWHERE);
}

/*
 * The kernel gives root hubs of USB the name of their controller as serial number: what is part of
 * the path is no secret.
 */
static bool is_in_path(const struct redact_target *target)
{
	size_t size = strcspn(target->data, "\n");
	const char *at = target->path;

	while (*at) {
		size_t length = strcspn(at, "/");

		if (length == size && !memcmp(at, target->data, size))
			return true;
		at += length + (at[length] == '/');
	}
	return false;
}

void redact_value(struct redact_target *target)
{
	if (!is_in_path(target))
		redact_value_span(target, 0, target->size);
}

struct keys {
	const char *whole[6];
	const char *part[12];
};

static const struct keys device_keys = {	/* uevent files and /proc/cpuinfo */
	.whole = { "cpuid" },
	.part = { "serial", "uniq", "uuid", "wwid", "wwn" },
};

static const struct keys licence_keys = {	/* of Kylin and its relatives */
	.whole = { "key", "to", "code" },
	.part = { "serial", "licen", "register", "activ", "machine", "hwid", "user", "客户", "用户",
		  "单位", "序列", "激活" },
};

static bool is_secret_key(const struct keys *keys, const char *key, size_t size)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys->whole) && keys->whole[i]; i++) {
		if (strlen(keys->whole[i]) == size && redact_starts(key, size, keys->whole[i]))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(keys->part) && keys->part[i]; i++) {
		if (redact_find(key, size, keys->part[i]) < size)
			return true;
	}
	return false;
}

static void pair_of_line(struct redact_target *target, size_t start, size_t size,
			 const struct keys *keys)
{
	const char *line = target->data + start;
	size_t key = 0, value;

	while (key < size && line[key] != '=' && line[key] != ':')
		key++;
	if (key == size)
		return;
	value = key + 1;
	while (key && isspace((unsigned char)line[key - 1]))
		key--;
	while (size > value && strchr(" \t\r\"'", line[size - 1]))
		size--;
	while (value < size && strchr(" \t\"'", line[value]))
		value++;
	if (is_secret_key(keys, line, key))
		redact_value_span(target, start + value, size - value);
}

void redact_each_line(struct redact_target *target,
		      void (*line)(struct redact_target *, size_t start, size_t size))
{
	size_t start = 0;

	while (start < target->size) {
		const char *at = target->data + start;
		const char *end = memchr(at, '\n', target->size - start);
		size_t size = end ? (size_t)(end - at) : target->size - start;

		line(target, start, size);
		start += size + 1;
	}
}

static void device_line(struct redact_target *target, size_t start, size_t size)
{
	pair_of_line(target, start, size, &device_keys);
}

static void licence_line(struct redact_target *target, size_t start, size_t size)
{
	pair_of_line(target, start, size, &licence_keys);
}

void redact_pairs(struct redact_target *target)
{
	redact_each_line(target, device_line);
}

void redact_licence(struct redact_target *target)
{
	redact_each_line(target, licence_line);
}

/* Of 'N: Name="孙悟空的AirPods"' and "Zhang's AirPods", which a telephone says, who it belongs to. */
static void owner_of_line(struct redact_target *target, size_t start, size_t size)
{
	static const char *const behind[] = { "的", "'s ", "’s " };
	static const char key[] = "N: Name=\"";
	size_t length = sizeof(key) - 1;
	size_t i;

	if (!redact_starts(target->data + start, size, key))
		return;
	for (i = 0; i < ARRAY_SIZE(behind); i++) {
		const char *name = target->data + start + length;
		size_t end = redact_find(name, size - length, behind[i]);

		if (end < size - length)
			redact_span(target, start + length, end, REDACT_NAME);
	}
}

/* "U: Uniq=..." of /proc/bus/input/devices: a serial number or the address of a Bluetooth device. */
static void input_line(struct redact_target *target, size_t start, size_t size)
{
	static const char key[] = "U: Uniq=";
	size_t length = sizeof(key) - 1;

	if (redact_starts(target->data + start, size, key))
		redact_value_span(target, start + length, size - length);
	owner_of_line(target, start, size);
}

void redact_input(struct redact_target *target)
{
	redact_each_line(target, input_line);
}
