/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_ORIGIN_H
#define MODEL_ORIGIN_H
/*
 * Where a part comes from, as a fact: who made it, in which country that maker designs, what says so
 * and how sure that is. No judgement: that takes a policy (policy.h).
 *
 *	for (c = inventory->component; c; c = c->next)
 *		if (origin_of(c, &makers, &part)) ...	false: it is no part (a cache, a sum)
 *
 * Everything points into the inventory and the table. A maker that is not known, that sources
 * disagree about, that a hypervisor shows, or whose country the table does not have, has no country: NULL.
 */
#include "harness/base/ids.h"
#include "harness/model/inventory.h"

struct origin_part {
	const struct component *component;
	const char *what;	/* its model or the like; "" where it has none */
	const char *maker;	/* NULL: not known */
	const char *country;	/* ISO 3166 code; NULL: not known */
	const char *evidence;	/* the source of the maker; "" without one */
	enum certainty certainty;
};

/* `makers` is makers.tsv (sys/pack.h). */
bool origin_of(const struct component *component, const struct ids *makers,
	       struct origin_part *ret_part);

/* The memory chips on a module, where its SPD names their maker; false: it does not. */
bool origin_of_chips(const struct component *component, const struct ids *makers,
		     struct origin_part *ret_part);

#endif
