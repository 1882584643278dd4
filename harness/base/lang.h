/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LANG_H
#define BASE_LANG_H
/*
 * The language of documents, whatever the locale of the process: lang_text looks a msgid up in the
 * catalogue that is compiled in from po/zh_CN.po (GNU .mo format) and gives the msgid itself where
 * there is no translation. The text is never freed. Mark msgids for xgettext with N_().
 */
#include <stddef.h>

enum lang {
	LANG_EN = 0,
	LANG_ZH,
};

const char *lang_text(enum lang lang, const char *msgid) __attribute__((format_arg(2)));
/* The msgids one after the other; NULL behind the last. */
const char *lang_msgid(size_t index);
/* "en" / "zh" (also "zh_CN", "zh-CN"); -1 for anything else. */
int lang_from_name(const char *name);

#endif
