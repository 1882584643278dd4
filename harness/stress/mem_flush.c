/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.flush: March SS and LR with every single operation carried out in the memory itself. Ordinarily
 * the operations of an element on a line meet in the first cache, and the memory sees one read and
 * one write. Here each operation goes over a block, and the caches are emptied of it before the
 * next: with the processor's own instruction, block by block of 4 KiB; or, where user mode has none
 * (LoongArch), by reading twice the size of the largest cache after a block of that size.
 *
 * Within a block the order is that of the operations, not of its cells: couplings between cells of
 * one block that need the other order are left to mem.march-ss.
 */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/scan.h"
#include "harness/stress/isa/flush.h"
#include "harness/stress/march_kernel.h"
#include "harness/sys/sysroot.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)

enum {
	FLUSH_BLOCK = 4096,
	CACHES = 8,			/* index0 .. index7 of a cpu */
	UNKNOWN_CACHE = 32 << 20,	/* where the kernel does not say */
	MOST_CACHE = 64 << 20,		/* of a worker: it shares the cache with others */
};

static void flush_block(const struct march_flush *flush, void *memory, size_t size)
{
	flush->lines(memory, size, flush->line);
}

static void evict_block(const struct march_flush *flush, void *memory, size_t size)
{
	const volatile char *other = flush->evict;
	size_t at;

	(void)memory;
	(void)size;
	for (at = 0; at < flush->evict_size; at += MARCH_LINE)
		(void)other[at];
}

/* "32768K"; 0 when there is none. */
static size_t cache_bytes(struct sysroot *root, unsigned int index)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	char path[64];
	uint64_t kib;

	snprintf(path, sizeof(path), "sys/devices/system/cpu/cpu0/cache/index%u/size", index);
	if (sysroot_read_line(root, path, &text, NULL) < 0 || !text.size ||
	    text.data[text.size - 1] != 'K')
		return 0;
	text.data[text.size - 1] = '\0';
	if (scan_u64(text.data, 0, MOST_CACHE / 1024, &kib) < 0)
		return MOST_CACHE;
	return (size_t)kib * 1024;
}

static size_t largest_cache(void)
{
	struct sysroot *root = sysroot_open(NULL, NULL);
	size_t largest = 0;
	unsigned int i;

	for (i = 0; root && i < CACHES; i++) {
		size_t size = cache_bytes(root, i);

		largest = size > largest ? size : largest;
	}
	sysroot_free(root);
	return largest ? largest : UNKNOWN_CACHE;
}

void march_flush_find(const struct isa_flush *isa, struct march_flush *ret_flush)
{
	size_t cache;

	memset(ret_flush, 0, sizeof(*ret_flush));
	if (isa->lines) {
		ret_flush->block = FLUSH_BLOCK;
		ret_flush->empty = flush_block;
		ret_flush->lines = isa->lines;
		ret_flush->line = isa->line;
		return;
	}
	cache = largest_cache();
	ret_flush->block = cache / FLUSH_BLOCK * FLUSH_BLOCK + FLUSH_BLOCK;
	ret_flush->empty = evict_block;
	ret_flush->evict_size = 2 * cache;
}

static const struct kernel_spec mem_flush_spec = {
	.name = "mem.flush",
	.summary = N_("memory: March SS and LR with each operation in the memory itself, "
		      "the caches emptied after it"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
};

static void program_flush(const struct stress_state *state, struct march_program *program)
{
	unsigned int content;

	(void)state;
	for (content = 0; content < MARCH_BACKGROUNDS; content++)
		march_program_add(program, &march_ss, content);
	march_program_add(program, &march_lr, 0);
	march_program_add(program, &march_lr, MARCH_ADDRESSES);
}

static const struct march_kernel flush = {
	.spec = &mem_flush_spec, .program = program_flush, .flushed = true
};
MARCH_STRESSOR(mem_flush, flush, MARCH_ISA_MASK);
