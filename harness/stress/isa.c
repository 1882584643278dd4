/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"
#include "harness/stress/stressor.h"

#include <string.h>

static const char *const isa_names[ISA_COUNT] = {
	[ISA_SCALAR] = "scalar", [ISA_SSE2] = "sse2", [ISA_AVX2] = "avx2", [ISA_AVX512] = "avx512",
	[ISA_NEON] = "neon",     [ISA_SVE] = "sve",   [ISA_LSX] = "lsx",   [ISA_LASX] = "lasx",
	[ISA_AES] = "aes",       [ISA_SHA] = "sha",   [ISA_SM3] = "sm3",   [ISA_SM4] = "sm4",
	[ISA_CRC] = "crc",       [ISA_CLMUL] = "clmul",
};

const char *isa_name(enum isa isa)
{
	return (unsigned int)isa < ISA_COUNT ? isa_names[isa] : "unknown";
}

static int name_of_length(const char *name, size_t length)
{
	int isa;

	for (isa = 0; isa < ISA_COUNT; isa++) {
		if (strlen(isa_names[isa]) == length && !strncmp(isa_names[isa], name, length))
			return isa;
	}
	return -1;
}

int isa_from_name(const char *name)
{
	return name_of_length(name, strlen(name));
}

int isa_parse(const char *names, uint32_t *ret_mask, struct err *err)
{
	uint32_t mask = 1U << ISA_SCALAR;
	const char *at = names;

	for (;;) {
		size_t length = strcspn(at, ",");
		int isa = name_of_length(at, length);

		if (isa < 0)
			return err_set(
				err, ERR_USAGE,
				"'%.*s' is no instruction set; there are: scalar, sse2, avx2, "
				"avx512, neon, sve, lsx, lasx, aes, sha, sm3, sm4, crc, clmul",
				(int)length, at);
		mask |= 1U << isa;
		if (!at[length])
			break;
		at += length + 1;
	}
	*ret_mask = mask;
	return 0;
}

static uint32_t compiled(void)
{
	uint32_t mask = 0;
	size_t i;

	for (i = 0; i < isa_impl_count; i++)
		mask |= 1U << isa_impl_table[i].isa;
	return mask;
}

uint32_t isa_available(const char *without)
{
	uint32_t mask = compiled() & (isa_machine() | 1U << ISA_SCALAR);
	uint32_t removed;

	if (without && !isa_parse(without, &removed, NULL))
		mask &= ~removed;
	return mask | 1U << ISA_SCALAR;
}

enum isa isa_best(uint32_t mask)
{
	size_t i;

	for (i = isa_impl_count; i-- > 0;) {
		if (mask & 1U << isa_impl_table[i].isa)
			return isa_impl_table[i].isa;
	}
	return ISA_SCALAR;
}

const struct isa_impl *isa_impl_find(enum isa isa)
{
	size_t i;

	for (i = 0; i < isa_impl_count; i++) {
		if (isa_impl_table[i].isa == isa)
			return &isa_impl_table[i];
	}
	return NULL;
}
