/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_SCRATCH_H
#define RUN_SCRATCH_H
/*
 * The one place where steps may write: RUN/scratch, made by us for a step and removed after it, also
 * when the step was killed, and at the end of a resumed run when the runner was.
 */
#include "harness/base/err.h"

/*
 * A descriptor of the folder, or an error. What an earlier runner left is removed, but for the file
 * `kept` (or NULL): the step that ran when the power went looks at it.
 */
int scratch_make(const char *run_folder, const char *kept, struct err *err);
/* Nothing is done when it is not there. */
void scratch_remove(const char *run_folder);

#endif
