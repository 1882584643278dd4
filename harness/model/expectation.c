/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/expectation.h"

#include "harness/model/delta.h"

#include <fnmatch.h>
#include <string.h>

#define N_(text) (text)

static const struct component *first_match(const struct component *component, const char *glob)
{
	while (component && fnmatch(glob, component->id, 0))
		component = inventory_next(component);
	return component;
}

static void add_range(struct buf *why, const struct expectation *e)
{
	long long min = e->min, max = e->max;

	if (min == max)
		buf_addf(why, N_("expected %lld"), min);
	else if (e->min == INT64_MIN)
		buf_addf(why, N_("expected at most %lld"), max);
	else if (e->max == INT64_MAX)
		buf_addf(why, N_("expected at least %lld"), min);
	else
		buf_addf(why, N_("expected %lld to %lld"), min, max);
}

static enum expectation_answer check_count(const struct inventory *inventory,
					   const struct expectation *e, struct buf *why)
{
	const struct component *at =
		first_match(inventory_first(inventory, e->class), e->component);
	struct buf range = BUF_INIT;
	int64_t count = 0;

	for (; at; at = first_match(inventory_next(at), e->component))
		count++;
	if (count >= e->min && count <= e->max)
		return EXPECTATION_HOLDS;
	add_range(&range, e);
	buf_addf(why, N_("class %s, components %s: there are %lld, %s"), e->class, e->component,
		 (long long)count, range.data);
	buf_release(&range);
	return EXPECTATION_FAILS;
}

static enum expectation_answer check_number(const struct component *component,
					    const struct attribute *attribute,
					    const struct expectation *e, struct buf *why)
{
	struct buf range = BUF_INIT;

	if (attribute->kind != ATTRIBUTE_NUMBER) {
		buf_addf(why, N_("%s: %s is no number: '%s'"), component->id, attribute->name,
			 attribute->text);
		return EXPECTATION_UNKNOWN;
	}
	if (attribute->number >= e->min && attribute->number <= e->max)
		return EXPECTATION_HOLDS;
	add_range(&range, e);
	buf_addf(why, N_("%s: %s is %lld, %s"), component->id, attribute->name,
		 (long long)attribute->number, range.data);
	buf_release(&range);
	return EXPECTATION_FAILS;
}

static enum expectation_answer check_text(const struct component *component,
					  const struct attribute *attribute,
					  const struct expectation *e, struct buf *why)
{
	struct buf wanted = BUF_INIT;
	size_t i;

	if (attribute->kind != ATTRIBUTE_TEXT) {
		buf_addf(why, N_("%s: %s is no text: %lld"), component->id, attribute->name,
			 (long long)attribute->number);
		return EXPECTATION_UNKNOWN;
	}
	for (i = 0; i < e->text_count; i++) {
		if (!strcmp(attribute->text, e->text[i]))
			return EXPECTATION_HOLDS;
	}
	for (i = 0; i < e->text_count; i++)
		buf_addf(&wanted, "%s'%s'", i ? " / " : "", e->text[i]);
	buf_addf(why, N_("%s: %s is '%s', expected %s"), component->id, attribute->name,
		 attribute->text, wanted.data);
	buf_release(&wanted);
	return EXPECTATION_FAILS;
}

/*
 * What would have told the attribute and says why it could not: "smart" with certainty unknown stands
 * for every smart_... that a component lacks.
 */
static const struct attribute *unread(const struct component *component, const char *name)
{
	const struct attribute *at;

	for (at = component->attribute; at; at = at->next) {
		size_t size = strlen(at->name);

		if (at->certainty == CERTAINTY_UNKNOWN && at->kind == ATTRIBUTE_TEXT &&
		    !strncmp(at->name, name, size) && name[size] == '_')
			return at;
	}
	return NULL;
}

static enum expectation_answer check_missing(const struct component *component,
					     const struct expectation *e, struct buf *why)
{
	const struct attribute *reason = unread(component, e->attribute);

	if (reason) {
		buf_addf(why, N_("%s: %s is not known: %s"), component->id, e->attribute,
			 reason->text);
		return EXPECTATION_UNKNOWN;
	}
	if (e->optional)
		return EXPECTATION_HOLDS;
	buf_addf(why, N_("%s: %s is not known"), component->id, e->attribute);
	return EXPECTATION_UNKNOWN;
}

static void add_uncertain(const struct component *component, const struct attribute *attribute,
			  struct buf *why)
{
	if (attribute->certainty == CERTAINTY_AMBIGUOUS)
		buf_addf(why, N_("%s: %s is ambiguous"), component->id, attribute->name);
	else if (attribute->certainty == CERTAINTY_CONTRADICTORY)
		buf_addf(why, N_("%s: sources contradict each other on %s"), component->id,
			 attribute->name);
	else
		buf_addf(why, N_("%s: %s is not known"), component->id, attribute->name);
}

static enum expectation_answer check_attribute(const struct component *component,
					       const struct expectation *e, struct buf *why)
{
	const struct attribute *attribute = component_attribute(component, e->attribute);

	if (!attribute)
		return check_missing(component, e, why);
	if (attribute->certainty < CERTAINTY_LIKELY) {
		add_uncertain(component, attribute, why);
		return EXPECTATION_UNKNOWN;
	}
	if (e->rule == EXPECT_NUMBER)
		return check_number(component, attribute, e, why);
	return check_text(component, attribute, e, why);
}

/* The worst answer of all components: one that fails is worse than one that is not known. */
static enum expectation_answer check_components(const struct inventory *inventory,
						const struct expectation *e, struct buf *why)
{
	const struct component *at =
		first_match(inventory_first(inventory, e->class), e->component);
	enum expectation_answer worst = EXPECTATION_HOLDS;

	if (!at && e->optional)
		return EXPECTATION_HOLDS;
	if (!at) {
		buf_addf(why, N_("class %s has no component %s"), e->class, e->component);
		return EXPECTATION_FAILS;
	}
	for (; at; at = first_match(inventory_next(at), e->component)) {
		size_t before = why->size;
		enum expectation_answer answer;

		if (before)
			buf_adds(why, "; ");
		answer = check_attribute(at, e, why);
		if (answer == EXPECTATION_HOLDS)
			buf_cut(why, before);
		if (answer == EXPECTATION_FAILS || worst == EXPECTATION_HOLDS)
			worst = answer;
	}
	return worst;
}

static enum expectation_answer check_bom(const struct inventory *inventory,
					 const struct expectation *e, struct buf *why)
{
	static const enum expectation_answer answer[] = {
		[DELTAS_UNKNOWN] = EXPECTATION_UNKNOWN,
		[DELTAS_DIFFERENT] = EXPECTATION_FAILS,
		[DELTAS_SAME] = EXPECTATION_HOLDS,
	};
	struct deltas deltas = DELTAS_INIT;
	const struct delta *delta;
	enum deltas_answer got;

	deltas_make(e->bom, inventory, &deltas);
	got = deltas_answer(&deltas);
	for (delta = deltas.delta; delta && got != DELTAS_SAME; delta = delta->next) {
		if (delta->passing)
			continue;
		if (why->size)
			buf_adds(why, "; ");
		delta_sentence(delta, why);
	}
	deltas_release(&deltas);
	return answer[got];
}

enum expectation_answer expectation_check(const struct inventory *inventory,
					  const struct expectation *e, struct buf *why)
{
	const struct class_state *state;

	if (e->rule == EXPECT_BOM)
		return check_bom(inventory, e, why);
	state = inventory_class_state(inventory, e->class);
	if (!state || state->presence == PRESENCE_UNREADABLE) {
		if (state && state->note)
			buf_addf(why, N_("class %s could not be read: %s"), e->class, state->note);
		else
			buf_addf(why, N_("class %s could not be read"), e->class);
		return EXPECTATION_UNKNOWN;
	}
	switch (e->rule) {
	case EXPECT_PRESENT:
		if (state->presence == PRESENCE_PRESENT)
			return EXPECTATION_HOLDS;
		buf_addf(why, N_("class %s is absent, expected to be present"), e->class);
		return EXPECTATION_FAILS;
	case EXPECT_ABSENT:
		if (state->presence == PRESENCE_ABSENT)
			return EXPECTATION_HOLDS;
		buf_addf(why, N_("class %s is present, expected to be absent"), e->class);
		return EXPECTATION_FAILS;
	case EXPECT_COUNT:
		return check_count(inventory, e, why);
	default:
		return check_components(inventory, e, why);
	}
}
