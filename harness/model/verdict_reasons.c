/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/verdict.h"

#include "harness/base/auto.h"

#include <string.h>

#define N_(text) (text)

const struct reason_code reason_code[] = {
	{ "blind-not-allowed",
	  N_("The run had no believable cpu temperature, and the profile does not allow that") },
	{ "coverage-too-small", N_("Less of the memory was verified than the profile asks for") },
	{ "coverage-virtual", N_("What was verified is known by virtual address only; run as root") },
	{ "cpus-not-covered", N_("Not every processor core of the machine took part") },
	{ "cut-short", N_("The run was shorter than the profile asks for") },
	{ "does-not-apply", N_("The profile is not made for this machine") },
	{ "expectation-unknown", N_("It is not known whether the machine is as expected") },
	{ "guard-missing", N_("The run was not guarded as the profile asks for") },
	{ "guard-unproven", N_("The guard had no good reading to go by") },
	{ "injected", N_("The program that ran it may plant faults") },
	{ "limit-unproven", N_("There are no good readings for a limit of the profile") },
	{ "medium-refused", N_("The evidence was kept in memory, not on a disk") },
	{ "mismatch-counted", N_("Wrong data was counted") },
	{ "plan-mismatch", N_("What was run is not what the profile asks for") },
	{ "profile-mismatch", N_("The run was planned from another profile") },
	{ "record-incomplete", N_("The run did not come to its end") },
	{ "stage-mismatch", N_("The profile does not speak for this stage") },
	{ "step-missing", N_("A required step was not run") },
	{ "step-skipped", N_("A required step was skipped") },
	{ "step-too-short", N_("A required step ended too early") },
	{ "step-unfinished", N_("A required step did not come to its end") },
	{ "work-missing", N_("A processor core did no work in a required step") },
	{ "work-too-little", N_("Less work was done than the profile asks for") },
};

const size_t reason_code_count = ARRAY_SIZE(reason_code);

const char *reason_code_summary(const char *code)
{
	const struct finding_code *finding = finding_code_find(code);
	size_t i;

	for (i = 0; i < reason_code_count; i++) {
		if (!strcmp(reason_code[i].code, code))
			return reason_code[i].summary;
	}
	return finding ? finding->summary :
			 N_("A reason that this version of cuihuo does not know");
}
