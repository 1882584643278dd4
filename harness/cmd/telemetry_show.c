/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/telemetry_show.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/cmd/columns.h"
#include "harness/cmd/command.h"

static void add_source(struct columns *table, const struct telemetry_source *source)
{
	struct arena arena = ARENA_INIT;

	columns_cell(table, "%s", source->name);
	columns_cell(table, "%llu", (unsigned long long)source->channels);
	if (source->problem)
		columns_cell(table, "%s", text_cleaned(&arena, cmd_said(&arena, source->problem)));
	else if (source->looked_at)
		columns_cell(table, _("nothing at %s"), source->looked_at);
	else
		columns_cell(table, "%s", "");
	arena_release(&arena);
}

void telemetry_show(struct buf *out, const struct plan *plan)
{
	struct columns table = { .count = 3, .right = 1u << 1 };
	size_t i;

	if (!plan->telemetry_count)
		return;
	columns_cell(&table, "%s", _("telemetry"));
	columns_cell(&table, "%s", _("readings"));
	columns_cell(&table, "%s", "");
	for (i = 0; i < plan->telemetry_count; i++)
		add_source(&table, &plan->telemetry[i]);
	columns_print(&table, "  ", out);
}

void telemetry_show_absent(struct buf *out, const struct plan *plan)
{
	AUTO(buf_release) struct buf names = BUF_INIT;
	size_t i;

	for (i = 0; i < plan->telemetry_count; i++) {
		if (!plan->telemetry[i].channels)
			buf_addf(&names, "%s%s", names.size ? ", " : "", plan->telemetry[i].name);
	}
	if (names.size)
		buf_addf(out, _("no readings here from: %s; 'cuihuo plan' and the report say why\n"),
			 names.data);
}
