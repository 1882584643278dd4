/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/facts.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/facts_arch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/utsname.h>
#include <unistd.h>

enum { VALUE_SIZE = 512 };

void facts_emit(const struct facts_sink *sink, const char *name, const char *value, ...)
{
	char text[VALUE_SIZE];
	va_list args;

	va_start(args, value);
	vsnprintf(text, sizeof(text), value, args);
	va_end(args);
	sink->each(sink->context, name, text);
}

struct pair {
	char *name, *value;
};

struct collected {
	struct pair *pair;
	size_t count, capacity;
};

static void collect(void *context, const char *name, const char *value)
{
	struct collected *all = context;

	all->pair = mem_grow(all->pair, &all->capacity, all->count + 1, sizeof(*all->pair));
	all->pair[all->count++] = (struct pair){ mem_strdup(name), mem_strdup(value) };
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

/* Which of the loaders that programs are linked for are there: on LoongArch two worlds differ. */
static void emit_loaders(const struct facts_sink *sink)
{
	static const char *const path[] = {
		"/lib64/ld.so.1", "/lib64/ld-linux-loongarch-lp64d.so.1",
		"/lib/ld-linux-aarch64.so.1", "/lib64/ld-linux-x86-64.so.2",
	};
	char text[VALUE_SIZE] = "";
	size_t i, used = 0;

	for (i = 0; i < ARRAY_SIZE(path); i++) {
		if (access(path[i], F_OK) == 0)
			used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
						 used ? " " : "", path[i]);
	}
	if (used)
		facts_emit(sink, "abi.loaders", "%s", text);
}

static void emit_common(const struct facts_sink *sink)
{
	struct utsname name;

	if (uname(&name) == 0) {
		facts_emit(sink, "uname.machine", "%s", name.machine);
		facts_emit(sink, "uname.release", "%s", name.release);
		facts_emit(sink, "uname.sysname", "%s", name.sysname);
		facts_emit(sink, "uname.version", "%s", name.version);
	}
	facts_emit(sink, "auxv.hwcap", "0x%016lx", getauxval(AT_HWCAP));
	facts_emit(sink, "auxv.hwcap2", "0x%016lx", getauxval(AT_HWCAP2));
	emit_loaders(sink);
	facts_emit(sink, "page-size", "%ld", sysconf(_SC_PAGESIZE));
}

void facts_each(void (*each)(void *context, const char *name, const char *value), void *context)
{
	struct collected all = { .count = 0 };
	const struct facts_sink sink = { .each = collect, .context = &all };
	size_t i;

	emit_common(&sink);
	facts_arch_each(&sink);
	qsort(all.pair, all.count, sizeof(*all.pair), compare);
	for (i = 0; i < all.count; i++) {
		each(context, all.pair[i].name, all.pair[i].value);
		free(all.pair[i].name);
		free(all.pair[i].value);
	}
	free(all.pair);
}

const char *facts_arch(void)
{
	return facts_arch_name;
}
