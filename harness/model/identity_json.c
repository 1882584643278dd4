/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/identity.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

#include <stdio.h>
#include <string.h>

static const char *const quality_name[] = { "missing", "unprogrammed", "unsure", "good" };

const char *identity_quality_name(enum identity_quality quality)
{
	return (size_t)quality < ARRAY_SIZE(quality_name) ? quality_name[quality] : quality_name[0];
}

void identity_write(struct json_writer *w, const char *key, const struct identity *identity)
{
	size_t i;

	json_begin_object(w, key);
	json_text(w, "digest", identity->digest);
	json_begin_array(w, "parts");
	for (i = 0; i < identity->part_count; i++) {
		const struct identity_part *part = &identity->part[i];

		json_begin_object(w, NULL);
		json_text(w, "attribute", part->attribute);
		json_text(w, "class", part->class);
		json_text(w, "component", part->component);
		json_text(w, "mark", part->mark);
		json_end(w);
	}
	json_end(w);
	json_text(w, "salt", identity->salt);
	json_begin_object(w, "texts");
	for (i = 0; i < identity->text_count; i++) {
		json_begin_object(w, identity->text[i].name);
		json_text(w, "quality", identity_quality_name(identity->text[i].quality));
		json_text(w, "value", identity->text[i].value);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}

static int read_part(const json_t *member, const char *where, struct arena *arena,
		     struct identity_part *part, struct err *err)
{
	uint8_t bytes[(IDENTITY_MARK_SIZE - 1) / 2];
	const char *mark;

	if (json_get_copy(member, "class", where, arena, &part->class, err) < 0 ||
	    json_get_copy(member, "component", where, arena, &part->component, err) < 0 ||
	    json_get_copy(member, "attribute", where, arena, &part->attribute, err) < 0 ||
	    json_get_text(member, "mark", where, &mark, err) < 0)
		return ERR_INPUT;
	if (hex_decode(mark, bytes, sizeof(bytes)) < 0)
		return err_set(err, ERR_INPUT, "%s: key 'mark' must be %d hex digits", where,
			       IDENTITY_MARK_SIZE - 1);
	hex_encode(bytes, sizeof(bytes), part->mark);
	return 0;
}

static int read_parts(const json_t *object, const char *where, struct identity *identity,
		      struct err *err)
{
	json_t *parts;
	json_t *member;
	size_t i;

	if (json_get_array(object, "parts", where, &parts, err) < 0)
		return ERR_INPUT;
	identity->part = arena_array(&identity->arena, struct identity_part,
				     json_array_size(parts));
	json_array_foreach(parts, i, member) {
		if (read_part(member, where, &identity->arena, &identity->part[i], err) < 0)
			return ERR_INPUT;
		identity->part_count++;
	}
	return 0;
}

/* Members of a parsed object come in the order of the file, which is canonical: ascending. */
static int read_texts(const json_t *object, const char *where, struct identity *identity,
		      struct err *err)
{
	json_t *texts;
	json_t *member;
	const char *name;
	unsigned int quality;

	if (json_get_object(object, "texts", where, &texts, err) < 0)
		return ERR_INPUT;
	identity->text = arena_array(&identity->arena, struct identity_text,
				     json_object_size(texts));
	json_object_foreach(texts, name, member) {
		struct identity_text *text = &identity->text[identity->text_count];

		if (json_get_word(member, "quality", where, quality_name, ARRAY_SIZE(quality_name),
				  &quality, err) < 0 ||
		    json_get_copy(member, "value", where, &identity->arena, &text->value, err) < 0)
			return ERR_INPUT;
		text->name = arena_strdup(&identity->arena, name);
		text->quality = (enum identity_quality)quality;
		identity->text_count++;
	}
	return 0;
}

int identity_read(const json_t *object, const char *where, struct identity *identity,
		  struct err *err)
{
	if (json_get_copy(object, "salt", where, &identity->arena, &identity->salt, err) < 0 ||
	    json_get_digest(object, "digest", where, identity->digest, err) < 0 ||
	    read_parts(object, where, identity, err) < 0)
		return ERR_INPUT;
	return read_texts(object, where, identity, err);
}
