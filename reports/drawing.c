/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/drawing.h"

void drawing_init(struct drawing *drawing, int width, int height)
{
	*drawing = (struct drawing){ .width = width, .height = height, .title = "",
				     .description = "" };
	drawing->step_tail = &drawing->step;
}

struct draw_step *drawing_points(struct drawing *drawing, struct arena *arena,
				 enum draw_kind kind, const struct point *point, size_t count)
{
	struct draw_step *step = arena_new(arena, struct draw_step);

	step->kind = kind;
	step->point = point;
	step->count = count;
	*drawing->step_tail = step;
	drawing->step_tail = &step->next;
	return step;
}

void drawing_line(struct drawing *drawing, struct arena *arena, enum draw_role role,
		  struct point from, struct point to)
{
	struct point *point = arena_array(arena, struct point, 2);

	point[0] = from;
	point[1] = to;
	drawing_points(drawing, arena, DRAW_LINE, point, 2)->role = role;
}

void drawing_area(struct drawing *drawing, struct arena *arena, enum draw_role role,
		  struct point from, struct point to)
{
	struct point *point = arena_array(arena, struct point, 4);

	point[0] = from;
	point[1] = (struct point){ to.x, from.y };
	point[2] = to;
	point[3] = (struct point){ from.x, to.y };
	drawing_points(drawing, arena, DRAW_AREA, point, 4)->role = role;
}

struct draw_step *drawing_text(struct drawing *drawing, struct arena *arena, enum draw_role role,
			       struct point at, const char *text)
{
	struct point *point = arena_new(arena, struct point);
	struct draw_step *step;

	*point = at;
	step = drawing_points(drawing, arena, DRAW_TEXT, point, 1);
	step->role = role;
	step->text = text;
	return step;
}
