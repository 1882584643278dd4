/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
/*
 * Memory that is freed all at once: one arena per root noun (inventory, profile, record ...).
 *
 *	struct arena arena = ARENA_INIT;
 *	char *name = arena_strdup(&arena, text);
 *	arena_release(&arena);			frees every piece
 *
 * A zeroed struct is a valid empty arena. Pieces are aligned for any type and zeroed. Never fails
 * (see memory.h). Pointers stay valid until the release: arrays that must grow use mem_grow or lists.
 */
#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *block;
};

#define ARENA_INIT { .block = NULL }

void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
void *arena_copy(struct arena *arena, const void *data, size_t size);
void arena_release(struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (count)))

#endif
