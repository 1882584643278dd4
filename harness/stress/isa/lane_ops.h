/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_ISA_LANE_OPS_H
#define STRESS_ISA_LANE_OPS_H
/*
 * What the rows of lane_steps.h use that is the same for one lane and for a vector of them. The
 * includer has typedefs lane_u8 .. lane_f64 of what holds a value, unsigned and lane_s8 .. lane_s64.
 */
#define LANE_BITS_u8  8
#define LANE_BITS_u16 16
#define LANE_BITS_u32 32
#define LANE_BITS_u64 64

#define LANE_UNSIGNED_f32 u32
#define LANE_UNSIGNED_f64 u64

/* Sign and fraction as they come, of the exponent some low bits; the rest is given. */
#define LANE_FAR_f32(x)	 (((x) & (u32)0x87ffffffU) | (u32)0x38000000U)
#define LANE_FAR_f64(x)	 (((x) & (u64)0x80ffffffffffffffULL) | (u64)0x3f00000000000000ULL)
#define LANE_NEAR_f32(x) (((x) & (u32)0x83ffffffU) | (u32)0x3c000000U)
#define LANE_NEAR_f64(x) (((x) & (u64)0x807fffffffffffffULL) | (u64)0x3f80000000000000ULL)
#define LANE_BIG_f32(x)	 (((x) & (u32)0x87ffffffU) | (u32)0x40000000U)
#define LANE_BIG_f64(x)	 (((x) & (u64)0x81ffffffffffffffULL) | (u64)0x4000000000000000ULL)
#define FAR(f, x)	 LANE_FAR_##f(x)
#define NEAR(f, x)	 LANE_NEAR_##f(x)
#define BIG(f, x)	 LANE_BIG_##f(x)
#define LANE_ABS_f32(x)	 ((x) & (u32)0x7fffffffU)
#define LANE_ABS_f64(x)	 ((x) & (u64)0x7fffffffffffffffULL)

/* Lanes of 16 bytes in another order, each the place of the one that comes to `i`. */
#define LANE_IN_16(T)	     (16 / (LANE_BITS_##T / 8))
#define LANE_BLOCK(T, i)     ((i) & ~(LANE_IN_16(T) - 1))
#define LANE_PLACE(T, i)     (LANE_BLOCK(T, i) | (((i)*5 + 3) & (LANE_IN_16(T) - 1)))
#define LANE_ZIP_PLACE(T, i) (LANE_BLOCK(T, i) | ((i) & (LANE_IN_16(T) - 1)) / 2)

#endif
