/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RESUME_PARTS_H
#define RUN_RESUME_PARTS_H
/* What the files of the resume share: resume*.c only. */
#include "harness/run/resume.h"

/* past.lost of the resume: those that no finding names yet. */
void resume_find_lost(const struct record *record, const struct inventory *now,
		      struct resume *resume);

#endif
