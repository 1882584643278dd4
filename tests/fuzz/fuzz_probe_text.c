/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small text parsers of the probes; the first byte chooses. */
#include "probes/cpuinfo.h"
#include "probes/ids.h"
#include "probes/pairs.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void table(const char *text, size_t size)
{
	static const char *const columns[] = { "a", "b", NULL };
	struct ids ids = IDS_INIT;
	size_t i;

	buf_add(&ids.text, text, size);
	if (ids_parse(&ids, "fuzz", columns, NULL) == 0) {
		for (i = 0; i < ids.count; i++) {
			if (!ids_at(&ids, i, 0) || !ids_at(&ids, i, 1))
				abort();
		}
	}
	ids_release(&ids);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct cpuinfo info = { .arena = &arena };
	struct pairs pairs = PAIRS_INIT;
	const char *text = (const char *)data + 1;
	const struct cpuinfo_cpu *cpu;

	if (!size)
		return 0;
	switch (data[0] % 3) {
	case 0:
		cpuinfo_read(&info, text, size - 1);
		for (cpu = info.cpu; cpu; cpu = cpu->next)
			cpuinfo_get(cpu, "model name");
		break;
	case 1:
		pairs_read(&pairs, &arena, text, size - 1);
		pairs_get(&pairs, "ID");
		break;
	default:
		table(text, size - 1);
	}
	arena_release(&arena);
	return 0;
}
