/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_EXPECTATION_H
#define MODEL_EXPECTATION_H
/*
 * Does an inventory say what a profile expects? "Not known" is an answer of its own: a class that
 * could not be read, an attribute that is missing, or one whose sources disagree proves nothing.
 *
 *	switch (expectation_check(&inventory, &expectation, &why)) { ... }
 *
 * An expectation of an attribute speaks of every component of the class that its glob matches;
 * one that has none fails it.
 */
#include "harness/base/buf.h"
#include "harness/model/inventory.h"
#include "harness/model/profile.h"

enum expectation_answer {
	EXPECTATION_UNKNOWN = 0,
	EXPECTATION_FAILS,
	EXPECTATION_HOLDS,
};

/* Appends what was found to `why` (English) unless it holds. */
enum expectation_answer expectation_check(const struct inventory *inventory,
					  const struct expectation *expectation, struct buf *why);

#endif
