/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"

extern const struct vec_impl vec_scalar, vec_neon, vec_sve;
extern const struct lane_impl lane_scalar, lane_neon, lane_sve;
extern const struct hold_impl hold_scalar, hold_neon, hold_sve;
extern const struct heat_impl heat_scalar, heat_neon, heat_sve;
extern const struct march_impl march_scalar, march_neon;
extern const struct real_impl real_scalar;
extern const struct crypt_impl crypt_aes, crypt_sha, crypt_sm3, crypt_sm4, crypt_crc, crypt_clmul;

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
#ifdef HAVE_ISA_SM3
	{ .isa = ISA_SM3, .crypt = &crypt_sm3 },
#endif
#ifdef HAVE_ISA_SM4
	{ .isa = ISA_SM4, .crypt = &crypt_sm4 },
#endif
#ifdef HAVE_ISA_CRC
	{ .isa = ISA_CRC, .crypt = &crypt_crc },
#endif
#ifdef HAVE_ISA_CLMUL
	{ .isa = ISA_CLMUL, .crypt = &crypt_clmul },
#endif
#ifdef HAVE_ISA_NEON
	{ .isa = ISA_NEON,
	  .vec = &vec_neon,
	  .lane = &lane_neon,
	  .hold = &hold_neon,
	  .heat = &heat_neon,
	  .march = &march_neon },
#endif
#ifdef HAVE_ISA_SVE
	/* Memory is slower than either: mem.march keeps to NEON. */
	{ .isa = ISA_SVE,
	  .vec = &vec_sve,
	  .lane = &lane_sve,
	  .hold = &hold_sve,
	  .heat = &heat_sve },
#endif
};

const size_t isa_impl_count = ARRAY_SIZE(isa_impl_table);
