/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was planned and what was done, step by step and worker by worker. */
#include "reports/content.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* "12.5 GiB" or "1.25 M block" */
static const char *work_text(struct content *content, const struct kernel_spec *kernel,
			     uint64_t work)
{
	char text[QUANTITY_TEXT_SIZE];
	char bytes[BYTES_TEXT_SIZE];
	int64_t milli = work > INT64_MAX / 1000 ? INT64_MAX : (int64_t)work * 1000;

	if (!strcmp(kernel->work_unit, "byte"))
		return arena_strdup(&content->doc->arena, format_bytes(work, bytes));
	if (quantity_scale(milli, "count"))
		quantity_text(milli, "count", text);
	else
		quantity_count(work, text);
	return arena_printf(&content->doc->arena, "%s %s", text,
			    tr(content, strcmp(kernel->work_unit, "block") ? kernel->work_unit
									   : N_("blocks")));
}

static const char *rate_text(struct content *content, const struct kernel_spec *kernel,
			     uint64_t work, int64_t done_ns)
{
	char text[QUANTITY_TEXT_SIZE];
	__int128 rate;

	if (done_ns <= 0 || !work)
		return "-";
	rate = (__int128)work * 1000000000 * 1000 / done_ns;
	quantity_text(rate > INT64_MAX ? INT64_MAX : (int64_t)rate,
		      strcmp(kernel->work_unit, "byte") ? "1/s" : "B/s", text);
	return arena_strdup(&content->doc->arena, text);
}

/* Distinct bytes that were verified, as a share of what is installed or was to be written. */
static const char *coverage_text(struct content *content, const struct plan_step *step,
				 const struct outcome *outcome)
{
	uint64_t whole = step->kernel->target == TARGET_MEMORY
				 ? content->record->plan.memory_total_bytes
				 : step->bytes;
	char share[QUANTITY_TEXT_SIZE];
	char bytes[BYTES_TEXT_SIZE];

	if (step->kernel->target != TARGET_MEMORY && step->kernel->target != TARGET_DISK)
		return "-";
	format_bytes(outcome_covered(outcome), bytes);
	if (!whole)
		return arena_strdup(&content->doc->arena, bytes);
	quantity_text(share_milli_percent(outcome_covered(outcome), whole), "%", share);
	if (step->kernel->target == TARGET_MEMORY && !outcome->frames.count)
		return arena_printf(&content->doc->arena, "%s (%s, %s)", share, bytes,
				    tr(content, N_("virtual only")));
	return arena_printf(&content->doc->arena, "%s (%s)", share, bytes);
}

static const char *result_text(struct content *content, const struct plan_step *step,
			       const struct outcome *outcome)
{
	const char *reason = outcome ? outcome->reason : step->skip;
	const char *title = outcome_title(outcome ? outcome->kind
					  : step->skip ? OUTCOME_SKIPPED : OUTCOME_UNKNOWN);

	if (!outcome && !step->skip)
		title = N_("never began");
	return arena_printf(&content->doc->arena, "%s%s%s", tr(content, title),
			    reason && *reason ? ": " : "",
			    reason ? said(content, reason) : "");
}

static void add_attempt(struct content *content, struct block *table, const struct plan_step *step,
			const struct outcome *outcome)
{
	static const struct outcome none = { .kind = OUTCOME_UNKNOWN };
	const struct outcome *shown = outcome ? outcome : &none;
	struct document *doc = content->doc;
	struct row *row = document_row(doc, table);
	char planned[DURATION_TEXT_SIZE];
	char done[DURATION_TEXT_SIZE];
	enum tone tone = outcome ? outcome_tone(outcome->kind) : TONE_WARN;

	document_cell(doc, row, TONE_PLAIN, "%zu%s", step->index + 1,
		      shown->attempt > 1
			      ? arena_printf(&doc->arena, ".%" PRIu64, shown->attempt) : "");
	if (step->required)
		document_cell(doc, row, TONE_PLAIN, "%s", step->name);
	else
		document_cell(doc, row, TONE_PLAIN, "%s (%s)", step->name,
			      tr(content, N_("not required")));
	document_cell(doc, row, TONE_PLAIN, "%s",
		      step_mode_kernels(&doc->arena, &step->mode, step->kernel));
	document_cell(doc, row, TONE_PLAIN, "%zu", step->cpu_count);
	document_cell(doc, row, TONE_PLAIN, "%s", format_duration(step->duration_ns, planned));
	document_cell(doc, row, TONE_PLAIN, "%s", format_duration(shown->done_ns, done));
	document_cell(doc, row, TONE_PLAIN, "%s", work_text(content, step->kernel, shown->work));
	document_cell(doc, row, TONE_PLAIN, "%s",
		      rate_text(content, step->kernel, shown->work, shown->done_ns));
	document_cell(doc, row, TONE_PLAIN, "%s", coverage_text(content, step, shown));
	document_cell(doc, row, tone, "%s", result_text(content, step, outcome));
}

static void add_steps(struct content *content, struct block *section)
{
	static const struct {
		enum align align;
		const char *title;
	} head[] = {
		{ ALIGN_LEFT, "#" },		 { ALIGN_LEFT, N_("Step") },
		{ ALIGN_LEFT, N_("Test") },	 { ALIGN_RIGHT, N_("Workers") },
		{ ALIGN_RIGHT, N_("Planned") },	 { ALIGN_RIGHT, N_("Done") },
		{ ALIGN_RIGHT, N_("Work") },	 { ALIGN_RIGHT, N_("Work rate") },
		{ ALIGN_RIGHT, N_("Coverage") }, { ALIGN_LEFT, N_("Result") },
	};
	const struct record *record = content->record;
	struct block *table = document_block(content->doc, section, BLOCK_TABLE);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(head); i++)
		document_column(content->doc, table, head[i].align, tr(content, head[i].title));
	for (i = 0; i < record->plan.step_count; i++) {
		const struct outcome *outcome;
		bool began = false;

		for (outcome = record->outcome; outcome; outcome = outcome->next) {
			if (outcome->step != i)
				continue;
			add_attempt(content, table, &record->plan.step[i], outcome);
			began = true;
		}
		if (!began)
			add_attempt(content, table, &record->plan.step[i], NULL);
	}
}

/* --- workers ---------------------------------------------------------------------------------- */

static bool is_ordinary(const struct worker_outcome *worker)
{
	return worker->kind == OUTCOME_DONE && !worker->mismatches;
}

/* "0-63,65": cpus of the ordinary workers from `first` on that share its instruction set. */
static void add_cpus(struct buf *out, const struct outcome *outcome, size_t first)
{
	const struct worker_outcome *worker = outcome->worker;
	size_t i = first;

	while (i < outcome->worker_count) {
		size_t end = i;

		while (end + 1 < outcome->worker_count && is_ordinary(&worker[end + 1]) &&
		       !strcmp(worker[end + 1].isa, worker[first].isa) &&
		       worker[end + 1].cpu == worker[end].cpu + 1)
			end++;
		buf_addf(out, "%s%u", out->size ? "," : "", worker[i].cpu);
		if (end > i)
			buf_addf(out, "-%u", worker[end].cpu);
		for (i = end + 1; i < outcome->worker_count; i++) {
			if (is_ordinary(&worker[i]) && !strcmp(worker[i].isa, worker[first].isa))
				break;
		}
	}
}

static void add_group(struct content *content, struct block *table, const struct outcome *outcome,
		      size_t first)
{
	const struct plan_step *step = &content->record->plan.step[outcome->step];
	const struct worker_outcome *worker = outcome->worker;
	AUTO(buf_release) struct buf cpus = BUF_INIT;
	struct row *row = document_row(content->doc, table);
	uint64_t least = UINT64_MAX;
	uint64_t most = 0;
	const char *low;
	const char *high;
	size_t i;

	for (i = first; i < outcome->worker_count; i++) {
		if (!is_ordinary(&worker[i]) || strcmp(worker[i].isa, worker[first].isa))
			continue;
		least = worker[i].work < least ? worker[i].work : least;
		most = worker[i].work > most ? worker[i].work : most;
	}
	add_cpus(&cpus, outcome, first);
	document_cell(content->doc, row, TONE_PLAIN, "%s", step->name);
	document_cell(content->doc, row, TONE_PLAIN, "%s", cpus.data);
	document_cell(content->doc, row, TONE_PLAIN, "%s", worker[first].isa);
	low = work_text(content, step->kernel, least);
	high = work_text(content, step->kernel, most);
	if (!strcmp(low, high))
		document_cell(content->doc, row, TONE_PLAIN, "%s", high);
	else
		document_cell(content->doc, row, TONE_PLAIN, "%s ... %s", low, high);
	document_cell(content->doc, row, TONE_PLAIN, "0");
	document_cell(content->doc, row, TONE_GOOD, "%s", tr(content, outcome_title(OUTCOME_DONE)));
}

static void add_worker(struct content *content, struct block *table, const struct outcome *outcome,
		       const struct worker_outcome *worker)
{
	const struct plan_step *step = &content->record->plan.step[outcome->step];
	struct row *row = document_row(content->doc, table);

	document_cell(content->doc, row, TONE_PLAIN, "%s", step->name);
	document_cell(content->doc, row, TONE_BAD, "%u", worker->cpu);
	document_cell(content->doc, row, TONE_PLAIN, "%s", worker->isa);
	document_cell(content->doc, row, TONE_PLAIN, "%s",
		      work_text(content, step->kernel, worker->work));
	document_cell(content->doc, row, worker->mismatches ? TONE_BAD : TONE_PLAIN, "%" PRIu64,
		      worker->mismatches);
	if (worker->kind == OUTCOME_CRASHED)
		document_cell(content->doc, row, TONE_BAD,
			      tr(content, N_("crashed by signal %d (seed 0x%016llx, block %llu)")),
			      (int)worker->signal, (unsigned long long)worker->seed,
			      (unsigned long long)worker->phase);
	else
		document_cell(content->doc, row,
			      worker->mismatches ? TONE_BAD : outcome_tone(worker->kind),
			      tr(content, N_("%s (seed 0x%016llx, block %llu)")),
			      worker->mismatches ? tr(content, N_("wrong data"))
						 : tr(content, outcome_title(worker->kind)),
			      (unsigned long long)worker->seed, (unsigned long long)worker->phase);
}

/* The first ordinary worker of its instruction set in this outcome: it stands for all of them. */
static bool leads_group(const struct outcome *outcome, size_t index)
{
	size_t i;

	for (i = 0; i < index; i++) {
		if (is_ordinary(&outcome->worker[i]) &&
		    !strcmp(outcome->worker[i].isa, outcome->worker[index].isa))
			return false;
	}
	return true;
}

static void add_workers(struct content *content, struct block *section)
{
	static const char *const head[] = { N_("Step"), N_("Processors"), N_("Instruction set"),
					    N_("Work of each"), N_("Wrong data"), N_("Result") };
	struct document *doc = content->doc;
	struct block *part = document_section(doc, section, tr(content, N_("Workers")));
	struct block *table;
	const struct outcome *outcome;
	size_t i;

	document_paragraph(
		doc, part, TONE_MUTED, "%s",
		tr(content, N_("Workers that ended well share a line for each instruction "
			       "set, with the least and the most work that one of them "
			       "did; every other worker has a line of its own.")));
	table = document_block(doc, part, BLOCK_TABLE);
	for (i = 0; i < ARRAY_SIZE(head); i++)
		document_column(doc, table, i == 3 || i == 4 ? ALIGN_RIGHT : ALIGN_LEFT,
				tr(content, head[i]));
	for (outcome = content->record->outcome; outcome; outcome = outcome->next) {
		if (outcome->step >= content->record->plan.step_count)
			continue;
		for (i = 0; i < outcome->worker_count; i++) {
			if (!is_ordinary(&outcome->worker[i]))
				add_worker(content, table, outcome, &outcome->worker[i]);
			else if (leads_group(outcome, i))
				add_group(content, table, outcome, i);
		}
	}
}

/* --- requests --------------------------------------------------------------------------------- */

static void add_time(struct content *content, struct row *row, int64_t ns)
{
	char text[QUANTITY_TEXT_SIZE];

	document_cell(content->doc, row, TONE_PLAIN, "%s", quantity_text(ns / 1000, "ms", text));
}

static void add_request(struct content *content, struct block *table,
			const struct outcome *outcome, const struct latency_row *latency)
{
	static const struct {
		const char *request, *title;
	} title[] = { { "discard", N_("discard") },
		    { "read", N_("read") },
		    { "sync", N_("sync") },
		    { "write", N_("write") } };
	const struct plan_step *step = &content->record->plan.step[outcome->step];
	struct row *row = document_row(content->doc, table);
	const char *request = latency->request;
	char count[QUANTITY_TEXT_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(title); i++) {
		if (!strcmp(title[i].request, latency->request))
			request = tr(content, title[i].title);
	}
	document_cell(content->doc, row, TONE_PLAIN, "%s", step->name);
	document_cell(content->doc, row, TONE_PLAIN, "%s", request);
	document_cell(content->doc, row, TONE_PLAIN, "%s", quantity_count(latency->count, count));
	add_time(content, row, latency->p50_ns);
	add_time(content, row, latency->p99_ns);
	add_time(content, row, latency->p999_ns);
	add_time(content, row, latency->max_ns);
	document_cell(content->doc, row, latency->stalls ? TONE_WARN : TONE_PLAIN, "%s",
		      quantity_count(latency->stalls, count));
}

/* How long disks and ports took; nothing where no step asked any. */
static void add_requests(struct content *content, struct block *section)
{
	static const char *const head[] = { N_("Step"), N_("Request"), N_("Count"), N_("half within"),
					    N_("99 % within"), N_("99.9 % within"), N_("longest"),
					    N_("over a second") };
	struct document *doc = content->doc;
	struct block *table = NULL;
	const struct outcome *outcome;
	size_t i;

	for (outcome = content->record->outcome; outcome; outcome = outcome->next) {
		if (outcome->latency.count && !table) {
			section = document_section(doc, section,
						   tr(content, N_("Requests to devices")));
			table = document_block(doc, section, BLOCK_TABLE);
			for (i = 0; i < ARRAY_SIZE(head); i++)
				document_column(doc, table, i < 2 ? ALIGN_LEFT : ALIGN_RIGHT,
						tr(content, head[i]));
		}
		for (i = 0; i < outcome->latency.count; i++)
			add_request(content, table, outcome, &outcome->latency.row[i]);
	}
}

void content_steps(struct content *content)
{
	struct block *section = document_section(content->doc, content->root,
						 tr(content, N_("Steps")));

	add_steps(content, section);
	add_workers(content, section);
	add_requests(content, section);
}
