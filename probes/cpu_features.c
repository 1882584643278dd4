/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instruction set extensions that matter here, by one name on every architecture: vectors, cipher
 * and digest instructions, binary translation, virtualisation. Kernels spell them differently, so
 * what two machines can do cannot be compared by their `features`.
 */
#include "probes/cpu.h"

#include "harness/base/auto.h"

#include <string.h>

struct word {
	const char *word, *name;
};

/* In the order in which the names are said; a word of cpuinfo gives its name. */
static const struct word words[] = {
	{ "aes", "aes" },	{ "pmull", "pmull" },	  { "pclmul", "pmull" },
	{ "pclmulqdq", "pmull" }, { "sha1", "sha1" },	  { "sha2", "sha2" },
	{ "sha", "sha1" },	{ "sha", "sha2" },	  { "sha_ni", "sha1" },
	{ "sha_ni", "sha2" },	{ "sha512", "sha512" },	  { "sha3", "sha3" },
	{ "sm2", "sm2" },	{ "sm3", "sm3" },	  { "ccs", "sm3" },
	{ "sm4", "sm4" },	{ "ccs", "sm4" },	  { "crypto", "crypto" },
	{ "crc32", "crc32" },	{ "atomics", "lse" },	  { "sve", "sve" },
	{ "sve2", "sve2" },	{ "sse4.2", "sse4.2" },	  { "sse4_2", "sse4.2" },
	{ "avx", "avx" },	{ "avx2", "avx2" },	  { "avx512f", "avx512" },
	{ "lsx", "lsx" },	{ "lasx", "lasx" },	  { "msa", "msa" },
	{ "loongson-mmi", "mmi" }, { "lbt_x86", "lbt" },  { "lbt_arm", "lbt" },
	{ "lbt_mips", "lbt" },	{ "lvz", "lvz" },	  { "vz", "lvz" },
};

bool cpu_has_word(const char *list, const char *word)
{
	size_t size = strlen(word);
	const char *at = list;

	while ((at = strstr(at, word)) != NULL) {
		if ((at == list || at[-1] == ' ') && (!at[size] || at[size] == ' '))
			return true;
		at += size;
	}
	return false;
}

/*
 * Leaves that no kernel word may stand for: 7.1 eax (sha512, sm3, sm4), and Zhaoxin's C0000001 edx,
 * where each unit has two bits, "there" and "enabled".
 */
static void add_leaves(const struct cpu_reading *r, struct buf *list)
{
	struct cpuid_leaf leaf;

	if (cpu_cpuid(r, 7, 1, &leaf)) {
		buf_adds(list, leaf.eax & 1 << 0 ? " sha512" : "");
		buf_adds(list, leaf.eax & 1 << 1 ? " sm3" : "");
		buf_adds(list, leaf.eax & 1 << 2 ? " sm4" : "");
	}
	if (cpu_cpuid(r, 0xc0000001, 0, &leaf)) {
		buf_adds(list, (leaf.edx & 0x03) == 0x03 ? " sm2" : "");
		buf_adds(list, (leaf.edx & 0x30) == 0x30 ? " ccs" : "");
	}
}

void cpu_extensions(struct cpu_reading *r, const struct cpu_kind *kind)
{
	const struct attribute *features = component_attribute(kind->component, "features");
	const char *flags = kind->cpu ? cpuinfo_get(kind->cpu, "flags") : NULL;
	AUTO(buf_release) struct buf list = BUF_INIT;
	AUTO(buf_release) struct buf names = BUF_INIT;
	size_t i;

	if (features)
		buf_adds(&list, features->text);
	/* Vendor kernels know bits that have no leaf of their own here (Hygon's sm3, sm4). */
	if (flags)
		buf_addf(&list, " %s", flags);
	add_leaves(r, &list);
	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (cpu_has_word(list.data, words[i].word) &&
		    !cpu_has_word(names.data, words[i].name))
			buf_addf(&names, "%s%s", names.size ? " " : "", words[i].name);
	}
	if (names.size)
		cpu_text(r, kind, "extensions", names.data,
			 features ? features->source : "proc/cpuinfo");
}
