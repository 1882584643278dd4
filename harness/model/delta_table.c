/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is compared, class by class. Names that come from dated tables (maker, series, device) name
 * a part for people and are not compared, but for the model of a processor, which alone tells those
 * apart that share an id register: it is, where both have it from the same table.
 */
#include "harness/model/delta_table.h"

#include "harness/base/auto.h"

#include <fnmatch.h>
#include <string.h>

#define ATTRIBUTES(...)                                                                            \
	.attribute = (const struct delta_attribute[]){ __VA_ARGS__, { NULL, ROLE_KIND } }
#define DESCRIBE(...) (const char *const[]){ __VA_ARGS__, NULL }
#define KIND(name) { name, ROLE_KIND }
#define HINT(name) { name, ROLE_HINT }
#define NAME(name) { name, ROLE_NAME }
#define SPELLING(name) { name, ROLE_SPELLING }
#define MEANING(name) { name, ROLE_MEANING }
#define SIZE(name) { name, ROLE_SIZE }
#define ROUGH(name) { name, ROLE_ROUGH }
#define LANES(name) { name, ROLE_LANES }
#define TABLE(name) { name, ROLE_TABLE }
#define SOFT(name) { name, ROLE_SOFT }

static const struct delta_part part[] = {
	{ "cpu", "cpu/?*", .describe = DESCRIBE("maker", "model", "name"),
	  ATTRIBUTES(HINT("midr"), HINT("prid"), HINT("vendor"), HINT("family"),
		     HINT("model_number"), HINT("stepping"), TABLE("model"), TABLE("sku"),
		     NAME("name"), SIZE("logical_cpus"), ROUGH("max_khz"), SOFT("microcode")) },
	{ "cpu", "socket/?*", .describe = DESCRIBE("manufacturer", "version"),
	  ATTRIBUTES(HINT("version"), NAME("part_number"), NAME("manufacturer"),
		     SIZE("core_count"), SIZE("max_mhz")) },
	{ "topology", "topology/machine", .one = true, .describe = DESCRIBE(NULL),
	  ATTRIBUTES(SIZE("packages"), SIZE("cores"), SIZE("threads"), SOFT("numa_nodes")) },
	{ "memory", "memory/total", .one = true, .describe = DESCRIBE("installed_bytes"),
	  ATTRIBUTES(SOFT("ecc"), ROUGH("kernel_total_bytes")) },
	{ "memory", "?*",
	  .describe = DESCRIBE("manufacturer", "part_number", "size_bytes", "type", "speed_mts"),
	  ATTRIBUTES(KIND("part_number"), HINT("type"), HINT("form"), HINT("ranks"),
		     HINT("total_width_bits"), SPELLING("manufacturer"),
		     SPELLING("jedec_id"), MEANING("maker"), SIZE("size_bytes"),
		     HINT("data_width_bits"), SIZE("speed_mts"), SIZE("configured_mts"),
		     SOFT("configured_mv")) },
	{ "board", "?*", .describe = DESCRIBE("manufacturer", "product", "version"),
	  ATTRIBUTES(KIND("manufacturer"), KIND("product"), HINT("version"), HINT("sku"),
		     SOFT("family")) },
	{ "chassis", "?*", .one = true, .describe = DESCRIBE("manufacturer", "type", "version"),
	  ATTRIBUTES(HINT("manufacturer"), HINT("type"), HINT("version"), HINT("height_units")) },
	{ "firmware", "?*", .one = true, .describe = DESCRIBE("vendor", "version"),
	  ATTRIBUTES(HINT("vendor"), SOFT("version"), SOFT("date"), SOFT("release"),
		     HINT("rom_bytes"), SOFT("efi"), SOFT("secure_boot")) },
	{ "pci", "?*", PLACE_PATH,
	  .describe = DESCRIBE("vendor", "device", "vendor_id", "device_id"),
	  ATTRIBUTES(KIND("vendor_id"), KIND("device_id"), HINT("class_id"), HINT("subsystem_id"),
		     HINT("revision"), SIZE("link_width_max"), SIZE("link_speed_max_mts"),
		     LANES("link_width"), SOFT("driver"), SOFT("driver_bound")) },
	{ "usb", "usb/[0-9]*", .passing = true,
	  .describe = DESCRIBE("vendor", "product", "vendor_id", "device_id"),
	  ATTRIBUTES(KIND("vendor_id"), KIND("device_id"), HINT("product")) },
	{ "block", "?*", PLACE_PARENT, .describe = DESCRIBE("vendor", "model", "size_bytes"),
	  ATTRIBUTES(KIND("model"), HINT("smart_model"), HINT("vendor"), HINT("transport"),
		     HINT("rotational"), SIZE("size_bytes"), SOFT("logical_block_bytes"),
		     SOFT("physical_block_bytes"), SOFT("firmware"), SOFT("smart_firmware")) },
	{ "net", "?*", PLACE_PARENT, .describe = DESCRIBE("driver"),
	  ATTRIBUTES(HINT("driver"), HINT("arp_type")) },
	{ "display", "?*", .passing = true, .describe = DESCRIBE("vendor", "model"),
	  ATTRIBUTES(KIND("pnp_id"), KIND("product_id"), SIZE("width_pixels"),
		     SIZE("height_pixels")) },
	{ "audio", "?*", PLACE_PARENT, .describe = DESCRIBE("vendor", "model", "name"),
	  ATTRIBUTES(HINT("vendor_id"), HINT("device_id"), HINT("subsystem_id"), NAME("name"),
		     SOFT("driver")) },
	{ "input", "?*", .passing = true, .describe = DESCRIBE("kind", "name"),
	  ATTRIBUTES(HINT("vendor_id"), HINT("device_id"), HINT("kind")) },
	{ "power", "?*", .describe = DESCRIBE("kind", "manufacturer", "model"),
	  ATTRIBUTES(HINT("kind"), HINT("manufacturer"), HINT("model"), HINT("technology"),
		     SIZE("design_mwh"), SIZE("design_mah")) },
	{ "tpm", "?*", .describe = DESCRIBE("kind", "name", "description"),
	  ATTRIBUTES(HINT("kind"), HINT("acpi_id"), HINT("vendor_id"), HINT("version_major"),
		     SOFT("version_minor"), SOFT("driver")) },
	{ "bmc", "?*", .describe = DESCRIBE("vendor", "product_id", "interface"),
	  ATTRIBUTES(HINT("manufacturer_id"), HINT("product_id"), HINT("device_id"),
		     HINT("interface"), SOFT("ipmi_version"), SOFT("firmware"), SOFT("driver")) },
	{ "kernel", "?*", .one = true, .describe = DESCRIBE("release"),
	  ATTRIBUTES(HINT("machine"), SOFT("release"), SOFT("version"),
		     SOFT("page_size_bytes")) },
	{ "os", "?*", .one = true, .describe = DESCRIBE("product", "version", "service_pack"),
	  ATTRIBUTES(KIND("id"), SOFT("version_id"), SOFT("version"), SOFT("service_pack"),
		     SOFT("update_level"), SOFT("milestone"), SOFT("minor_version"), SOFT("build"),
		     SOFT("edition"), SOFT("abi_world")) },
};

/* Places without a part are listed too: empty slots, sockets and battery bays. */
static bool is_empty_place(const struct component *component)
{
	return component_get_number(component, "populated", 1) == 0;
}

bool delta_has_class(const char *class)
{
	size_t i = 0;

	while (i < ARRAY_SIZE(part) && strcmp(part[i].class, class))
		i++;
	return i < ARRAY_SIZE(part);
}

bool delta_class_counts(const char *class)
{
	size_t i = 0;

	while (i < ARRAY_SIZE(part) && (strcmp(part[i].class, class) || part[i].passing))
		i++;
	return i < ARRAY_SIZE(part);
}

const struct delta_part *delta_part_of(const struct component *component)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(part); i++) {
		if (!strcmp(part[i].class, component->class) &&
		    !fnmatch(part[i].id, component->id, 0))
			return is_empty_place(component) ? NULL : &part[i];
	}
	return NULL;
}

bool delta_part_passing(const struct delta_part *row, const struct component *component)
{
	const char *scope = component_get_text(component, "scope");

	return row->passing || component_get_number(component, "removable", 0) ||
	       (scope && !strcmp(scope, "Device"));
}
