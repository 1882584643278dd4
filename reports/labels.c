/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/labels.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "reports/quantity.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define N_(text) (text)

/* What an attribute's name ends with, and how such a number is shown. */
enum shape { SHAPE_BYTES = 0, SHAPE_MILLI, SHAPE_KILO, SHAPE_PLAIN };

static const struct {
	const char *end;
	enum shape shape;
	const char *unit;
} unit_row[] = {
	{ "_bytes", SHAPE_BYTES, "" },	    { "_milli_c", SHAPE_MILLI, "C" },
	{ "_milli_v", SHAPE_MILLI, "V" },   { "_mv", SHAPE_MILLI, "V" },
	{ "_milli_w", SHAPE_MILLI, "W" },   { "_khz", SHAPE_KILO, "MHz" },
	{ "_mhz", SHAPE_PLAIN, "MHz" },	    { "_mts", SHAPE_PLAIN, "MT/s" },
	{ "_mbps", SHAPE_PLAIN, "Mbit/s" }, { "_mtps", SHAPE_PLAIN, "MT/s" },
	{ "_rpm", SHAPE_PLAIN, "rpm" },	    { "_bits", SHAPE_PLAIN, "bit" },
	{ "_count", SHAPE_PLAIN, "" },
};

/* Ascending by name. */
static const struct label {
	const char *name;
	const char *label;
} label_row[] = {
	{ "address", N_("address") },
	{ "arp_type", N_("link type") },
	{ "asset_tag", N_("asset tag") },
	{ "bank", N_("bank") },
	{ "bios_date", N_("BIOS date") },
	{ "bios_release", N_("BIOS release") },
	{ "bios_vendor", N_("BIOS maker") },
	{ "bios_version", N_("BIOS version") },
	{ "build", N_("build") },
	{ "bus", N_("bus") },
	{ "cache_bytes", N_("cache") },
	{ "chip", N_("chip") },
	{ "chip_id", N_("chip id") },
	{ "class", N_("class") },
	{ "class_id", N_("class id") },
	{ "cmdline", N_("command line") },
	{ "code", N_("code") },
	{ "codename", N_("code name") },
	{ "configured_mts", N_("configured speed") },
	{ "configured_mv", N_("configured voltage") },
	{ "core", N_("core") },
	{ "core_count", N_("cores") },
	{ "cores", N_("cores") },
	{ "count", N_("count") },
	{ "cpus", N_("logical processors") },
	{ "crit_milli", N_("critical (thousandths)") },
	{ "crit_milli_c", N_("critical") },
	{ "current_mhz", N_("current frequency") },
	{ "data_width_bits", N_("data width") },
	{ "date", N_("date") },
	{ "device", N_("device") },
	{ "device_id", N_("device id") },
	{ "distribution_id", N_("distribution id") },
	{ "driver", N_("driver") },
	{ "duplex", N_("duplex") },
	{ "ecc", N_("error correction") },
	{ "edition", N_("edition") },
	{ "efi", N_("EFI") },
	{ "efi_bits", N_("EFI width") },
	{ "family", N_("family") },
	{ "features", N_("features") },
	{ "firmware", N_("firmware") },
	{ "form", N_("form") },
	{ "height_units", N_("height in units") },
	{ "hypervisor", N_("hypervisor") },
	{ "id", N_("id") },
	{ "id_like", N_("derived from") },
	{ "implementer", N_("implementer") },
	{ "installed_bytes", N_("installed") },
	{ "internal", N_("internal") },
	{ "isa", N_("instruction sets") },
	{ "jedec_id", N_("JEDEC id") },
	{ "kernel_total_bytes", N_("seen by the kernel") },
	{ "kind", N_("kind") },
	{ "l1d_bytes", N_("L1 data cache") },
	{ "l1i_bytes", N_("L1 instruction cache") },
	{ "l2_bytes", N_("L2 cache") },
	{ "l3_bytes", N_("L3 cache") },
	{ "label", N_("label") },
	{ "level", N_("level") },
	{ "licence_end", N_("licence ends") },
	{ "line_bytes", N_("line") },
	{ "link_speed_max_mts", N_("link speed, most") },
	{ "link_speed_mts", N_("link speed") },
	{ "link_width", N_("link width") },
	{ "link_width_max", N_("link width, most") },
	{ "locator", N_("slot") },
	{ "logical_block_bytes", N_("logical block") },
	{ "logical_cpus", N_("logical processors") },
	{ "mac", N_("MAC address") },
	{ "machine", N_("machine") },
	{ "maker", N_("maker") },
	{ "manufacturer", N_("maker") },
	{ "max_khz", N_("highest frequency") },
	{ "max_mhz", N_("highest frequency") },
	{ "max_milli", N_("highest (thousandths)") },
	{ "maximum_bytes", N_("at most") },
	{ "memory_bytes", N_("memory") },
	{ "microcode", N_("microcode") },
	{ "midr", N_("MIDR") },
	{ "milestone", N_("milestone") },
	{ "min_khz", N_("lowest frequency") },
	{ "min_mhz", N_("lowest frequency") },
	{ "min_milli", N_("lowest (thousandths)") },
	{ "minor_version", N_("minor version") },
	{ "model", N_("model") },
	{ "model_number", N_("model number") },
	{ "mtu_bytes", N_("largest frame") },
	{ "name", N_("name") },
	{ "nominal_khz", N_("nominal frequency") },
	{ "numa_node", N_("NUMA node") },
	{ "numa_nodes", N_("NUMA nodes") },
	{ "operstate", N_("link state") },
	{ "package", N_("package") },
	{ "packages", N_("packages") },
	{ "page_size_bytes", N_("page size") },
	{ "part", N_("part") },
	{ "part_number", N_("part number") },
	{ "permission", N_("permission") },
	{ "physical_block_bytes", N_("physical block") },
	{ "populated", N_("populated") },
	{ "pretty_name", N_("full name") },
	{ "prid", N_("PRID") },
	{ "product", N_("product") },
	{ "ranks", N_("ranks") },
	{ "read_only", N_("read only") },
	{ "release", N_("release") },
	{ "release_line", N_("release file") },
	{ "removable", N_("removable") },
	{ "revision", N_("revision") },
	{ "rom_bytes", N_("ROM size") },
	{ "rotational", N_("rotating") },
	{ "secure_boot", N_("secure boot") },
	{ "serial", N_("serial number") },
	{ "service_pack", N_("service pack") },
	{ "shared_by_cpus", N_("shared by processors") },
	{ "size_bytes", N_("size") },
	{ "sku", N_("SKU") },
	{ "slots", N_("slots") },
	{ "slots_used", N_("slots in use") },
	{ "smart", N_("disk health (SMART)") },
	{ "smart_percentage_used", N_("life used (%)") },
	{ "smart_power_on_hours", N_("hours in use") },
	{ "smart_status", N_("disk health (SMART)") },
	{ "smart_temperature_milli_c", N_("disk temperature") },
	{ "sockets", N_("sockets") },
	{ "speed_kbit", N_("speed (kbit/s)") },
	{ "speed_mbit", N_("speed (Mbit/s)") },
	{ "speed_mts", N_("speed") },
	{ "state", N_("state") },
	{ "stepping", N_("stepping") },
	{ "subsystem_id", N_("subsystem id") },
	{ "tainted", N_("tainted") },
	{ "thread_count", N_("threads") },
	{ "threads", N_("threads") },
	{ "threads_per_core", N_("threads a core") },
	{ "total_width_bits", N_("total width") },
	{ "transport", N_("transport") },
	{ "type", N_("type") },
	{ "unit", N_("unit") },
	{ "update_level", N_("update level") },
	{ "usb_version", N_("USB version") },
	{ "uuid", N_("UUID") },
	{ "value_milli", N_("value (thousandths)") },
	{ "variant", N_("variant") },
	{ "vendor", N_("maker") },
	{ "vendor_id", N_("maker id") },
	{ "version", N_("version") },
	{ "version_id", N_("version id") },
	{ "virtual_machine", N_("virtual machine") },
	{ "wwid", N_("WWID") },
	{ "wwn", N_("WWN") },
};

static int compare_label(const void *name, const void *label)
{
	return strcmp(name, ((const struct label *)label)->name);
}

static size_t unit_of(const char *name)
{
	size_t length = strlen(name);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(unit_row); i++) {
		size_t size = strlen(unit_row[i].end);

		if (length > size && !strcmp(name + length - size, unit_row[i].end))
			break;
	}
	return i;
}

const char *label_attribute(struct arena *arena, const char *name)
{
	const struct label *known = bsearch(name, label_row, ARRAY_SIZE(label_row),
					    sizeof(label_row[0]), compare_label);
	size_t unit = unit_of(name);
	char *label;
	char *at;

	if (known)
		return known->label;

	label = arena_strndup(
		arena, name,
		strlen(name) - (unit < ARRAY_SIZE(unit_row) ? strlen(unit_row[unit].end) : 0));
	for (at = label; *at; at++) {
		if (*at == '_')
			*at = ' ';
	}
	return label;
}

const char *label_value(struct arena *arena, const struct attribute *attribute)
{
	size_t unit = unit_of(attribute->name);
	char bytes[BYTES_TEXT_SIZE];
	char text[QUANTITY_TEXT_SIZE];

	if (attribute->kind == ATTRIBUTE_TEXT)
		return attribute->text;
	if (unit == ARRAY_SIZE(unit_row))
		return arena_printf(arena, "%" PRId64, attribute->number);
	switch (unit_row[unit].shape) {
	case SHAPE_BYTES:
		/* 1500 bytes are no 1.4 KiB to anybody. */
		if (attribute->number < 10240 && attribute->number % 1024)
			return arena_printf(arena, "%" PRId64 " B", attribute->number);
		if (attribute->number >= 0)
			return arena_strdup(arena,
					    format_bytes((uint64_t)attribute->number, bytes));
		break;
	case SHAPE_MILLI:
	case SHAPE_KILO:
		return arena_strdup(arena,
				    quantity_text(attribute->number, unit_row[unit].unit, text));
	case SHAPE_PLAIN:
		return arena_printf(arena, "%" PRId64 "%s%s", attribute->number,
				    *unit_row[unit].unit ? " " : "", unit_row[unit].unit);
	}
	return arena_printf(arena, "%" PRId64, attribute->number);
}
