/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "harness/stress/yield.h"
#include "tests/unit/unit.h"

#include <string.h>

enum { SEEDS = 3 };

static struct lane_state start, want, got;

static bool same(const struct lane_state *one, const struct lane_state *other)
{
	return !memcmp(one->a, other->a, LANE_BYTES) && !memcmp(one->b, other->b, LANE_BYTES);
}

START_TEST(every_set_does_what_the_operations_mean_to_the_bit)
{
	uint64_t seed;
	size_t i;
	int kernel;

	for (kernel = 0; kernel < LANE_COUNT; kernel++) {
		for (seed = 0; seed < SEEDS; seed++) {
			lane_start(mix_at(11, seed), &start);
			want = start;
			lane_ref.run[kernel](&want, LANE_STEPS);
			for (i = 0; i < isa_impl_count; i++) {
				const struct isa_impl *impl = &isa_impl_table[i];

				if (!impl->lane || !(isa_available(NULL) & 1U << impl->isa))
					continue;
				got = start;
				impl->lane->run[kernel](&got, LANE_STEPS);
				ck_assert_msg(same(&got, &want), "row %d on %s", kernel,
					      isa_name(impl->isa));
			}
		}
	}
}
END_TEST

START_TEST(no_two_kernels_end_alike_and_none_where_it_began)
{
	static struct lane_state end[LANE_COUNT];
	int one, other;

	lane_start(5, &start);
	for (one = 0; one < LANE_COUNT; one++) {
		end[one] = start;
		lane_planted.run[one](&end[one], LANE_STEPS);
		ck_assert_msg(!same(&end[one], &start), "row %d", one);
		for (other = 0; other < one; other++)
			ck_assert_msg(!same(&end[one], &end[other]), "rows %d, %d", one, other);
	}
}
END_TEST

START_TEST(a_bit_flipped_half_way_in_any_register_reaches_the_end)
{
	const struct lane_impl *impl = isa_impl_find(isa_best(isa_available(NULL)))->lane;
	unsigned int bit;
	int kernel;

	lane_start(6, &start);
	for (kernel = 0; kernel < LANE_COUNT; kernel++) {
		want = start;
		impl->run[kernel](&want, LANE_KEYS);
		impl->run[kernel](&want, LANE_KEYS);
		for (bit = 0; bit < LANE_BYTES * 8; bit += 37) {
			got = start;
			impl->run[kernel](&got, LANE_KEYS);
			got.a[bit / 8] ^= (unsigned char)(1 << bit % 8);
			impl->run[kernel](&got, LANE_KEYS);
			ck_assert_msg(!same(&got, &want), "row %d, bit %u", kernel, bit);
		}
	}
}
END_TEST

START_TEST(thirty_kernels_and_more_find_consistent_faults_that_no_other_finds)
{
	static struct yield rows[YIELD_COUNT];
	unsigned int unit, missed;
	int i, own = 0;

	yield_measure(rows);
	for (i = 0; i < YIELD_COUNT; i++) {
		own += rows[i].own_count > 0;
		ck_assert_msg(rows[i].found * 10 >= rows[i].planted * 6, "%s finds %u of %u",
			      rows[i].kernel, rows[i].found, rows[i].planted);
	}
	ck_assert_int_ge(own, 30);
	ck_assert_int_eq(own, YIELD_COUNT);
	/*
	 * Of the high half of products alone two find the same: who adds a kernel gives it a unit, or
	 * drops another.
	 */
	for (unit = 0, missed = 0; unit < PLANT_COUNT; unit++) {
		bool owned = false;

		for (i = 0; i < YIELD_COUNT; i++)
			owned |= rows[i].own[unit];
		missed += !owned;
	}
	ck_assert_uint_eq(missed, 1);
}
END_TEST

UNIT_MAIN("lane kernels", every_set_does_what_the_operations_mean_to_the_bit,
	  no_two_kernels_end_alike_and_none_where_it_began,
	  a_bit_flipped_half_way_in_any_register_reaches_the_end,
	  thirty_kernels_and_more_find_consistent_faults_that_no_other_finds)
