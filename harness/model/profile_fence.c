/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `fences`: where steps may write. */
#include "harness/model/profile_parse.h"

#include "harness/base/auto.h"

#include <string.h>

#define FENCE_BYTES_MAX (1ULL << 50)

struct read_fence {
	struct fence_disk *disk;
	const struct tree *budget;
};

static void read_name(struct loader *l, const struct tree *value, void *target)
{
	value_name(l, value, &((struct read_fence *)target)->disk->name);
}

static void read_slot(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct read_fence *)target)->disk->slot);
}

static void read_model(struct loader *l, const struct tree *value, void *target)
{
	value_text(l, value, &((struct read_fence *)target)->disk->model);
}

static void read_budget(struct loader *l, const struct tree *value, void *target)
{
	struct read_fence *r = target;
	size_t length = value->kind == TREE_TEXT ? strlen(value->text) : 0;

	r->budget = value;
	if (length && value->text[length - 1] == '%')
		value_percent(l, value, &r->disk->budget_milli_percent);
	else
		value_bytes(l, value, 1ULL << 20, FENCE_BYTES_MAX, &r->disk->budget_bytes);
}

static void read_disposable(struct loader *l, const struct tree *value, void *target)
{
	value_bool(l, value, &((struct read_fence *)target)->disk->disposable);
}

static void read_hashes(struct loader *l, const struct tree *value, void *target)
{
	struct fence_disk *disk = ((struct read_fence *)target)->disk;

	value_text(l, value, &disk->hashes);
	if (disk->hashes && disk->hashes[0] != '/')
		problem_at(l, value, "'hashes' is a folder by its whole path: /var/lib/cuihuo/hashes");
}

static const struct field disk_field[] = {
	{ "name", read_name },	   { "slot", read_slot },	      { "model", read_model },
	{ "budget", read_budget }, { "disposable", read_disposable },
	{ "hashes", read_hashes },
};

/* A model that is all wildcard names nothing: every disk would do. */
static bool names_nothing(const char *glob)
{
	return glob && strspn(glob, "*?") == strlen(glob);
}

static void read_disk(struct loader *l, const struct tree *map, struct fence_disk *disk)
{
	static const char *const needed[] = { "name", "slot", "model" };
	struct read_fence r = { .disk = disk };
	size_t i;

	disk->name = disk->slot = disk->model = "";
	map_read(l, map, disk_field, ARRAY_SIZE(disk_field), &r);
	for (i = 0; i < ARRAY_SIZE(needed); i++) {
		if (!tree_member(map, needed[i]))
			map_lacks(l, map, needed[i]);
	}
	/* Either it may be erased, so much of it, or it is only read. */
	if (!tree_member(map, "hashes") && !r.budget)
		map_lacks(l, map, "budget");
	if (tree_member(map, "hashes") && r.budget)
		problem_at(l, r.budget, "a disk that is only read has no budget: take 'budget' or 'hashes' away");
	if (tree_member(map, "model") && names_nothing(disk->model))
		problem_at(l, tree_member(map, "model"),
			   "the model of a disk that is erased must be named, at least its beginning");
}

static void read_disks(struct loader *l, const struct tree *value, void *target)
{
	struct profile *profile = l->profile;
	const struct tree *item;
	size_t i, count = 0;

	(void)target;
	if (!value_is_list(l, value))
		return;
	profile->fence_disk = arena_array(&profile->arena, struct fence_disk, value->count);
	for (item = value->child; item; item = item->next) {
		struct fence_disk *disk = &profile->fence_disk[count];

		if (!value_is_map(l, item))
			continue;
		count++;
		read_disk(l, item, disk);
		for (i = 0; i + 1 < count; i++) {
			if (*disk->name && !strcmp(profile->fence_disk[i].name, disk->name))
				problem_at(l, item, "there are two disks '%s'", disk->name);
		}
	}
	profile->fence_disk_count = count;
}

static void read_scratch(struct loader *l, const struct tree *value, void *target)
{
	(void)target;
	l->profile->fence_scratch =
		value_bytes(l, value, 1, FENCE_BYTES_MAX, &l->profile->fence_scratch_bytes);
}

void read_fence_map(struct loader *l, const struct tree *value)
{
	static const struct field field[] = { { "scratch", read_scratch }, { "disks", read_disks } };

	l->profile->fence_scratch = false;
	l->profile->fence_scratch_bytes = 0;
	l->profile->fence_disk_count = 0;
	if (value_is_map(l, value))
		map_read(l, value, field, ARRAY_SIZE(field), NULL);
}
