/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_SVG_H
#define REPORTS_SVG_H
/*
 * A drawing as an <svg> element for a page, with its looks in presentation attributes: no script,
 * style sheet, font or address. `id` makes the ids of title and description unique in the page.
 */
#include "harness/base/buf.h"
#include "reports/drawing.h"

void svg_add(const struct drawing *drawing, const char *id, struct buf *out);

#endif
