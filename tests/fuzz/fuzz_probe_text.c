/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small text parsers of the probes; the first byte chooses. */
#include "harness/base/ids.h"
#include "probes/cpuinfo.h"
#include "probes/pairs.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void table(const char *text, size_t size)
{
	static const struct ids_column column[] = { { "a", IDS_EXACT }, { "b", IDS_GLOB },
						    { "c", IDS_RANGE }, { NULL, IDS_VALUE } };
	static const struct ids_form forms[] = { { "a", NULL, "hh|UUU" }, { "b", "a1", "hh:Hd:no|" },
						 { NULL, NULL, NULL } };
	static const struct ids_table first = { .file = "fuzz", .column = column, .forms = forms };
	struct ids ids = IDS_INIT;
	size_t i;

	buf_add(&ids.text, text, size);
	if (ids_parse(&ids, &first, "fuzz", NULL) == 0) {
		for (i = 0; i < ids.count; i++) {
			const char *const key[] = { ids_at(&ids, i, 0), ids_at(&ids, i, 1), "7" };

			if (!key[0] || ids_find(&ids, key) >= (long)ids.count)
				abort();
		}
		ids_check(&ids, "fuzz", NULL);
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
