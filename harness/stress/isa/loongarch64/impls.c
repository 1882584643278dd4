/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"

extern const struct vec_impl vec_scalar, vec_lsx, vec_lasx;
extern const struct lane_impl lane_scalar, lane_lsx, lane_lasx;
extern const struct hold_impl hold_scalar, hold_lsx, hold_lasx;
extern const struct heat_impl heat_scalar, heat_lsx, heat_lasx;
extern const struct march_impl march_scalar, march_lsx, march_lasx;
extern const struct real_impl real_scalar;
extern const struct crypt_impl crypt_crc;

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
#ifdef HAVE_ISA_CRC
	{ .isa = ISA_CRC, .crypt = &crypt_crc },
#endif
#ifdef HAVE_ISA_LSX
	{ .isa = ISA_LSX,
	  .vec = &vec_lsx,
	  .lane = &lane_lsx,
	  .hold = &hold_lsx,
	  .heat = &heat_lsx,
	  .march = &march_lsx },
#endif
#ifdef HAVE_ISA_LASX
	{ .isa = ISA_LASX,
	  .vec = &vec_lasx,
	  .lane = &lane_lasx,
	  .hold = &hold_lasx,
	  .heat = &heat_lasx,
	  .march = &march_lasx },
#endif
};

const size_t isa_impl_count = ARRAY_SIZE(isa_impl_table);
