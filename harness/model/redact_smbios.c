/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The structure table of SMBIOS (DMTF DSP0134 chapter 7): serial numbers, asset tags, the UUID, and
 * what makers put into structures of their own. Texts keep their length, so the table keeps its
 * form.
 */
#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

enum {
	HEADER = 4,
	TYPE_SYSTEM = 1,
	TYPE_OEM_STRINGS = 11,
	TYPE_OPTIONS = 12,
	TYPE_GROUP = 14,
	TYPE_BATTERY = 22,
	TYPE_CONTROLLER_HOST = 42,	/* Redfish over IP: a UUID, addresses, a host name */
	TYPE_FIRMWARE = 45,
	TYPE_INACTIVE = 126,		/* a structure of any type, switched off */
	TYPE_OEM = 128,			/* and above: anything */
	UUID_AT = 8,
	UUID_SIZE = 16,
	OWN_SHORTEST = 6,
};

struct structure {
	size_t at;		/* in the data */
	size_t length;		/* of the fixed part */
	size_t strings, end;	/* where the texts begin, and the next structure */
	uint8_t type;
};

/* Where a secret text is named: type, and the offset of its number. */
static const struct {
	uint8_t type, offset;
} secret_text[] = {
	{ 1, 0x07 },			/* system serial number */
	{ 2, 0x07 },  { 2, 0x08 },	/* board: serial number, asset tag */
	{ 3, 0x07 },  { 3, 0x08 },	/* chassis */
	{ 4, 0x20 },  { 4, 0x21 },	/* processor */
	{ 17, 0x18 }, { 17, 0x19 },	/* memory device */
	{ 22, 0x07 },			/* battery */
	{ 39, 0x08 }, { 39, 0x09 },	/* power supply */
};

static bool next_structure(const struct redact_target *target, struct structure *s)
{
	const uint8_t *data = (const uint8_t *)target->data;

	s->at = s->end;
	if (s->at + HEADER > target->size)
		return false;
	s->type = data[s->at];
	s->length = data[s->at + 1];
	s->strings = s->at + s->length;
	if (s->length < HEADER || s->strings + 2 > target->size)
		return false;
	for (s->end = s->strings; s->end + 2 <= target->size; s->end++) {
		if (!data[s->end] && !data[s->end + 1]) {
			s->end += 2;
			return true;
		}
	}
	s->end = target->size;		/* cut short: the last one all the same */
	return true;
}

/*
 * What makers write of their own is theirs: a single word may be the name of a product, which must not
 * be sought elsewhere; what has several words or a number may be told of a unit in the log.
 */
static enum redact_scope scope_of_own(const char *text, size_t size)
{
	size_t i = 0;

	while (i < size && text[i] != ' ' && !isdigit((unsigned char)text[i]))
		i++;
	return i < size && size >= OWN_SHORTEST ? REDACT_LOG : REDACT_HERE;
}

static void each_text(struct redact_target *target, const struct structure *s, size_t only)
{
	size_t at = s->strings;
	size_t number = 1;

	while (at < s->end && target->data[at]) {
		size_t size = strnlen(target->data + at, s->end - at);

		if (!only && !target->done)	/* "客户：..." says whose name follows */
			redact_text_line(target, at, size, redact_announced);
		if (!only || only == number)
			redact_span(target, at, size, only ? REDACT_EVERYWHERE
						      : scope_of_own(target->data + at, size));
		at += size + 1;
		number++;
	}
}

static void named_text(struct redact_target *target, const struct structure *s, size_t offset)
{
	size_t number = offset < s->length ? (uint8_t)target->data[s->at + offset] : 0;

	if (number)
		each_text(target, s, number);
}

/* All zeros or all ones say "none". */
static bool is_unset(const char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if (bytes[i] != bytes[0])
			return false;
	}
	return !bytes[0] || (uint8_t)bytes[0] == 0xff;
}

/* By its text, so that files which show the UUID as text have the same substitute. */
static void uuid(struct redact_target *target, size_t at)
{
	char text[2 * UUID_SIZE + 1];
	uint8_t bytes[UUID_SIZE];
	const char *substitute;

	if (is_unset(target->data + at, UUID_SIZE))
		return;
	hex_encode(target->data + at, UUID_SIZE, text);
	substitute = redact_substitute(target->map, text, 2 * UUID_SIZE, REDACT_EVERYWHERE);
	if (hex_decode(substitute, bytes, UUID_SIZE) == 0)
		redact_put(target, at, bytes, UUID_SIZE);
}

/* Of paths of devices in the words of UEFI: "PciRoot(0x0)/Pci(0x1,0x0)/MAC(001B21C45DAA,0x1)". */
static void path_addresses(struct redact_target *target, const struct structure *s)
{
	static const char word[] = "MAC(";
	enum { ADDRESS_DIGITS = 12 };
	const char *data = target->data;
	size_t at = s->strings;

	while ((at += redact_find(data + at, s->end - at, word)) < s->end) {
		size_t digits = 0;

		at += sizeof(word) - 1;
		while (at + digits < s->end && isxdigit((unsigned char)data[at + digits]))
			digits++;
		if (digits >= ADDRESS_DIGITS)
			redact_mac_span(target, at, ADDRESS_DIGITS);
	}
}

/* Texts that no field of the structure names: makers leave numbers there. */
static void unnamed_texts(struct redact_target *target, const struct structure *s)
{
	static const uint8_t field[] = { 0x04, 0x05, 0x07, 0x09, 0x0a, 0x0b };
	size_t at, number = 1, i;

	for (at = s->strings; at < s->end && target->data[at]; number++) {
		size_t size = strnlen(target->data + at, s->end - at);

		for (i = 0; i < sizeof(field); i++) {
			if (field[i] < s->length && (uint8_t)target->data[s->at + field[i]] == number)
				break;
		}
		if (i == sizeof(field))
			redact_span(target, at, size, REDACT_EVERYWHERE);
		at += size + 1;
	}
}

static bool is_of_maker(uint8_t type)
{
	return type == TYPE_OEM_STRINGS || type == TYPE_OPTIONS || type == TYPE_GROUP ||
	       type == TYPE_INACTIVE || type >= TYPE_OEM;
}

static void structure(struct redact_target *target, const struct structure *s)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(secret_text); i++) {
		if (secret_text[i].type == s->type)
			named_text(target, s, secret_text[i].offset);
	}
	if (s->type == TYPE_SYSTEM && s->length >= UUID_AT + UUID_SIZE)
		uuid(target, s->at + UUID_AT);
	if (s->type == TYPE_BATTERY && s->length >= 0x12)
		redact_bytes(target, s->at + 0x10, 2);
	path_addresses(target, s);
	if (s->type == TYPE_FIRMWARE)
		unnamed_texts(target, s);
	if (is_of_maker(s->type))
		each_text(target, s, 0);
	if (s->type == TYPE_CONTROLLER_HOST && s->length > 6)
		redact_bytes(target, s->at + 6, s->length - 6);
	if (s->type == TYPE_INACTIVE || s->type >= TYPE_OEM)
		redact_bytes(target, s->at + HEADER, s->length - HEADER);
}

void redact_smbios(struct redact_target *target)
{
	struct structure s = { .end = 0 };

	while (next_structure(target, &s))
		structure(target, &s);
}
