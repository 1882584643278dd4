/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/record_words.h"

#include <string.h>

const char *const outcome_word[OUTCOME_WORDS] = {
	[OUTCOME_UNKNOWN] = "unknown",
	[OUTCOME_DONE] = "done",
	[OUTCOME_SKIPPED] = "skipped",
	[OUTCOME_CRASHED] = "crashed",
	[OUTCOME_TIMED_OUT] = "timed-out",
	[OUTCOME_STOPPED_BY_GUARD] = "stopped-by-guard",
	[OUTCOME_INTERRUPTED] = "interrupted",
	[OUTCOME_FAILED] = "failed",
};

const char *const interruption_word[INTERRUPTION_WORDS] = {
	[INTERRUPTION_UNKNOWN] = "unknown",
	[INTERRUPTION_SIGNAL] = "signal",
	[INTERRUPTION_CRASH] = "crash",
	[INTERRUPTION_REBOOT] = "reboot",
};

const char *const series_word[SERIES_WORDS] = {
	[SERIES_GAUGE] = "gauge",
	[SERIES_COUNTER] = "counter",
};

const char *outcome_kind_name(enum outcome_kind kind)
{
	return (unsigned int)kind < OUTCOME_WORDS ? outcome_word[kind] :
						    outcome_word[OUTCOME_UNKNOWN];
}

const char *interruption_kind_name(enum interruption_kind kind)
{
	return (unsigned int)kind < INTERRUPTION_WORDS ? interruption_word[kind] :
							 interruption_word[INTERRUPTION_UNKNOWN];
}

uint64_t outcome_covered(const struct outcome *outcome)
{
	return outcome->frames.count ? node_bytes_sum(&outcome->frames) : outcome->distinct_bytes;
}

bool record_is_injected(const char *harness_version)
{
	return harness_version && strstr(harness_version, RECORD_INJECTED);
}
