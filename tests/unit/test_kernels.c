/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/integer.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/mix.h"
#include "harness/stress/proof.h"
#include "harness/stress/vector.h"
#include "tests/unit/unit.h"

#include <stdbool.h>
#include <string.h>

/* A multiply-add that is wrong in the same way each time: for one pattern of operand bits. */
static inline double wrong_fma(double a, double b, double c)
{
	uint64_t bits;
	double result = a * b + c;

	memcpy(&bits, &a, sizeof(bits));
	return (bits >> 30 & 0xfff) == 0xa57 ? result + 1.0 : result;
}

#define VEC_IMPL      vec_wrong
#define VEC_BYTES     16
#define VEC_REGISTERS 16
#define VEC_FMA_F64(a, b, c)                                                                       \
	((vec_f64){ wrong_fma((a)[0], (b)[0], (c)[0]), (a)[1] * (b)[1] + (c)[1] })
#define VEC_FMA_F32(a, b, c) ((a) * (b) + (c))
#include "harness/stress/isa/vec_body.h"

/* Number _i of the table: a kernel alone has the time-out of a test, on a busy machine too. */
START_TEST(every_kernel_on_every_set_runs_clean_and_finds_each_flipped_bit)
{
	const struct stressor *stressor = stressor_table[_i];
	uint32_t mask = isa_available(NULL) & stressor->isa_mask;
	int isa;

	if (stressor->spec->target == TARGET_DISK || stressor->spec->target == TARGET_DEVICE)
		return;
	for (isa = 0; isa < ISA_COUNT; isa++) {
		struct err err = ERR_INIT;
		struct proof proof;
		int code;

		if (!(mask & 1U << isa))
			continue;
		code = proof_run(stressor, (enum isa)isa, -1, &proof, &err);
		if (stressor->spec->makes_code && code == ERR_UNSUPPORTED)
			continue;
		ck_assert_msg(!code, "%s", err.text);
		ck_assert_msg(proof_holds(&proof),
			      "%s on %s: clean %d, %lu mismatches, %u of %u flips found",
			      stressor->spec->name, isa_name((enum isa)isa), proof.clean,
			      (unsigned long)proof.mismatches, proof.found, proof.flips);
	}
}
END_TEST

static struct vector_state start, want, got;
static struct vector_factors by;

START_TEST(vectors_of_every_set_agree_with_integers_to_the_bit)
{
	uint64_t seed;
	size_t i;

	for (seed = 0; seed < 8; seed++) {
		vector_start(mix_at(7, seed), &start, &by);
		want = start;
		vector_reference(&want, &by, VECTOR_STEPS);
		for (i = 0; i < isa_impl_count; i++) {
			if (!isa_impl_table[i].vec ||
			    !(isa_available(NULL) & 1U << isa_impl_table[i].isa))
				continue;
			got = start;
			vector_run(isa_impl_table[i].vec, &got, &by, VECTOR_STEPS);
			ck_assert_msg(!memcmp(&got, &want, sizeof(want)), "%s",
				      isa_name(isa_impl_table[i].isa));
		}
	}
}
END_TEST

/* Flip one bit of a lane half way, go on, and see whether the end still differs. */
static bool reaches_the_end(const struct vec_impl *impl, double *lane, unsigned int bit)
{
	uint64_t word;

	got = start;
	vector_run(impl, &got, &by, VECTOR_STEPS / 2);
	memcpy(&word, lane, sizeof(word));
	word ^= 1ULL << bit;
	memcpy(lane, &word, sizeof(word));
	vector_run(impl, &got, &by, VECTOR_STEPS / 2);
	return memcmp(&got, &want, sizeof(want));
}

START_TEST(a_bit_flipped_in_any_lane_half_way_reaches_the_end)
{
	const struct vec_impl *impl = isa_impl_find(isa_best(isa_available(NULL)))->vec;
	unsigned int bit, lane;

	for (lane = 0; lane < VECTOR_F64; lane += 5) {
		vector_start(lane, &start, &by);
		want = start;
		vector_reference(&want, &by, VECTOR_STEPS);
		for (bit = 0; bit < 64; bit++)
			ck_assert(reaches_the_end(impl, &got.f64[lane], bit));
	}
}
END_TEST

START_TEST(a_quotient_off_by_one_reaches_the_end)
{
	const struct vec_impl *impl = isa_impl_find(isa_best(isa_available(NULL)))->vec;

	/* Wrong rounding: q is one too large, x one prime too small, and soon right again. */
	vector_start(5, &start, &by);
	want = got = start;
	vector_reference(&want, &by, VECTOR_STEPS);
	vector_run(impl, &got, &by, VECTOR_STEPS / 2);
	got.f64[17] -= VECTOR_P64;
	got.sum64[1] += 1ULL << 29;
	vector_run(impl, &got, &by, VECTOR_STEPS / 2);
	ck_assert(!memcmp(got.f64, want.f64, sizeof(want.f64)));
	ck_assert(memcmp(got.sum64, want.sum64, sizeof(want.sum64)));
}
END_TEST

START_TEST(a_unit_that_is_always_wrong_in_the_same_way_is_found)
{
	vector_start(1, &start, &by);
	want = got = start;
	vector_reference(&want, &by, VECTOR_STEPS);
	vector_run(&vec_wrong, &got, &by, VECTOR_STEPS);
	ck_assert(memcmp(&got, &want, sizeof(want)));
	/* It is wrong in even lanes of one part only, and in the same way when asked again. */
	ck_assert(!memcmp(got.f32, want.f32, sizeof(want.f32)));
	ck_assert(!memcmp(&got.f64[1], &want.f64[1], sizeof(double)));
	want = start;
	vector_run(&vec_wrong, &want, &by, VECTOR_STEPS);
	ck_assert(!memcmp(&got, &want, sizeof(want)));
}
END_TEST

START_TEST(powers_end_at_one_and_integers_agree_with_their_reference)
{
	uint64_t base[INTEGER_LIMBS], half[INTEGER_LIMBS], slow[INTEGER_LIMBS], full[INTEGER_LIMBS];
	uint64_t fast_state[INTEGER_STATE], slow_state[INTEGER_STATE];
	uint64_t seed;
	int i;

	for (seed = 0; seed < 20; seed++) {
		integer_base(mix_at(3, seed), base);
		integer_power_alu(base, half, full);
		integer_half_ref(base, slow);
		ck_assert(!memcmp(half, slow, sizeof(half)));
		ck_assert_uint_eq(full[0], 1);
		for (i = 1; i < INTEGER_LIMBS; i++)
			ck_assert_uint_eq(full[i], 0);
		integer_mix_alu(mix_at(4, seed), INTEGER_STEPS, fast_state);
		integer_mix_ref(mix_at(4, seed), INTEGER_STEPS, slow_state);
		ck_assert(!memcmp(fast_state, slow_state, sizeof(fast_state)));
	}
}
END_TEST

START_TEST(a_wrong_golden_answer_is_reported_against_the_shipped_digest)
{
	const struct stressor *stressor = stressor_find("cpu.integer");
	static _Alignas(128) struct worker_line line;
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .work_limit = 1, .count = 1 };
	struct stress_state state = { .folder_fd = -1, .self_test = true };
	struct {
		size_t sets;
		uint64_t shipped_got;
	} * known;

	ck_assert_int_eq(stressor->prepare(&state, NULL), 0);
	known = state.own;
	known->shipped_got ^= 1;
	ck_assert_int_eq(stressor->run(&state, &worker, NULL), 0);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].phase, UINT64_MAX);
	ck_assert_uint_eq(line.detail[0].want ^ line.detail[0].got, 1);
	stressor->finish(&state);
}
END_TEST

int main(void)
{
	const TTest *const test[] = {
		vectors_of_every_set_agree_with_integers_to_the_bit,
		a_bit_flipped_in_any_lane_half_way_reaches_the_end,
		a_quotient_off_by_one_reaches_the_end,
		a_unit_that_is_always_wrong_in_the_same_way_is_found,
		powers_end_at_one_and_integers_agree_with_their_reference,
		a_wrong_golden_answer_is_reported_against_the_shipped_digest,
	};

	return unit_run_each("kernels",
			     every_kernel_on_every_set_runs_clean_and_finds_each_flipped_bit,
			     (int)stressor_count, test, ARRAY_SIZE(test));
}
