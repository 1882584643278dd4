/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/cpu_scene.h"

#include "harness/base/auto.h"
#include "tests/unit/roots.h"
#include "tests/unit/unit.h"

#include <string.h>

struct scene scene_make(const char *cpuinfo)
{
	struct scene scene = { .tree = tree_make(), .inventory = INVENTORY_INIT };

	tree_file(&scene.tree, "m/proc/cpuinfo", cpuinfo);
	return scene;
}

void scene_probe(struct scene *scene)
{
	inventory_release(&scene->inventory);
	roots_probe(&scene->tree, "m", "cpu", &scene->inventory);
}

void scene_release(struct scene *scene)
{
	inventory_release(&scene->inventory);
	tree_remove(&scene->tree);
}

const char *so_many(unsigned int count, const char *lines)
{
	static struct buf text = BUF_INIT;
	unsigned int i;

	buf_reset(&text);
	for (i = 0; i < count; i++)
		buf_addf(&text, "processor\t: %u\n%s\n", i, lines);
	return text.data;
}

static const struct attribute *attribute_of(struct scene *scene, const char *name)
{
	return component_attribute(inventory_find(&scene->inventory, "cpu/0"), name);
}

void has_text(struct scene *scene, const char *name, const char *text, enum certainty certainty)
{
	const struct attribute *attribute = attribute_of(scene, name);

	if (!text) {
		ck_assert_msg(!attribute, "%s is there", name);
		return;
	}
	ck_assert_msg(attribute && attribute->kind == ATTRIBUTE_TEXT, "no %s", name);
	ck_assert_str_eq(attribute->text, text);
	ck_assert_int_eq(attribute->certainty, certainty);
}

void has_number(struct scene *scene, const char *name, int64_t number)
{
	ck_assert_int_eq(component_get_number(inventory_find(&scene->inventory, "cpu/0"), name, -1),
			 number);
}

void has_number_so(struct scene *scene, const char *name, int64_t number,
		   enum certainty certainty)
{
	has_number(scene, name, number);
	ck_assert_int_eq(attribute_of(scene, name)->certainty, certainty);
}

static const struct problem *problem_of(const struct scene *scene, const char *code)
{
	const struct problem *problem = scene->inventory.problem;

	while (problem && strcmp(problem->code, code) != 0)
		problem = problem->next;
	return problem;
}

bool has_problem(const struct scene *scene, const char *code)
{
	return problem_of(scene, code) != NULL;
}

const char *detail_of(const struct scene *scene, const char *code)
{
	const struct problem *problem = problem_of(scene, code);

	return problem ? problem->detail : "";
}
