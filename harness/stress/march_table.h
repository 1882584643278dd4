/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MARCH_TABLE_H
#define STRESS_MARCH_TABLE_H
/*
 * The march algorithms, a row each, as they stand in the literature:
 *
 *	fill with 0; the elements; read 0
 *
 * where 0 is a pattern and 1 its inverse. An element does its operations to each line before it
 * goes to the next, up or down; it begins with a read of what the one before left. Marches in place
 * end with "read 0, write the next pattern", so that nothing is overwritten unread.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct march_element {
	uint32_t ops;	/* MARCH_DOn of march.h */
	bool down;
};

struct march_algorithm {
	const char *name;		/* "March LR" */
	unsigned int cost;		/* operations a cell, fill and last read included */
	const struct march_element *element;
	size_t elements;
};

extern const struct march_algorithm march_c_minus, march_lr, march_ss, march_swap, march_rest;

/* All of them, for the table of what each finds. */
extern const struct march_algorithm *const march_algorithm_table[];
extern const size_t march_algorithm_count;

#endif
