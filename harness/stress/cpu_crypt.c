/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cpu.aes, cpu.sha, cpu.sm3, cpu.sm4, cpu.crc, cpu.clmul: the instructions that a processor has for
 * one cipher, digest or checksum alone, and the product without carries, where it lists them.
 *
 * How it is verified: the same work in C, by the text of the standard, must give the same words; the
 * digest of set 0 is compiled in. Each is a chain that forgets nothing: a step of a cipher or checksum
 * is a bijection of its state, digests go from block to block, products into a Feistel network. On a
 * machine without the instructions the C path runs, against the golden answers alone.
 *
 * Work unit: one block, checked in all its words.
 */
#include "harness/base/auto.h"
#include "harness/stress/crypt.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/known.h"
#include "harness/stress/mix.h"

#include <string.h>

#define N_(text) (text)

enum { LANES = 8, ROUNDS = 16, MESSAGES = 24, CHECKED = 240, PRODUCTS = 48 };

struct bytes {
	uint8_t at[LANES * CRYPT_BLOCK];
};

static uint64_t load(const uint8_t *at)
{
	uint64_t value = 0;
	int i;

	for (i = 8; i-- > 0;)
		value = value << 8 | at[i];
	return value;
}

static void fill(uint64_t seed, uint8_t *at, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		at[i] = (uint8_t)(mix_at(seed, i / 8) >> 8 * (i % 8));
}

/* A block changes the next one, so that no lane stands alone. */
static void chain(struct bytes *bytes)
{
	size_t i;

	for (i = CRYPT_BLOCK; i < sizeof(bytes->at); i++)
		bytes->at[i] ^= bytes->at[i - CRYPT_BLOCK];
}

static void take(const struct bytes *bytes, uint64_t *answer)
{
	size_t i;

	for (i = 0; i < sizeof(bytes->at) / 8; i++)
		answer[i] = load(bytes->at + 8 * i);
}

/* --- the work --------------------------------------------------------------------------------- */

static void work_aes(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer)
{
	uint8_t user[2 * CRYPT_BLOCK], there[CRYPT_AES_KEY], back[CRYPT_AES_KEY];
	struct bytes bytes;
	int i;

	fill(seed, bytes.at, sizeof(bytes.at));
	fill(~seed, user, sizeof(user));
	crypt_aes_key(user, there);
	crypt_aes_key(user + CRYPT_BLOCK, back);
	for (i = 0; i < ROUNDS; i++) {
		impl->aes_encrypt(there, bytes.at, LANES);
		chain(&bytes);
		impl->aes_decrypt(back, bytes.at, LANES);
		chain(&bytes);
	}
	take(&bytes, answer);
}

static void work_digest(void (*digest)(uint32_t *, const uint8_t *, size_t), uint64_t seed,
			uint64_t *answer)
{
	uint8_t message[2 * CRYPT_MESSAGE];
	uint32_t state[8];
	int i;

	for (i = 0; i < 8; i++)
		state[i] = (uint32_t)mix_at(~seed, (uint64_t)i);
	for (i = 0; i < MESSAGES; i++) {
		fill(mix_at(seed, (uint64_t)i), message, sizeof(message));
		digest(state, message, 2);
	}
	for (i = 0; i < 4; i++)
		answer[i] = (uint64_t)state[2 * i] << 32 | state[2 * i + 1];
}

static void work_sha(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer)
{
	work_digest(impl->sha256, seed, answer);
}

static void work_sm3(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer)
{
	work_digest(impl->sm3, seed, answer);
}

static void work_sm4(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer)
{
	uint32_t user[4], round[CRYPT_SM4_ROUNDS];
	struct bytes bytes;
	int i, k;

	fill(seed, bytes.at, sizeof(bytes.at));
	for (i = 0; i < ROUNDS; i++) {
		for (k = 0; k < 4; k++)
			user[k] = (uint32_t)mix_at(~seed, (uint64_t)(4 * i + k));
		impl->sm4_key(user, round);
		impl->sm4(round, bytes.at, LANES);
		chain(&bytes);
	}
	take(&bytes, answer);
}

/* All sizes from 0 up, so that every width of the instructions has its turn. */
static void work_crc(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer)
{
	const struct crypt_impl *plain = impl->crc32 ? impl : &crypt_scalar;
	uint32_t one = (uint32_t)seed, two = (uint32_t)(seed >> 32);
	uint8_t data[CHECKED];
	size_t size;

	fill(seed, data, sizeof(data));
	for (size = 0; size < 32; size++) {
		one = impl->crc32c(one, data + size, size);
		two = plain->crc32(two, data + size, size);
	}
	answer[0] = (uint64_t)one << 32 | two;
	one = impl->crc32c(one, data, sizeof(data));
	two = plain->crc32(two, data, sizeof(data));
	answer[1] = (uint64_t)one << 32 | two;
}

/* Halves of a Feistel network take in both words of each product. */
static void work_clmul(const struct crypt_impl *impl, uint64_t seed, uint64_t *answer)
{
	uint64_t half[2][2], product[2];
	int lane, i, k;

	for (lane = 0; lane < LANES; lane++) {
		for (k = 0; k < 4; k++)
			half[k / 2][k % 2] = mix_nudged(seed, (uint64_t)(4 * lane + k));
		for (i = 0; i < PRODUCTS; i++) {
			const uint64_t *from = half[i % 2];
			uint64_t *to = half[1 - i % 2];

			impl->multiply(from[0], from[1] ^ mix_at(~seed, (uint64_t)i), product);
			to[0] ^= product[0];
			to[1] ^= product[1];
		}
		memcpy(answer + 4 * lane, half, sizeof(half));
	}
}

/* --- the kernels ------------------------------------------------------------------------------ */

#define CRYPT_KERNEL(id, title, unit, answer_words, digest, text)                                  \
	static void id##_reference(uint64_t seed, uint64_t *answer)                                \
	{                                                                                          \
		work_##id(&crypt_scalar, seed, answer);                                            \
	}                                                                                          \
                                                                                                   \
	static void id##_produce(enum isa isa, uint64_t seed, uint64_t *answer)                    \
	{                                                                                          \
		work_##id(isa_impl_find(isa)->crypt, seed, answer);                                \
	}                                                                                          \
                                                                                                   \
	static const struct param_spec id##_params[] = { KNOWN_PARAM_SETS };                       \
	static const struct kernel_spec id##_spec = {                                              \
		.name = (title),                                                                   \
		.summary = (text),                                                                 \
		.target = TARGET_CPU,                                                              \
		.work_unit = "block",                                                              \
		.param = id##_params,                                                              \
		.param_count = ARRAY_SIZE(id##_params),                                            \
	};                                                                                         \
	static const struct known_kind id##_kind = {                                               \
		.spec = &id##_spec,                                                                \
		.words = (answer_words),                                                           \
		.shipped = (digest),                                                               \
		.reference = id##_reference,                                                       \
		.produce = id##_produce,                                                           \
	};                                                                                         \
                                                                                                   \
	static int id##_prepare(struct stress_state *state, struct err *err)                       \
	{                                                                                          \
		(void)err;                                                                         \
		return known_prepare(&id##_kind, state);                                           \
	}                                                                                          \
                                                                                                   \
	static int id##_run(struct stress_state *state, struct worker *worker, struct err *err)    \
	{                                                                                          \
		(void)err;                                                                         \
		return known_run(&id##_kind, state, worker);                                       \
	}                                                                                          \
                                                                                                   \
	extern const struct stressor stressor_cpu_##id;                                            \
	const struct stressor stressor_cpu_##id = {                                                \
		.spec = &id##_spec,                                                                \
		.isa_mask = 1U << ISA_SCALAR | 1U << (unit),                                       \
		.prepare = id##_prepare,                                                           \
		.run = id##_run,                                                                   \
		.finish = known_finish,                                                            \
		.repeatable = true,                                                                \
	}

CRYPT_KERNEL(aes, "cpu.aes", ISA_AES, 16, 0x86a588bd29e5ded8ULL,
	     N_("AES: the processor's instructions against C"));
CRYPT_KERNEL(sha, "cpu.sha", ISA_SHA, 4, 0x0024e46bd384e4a7ULL,
	     N_("SHA-256: the processor's instructions against C"));
CRYPT_KERNEL(sm3, "cpu.sm3", ISA_SM3, 4, 0xdc7eb21fcbd6dc2cULL,
	     N_("SM3: the processor's instructions against C"));
CRYPT_KERNEL(sm4, "cpu.sm4", ISA_SM4, 16, 0x0eb3ede7cb473016ULL,
	     N_("SM4: the processor's instructions against C"));
CRYPT_KERNEL(crc, "cpu.crc", ISA_CRC, 2, 0xdc1b5a35ace7411aULL,
	     N_("CRC32 and CRC32C: the processor's instructions against C"));
CRYPT_KERNEL(clmul, "cpu.clmul", ISA_CLMUL, 32, 0xe22f54d5b8bb3b63ULL,
	     N_("products without carries: the processor's instruction against C"));

const struct crypt_work crypt_work[CRYPT_WORKS] = {
	{ "cpu.aes", 16, work_aes }, { "cpu.sha", 4, work_sha }, { "cpu.sm3", 4, work_sm3 },
	{ "cpu.sm4", 16, work_sm4 }, { "cpu.crc", 2, work_crc }, { "cpu.clmul", 32, work_clmul },
};
