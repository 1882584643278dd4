/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_LANG_SENTENCE_H
#define BASE_LANG_SENTENCE_H
/*
 * Evidence is kept in English: "a worker was ended by signal 11". A reader of a Chinese document
 * wants it in Chinese, but only the finished sentence is in the record. lang_sentence finds the
 * msgid ("a worker was ended by signal %d") that makes such a sentence, takes its values out and
 * puts them into the Chinese form; values that are sentences themselves likewise, and each of
 * several reasons with "; " between. A value of one word is mostly a name, and stays; that of "%-s"
 * is looked up: "%-s was %-s" of "cores was 8".
 *
 *	text = lang_sentence(LANG_ZH, &arena, outcome->reason);
 *
 * Of several msgids that fit, the one with the most words and numbers of its own wins. What no msgid makes is
 * given back as it is. The result is the arena's, or `english` itself.
 */
#include "harness/base/arena.h"
#include "harness/base/lang.h"

const char *lang_sentence(enum lang lang, struct arena *arena, const char *english);

#endif
