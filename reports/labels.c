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
	{ "abi_world", N_("LoongArch world") },
	{ "acpi_id", N_("ACPI id") },
	{ "arp_type", N_("link type") },
	{ "array_mapped", N_("physical addresses of all modules of the array") },
	{ "asset_tag", N_("asset tag") },
	{ "bank", N_("bank") },
	{ "build", N_("build") },
	{ "bus_id", N_("bus id") },
	{ "channel", N_("channel") },
	{ "channels", N_("channels") },
	{ "channels_used", N_("channels in use") },
	{ "charge_percent", N_("charge (%)") },
	{ "chip", N_("chip") },
	{ "chip_id", N_("chip id") },
	{ "class", N_("class") },
	{ "class_id", N_("class id") },
	{ "clusters", N_("clusters") },
	{ "cmdline", N_("command line") },
	{ "code", N_("code") },
	{ "codename", N_("code name") },
	{ "configured_mts", N_("configured speed") },
	{ "configured_mv", N_("configured voltage") },
	{ "connector", N_("connector") },
	{ "core", N_("core") },
	{ "core_count", N_("cores") },
	{ "core_text", N_("core by its own text") },
	{ "cores", N_("cores") },
	{ "count", N_("count") },
	{ "cpus", N_("logical processors") },
	{ "crit_milli", N_("critical (thousandths)") },
	{ "current_mhz", N_("current frequency") },
	{ "cycle_count", N_("charge cycles") },
	{ "data_width_bits", N_("data width") },
	{ "date", N_("date") },
	{ "description", N_("description") },
	{ "design_mah", N_("capacity when new (mAh)") },
	{ "design_mwh", N_("capacity when new (mWh)") },
	{ "device", N_("device") },
	{ "device_id", N_("device id") },
	{ "distribution_id", N_("distribution id") },
	{ "dram_maker", N_("maker of the memory chips") },
	{ "driver", N_("driver") },
	{ "driver_bound", N_("has a driver") },
	{ "duplex", N_("duplex") },
	{ "ecc", N_("error correction") },
	{ "edac", N_("memory controller's module (EDAC)") },
	{ "edac_location", N_("place at the memory controller") },
	{ "edid_version", N_("EDID version") },
	{ "edition", N_("edition") },
	{ "efi", N_("EFI") },
	{ "efi_bits", N_("EFI width") },
	{ "evidence", N_("evidence") },
	{ "extensions", N_("instruction set extensions") },
	{ "family", N_("family") },
	{ "features", N_("features") },
	{ "firmware", N_("firmware") },
	{ "form", N_("form") },
	{ "full_mah", N_("capacity now (mAh)") },
	{ "full_mwh", N_("capacity now (mWh)") },
	{ "full_percent_of_design", N_("capacity left, of new (%)") },
	{ "height_mm", N_("height (mm)") },
	{ "height_pixels", N_("height (pixels)") },
	{ "height_units", N_("height in units") },
	{ "hypervisor", N_("hypervisor") },
	{ "id", N_("id") },
	{ "id_like", N_("derived from") },
	{ "implementer", N_("core by") },
	{ "installed_bytes", N_("installed") },
	{ "interface", N_("interface") },
	{ "interleave_depth", N_("interleaved data depth") },
	{ "interleave_position", N_("position in the interleave") },
	{ "internal", N_("internal") },
	{ "ipmi_version", N_("IPMI version") },
	{ "jedec_id", N_("JEDEC id") },
	{ "kernel_total_bytes", N_("seen by the kernel") },
	{ "kind", N_("kind") },
	{ "label", N_("label") },
	{ "level", N_("level") },
	{ "licence_end", N_("licence ends") },
	{ "line", N_("product line") },
	{ "line_bytes", N_("line") },
	{ "link_speed_max_mts", N_("link speed, most") },
	{ "link_speed_mts", N_("link speed") },
	{ "link_speed_possible_mts", N_("link speed, possible") },
	{ "link_width", N_("link width") },
	{ "link_width_max", N_("link width, most") },
	{ "link_width_possible", N_("link width, possible") },
	{ "locator", N_("slot") },
	{ "logical_block_bytes", N_("logical block") },
	{ "logical_cpus", N_("logical processors") },
	{ "mac", N_("MAC address") },
	{ "mac_assignment", N_("where the address is from") },
	{ "mac_unique", N_("address of its own") },
	{ "machine", N_("machine") },
	{ "made", N_("made") },
	{ "made_week", N_("made in week") },
	{ "made_year", N_("made in year") },
	{ "maker", N_("maker") },
	{ "manufacturer", N_("maker") },
	{ "manufacturer_id", N_("maker's IANA number") },
	{ "mapped", N_("physical addresses") },
	{ "max_khz", N_("highest frequency") },
	{ "max_mhz", N_("highest frequency") },
	{ "max_milli", N_("highest (thousandths)") },
	{ "maximum_bytes", N_("at most") },
	{ "memory_bytes", N_("memory") },
	{ "microcode", N_("microcode") },
	{ "midr", N_("MIDR") },
	{ "milestone", N_("milestone") },
	{ "min_khz", N_("lowest frequency") },
	{ "min_milli", N_("lowest (thousandths)") },
	{ "minor_version", N_("minor version") },
	{ "model", N_("model") },
	{ "model_number", N_("model number") },
	{ "model_year", N_("model year") },
	{ "mtu_bytes", N_("largest frame") },
	{ "name", N_("name") },
	{ "nominal_khz", N_("nominal frequency") },
	{ "numa_node", N_("NUMA node") },
	{ "numa_nodes", N_("NUMA nodes") },
	{ "online", N_("online") },
	{ "packages", N_("packages") },
	{ "page_size_bytes", N_("page size") },
	{ "part_number", N_("part number") },
	{ "permission", N_("permission") },
	{ "physical_block_bytes", N_("physical block") },
	{ "pnp_id", N_("PNP id") },
	{ "populated", N_("populated") },
	{ "pretty_name", N_("full name") },
	{ "prid", N_("PRID") },
	{ "product", N_("product") },
	{ "product_id", N_("product id") },
	{ "quirk", N_("known of this reading") },
	{ "rank_bytes", N_("size of the rank") },
	{ "ranks", N_("ranks") },
	{ "read_only", N_("read only") },
	{ "release", N_("release") },
	{ "release_line", N_("release file") },
	{ "removable", N_("removable") },
	{ "revision", N_("revision") },
	{ "rom_bytes", N_("ROM size") },
	{ "rotational", N_("rotating") },
	{ "scope", N_("scope") },
	{ "secure_boot", N_("secure boot") },
	{ "serial", N_("serial number") },
	{ "series", N_("series") },
	{ "service_pack", N_("service pack") },
	{ "shared_by_cpus", N_("shared by processors") },
	{ "size_bytes", N_("size") },
	{ "sku", N_("SKU") },
	{ "slot", N_("slot") },
	{ "slots", N_("slots") },
	{ "slots_used", N_("slots in use") },
	{ "smart", N_("disk health (SMART)") },
	{ "smart_critical_warning", N_("critical warning of the disk") },
	{ "smart_firmware", N_("firmware (SMART)") },
	{ "smart_media_errors", N_("media errors") },
	{ "smart_model", N_("model (SMART)") },
	{ "smart_pending_sectors", N_("pending sectors") },
	{ "smart_percentage_used", N_("life used (%)") },
	{ "smart_power_cycles", N_("times switched on") },
	{ "smart_power_on_hours", N_("hours in use") },
	{ "smart_reallocated_sectors", N_("reallocated sectors") },
	{ "smart_spare_percent", N_("spare left (%)") },
	{ "smart_start_stops", N_("motor starts") },
	{ "smart_status", N_("disk health (SMART)") },
	{ "smart_temperature_milli_c", N_("disk temperature") },
	{ "smart_unsafe_shutdowns", N_("unsafe shutdowns") },
	{ "smart_written_bytes", N_("data written") },
	{ "socket", N_("socket") },
	{ "sockets", N_("sockets") },
	{ "speed_kbit", N_("speed (kbit/s)") },
	{ "speed_mbit", N_("speed (Mbit/s)") },
	{ "speed_mts", N_("speed") },
	{ "state", N_("state") },
	{ "status", N_("status") },
	{ "stepping", N_("stepping") },
	{ "subsystem_id", N_("subsystem id") },
	{ "subsystem_vendor", N_("maker of the card") },
	{ "taint", N_("tainted by") },
	{ "tainted", N_("tainted") },
	{ "technology", N_("technology") },
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
	{ "vendor", N_("maker") },
	{ "vendor_id", N_("maker id") },
	{ "version", N_("version") },
	{ "version_id", N_("version id") },
	{ "version_major", N_("major version") },
	{ "version_minor", N_("minor version") },
	{ "virtual_machine", N_("virtual machine") },
	{ "width_mm", N_("width (mm)") },
	{ "width_pixels", N_("width (pixels)") },
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

const char *label_known(const char *name)
{
	const struct label *known = bsearch(name, label_row, ARRAY_SIZE(label_row),
					    sizeof(label_row[0]), compare_label);

	return known ? known->label : NULL;
}

const char *label_attribute(struct arena *arena, const char *name)
{
	const char *known = label_known(name);
	size_t unit = unit_of(name);
	char *label;
	char *at;

	if (known)
		return known;

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
