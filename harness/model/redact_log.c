/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel command line and records of a log. */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

static void command_line(const struct redact_text *text)
{
	redact_arguments(text, 0, text->size);
	redact_announced(text);
	redact_addresses(text);
}

void redact_command_line(struct redact_target *target)
{
	redact_text_line(target, 0, target->size, command_line);
}

/*
 * "Kernel command line: ..." is one to the end of the record; "Unknown kernel command line
 * parameters "...", will be passed" has one between quotes. Whether there was one.
 */
static bool told_command_line(const struct redact_text *text)
{
	static const char *const word[] = { "command line: ", "command line parameters \"" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(word); i++) {
		size_t start = redact_find(text->data, text->size, word[i]);
		size_t end = text->size;

		if (start == text->size)
			continue;
		start += strlen(word[i]);
		if (word[i][strlen(word[i]) - 1] == '"')
			end = start + redact_find(text->data + start, end - start, "\", ");
		redact_arguments(text, start, end - start);
		return true;
	}
	return false;
}

/* "BOOT_IMAGE=/vmlinuz-zhangwei" that the kernel tells by itself. */
static void told_image(const struct redact_text *text)
{
	static const char *const key[] = { "boot_image=", "initrd=" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(key); i++) {
		size_t start = redact_find(text->data, text->size, key[i]), end = start;

		while (end < text->size && !strchr(" \t\n\"", text->data[end]))
			end++;
		redact_arguments(text, start, end - start);
	}
}

/* What may stand on either side of the '@' of NAME@HOST. */
static bool is_name(char c)
{
	return isalnum((unsigned char)c) || strchr("-._+", c) || (unsigned char)c >= 0x80;
}

/*
 * Instances of systemd's units ("getty@tty1.service"), devices at an address ("serial@28000000"),
 * sizes and rates ("512M@0x1000", "1920x1080@60Hz").
 */
static bool is_no_host(const char *text, size_t size)
{
	static const char *const unit[] = { ".service", ".socket", ".slice", ".mount", ".device",
					    ".target", ".timer", ".path", ".swap", ".scope",
					    ".automount" };
	size_t letters = 0, digits = 0, hex = 0;
	size_t i;

	for (i = 0; i < size; i++) {
		letters += isalpha((unsigned char)text[i]) != 0;
		digits += isdigit((unsigned char)text[i]) != 0;
		hex += isxdigit((unsigned char)text[i]) != 0;
	}
	for (i = 0; i < ARRAY_SIZE(unit); i++) {
		if (redact_find(text, size, unit[i]) < size)
			return true;
	}
	return !letters || (hex == size && (digits || size < 3)) ||
	       (isdigit((unsigned char)text[0]) && letters < 3);
}

/* NAME@HOST around the '@' at `at`: "zhangwei@bench-7", "li@10.1.2.3", mail addresses. */
static void person(const struct redact_text *text, size_t at)
{
	const char *line = text->data;
	size_t start = at, end = at + 1;
	bool is_word = false;

	while (start && is_name(line[start - 1])) {
		start--;
		is_word = is_word || !isdigit((unsigned char)line[start]);
	}
	while (end < text->size && is_name(line[end]) && (unsigned char)line[end] < 0x80)
		end++;
	while (end > at + 1 && strchr(".-", line[end - 1]))
		end--;
	if (!is_word || end == at + 1)
		return;
	if (!is_no_host(line + at + 1, end - at - 1))
		redact_text_name(text, at + 1, end - at - 1);
	else if (!redact_is_address(line + at + 1, end - at - 1))
		return;
	start = redact_behind_signs(text, start, at);
	redact_text_name(text, start, at - start);
}

static void persons(const struct redact_text *text)
{
	size_t at;

	for (at = 0; at < text->size; at++) {
		if (text->data[at] == '@')
			person(text, at);
	}
}

static size_t end_of_folder(const struct redact_text *text, size_t at)
{
	while (at < text->size && !strchr("/ \t\n,;:'\"()<>", text->data[at]))
		at++;
	return at;
}

/* "/home/zhangwei/run", "/run/media/zhangwei/STICK": folders that are named for who owns them. */
static void homes(const struct redact_text *text)
{
	static const char *const above[] = { "/home/", "/media/" };	/* the last has a level more */
	bool is_mount = redact_find(text->data, text->size, "mount") < text->size;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(above); i++) {
		size_t at = 0;

		while ((at += redact_find(text->data + at, text->size - at, above[i])) <
		       text->size) {
			size_t end = end_of_folder(text, at += strlen(above[i]));

			redact_text_name(text, at, end - at);
			/* "/media/zhangwei/STICK" */
			if (is_mount && i && end < text->size && text->data[end] == '/')
				redact_text_name(text, end + 1, end_of_folder(text, end + 1) - end - 1);
		}
	}
}

/* The names in "//server/share" and "\\\\server\\share" in what CIFS says. */
static void shares(const struct redact_text *text)
{
	const char *line = text->data;
	size_t at, end;

	if (redact_find(line, text->size, "cifs") == text->size &&
	    redact_find(line, text->size, "smb") == text->size)
		return;
	for (at = 1; at < text->size; at = end) {
		end = at + 1;
		if (!strchr("/\\", line[at]) || line[at - 1] != line[at] || (at > 1 && line[at - 2] == ':'))
			continue;
		while (end < text->size && is_name(line[end]))
			end++;
		if (end == at + 1)
			continue;
		redact_text_name(text, at + 1, end - at - 1);
		if (end < text->size && line[end] == line[at])
			redact_text_name(text, end + 1, end_of_folder(text, end + 1) - end - 1);
	}
}

/* "uid=1000(zhangwei) gid=1000(zhangwei)" */
static void accounts(const struct redact_text *text)
{
	static const char word[] = "id=";
	size_t at = 0;

	while ((at += redact_find(text->data + at, text->size - at, word)) < text->size) {
		size_t end;

		for (at += strlen(word); at < text->size && isdigit((unsigned char)text->data[at]);)
			at++;
		if (at == text->size || text->data[at] != '(')
			continue;
		for (end = at + 1; end < text->size && is_name(text->data[end]);)
			end++;
		redact_text_name(text, at + 1, end - at - 1);
	}
}

/* The serial number of a root hub of USB, which is what "usb usb1:" is, is its controller's name. */
static void record(const struct redact_text *text)
{
	if (!told_command_line(text)) {
		redact_pairs_of_log(text);
		told_image(text);
	}
	if (redact_find(text->data, text->size, "usb usb") == text->size)
		redact_announced(text);
	redact_told(text);
	persons(text);
	homes(text);
	shares(text);
	accounts(text);
	redact_addresses(text);
}

static void line(struct redact_target *target, size_t start, size_t size)
{
	redact_text_line(target, start, size, record);
}

void redact_log(struct redact_target *target)
{
	redact_each_line(target, line);
}
