/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of hosts, users and networks, from the files that hold them. */
#include "harness/base/auto.h"
#include "harness/model/placeholder.h"
#include "harness/model/redact_parts.h"

#include <string.h>
#include <strings.h>

enum { SHORTEST = 2, FIRST_USER = 1000, NOBODY = 65534 };

/* Names that installers choose, and words too common to be told from text: they name nobody. */
bool redact_is_common_name(const char *name, size_t size)
{
	static const char *const common[] = {
		"(none)", "abuild", "admin", "administrator", "anolis", "ao", "backup", "boot",
		"bugs", "build", "buildd", "builder", "cdrom", "centos", "com", "control", "cpu",
		"data", "debian", "deepin", "desktop", "dev", "devel", "domain", "euler",
		"fedora", "guest", "home", "host", "huawei", "hygon", "info", "kernel", "klas",
		"kunpeng", "kylin", "kylinos", "lan", "laptop", "linux", "lists", "local",
		"localdomain", "localhost", "localhost4", "localhost6", "loongnix", "loongson",
		"loopback", "mail", "mockbuild", "net", "nfs", "nobody", "none", "null",
		"unknown", "node", "notebook", "openeuler", "opt", "org", "pc", "phytium",
		"root", "router", "server", "station", "sunway", "support", "swap", "system",
		"temp", "test", "ubuntu", "uos", "user", "usr", "var", "vg", "vg0", "vm",
		"workstation", "zhaoxin", "ip6-localhost", "ip6-loopback", "ip6-allnodes",
		"ip6-allrouters", "ip6-localnet", "ip6-mcastprefix",
		/* Where a sentence goes on in another way than the rule for it knows. */
		"a", "as", "attach", "authority", "auto-update", "builtin", "by", "changed",
		"create", "created", "deleted", "destroy", "device", "died", "disabled", "disk",
		"enabled", "event", "events", "exec", "exited", "export", "exports", "failed",
		"for", "from", "group", "has", "health", "id", "image", "image=", "in", "init",
		"invalid", "is", "kill", "killed", "login", "lxc", "missing", "mnt", "name",
		"network", "not", "nt", "of", "on", "process", "public", "qemu", "queue",
		"remove", "removed", "restart", "runtime", "session", "set", "share", "srv",
		"start", "started", "stop", "stopped", "storage", "support", "the", "to", "too",
		"type", "was", "wired connection 1", "with", "workgroup", "有线连接",
		"有线连接 1",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(common); i++) {
		if (strlen(common[i]) == size && !strncasecmp(common[i], name, size))
			return true;
	}
	return text_is_placeholder(name, size);
}

static void learn(struct redact_map *map, const char *name, size_t size)
{
	if (size >= SHORTEST && !redact_is_common_name(name, size))
		redact_substitute(map, name, size, REDACT_NAME);
}

/*
 * "bench7.lab.example.cn" is bench7 in most places, and its domain in others: each by itself. The "it" of
 * "linux.it" names nobody.
 */
static void learn_host(struct redact_map *map, const char *name, size_t size)
{
	enum { TOP_LEVEL = 3 };
	size_t label = 0;

	while (label < size && name[label] != '.')
		label++;
	learn(map, name, label);
	if (label + 1 < size && (size - label - 1 > TOP_LEVEL ||
				 memchr(name + label + 1, '.', size - label - 1)))
		learn(map, name + label + 1, size - label - 1);
}

void redact_learn_name(struct redact_map *map, const char *name)
{
	learn_host(map, name, strcspn(name, " \t\r\n"));
}

/* Host names behind the first word of a line: "127.0.1.1 NAME NAME", "search DOMAIN DOMAIN". */
static void hosts_of_line(struct redact_map *map, const char *line, size_t size, bool domains)
{
	size_t at = 0;
	bool first = true;

	while (at < size && line[at] != '#') {
		size_t length = 0;

		while (at + length < size && !strchr(" \t\r#", line[at + length]))
			length++;
		if (length && !first && domains)
			learn(map, line + at, length);
		else if (length && !first)
			learn_host(map, line + at, length);
		first = first && !length;
		at += length ? length : 1;
	}
}

/* NAME:x:UID:GID:FULL NAME,...:HOME:SHELL, of people. */
static void user_of_line(struct redact_map *map, const char *line, size_t size)
{
	const char *field[7] = { line };
	size_t length[7] = { 0 };
	size_t count = 0;
	unsigned long uid = 0;
	size_t i;

	for (i = 0; i < size && count < ARRAY_SIZE(field); i++) {
		if (line[i] != ':')
			length[count]++;
		else if (++count < ARRAY_SIZE(field))
			field[count] = line + i + 1;
	}
	if (count < 5)
		return;
	for (i = 0; i < length[2] && i < 9; i++)
		uid = uid * 10 + (unsigned long)(field[2][i] - '0');
	if (uid < FIRST_USER || uid == NOBODY)
		return;
	learn(map, field[0], length[0]);
	for (i = 0; i < length[4] && field[4][i] != ','; i++)
		;
	learn(map, field[4], i);
	for (i = length[5]; i && field[5][i - 1] != '/'; i--)
		;
	learn(map, field[5] + i, length[5] - i);
}

/* KEY=VALUE of NetworkManager and wpa_supplicant. */
static void network_of_line(struct redact_map *map, const char *line, size_t size)
{
	static const struct {
		const char *key;
		enum redact_scope scope;
	} row[] = {
		{ "ssid", REDACT_NAME },	  { "id", REDACT_NAME },
		{ "identity", REDACT_NAME },	  { "psk", REDACT_EVERYWHERE },
		{ "password", REDACT_EVERYWHERE }, { "anonymous-identity", REDACT_NAME },
	};
	size_t key, value;
	size_t i;

	while (size && strchr(" \t", *line)) {
		line++;
		size--;
	}
	for (key = 0; key < size && line[key] != '='; key++)
		;
	for (value = key + 1; value < size && line[value] == '"'; value++)
		;
	while (size > value && strchr("\"\r ", line[size - 1]))
		size--;
	if (value >= size || redact_is_common_name(line + value, size - value))
		return;
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (strlen(row[i].key) == key && !strncmp(row[i].key, line, key))
			redact_substitute(map, line + value, size - value, row[i].scope);
	}
}

static void names_of_line(struct redact_map *map, const char *path, const char *line, size_t size)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash ? slash + 1 : path;

	if (!strcmp(file, "passwd"))
		user_of_line(map, line, size);
	else if (!strcmp(file, "hosts"))
		hosts_of_line(map, line, size, false);
	else if (!strcmp(file, "resolv.conf"))
		hosts_of_line(map, line, !strncmp(line, "nameserver", 10) ? 0 : size, true);
	else if (!strcmp(file, "domainname"))
		learn(map, line, size);
	else if (strstr(path, "hostname"))
		learn_host(map, line, size);
	else
		network_of_line(map, line, size);
}

void redact_names(struct redact_target *target)
{
	size_t start = 0;

	while (start < target->size) {
		const char *line = target->data + start;
		const char *end = memchr(line, '\n', target->size - start);
		size_t size = end ? (size_t)(end - line) : target->size - start;

		if (!target->done)
			names_of_line(target->map, target->path, line, size);
		start += size + 1;
	}
}
