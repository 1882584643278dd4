/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H
/*
 * Bookkeeping memory: allocation that does not fail.
 *
 * When the system has no memory left for the harness's own small needs there is nothing sensible
 * to continue with: one line is written to standard error and the process ends with exit code 3
 * (the station could not work). What the journal has synced stays readable. Memory that is under
 * test is never allocated here: there, failing is a result.
 *
 * Everything returned is owned by the caller and freed with free().
 */
#include <stddef.h>

void *mem_alloc(size_t size);
void *mem_zalloc(size_t size);
void *mem_realloc(void *old, size_t size);
char *mem_strdup(const char *text);

/* Grow an array to hold at least `wanted` elements; *capacity counts elements. Returns the array. */
void *mem_grow(void *array, size_t *capacity, size_t wanted, size_t element_size);

#endif
