/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/impl.h"
#include "harness/stress/stressor.h"
#include "tests/unit/unit.h"

#include <string.h>

START_TEST(every_name_leads_back_to_its_set)
{
	int isa;

	for (isa = 0; isa < ISA_COUNT; isa++)
		ck_assert_int_eq(isa_from_name(isa_name((enum isa)isa)), isa);
	ck_assert_int_eq(isa_from_name("mmx"), -1);
	ck_assert_int_eq(isa_from_name(""), -1);
	ck_assert_str_eq(isa_name(ISA_COUNT), "unknown");
}
END_TEST

START_TEST(scalar_is_always_there_even_when_taken_away)
{
	ck_assert(isa_available(NULL) & 1U << ISA_SCALAR);
	ck_assert(isa_available("scalar") & 1U << ISA_SCALAR);
	ck_assert_int_eq(isa_best(0), ISA_SCALAR);
}
END_TEST

START_TEST(each_set_can_be_taken_away)
{
	int isa;

	for (isa = 1; isa < ISA_COUNT; isa++) {
		uint32_t rest = isa_available(isa_name((enum isa)isa));

		ck_assert_uint_eq(rest, isa_available(NULL) & ~(1U << isa));
	}
	ck_assert_uint_eq(isa_available("sse2,avx2,avx512,neon,sve,lsx,lasx,aes,sha,sm3,sm4,crc,clmul"),
			  1U << ISA_SCALAR);
}
END_TEST

START_TEST(what_is_available_has_code_and_the_best_is_among_it)
{
	uint32_t mask = isa_available(NULL);
	int isa;

	for (isa = 0; isa < ISA_COUNT; isa++)
		ck_assert_int_eq(!!(mask & 1U << isa),
				 (isa == ISA_SCALAR || (isa_machine() & 1U << isa)) &&
					 isa_impl_find((enum isa)isa) != NULL);
	ck_assert(mask & 1U << isa_best(mask));
}
END_TEST

START_TEST(a_list_of_names_is_parsed_or_the_wrong_word_is_named)
{
	struct err err = ERR_INIT;
	uint32_t mask = 0;

	ck_assert_int_eq(isa_parse("scalar", &mask, &err), 0);
	ck_assert_uint_eq(mask, 1U << ISA_SCALAR);
	ck_assert_int_eq(isa_parse("avx2,lasx", &mask, &err), 0);
	ck_assert_uint_eq(mask, 1U << ISA_SCALAR | 1U << ISA_AVX2 | 1U << ISA_LASX);
	ck_assert_int_eq(isa_parse("avx2,mmx", &mask, &err), ERR_USAGE);
	ck_assert_ptr_nonnull(strstr(err.text, "'mmx'"));
	ck_assert_int_eq(isa_parse("", &mask, NULL), ERR_USAGE);
	ck_assert_int_eq(isa_parse("avx2,", &mask, NULL), ERR_USAGE);
}
END_TEST

START_TEST(a_stressor_is_found_by_its_name_and_can_always_run_scalar)
{
	size_t i;

	for (i = 0; i < stressor_count; i++) {
		ck_assert_ptr_eq(stressor_find(stressor_table[i]->spec->name), stressor_table[i]);
		ck_assert(stressor_table[i]->isa_mask & 1U << ISA_SCALAR);
	}
	ck_assert_ptr_null(stressor_find("cpu"));
}
END_TEST

START_TEST(a_parameter_not_given_has_its_fallback)
{
	const struct kernel_spec *spec = stressor_find("cpu.integer")->spec;
	const struct param_value given = { .spec = &spec->param[0], .value = 3 };
	struct stress_state state = { .folder_fd = -1 };

	ck_assert_uint_eq(stress_param(&state, spec, "sets"), spec->param[0].fallback);
	state.param = &given;
	state.param_count = 1;
	ck_assert_uint_eq(stress_param(&state, spec, "sets"), 3);
}
END_TEST

UNIT_MAIN("isa", every_name_leads_back_to_its_set, scalar_is_always_there_even_when_taken_away,
	  each_set_can_be_taken_away, what_is_available_has_code_and_the_best_is_among_it,
	  a_list_of_names_is_parsed_or_the_wrong_word_is_named,
	  a_stressor_is_found_by_its_name_and_can_always_run_scalar,
	  a_parameter_not_given_has_its_fallback)
