/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_VERDICT_JUDGE_H
#define MODEL_VERDICT_JUDGE_H
/* Inside of verdict_judge: the parts add reasons; none takes one away. */
#include "harness/model/verdict.h"

struct judge {
	const struct profile *profile;
	const struct record *record;
	struct verdict *verdict;
	struct reason **tail;
};

/* subject NULL: the run as a whole; detail is a format, in English. */
void judge_reason(struct judge *j, enum verdict_kind towards, const char *code, const char *subject,
		  const char *detail, ...) __attribute__((format(printf, 5, 6)));
bool judge_has_finding(const struct judge *j, const char *code, int64_t step);
/* The last attempt at a step; NULL when there was none. */
const struct outcome *judge_last_outcome(const struct judge *j, size_t step);

void judge_findings(struct judge *j);	/* verdict_findings.c */
void judge_limits(struct judge *j);	/* verdict_limits.c */
void judge_guard(struct judge *j);
void judge_steps(struct judge *j);	/* verdict_steps.c */
void judge_plan(struct judge *j);	/* verdict_plan.c */

#endif
