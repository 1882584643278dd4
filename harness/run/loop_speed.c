/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the child asks of the clock of a core: journalled first, put back when it says or ends. */
#include "harness/run/loop_parts.h"

#include "harness/run/speed.h"

#include <string.h>

void loop_restore_speed(struct loop *loop)
{
	if (loop->speed.path)
		loop_restore_one(loop, &loop->speed);
	arena_release(&loop->speed_arena);
	loop->speed_arena = (struct arena)ARENA_INIT;
	loop->speed = (struct frame_setting){ .path = NULL };
}

static enum speed set_speed(struct loop *loop, unsigned int cpu, enum speed want)
{
	const char *root = loop->config->settings_root;
	struct frame_setting setting;
	enum speed answer;

	loop_restore_speed(loop);
	if (want != SPEED_LOWEST && want != SPEED_HIGHEST)
		return SPEED_AS_BEFORE;
	if (!root)
		return SPEED_REFUSED;
	answer = speed_find(root, cpu, want, &loop->speed_arena, &setting);
	if (answer != want || !setting.path)
		return answer;
	if (BOOK_ADD(&loop->book, FRAME_SETTING, setting, &setting) < 0)
		return SPEED_REFUSED;
	loop->speed = setting;
	if (settings_change(root, &setting, NULL) == 0)
		return want;
	loop_restore_speed(loop);
	return SPEED_REFUSED;
}

void loop_look_at_speed(struct loop *loop)
{
	uint32_t asked = atomic_load(&loop->shared->speed_asked);

	if (!loop->child || asked == loop->speed_told)
		return;
	loop->speed_told = asked;
	atomic_store(&loop->shared->speed_answer,
		     (asked & ~SPEED_MASK) |
			     (uint32_t)set_speed(loop, atomic_load(&loop->shared->speed_cpu),
						 (enum speed)(asked & SPEED_MASK)));
}
