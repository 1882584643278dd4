/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/mode_show.h"

#include "harness/base/scan.h"
#include "harness/cmd/command.h"

static void add_part(struct buf *out)
{
	if (out->size)
		buf_adds(out, _(", "));
}

static void add_turns(struct buf *out, enum step_turns turns, int64_t turn_ns)
{
	char each[DURATION_TEXT_SIZE];

	if (turns == TURNS_CPU)
		buf_addf(out, _("one cpu at a time, each %s"), format_duration(turn_ns, each));
	if (turns == TURNS_CORE)
		buf_addf(out, _("one core at a time, each %s"), format_duration(turn_ns, each));
}

void mode_show(struct buf *out, const struct step_mode *mode, int64_t turn_ns)
{
	char load[DURATION_TEXT_SIZE], idle[DURATION_TEXT_SIZE], bytes[BYTES_TEXT_SIZE];

	add_turns(out, mode->turns, turn_ns);
	if (mode->kernel_count) {
		add_part(out);
		buf_addf(out, _("%zu kernels take turns of %s"), mode->kernel_count,
			 format_duration(mode->slice_ns, load));
	}
	if (mode->beside) {
		add_part(out);
		buf_addf(out, _("every second cpu does %s at the same time"), mode->beside->name);
	}
	if (mode->load_ns) {
		add_part(out);
		buf_addf(out, _("load %s, idle %s"), format_duration(mode->load_ns, load),
			 format_duration(mode->idle_ns, idle));
	}
	if (mode->budget_bytes) {
		add_part(out);
		buf_addf(out, _("done when %s are verified"),
			 format_bytes(mode->budget_bytes, bytes));
	}
}
