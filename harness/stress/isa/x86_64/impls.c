/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"

extern const struct vec_impl vec_scalar, vec_sse2, vec_avx2, vec_avx512;
extern const struct lane_impl lane_scalar, lane_sse2, lane_avx2, lane_avx512;
extern const struct hold_impl hold_scalar, hold_sse2, hold_avx2, hold_avx512;
extern const struct heat_impl heat_scalar, heat_sse2, heat_avx2, heat_avx512;
extern const struct march_impl march_scalar, march_sse2, march_avx2, march_avx512;
extern const struct real_impl real_scalar, real_avx2;
extern const struct crypt_impl crypt_aes, crypt_sha, crypt_crc, crypt_clmul;

/* A set that the compiler does not know has no row: see the Makefile. */
const struct isa_impl isa_impl_table[] = {
	{ .isa = ISA_SCALAR,
	  .vec = &vec_scalar,
	  .lane = &lane_scalar,
	  .hold = &hold_scalar,
	  .heat = &heat_scalar,
	  .march = &march_scalar,
	  .real = &real_scalar,
	  .crypt = &crypt_scalar },
#ifdef HAVE_ISA_AES
	{ .isa = ISA_AES, .crypt = &crypt_aes },
#endif
#ifdef HAVE_ISA_SHA
	{ .isa = ISA_SHA, .crypt = &crypt_sha },
#endif
#ifdef HAVE_ISA_CRC
	{ .isa = ISA_CRC, .crypt = &crypt_crc },
#endif
#ifdef HAVE_ISA_CLMUL
	{ .isa = ISA_CLMUL, .crypt = &crypt_clmul },
#endif
#ifdef HAVE_ISA_SSE2
	{ .isa = ISA_SSE2,
	  .vec = &vec_sse2,
	  .lane = &lane_sse2,
	  .hold = &hold_sse2,
	  .heat = &heat_sse2,
	  .march = &march_sse2 },
#endif
#ifdef HAVE_ISA_AVX2
	{ .isa = ISA_AVX2,
	  .vec = &vec_avx2,
	  .lane = &lane_avx2,
	  .hold = &hold_avx2,
	  .heat = &heat_avx2,
	  .march = &march_avx2,
	  .real = &real_avx2 },
#endif
#ifdef HAVE_ISA_AVX512
	{ .isa = ISA_AVX512,
	  .vec = &vec_avx512,
	  .lane = &lane_avx512,
	  .hold = &hold_avx512,
	  .heat = &heat_avx512,
	  .march = &march_avx512 },
#endif
};

const size_t isa_impl_count = ARRAY_SIZE(isa_impl_table);
