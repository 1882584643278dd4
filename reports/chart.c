/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/chart.h"

#include "harness/base/buf.h"
#include "harness/base/text.h"
#include "reports/document.h"
#include "reports/quantity.h"
#include "reports/ticks.h"

#include <string.h>

#define N_(text) (text)

/* Places in the drawing, in its units (tenths of a pixel). */
enum {
	WIDTH = 5200,
	LEFT = 560,
	RIGHT = 5100,
	TOP = 350,
	BOTTOM = 1850,
	TITLE_Y = 140,
	SPAN_LABEL_Y = 320,
	TIME_LABEL_Y = BOTTOM + 145,
	TIME_TITLE_Y = BOTTOM + 290,
	LEGEND_Y = BOTTOM + 460,
	LEGEND_ROW = 150,
	LEGEND_LABEL = 270,
	LEGEND_MIN = 3860,
	LEGEND_MEAN = 4480,
	LEGEND_MAX = RIGHT,
	LABEL_COLUMNS = 52,
	LABEL_HEIGHT = 130,
	COLUMN_WIDTH = 54,		/* of a label, by text_columns, about */
	DASH = 40,			/* half of one */
	MOST_VALUES = 5,
	MOST_TIMES = 8,
};

struct plot {
	const struct chart *chart;
	enum lang lang;
	struct arena *arena;
	struct drawing *drawing;
	struct ticks values;
	int64_t low, high;
};

static int place_x(const struct plot *plot, int64_t time_ns)
{
	return LEFT + (int)quantity_place(time_ns, 0, plot->chart->length_ns, RIGHT - LEFT);
}

static int place_y(const struct plot *plot, int64_t value)
{
	return BOTTOM - (int)quantity_place(value, plot->low, plot->high, BOTTOM - TOP);
}

static void write_at(struct plot *plot, enum draw_role role, struct point at, enum anchor anchor,
		     const char *text)
{
	drawing_text(plot->drawing, plot->arena, role, at, text)->anchor = anchor;
}

const char *chart_fit(struct arena *arena, const char *text, size_t columns)
{
	const char *at = text;
	size_t used = 0;
	size_t left = strlen(text);

	if (text_columns(text) <= columns)
		return text;
	while (left) {
		uint32_t code;
		size_t length = text_character(at, left, &code);
		char one[8] = "";

		length = length ? length : 1;
		memcpy(one, at, length);
		used += text_columns(one);
		if (used >= columns)
			break;
		at += length;
		left -= length;
	}
	return arena_printf(arena, "%.*s…", (int)(at - text), text);
}

/* --- the axes --------------------------------------------------------------------------------- */

/* A limit far beyond the data would flatten them; it is then told in words by whoever made it. */
static void find_range(struct plot *plot)
{
	const struct chart *chart = plot->chart;
	int64_t low = INT64_MAX;
	int64_t high = INT64_MIN;
	size_t i;

	for (i = 0; i < chart->line_count; i++) {
		if (!chart->line[i].count)
			continue;
		low = chart->line[i].min < low ? chart->line[i].min : low;
		high = chart->line[i].max > high ? chart->line[i].max : high;
	}
	for (i = 0; i < chart->limit_count; i++) {
		low = chart->limit[i].value < low ? chart->limit[i].value : low;
		high = chart->limit[i].value > high ? chart->limit[i].value : high;
	}
	if (low > high)
		low = high = 0;
	if (chart->from_zero) {
		low = low > 0 ? 0 : low;
		high = high < 0 ? 0 : high;
	}
	plot->values = ticks_cover(low, high, MOST_VALUES);
	plot->low = plot->values.first;
	plot->high = plot->low + plot->values.step * (int64_t)(plot->values.count - 1);
}

/* One scale for all labels of the axis, and as many digits as its step needs. */
static unsigned int label_digits(const struct plot *plot, unsigned int *ret_scale)
{
	const char *unit = plot->chart->unit;
	int64_t size = plot->high > -plot->low ? plot->high : plot->low;
	unsigned int digits;
	unsigned int i;
	int64_t one = 1000;

	*ret_scale = quantity_scale(size, unit);
	for (i = 0; i < *ret_scale; i++)
		one *= 10;
	for (digits = 0; digits < 3 && plot->values.step % one; digits++)
		one /= 10;
	return digits;
}

static void draw_values(struct plot *plot)
{
	char number[QUANTITY_TEXT_SIZE];
	char unit[QUANTITY_TEXT_SIZE];
	unsigned int scale;
	unsigned int digits = label_digits(plot, &scale);
	const char *title = plot->chart->title;
	size_t i;

	for (i = 0; i < plot->values.count; i++) {
		int64_t value = plot->low + plot->values.step * (int64_t)i;
		int y = place_y(plot, value);

		drawing_line(plot->drawing, plot->arena, ROLE_GRID, (struct point){ LEFT, y },
			     (struct point){ RIGHT, y });
		quantity_number(value, scale, digits, number);
		write_at(plot, ROLE_LABEL, (struct point){ LEFT - 60, y + 36 }, ANCHOR_END,
			 arena_strdup(plot->arena, number));
	}
	quantity_unit(plot->chart->unit, scale, unit);
	if (*unit)
		title = arena_printf(plot->arena, "%s (%s)", title,
				     document_clean(plot->arena, unit));
	write_at(plot, ROLE_TITLE, (struct point){ 80, TITLE_Y }, ANCHOR_START,
		 chart_fit(plot->arena, title, 78));
}

static void draw_times(struct plot *plot)
{
	int64_t length = plot->chart->length_ns;
	struct ticks ticks = ticks_time(length, MOST_TIMES);
	char text[TICKS_TEXT_SIZE];
	size_t i;

	for (i = 0; i < ticks.count; i++) {
		int64_t time_ns = ticks.step * (int64_t)i;
		int x = place_x(plot, time_ns);

		drawing_line(plot->drawing, plot->arena, ROLE_FRAME, (struct point){ x, BOTTOM },
			     (struct point){ x, BOTTOM + 40 });
		ticks_time_text(&ticks, length, time_ns, text);
		write_at(plot, ROLE_LABEL, (struct point){ x, TIME_LABEL_Y }, ANCHOR_MIDDLE,
			 arena_strdup(plot->arena, text));
	}
	write_at(plot, ROLE_LABEL, (struct point){ RIGHT, TIME_TITLE_Y }, ANCHOR_END,
		 arena_printf(plot->arena, "%s (%s)", plot->chart->time_title,
			      lang_text(plot->lang, ticks_time_unit(length))));
}

/* --- what is in the plot ---------------------------------------------------------------------- */

static void draw_spans(struct plot *plot)
{
	int label_end = 0;
	size_t i;

	for (i = 0; i < plot->chart->span_count; i++) {
		const struct chart_span *span = &plot->chart->span[i];
		int from = place_x(plot, span->from_ns);
		int to = place_x(plot, span->to_ns);
		int middle = from + (to - from) / 2;
		int half = (int)text_columns(span->label) * COLUMN_WIDTH / 2;

		if (i % 2 == 0)
			drawing_area(plot->drawing, plot->arena, ROLE_STEP,
				     (struct point){ from, TOP }, (struct point){ to, BOTTOM });
		drawing_line(plot->drawing, plot->arena, ROLE_EDGE, (struct point){ from, TOP },
			     (struct point){ from, BOTTOM });
		drawing_line(plot->drawing, plot->arena, ROLE_EDGE, (struct point){ to, TOP },
			     (struct point){ to, BOTTOM });
		if (middle - half <= label_end)
			continue;
		write_at(plot, ROLE_LABEL, (struct point){ middle, SPAN_LABEL_Y }, ANCHOR_MIDDLE,
			 span->label);
		label_end = middle + half + 40;
	}
}

/*
 * Limits come from the highest to the lowest. Those too close for labels of their own share one,
 * above the highest line, or below the lowest where there is no room above.
 */
static void draw_limits(struct plot *plot)
{
	const struct chart *chart = plot->chart;
	size_t i = 0;

	while (i < chart->limit_count) {
		const char *label = chart->limit[i].label;
		int top = place_y(plot, chart->limit[i].value);
		int bottom = top;

		for (;;) {
			drawing_line(plot->drawing, plot->arena, ROLE_LIMIT,
				     (struct point){ LEFT, bottom },
				     (struct point){ RIGHT, bottom });
			if (++i == chart->limit_count ||
			    place_y(plot, chart->limit[i].value) - bottom >= LABEL_HEIGHT)
				break;
			bottom = place_y(plot, chart->limit[i].value);
			label = arena_printf(plot->arena, "%s, %s", label, chart->limit[i].label);
		}
		write_at(plot, ROLE_LIMIT_LABEL,
			 (struct point){ RIGHT - 40,
					 top - TOP > LABEL_HEIGHT ? top - 40 : bottom + 115 },
			 ANCHOR_END, label);
	}
}

/* A single reading would be a line without length: it becomes a short dash that can be seen. */
static struct point *make_dash(struct plot *plot, struct point at)
{
	struct point *dash = arena_array(plot->arena, struct point, 2);

	dash[0] = (struct point){ at.x - DASH > LEFT ? at.x - DASH : LEFT, at.y };
	dash[1] = (struct point){ at.x + DASH < RIGHT ? at.x + DASH : RIGHT, at.y };
	return dash;
}

/* A stretch of points without a gap: its band, then its mean on top. */
static void draw_stretch(struct plot *plot, const struct chart_point *from, size_t count,
			 unsigned int color)
{
	struct point *mean = arena_array(plot->arena, struct point, count);
	struct point *band = arena_array(plot->arena, struct point, 2 * count);
	struct draw_step *step;
	bool thick = false;
	size_t i;

	for (i = 0; i < count; i++) {
		int x = place_x(plot, from[i].time_ns);

		mean[i] = (struct point){ x, place_y(plot, from[i].mean) };
		band[i] = (struct point){ x, place_y(plot, from[i].max) };
		band[2 * count - 1 - i] = (struct point){ x, place_y(plot, from[i].min) };
		thick = thick || from[i].min != from[i].max;
	}
	if (thick && count > 1) {
		step = drawing_points(plot->drawing, plot->arena, DRAW_AREA, band, 2 * count);
		step->role = ROLE_BAND;
		step->color = color;
	}
	if (count == 1)
		mean = make_dash(plot, mean[0]);
	step = drawing_points(plot->drawing, plot->arena, DRAW_LINE, mean, count == 1 ? 2 : count);
	step->role = ROLE_MEAN;
	step->color = color;
}

static void draw_lines(struct plot *plot)
{
	size_t i;

	for (i = 0; i < plot->chart->line_count; i++) {
		const struct chart_line *line = &plot->chart->line[i];
		size_t from = 0;
		size_t to;

		for (to = 1; to <= line->count; to++) {
			if (to < line->count && !line->point[to].gap)
				continue;
			draw_stretch(plot, line->point + from, to - from, (unsigned int)i);
			from = to;
		}
	}
}

/* --- the legend ------------------------------------------------------------------------------- */

static void draw_value(struct plot *plot, int x, int y, int64_t value)
{
	char text[QUANTITY_TEXT_SIZE];

	quantity_text(value, plot->chart->unit, text);
	write_at(plot, ROLE_LABEL, (struct point){ x, y }, ANCHOR_END,
		 document_clean(plot->arena, text));
}

static void draw_legend(struct plot *plot)
{
	static const struct {
		const char *title;
		int x;
	} head[] = {
		{ N_("lowest"), LEGEND_MIN },
		{ N_("mean"), LEGEND_MEAN },
		{ N_("highest"), LEGEND_MAX },
	};
	size_t i;

	for (i = 0; i < 3; i++)
		write_at(plot, ROLE_LABEL, (struct point){ head[i].x, LEGEND_Y }, ANCHOR_END,
			 lang_text(plot->lang, head[i].title));
	for (i = 0; i < plot->chart->line_count; i++) {
		const struct chart_line *line = &plot->chart->line[i];
		int y = LEGEND_Y + LEGEND_ROW * (int)(i + 1);
		struct point *swatch = arena_array(plot->arena, struct point, 2);
		struct draw_step *step;

		swatch[0] = (struct point){ 90, y - 36 };
		swatch[1] = (struct point){ 220, y - 36 };
		step = drawing_points(plot->drawing, plot->arena, DRAW_LINE, swatch, 2);
		step->role = ROLE_MEAN;
		step->color = (unsigned int)i;
		write_at(plot, ROLE_LABEL, (struct point){ LEGEND_LABEL, y }, ANCHOR_START,
			 chart_fit(plot->arena, line->label, LABEL_COLUMNS));
		draw_value(plot, LEGEND_MIN, y, line->min);
		draw_value(plot, LEGEND_MEAN, y, line->mean);
		draw_value(plot, LEGEND_MAX, y, line->max);
	}
}

static const char *describe(const struct plot *plot)
{
	char low[QUANTITY_TEXT_SIZE];
	char high[QUANTITY_TEXT_SIZE];
	struct buf text = BUF_INIT;
	const char *clean;
	size_t i;

	for (i = 0; i < plot->chart->line_count; i++) {
		const struct chart_line *line = &plot->chart->line[i];

		quantity_text(line->min, plot->chart->unit, low);
		quantity_text(line->max, plot->chart->unit, high);
		buf_addf(&text, "%s%s: %s - %s", i ? "; " : "", line->label, low, high);
	}
	clean = document_clean(plot->arena, text.data);
	buf_release(&text);
	return clean;
}

void chart_draw(const struct chart *chart, enum lang lang, struct arena *arena,
		struct drawing *drawing)
{
	struct plot plot = { .chart = chart, .lang = lang, .arena = arena, .drawing = drawing };

	drawing_init(drawing, WIDTH, LEGEND_Y + LEGEND_ROW * (int)chart->line_count + 60);
	drawing->title = chart->title;
	drawing->description = describe(&plot);
	find_range(&plot);
	draw_spans(&plot);
	draw_values(&plot);
	draw_times(&plot);
	draw_lines(&plot);
	draw_limits(&plot);
	drawing_area(drawing, arena, ROLE_FRAME, (struct point){ LEFT, TOP },
		     (struct point){ RIGHT, BOTTOM });
	draw_legend(&plot);
}
