/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of programs that tell a name in their midst: of accounts, hosts, networks, volumes. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

/*
 * A name between `before` and `after`, in a record that holds `in`. Blanks may stand before the name when
 * `before` ends with one; between quotes it is anything.
 */
static const struct sentence {
	const char *in, *before, *after;
} row[] = {
	{ "", "user ", " logged " },
	{ "", "invalid user ", "" },
	{ "", "illegal user ", "" },
	{ "", "authenticating user ", "" },
	{ "", "disconnected from user ", "" },
	{ " port ", " for ", " from " },
	{ " user=", ": ", " : tty=" },
	{ "", "(to root) ", " on " },
	{ " on ", "(to ", ")" },
	{ "", "(", ") cmd" },
	{ "login on ", " by ", "" },
	{ "login on ", " from ", "" },
	{ "", "ssid='", "'" },
	{ "", "ssid \"", "\"" },
	{ "ssid", " value '", "'" },
	{ "", "connection '", "'" },
	{ "", "access point '", "'" },
	{ "", "host name to '", "'" },
	{ "", "host name '", "'" },
	{ "", "hostname changed to '", "'" },
	{ "", "hostname '", "'" },
	{ "", "outside networkmanager: '", "'" },
	{ "", "host_name => '", "'" },
	{ "", "domain_name => '", "'" },
	{ "host name conflict", "retrying with ", "" },
	{ "", "lockd: server ", "" },
	{ "", "rpc: server ", "" },
	{ "", "mount server ", "" },
	{ "", "device label ", " devid " },
	{ "btrfs", " label ", "" },
	{ "", "with label ", "" },
	{ "fsck", ": ", ": clean," },
	{ "", "iphone (", ")" },
	{ "", "volume group \"", "\"" },
	{ "", "logical volumes ", "/" },
	{ "", "logical volume ", "/" },
	{ "", "volume group ", " using " },
	{ " online", "vg ", " is complete" },
	{ "", "vg ", " run autoactivation" },
	{ "", "vg ", " finished" },
	{ "", "lvm-activate-", ".service" },
	{ "", "event activation on ", "" },
	{ "", "cryptography setup for ", "" },
	{ "", "systemd-cryptsetup@", ".service" },
	{ "md: ", "array ", ":" },
	{ "", "/dev/md/", "" },
	{ "", "volume name ", " mounted" },
	{ "", "volume label: ", "" },
	{ "", "volume \"", "\"" },
	{ "/dev/", ": label=", "" },
	{ "/dev/", ": label=\"", "\"" },
	{ "fsck", ": ", ": recovering journal" },
	{ "fsck", ": ", " has been mounted" },
	{ "non-contiguous", ": ", ": " },
	{ "hostname", " to \"", "\"" },
	{ "hostname", " to '", "'" },
	{ "", "wireless network \"", "\"" },
	{ "", "domain name '", "'" },
	{ "", "joined domain ", "" },
	{ "", "getaddrinfo for ", " " },
	{ "", "failed on nfsv4 server ", "" },
	{ "", "mount.nfs: ", ":/" },
	{ "selected source", "(", ")" },
	{ "not allowed", "user ", " from " },
	{ "", "user slice of ", "" },
	{ "session opened", " by ", "(" },
	{ "", "requests session for ", "" },
	{ "", "control file for ", "" },
	{ "", "unix-user:", "" },
	{ "", "(", ") reload" },
	{ "", "group: name=", "," },
	{ "", "password changed for ", "" },
	{ "", "add '", "' to group" },
	{ "", "changed user '", "'" },
	{ "", "\\", " logged in" },
	{ "uuid=", " name='", "' " },
	{ "", "volume label is ", "" },
	{ "", "volume label is \"", "\"" },
	{ "", "volume name is ", "" },
	{ "ntfs", "volume label ", "" },
	{ "fat", "volume label ", "" },
	{ "gpt", " label ", "" },
	{ "mounted", " label ", "" },
	{ "type=\"", "label=\"", "\"" },
	{ "", "partlabel=\"", "\"" },
	{ "partuuid=", " name=\"", "\"" },
	{ "", "access point \"", "\"" },
	{ "", "connection \"", "\"" },
	{ "", "wifi-network ", "" },
	{ "cryptsetup", ": ", ": set up" },
	{ "", "luks-", "" },
	{ "nfs", "server ", " path " },
	{ "port of rpc", " on ", "" },
	{ "", "printer \"", "\"" },
	{ "", "printer '", "'" },
	{ "", "printer “", "”" },
	{ "", "printers/", "" },
	{ "cups", "printer ", "" },
	{ "lpd", "printer ", "" },
	{ "cups", "queue ", "" },
	{ "cups", "destination ", "" },
	{ "", "container \"", "\"" },
	{ "", "container '", "'" },
	{ "", "container name ", "" },
	{ "docker", "container ", "" },
	{ "podman", "container ", "" },
	{ "containerd", "container ", "" },
	{ "crio", "container ", "" },
	{ "kubelet", "container ", "" },
	{ "lxc", "container ", "" },
	{ "docker", " name=", "" },
	{ "podman", " name=", "" },
	{ "docker", "container=", "" },
	{ "", "docker-", ".scope" },
	{ "", "lxc@", ".service" },
	{ "", "docker-compose@", ".service" },
	{ "", "systemd-nspawn@", ".service" },
	{ "", "container-", ".service" },
	{ "", "podman-", ".service" },
	{ "qemu", "guest=", "," },
	{ "libvirt", "domain ", "" },
	{ "virt", "domain '", "'" },
	{ "bluetooth", "connected to '", "'" },
	{ "bluetooth", "connected to ", "" },
	{ "bluetooth", "pairing with '", "'" },
	{ "bluetooth", "pairing with ", "" },
	{ "md/raid", " name ", ":" },
	{ "lvm", " vg ", "" },
	{ "lvm", " lv ", "" },
	{ "bluetooth", " name \"", "\"" },
	{ "bluetooth", " name '", "'" },
	{ "bluetooth", " name: ", "" },
	{ "bluetooth", " alias ", "" },
	{ "bluetooth", " alias: ", "" },
};

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || strchr("-._+", c) || (unsigned char)c >= 0x80;
}

/* Where the name that begins at `start` ends. */
static size_t end_of_name(const struct redact_text *text, size_t start, char quote,
			  const char *after)
{
	size_t end = start;

	if (*after && is_name(*after)) {
		size_t size = redact_find(text->data + start, text->size - start, after);

		while (end < start + size && is_name(text->data[end]))
			end++;
		return end;
	}
	if (quote) {
		while (end < text->size && text->data[end] != quote)
			end++;
		return end;
	}
	while (end < text->size && is_name(text->data[end]))
		end++;
	while (end > start && strchr(".-", text->data[end - 1]))
		end--;
	return end;
}

static void told(const struct redact_text *text, const struct sentence *sentence)
{
	size_t size = strlen(sentence->before);
	char last = sentence->before[size - 1];
	char quote = strchr("'\"", last) ? last : 0;
	size_t at = 0;

	while ((at += redact_find(text->data + at, text->size - at, sentence->before)) < text->size) {
		size_t start = at + size, end;
		bool is_part = at && isalnum((unsigned char)text->data[at - 1]) &&
			       isalnum((unsigned char)text->data[at]);

		while (last == ' ' && start < text->size && text->data[start] == ' ')
			start++;
		end = end_of_name(text, start, quote, sentence->after);
		if (!is_part && redact_starts(text->data + end, text->size - end, sentence->after))
			redact_text_name(text, start, end - start);
		at += size;
	}
}

/* Of "by-id/ata-MODEL_SERIAL" the serial number; all of what stands behind other "by-KIND". */
static void link_name(const struct redact_text *text, size_t kind)
{
	size_t at = kind, end, skip;

	while (at < text->size && isalpha((unsigned char)text->data[at]))
		at++;
	if (at == text->size || !strchr("/-", text->data[at]) ||
	    redact_starts(text->data + kind, text->size - kind, "path"))
		return;
	for (end = ++at; end < text->size && !strchr(" \t\n,;:'\"()<>[]", text->data[end]);)
		end++;
	end = at + redact_find(text->data + at, end - at, ".device");
	while (end > at && text->data[end - 1] == '.')
		end--;
	if (redact_starts(text->data + kind, text->size - kind, "uuid") ||
	    redact_starts(text->data + kind, text->size - kind, "partuuid"))
		return;
	if (redact_starts(text->data + kind, text->size - kind, "id")) {
		for (skip = end; skip > at && text->data[skip - 1] != '_';)
			skip--;
		if (skip == at)
			skip += redact_find(text->data + at, end - at, "-") + 1;
		if (skip < end)
			redact_text_span(text, skip, end - skip, REDACT_EVERYWHERE);
	} else {
		redact_text_span(text, at, end - at, REDACT_LOG);
	}
}

/* "/dev/disk/by-label/DATA", and "dev-disk-by\\x2dlabel-DATA.device" of systemd. */
static void links(const struct redact_text *text)
{
	static const char *const before[] = { "disk/by-", "disk-by-", "disk-by\\x2d" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(before); i++) {
		size_t at = 0;

		while ((at += redact_find(text->data + at, text->size - at, before[i])) < text->size) {
			at += strlen(before[i]);
			link_name(text, at);
		}
	}
}

/* "VG-LV" as the device mapper has it, where a hyphen of either name is two; "VG/LV" elsewhere. */
void redact_volume(const struct redact_text *text, size_t start, size_t size)
{
	size_t end = start + size, at = start;

	while (at < end && text->data[at] != '/' &&
	       !(text->data[at] == '-' && at + 1 < end && text->data[at + 1] != '-' &&
		 text->data[at - (at > start)] != '-'))
		at++;
	if (redact_starts(text->data + start, size, "luks-"))
		return;
	redact_text_name(text, start, at - start);
	if (at < end)
		redact_text_name(text, at + 1, end - at - 1);
}

static size_t end_of_volume(const struct redact_text *text, size_t start)
{
	while (start < text->size && (is_name(text->data[start]) || text->data[start] == '/'))
		start++;
	while (start && strchr("./-", text->data[start - 1]))
		start--;
	return start;
}

/* Folders of /dev that are the system's, where others are groups of volumes. */
static bool is_folder_of_system(const char *name, size_t size)
{
	static const char *const folder[] = {
		"mapper/", "disk/", "shm/", "pts/", "input/", "dri/", "snd/", "bus/", "cpu/", "mqueue/",
		"net/", "vfio/", "char/", "block/", "dma_heap/", "hugepages/", "usb/", "md/", "fd/",
		"mtd/", "video/", "loop/", "raw/", "infiniband/", "misc/", "ubi/", "tee/",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folder); i++) {
		if (redact_starts(name, size, folder[i]))
			return true;
	}
	return false;
}

/* "/dev/mapper/VG-LV", "/dev/VG/LV". */
static void volumes(const struct redact_text *text)
{
	static const char device[] = "/dev/", mapper[] = "mapper/";
	size_t at = 0;

	while ((at += redact_find(text->data + at, text->size - at, device)) < text->size) {
		size_t start = at += strlen(device), end;
		bool is_mapped = redact_starts(text->data + at, text->size - at, mapper);

		if (is_mapped)
			start += strlen(mapper);
		end = end_of_volume(text, start);
		if (end > start && (is_mapped || (memchr(text->data + start, '/', end - start) &&
				     !is_folder_of_system(text->data + start, end - start))))
			redact_volume(text, start, end - start);
	}
}

/* "usb 1-2: SerialNumber: AB 12 CD": to the end, with its blanks. Root hubs have their controller's name. */
static void serial_of_usb(const struct redact_text *text)
{
	static const char word[] = ": SerialNumber: ";
	size_t at = redact_find(text->data, text->size, word);

	if (at == text->size || redact_find(text->data, at, "usb ") == at ||
	    redact_find(text->data, at, "usb usb") < at)
		return;
	at += strlen(word);
	redact_text_span(text, at, text->size - at, REDACT_EVERYWHERE);
}

/* Servers of DHCP tell the name of a client behind its address. */
static void client(const struct redact_text *text)
{
	enum { MAC = 17 };
	size_t at, end;

	if (redact_find(text->data, text->size, "dhcp") == text->size)
		return;
	for (at = 0; at + MAC < text->size; at++) {
		size_t start = at + MAC;

		if (redact_shape_of(text->data + at, MAC) != SHAPE_MAC)
			continue;
		while (start < text->size && strchr(" (", text->data[start]))
			start++;
		end = end_of_name(text, start, 0, "");
		if (start > at + MAC && !redact_starts(text->data + start, text->size - start, "via "))
			redact_text_name(text, start, end - start);
		return;
	}
}

void redact_told(const struct redact_text *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (redact_find(text->data, text->size, row[i].in) < text->size)
			told(text, &row[i]);
	}
	redact_owners(text);
	redact_domains(text);
	redact_exports(text);
	redact_hosts(text);
	redact_certificates(text);
	redact_devices(text);
	links(text);
	volumes(text);
	redact_units(text);
	redact_telephones(text);
	serial_of_usb(text);
	client(text);
}
