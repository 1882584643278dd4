/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/model/profile_tree.h"

#include <libintl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void problem_add(struct profile_problems *problems, struct place at, const char *format, ...)
{
	struct profile_problem *problem;
	va_list args;
	char *message;

	if (problems->count >= PROFILE_PROBLEMS_MAX)
		return;
	problems->problem = mem_grow(problems->problem, &problems->capacity, problems->count + 1,
				     sizeof(*problem));
	problem = &problems->problem[problems->count++];
	problem->file = arena_strdup(&problems->arena, at.file);
	problem->line = at.line;
	problem->column = at.column;
	va_start(args, format);
	message = arena_vprintf(&problems->arena, dgettext("cuihuo", format), args);
	va_end(args);
	/* It quotes the profile, where "\e" is a way to write a control character. */
	text_clean(message);
	problem->message = message;
}

static int compare(const void *a, const void *b)
{
	const struct profile_problem *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order)
		return order;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->message, y->message);
}

void problems_sort(struct profile_problems *problems)
{
	if (problems->count)
		qsort(problems->problem, problems->count, sizeof(*problems->problem), compare);
}

void profile_problems_release(struct profile_problems *problems)
{
	free(problems->problem);
	arena_release(&problems->arena);
	*problems = (struct profile_problems)PROFILE_PROBLEMS_INIT;
}
