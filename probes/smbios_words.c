/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for the codes of SMBIOS (DMTF DSP0134 3.7). */
#include "probes/smbios.h"

#include "harness/base/auto.h"

static const char *word(const char *const *table, size_t count, uint8_t code)
{
	return code < count ? table[code] : NULL;
}

const char *smbios_memory_type(uint8_t code)
{
	static const char *const table[] = {
		[0x03] = "DRAM",   [0x0f] = "SDRAM",  [0x12] = "DDR",	 [0x13] = "DDR2",
		[0x18] = "DDR3",   [0x1a] = "DDR4",   [0x1b] = "LPDDR",	 [0x1c] = "LPDDR2",
		[0x1d] = "LPDDR3", [0x1e] = "LPDDR4", [0x20] = "HBM",	 [0x21] = "HBM2",
		[0x22] = "DDR5",   [0x23] = "LPDDR5", [0x24] = "HBM3",
	};

	return word(table, ARRAY_SIZE(table), code);
}

const char *smbios_memory_form(uint8_t code)
{
	static const char *const table[] = {
		[0x03] = "SIMM", [0x05] = "chip", [0x09] = "DIMM",     [0x0b] = "row of chips",
		[0x0c] = "RIMM", [0x0d] = "SODIMM", [0x0f] = "FB-DIMM", [0x10] = "die",
	};

	return word(table, ARRAY_SIZE(table), code);
}

const char *smbios_memory_ecc(uint8_t code)
{
	static const char *const table[] = {
		[0x03] = "none",      [0x04] = "parity", [0x05] = "single-bit",
		[0x06] = "multi-bit", [0x07] = "CRC",
	};

	return word(table, ARRAY_SIZE(table), code);
}

const char *smbios_chassis_type(uint8_t code)
{
	static const char *const table[] = {
		[0x03] = "desktop",	   [0x04] = "low profile desktop", [0x05] = "pizza box",
		[0x06] = "mini tower",	   [0x07] = "tower",		   [0x08] = "portable",
		[0x09] = "laptop",	   [0x0a] = "notebook",		   [0x0b] = "hand held",
		[0x0c] = "docking station", [0x0d] = "all in one",	   [0x0e] = "sub notebook",
		[0x0f] = "space-saving",   [0x10] = "lunch box",	   [0x11] = "main server",
		[0x12] = "expansion",	   [0x13] = "sub chassis",	   [0x14] = "bus expansion",
		[0x15] = "peripheral",	   [0x16] = "RAID",		   [0x17] = "rack mount",
		[0x18] = "sealed-case PC", [0x19] = "multi-system",	   [0x1a] = "compact PCI",
		[0x1b] = "advanced TCA",   [0x1c] = "blade",
		[0x1d] = "blade enclosure",
		[0x1e] = "tablet",	   [0x1f] = "convertible",	   [0x20] = "detachable",
		[0x21] = "IoT gateway",	   [0x22] = "embedded PC",	   [0x23] = "mini PC",
		[0x24] = "stick PC",
	};

	return word(table, ARRAY_SIZE(table), code & 0x7f);
}
