/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_RECORD_WORDS_H
#define MODEL_RECORD_WORDS_H
/* The words of a record's enums, by value: one table for writing and for reading. */
#include "harness/model/record.h"

enum { OUTCOME_WORDS = OUTCOME_FAILED + 1, INTERRUPTION_WORDS = INTERRUPTION_REBOOT + 1 };
enum { SERIES_WORDS = SERIES_COUNTER + 1 };

extern const char *const outcome_word[OUTCOME_WORDS];
extern const char *const interruption_word[INTERRUPTION_WORDS];
extern const char *const series_word[SERIES_WORDS];

#endif
