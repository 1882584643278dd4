/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/arena.h"

#include "harness/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16384, ALIGNMENT = 16 };

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t size;
	_Alignas(16) char data[];
};

static struct arena_block *new_block(size_t size)
{
	struct arena_block *block = mem_zalloc(sizeof(*block) + size);

	block->size = size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->block;
	void *piece;

	size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (size > BLOCK_SIZE / 4) {
		/* A large piece gets its own block behind the current one, which stays in use. */
		struct arena_block *own = new_block(size);

		own->used = size;
		if (block) {
			own->next = block->next;
			block->next = own;
		} else {
			arena->block = own;
		}
		return own->data;
	}
	if (!block || block->size - block->used < size) {
		block = new_block(BLOCK_SIZE);
		block->next = arena->block;
		arena->block = block;
	}
	piece = block->data + block->used;
	block->used += size;
	return piece;
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
	void *piece = arena_alloc(arena, size);

	if (size)
		memcpy(piece, data, size);
	return piece;
}

char *arena_strndup(struct arena *arena, const char *text, size_t size)
{
	char *copy = arena_alloc(arena, size + 1);

	if (size)
		memcpy(copy, text, size);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	char *text;
	int size;

	va_copy(again, args);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (size < 0)
		size = 0;
	text = arena_alloc(arena, (size_t)size + 1);
	vsnprintf(text, (size_t)size + 1, format, args);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->block;

	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	arena->block = NULL;
}
