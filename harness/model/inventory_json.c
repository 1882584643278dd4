/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form of an inventory; docs/formats/inventory.md describes it. */
#include "harness/model/inventory.h"

#include "harness/base/json_read.h"

#include <string.h>

/* What reads and compares inventories looks for each part among all others. */
enum { LIST_MAX = 8192, ATTRIBUTES_MAX = 1024 };

static void write_attribute(struct json_writer *w, const struct attribute *attribute)
{
	json_begin_object(w, attribute->name);
	json_text(w, "certainty", certainty_name(attribute->certainty));
	if (attribute->kind == ATTRIBUTE_TEXT && attribute->encoding != TEXT_UTF8)
		json_text(w, "encoding", text_encoding_name(attribute->encoding));
	json_text(w, "source", attribute->source);
	if (attribute->kind == ATTRIBUTE_NUMBER)
		json_int(w, "value", attribute->number);
	else
		json_text(w, "value", attribute->text);
	json_end(w);
}

static void write_component(struct json_writer *w, const struct component *component)
{
	const struct attribute *attribute;

	json_begin_object(w, NULL);
	json_begin_object(w, "attributes");
	for (attribute = component->attribute; attribute; attribute = attribute->next)
		write_attribute(w, attribute);
	json_end(w);
	json_text(w, "class", component->class);
	json_text(w, "id", component->id);
	json_text_if(w, "parent", component->parent);
	json_end(w);
}

void inventory_write(struct json_writer *w, const char *key, const struct inventory *inventory)
{
	const struct class_state *state;
	const struct component *component;
	const struct problem *problem;

	json_begin_object(w, key);
	json_text(w, "arch", inventory->arch ? inventory->arch : "unknown");
	json_begin_array(w, "classes");
	for (state = inventory->class_state; state; state = state->next) {
		json_begin_object(w, NULL);
		json_text(w, "class", state->name);
		json_text_if(w, "note", state->note);
		json_text(w, "presence", presence_name(state->presence));
		json_end(w);
	}
	json_end(w);
	json_begin_array(w, "components");
	for (component = inventory->component; component; component = component->next)
		write_component(w, component);
	json_end(w);
	if (inventory->pack_digest) {
		json_begin_object(w, "pack");
		json_text(w, "digest", inventory->pack_digest);
		json_text(w, "version", inventory->pack_version);
		json_end(w);
	}
	json_begin_array(w, "problems");
	for (problem = inventory->problem; problem; problem = problem->next) {
		json_begin_object(w, NULL);
		json_text(w, "class", problem->class);
		json_text(w, "code", problem->code);
		json_text(w, "detail", problem->detail);
		json_end(w);
	}
	json_end(w);
	json_text(w, "root", inventory->root ? inventory->root : "unknown");
	json_end(w);
}

/* One object being read: everything that fails says where. */
struct reading {
	const json_t *object;
	const char *where;
	struct err *err;
};

static int only_keys(const struct reading *r, const char *const *allowed)
{
	const char *key;
	json_t *member;

	json_object_foreach((json_t *)r->object, key, member) {
		size_t i = 0;

		while (allowed[i] && strcmp(allowed[i], key) != 0)
			i++;
		if (!allowed[i])
			return err_set(r->err, ERR_INPUT, "%s: an inventory has no key '%s' here",
				       r->where, key);
	}
	return 0;
}

static const char *certainty_word(int i)
{
	return certainty_name((enum certainty)i);
}

static const char *presence_word(int i)
{
	return presence_name((enum presence)i);
}

static const char *encoding_word(int i)
{
	return text_encoding_name((enum text_encoding)i);
}

/* The number below `count` whose word stands under the key. */
static int read_word(const struct reading *r, const char *key, const char *(*word)(int i),
		     int count)
{
	const char *text;
	int code = json_get_text(r->object, key, r->where, &text, r->err);
	int i;

	if (code < 0)
		return code;
	for (i = 0; i < count; i++) {
		if (!strcmp(word(i), text))
			return i;
	}
	return err_set(r->err, ERR_INPUT, "%s: key '%s' has the unknown value '%s'", r->where, key,
		       text);
}

static int read_value(const struct reading *r, struct inventory *inventory,
		      struct attribute *attribute)
{
	const json_t *value = json_object_get(r->object, "value");
	const char *text;
	int encoding;
	int code;

	if (json_is_integer(value)) {
		attribute->kind = ATTRIBUTE_NUMBER;
		return json_get_int(r->object, "value", r->where, &attribute->number, r->err);
	}
	code = json_get_text(r->object, "value", r->where, &text, r->err);
	if (code < 0)
		return code;
	attribute->text = arena_strdup(&inventory->arena, text);
	attribute->encoding = TEXT_UTF8;
	if (!json_object_get(r->object, "encoding"))
		return 0;
	encoding = read_word(r, "encoding", encoding_word, TEXT_UTF8);
	if (encoding < 0)
		return encoding;
	attribute->encoding = (enum text_encoding)encoding;
	return 0;
}

static int read_attribute(const struct reading *r, const char *name, struct inventory *inventory,
			  struct component *component)
{
	static const char *const keys[] = { "certainty", "encoding", "source", "value", NULL };
	struct attribute *attribute = arena_new(&inventory->arena, struct attribute);
	struct attribute **at = &component->attribute;
	const char *source;
	int code = only_keys(r, keys);
	int certainty;

	if (code < 0)
		return code;
	certainty = read_word(r, "certainty", certainty_word, CERTAINTY_CERTAIN + 1);
	if (certainty < 0)
		return certainty;
	code = json_get_text(r->object, "source", r->where, &source, r->err);
	if (code >= 0)
		code = read_value(r, inventory, attribute);
	if (code < 0)
		return code;
	attribute->name = arena_strdup(&inventory->arena, name);
	attribute->source = arena_strdup(&inventory->arena, source);
	attribute->certainty = (enum certainty)certainty;
	while (*at && strcmp((*at)->name, name) < 0)
		at = &(*at)->next;
	attribute->next = *at;
	*at = attribute;
	return 0;
}

static int read_component(const struct reading *r, struct inventory *inventory)
{
	static const char *const keys[] = { "attributes", "class", "id", "parent", NULL };
	struct component *component;
	const char *class, *id, *parent, *name;
	json_t *attributes;
	json_t *member;
	int code = only_keys(r, keys);

	if (code < 0)
		return code;
	code = json_get_text(r->object, "class", r->where, &class, r->err);
	if (code >= 0)
		code = json_get_text(r->object, "id", r->where, &id, r->err);
	if (code >= 0)
		code = json_get_text_or(r->object, "parent", r->where, NULL, &parent, r->err);
	if (code >= 0)
		code = json_get_object(r->object, "attributes", r->where, &attributes, r->err);
	if (code < 0)
		return code;
	if (inventory_find(inventory, id))
		return err_set(r->err, ERR_INPUT, "%s: component '%s' stands twice", r->where, id);
	if (json_object_size(attributes) > ATTRIBUTES_MAX)
		return err_set(r->err, ERR_INPUT, "%s: component '%s' has more than %d attributes",
			       r->where, id, ATTRIBUTES_MAX);
	component = inventory_add(inventory, class, id, parent);
	json_object_foreach(attributes, name, member) {
		struct reading inner = { .object = member, .where = r->where, .err = r->err };

		if (!json_is_object(member))
			return err_set(r->err, ERR_INPUT,
				       "%s: attribute '%s' of '%s' must be an object", r->where,
				       name, id);
		code = read_attribute(&inner, name, inventory, component);
		if (code < 0)
			return code;
	}
	return 0;
}

static int read_class(const struct reading *r, struct inventory *inventory)
{
	static const char *const keys[] = { "class", "note", "presence", NULL };
	const char *class, *note;
	int code = only_keys(r, keys);
	int presence;

	if (code < 0)
		return code;
	code = json_get_text(r->object, "class", r->where, &class, r->err);
	if (code >= 0)
		code = json_get_text_or(r->object, "note", r->where, NULL, &note, r->err);
	if (code < 0)
		return code;
	presence = read_word(r, "presence", presence_word, PRESENCE_PRESENT + 1);
	if (presence < 0)
		return presence;
	if (inventory_class_state(inventory, class))
		return err_set(r->err, ERR_INPUT, "%s: class '%s' stands twice", r->where, class);
	inventory_class(inventory, class, (enum presence)presence, note ? "%s" : NULL, note);
	return 0;
}

static int read_problem(const struct reading *r, struct inventory *inventory)
{
	static const char *const keys[] = { "class", "code", "detail", NULL };
	const char *class, *problem, *detail;
	int code = only_keys(r, keys);

	if (code >= 0)
		code = json_get_text(r->object, "class", r->where, &class, r->err);
	if (code >= 0)
		code = json_get_text(r->object, "code", r->where, &problem, r->err);
	if (code >= 0)
		code = json_get_text(r->object, "detail", r->where, &detail, r->err);
	if (code < 0)
		return code;
	inventory_problem(inventory, class, problem, "%s", detail);
	return 0;
}

static int read_list(const struct reading *r, const char *key,
		     int (*one)(const struct reading *r, struct inventory *inventory),
		     struct inventory *inventory)
{
	json_t *list;
	json_t *member;
	size_t i;
	int code = json_get_array(r->object, key, r->where, &list, r->err);

	if (code < 0)
		return code;
	if (json_array_size(list) > LIST_MAX)
		return err_set(r->err, ERR_INPUT, "%s: key '%s' has more than %d members: no machine has",
			       r->where, key, LIST_MAX);
	json_array_foreach(list, i, member) {
		struct reading inner = { .object = member, .where = r->where, .err = r->err };

		if (!json_is_object(member))
			return err_set(r->err, ERR_INPUT, "%s: key '%s' must be a list of objects",
				       r->where, key);
		code = one(&inner, inventory);
		if (code < 0)
			return code;
	}
	return 0;
}

static int read_pack(const struct reading *r, struct inventory *inventory)
{
	static const char *const keys[] = { "digest", "version", NULL };
	struct reading inner = { .where = r->where, .err = r->err };
	const char *version, *digest;
	json_t *pack;
	int code;

	if (!json_object_get(r->object, "pack"))
		return 0;
	code = json_get_object(r->object, "pack", r->where, &pack, r->err);
	if (code < 0)
		return code;
	inner.object = pack;
	code = only_keys(&inner, keys);
	if (code >= 0)
		code = json_get_text(pack, "version", r->where, &version, r->err);
	if (code >= 0)
		code = json_get_text(pack, "digest", r->where, &digest, r->err);
	if (code >= 0)
		inventory_pack(inventory, version, digest);
	return code;
}

static int read_all(const struct reading *r, struct inventory *inventory)
{
	static const char *const keys[] = { "arch", "classes", "components", "pack", "problems",
					    "root", NULL };
	const char *arch, *root;
	int code;

	if (!json_is_object(r->object))
		return err_set(r->err, ERR_INPUT, "%s: an inventory must be an object", r->where);
	code = only_keys(r, keys);
	if (code >= 0)
		code = json_get_text(r->object, "arch", r->where, &arch, r->err);
	if (code >= 0)
		code = json_get_text(r->object, "root", r->where, &root, r->err);
	if (code < 0)
		return code;
	inventory->arch = arena_strdup(&inventory->arena, arch);
	inventory->root = arena_strdup(&inventory->arena, root);
	code = read_pack(r, inventory);
	if (code >= 0)
		code = read_list(r, "classes", read_class, inventory);
	if (code >= 0)
		code = read_list(r, "components", read_component, inventory);
	if (code >= 0)
		code = read_list(r, "problems", read_problem, inventory);
	return code;
}

int inventory_read(const json_t *object, const char *where, struct inventory *inventory,
		   struct err *err)
{
	struct reading r = { .object = object, .where = where, .err = err };
	int code = read_all(&r, inventory);

	if (code < 0)
		inventory_release(inventory);
	return code;
}
