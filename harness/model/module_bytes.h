/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_MODULE_BYTES_H
#define MODEL_MODULE_BYTES_H
/*
 * Distinct physical memory that a step verified, by memory module: the key `modules` of an outcome, of a
 * step-end frame and of a certificate's item. Known where the kernel shows frame numbers and the
 * firmware says which module holds which addresses; interleaved modules share a row.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct module_bytes {
	const char *modules;	/* ids, a blank between two */
	uint64_t bytes;		/* verified, of all of them together */
	uint64_t mapped;	/* that they have in the address space */
};

struct module_bytes_list {
	const struct module_bytes *row;	/* in ascending order of `modules` */
	size_t count;
};

/* The member `modules`; nothing at all when the list is empty. */
void module_bytes_write(struct json_writer *w, const struct module_bytes_list *list);
int module_bytes_read(const json_t *object, const char *where, struct arena *arena,
		      struct module_bytes_list *ret_list, struct err *err);

#endif
