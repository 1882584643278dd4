/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/placeholder.h"

#include "harness/base/auto.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/*
 * Seen in SMBIOS tables of shipped machines, and what the AMI, Insyde and Byosoft sources begin
 * with.
 */
static const char *const whole[] = {
	"6478545886", "<bad index>", "<invalid>", "<out of spec>", "<unknown>", "asset tag",
	"asset-1234567890",
	"base board asset tag", "base board serial number", "chassis asset tag",
	"chassis serial number", "ddr4-memory", "default string", "default_string", "empty",
	"fill by oem", "gw-xxxxxx-xxx", "invalid", "kaitian product", "n/a", "na", "nil",
	"no asset information",
	"no asset tag", "no dimm", "none", "not applicable", "not available", "not defined",
	"not provided", "not set", "not settable", "not specified", "null", "o.e.m", "oem", "other",
	"others", "reserved for baseboard vendor",
	"reserved for system enclosure or chassis vendor", "reserved for system vendor",
	"reserver for oem", "serial number", "serialnumber", "sku number",
	"system manufacturer", "system product name", "system serial number", "system sku",
	"system sku#", "system version", "tbd", "to be filled", "to be filled by o.e.m",
	"to be filled by oem", "type1family", "type2 - board asset tag",
	"type2 - board serial number", "type3 - chassis serial number", "undefined", "unknow",
	"unknown", "unkonwn", "unspecified",
	/* UUIDs that AMI and Gigabyte ship unprogrammed, in both byte orders */
	"03000200-0400-0500-0006-000700080009", "00020003-0004-0005-0006-000700080009",
	"12345678-1234-5678-90ab-cddeefaabbcc", "78563412-3412-7856-90ab-cddeefaabbcc",
};

/* Only separators, and one and the same letter or digit: "", "--", "0000-0000", "ff:ff", "XXXX". */
static bool is_monotonous(const char *text, size_t size)
{
	int sign = 0;
	size_t count = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		int c = tolower((unsigned char)text[i]);

		if ((unsigned char)c >= 0x80)
			return false;
		if (!isalnum(c))
			continue;
		if (count++ && c != sign)
			return false;
		sign = c;
	}
	return !count || count > 2 || sign == '0';
}

/* Digits that count up: "12345", "0123456789", "123456789ABCDEF" with what follows 9. */
static bool is_counting(const char *text, size_t size)
{
	static const char up[] = "0123456789abcdef";
	static const char again[] = "1234567890123456789012345678901234567890";

	return size >= 5 && ((size < sizeof(up) && (!strncasecmp(text, up, size) ||
						   (size < sizeof(up) - 1 &&
						    !strncasecmp(text, up + 1, size)))) ||
			     (size < sizeof(again) && !strncmp(text, again, size)));
}

/* "Unknown (JEDEC ID: 0000h)": the firmware tells what it could not look up. */
static bool is_unknown_with_reason(const char *text, size_t size)
{
	static const char head[] = "unknown (";

	return size >= sizeof(head) && text[size - 1] == ')' &&
	       !strncasecmp(text, head, sizeof(head) - 1);
}

bool text_is_placeholder(const char *text, size_t size)
{
	size_t i;

	while (size && (isspace((unsigned char)text[size - 1]) || !text[size - 1] ||
			text[size - 1] == '.'))
		size--;
	while (size && isspace((unsigned char)*text)) {
		text++;
		size--;
	}
	if (size > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		text += 2;
		size -= 2;
	}
	if (is_monotonous(text, size) || is_counting(text, size) ||
	    is_unknown_with_reason(text, size))
		return true;
	for (i = 0; i < ARRAY_SIZE(whole); i++) {
		if (strlen(whole[i]) == size && !strncasecmp(whole[i], text, size))
			return true;
	}
	return false;
}
