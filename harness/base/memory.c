/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one place below cmd/ that may end the process: see the header. */
static void __attribute__((noreturn)) out_of_memory(void)
{
	static const char text[] = "cuihuo: out of memory\n";
	ssize_t ignored = write(2, text, sizeof(text) - 1);

	(void)ignored;
	_exit(3);
}

void *mem_alloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

void *mem_zalloc(size_t size)
{
	return memset(mem_alloc(size), 0, size);
}

void *mem_realloc(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		out_of_memory();
	return memory;
}

char *mem_strdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(mem_alloc(size), text, size);
}

void *mem_grow(void *array, size_t *capacity, size_t wanted, size_t element_size)
{
	size_t grown = *capacity ? *capacity : 8;

	if (wanted <= *capacity)
		return array;
	while (grown < wanted) {
		if (grown > SIZE_MAX / 2 / element_size)
			out_of_memory();
		grown *= 2;
	}
	*capacity = grown;
	return mem_realloc(array, grown * element_size);
}
