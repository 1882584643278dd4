/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * LANE(id, lane, digest, text, F): the kernel cpu.ID over lanes of the type named, u8 to u64, the
 * digest of its answer to KNOWN_FIXED_SEED, and F of a (a lane of the state) and k (of the key).
 *
 *	ADD SUB MUL WMUL		WMUL: the product of the low halves, in full
 *	SHL SHR SAR (lane, x, n)	n of its own in each lane; ROT: the same in all
 *	LTU LTS EQ (lane, x, y)		all ones or nothing; SEL(lane, mask, x, y)
 *	PERM(lane, a ^ k)		another order of the lanes in 16 bytes, of just that
 *	ZIPLO ZIPHI (lane, x, y)	lanes of two in turn, of a and k
 *	GATHER(lane, i)			from a table of 64
 *	FADD FSUB FMUL FDIV FFMA FSQRT FLT (f32 or f64, ...)	on the bits of numbers
 *	FCUT(x)				double to float and back
 *	FROM(f, x) TO(f, x)		from a signed whole number of that width, and to it
 *	FAR(f, x) NEAR(f, x) BIG(f, x)	the bits of x as a number with any sign and fraction: from
 *					2^-15, from 2^-7 and below 2; at least 2 and of use to TO
 *
 * F should not be linear in a alone, or many steps may end where they began; and each bit of a
 * should reach each result, for what does not come back is seen by its parity only.
 *
 * No include guard: the includer defines LANE for what it wants of the rows.
 */
LANE(add8, u8, 0x7f98c13d52033553ULL, N_("vector lanes of 8 bits: add, subtract"),
     ADD(u8, a, k) ^ SUB(u8, k, ADD(u8, a, a)))
LANE(add16, u16, 0x60698ec23bb6e6efULL, N_("vector lanes of 16 bits: add, subtract"),
     ADD(u16, a, k) ^ SUB(u16, k, ADD(u16, a, a)))
LANE(add32, u32, 0x80ed76e00632194dULL, N_("vector lanes of 32 bits: add, subtract"),
     ADD(u32, a, k) ^ SUB(u32, k, ADD(u32, a, a)))
LANE(add64, u64, 0x30d0db38d04ff78fULL, N_("vector lanes of 64 bits: add, subtract"),
     ADD(u64, a, k) ^ SUB(u64, k, ADD(u64, a, a)))
LANE(mul16, u16, 0x70d350bdbc6ac59aULL, N_("vector lanes of 16 bits: multiply"),
     MUL(u16, a, k))
LANE(mul32, u32, 0x7a67131955c9d212ULL, N_("vector lanes of 32 bits: multiply"),
     MUL(u32, a, k))
LANE(mul64, u64, 0xdb0724f97d6b18a9ULL, N_("vector lanes of 64 bits: multiply"),
     MUL(u64, a, k))
LANE(mulwide, u64, 0x8f13a269b4b4cda1ULL, N_("vector lanes: multiply 32 bits by 32 bits to 64"),
     WMUL(u64, a, k))
LANE(shift16, u16, 0xeae9a24a439eac80ULL,
     N_("vector lanes of 16 bits: shift, each lane by its own count"),
     SHL(u16, a, k) ^ SHR(u16, a, k >> 4) ^ SAR(u16, a, k >> 8))
LANE(shift32, u32, 0x64da4ea5d055adeeULL,
     N_("vector lanes of 32 bits: shift, each lane by its own count"),
     SHL(u32, a, k) ^ SHR(u32, a, k >> 8) ^ SAR(u32, a, k >> 16))
LANE(shift64, u64, 0xdf203726ebd59e9eULL,
     N_("vector lanes of 64 bits: shift, each lane by its own count"),
     SHL(u64, a, k) ^ SHR(u64, a, k >> 16) ^ SAR(u64, a, k >> 32))
LANE(rotate16, u16, 0xa1151b3411b6c309ULL,
     N_("vector lanes of 16 bits: rotate, all by the same count"),
     ROT(u16, a ^ k, 5) ^ (ROT(u16, a, 11) & k))
LANE(rotate32, u32, 0xd488e498478c193dULL,
     N_("vector lanes of 32 bits: rotate, all by the same count"),
     ROT(u32, a ^ k, 7) ^ (ROT(u32, a, 19) & k))
LANE(rotate64, u64, 0xe5b2c7af488a9919ULL,
     N_("vector lanes of 64 bits: rotate, all by the same count"),
     ROT(u64, a ^ k, 13) ^ (ROT(u64, a, 40) & k))
LANE(compare8, u8, 0x48c2f31863496110ULL, N_("vector lanes of 8 bits: compare and select"),
     SEL(u8, LTU(u8, a, k), a, k) ^ SEL(u8, LTS(u8, k, a), k, EQ(u8, a & (u8)7, k & (u8)7)))
LANE(compare16, u16, 0xb09ae3897acb3b86ULL, N_("vector lanes of 16 bits: compare and select"),
     SEL(u16, LTU(u16, a, k), a, k) ^ SEL(u16, LTS(u16, k, a), k, EQ(u16, a & (u16)7, k & (u16)7)))
LANE(compare32, u32, 0xb4a297fd24f7bec2ULL, N_("vector lanes of 32 bits: compare and select"),
     SEL(u32, LTU(u32, a, k), a, k) ^ SEL(u32, LTS(u32, k, a), k, EQ(u32, a & (u32)7, k & (u32)7)))
LANE(compare64, u64, 0x59e47125cd42bdc1ULL, N_("vector lanes of 64 bits: compare and select"),
     SEL(u64, LTU(u64, a, k), a, k) ^ SEL(u64, LTS(u64, k, a), k, EQ(u64, a & (u64)7, k & (u64)7)))
LANE(permute8, u8, 0xfdd3b4e5a067c0edULL, N_("vector lanes of 8 bits: permute"),
     PERM(u8, a ^ k) ^ (a & k))
LANE(permute16, u16, 0x84570a64d0beaa05ULL, N_("vector lanes of 16 bits: permute"),
     PERM(u16, a ^ k) ^ (a & k))
LANE(permute32, u32, 0x862ccf5ee81cc430ULL, N_("vector lanes of 32 bits: permute"),
     PERM(u32, a ^ k) ^ (a & k))
LANE(zip8, u8, 0x1fd089159fe1afc0ULL, N_("vector lanes of 8 bits: interleave two registers"),
     ZIPLO(u8, a, k) ^ ZIPHI(u8, k, a))
LANE(zip16, u16, 0x27e0f9f6cd2cb779ULL, N_("vector lanes of 16 bits: interleave two registers"),
     ZIPLO(u16, a, k) ^ ZIPHI(u16, k, a))
LANE(zip32, u32, 0xbaca7eb456f1b9d0ULL, N_("vector lanes of 32 bits: interleave two registers"),
     ZIPLO(u32, a, k) ^ ZIPHI(u32, k, a))
LANE(gather32, u32, 0x716ebe273047b52aULL, N_("vector lanes of 32 bits: gather from a table"),
     GATHER(u32, (a ^ k) & (u32)(LANE_TABLE - 1)))
LANE(gather64, u64, 0x2df5d6bf2ee5f18bULL, N_("vector lanes of 64 bits: gather from a table"),
     GATHER(u64, (a ^ k) & (u64)(LANE_TABLE - 1)))
LANE(fadd32, u32, 0x6b6e41aed2c78025ULL, N_("single precision in vectors: add, subtract"),
     FADD(f32, FAR(f32, a), FAR(f32, k)) ^ FSUB(f32, FAR(f32, k), FAR(f32, a)))
LANE(fadd64, u64, 0x7eb4ddc2a36c6ff7ULL, N_("double precision in vectors: add, subtract"),
     FADD(f64, FAR(f64, a), FAR(f64, k)) ^ FSUB(f64, FAR(f64, k), FAR(f64, a)))
LANE(fmul32, u32, 0xa982030bd2e55cf1ULL, N_("single precision in vectors: multiply"),
     FMUL(f32, FAR(f32, a), FAR(f32, k)))
LANE(fmul64, u64, 0xcc765ed74127c010ULL, N_("double precision in vectors: multiply"),
     FMUL(f64, FAR(f64, a), FAR(f64, k)))
LANE(ffma32, u32, 0x2c46fbdfbf821430ULL,
     N_("single precision in vectors: multiply and add, rounded once"),
     FFMA(f32, NEAR(f32, a), NEAR(f32, k), NEAR(f32, a ^ k)))
LANE(ffma64, u64, 0x60727b41e0c846f7ULL,
     N_("double precision in vectors: multiply and add, rounded once"),
     FFMA(f64, NEAR(f64, a), NEAR(f64, k), NEAR(f64, a ^ k)))
LANE(fdiv32, u32, 0x9a7baafff9ee8325ULL, N_("single precision in vectors: divide"),
     FDIV(f32, FAR(f32, a), FAR(f32, k)))
LANE(fdiv64, u64, 0xc1dcd10f87037781ULL, N_("double precision in vectors: divide"),
     FDIV(f64, FAR(f64, a), FAR(f64, k)))
LANE(fsqrt32, u32, 0x0491482caa5e7166ULL, N_("single precision in vectors: square root"),
     FSQRT(f32, FAR(f32, a ^ k)))
LANE(fsqrt64, u64, 0xb1648ac86e4ec3c6ULL, N_("double precision in vectors: square root"),
     FSQRT(f64, FAR(f64, a ^ k)))
LANE(fcompare32, u32, 0xe9aa4a13b5bea5deULL, N_("single precision in vectors: compare and select"),
     SEL(u32, FLT(f32, NEAR(f32, a), NEAR(f32, k)), a, k))
LANE(fcompare64, u64, 0x7bf5496b1c171a07ULL, N_("double precision in vectors: compare and select"),
     SEL(u64, FLT(f64, NEAR(f64, a), NEAR(f64, k)), a, k))
LANE(fcut, u64, 0x19b7c812857c374cULL, N_("double precision to single and back, in vectors"),
     FCUT(FAR(f64, a ^ k)))
LANE(from32, u32, 0x410ae6fea1541b12ULL,
     N_("whole numbers of 32 bits to single precision, in vectors"),
     FROM(f32, a ^ k))
LANE(from64, u64, 0x781c4d7763211191ULL,
     N_("whole numbers of 64 bits to double precision, in vectors"),
     FROM(f64, a ^ k))
LANE(to32, u32, 0x3ee82e9786510b1fULL,
     N_("single precision to whole numbers of 32 bits, in vectors"),
     TO(f32, BIG(f32, a ^ k)))
LANE(to64, u64, 0xa039dfd0733ce6a7ULL,
     N_("double precision to whole numbers of 64 bits, in vectors"),
     TO(f64, BIG(f64, a ^ k)))
