/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names with a sign between: "DOMAIN\user" of Windows and winbind, "server:/folder" of NFS,
 * "bench7.plant.cn".
 */
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

/* Names of hosts end so; "rc.local" is a file, "org.freedesktop.login1" has its end before. */
static bool ends_a_host(const char *text, size_t size)
{
	static const char *const top[] = { ".cn",  ".com", ".net",  ".org",	 ".lan",
					   ".edu", ".gov", ".corp", ".internal", ".intranet" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(top); i++) {
		size_t length = strlen(top[i]);

		if (size > length && redact_starts(text + size - length, length, top[i]))
			return true;
	}
	return false;
}

/* Domains that everybody's log speaks of. */
static bool is_public(const char *text, size_t size)
{
	static const char *const domain[] = {
		"kernel.org",	  "freedesktop.org", "gnu.org",	     "debian.org",    "ubuntu.com",	"canonical.com",
		"redhat.com",	  "centos.org",	     "fedoraproject.org", "openeuler.org", "openanolis.cn", "anolis.cn",
		"kylinos.cn",	  "kylin.com",	     "openkylin.top", "uniontech.com", "chinauos.com",	"deepin.com",
		"deepin.org",	  "loongson.cn",     "loongnix.cn",  "phytium.com.cn", "hygon.cn",	"zhaoxin.com",
		"huawei.com",	  "hisilicon.com",   "microsoft.com", "intel.com",     "amd.com",	"nvidia.com",
		"realtek.com",	  "github.com",	     "gitee.com",    "google.com",    "launchpad.net",	"sourceforge.net",
		"sf.net",	  "ntp.org",	     "suse.com",     "opensuse.org",  "lkml.org",	"infradead.org",
		"alsa-project.org", "linuxfoundation.org", "apache.org", "openssl.org", "openssh.com",	"isc.org",
		"example.com",	  "bugs.com",	     "mellanox.com", "samba.org",     "nvmexpress.org",	"greatwall.com.cn",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(domain); i++) {
		size_t length = strlen(domain[i]);

		if (size >= length && redact_starts(text + size - length, length, domain[i]) &&
		    (size == length || text[size - length - 1] == '.'))
			return true;
	}
	return false;
}

/* What a host does, and not how it is called. */
static bool is_duty(const char *label, size_t size)
{
	static const char *const duty[] = { "www", "git",  "ntp",  "mirror", "mirrors", "mail", "mx",	"dns", "ns",
					    "ns1", "ns2",  "proxy", "smtp",  "api",	 "repo", "ftp", "time" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(duty); i++) {
		if (strlen(duty[i]) == size && redact_starts(label, size, duty[i]))
			return true;
	}
	return false;
}

static void host(const struct redact_text *text, size_t start, size_t size)
{
	const char *at = text->data + start;
	size_t label = 0;

	if (!ends_a_host(at, size) || is_public(at, size))
		return;
	while (label < size && at[label] != '.')
		label++;
	if (is_duty(at, label) && memchr(at + label + 1, '.', size - label - 1))
		redact_text_name(text, start + label + 1, size - label - 1);
	else
		redact_text_name(text, start, size);
}

void redact_hosts(const struct redact_text *text)
{
	size_t start = 0, end;

	while (start < text->size) {
		for (end = start; end < text->size && (isalnum((unsigned char)text->data[end]) ||
						       strchr("-.", text->data[end])) &&
				  text->data[end];)
			end++;
		if (end > start) {
			size_t size = end - start;

			while (size && strchr("-.", text->data[start + size - 1]))
				size--;
			/* "linux@linux.it" is a person's, "libx.org.so" a file's. */
			if (size && isalnum((unsigned char)text->data[start]))
				host(text, start, size);
		}
		start = end + 1;
	}
}
