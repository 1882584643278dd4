/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Byte numbers are those of the standards that the header names. */
#include "probes/spd.h"

#include "harness/base/auto.h"
#include "harness/base/crc16.h"
#include "harness/base/le.h"

#include <string.h>

enum {
	KEY_BYTE = 2,		/* which kind of memory */
	MODULE_BYTE = 3,	/* which kind of module: the low four bits */
	KEY_DDR3 = 0x0b,
	KEY_DDR4 = 0x0c,
	KEY_DDR5 = 0x12,
};

/* Where each kind keeps what all of them have. */
struct layout {
	uint8_t key;
	const char *type;
	size_t checked;		/* bytes under the first checksum, which stands behind them */
	size_t maker, date, serial, part, part_size, dram_maker;
	const char *const *form;	/* by the low four bits of MODULE_BYTE; 16 of them */
	void (*describe)(const uint8_t *at, struct spd *spd);
};

static void describe_ddr3(const uint8_t *at, struct spd *spd);
static void describe_ddr4(const uint8_t *at, struct spd *spd);
static void describe_ddr5(const uint8_t *at, struct spd *spd);

static const char *const form_ddr3[16] = {
	[1] = "RDIMM", [2] = "UDIMM", [3] = "SODIMM", [4] = "Micro-DIMM", [5] = "Mini-RDIMM",
	[6] = "Mini-UDIMM", [8] = "SO-UDIMM", [9] = "SO-RDIMM", [11] = "LRDIMM",
};
static const char *const form_ddr4[16] = {
	[1] = "RDIMM", [2] = "UDIMM", [3] = "SODIMM", [4] = "LRDIMM", [5] = "Mini-RDIMM",
	[6] = "Mini-UDIMM", [8] = "SO-RDIMM", [9] = "SO-UDIMM", [12] = "SODIMM", [13] = "SODIMM",
};
static const char *const form_ddr5[16] = {
	[1] = "RDIMM", [2] = "UDIMM", [3] = "SODIMM", [4] = "LRDIMM", [5] = "CUDIMM",
	[6] = "CSODIMM", [7] = "MRDIMM", [8] = "CAMM2", [10] = "DDIMM", [11] = "soldered",
};

static const struct layout layout_table[] = {
	{ .key = KEY_DDR3, .type = "DDR3", .checked = 126, .maker = 117, .date = 120,
	  .serial = 122, .part = 128, .part_size = 18, .dram_maker = 148, .form = form_ddr3,
	  .describe = describe_ddr3 },
	{ .key = KEY_DDR4, .type = "DDR4", .checked = 126, .maker = 320, .date = 323,
	  .serial = 325, .part = 329, .part_size = 20, .dram_maker = 350, .form = form_ddr4,
	  .describe = describe_ddr4 },
	{ .key = KEY_DDR5, .type = "DDR5", .checked = 510, .maker = 512, .date = 515,
	  .serial = 517, .part = 521, .part_size = 30, .dram_maker = 552, .form = form_ddr5,
	  .describe = describe_ddr5 },
};

/*
 * The speed by its name: clocks are rounded in the module (0.938 ns is 2132 MT/s and called 2133),
 * so what is within one in a hundred of a name has that name.
 */
static unsigned int speed_of(uint64_t clock_ps)
{
	static const uint16_t name[] = { 800,  1066, 1333, 1600, 1866, 2133, 2400, 2666, 2933,
					 3200, 3600, 4000, 4400, 4800, 5200, 5600, 6000, 6400,
					 6800, 7200, 7600, 8000, 8400, 8800 };
	unsigned int mts;
	size_t i;

	if (clock_ps < 100 || clock_ps > 20000)
		return 0;
	mts = (unsigned int)((2000000 + clock_ps / 2) / clock_ps);
	for (i = 0; i < ARRAY_SIZE(name); i++) {
		unsigned int off = mts > name[i] ? mts - name[i] : name[i] - mts;

		if (off * 100 <= name[i])
			return name[i];
	}
	return mts;
}

/* All dice that answer at once, times the ranks: what a module of `die_mib` dice holds. */
static void set_size(struct spd *spd, uint64_t die_mib, unsigned int device_bits,
		     unsigned int ranks)
{
	spd->bytes = (die_mib << 20) * spd->data_width_bits / device_bits * ranks;
}

/* Byte 7 or 12: ranks and device width; byte 8 or 13: bus width. Both kinds code them alike. */
static unsigned int set_organisation(struct spd *spd, uint8_t organisation, uint8_t bus)
{
	spd->ranks = (organisation >> 3 & 7) + 1U;
	spd->data_width_bits = (bus & 7) <= 3 ? 8U << (bus & 7) : 0;
	spd->ecc_bits = (bus >> 3 & 3) == 1 ? 8 : 0;
	return (organisation & 7) <= 3 ? 4U << (organisation & 7) : 0;
}

static void describe_ddr3(const uint8_t *at, struct spd *spd)
{
	unsigned int device_bits = set_organisation(spd, at[7], at[8]);
	unsigned int fine_divisor = at[9] & 15;
	int64_t clock_ps = at[11] ? (int64_t)at[12] * 1000 * at[10] / at[11] : 0;

	if (fine_divisor)
		clock_ps += (int64_t)(int8_t)at[34] * (at[9] >> 4) / fine_divisor;
	spd->mts = clock_ps > 0 ? speed_of((uint64_t)clock_ps) : 0;
	if (device_bits && (at[4] & 15) <= 6)
		set_size(spd, 32ULL << (at[4] & 15), device_bits, spd->ranks);
}

static void describe_ddr4(const uint8_t *at, struct spd *spd)
{
	/* In MiB, by code: 256 Mbit to 32 Gbit, then those between. */
	static const uint16_t die_mib[] = { 32, 64, 128, 256, 512, 1024, 2048, 4096, 1536, 3072 };
	unsigned int device_bits = set_organisation(spd, at[12], at[13]);
	int64_t clock_ps = (int64_t)at[18] * 125 + (int8_t)at[125];
	unsigned int stack = (at[6] & 3) == 2 ? (at[6] >> 4 & 7) + 1U : 1;

	spd->mts = clock_ps > 0 ? speed_of((uint64_t)clock_ps) : 0;
	if (device_bits && (at[4] & 15) < ARRAY_SIZE(die_mib))
		set_size(spd, die_mib[at[4] & 15], device_bits, spd->ranks * stack);
}

static void describe_ddr5(const uint8_t *at, struct spd *spd)
{
	static const uint16_t die_mib[] = { 0, 512, 1024, 1536, 2048, 3072, 4096, 6144, 8192 };
	static const uint8_t dice[] = { 1, 1, 2, 4, 8, 16 };
	unsigned int channels = (at[235] >> 5 & 3) <= 1 ? (at[235] >> 5 & 3) + 1U : 0;
	unsigned int extension = (at[235] >> 3 & 3) * 4U;
	unsigned int stack = at[4] >> 5;

	spd->ranks = (at[234] >> 3 & 7) + 1U;
	spd->data_width_bits = (at[235] & 7) <= 3 ? channels * (8U << (at[235] & 7)) : 0;
	spd->ecc_bits = extension <= 8 ? channels * extension : 0;
	spd->mts = speed_of(le_get16(at + 20));
	/* Ranks of two kinds: the second is described elsewhere, and a sum would be a guess. */
	if ((at[6] >> 5) <= 3 && (at[4] & 31) < ARRAY_SIZE(die_mib) && stack < sizeof(dice) &&
	    !(at[234] & 0x40))
		set_size(spd, (uint64_t)die_mib[at[4] & 31] * dice[stack], 4U << (at[6] >> 5),
			 spd->ranks);
}

/* Two figures in one byte; 0 for what is no figure. */
static unsigned int decimal(uint8_t byte)
{
	return byte >> 4 <= 9 && (byte & 15) <= 9 ? (byte >> 4) * 10U + (byte & 15U) : 0;
}

static void set_part(struct spd *spd, const uint8_t *text, size_t size)
{
	while (size && (text[size - 1] == ' ' || !text[size - 1] || text[size - 1] == 0xff))
		size--;
	memcpy(spd->part, text, size);
	spd->part[size] = 0;
}

static void set_maker(uint8_t out[2], const uint8_t *at)
{
	if (at[0] == 0xff && at[1] == 0xff)
		return;
	memcpy(out, at, 2);
}

/* The part that the module's maker fills, where the bytes go as far. */
static void identify(const struct layout *layout, const uint8_t *at, size_t size, struct spd *spd)
{
	const uint8_t *serial = at + layout->serial;

	if (size < layout->dram_maker + 2)
		return;
	set_maker(spd->maker, at + layout->maker);
	set_maker(spd->dram_maker, at + layout->dram_maker);
	spd->week = decimal(at[layout->date + 1]);
	spd->week = spd->week <= 53 ? spd->week : 0;
	spd->year = spd->week && decimal(at[layout->date]) ? 2000 + decimal(at[layout->date]) : 0;
	spd->week = spd->year ? spd->week : 0;
	spd->serial = (uint32_t)serial[0] << 24 | (uint32_t)serial[1] << 16 |
		      (uint32_t)serial[2] << 8 | serial[3];
	spd->has_serial = spd->serial && spd->serial != UINT32_MAX;
	set_part(spd, at + layout->part, layout->part_size);
}

/* DDR3 may leave the bytes from 117 on, which differ from unit to unit, out of the checksum. */
static size_t checked_size(const struct layout *layout, const uint8_t *at)
{
	return layout->key == KEY_DDR3 && at[0] & 0x80 ? 117 : layout->checked;
}

enum spd_state spd_read(const void *data, size_t size, struct spd *ret_spd)
{
	const uint8_t *at = data;
	const struct layout *layout = NULL;
	size_t i;

	memset(ret_spd, 0, sizeof(*ret_spd));
	for (i = 0; size > KEY_BYTE && i < ARRAY_SIZE(layout_table); i++) {
		if (layout_table[i].key == at[KEY_BYTE])
			layout = &layout_table[i];
	}
	if (!layout || size < layout->checked + 2)
		return SPD_NONE;
	if (crc16(at, checked_size(layout, at)) != le_get16(at + layout->checked))
		return SPD_DAMAGED;
	ret_spd->type = layout->type;
	ret_spd->form = layout->form[at[MODULE_BYTE] & 15];
	layout->describe(at, ret_spd);
	identify(layout, at, size, ret_spd);
	return SPD_GOOD;
}
