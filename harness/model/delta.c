/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two lists of parts are paired: first the same part in the same place, then the same part
 * anywhere, then whatever is in the same place. What is left was removed, or added.
 */
#include "harness/model/delta.h"

#include "harness/base/auto.h"
#include "harness/base/crc32c.h"
#include "harness/base/scan.h"
#include "harness/model/delta_table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define N_(text) (text)

enum {
	DIFFERS_KIND = 1,
	DIFFERS_LESS = 2,
	DIFFERS_MORE = 4,
	DIFFERS_SOFT = 8,
	DIFFERS_UNSURE = 16,
	DIFFERS_PART = DIFFERS_KIND | DIFFERS_LESS | DIFFERS_MORE | DIFFERS_UNSURE,
	DEPTH_MAX = 32,		/* bridges behind bridges; a file may name a circle */
};

struct side {
	const struct component *component;
	const struct delta_part *row;
	const char *place;	/* "" when not known */
	const char *slot;	/* at that place; "" when not known */
	const char *part;
	/* Sums that are the same when the texts are: most pairs differ, and need no better look. */
	uint32_t place_sum;
	uint32_t kind_sum;	/* of what must be known on both sides */
	bool kind_known;
	struct side *partner;
};

struct sides {
	struct side *side;
	size_t count;
};

struct work {
	const struct inventory *was, *now;
	struct deltas *deltas;
	struct sides left, right;
	struct delta **tail;
	struct delta_count **count_tail;
};

/* --- one pair --------------------------------------------------------------------------------- */

static const struct attribute *known(const struct component *component, const char *name)
{
	const struct attribute *attribute = component_attribute(component, name);

	return attribute && attribute->certainty != CERTAINTY_UNKNOWN ? attribute : NULL;
}

static bool equal(const struct attribute *a, const struct attribute *b)
{
	if (a->kind != b->kind)
		return false;
	return a->kind == ATTRIBUTE_NUMBER ? a->number == b->number : !strcmp(a->text, b->text);
}

static int by_size(const struct attribute *was, const struct attribute *now, enum delta_role role)
{
	int64_t more = was->number > now->number ? was->number : now->number;
	int64_t less = was->number > now->number ? now->number : was->number;

	if (was->kind != ATTRIBUTE_NUMBER || now->kind != ATTRIBUTE_NUMBER)
		return DIFFERS_UNSURE;
	if (role == ROLE_ROUGH && less >= more - more / 16)
		return 0;
	return was->number > now->number ? DIFFERS_LESS : DIFFERS_MORE;
}

/* What is not sure cannot make a difference: "FT-2000/4 or D2000" may be what the other is. */
static int how(const struct attribute *was, const struct attribute *now, enum delta_role role)
{
	if (equal(was, now))
		return 0;
	if (was->certainty < CERTAINTY_LIKELY || now->certainty < CERTAINTY_LIKELY)
		return DIFFERS_UNSURE;
	if (role == ROLE_SIZE || role == ROLE_ROUGH || role == ROLE_LANES)
		return by_size(was, now, role);
	return role == ROLE_SOFT ? DIFFERS_SOFT : DIFFERS_KIND;
}

/* The card of another order number, from the same house and with the same chip. */
static const char *name_of(const struct attribute *was, const struct attribute *now)
{
	const char *colon = was->kind == ATTRIBUTE_TEXT ? strchr(was->text, ':') : NULL;

	if (!strcmp(was->name, "subsystem_id") && now && now->kind == ATTRIBUTE_TEXT && colon &&
	    !strncmp(was->text, now->text, (size_t)(colon - was->text) + 1))
		return "subsystem_device";
	return was->name;
}

static void add_value(struct arena *arena, struct delta_value ***tail, const struct attribute *was,
		      const struct attribute *now)
{
	struct delta_value *value;

	if (!arena)
		return;
	value = arena_new(arena, struct delta_value);
	value->name = name_of(was, now);
	value->was = was;
	value->now = now;
	**tail = value;
	*tail = &value->next;
}

struct pair {
	const struct delta_part *row;
	const struct component *was, *now;
	struct arena *arena;		/* with a list of values, or NULL */
	struct delta_value **values;
	bool compared;			/* something that identifies the part was */
	bool kind_compared;		/* its kind was */
};

/*
 * Whether the lanes in use tell of the slot: displays and accelerators change them with their load, and
 * so does what they hang on; all functions of a device share a link; a port without lanes is empty.
 */
static bool has_steady_lanes(const struct component *component, const struct attribute *lanes)
{
	static const char *const other[] = { "03", "12", "06" };
	const char *class_id = component_get_text(component, "class_id");
	size_t length = strlen(component->id), i;

	for (i = 0; class_id && i < ARRAY_SIZE(other); i++) {
		if (!strncmp(class_id, other[i], strlen(other[i])))
			return false;
	}
	return component->parent && lanes->number && length > 2 &&
	       !strcmp(component->id + length - 2, ".0");
}

/* One maker is written in many ways: "UniIC", "UNILC", 8a:d6. */
static bool has_same_meaning(const struct pair *pair)
{
	const struct delta_attribute *row = pair->row->attribute;
	const struct attribute *was, *now;

	while (row->name && row->role != ROLE_MEANING)
		row++;
	was = row->name ? known(pair->was, row->name) : NULL;
	now = row->name ? known(pair->now, row->name) : NULL;
	return was && now && was->certainty >= CERTAINTY_LIKELY &&
	       now->certainty >= CERTAINTY_LIKELY && equal(was, now);
}

/* What is known on both sides and says nothing of the parts all the same. */
static bool is_beside_the_point(const struct pair *pair, enum delta_role role,
				const struct attribute *was, const struct attribute *now)
{
	switch (role) {
	case ROLE_ROUGH:
		/* The sum of the modules is exact: then what the kernel leaves of it is of no matter. */
		return known(pair->was, "installed_bytes") && known(pair->now, "installed_bytes");
	case ROLE_LANES:
		return !has_steady_lanes(pair->was, was) || !has_steady_lanes(pair->now, now);
	case ROLE_TABLE:
		return strcmp(was->source, now->source) != 0;
	case ROLE_SPELLING:
		return has_same_meaning(pair);
	default:
		return false;
	}
}

/* Whether the second must say what the first says. */
static bool must_be_known(const struct pair *pair, enum delta_role role)
{
	return role == ROLE_KIND ||
	       (role == ROLE_SPELLING && !pair->kind_compared && !has_same_meaning(pair));
}

static int compare_role(struct pair *pair, const struct delta_attribute *row)
{
	const struct attribute *was = known(pair->was, row->name);
	const struct attribute *now = known(pair->now, row->name);
	int differs;

	if (!was || row->role == ROLE_MEANING || (!now && !must_be_known(pair, row->role)))
		return 0;
	if (now && is_beside_the_point(pair, row->role, was, now))
		return 0;
	pair->compared = pair->compared || row->role == ROLE_KIND || row->role == ROLE_HINT;
	pair->kind_compared = pair->kind_compared || row->role == ROLE_KIND;
	differs = now ? how(was, now, row->role) : DIFFERS_UNSURE;
	if (differs)
		add_value(pair->arena, &pair->values, was, now);
	return differs;
}

static int compare_pair(struct pair *pair)
{
	const struct delta_attribute *row;
	int differs = 0;

	for (row = pair->row->attribute; row->name; row++)
		differs |= row->role == ROLE_NAME ? 0 : compare_role(pair, row);
	for (row = pair->row->attribute; row->name && !pair->compared; row++) {
		if (row->role == ROLE_NAME)
			differs |= compare_role(pair, row);
	}
	return differs;
}

static int differs_by(const struct side *was, const struct side *now)
{
	struct pair pair = { .row = was->row, .was = was->component, .now = now->component };

	return compare_pair(&pair);
}

/* --- places and names ------------------------------------------------------------------------- */

static void add_path(const struct inventory *inventory, const struct component *component,
		     unsigned int depth, struct buf *out)
{
	const struct component *parent =
		component->parent ? inventory_find(inventory, component->parent) : NULL;
	const char *tail = strrchr(component->id, ':');

	if (!parent || strcmp(parent->class, component->class) || !tail || depth == DEPTH_MAX) {
		buf_adds(out, component->id);
		return;
	}
	add_path(inventory, parent, depth + 1, out);
	buf_addf(out, ">%s", tail + 1);
}

static const char *place_of(const struct inventory *inventory, const struct side *side,
			    struct arena *arena)
{
	const struct component *at = side->component;
	AUTO(buf_release) struct buf place = BUF_INIT;

	if (side->row->place == PLACE_PARENT)
		at = at->parent ? inventory_find(inventory, at->parent) : NULL;
	if (!at)
		return "";
	if (side->row->place == PLACE_ID)
		buf_adds(&place, at->id);
	else
		add_path(inventory, at, 0, &place);
	return arena_strdup(arena, place.data);
}

/* Of "pci-0000:01:00.0-ata-2" the port of the controller; the numbers of busses are no place. */
static const char *slot_of(const struct side *side)
{
	static const char bus[] = "pci-";
	const char *slot = component_get_text(side->component, "slot");

	if (!slot || side->row->place != PLACE_PARENT)
		return "";
	return strncmp(slot, bus, strlen(bus)) ? slot
					       : slot + strlen(bus) + strcspn(slot + strlen(bus), "-");
}

static bool is_same_place(const struct side *was, const struct side *now)
{
	return was->place_sum == now->place_sum && !strcmp(was->place, now->place) &&
	       (!*was->slot || !*now->slot || !strcmp(was->slot, now->slot));
}

static void add_word(struct buf *out, const struct attribute *attribute)
{
	size_t length = strlen(attribute->name);
	char bytes[BYTES_TEXT_SIZE];

	if (out->size)
		buf_addc(out, ' ');
	if (attribute->kind == ATTRIBUTE_TEXT)
		buf_adds(out, attribute->text);
	else if (length > 6 && !strcmp(attribute->name + length - 6, "_bytes"))
		buf_adds(out, format_bytes((uint64_t)attribute->number, bytes));
	else
		buf_addf(out, "%" PRId64, attribute->number);
	if (length > 4 && !strcmp(attribute->name + length - 4, "_mts"))
		buf_adds(out, " MT/s");
}

static uint32_t text_sum(uint32_t sum, const char *text)
{
	return crc32c_add(sum, text, strlen(text) + 1);
}

static void sum_kind(struct side *side)
{
	const struct delta_attribute *row = side->row->attribute;

	for (; row->name; row++) {
		const struct attribute *attribute = known(side->component, row->name);

		if (row->role != ROLE_KIND)
			continue;
		side->kind_known = attribute != NULL;
		if (!attribute)
			return;
		side->kind_sum = attribute->kind == ATTRIBUTE_TEXT ?
					 text_sum(side->kind_sum, attribute->text) :
					 crc32c_add(side->kind_sum, &attribute->number,
						    sizeof(attribute->number));
	}
}

static const char *part_of(const struct side *side, struct arena *arena)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	const char *const *name = side->row->describe;

	for (; *name; name++) {
		const struct attribute *attribute = known(side->component, *name);

		if (attribute)
			add_word(&text, attribute);
	}
	return arena_strdup(arena, text.size ? text.data : side->component->id);
}

/* --- what can be compared --------------------------------------------------------------------- */

static bool is_partly_readable(const struct inventory *inventory, const char *class)
{
	const struct problem *problem = inventory->problem;

	while (problem && (strcmp(problem->class, class) || strcmp(problem->code, "permission")))
		problem = problem->next;
	return problem != NULL;
}

static bool is_compared(const struct work *work, const char *class)
{
	const struct class_state *was = inventory_class_state(work->was, class);
	const struct class_state *now = inventory_class_state(work->now, class);

	return was && now && was->presence != PRESENCE_UNREADABLE &&
	       now->presence != PRESENCE_UNREADABLE;
}

static void collect(const struct work *work, const struct inventory *inventory,
		    struct sides *sides)
{
	struct arena *arena = &work->deltas->arena;
	const struct component *component;
	size_t count = 0;

	for (component = inventory->component; component; component = component->next)
		count++;
	sides->side = arena_array(arena, struct side, count);
	for (component = inventory->component; component; component = component->next) {
		struct side *side = &sides->side[sides->count];

		side->component = component;
		side->row = delta_part_of(component);
		if (!side->row || !is_compared(work, component->class))
			continue;
		side->place = place_of(inventory, side, arena);
		side->slot = slot_of(side);
		side->part = part_of(side, arena);
		side->place_sum = text_sum(0, side->place);
		sum_kind(side);
		sides->count++;
	}
}

/* --- pairing ---------------------------------------------------------------------------------- */

enum pass {
	PASS_SAME_NAME = 0,	/* the same part in the same place under the same name */
	PASS_SAME_PLACE,
	PASS_SAME_PART,		/* anywhere */
	PASS_OTHER_PART,	/* in the same place under the same name */
	PASS_REST,		/* in the same place */
	PASSES,
};

/* What must be known on both sides differs, or is not known there. */
static bool is_other_kind(const struct side *was, const struct side *now)
{
	return was->kind_known && (!now->kind_known || was->kind_sum != now->kind_sum);
}

static bool is_pair(const struct side *was, const struct side *now, enum pass pass)
{
	if (now->partner || was->row != now->row)
		return false;
	if (pass != PASS_SAME_PART && !is_same_place(was, now))
		return false;
	if ((pass == PASS_SAME_NAME || pass == PASS_OTHER_PART) && was->row->place != PLACE_PATH &&
	    strcmp(was->component->id, now->component->id) != 0)
		return false;
	return pass >= PASS_OTHER_PART ||
	       (!is_other_kind(was, now) && !(differs_by(was, now) & DIFFERS_PART));
}

static void pair_up(struct work *work)
{
	size_t i, k;
	int pass;

	for (pass = 0; pass < PASSES; pass++) {
		for (i = 0; i < work->left.count; i++) {
			struct side *was = &work->left.side[i];

			for (k = 0; k < work->right.count && !was->partner; k++) {
				struct side *now = &work->right.side[k];

				if (!is_pair(was, now, (enum pass)pass))
					continue;
				was->partner = now;
				now->partner = was;
			}
		}
	}
}

/* --- telling ---------------------------------------------------------------------------------- */

static struct delta *add_delta(struct work *work, enum delta_kind kind, const struct side *was,
			       const struct side *now)
{
	struct delta *delta = arena_new(&work->deltas->arena, struct delta);
	const struct side *either = was ? was : now;

	delta->kind = kind;
	delta->class = either->component->class;
	delta->was = was ? was->component->id : NULL;
	delta->now = now ? now->component->id : NULL;
	delta->was_part = was ? was->part : NULL;
	delta->now_part = now ? now->part : NULL;
	delta->passing = delta_part_passing(either->row, either->component);
	*work->tail = delta;
	work->tail = &delta->next;
	return delta;
}

static enum delta_kind kind_of(int differs, bool moved)
{
	if (differs & DIFFERS_LESS)
		return DELTA_DOWNGRADED;
	if (moved)
		return DELTA_MOVED;
	return differs & ~DIFFERS_UNSURE ? DELTA_CHANGED : DELTA_UNKNOWN;
}

static void tell_pair(struct work *work, const struct side *was)
{
	const struct side *now = was->partner;
	struct delta_value *value = NULL, **tail = &value;
	struct pair pair = { .row = was->row, .was = was->component, .now = now->component,
			     .arena = &work->deltas->arena };
	bool moved = was->place[0] && now->place[0] && !is_same_place(was, now);
	int differs;

	if (moved && *was->slot && *now->slot)
		add_value(pair.arena, &tail, component_attribute(was->component, "slot"),
			  component_attribute(now->component, "slot"));
	pair.values = tail;
	differs = compare_pair(&pair);
	if (differs || moved)
		add_delta(work, kind_of(differs, moved), was, now)->value = value;
}

/* One that is missing on one side may be there, where that side did not see everything. */
static void tell_single(struct work *work, const struct side *was, const struct side *now)
{
	const struct side *side = was ? was : now;
	const struct inventory *blind = was ? work->now : work->was;
	struct delta *delta;

	if (!is_partly_readable(blind, side->component->class)) {
		add_delta(work, was ? DELTA_REMOVED : DELTA_ADDED, was, now);
		return;
	}
	delta = add_delta(work, DELTA_UNKNOWN, was, now);
	delta->note = was ? N_("the second inventory was made without root") :
			    N_("the first inventory was made without root");
}

static void tell_classes(struct work *work)
{
	const struct class_state *was = work->was->class_state;

	for (; was; was = was->next) {
		const struct class_state *now = inventory_class_state(work->now, was->name);
		struct delta *delta;

		if (!delta_has_class(was->name) || is_compared(work, was->name))
			continue;
		delta = arena_new(&work->deltas->arena, struct delta);
		delta->class = was->name;
		if (!now)
			delta->note = N_("the second inventory does not speak of it");
		else if (now->presence == PRESENCE_UNREADABLE)
			delta->note = N_("it could not be read for the second inventory");
		else
			delta->note = N_("it could not be read for the first inventory");
		*work->tail = delta;
		work->tail = &delta->next;
	}
}

static struct delta_count *count_of(struct work *work, const struct side *side, const char *part)
{
	struct delta_count *count = work->deltas->count;

	while (count && (strcmp(count->class, side->component->class) || strcmp(count->part, part)))
		count = count->next;
	if (count)
		return count;
	count = arena_new(&work->deltas->arena, struct delta_count);
	count->class = side->component->class;
	count->part = part;
	*work->count_tail = count;
	work->count_tail = &count->next;
	return count;
}

static bool is_counted(const struct side *side)
{
	return !side->row->one && !delta_part_passing(side->row, side->component);
}

/* Two that were found to be the same part count as one kind, whatever words they have. */
static void count_parts(struct work *work)
{
	size_t i;

	for (i = 0; i < work->left.count; i++) {
		const struct side *was = &work->left.side[i];
		struct delta_count *count;

		if (!is_counted(was))
			continue;
		count = count_of(work, was, was->part);
		count->was++;
		if (was->partner && !(differs_by(was, was->partner) & DIFFERS_PART))
			count->now++;
		else if (was->partner)
			count_of(work, was->partner, was->partner->part)->now++;
	}
	for (i = 0; i < work->right.count; i++) {
		const struct side *now = &work->right.side[i];

		if (!now->partner && is_counted(now))
			count_of(work, now, now->part)->now++;
	}
}

static void keep_differing_counts(struct deltas *deltas)
{
	struct delta_count **at = &deltas->count;

	while (*at) {
		if ((*at)->was == (*at)->now)
			*at = (*at)->next;
		else
			at = &(*at)->next;
	}
}

void deltas_make(const struct inventory *was, const struct inventory *now, struct deltas *deltas)
{
	struct work work = { .was = was, .now = now, .deltas = deltas, .tail = &deltas->delta,
			     .count_tail = &deltas->count };
	size_t i;

	collect(&work, was, &work.left);
	collect(&work, now, &work.right);
	pair_up(&work);
	tell_classes(&work);
	for (i = 0; i < work.left.count; i++) {
		if (work.left.side[i].partner)
			tell_pair(&work, &work.left.side[i]);
		else
			tell_single(&work, &work.left.side[i], NULL);
	}
	for (i = 0; i < work.right.count; i++) {
		if (!work.right.side[i].partner)
			tell_single(&work, NULL, &work.right.side[i]);
	}
	count_parts(&work);
	keep_differing_counts(deltas);
}

enum deltas_answer deltas_answer(const struct deltas *deltas)
{
	enum deltas_answer answer = DELTAS_SAME;
	const struct delta *delta;

	for (delta = deltas->delta; delta; delta = delta->next) {
		if (delta->passing)
			continue;
		if (delta->kind != DELTA_UNKNOWN)
			return DELTAS_DIFFERENT;
		answer = DELTAS_UNKNOWN;
	}
	return answer;
}

void deltas_release(struct deltas *deltas)
{
	arena_release(&deltas->arena);
	*deltas = (struct deltas)DELTAS_INIT;
}
