/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_ROOTS_H
#define TESTS_ROOTS_H
/*
 * The captured machines of tests/roots, built into a test's folder.
 *
 *	struct tree tree = tree_make();
 *	roots_build(&tree, "greatwall-td120a2");	now tree_path(&tree, "greatwall-td120a2")
 *	roots_probe(&tree, "greatwall-td120a2", NULL, &inventory);
 *
 * Failures end the test.
 */
#include "harness/model/inventory.h"
#include "tests/unit/tree.h"

void roots_build(struct tree *tree, const char *name);
/*
 * Probe the root (NULL: this machine) with the source tree's tables of names. class NULL: all. Every
 * attribute that is found must have a name for readers and stand in docs/formats/inventory.md.
 */
void roots_probe(struct tree *tree, const char *name, const char *class,
		 struct inventory *inventory);
/* The inventory as text; the caller frees it. */
char *roots_text(const struct inventory *inventory);

#endif
