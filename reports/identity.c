/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/identity.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The first component of a class that has a text of that name, in the order of the classes. */
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

static char *join(const char *first, const char *second, char out[IDENTITY_TEXT_SIZE])
{
	snprintf(out, IDENTITY_TEXT_SIZE, "%.120s%s%.120s", first ? first : "",
		 first && second ? " " : "", second ? second : "");
	return out;
}

char *identity_machine(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE])
{
	return join(find_text(inventory, "board", "maker"), find_text(inventory, "board", "product"),
		    out);
}

char *identity_cpu(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE])
{
	return join(find_text(inventory, "cpu", "model"), NULL, out);
}

char *identity_firmware(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE])
{
	return join(find_text(inventory, "firmware", "maker"),
		    find_text(inventory, "firmware", "version"), out);
}

char *identity_os(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE])
{
	return join(find_text(inventory, "os", "name"), find_text(inventory, "kernel", "release"),
		    out);
}

char *identity_memory(const struct inventory *inventory, char out[IDENTITY_TEXT_SIZE])
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
		return join(NULL, NULL, out);
	snprintf(out, IDENTITY_TEXT_SIZE, "%s (%zu)", format_bytes(bytes, size), modules);
	return out;
}
