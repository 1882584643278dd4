/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/edge.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "tests/unit/unit.h"

#include <math.h>
#include <string.h>

enum { STEPS = 300 };

static struct heat_state start, want, got;
static struct heat_row row_start, row_want, row_got;

static bool is_here(size_t i)
{
	return isa_impl_table[i].heat && isa_available(NULL) & 1U << isa_impl_table[i].isa;
}

START_TEST(every_set_goes_round_as_integers_do)
{
	uint64_t seed;
	size_t i;

	for (seed = 0; seed < 4; seed++) {
		heat_start(mix_at(9, seed), &start);
		want = start;
		heat_reference(&want, STEPS);
		for (i = 0; i < isa_impl_count; i++) {
			if (!is_here(i) || !isa_impl_table[i].heat->fused)
				continue;
			got = start;
			isa_impl_table[i].heat->fused(&got, STEPS);
			ck_assert_msg(!memcmp(&got, &want, sizeof(want)), "%s",
				      isa_name(isa_impl_table[i].isa));
		}
	}
}
END_TEST

START_TEST(every_set_goes_the_chaotic_way_of_integers)
{
	uint64_t seed;
	size_t i;

	for (seed = 0; seed < 4; seed++) {
		heat_row_start(mix_at(9, seed), &row_start);
		row_want = row_start;
		heat_row_reference(&row_want, STEPS);
		for (i = 0; i < isa_impl_count; i++) {
			if (!is_here(i))
				continue;
			row_got = row_start;
			isa_impl_table[i].heat->split(&row_got, STEPS);
			ck_assert_msg(!memcmp(&row_got, &row_want, sizeof(row_want)), "%s",
				      isa_name(isa_impl_table[i].isa));
		}
	}
}
END_TEST

START_TEST(the_numbers_stay_where_they_belong_and_never_stand_still)
{
	const struct heat_impl *heat = isa_impl_find(isa_best(isa_available(NULL)))->heat;
	uint64_t seed;
	size_t i;

	for (seed = 0; seed < 20; seed++) {
		heat_row_start(seed, &row_got);
		heat->split(&row_got, HEAT_ROW_STEPS);
		row_start = row_got;
		heat->split(&row_got, 2520); /* a multiple of all short cycles */
		for (i = 0; i < HEAT_ROW; i++) {
			ck_assert(row_got.x[i] > 0 && row_got.x[i] < 4);
			ck_assert(row_got.x[i] != row_start.x[i]);
		}
	}
	heat_start(3, &got);
	heat->fused(&got, 100000);
	for (i = 0; i < HEAT_LANES; i++)
		ck_assert(fabs(got.x[i]) < 8 && fabs(got.y[i]) < 8);
}
END_TEST

START_TEST(a_bit_flipped_in_any_number_half_way_is_all_wrong_at_the_end)
{
	const struct heat_impl *heat = isa_impl_find(isa_best(isa_available(NULL)))->heat;
	unsigned int bit, lane, lost = 0, flips = 0;
	uint64_t word;

	heat_row_start(4, &row_start);
	row_want = row_start;
	heat->split(&row_want, HEAT_ROW_STEPS);
	for (lane = 0; lane < HEAT_ROW; lane += 9) {
		for (bit = 0; bit < 64; bit++) {
			row_got = row_start;
			heat->split(&row_got, HEAT_ROW_STEPS / 2);
			memcpy(&word, &row_got.x[lane], sizeof(word));
			word ^= 1ULL << bit;
			memcpy(&row_got.x[lane], &word, sizeof(word));
			heat->split(&row_got, HEAT_ROW_STEPS - HEAT_ROW_STEPS / 2);
			flips++;
			lost += !memcmp(&row_got, &row_want, sizeof(row_want));
			ck_assert_msg(bit < 8 || memcmp(&row_got, &row_want, sizeof(row_want)),
				      "bit %u of %u", bit, lane);
		}
	}
	/* The last bits go where the map is flat, in the steps before they have doubled. */
	ck_assert_msg(lost * 50 <= flips, "%u of %u were lost", lost, flips);
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

/* What the worker does at that time: 'w'orks or is 'i'dle. */
static char at_time(int64_t ns, unsigned int worker)
{
	int64_t idle = edge_idle_ns(ns, worker);

	ck_assert_int_le(idle, 500000000);
	return idle ? 'i' : 'w';
}

START_TEST(half_of_the_time_is_idle_at_each_rate_for_all_or_for_every_second_core)
{
	enum { LOOKS = 200000 };
	const int64_t slot = 2000000000, step = slot / LOOKS;
	int64_t i, turn, rate, periods;

	for (turn = 0; turn < 2; turn++) {
		for (rate = 0, periods = 2; rate < 5; rate++, periods *= 10) {
			int64_t first = (turn * 5 + rate) * slot;
			int64_t idle = 0, together = 0, edges = 0;

			for (i = 0; i < LOOKS; i++) {
				char now = at_time(first + i * step, 0);

				idle += now == 'i';
				together += now == at_time(first + i * step, 1);
				edges += i && now != at_time(first + (i - 1) * step, 0);
			}
			ck_assert_int_eq(idle, LOOKS / 2);
			ck_assert_int_eq(together, turn ? 0 : LOOKS);
			ck_assert_int_eq(edges, 2 * periods - 1);
		}
	}
}
END_TEST

UNIT_MAIN("heat", every_set_goes_round_as_integers_do, every_set_goes_the_chaotic_way_of_integers,
	  the_numbers_stay_where_they_belong_and_never_stand_still,
	  a_bit_flipped_in_any_number_half_way_is_all_wrong_at_the_end,
	  a_bit_flipped_in_any_point_half_way_reaches_the_end,
	  half_of_the_time_is_idle_at_each_rate_for_all_or_for_every_second_core)
