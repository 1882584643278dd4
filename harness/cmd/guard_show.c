/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/guard_show.h"

#include "harness/base/scan.h"
#include "harness/cmd/command.h"
#include "harness/model/metric.h"

void guard_show(struct buf *out, const struct guard_rule *rule, size_t count)
{
	char value[MILLI_TEXT_SIZE], time[DURATION_TEXT_SIZE];
	size_t i;

	for (i = 0; i < count; i++) {
		const char *unit = metric_unit(rule[i].metric);

		buf_addf(out, _("Guard: %s of %s"), rule[i].metric, rule[i].component);
		if (rule[i].throttle != INT64_MAX)
			buf_addf(out, _(", throttles at %s%s"),
				 format_milli(rule[i].throttle, value), unit);
		buf_addf(out, _(", stops at %s%s"), format_milli(rule[i].stop, value), unit);
		buf_addf(out, _(" for %s"), format_duration(rule[i].hold_ns, time));
		buf_addf(out, _(", or without a reading for %s\n"),
			 format_duration(rule[i].silent_ns, time));
	}
}
