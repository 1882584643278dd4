/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef REPORTS_HTML_STYLE_H
#define REPORTS_HTML_STYLE_H
/* The style sheet that stands inside every HTML report. It holds no '<' and no '&'. */

extern const char html_style[];

#endif
