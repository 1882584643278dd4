/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SETTINGS_H
#define RUN_SETTINGS_H
/*
 * What a run changes on the machine, so that two runs can be compared: the governor of every cpufreq
 * policy, which becomes "performance" where the machine has that and lets us write; and for some
 * seconds the limits of one policy (speed.h).
 *
 *	settings_find("/", &settings)			what would be changed
 *	for (i = 0; i < settings.count; i++) {
 *		...	journal settings.setting[i], durable
 *		code = settings_change("/", &settings.setting[i], &err);
 *	}
 *	settings_restore("/", &settings.setting[i], &err);
 *	settings_release(&settings);
 *
 * Paths are relative to the root. Nothing is put back that is no longer as we made it: somebody else
 * has chosen since, or the machine was restarted.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/run/frame.h"

#include <stdbool.h>
#include <stddef.h>

struct settings {
	struct arena arena;
	struct frame_setting *setting;
	size_t count;
	const char *note;	/* why there is nothing to change (translatable), or NULL */
};

#define SETTINGS_INIT { .arena = ARENA_INIT }

void settings_find(const char *root, struct settings *settings);
void settings_release(struct settings *settings);
int settings_change(const char *root, const struct frame_setting *setting, struct err *err);
/* 0: it is as before, or as somebody else wants it. */
int settings_restore(const char *root, const struct frame_setting *setting, struct err *err);

#endif
