/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that somebody gave a device: a maker of USB that no table has, the strings that a board's
 * firmware was given (SMBIOS type 11), names of partitions. Below /sys the maker of a device stays: it is
 * what the device says it is.
 */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { SHORTEST = 3 };	/* fewer letters are "Co", "HK" */

/* The first column of probes/ids/makers.tsv as it was when this was built; the Makefile makes it. */
extern const char *const maker_glob[];
extern const size_t maker_glob_count;

static bool is_word_of(const char *name, const char *word, size_t size)
{
	size_t at = 0, length = strlen(name);

	while (at < length) {
		size_t end = at;

		while (end < length && (isalnum((unsigned char)name[end]) || (unsigned char)name[end] >= 0x80))
			end++;
		if (end - at == size && !strncasecmp(name + at, word, size))
			return true;
		at = end + 1;
	}
	return false;
}

static bool is_maker(const char *word, size_t size)
{
	/* Of makers' names, of the kernel's own hosts; and usual makers of what is plugged in. */
	static const char *const usual[] = {
		"a4tech", "acer", "and", "anker", "apple", "asix", "aukey", "aver", "avermedia",
		"azurewave", "baseus", "bison", "bluetrum", "bosch", "brother", "cambridge",
		"canon", "cherry", "chicony", "comfast", "communications", "company",
		"composite", "computer", "controller", "corp", "corporation", "creative",
		"cypress", "deli", "dell", "delux", "device", "devices", "dlink", "dwc2",
		"edifier", "edimax", "ehci", "ehci_hcd", "elan", "elec", "elecom", "electronic",
		"electronics", "epson", "etron", "fast", "foxlink", "ftdi", "future", "gadget",
		"generic", "gmbh", "goodix", "google", "group", "hcd", "hdrc", "hoco", "holtek",
		"host", "hsotg", "hub", "importek", "inateck", "inc", "industrial",
		"instruments", "intel", "international", "ite", "jabra", "keyboard", "keychron",
		"lenovo", "limited", "link", "linux", "lite", "liteon", "logitech", "ltd",
		"maker", "manufacturer", "mass", "mediatek", "mercury", "microdia",
		"microelectronics", "microsoft", "microsystems", "mosart", "mouse", "moxa",
		"musb", "netgear", "nordic", "ohci", "oppo", "optical", "orbbec", "orico",
		"pantum", "pixart", "plantronics", "primax", "prolific", "quanta", "radio",
		"ralink", "razer", "realtek", "ricoh", "sandisk", "sem", "semi", "semico",
		"semiconductor", "shenzhen", "shine", "silabs", "sino", "smsc", "sonix",
		"standard", "steelseries", "sunplus", "sunplusit", "suyin", "syntek", "system",
		"systems", "tech", "technologies", "technology", "telink", "tenda", "terminus",
		"texas", "the", "tplink", "ugreen", "uhci", "unknown", "usb", "vendor",
		"verbatim", "via", "vivo", "wacom", "wdc", "wealth", "western", "wireless",
		"xhci", "yealink", "zhuhai",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(usual); i++) {
		if (strlen(usual[i]) == size && !strncasecmp(word, usual[i], size))
			return true;
	}
	for (i = 0; i < maker_glob_count; i++) {
		if (is_word_of(maker_glob[i], word, size))
			return true;
	}
	return false;
}

static bool is_known_maker(const char *text, size_t size)
{
	size_t at = 0;

	while (at < size) {
		size_t end = at;

		while (end < size && (isalnum((unsigned char)text[end]) || (unsigned char)text[end] >= 0x80))
			end++;
		if (end - at >= SHORTEST && !is_maker(text + at, end - at))
			return false;
		at = end > at ? end : at + 1;
	}
	return true;
}

/* "usb 1-2: Manufacturer: Zhang Wei" */
static void usb_maker(const struct redact_text *text)
{
	static const char word[] = ": Manufacturer: ";
	size_t at = redact_find(text->data, text->size, word);
	size_t end = text->size;

	if (at == text->size || redact_find(text->data, at, "usb ") == at)
		return;
	at += strlen(word);
	/* "Linux 5.10.0 xhci-hcd" */
	if (redact_starts(text->data + at, end - at, "Linux ") || is_known_maker(text->data + at, end - at))
		return;
	redact_text_span(text, at, end - at, REDACT_LOG);
}

/* "OEM String 1: ...", and "String 1: ..." of what dmidecode says. */
static void oem_strings(const struct redact_text *text)
{
	static const char *const word[] = { "oem string", "dmi: string", "dmidecode: string" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(word); i++) {
		size_t at = redact_find(text->data, text->size, word[i]);

		if (at == text->size)
			continue;
		at += strlen(word[i]);
		at += at < text->size && tolower((unsigned char)text->data[at]) == 's';
		while (at < text->size && (isdigit((unsigned char)text->data[at]) || strchr(" #", text->data[at])))
			at++;
		if (at == text->size || !strchr(":=", text->data[at]))
			continue;
		for (at++; at < text->size && strchr(" '\"", text->data[at]);)
			at++;
		redact_text_span(text, at, text->size - at, REDACT_LOG);
	}
}

/* " sda: sda1(zhang) sda2", "mmcblk0: p1(zhang) p2(boot)": names of partitions. */
static void partitions(const struct redact_text *text)
{
	static const char *const disk[] = { "sd", "vd", "hd", "nvme", "mmcblk", "p" };
	size_t at, start, end;
	size_t i;

	for (at = 1; at < text->size; at++) {
		if (text->data[at] != '(' || !isdigit((unsigned char)text->data[at - 1]))
			continue;
		for (start = at; start && isalnum((unsigned char)text->data[start - 1]);)
			start--;
		for (end = at + 1; end < text->size && !strchr(")(", text->data[end]);)
			end++;
		for (i = 0; i < ARRAY_SIZE(disk); i++) {
			size_t head = strlen(disk[i]);

			if (redact_starts(text->data + start, at - start, disk[i]) && at - start <= head + 5 &&
			    (i + 1 < ARRAY_SIZE(disk) || isdigit((unsigned char)text->data[start + 1])) &&
			    start && text->data[start - 1] == ' ' &&
			    !redact_is_of_system(text->data + at + 1, end - at - 1)) {
				redact_text_name(text, at + 1, end - at - 1);
				break;
			}
		}
	}
}

/*
 * A row of an EDID that the kernel shows when its checksum is wrong: "[00] BAD  00 ff ff ...". What is
 * behind the maker's number in the first row, and all of the others.
 */
static void edid_row(const struct redact_text *text)
{
	enum { BYTES = 16, MAKER_END = 12 };
	static const char *const mark[] = { "] bad ", "] good ", "[bad] ", "[good] ", "edid: " };
	static const char header[] = "00 ff ff ff ff ff ff 00 ";
	size_t at = text->size, bytes;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mark) && at == text->size; i++) {
		at = redact_find(text->data, text->size, mark[i]);
		at += at < text->size ? strlen(mark[i]) : 0;
	}
	while (at < text->size && text->data[at] == ' ')
		at++;
	if (text->size - at < 3 * BYTES - 1)
		return;
	for (bytes = 0; bytes < BYTES; bytes++) {
		const char *byte = text->data + at + 3 * bytes;

		if (!isxdigit((unsigned char)byte[0]) || !isxdigit((unsigned char)byte[1]) ||
		    (bytes + 1 < BYTES && byte[2] != ' '))
			return;
	}
	bytes = redact_starts(text->data + at, text->size - at, header) ? MAKER_END : 0;
	redact_text_span(text, at + 3 * bytes, 3 * (BYTES - bytes) - 1, REDACT_LOG);
}

void redact_devices(const struct redact_text *text)
{
	edid_row(text);
	usb_maker(text);
	oem_strings(text);
	partitions(text);
}
