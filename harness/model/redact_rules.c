/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which file is looked through how, by its path; and the ways in. */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/model/redact_parts.h"

#include <fnmatch.h>
#include <string.h>

/* Here '*' matches '/' too: files are met under their real paths, whose depth differs. */
static const struct {
	const char *pattern;
	void (*rule)(struct redact_target *target);
} rule_table[] = {
	{ "sys/firmware/dmi/tables/DMI", redact_smbios },
	{ "*/dmi/entries/*/raw", redact_smbios },
	{ "*/dmi/id/*_serial", redact_value },
	{ "*/dmi/id/*_uuid", redact_value },
	{ "*/dmi/id/*_asset_tag", redact_value },
	{ "*/edid", redact_edid },
	{ "*/eeprom", redact_eeprom },
	{ "sys/devices/*:*:*.?/config", redact_pci_config },
	{ "*/vpd", redact_opaque },
	{ "*/vpd_pg80", redact_serial_page },
	{ "*/vpd_pg83", redact_opaque },
	{ "*/acpi/tables/MSDM*", redact_opaque },
	{ "*/acpi/tables/SLIC*", redact_opaque },
	{ "*/rng-seed", redact_opaque },
	{ "*/kaslr-seed", redact_opaque },
	{ "*/local-mac-address", redact_mac_bytes },
	{ "*/mac-address", redact_mac_bytes },
	{ "sys/*/product", redact_owned },
	{ "sys/*/manufacturer", redact_owned },
	{ "*/serial", redact_value },
	{ "*/serial_number", redact_value },
	{ "*/serial-number", redact_value },
	{ "*/serialno", redact_value },
	{ "*/soc_uid", redact_value },
	{ "*/unique_id", redact_value },
	{ "*/uniq", redact_value },
	{ "*/cid", redact_value },
	{ "*/wwid", redact_value },
	{ "*/wwn", redact_value },
	{ "*/eui", redact_value },
	{ "*/nguid", redact_value },
	{ "*/uuid", redact_value },
	{ "*/subsysnqn", redact_value },
	{ "*/hostnqn", redact_value },
	{ "*/hostid", redact_value },
	{ "*/sas_address", redact_value },
	{ "*/port_name", redact_value },
	{ "*/node_guid", redact_value },
	{ "*/sys_image_guid", redact_value },
	{ "*/phys_port_id", redact_value },
	{ "*/phys_switch_id", redact_value },
	{ "*/uevent", redact_pairs },
	{ "proc/cpuinfo", redact_pairs },
	{ "proc/bus/input/devices", redact_input },
	{ "etc/.kyinfo", redact_licence },
	{ "etc/LICENSE", redact_licence },
	{ "etc/.kyactivation*", redact_value },
	{ "etc/machine-id", redact_value },
	{ "var/lib/dbus/machine-id", redact_value },
	{ "etc/hostname", redact_names },
	{ "etc/hosts", redact_names },
	{ "etc/passwd", redact_names },
	{ "etc/resolv.conf", redact_names },
	{ "proc/sys/kernel/hostname", redact_names },
	{ "proc/sys/kernel/domainname", redact_names },
	{ "etc/NetworkManager/system-connections/*", redact_names },
	{ "etc/wpa_supplicant/*.conf", redact_names },
	{ "proc/cmdline", redact_command_line },
	{ "*/chosen/bootargs", redact_command_line },
	{ "dev/kmsg", redact_log },
	{ "var/log/*", redact_log },
};

const char *const redact_learn_globs[] = {
	"etc/hostname",
	"etc/hosts",
	"etc/passwd",
	"etc/resolv.conf",
	"etc/machine-id",
	"etc/.kyinfo",
	"etc/LICENSE",
	"etc/.kyactivation",
	"etc/NetworkManager/system-connections/*",
	"etc/wpa_supplicant/*.conf",
	"proc/bus/input/devices",
	"proc/cmdline",
	"proc/cpuinfo",
	"proc/sys/kernel/hostname",
	"proc/sys/kernel/domainname",
	"sys/firmware/dmi/tables/DMI",
	"sys/firmware/devicetree/base/serial-number",
	"sys/class/dmi/id/*_serial",
	"sys/class/dmi/id/*_uuid",
	"sys/class/dmi/id/*_asset_tag",
	"sys/class/net/*/address",
	"sys/class/power_supply/*/serial_number",
	"sys/class/nvme/*/serial",
	"sys/class/nvme/*/subsysnqn",
	"sys/block/*/device/serial",
	"sys/block/*/device/wwid",
	"sys/block/*/wwid",
	"sys/block/*/device/cid",
	"sys/bus/usb/devices/*/serial",
	"sys/class/drm/*/edid",
	"sys/bus/i2c/devices/*-005[0-7]/eeprom",
	"sys/class/sas_device/*/sas_address",
	"sys/class/fc_host/*/port_name",
	NULL,
};

static void by_path(struct redact_target *target)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rule_table); i++) {
		if (fnmatch(rule_table[i].pattern, target->path, 0) == 0)
			rule_table[i].rule(target);
	}
}

/* Names of people and hosts are words: below sys/ they would be taken for those of the kernel. */
static enum redact_scope least_of(const char *path)
{
	if (text_starts(path, "dev/") || text_starts(path, "var/"))
		return REDACT_LOG;
	return text_starts(path, "etc/") || text_starts(path, "proc/") ? REDACT_NAME
								      : REDACT_EVERYWHERE;
}

/* Elsewhere in proc/ stand tables of numbers. */
static bool is_log(const char *path)
{
	return least_of(path) == REDACT_LOG || !strcmp(path, "proc/cmdline");
}

/* Files with zeros have numbers that look like anything: there, only what is known is sought. */
static enum redact_forms forms_of(const struct redact_target *target)
{
	if (memchr(target->data, 0, target->size))
		return FORMS_NONE;
	return is_log(target->path) ? FORMS_TEXT : FORMS_ALL;
}

void redact_learn(struct redact_map *map, const char *path, const char *data, size_t size)
{
	struct redact_target target = { .map = map, .path = path, .data = (char *)data,
					.size = size };

	by_path(&target);
	redact_scan(&target, REDACT_EVERYWHERE, forms_of(&target));
}

static void apply(struct redact_target *target, enum redact_scope least, enum redact_forms forms)
{
	AUTO_FREE uint8_t *done = mem_zalloc(target->size);

	target->done = done;
	if (target->path)
		by_path(target);
	redact_scan(target, least, forms);
	target->done = NULL;
}

void redact_apply(struct redact_map *map, const char *path, char *data, size_t size)
{
	struct redact_target target = { .map = map, .path = path, .data = data, .size = size };

	apply(&target, least_of(path), forms_of(&target));
}

void redact_words(struct redact_map *map, const char *source, char *text)
{
	struct redact_target target = { .map = map, .data = text, .size = strlen(text) };

	if (!strcmp(source, "proc/cmdline") || fnmatch("sys/*/product", source, 0) == 0 ||
	    fnmatch("sys/*/manufacturer", source, 0) == 0)
		target.path = source;
	apply(&target, least_of(source), is_log(source) ? FORMS_TEXT : FORMS_ALL);
}

void redact_learn_path(struct redact_map *map, const char *path)
{
	struct redact_target target = { .map = map, .data = (char *)path, .size = strlen(path) };

	redact_scan(&target, REDACT_EVERYWHERE, FORMS_ADDRESS);
}

void redact_path(struct redact_map *map, char *path)
{
	struct redact_target target = { .map = map, .data = path, .size = strlen(path) };

	apply(&target, REDACT_EVERYWHERE, FORMS_ADDRESS);
}

void redact_fact(struct redact_map *map, const char *name, char *value)
{
	struct redact_target target = { .map = map, .data = value, .size = strlen(value) };
	AUTO_FREE uint8_t *done = mem_zalloc(target.size);

	/* Leaf 3 is the serial number of a processor, where there is one. */
	if (text_starts(name, "cpuid.00000003.")) {
		target.done = done;
		redact_span(&target, 0, target.size, REDACT_HERE);
	} else if (text_starts(name, "uname.")) {
		apply(&target, REDACT_NAME, FORMS_ALL);
	}
}
