/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/err.h"
#include "probes/smbios.h"

#include <stdlib.h>
#include <string.h>

#define WALK(table) { .data = (const uint8_t *)(table), .size = sizeof(table) - 1 }

static unsigned int count(struct smbios_walk *walk)
{
	struct smbios_structure s;
	unsigned int structures = 0;

	while (smbios_next(walk, &s))
		structures++;
	return structures;
}

START_TEST(structures_and_their_texts_are_found)
{
	struct smbios_walk walk = WALK("\x02\x06\x34\x12\x01\x02" "Great Wall\0TN140A2\0\0"
				       "\x7f\x04\xff\xfe\0\0");
	struct smbios_structure s;
	const char *text;
	size_t size;

	ck_assert(smbios_next(&walk, &s));
	ck_assert_uint_eq(s.type, 2);
	ck_assert_uint_eq(s.handle, 0x1234);
	ck_assert_int_eq(smbios_string(&s, 4, &text, &size), SMBIOS_TEXT_FOUND);
	ck_assert_uint_eq(size, 10);
	ck_assert_int_eq(memcmp(text, "Great Wall", 10), 0);
	ck_assert_int_eq(smbios_string(&s, 5, &text, &size), SMBIOS_TEXT_FOUND);
	ck_assert_uint_eq(size, 7);
	ck_assert(!smbios_next(&walk, &s));
	ck_assert(walk.ended);
	ck_assert_ptr_null(walk.fault);
}
END_TEST

START_TEST(a_field_behind_the_end_of_its_structure_is_not_there)
{
	struct smbios_walk walk = WALK("\x02\x06\0\0\x01\x63" "a\0\0");
	struct smbios_structure s;
	const char *text;
	size_t size;
	uint16_t word = 7;

	ck_assert(smbios_next(&walk, &s));
	ck_assert(!smbios_u16(&s, 5, &word));
	ck_assert_uint_eq(word, 7);
	ck_assert_int_eq(smbios_string(&s, 6, &text, &size), SMBIOS_TEXT_NONE);
	ck_assert_int_eq(smbios_string(&s, 5, &text, &size), SMBIOS_TEXT_BAD_INDEX);
}
END_TEST

START_TEST(a_table_that_is_cut_anywhere_ends_with_a_fault_or_early)
{
	static const char whole[] = "\x02\x06\x01\0\x01\x02" "Great Wall\0TN140A2\0\0"
				    "\x11\x05\x02\0\x01" "DIMM\0\0"
				    "\x7f\x04\xff\xfe\0\0";
	size_t cut;

	for (cut = 0; cut < sizeof(whole) - 1; cut++) {
		/* A copy of exactly that size, so that a sanitizer sees every byte too far. */
		uint8_t *part = malloc(cut ? cut : 1);
		struct smbios_walk walk = { .data = part, .size = cut };
		struct smbios_structure s;

		memcpy(part, whole, cut);
		while (smbios_next(&walk, &s)) {
			const char *text;
			size_t size;

			smbios_string(&s, 4, &text, &size);
			smbios_string(&s, 5, &text, &size);
		}
		/* Whole structures end cleanly only behind themselves and at the end structure. */
		if (cut && cut != 26 && cut != 37 && cut != 41 && cut != 42)
			ck_assert_msg(walk.fault != NULL, "no fault at %zu", cut);
		free(part);
	}
}
END_TEST

START_TEST(impossible_lengths_end_the_walk)
{
	struct smbios_walk zero = WALK("\x01\x00\0\0\0\0\0\0");
	struct smbios_walk small = WALK("\x01\x03\0\0\0\0\0\0");
	struct smbios_walk large = WALK("\x01\xff\0\0\0\0\0\0");

	ck_assert_uint_eq(count(&zero), 0);
	ck_assert_ptr_nonnull(zero.fault);
	ck_assert_uint_eq(count(&small), 0);
	ck_assert_ptr_nonnull(small.fault);
	ck_assert_uint_eq(count(&large), 0);
	ck_assert_ptr_nonnull(large.fault);
}
END_TEST

START_TEST(a_walk_always_moves_forward)
{
	uint8_t bytes[4096];
	struct smbios_walk walk = { .data = bytes, .size = sizeof(bytes) };
	size_t i;

	/* The smallest structures there can be, and no end. */
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = i % 6 == 1 ? 4 : 0;
	ck_assert_uint_le(count(&walk), sizeof(bytes) / 6 + 1);
}
END_TEST

START_TEST(both_entry_points_are_checked)
{
	struct smbios_entry entry;
	uint8_t three[24] = "_SM3_\0\x18\x03\x02\x00\x01\x00\x34\x12\x00\x00";
	uint8_t two[31] = "_SM_\0\x1f\x02\x08\0\0\0\0\0\0\0\0_DMI_\0\x34\x12";
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < sizeof(three); i++)
		sum = (uint8_t)(sum + three[i]);
	ck_assert_int_eq(smbios_entry_point(three, sizeof(three), &entry), sum ? ERR_INPUT : 0);
	three[5] = (uint8_t)-sum;
	ck_assert_int_eq(smbios_entry_point(three, sizeof(three), &entry), 0);
	ck_assert_uint_eq(entry.major, 3);
	ck_assert_uint_eq(entry.minor, 2);
	ck_assert_uint_eq(entry.table_size, 0x1234);
	ck_assert_int_eq(smbios_entry_point(three, sizeof(three) - 1, &entry), ERR_INPUT);
	for (sum = 0, i = 0; i < sizeof(two); i++)
		sum = (uint8_t)(sum + two[i]);
	two[4] = (uint8_t)-sum;
	ck_assert_int_eq(smbios_entry_point(two, sizeof(two), &entry), 0);
	ck_assert_uint_eq(entry.minor, 8);
	ck_assert_uint_eq(entry.table_size, 0x1234);
	two[8] = 1;
	ck_assert_int_eq(smbios_entry_point(two, sizeof(two), &entry), ERR_INPUT);
}
END_TEST

/* A type 17 with the given size word and extended size. */
static int memory_of(uint16_t word, uint32_t extended, uint64_t *bytes)
{
	uint8_t fixed[0x20] = { 17, sizeof(fixed) };
	struct smbios_structure s = { .type = 17, .length = sizeof(fixed), .data = fixed };

	fixed[0x0c] = (uint8_t)word;
	fixed[0x0d] = (uint8_t)(word >> 8);
	memcpy(fixed + 0x1c, &extended, sizeof(extended));	/* little-endian hosts only */
	return smbios_memory_bytes(&s, bytes);
}

START_TEST(memory_sizes_have_four_forms)
{
	uint64_t bytes = 0;

	ck_assert_int_eq(memory_of(0, 0, &bytes), 0);
	ck_assert_int_eq(memory_of(0xffff, 0, &bytes), -1);
	ck_assert_int_eq(memory_of(0x2000, 0, &bytes), 1);
	ck_assert_uint_eq(bytes, 8ULL << 30);
	ck_assert_int_eq(memory_of(0x8000 | 512, 0, &bytes), 1);
	ck_assert_uint_eq(bytes, 512 << 10);
	ck_assert_int_eq(memory_of(0x7fff, 65536, &bytes), 1);
	ck_assert_uint_eq(bytes, 64ULL << 30);
	ck_assert_int_eq(memory_of(0x7fff, 0, &bytes), -1);
	ck_assert_int_eq(memory_of(0x8000, 0, &bytes), -1);
}
END_TEST

START_TEST(the_byte_order_of_a_uuid_depends_on_the_version)
{
	uint8_t fixed[24] = { 1, 24, 0, 0, 0, 0, 0, 0, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66,
			      0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };
	struct smbios_structure s = { .type = 1, .length = 24, .data = fixed };
	struct smbios_entry old = { .major = 2, .minor = 5 };
	struct smbios_entry new = { .major = 2, .minor = 6 };
	char text[SMBIOS_UUID_SIZE];

	ck_assert(smbios_uuid(&s, &old, text));
	ck_assert_str_eq(text, "00112233-4455-6677-8899-aabbccddeeff");
	ck_assert(smbios_uuid(&s, &new, text));
	ck_assert_str_eq(text, "33221100-5544-7766-8899-aabbccddeeff");
	memset(fixed + 8, 0, 16);
	ck_assert(!smbios_uuid(&s, &new, text));
	memset(fixed + 8, 0xff, 16);
	ck_assert(!smbios_uuid(&s, &new, text));
	s.length = 23;
	ck_assert(!smbios_uuid(&s, &new, text));
}
END_TEST

UNIT_MAIN("smbios", structures_and_their_texts_are_found,
	  a_field_behind_the_end_of_its_structure_is_not_there,
	  a_table_that_is_cut_anywhere_ends_with_a_fault_or_early,
	  impossible_lengths_end_the_walk, a_walk_always_moves_forward,
	  both_entry_points_are_checked, memory_sizes_have_four_forms,
	  the_byte_order_of_a_uuid_depends_on_the_version)
