/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names with a sign between: "DOMAIN\user" of Windows and winbind, "server:/folder" of NFS. */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || strchr("-._+$", c) || (unsigned char)c >= 0x80;
}

static bool is_of_login(const struct redact_text *text)
{
	static const char *const word[] = { "user", "login", "logged", "session", "account", "auth",
					    "passw", "pam", "winbind", "smb",	  "sss",     "krb",
					    "kerberos", "domain", "acl",  "登录", "用户" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(word); i++) {
		if (redact_find(text->data, text->size, word[i]) < text->size)
			return true;
	}
	return false;
}

/* What is no name behind a backslash: "\x2d" of systemd, "\n" of programs, "\EFI\BOOT", "shimaa64.efi". */
static bool is_escape(const char *text, size_t size)
{
	return (size >= 3 && text[0] == 'x' && isxdigit((unsigned char)text[1]) &&
		isxdigit((unsigned char)text[2])) ||
	       (size == 1 && strchr("nrtae0", text[0])) || redact_find(text, size, ".efi") < size ||
	       redact_find(text, size, ".exe") < size;
}

/* The capitals of a domain are enough; other words are one where somebody logs in. */
static bool is_domain(const struct redact_text *text, size_t start, size_t end)
{
	size_t i;

	if (end - start < 2 || isdigit((unsigned char)text->data[start]))
		return false;
	for (i = start; i < end; i++) {
		if (islower((unsigned char)text->data[i]) || (unsigned char)text->data[i] >= 0x80)
			return is_of_login(text);
	}
	return true;
}

/* Around the backslash at `at`; one that is written twice is one. */
static void domain(const struct redact_text *text, size_t at)
{
	const char *line = text->data;
	size_t start = at, behind = at + 1, end;

	if (behind < text->size && line[behind] == '\\')
		behind++;
	while (start && is_name(line[start - 1]))
		start--;
	for (end = behind; end < text->size && is_name(line[end]);)
		end++;
	if ((start && strchr("\\/:", line[start - 1])) ||
	    (end < text->size && strchr("\\/", line[end])))
		return;
	while (end > behind && strchr(".-", line[end - 1]))
		end--;
	if (end == behind || is_escape(line + behind, end - behind) || !is_domain(text, start, at))
		return;
	redact_text_name(text, start, at - start);
	redact_text_name(text, behind, end - behind);
}

void redact_domains(const struct redact_text *text)
{
	size_t at;

	for (at = 1; at + 1 < text->size; at++) {
		if (text->data[at] == '\\' && text->data[at - 1] != '\\')
			domain(text, at);
	}
}

/* Each folder of a path but those that systems have. */
static void folders(const struct redact_text *text, size_t at)
{
	while (at < text->size && text->data[at] == '/') {
		size_t end = ++at;

		while (end < text->size && is_name(text->data[end]))
			end++;
		if (end - at > 2 && !redact_is_of_system(text->data + at, end - at))
			redact_text_name(text, at, end - at);
		at = end;
	}
}

void redact_exports(const struct redact_text *text)
{
	static const char path[] = " path ";
	size_t at;

	if (redact_find(text->data, text->size, "nfs") == text->size)
		return;
	for (at = 1; at + 2 < text->size; at++) {
		size_t start = at;

		if (text->data[at] != ':' || text->data[at + 1] != '/' || !is_name(text->data[at + 2]))
			continue;
		while (start && is_name(text->data[start - 1]))
			start--;
		if (start == at && text->data[at - 1] != ']')
			continue;
		redact_text_name(text, start, at - start);
		folders(text, at + 1);
	}
	at = redact_find(text->data, text->size, path);
	if (at < text->size)
		folders(text, at + strlen(path));
}
