/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/crc16.h"
#include "probes/spd.h"
#include "tests/unit/spd_fixture.h"

#include <stdlib.h>
#include <string.h>

START_TEST(the_checksum_is_that_of_the_standard)
{
	ck_assert_uint_eq(crc16("123456789", 9), 0x31c3);
	ck_assert_uint_eq(crc16("", 0), 0);
}
END_TEST

static void check(const struct spd_fixture *module, struct spd *spd)
{
	ck_assert_int_eq(spd_read(module->byte, module->size, spd), SPD_GOOD);
}

START_TEST(a_ddr3_module_is_read)
{
	struct spd_fixture module;
	struct spd spd;

	spd_fixture_ddr3(&module);
	check(&module, &spd);
	ck_assert_str_eq(spd.type, "DDR3");
	ck_assert_str_eq(spd.form, "UDIMM");
	ck_assert_uint_eq(spd.bytes, 4ULL << 30);
	ck_assert_uint_eq(spd.mts, 1600);
	ck_assert_uint_eq(spd.ranks, 1);
	ck_assert_int_eq(memcmp(spd.maker, "\x04\x43", 2), 0);
	ck_assert_int_eq(memcmp(spd.dram_maker, "\x80\xad", 2), 0);
	ck_assert_uint_eq(spd.year, 2014);
	ck_assert_uint_eq(spd.week, 7);
	ck_assert_uint_eq(spd.serial, 0x1a2b3c4d);
	ck_assert_str_eq(spd.part, "RMT3170ME68F9F1600");
}
END_TEST

START_TEST(a_ddr4_module_is_read)
{
	struct spd_fixture module;
	struct spd spd;

	spd_fixture_ddr4(&module);
	check(&module, &spd);
	ck_assert_str_eq(spd.type, "DDR4");
	ck_assert_str_eq(spd.form, "SODIMM");
	ck_assert_uint_eq(spd.bytes, 8ULL << 30);
	ck_assert_uint_eq(spd.mts, 3200);
	ck_assert_uint_eq(spd.data_width_bits, 64);
	ck_assert_uint_eq(spd.ecc_bits, 0);
	ck_assert_uint_eq(spd.year, 2021);
	ck_assert_uint_eq(spd.week, 32);
	ck_assert_str_eq(spd.part, "SCC08GS03H3F1C-32AA");
	/* 64 GiB: two ranks of x4 that are stacks of two, eight more bits for ECC */
	module.byte[3] = 0x01;
	module.byte[6] = 0x92;
	module.byte[12] = 0x08;
	module.byte[13] = 0x0b;
	spd_fixture_check(&module);
	check(&module, &spd);
	ck_assert_str_eq(spd.form, "RDIMM");
	ck_assert_uint_eq(spd.bytes, 64ULL << 30);
	ck_assert_uint_eq(spd.ranks, 2);
	ck_assert_uint_eq(spd.ecc_bits, 8);
}
END_TEST

START_TEST(a_ddr5_module_is_read)
{
	struct spd_fixture module;
	struct spd spd;

	spd_fixture_ddr5(&module);
	check(&module, &spd);
	ck_assert_str_eq(spd.type, "DDR5");
	ck_assert_str_eq(spd.form, "UDIMM");
	ck_assert_uint_eq(spd.bytes, 16ULL << 30);
	ck_assert_uint_eq(spd.mts, 5600);
	ck_assert_uint_eq(spd.data_width_bits, 64);
	ck_assert_uint_eq(spd.serial, 0x77001b2e);
	ck_assert_str_eq(spd.part, "CXDB5CCAM-MK-A");
}
END_TEST

START_TEST(a_speed_has_the_name_that_its_rounded_clock_stands_for)
{
	static const struct {
		uint8_t coarse, fine;
		unsigned int mts;
	} row[] = { { 5, 0, 3200 },    { 6, 0xbc, 2933 }, { 6, 0, 2666 }, { 7, 0xd6, 2400 },
		    { 8, 0xc2, 2133 }, { 9, 0xca, 1866 }, { 10, 0, 1600 } };
	struct spd_fixture module;
	struct spd spd;
	size_t i;

	spd_fixture_ddr4(&module);
	for (i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		module.byte[18] = row[i].coarse;
		module.byte[125] = row[i].fine;
		spd_fixture_check(&module);
		check(&module, &spd);
		ck_assert_uint_eq(spd.mts, row[i].mts);
	}
}
END_TEST

START_TEST(one_changed_bit_under_the_checksum_is_damage)
{
	struct spd_fixture module;
	struct spd spd;
	size_t i;

	spd_fixture_ddr4(&module);
	for (i = 0; i < 126; i++) {
		module.byte[i] ^= 0x10;
		ck_assert_int_ne(spd_read(module.byte, module.size, &spd), SPD_GOOD);
		ck_assert_str_eq(spd.part, "");
		module.byte[i] ^= 0x10;
	}
	check(&module, &spd);
	/* What differs from unit to unit may stand outside of the checksum. */
	spd_fixture_ddr3(&module);
	module.byte[122] ^= 1;
	check(&module, &spd);
	module.byte[0] &= 0x7f;
	spd_fixture_check(&module);
	module.byte[122] ^= 1;
	ck_assert_int_eq(spd_read(module.byte, module.size, &spd), SPD_DAMAGED);
}
END_TEST

START_TEST(another_eeprom_is_no_module)
{
	static const uint8_t zeros[512], ones[512] = { [0 ... 511] = 0xff };
	struct spd spd;

	ck_assert_int_eq(spd_read(zeros, sizeof(zeros), &spd), SPD_NONE);
	ck_assert_int_eq(spd_read(ones, sizeof(ones), &spd), SPD_NONE);
	ck_assert_int_eq(spd_read(zeros, 0, &spd), SPD_NONE);
}
END_TEST

START_TEST(of_a_module_cut_short_only_what_is_there_is_told)
{
	struct spd_fixture module;
	size_t size;

	spd_fixture_ddr4(&module);
	for (size = 0; size <= 512; size++) {
		/* Exactly that size, so that a sanitizer sees every byte too far. */
		uint8_t *part = malloc(size ? size : 1);
		struct spd spd;
		enum spd_state state;

		memcpy(part, module.byte, size);
		state = spd_read(part, size, &spd);
		ck_assert_int_eq(state, size < 128 ? SPD_NONE : SPD_GOOD);
		ck_assert_uint_eq(spd.bytes, size < 128 ? 0 : 8ULL << 30);
		ck_assert_int_eq(spd.has_serial, size >= 352);
		free(part);
	}
}
END_TEST

START_TEST(a_module_that_nobody_numbered_has_no_number)
{
	struct spd_fixture module;
	struct spd spd;

	spd_fixture_ddr4(&module);
	spd_fixture_serial(&module, 0);
	module.byte[323] = 0xff;
	memset(module.byte + 329, 0xff, 20);
	memset(module.byte + 350, 0xff, 2);
	check(&module, &spd);
	ck_assert(!spd.has_serial);
	ck_assert_uint_eq(spd.year, 0);
	ck_assert_uint_eq(spd.week, 0);
	ck_assert_str_eq(spd.part, "");
	ck_assert_int_eq(memcmp(spd.dram_maker, "\0\0", 2), 0);
}
END_TEST

UNIT_MAIN("spd", the_checksum_is_that_of_the_standard, a_ddr3_module_is_read, a_ddr4_module_is_read,
	  a_ddr5_module_is_read, a_speed_has_the_name_that_its_rounded_clock_stands_for,
	  one_changed_bit_under_the_checksum_is_damage, another_eeprom_is_no_module,
	  of_a_module_cut_short_only_what_is_there_is_told,
	  a_module_that_nobody_numbered_has_no_number)
