/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expectations on the inventory: `expect` and `applies-to: inventory`. */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/nearest.h"

#include <string.h>

struct read_expectation {
	struct expectation *e;
	const struct tree *is, *count, *min, *max, *equals, *one_of, *bom, *except;
};

/* A class that no probe knows would be absent on every machine, and `is: absent` always true. */
void check_class(struct loader *l, const struct tree *value)
{
	const char *const *known = l->load->component_class;
	struct nearest near = { .word = value->kind == TREE_TEXT ? value->text : "" };

	for (; known && *known; known++) {
		if (!strcmp(*known, near.word))
			return;
		nearest_try(&near, *known);
	}
	if (!known || !near.word[0])
		return;
	if (nearest_found(&near))
		problem_at(l, value, "there is no component class '%s'; did you mean '%s'?",
			   near.word, nearest_found(&near));
	else
		problem_at(l, value, "there is no component class '%s'; 'cuihuo probe' shows them",
			   near.word);
}

void value_class(struct loader *l, const struct tree *value, const char **ret_class)
{
	if (value_name(l, value, ret_class))
		check_class(l, value);
}

static void read_class(struct loader *l, const struct tree *value, void *target)
{
	value_class(l, value, &((struct read_expectation *)target)->e->class);
}

static void read_attribute(struct loader *l, const struct tree *value, void *target)
{
	struct read_expectation *r = target;

	value_name(l, value, &r->e->attribute);
}

static void read_component(struct loader *l, const struct tree *value, void *target)
{
	struct read_expectation *r = target;

	value_text(l, value, &r->e->component);
}

static void read_finding(struct loader *l, const struct tree *value, void *target)
{
	value_finding(l, value, &((struct read_expectation *)target)->e->finding);
}

static void read_optional(struct loader *l, const struct tree *value, void *target)
{
	value_bool(l, value, &((struct read_expectation *)target)->e->optional);
}

#define KEEP(member)                                                                               \
	static void keep_##member(struct loader *l, const struct tree *value, void *target)        \
	{                                                                                          \
		(void)l;                                                                           \
		((struct read_expectation *)target)->member = value;                               \
	}
KEEP(is)
KEEP(count)
KEEP(min)
KEEP(max)
KEEP(equals)
KEEP(one_of)
KEEP(bom)
KEEP(except)

static const struct field expectation_field[] = {
	{ "class", read_class }, { "component", read_component }, { "attribute", read_attribute },
	{ "is", keep_is },	 { "count", keep_count },	  { "min", keep_min },
	{ "max", keep_max },	 { "equals", keep_equals },	  { "one-of", keep_one_of },
	{ "finding", read_finding }, { "optional", read_optional },
	{ "bom", keep_bom },	 { "except", keep_except },
};

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length >= strlen(end) && !strcmp(text + length - strlen(end), end);
}

/* A bound of an attribute: its name ends with its unit, and the value may be written with one. */
static void read_bound(struct loader *l, const struct tree *value, const char *attribute,
		       int64_t *ret_bound)
{
	const char *text = value->kind == TREE_TEXT ? value->text : "";
	uint64_t bytes;
	int64_t milli;

	if (scan_i64(text, -JSON_INT_MAX, JSON_INT_MAX, ret_bound) == 0)
		return;
	if (ends_with(attribute, "_bytes") && scan_bytes(text, &bytes) == 0 &&
	    bytes <= JSON_INT_MAX) {
		*ret_bound = (int64_t)bytes;
		return;
	}
	if (ends_with(attribute, "_khz") &&
	    metric_scan(metric_find("frequency"), text, &milli) == 0) {
		*ret_bound = milli;	/* thousandths of a MHz are kHz */
		return;
	}
	problem_at(l, value, "here must stand a whole number, or a value in the unit of '%s'",
		   attribute);
}

enum { COUNT_MAX = 100000 };

static void read_least(struct loader *l, const struct tree *value, void *target)
{
	uint64_t number;

	if (value_number(l, value, 0, COUNT_MAX, &number))
		((struct expectation *)target)->min = (int64_t)number;
}

static void read_most(struct loader *l, const struct tree *value, void *target)
{
	uint64_t number;

	if (value_number(l, value, 0, COUNT_MAX, &number))
		((struct expectation *)target)->max = (int64_t)number;
}

/* count: 2, or count: {min: 1, max: 2} */
static void read_count(struct loader *l, const struct tree *value, struct expectation *e)
{
	static const struct field field[] = { { "min", read_least }, { "max", read_most } };
	uint64_t number;

	e->rule = EXPECT_COUNT;
	if (value->kind == TREE_MAP)
		map_read(l, value, field, ARRAY_SIZE(field), e);
	else if (value_number(l, value, 0, COUNT_MAX, &number))
		e->min = e->max = (int64_t)number;
}

static void read_presence(struct loader *l, const struct tree *value, struct expectation *e)
{
	static const char *const word[] = { "present", "absent" };
	unsigned int index;

	if (value_word(l, value, word, ARRAY_SIZE(word), &index))
		e->rule = index ? EXPECT_ABSENT : EXPECT_PRESENT;
}

static void read_equals(struct loader *l, const struct tree *value, struct expectation *e)
{
	const char **text = arena_new(&l->profile->arena, const char *);

	e->rule = EXPECT_EQUALS;
	if (value_text(l, value, &text[0])) {
		e->text = text;
		e->text_count = 1;
	}
}

/* A bill of materials speaks of the whole machine, and of nothing else beside. */
static void decide_bom(struct loader *l, const struct tree *map, struct read_expectation *r)
{
	if (r->e->class || r->e->attribute || r->is || r->count || r->min || r->max || r->equals ||
	    r->one_of || strcmp(r->e->component, "*"))
		problem_at(l, map, "beside 'bom' only 'except' and 'finding' have a place");
	r->e->class = "bom";
	read_bom(l, r->bom, r->except, r->e);
}

/* What the kept keys make of it: exactly one of is, count, min/max, equals, one-of. */
static void decide(struct loader *l, const struct tree *map, struct read_expectation *r)
{
	struct expectation *e = r->e;
	bool range = r->min || r->max;
	int forms = !!r->is + !!r->count + !!r->equals + !!r->one_of + range;

	if (forms != 1) {
		problem_at(l, map, "an expectation says exactly one of: is, count, min and max, "
				   "equals, one-of");
		return;
	}
	if ((r->equals || r->one_of || range) && !e->attribute) {
		map_lacks(l, map, "attribute");
		return;
	}
	if ((r->is || r->count) && e->attribute)
		problem_at(l, map, "'is' and 'count' have no place beside 'attribute'");
	if (e->optional && !e->attribute)
		problem_at(l, map, "'optional' has a place only beside 'attribute'");
	if (r->is && strcmp(e->component, "*"))
		problem_at(l, map, "'is' speaks of the whole class; use 'count' with 'component'");
	if (r->is)
		read_presence(l, r->is, e);
	if (r->equals)
		read_equals(l, r->equals, e);
	if (r->one_of && value_texts(l, r->one_of, &e->text, &e->text_count))
		e->rule = EXPECT_ONE_OF;
	if (r->count)
		read_count(l, r->count, e);
	if (range)
		e->rule = EXPECT_NUMBER;
	if (r->min)
		read_bound(l, r->min, e->attribute, &e->min);
	if (r->max)
		read_bound(l, r->max, e->attribute, &e->max);
	if (e->min > e->max)
		problem_at(l, map, "min is greater than max: nothing can fulfil this");
}

void read_expectation_list(struct loader *l, const struct tree *value,
			   struct expectation **ret_expectation, size_t *ret_count)
{
	const struct tree *item;
	struct expectation *expectation;
	size_t i = 0;

	if (!value_is_list(l, value))
		return;
	expectation = arena_array(&l->profile->arena, struct expectation, value->count);
	for (item = value->child; item; item = item->next) {
		struct read_expectation r = { .e = &expectation[i] };

		if (!value_is_map(l, item))
			continue;
		r.e->component = "*";
		r.e->min = INT64_MIN;
		r.e->max = INT64_MAX;
		map_read(l, item, expectation_field, ARRAY_SIZE(expectation_field), &r);
		if (r.bom) {
			decide_bom(l, item, &r);
			i++;
			continue;
		}
		if (r.except)
			problem_at(l, r.except, "'except' has a place only beside 'bom'");
		if (!tree_member(item, "class"))
			map_lacks(l, item, "class");
		decide(l, item, &r);
		i++;
	}
	*ret_expectation = expectation;
	*ret_count = i;
}
