/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/policy.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Good, or at least one problem with a place; and what is good can be judged on nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct inventory inventory = INVENTORY_INIT;
	struct ids none = IDS_INIT;
	struct policy_facts facts = { .inventory = &inventory, .makers = &none,
				      .evaluated = &none, .today = "2026-11-23" };
	struct policy policy = POLICY_INIT;
	int code = policy_parse((const char *)data, size, "fuzz", NULL, &policy, &problems);

	if ((code == 0) != (problems.count == 0))
		abort();
	if (problems.count && (!problems.problem[0].line || !problems.problem[0].column))
		abort();
	if (code == 0) {
		struct policy_judgement judgement;

		policy_judge(&policy, &facts, &judgement);
		policy_judgement_release(&judgement);
	}
	profile_problems_release(&problems);
	policy_release(&policy);
	return 0;
}
