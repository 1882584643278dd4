/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PMULL and PMULL2 on 64 bits: which one is in a bit of an operand. */
#include "harness/stress/crypt.h"

#include <arm_neon.h>

static void multiply(uint64_t a, uint64_t b, uint64_t product[2])
{
	const uint64_t both_a[2] = { ~a, a }, both_b[2] = { ~b, b };
	poly128_t result;

	if (b & 1)
		result = vmull_high_p64(vreinterpretq_p64_u64(vld1q_u64(both_a)),
					vreinterpretq_p64_u64(vld1q_u64(both_b)));
	else
		result = vmull_p64((poly64_t)a, (poly64_t)b);
	vst1q_u64(product, vreinterpretq_u64_p128(result));
}

extern const struct crypt_impl crypt_clmul;
const struct crypt_impl crypt_clmul = { .multiply = multiply };
