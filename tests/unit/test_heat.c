/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

enum { STEPS = 300 };

static struct heat_state start, want, got;

START_TEST(every_set_goes_round_as_integers_do)
{
	uint64_t seed;
	size_t i;
	int fused;

	for (seed = 0; seed < 4; seed++) {
		for (fused = 0; fused < 2; fused++) {
			heat_start(mix_at(9, seed), &start);
			want = start;
			heat_reference(&want, STEPS, fused);
			for (i = 0; i < isa_impl_count; i++) {
				const struct heat_impl *heat = isa_impl_table[i].heat;

				if (!heat || !(isa_available(NULL) & 1U << isa_impl_table[i].isa) ||
				    (fused && !heat->fused))
					continue;
				got = start;
				(fused ? heat->fused : heat->split)(&got, STEPS);
				ck_assert_msg(!memcmp(&got, &want, sizeof(want)), "%s, fused %d",
					      isa_name(isa_impl_table[i].isa), fused);
			}
		}
	}
}
END_TEST

START_TEST(the_points_stay_on_their_orbits)
{
	size_t i;

	heat_start(3, &got);
	isa_impl_find(ISA_SCALAR)->heat->split(&got, 100000);
	for (i = 0; i < HEAT_LANES; i++)
		ck_assert(fabs(got.x[i]) < 8 && fabs(got.y[i]) < 8);
}
END_TEST

START_TEST(a_bit_flipped_in_any_point_half_way_reaches_the_end)
{
	const struct heat_impl *heat = isa_impl_find(isa_best(isa_available(NULL)))->heat;
	unsigned int bit, lane, lost = 0, flips = 0;
	uint64_t word;

	heat_start(4, &start);
	want = start;
	heat->fused(&want, HEAT_STEPS);
	for (lane = 0; lane < HEAT_LANES; lane += 7) {
		for (bit = 0; bit < 64; bit++) {
			got = start;
			heat->fused(&got, HEAT_STEPS / 2);
			memcpy(&word, &got.y[lane], sizeof(word));
			word ^= 1ULL << bit;
			memcpy(&got.y[lane], &word, sizeof(word));
			heat->fused(&got, HEAT_STEPS / 2);
			flips++;
			lost += !memcmp(&got, &want, sizeof(want));
			ck_assert_msg(bit < 8 || memcmp(&got, &want, sizeof(want)), "bit %u of %u",
				      bit, lane);
		}
	}
	/* The last bit of a small number can be rounded away when it is added to a large one. */
	ck_assert_msg(lost * 50 <= flips, "%u of %u were lost", lost, flips);
}
END_TEST

UNIT_MAIN("heat", every_set_goes_round_as_integers_do, the_points_stay_on_their_orbits,
	  a_bit_flipped_in_any_point_half_way_reaches_the_end)
