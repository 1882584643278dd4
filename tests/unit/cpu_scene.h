/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CPU_SCENE_H
#define TESTS_CPU_SCENE_H
/*
 * A planted root "m" with a /proc/cpuinfo, and what the cpu probe makes of it.
 *
 *	struct scene scene = scene_make(so_many(4, ARM("0x70", "0x663")));
 *	tree_file(&scene.tree, CPU "present", "0-3\n");
 *	scene_probe(&scene);
 *	has_text(&scene, "model", "FT-2000/4 or D2000", CERTAINTY_AMBIGUOUS);	of cpu/0
 *	scene_release(&scene);
 */
#include "harness/model/inventory.h"
#include "tests/unit/tree.h"

#define CPU "m/sys/devices/system/cpu/"
#define ARM(implementer, part)                                                                     \
	"CPU implementer\t: " implementer "\nCPU architecture: 8\nCPU variant\t: 0x1\n"           \
	"CPU part\t: " part "\nCPU revision\t: 3\n"
#define NAMED(lines, name) "model name\t: " name "\n" lines
#define LOONGARCH(prid) "cpucfg.00 " prid "\nuname.machine loongarch64\n"

struct scene {
	struct tree tree;
	struct inventory inventory;
};

struct scene scene_make(const char *cpuinfo);
void scene_probe(struct scene *scene);
void scene_release(struct scene *scene);

/* So many processors with the same lines; valid until the next call. */
const char *so_many(unsigned int count, const char *lines);

/* text NULL: the attribute is not there. */
void has_text(struct scene *scene, const char *name, const char *text, enum certainty certainty);
/* -1: it is not there. */
void has_number(struct scene *scene, const char *name, int64_t number);
void has_number_so(struct scene *scene, const char *name, int64_t number,
		   enum certainty certainty);
bool has_problem(const struct scene *scene, const char *code);
/* "" where there is no such problem. */
const char *detail_of(const struct scene *scene, const char *code);

#endif
