/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/cpuinfo.h"

#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <limits.h>
#include <string.h>

static const char *trimmed(struct arena *arena, const char *start, const char *end)
{
	while (start < end && strchr(" \t\r", *start))
		start++;
	while (end > start && strchr(" \t\r", end[-1]))
		end--;
	return arena_strndup(arena, start, (size_t)(end - start));
}

static struct cpuinfo_cpu *new_cpu(struct cpuinfo *info, const char *number)
{
	struct cpuinfo_cpu *cpu = arena_new(info->arena, struct cpuinfo_cpu);
	uint64_t value;

	cpu->number = scan_u64(number, 0, INT_MAX, &value) == 0 ? (long)value : -1;
	info->cpu_count++;
	return cpu;
}

void cpuinfo_read(struct cpuinfo *info, const char *text, size_t size)
{
	const char *end = text + size;
	struct cpuinfo_cpu **next = &info->cpu;
	struct cpuinfo_line **tail = &info->machine.line;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		const char *colon;

		stop = stop ? stop : end;
		colon = memchr(text, ':', (size_t)(stop - text));
		if (colon) {
			struct cpuinfo_line *line = arena_new(info->arena, struct cpuinfo_line);

			line->key = trimmed(info->arena, text, colon);
			line->value = trimmed(info->arena, colon + 1, stop);
			if (text_equal_nocase(line->key, "processor")) {
				*next = new_cpu(info, line->value);
				tail = &(*next)->line;
				next = &(*next)->next;
			}
			*tail = line;
			tail = &line->next;
		}
		text = stop + 1;
	}
}

const char *cpuinfo_get(const struct cpuinfo_cpu *cpu, const char *key)
{
	const struct cpuinfo_line *line;

	for (line = cpu->line; line; line = line->next) {
		if (text_equal_nocase(line->key, key))
			return *line->value ? line->value : NULL;
	}
	return NULL;
}
