/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CPUCFG words (LoongArch Reference Manual volume 1, 2.2.10.5 and table 3): 0 the processor id,
 * 1 to 6 features, 0x10 to 0x14 caches. Words that are not defined read as 0. Names are "cpucfg."
 * and two hex digits.
 */
#include "harness/sys/facts_arch.h"

#include <stdint.h>
#include <stdio.h>

const char facts_arch_name[] = "loongarch64";

enum { LAST_WORD = 0x14 };

static uint32_t read_word(uint32_t word)
{
	uint32_t value;

	__asm__ volatile("cpucfg %0, %1" : "=r"(value) : "r"(word));
	return value;
}

void facts_arch_each(const struct facts_sink *sink)
{
	uint32_t word;

	for (word = 0; word <= LAST_WORD; word++) {
		char name[16];

		snprintf(name, sizeof(name), "cpucfg.%02x", word);
		facts_emit(sink, name, "0x%08x", read_word(word));
	}
}
