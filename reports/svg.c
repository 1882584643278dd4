/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/svg.h"

#include "harness/base/auto.h"
#include "reports/markup.h"

/* Okabe and Ito's colours, told apart with any kind of colour blindness and in print. */
static const char *const color[DRAW_COLORS] = { "#0072b2", "#d55e00", "#009e73",
						"#cc79a7", "#b07a00", "#56b4e9" };

static const char *const look[ROLE_COUNT] = {
	[ROLE_FRAME] = "fill=\"none\" stroke=\"#8a94a3\" stroke-width=\"8\"",
	[ROLE_GRID] = "fill=\"none\" stroke=\"#dfe3e8\" stroke-width=\"7\"",
	[ROLE_STEP] = "fill=\"#f1f4f8\"",
	[ROLE_EDGE] =
		"fill=\"none\" stroke=\"#aab3bf\" stroke-width=\"8\" stroke-dasharray=\"20 20\"",
	[ROLE_LIMIT] =
		"fill=\"none\" stroke=\"#b3261e\" stroke-width=\"12\" stroke-dasharray=\"60 30\"",
	[ROLE_BAND] = "stroke=\"none\" fill-opacity=\"0.22\"",
	[ROLE_MEAN] = "fill=\"none\" stroke-width=\"16\" stroke-linejoin=\"round\" "
		      "stroke-linecap=\"round\"",
	[ROLE_TITLE] = "font-size=\"125\" font-weight=\"600\" fill=\"#1a2230\"",
	[ROLE_LABEL] = "font-size=\"105\" fill=\"#4a5565\"",
	[ROLE_LIMIT_LABEL] = "font-size=\"105\" fill=\"#b3261e\" stroke=\"#fff\" "
			     "stroke-width=\"30\" paint-order=\"stroke\"",
};

static void add_points(const struct draw_step *step, struct buf *out)
{
	size_t i;

	buf_adds(out, " points=\"");
	for (i = 0; i < step->count; i++)
		buf_addf(out, "%s%d,%d", i ? " " : "", step->point[i].x, step->point[i].y);
	buf_adds(out, "\"");
}

static void add_step(const struct draw_step *step, struct buf *out)
{
	static const char *const anchor[] = { "start", "middle", "end" };

	if (step->kind == DRAW_TEXT) {
		buf_addf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" %s>", step->point[0].x,
			 step->point[0].y, anchor[step->anchor], look[step->role]);
		markup_text(out, step->text);
		buf_adds(out, "</text>\n");
		return;
	}
	buf_addf(out, "<%s %s", step->kind == DRAW_AREA ? "polygon" : "polyline", look[step->role]);
	if (step->role == ROLE_BAND)
		buf_addf(out, " fill=\"%s\"", color[step->color % DRAW_COLORS]);
	if (step->role == ROLE_MEAN)
		buf_addf(out, " stroke=\"%s\"", color[step->color % DRAW_COLORS]);
	add_points(step, out);
	buf_adds(out, "/>\n");
}

void svg_add(const struct drawing *drawing, const char *id, struct buf *out)
{
	const struct draw_step *step;

	buf_addf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">\n",
		 drawing->width, drawing->height, id, id);
	buf_addf(out, "<title id=\"%s-t\">", id);
	markup_text(out, drawing->title);
	buf_addf(out, "</title>\n<desc id=\"%s-d\">", id);
	markup_text(out, drawing->description);
	buf_adds(out, "</desc>\n");
	for (step = drawing->step; step; step = step->next)
		add_step(step, out);
	buf_adds(out, "</svg>\n");
}
