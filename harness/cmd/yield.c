/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/yield.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/json.h"
#include "harness/base/memory.h"
#include "harness/stress/yield.h"

#include <fnmatch.h>

static void put_json(struct json_writer *w, const struct yield *row)
{
	unsigned int unit;

	json_begin_object(w, NULL);
	json_int(w, "found", row->found);
	json_text(w, "kernel", row->kernel);
	json_begin_array(w, "own");
	for (unit = 0; unit < PLANT_COUNT; unit++) {
		if (row->own[unit])
			json_text(w, NULL, plant_unit_name((enum plant_unit)unit));
	}
	json_end(w);
	json_int(w, "planted", row->planted);
	json_end(w);
}

static void put_line(struct buf *out, const struct yield *row)
{
	unsigned int unit;

	buf_addf(out, "%-15s ", row->kernel);
	buf_addf(out, _("%3u of %3u planted faults found (%3u %%); it alone finds those of"),
		 row->found, row->planted, row->found * 100 / row->planted);
	for (unit = 0; unit < PLANT_COUNT; unit++) {
		if (row->own[unit])
			buf_addf(out, " %s", plant_unit_name((enum plant_unit)unit));
	}
	buf_addc(out, '\n');
}

/* A kernel without a unit of its own adds nothing: the set as a whole would not be proven. */
static bool all_have_their_own(const struct yield *rows)
{
	int i;

	for (i = 0; i < YIELD_COUNT; i++) {
		if (!rows[i].own_count)
			return false;
	}
	return true;
}

bool selftest_wants(const struct cmd *cmd, const char *name)
{
	int i;

	for (i = 0; i < cmd->argument_count; i++) {
		if (!fnmatch(cmd->argument[i], name, 0))
			return true;
	}
	return !cmd->argument_count;
}

static int put_rows(const struct cmd *cmd, const struct yield *rows, struct json_writer *w,
		    struct buf *out)
{
	int i, count = 0;

	for (i = 0; i < YIELD_COUNT; i++) {
		if (!selftest_wants(cmd, rows[i].kernel))
			continue;
		count++;
		if (w)
			put_json(w, &rows[i]);
		else
			put_line(out, &rows[i]);
	}
	return count;
}

int yield_command(struct cmd *cmd, bool json)
{
	AUTO_FREE struct yield *rows = mem_zalloc(YIELD_COUNT * sizeof(*rows));
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct json_writer writer;
	struct err err = ERR_INIT;

	/* All of them, whichever are wanted: what a kernel alone finds depends on the others. */
	yield_measure(rows);
	if (json) {
		json_start(&writer, json_buf_sink, &out);
		json_begin_array(&writer, NULL);
	}
	if (!put_rows(cmd, rows, json ? &writer : NULL, &out))
		return cmd_usage(cmd, _("no fault can be planted in these kernels; name others, or none"));
	if (json) {
		json_end(&writer);
		if (json_finish(&writer, &err) < 0)
			return cmd_fail(cmd, &err);
		buf_addc(&out, '\n');
	}
	if (cmd_put(cmd, out.data, out.size))
		return EXIT_STATION;
	return all_have_their_own(rows) ? EXIT_PASS : EXIT_STATION;
}
