/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/command.h"

#include "harness/base/auto.h"

/* In the order of the flow: this is also the order of --help and of the manual. */
extern const struct command command_capture;
extern const struct command command_certify;
extern const struct command command_compare;
extern const struct command command_help;
extern const struct command command_judge;
extern const struct command command_key;
extern const struct command command_origin;
extern const struct command command_plan;
extern const struct command command_probe;
extern const struct command command_profile;
extern const struct command command_record;
extern const struct command command_report;
extern const struct command command_resume;
extern const struct command command_run;
extern const struct command command_status;
extern const struct command command_selftest;
extern const struct command command_verify;

const struct command *const command_table[] = {
	&command_probe,
	&command_origin,
	&command_capture,
	&command_plan,
	&command_run,
	&command_resume,
	&command_status,
	&command_record,
	&command_report,
	&command_selftest,
	&command_judge,
	&command_compare,
	&command_profile,
	&command_key,
	&command_certify,
	&command_verify,
	&command_help,
};

const size_t command_count = ARRAY_SIZE(command_table);
