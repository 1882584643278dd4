/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_DRAWING_H
#define REPORTS_DRAWING_H
/*
 * A picture as a list of drawing steps in whole numbers, so that every back-end (svg.h; later a
 * PDF) gives the same picture. Units are tenths of a CSS pixel; y grows downwards; later steps lie
 * on top of earlier ones. How a step looks is said by its role, never by colours in the chart code.
 */
#include "harness/base/arena.h"

#include <stddef.h>

struct point {
	int x, y;
};

enum draw_kind {
	DRAW_LINE = 0,		/* at least two points, joined */
	DRAW_AREA,		/* points joined, closed and filled */
	DRAW_TEXT,		/* text at its one point (baseline) */
};

enum draw_role {
	ROLE_FRAME = 0,		/* the edge of the plot */
	ROLE_GRID,
	ROLE_STEP,		/* the ground of every other step */
	ROLE_EDGE,		/* where a step begins or ends */
	ROLE_LIMIT,		/* a limit of the profile */
	ROLE_BAND,		/* least to greatest of a series; colour */
	ROLE_MEAN,		/* mean of a series; colour */
	ROLE_TITLE,
	ROLE_LABEL,
	ROLE_LIMIT_LABEL,
	ROLE_COUNT,
};

enum anchor {
	ANCHOR_START = 0,
	ANCHOR_MIDDLE,
	ANCHOR_END,
};

enum { DRAW_COLORS = 6 };

struct draw_step {
	enum draw_kind kind;
	enum draw_role role;
	unsigned int color;	/* 0 .. DRAW_COLORS - 1, for ROLE_BAND and ROLE_MEAN */
	enum anchor anchor;
	const struct point *point;
	size_t count;
	const char *text;
	struct draw_step *next;
};

struct drawing {
	int width, height;
	const char *title;		/* for those who do not see it */
	const char *description;
	struct draw_step *step, **step_tail;
};

void drawing_init(struct drawing *drawing, int width, int height);
/* Points and text are borrowed: they must live as long as the arena. */
struct draw_step *drawing_points(struct drawing *drawing, struct arena *arena,
				 enum draw_kind kind, const struct point *point, size_t count);
void drawing_line(struct drawing *drawing, struct arena *arena, enum draw_role role,
		  struct point from, struct point to);
void drawing_area(struct drawing *drawing, struct arena *arena, enum draw_role role,
		  struct point from, struct point to);
struct draw_step *drawing_text(struct drawing *drawing, struct arena *arena, enum draw_role role,
			       struct point at, const char *text);

#endif
