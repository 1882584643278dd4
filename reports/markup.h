/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_MARKUP_H
#define REPORTS_MARKUP_H
/* Text inside HTML, SVG or XML, in content or in a double-quoted attribute: & < > " ' escaped. */
#include "harness/base/buf.h"

void markup_text(struct buf *out, const char *text);

#endif
