/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cuihuo plan: rehearse a profile on this machine; nothing is started and nothing written. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/base/scan.h"
#include "harness/cmd/columns.h"
#include "harness/cmd/expectations_show.h"
#include "harness/cmd/guard_show.h"
#include "harness/cmd/mode_show.h"
#include "harness/cmd/prepare.h"
#include "harness/cmd/telemetry_show.h"

#include <string.h>
#include <unistd.h>

/* "0-3,8" */
static void add_cpus(struct buf *out, const unsigned int *cpu, size_t count)
{
	size_t i, k;

	for (i = 0; i < count; i = k) {
		for (k = i + 1; k < count && cpu[k] == cpu[k - 1] + 1;)
			k++;
		buf_addf(out, "%s%u", i ? "," : "", cpu[i]);
		if (k - i > 1)
			buf_addf(out, "-%u", cpu[k - 1]);
	}
}

static void add_steps(struct buf *out, const struct plan *plan)
{
	struct columns table = { .count = 6, .right = 1u << 3 | 1u << 4 };
	AUTO(buf_release) struct buf cpus = BUF_INIT;
	AUTO(buf_release) struct buf mode = BUF_INIT;
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	char bytes[BYTES_TEXT_SIZE], time[DURATION_TEXT_SIZE];
	size_t i;

	columns_cell(&table, "%s", _("step"));
	columns_cell(&table, "%s", _("kernel"));
	columns_cell(&table, "%s", _("cpus"));
	columns_cell(&table, "%s", _("bytes"));
	columns_cell(&table, "%s", _("duration"));
	columns_cell(&table, "%s", "");
	for (i = 0; i < plan->step_count; i++) {
		const struct plan_step *step = &plan->step[i];

		buf_reset(&mode);
		if (!step->skip)
			mode_show(&mode, &step->mode,
				  step->duration_ns / (int64_t)step->turn_count);
		buf_reset(&cpus);
		add_cpus(&cpus, step->cpu, step->cpu_count);
		columns_cell(&table, "%s", step->name);
		columns_cell(&table, "%s",
			     step_mode_kernels(&arena, &step->mode, step->kernel));
		columns_cell(&table, "%s", step->skip ? "-" : cpus.data);
		columns_cell(&table, "%s", step->bytes ? format_bytes(step->bytes, bytes) : "-");
		columns_cell(&table, "%s",
			     step->skip ? "-" : format_duration(step->duration_ns, time));
		columns_cell(&table, "%s%s%s", step->skip ? _("skipped: ") : "",
			     step->skip ? step->skip_shown : mode.size ? mode.data : "",
			     step->required ? "" : _(" (not required)"));
	}
	columns_print(&table, "  ", out);
}

static void add_disk_read(struct buf *out, struct arena *arena, const struct plan_step *step)
{
	char size[BYTES_TEXT_SIZE];

	buf_addf(out, _("Step '%s' only reads disk %s: %s, %s, slot %s, serial number %s; its hashes are in %s\n"),
		 step->name, text_cleaned(arena, step->disk->device),
		 text_cleaned(arena, step->disk->model),
		 format_bytes(step->disk->size_bytes, size),
		 text_cleaned(arena, step->disk->slot),
		 text_cleaned(arena, step->disk->serial), text_cleaned(arena, step->hashes));
}

/* Every disk that would be erased or read, with what a person must compare it by. */
static void add_disks(struct buf *out, const struct plan *plan)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	char bytes[BYTES_TEXT_SIZE], size[BYTES_TEXT_SIZE];
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		const struct plan_step *step = &plan->step[i];

		if (step->disk && step->hashes)
			add_disk_read(out, &arena, step);
		if (!step->disk || step->hashes)
			continue;
		buf_addf(out, _("Step '%s' erases disk %s: %s, %s, slot %s, serial number %s; writes at most %s\n"),
			 step->name, text_cleaned(&arena, step->disk->device),
			 text_cleaned(&arena, step->disk->model),
			 format_bytes(step->disk->size_bytes, size),
			 text_cleaned(&arena, step->disk->slot),
			 text_cleaned(&arena, step->disk->serial), format_bytes(step->bytes, bytes));
		if (step->unconfirmed)
			buf_addf(out, _("Not confirmed: %s\n"),
				 text_cleaned(&arena, step->unconfirmed));
	}
}

static void add_written(struct buf *out, const struct plan *plan)
{
	uint64_t written = plan_written_in_folder(plan, plan->step_count);
	char bytes[BYTES_TEXT_SIZE];

	if (written)
		buf_addf(out, _("Written on the disk of the run folder: at most %s\n"),
			 format_bytes(written, bytes));
}

static void add_left_out(struct buf *out, const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		if (plan->step[i].left_out)
			buf_addf(out, _("Step '%s' goes without cpu.program: %s\n"),
				 plan->step[i].name, plan->step[i].left_out_shown);
	}
}

static void add_guard(struct buf *out, const struct plan *plan)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;

	guard_show(out, plan->guard, plan->guard_count);
	if (plan->blind && plan->blind_approver)
		buf_addf(out, _("Blind: no believable cpu temperature; approved by %s\n"),
			 text_cleaned(&arena, plan->blind_approver));
	else if (plan->blind)
		buf_adds(out, _("Blind: no believable cpu temperature; the profile allows it\n"));
}

static int show(const struct cmd *cmd, const struct prepared *prepared)
{
	const struct plan *plan = &prepared->plan;
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	AUTO(buf_release) struct buf out = BUF_INIT;
	char time[DURATION_TEXT_SIZE], asked[DURATION_TEXT_SIZE];

	buf_addf(&out, _("Profile %s, version %lld, stage %s\n"), plan->profile_name,
		 (long long)plan->profile_version, stage_name(plan->stage));
	buf_addf(&out, _("Machine: %s, architecture %s\n"),
		 text_cleaned(&arena, prepared->inventory.root),
		 text_cleaned(&arena, prepared->inventory.arch));
	buf_addf(&out, _("Run folder on: %s\n\n"), plan->medium);
	add_steps(&out, plan);
	buf_addf(&out, _("\nAll steps: %s; the profile asks for %s\n"),
		 format_duration(plan->duration_ns, time), format_duration(plan->asked_ns, asked));
	if (plan->cut_short)
		buf_adds(&out,
			 _("Cut short: this profile may not be shortened, so the verdict can be no "
			   "better than INCOMPLETE\n"));
	add_written(&out, plan);
	add_disks(&out, plan);
	add_left_out(&out, plan);
	add_guard(&out, plan);
	expectations_show(&out, &prepared->profile, &prepared->inventory);
	buf_addc(&out, '\n');
	telemetry_show(&out, plan);
	return cmd_put(cmd, out.data, out.size);
}

static int show_json(const struct cmd *cmd, const struct prepared *prepared)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &text);
	plan_write(&w, NULL, &prepared->plan);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&text, '\n');
	return cmd_put(cmd, text.data, text.size);
}

/* --out need not be there yet: what counts is the folder that is, on the way up to it. */
static const char *existing_folder(struct arena *arena, const char *path)
{
	char *folder = arena_strdup(arena, path);

	while (access(folder, F_OK) < 0) {
		char *slash = strrchr(folder, '/');

		if (!slash)
			return ".";
		slash[slash == folder] = 0;
	}
	return folder;
}

static int run(struct cmd *cmd)
{
	AUTO(prepared_release) struct prepared prepared = PREPARED_INIT;
	const char *out = cmd_option(cmd, "out");
	struct prepare_ask ask = { .duration = cmd_option(cmd, "duration"),
				   .memory = cmd_option(cmd, "memory"),
				   .stage = cmd_option(cmd, "stage"),
				   .erase = cmd_option(cmd, "erase"),
				   .rehearsal = true,
				   .root = cmd_option(cmd, "root") };
	int code = prepare_profile(cmd, cmd->argument[0], &prepared);

	if (code)
		return code;
	ask.folder = existing_folder(&prepared.arena, out ? out : ".");
	code = prepare_plan(cmd, &ask, &prepared);
	if (code)
		return code;
	return cmd_option(cmd, "json") ? show_json(cmd, &prepared) : show(cmd, &prepared);
}

static const struct cmd_option option[] = {
	{ "duration", "D", N_("how long all steps together take: 90s, 10m") },
	{ "memory", "SIZE", N_("how much memory its steps test: 4GiB, or a share in percent of what is free") },
	{ "stage", "STAGE", N_("bench: try a profile of another stage without proving anything") },
	{ "out", "DIR", N_("folder that the run would write into (default: here)") },
	{ "erase", "SERIAL", N_("serial numbers of the disks that the run may erase: SN1,SN2") },
	{ "root", "DIR|FILE", N_("rehearse on a captured machine instead of this one") },
	{ "data", "DIR", N_("tables of names from there, not those that are installed") },
	{ "json", NULL, N_("print the plan as canonical JSON") },
	{ NULL, NULL, NULL },
};

extern const struct command command_plan;
const struct command command_plan = {
	.name = "plan",
	.summary = N_("rehearse a profile: what would run, on what, for how long"),
	.arguments = "PROFILE",
	.option = option,
	.argument_min = 1,
	.argument_max = 1,
	.run = run,
};
