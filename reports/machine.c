/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/machine.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)

/* What the first component of a class that has such a text says. */
static const char *find_text(const struct inventory *inventory, const char *class,
			     const char *attribute)
{
	const struct component *component;

	for (component = inventory_first(inventory, class); component;
	     component = inventory_next(component)) {
		const char *text = component_get_text(component, attribute);

		if (text && *text)
			return text;
	}
	return NULL;
}

static int64_t find_number(const struct inventory *inventory, const char *class,
			   const char *attribute)
{
	const struct component *component;

	for (component = inventory_first(inventory, class); component;
	     component = inventory_next(component)) {
		int64_t number = component_get_number(component, attribute, 0);

		if (number > 0)
			return number;
	}
	return 0;
}

static char *join(const char *first, const char *second, char out[MACHINE_TEXT_SIZE])
{
	snprintf(out, MACHINE_TEXT_SIZE, "%.120s%s%.120s", first ? first : "",
		 first && second ? " " : "", second ? second : "");
	return out;
}

char *machine_product(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE])
{
	return join(find_text(inventory, "board", "manufacturer"),
		    find_text(inventory, "board", "product"), out);
}

char *machine_cpu(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE])
{
	return join(find_text(inventory, "cpu", "model"), NULL, out);
}

char *machine_firmware(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE])
{
	return join(find_text(inventory, "firmware", "vendor"),
		    find_text(inventory, "firmware", "version"), out);
}

char *machine_system(const struct inventory *inventory, char out[MACHINE_TEXT_SIZE])
{
	const char *name = find_text(inventory, "os", "pretty_name");

	return join(name ? name : find_text(inventory, "os", "product"),
		    find_text(inventory, "kernel", "release"), out);
}

char *machine_memory(const struct inventory *inventory, enum lang lang,
		      char out[MACHINE_TEXT_SIZE])
{
	const struct component *component;
	char size[BYTES_TEXT_SIZE];
	uint64_t bytes = 0;
	size_t modules = 0;

	for (component = inventory_first(inventory, "memory"); component;
	     component = inventory_next(component)) {
		int64_t one = component_get_number(component, "size_bytes", 0);

		if (one <= 0)
			continue;
		bytes += (uint64_t)one;
		modules++;
	}
	if (!modules)
		bytes = (uint64_t)find_number(inventory, "memory", "kernel_total_bytes");
	if (!modules)
		snprintf(out, MACHINE_TEXT_SIZE, lang_text(lang, N_("%s as the kernel sees it")),
			 format_bytes(bytes, size));
	else
		snprintf(out, MACHINE_TEXT_SIZE, lang_text(lang, N_("%s in %zu modules")),
			 format_bytes(bytes, size), modules);
	if (!bytes)
		out[0] = 0;
	return out;
}
