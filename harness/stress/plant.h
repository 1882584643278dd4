/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_PLANT_H
#define STRESS_PLANT_H
/*
 * A unit that is wrong in the same way each time, to measure which kernel would find it: one bit of
 * the result of one operation, at one width and type, in one lane of 16 bytes, for one in so many
 * operands. Code compiled with plants passes every result through plant_pass.
 *
 * No real unit is touched: this is arithmetic on results, and no such code runs in a test of a
 * machine.
 */
#include <stdbool.h>
#include <stdint.h>

/* Operation and type on lanes of 16 bytes: all that lane_steps.h uses, and AES and CLMUL. */
#define PLANT_UNITS(unit)                                                                          \
	unit(ADD, u8) unit(ADD, u16) unit(ADD, u32) unit(ADD, u64)                                 \
	unit(SUB, u8) unit(SUB, u16) unit(SUB, u32) unit(SUB, u64)                                 \
	unit(MUL, u16) unit(MUL, u32) unit(MUL, u64) unit(WMUL, u64)                               \
	unit(SHL, u16) unit(SHL, u32) unit(SHL, u64)                                               \
	unit(SHR, u16) unit(SHR, u32) unit(SHR, u64)                                               \
	unit(SAR, u16) unit(SAR, u32) unit(SAR, u64)                                               \
	unit(ROT, u16) unit(ROT, u32) unit(ROT, u64)                                               \
	unit(LTU, u8) unit(LTU, u16) unit(LTU, u32) unit(LTU, u64)                                 \
	unit(LTS, u8) unit(LTS, u16) unit(LTS, u32) unit(LTS, u64)                                 \
	unit(EQ, u8) unit(EQ, u16) unit(EQ, u32) unit(EQ, u64)                                     \
	unit(SEL, u8) unit(SEL, u16) unit(SEL, u32) unit(SEL, u64)                                 \
	unit(PERM, u8) unit(PERM, u16) unit(PERM, u32)                                             \
	unit(ZIPLO, u8) unit(ZIPLO, u16) unit(ZIPLO, u32)                                          \
	unit(ZIPHI, u8) unit(ZIPHI, u16) unit(ZIPHI, u32)                                          \
	unit(GATHER, u32) unit(GATHER, u64)                                                        \
	unit(FADD, f32) unit(FADD, f64) unit(FSUB, f32) unit(FSUB, f64)                            \
	unit(FMUL, f32) unit(FMUL, f64) unit(FDIV, f32) unit(FDIV, f64)                            \
	unit(FFMA, f32) unit(FFMA, f64) unit(FSQRT, f32) unit(FSQRT, f64)                          \
	unit(FLT, f32) unit(FLT, f64) unit(FCUT, f64)                                              \
	unit(FROM, f32) unit(FROM, f64) unit(TO, f32) unit(TO, f64)                                \
	unit(PAIR, u64) unit(AES_ENC, u8) unit(AES_DEC, u8) unit(CLMUL, u64)

/* On one value: what cpu.integer, cpu.float, cpu.program, digests and checksums use. */
#define PLANT_SINGLE_UNITS(unit)                                                                   \
	unit(INT_ADD, u32) unit(INT_ADD, u64) unit(INT_ADC, u64) unit(INT_SUB, u64)                \
	unit(INT_MUL, u32) unit(INT_MUL, u64) unit(INT_MULHI, u64)                                 \
	unit(INT_DIV, u64) unit(INT_REM, u64)                                                      \
	unit(INT_AND, u64) unit(INT_OR, u64) unit(INT_XOR, u64) unit(INT_ANDNOT, u64)              \
	unit(INT_SHL, u64) unit(INT_SHR, u64) unit(INT_SAR, u64) unit(INT_ROT, u64)                \
	unit(INT_LTU, u64) unit(INT_LTS, u64) unit(INT_MIN, u64) unit(INT_MAX, u64)                \
	unit(INT_EXTEND, u8) unit(INT_EXTEND, u16) unit(INT_EXTEND, u32)                           \
	unit(INT_SWAP, u64) unit(INT_ZEROS, u64) unit(INT_ONES, u64)                               \
	unit(LOAD, u8) unit(LOAD, u16) unit(LOAD, u32) unit(LOAD, u64)                             \
	unit(STORE, u8) unit(STORE, u16) unit(STORE, u32) unit(STORE, u64)                         \
	unit(TO_VECTOR, u64) unit(FROM_VECTOR, u64)                                                \
	unit(REAL_ADD, f32) unit(REAL_ADD, f64) unit(REAL_SUB, f64)                                \
	unit(REAL_MUL, f32) unit(REAL_MUL, f64) unit(REAL_DIV, f32) unit(REAL_DIV, f64)            \
	unit(REAL_FMA, f32) unit(REAL_FMA, f64) unit(REAL_SQRT, f32) unit(REAL_SQRT, f64)          \
	unit(REAL_LT, f64) unit(REAL_NARROW, f32) unit(REAL_WIDEN, f64)                            \
	unit(REAL_TO, u64) unit(REAL_FROM, f64)                                                    \
	unit(SHA_ROUND, u32) unit(SHA_WORD, u32) unit(SM3_ROUND, u32) unit(SM3_WORD, u32)          \
	unit(SM4_ROUND, u32) unit(SM4_KEY, u32) unit(CRC32C, u32) unit(CRC32, u32)

enum plant_unit {
#define PLANT_UNIT(operation, type) PLANT_##operation##_##type,
	PLANT_UNITS(PLANT_UNIT)
	PLANT_SINGLE_UNITS(PLANT_UNIT)
#undef PLANT_UNIT
	PLANT_COUNT
};

struct plant {
	enum plant_unit unit;	/* the one that is wrong; PLANT_COUNT: none */
	unsigned int lane;	/* of 16 bytes */
	unsigned int lanes;	/* in 16 bytes of that type; 1: a single value */
	unsigned int bit;
	uint64_t rarity;	/* of 1, 2, 4, ...: wrong for one in so many operands */
	bool reached[PLANT_COUNT];	/* out: asked at least once */
};

/* "ADD.u8" */
const char *plant_unit_name(enum plant_unit unit);
unsigned int plant_unit_bytes(enum plant_unit unit);
unsigned int plant_unit_lanes(enum plant_unit unit);

static inline uint64_t plant_pass(struct plant *plant, enum plant_unit unit, uint64_t lane,
				  uint64_t value, uint64_t operand)
{
	if (!plant)
		return value;
	plant->reached[unit] = true;
	if (plant->unit != unit || lane % plant->lanes != plant->lane)
		return value;
	/* A fixed function of what goes in and what would come out. */
	if (((operand + value * 31) * 0x9e3779b97f4a7c15ULL >> 40) & (plant->rarity - 1))
		return value;
	return value ^ 1ULL << plant->bit;
}

/* The plant of code whose functions have no argument for it: of this thread, NULL at first. */
void plant_here(struct plant *plant);
uint64_t plant_pass_here(enum plant_unit unit, uint64_t lane, uint64_t value, uint64_t operand);

#endif
