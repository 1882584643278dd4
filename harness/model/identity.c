/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/identity.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Where each text stands; id NULL: the first component of the class. In ascending order of name. */
static const struct {
	const char *name, *class, *id, *attribute;
} place[] = {
	{ "board_manufacturer", "board", "board/baseboard", "manufacturer" },
	{ "board_product", "board", "board/baseboard", "product" },
	{ "cpu_model", "cpu", NULL, "model" },
	{ "firmware_version", "firmware", NULL, "version" },
	{ "kernel_release", "kernel", NULL, "release" },
	{ "os_name", "os", NULL, "pretty_name" },
	{ "system_manufacturer", "board", "board/system", "manufacturer" },
	{ "system_product", "board", "board/system", "product" },
};

const char *const identity_class[] = { "block", "board", "chassis", "cpu", "memory", "net" };
const size_t identity_class_count = ARRAY_SIZE(identity_class);

static bool known_mark(const char *class, const char *attribute)
{
	static const struct {
		const char *class, *attribute;
	} mark[] = {
		{ "block", "serial" },	 { "block", "wwn" },	{ "board", "serial" },
		{ "board", "uuid" },	 { "chassis", "serial" }, { "cpu", "chip_id" },
		{ "cpu", "serial" },	 { "memory", "serial" }, { "net", "mac" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mark); i++) {
		if (!strcmp(mark[i].class, class) && !strcmp(mark[i].attribute, attribute))
			return true;
	}
	return false;
}

/* Disks that a person plugs in are no part of the machine. */
static bool comes_and_goes(const struct component *component)
{
	const char *transport = component_get_text(component, "transport");

	return component_get_number(component, "removable", 0) != 0 ||
	       (transport && !strcmp(transport, "usb"));
}

/* An address with the bit "locally administered" was made up by software, not given to the part. */
static bool is_made_up(const char *mac)
{
	char digit = mac[0] ? mac[1] : 0;

	return !strcmp(mac, "00:00:00:00:00:00") || (digit && strchr("2367abefABEF", digit));
}

static bool tells_apart(const struct component *component, const struct attribute *attribute)
{
	if (attribute->kind != ATTRIBUTE_TEXT || !attribute->text[0] ||
	    attribute->certainty < CERTAINTY_LIKELY)
		return false;
	if (!known_mark(component->class, attribute->name))
		return false;
	if (!strcmp(attribute->name, "mac"))
		return !is_made_up(attribute->text);
	return !comes_and_goes(component);
}

static enum identity_quality quality_of(const struct attribute *attribute)
{
	if (attribute->certainty >= CERTAINTY_LIKELY)
		return IDENTITY_GOOD;
	return attribute->certainty == CERTAINTY_UNKNOWN ? IDENTITY_UNPROGRAMMED : IDENTITY_UNSURE;
}

static void add_texts(const struct inventory *inventory, struct identity *identity)
{
	size_t i;

	identity->text = arena_array(&identity->arena, struct identity_text, ARRAY_SIZE(place));
	identity->text_count = ARRAY_SIZE(place);
	for (i = 0; i < ARRAY_SIZE(place); i++) {
		struct identity_text *text = &identity->text[i];
		const struct component *component =
			place[i].id ? inventory_find(inventory, place[i].id)
				    : inventory_first(inventory, place[i].class);
		const struct attribute *attribute = NULL;

		if (component)
			attribute = component_attribute(component, place[i].attribute);
		text->name = place[i].name;
		text->value = "";
		if (!attribute || attribute->kind != ATTRIBUTE_TEXT || !attribute->text[0])
			continue;
		text->quality = quality_of(attribute);
		text->value = arena_strdup(&identity->arena, attribute->text);
	}
}

/* What is being put together: a part and its line, in parallel. */
struct lines {
	char **line;
	size_t count, capacity;
};

static void lines_release(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		free(lines->line[i]);
	free(lines->line);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int add_part(const struct component *component, const struct attribute *attribute,
		    struct identity *identity, struct lines *lines, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct identity_part *part = &identity->part[identity->part_count++];
	char digest[DIGEST_TEXT_SIZE];
	int code;

	buf_addf(&text, "%s\n%s\n%s\n%s", identity->salt, component->class, attribute->name,
		 attribute->text);
	code = digest_sm3_text(text.data, text.size, digest, err);
	if (code < 0)
		return code;
	part->class = arena_strdup(&identity->arena, component->class);
	part->component = arena_strdup(&identity->arena, component->id);
	part->attribute = arena_strdup(&identity->arena, attribute->name);
	memcpy(part->mark, digest, IDENTITY_MARK_SIZE - 1);
	part->mark[IDENTITY_MARK_SIZE - 1] = 0;
	buf_reset(&text);
	buf_addf(&text, "%s\t%s\t%s\n", component->class, attribute->name, attribute->text);
	lines->line = mem_grow(lines->line, &lines->capacity, lines->count + 1,
			       sizeof(*lines->line));
	lines->line[lines->count++] = buf_detach(&text);
	return 0;
}

static int digest_lines(struct identity *identity, struct lines *lines, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	size_t i;

	if (lines->count)
		qsort(lines->line, lines->count, sizeof(*lines->line), compare_lines);
	buf_addf(&text, "%s\n", identity->salt);
	for (i = 0; i < lines->count; i++) {
		if (!i || strcmp(lines->line[i], lines->line[i - 1]) != 0)
			buf_adds(&text, lines->line[i]);
	}
	return digest_sm3_text(text.data, text.size, identity->digest, err);
}

/* Visits every part; without `lines` it only counts them. */
static int each_part(const struct inventory *inventory, struct identity *identity,
		     struct lines *lines, struct err *err)
{
	const struct component *component;
	const struct attribute *attribute;
	int code;

	identity->part_count = 0;
	for (component = inventory->component; component; component = component->next) {
		for (attribute = component->attribute; attribute; attribute = attribute->next) {
			if (!tells_apart(component, attribute))
				continue;
			if (!lines) {
				identity->part_count++;
				continue;
			}
			code = add_part(component, attribute, identity, lines, err);
			if (code < 0)
				return code;
		}
	}
	return 0;
}

int identity_make(const struct inventory *inventory, const char *salt, struct identity *identity,
		  struct err *err)
{
	AUTO(lines_release) struct lines lines = { NULL, 0, 0 };
	int code;

	identity->salt = arena_strdup(&identity->arena, salt);
	add_texts(inventory, identity);
	each_part(inventory, identity, NULL, err);
	identity->part = arena_array(&identity->arena, struct identity_part, identity->part_count);
	code = each_part(inventory, identity, &lines, err);
	return code < 0 ? code : digest_lines(identity, &lines, err);
}

void identity_release(struct identity *identity)
{
	arena_release(&identity->arena);
	*identity = (struct identity)IDENTITY_INIT;
}
