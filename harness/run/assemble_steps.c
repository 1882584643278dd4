/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps and what their workers saw. */
#include "harness/run/assembly.h"

#include "harness/base/memory.h"
#include "harness/run/module_map.h"
#include "harness/stress/disk_block.h"
#include "harness/stress/hold.h"
#include "harness/stress/net_frame.h"

#include <inttypes.h>
#include <string.h>

static const struct plan_step *plan_step_of(const struct assembly *assembly, size_t step)
{
	const struct plan *plan = &assembly->record->plan;

	return step < plan->step_count ? &plan->step[step] : NULL;
}

static struct outcome *add_outcome(struct assembly *assembly, size_t step, uint64_t attempt)
{
	const struct plan_step *planned = plan_step_of(assembly, step);
	struct outcome *outcome = arena_new(assembly->arena, struct outcome);

	outcome->step = step;
	outcome->attempt = attempt;
	outcome->asked_ns = planned->asked_ns;
	*assembly->outcome_tail = outcome;
	assembly->outcome_tail = &outcome->next;
	return outcome;
}

void assemble_skipped(struct assembly *assembly)
{
	const struct plan *plan = &assembly->record->plan;
	size_t i;

	for (i = 0; i < plan->step_count; i++) {
		struct outcome *outcome;

		if (!plan->step[i].skip)
			continue;
		outcome = add_outcome(assembly, i, 1);
		outcome->kind = OUTCOME_SKIPPED;
		outcome->reason = plan->step[i].skip;
	}
}

void assemble_step_lost(struct assembly *assembly, enum outcome_kind kind, const char *reason)
{
	struct outcome *outcome = assembly->running;

	assembly->running = NULL;
	if (!outcome)
		return;
	outcome->kind = kind;
	outcome->reason = reason;
	outcome->ended_ns = assembly->time_ns;
}

int assembly_check_step(const struct assembly *assembly, size_t step, struct err *err)
{
	if (plan_step_of(assembly, step))
		return 0;
	return err_set(err, ERR_INPUT, "the journal speaks of step %zu, the plan has %zu", step,
		       assembly->record->plan.step_count);
}

int assemble_step_start(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_step value;

	if (frame_read_step(frame, assembly->arena, &value, err) < 0 ||
	    assembly_check_step(assembly, value.step, err) < 0)
		return ERR_INPUT;
	/* Only a damaged journal can have lost the end of the step before. */
	assemble_step_lost(assembly, OUTCOME_UNKNOWN, "its end is missing in the journal");
	assembly->running = add_outcome(assembly, value.step, value.attempt);
	assembly->running->started_ns = frame->time_ns;
	assembly->running->ended_ns = frame->time_ns;
	free(assembly->framed);
	assembly->framed_count = assembly->record->plan.step[value.step].cpu_count;
	assembly->framed = mem_zalloc(assembly->framed_count * sizeof(*assembly->framed) + 1);
	return 0;
}

/* --- findings --------------------------------------------------------------------------------- */

struct accused {
	const char *code;	/* for wrong data */
	const char *component;
};

/* The disk kernels say in the upper byte of the phase what the disk did (docs/kernels.md). */
enum { DISK_KIND_SHIFT = 56, NET_DIRECTION_SHIFT = 55 };

static const char *failed_request(uint64_t phase)
{
	switch (phase >> DISK_KIND_SHIFT) {
	case DISK_UNREADABLE:
		return "read";
	case DISK_UNWRITABLE:
		return "write";
	default:
		return NULL;
	}
}

/* Which way the frame went is in the phase; of all that were only counted nothing says so. */
static const char *receiving_port(const struct assembly *assembly, const struct plan_step *step,
				  uint64_t phase)
{
	const char *name = phase >> NET_DIRECTION_SHIFT & 1 ? step->from : step->to;

	return name && phase ? arena_printf(assembly->arena, "net/%s", name) : "";
}

/* Of several kernels the one that is named. */
static const struct kernel_spec *kernel_of(const struct plan_step *step, const char *named)
{
	const struct step_mode *mode = &step->mode;
	size_t i;

	if (named && mode->beside && !strcmp(mode->beside->name, named))
		return mode->beside;
	for (i = 0; named && i < mode->kernel_count; i++) {
		if (!strcmp(mode->kernel[i]->name, named))
			return mode->kernel[i];
	}
	return step->kernel;
}

static struct accused accuse(const struct assembly *assembly, size_t step, const char *kernel,
			     uint64_t phase)
{
	const struct plan_step *planned = plan_step_of(assembly, step);
	const struct component *only;

	switch (kernel_of(planned, kernel)->target) {
	case TARGET_MEMORY:
		only = module_map_only(&assembly->record->inventory);
		return (struct accused){ "memory-mismatch", only ? only->id : "" };
	case TARGET_DISK:
		return (struct accused){ failed_request(phase) ? "disk-failed" : "disk-mismatch",
					 assembly_component(assembly, "block/") };
	case TARGET_DEVICE:
		return (struct accused){ failed_request(phase) ? "disk-failed" : "disk-mismatch",
					 arena_printf(assembly->arena, "block/%s",
						      planned->disk ? planned->disk->device : "") };
	case TARGET_PORTS:
		return (struct accused){ "net-mismatch", receiving_port(assembly, planned, phase) };
	default:
		return (struct accused){ "cpu-mismatch", assembly_component(assembly, "cpu/") };
	}
}

/* Where the frame names none the step has only one. */
static const char *kernel_name(const struct assembly *assembly, size_t step, const char *named)
{
	return named ? named : plan_step_of(assembly, step)->kernel->name;
}

static void data_evidence(struct assembly *assembly, struct finding *finding,
			  const struct frame_mismatch *value)
{
	struct arena *arena = assembly->arena;
	uint64_t xor = value->want ^ value->got, fault = value->phase >> DISK_KIND_SHIFT;
	bool is_disk = !strcmp(finding->code->code, "disk-mismatch");
	/* Generation, number or file of the block that came instead: no bits of it are wrong. */
	bool is_net = !strcmp(finding->code->code, "net-mismatch");
	bool tells_header = (is_disk && fault != DISK_BITS && fault != DISK_TORN) ||
			    (is_net && fault != NET_BITS);

	if (!strcmp(finding->code->code, "disk-failed")) {
		finding_evidence(arena, finding, "errno", "%" PRIu64, value->got);
		finding_evidence(arena, finding, "request", "%s", failed_request(value->phase));
		return;
	}
	if (is_disk)
		finding_evidence(arena, finding, "fault", "%s", disk_fault_name((unsigned int)fault));
	if (is_net) {
		finding_evidence(arena, finding, "fault", "%s", net_fault_name((unsigned int)fault));
		finding_evidence(arena, finding, "frame", "%" PRIu64,
				 value->phase & ((UINT64_C(1) << NET_DIRECTION_SHIFT) - 1));
	}
	if (!tells_header && xor && !(xor & (xor - 1)))
		finding_evidence(arena, finding, "bit", "%d", __builtin_ctzll(xor));
	finding_evidence(arena, finding, "got", "0x%016" PRIx64, value->got);
	finding_evidence(arena, finding, "want", "0x%016" PRIx64, value->want);
	if (!tells_header)
		finding_evidence(arena, finding, "xor", "0x%016" PRIx64, xor);
}

/*
 * The cpu of the worker that the phase of such a kernel names; `otherwise` where it names none. Beside another
 * kernel each half counts its workers from 0 (step.h).
 */
static unsigned int named_by_phase(const struct plan_step *step, const struct frame_mismatch *value,
				   bool names, unsigned int otherwise)
{
	const struct kernel_spec *beside = step->mode.beside;
	size_t worker = value->phase & 0xffff;

	if (beside)
		worker = 2 * worker + (kernel_of(step, value->kernel) == beside);
	return names && worker < step->cpu_count ? step->cpu[worker] : otherwise;
}

/* Where the data was seen to be wrong: at the worker's own cpu, unless it goes to others. */
static unsigned int wrong_cpu(const struct assembly *assembly, const struct frame_mismatch *value)
{
	const struct plan_step *step = plan_step_of(assembly, value->step);

	return kernel_of(step, value->kernel)->phase_has_move ? value->phase & 0xffff : value->cpu;
}

static void register_evidence(struct assembly *assembly, struct finding *finding, uint64_t at)
{
	struct arena *arena = assembly->arena;

	if (at >= HOLD_ROUNDING_AT) {
		finding_evidence(arena, finding, "register", "mode of rounding");
	} else if (at >= HOLD_INTEGER_AT) {
		finding_evidence(arena, finding, "register", "integer %" PRIu64,
				 (at - HOLD_INTEGER_AT) / 8);
	} else {
		finding_evidence(arena, finding, "register", "vector %" PRIu64, at / HOLD_STRIDE);
		finding_evidence(arena, finding, "lane", "%" PRIu64, at % HOLD_STRIDE / 8);
	}
}

/* A slice of memory is written by its own worker alone, unless the kernel says who it was. */
static void other_cpu_evidence(struct assembly *assembly, struct finding *finding,
			       const struct frame_mismatch *value)
{
	const struct plan_step *step = plan_step_of(assembly, value->step);
	const struct kernel_spec *kernel = kernel_of(step, value->kernel);

	if (value->address)
		finding_evidence(assembly->arena, finding, "last_writer", "cpu %u",
				 named_by_phase(step, value, kernel->phase_has_writer, value->cpu));
	if (kernel->phase_has_judge)
		finding_evidence(assembly->arena, finding, "judge", "cpu %u",
				 named_by_phase(step, value, true, value->cpu));
	if (kernel->phase_has_move) {
		finding_evidence(assembly->arena, finding, "from_cpu", "%" PRIu64,
				 value->phase >> 16 & 0xffff);
		finding_evidence(assembly->arena, finding, "to_cpu", "%" PRIu64,
				 value->phase & 0xffff);
	}
	if (kernel->at_is_register)
		register_evidence(assembly, finding, value->at);
}

int assemble_mismatch(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct arena *arena = assembly->arena;
	struct frame_mismatch value;
	struct accused accused;
	struct finding *finding;

	if (frame_read_mismatch(frame, arena, &value, err) < 0 ||
	    assembly_check_step(assembly, value.step, err) < 0)
		return ERR_INPUT;
	accused = accuse(assembly, value.step, value.kernel, value.phase);
	finding = assembly_finding(assembly, accused.code, accused.component, (int64_t)value.step,
				   frame->time_ns);
	if (value.physical && value.page_bytes)
		finding_evidence(arena, finding, "page_frame", "0x%" PRIx64,
				 value.physical / value.page_bytes);
	if (value.node >= 0)
		finding_evidence(arena, finding, "node", "%" PRId64, value.node);
	if (value.address)
		finding_evidence(arena, finding, "address", "0x%016" PRIx64, value.address);
	finding_evidence(arena, finding, "attempt", "%" PRIu64, value.attempt);
	finding_evidence(arena, finding, "cpu", "%u", wrong_cpu(assembly, &value));
	finding_evidence(arena, finding, "isa", "%s", value.isa);
	finding_evidence(arena, finding, "kernel", "%s", kernel_name(assembly, value.step, value.kernel));
	finding_evidence(arena, finding, "offset", "0x%016" PRIx64, value.at);
	finding_evidence(arena, finding, "phase", "0x%016" PRIx64, value.phase);
	if (!strcmp(accused.code, "memory-mismatch"))
		assemble_memory_place(assembly, finding, value.physical);
	other_cpu_evidence(assembly, finding, &value);
	finding_evidence(arena, finding, "seed", "0x%016" PRIx64, value.seed);
	data_evidence(assembly, finding, &value);
	if (value.worker < assembly->framed_count)
		assembly->framed[value.worker]++;
	return 0;
}

static void worker_evidence(struct assembly *assembly, struct finding *finding,
			    const struct frame_step_end *end, size_t index)
{
	const struct worker_outcome *worker = &end->worker[index];
	const struct plan_step *step = plan_step_of(assembly, end->step);
	struct arena *arena = assembly->arena;

	finding_evidence(arena, finding, "attempt", "%" PRIu64, end->attempt);
	/* Which of those it went to did it is not known. */
	finding_evidence(arena, finding,
			 kernel_of(step, worker->kernel)->phase_has_move ? "home_cpu" : "cpu", "%u",
			 worker->cpu);
	if (end->worker_reason[index])
		finding_evidence(arena, finding, "detail", "%s", end->worker_reason[index]);
	finding_evidence(arena, finding, "isa", "%s", worker->isa);
	finding_evidence(arena, finding, "kernel", "%s",
			 kernel_name(assembly, end->step, worker->kernel));
	finding_evidence(arena, finding, "phase", "0x%016" PRIx64, worker->phase);
	finding_evidence(arena, finding, "seed", "0x%016" PRIx64, worker->seed);
	if (worker->signal)
		finding_evidence(arena, finding, "signal", "%" PRId64, worker->signal);
}

/* Wrong data beyond what was written down one by one: a finding for the rest of each worker. */
static void uncounted_mismatches(struct assembly *assembly, const struct frame_step_end *end,
				 size_t index, int64_t time_ns)
{
	uint64_t framed = index < assembly->framed_count ? assembly->framed[index] : 0;
	struct accused accused = accuse(assembly, end->step, end->worker[index].kernel, 0);
	struct finding *finding;

	if (end->worker[index].mismatches <= framed)
		return;
	finding = assembly_finding(assembly, accused.code, accused.component, (int64_t)end->step,
				   time_ns);
	worker_evidence(assembly, finding, end, index);
	finding_evidence(assembly->arena, finding, "count", "%" PRIu64,
			 end->worker[index].mismatches - framed);
}

static void worker_findings(struct assembly *assembly, const struct frame_step_end *end,
			    int64_t time_ns)
{
	struct finding *finding;
	size_t i;

	for (i = 0; i < end->worker_count; i++) {
		const char *code = NULL;

		uncounted_mismatches(assembly, end, i, time_ns);
		assemble_memory_faults(assembly, end, i, time_ns);
		if (end->worker[i].kind == OUTCOME_CRASHED)
			code = "worker-crashed";
		else if (end->worker[i].kind == OUTCOME_TIMED_OUT)
			code = "worker-hung";
		if (!code)
			continue;
		finding = assembly_finding(assembly, code, assembly_component(assembly, "cpu/"),
					   (int64_t)end->step, time_ns);
		worker_evidence(assembly, finding, end, i);
	}
}

/* What no single worker answers for: the child as a whole, or the harness. */
static void step_findings(struct assembly *assembly, const struct frame_step_end *end,
			  int64_t time_ns)
{
	const char *code = NULL;
	struct finding *finding;
	size_t i;

	if (end->kind == OUTCOME_FAILED)
		code = "step-failed";
	else if (end->kind == OUTCOME_CRASHED)
		code = "worker-crashed";
	else if (end->kind == OUTCOME_TIMED_OUT)
		code = "worker-hung";
	for (i = 0; code && end->kind != OUTCOME_FAILED && i < end->worker_count; i++) {
		if (end->worker[i].kind == end->kind)
			code = NULL; /* said already, with its worker */
	}
	if (!code)
		return;
	finding = assembly_finding(assembly, code, "", (int64_t)end->step, time_ns);
	finding_evidence(assembly->arena, finding, "attempt", "%" PRIu64, end->attempt);
	if (end->reason)
		finding_evidence(assembly->arena, finding, "detail", "%s", end->reason);
	finding_evidence(assembly->arena, finding, "kernel", "%s",
			 kernel_name(assembly, end->step, NULL));
}

/* Requests that a disk left waiting. */
static void stall_findings(struct assembly *assembly, const struct frame_step_end *end,
			   int64_t time_ns)
{
	struct arena *arena = assembly->arena;
	size_t i;

	for (i = 0; i < end->latency.count; i++) {
		const struct latency_row *row = &end->latency.row[i];
		struct finding *finding;

		if (!row->stalls)
			continue;
		finding = assembly_finding(assembly, "disk-stalled",
					   accuse(assembly, end->step, NULL, 0).component,
					   (int64_t)end->step, time_ns);
		finding_evidence(arena, finding, "attempt", "%" PRIu64, end->attempt);
		finding_evidence(arena, finding, "count", "%" PRIu64, row->stalls);
		finding_evidence(arena, finding, "kernel", "%s",
				 kernel_name(assembly, end->step, NULL));
		finding_evidence(arena, finding, "longest_ns", "%" PRId64, row->max_ns);
		finding_evidence(arena, finding, "offset", "0x%016" PRIx64, row->max_at);
		finding_evidence(arena, finding, "request", "%s", row->request);
	}
}

/* --- the end ---------------------------------------------------------------------------------- */

/* Work is counted in units of the step's own kernel: that of one beside it is its workers' alone. */
static uint64_t work_of(const struct plan_step *step, const struct worker_outcome *worker)
{
	bool beside = step->mode.beside && kernel_of(step, worker->kernel) == step->mode.beside;

	return beside ? 0 : worker->work;
}

static uint64_t add_capped(uint64_t a, uint64_t b)
{
	return a + b < a ? UINT64_MAX : a + b;
}

int assemble_step_end(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct outcome *outcome = assembly->running;
	struct frame_step_end end = { .step = 0 };
	size_t i;

	if (frame_read_step_end(frame, assembly->arena, &end, err) < 0 ||
	    assembly_check_step(assembly, end.step, err) < 0)
		return ERR_INPUT;
	if (!outcome || outcome->step != end.step || outcome->attempt != end.attempt) {
		/* Only a damaged journal can have lost its start. */
		assemble_step_lost(assembly, OUTCOME_UNKNOWN, "its end is missing in the journal");
		outcome = add_outcome(assembly, end.step, end.attempt);
		outcome->started_ns = assembly->time_ns;
	}
	assembly->running = NULL;
	outcome->kind = end.kind;
	outcome->reason = end.reason;
	outcome->ended_ns = frame->time_ns;
	outcome->done_ns = end.done_ns;
	outcome->worker_count = end.worker_count;
	outcome->worker = arena_copy(assembly->arena, end.worker,
				     end.worker_count * sizeof(*end.worker));
	for (i = 0; i < end.worker_count; i++) {
		outcome->work = add_capped(outcome->work,
					   work_of(plan_step_of(assembly, end.step), &end.worker[i]));
		outcome->distinct_bytes =
			add_capped(outcome->distinct_bytes, end.worker[i].distinct_bytes);
	}
	outcome->frames = end.frames;
	outcome->latency = end.latency;
	outcome->modules = end.modules;
	worker_findings(assembly, &end, frame->time_ns);
	step_findings(assembly, &end, frame->time_ns);
	stall_findings(assembly, &end, frame->time_ns);
	return 0;
}
