/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form of a plan (docs/formats/plan.md): in every record, and `cuihuo plan --json`. */
#include "harness/model/plan.h"

#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

static void write_disk(struct json_writer *w, const struct plan_step *step)
{
	json_begin_object(w, "disk");
	json_text(w, "device", step->disk->device);
	json_bool(w, "disposable", step->disposable);
	json_text_if(w, "hashes", step->hashes);
	json_text(w, "model", step->disk->model);
	json_text(w, "serial", step->disk->serial);
	json_count(w, "size_bytes", step->disk->size_bytes);
	json_text(w, "slot", step->disk->slot);
	json_end(w);
}

static void write_step(struct json_writer *w, const struct plan_step *step)
{
	const uint64_t written = plan_step_written(step);

	json_begin_object(w, NULL);
	json_int(w, "asked_ns", step->asked_ns);
	json_count(w, "bytes", step->bytes);
	json_cpus(w, "cpu", step->cpu, step->cpu_count);
	if (step->disk)
		write_disk(w, step);
	json_int(w, "duration_ns", step->duration_ns);
	json_text_if(w, "from", step->from);
	json_text(w, "kernel", step->kernel->name);
	json_text_if(w, "left_out", step->left_out);
	json_int(w, "min_coverage_milli_percent", step->min_coverage_milli_percent);
	json_count(w, "min_work", step->min_work);
	step_mode_write(w, &step->mode);
	json_text(w, "name", step->name);
	params_write(w, "params", step->param, step->param_count);
	json_bool(w, "required", step->required);
	json_hex(w, "seed", step->seed);
	json_text_if(w, "skip", step->skip);
	json_text_if(w, "to", step->to);
	if (step->turn)
		json_cpus(w, "turn", step->turn, step->cpu_count);
	if (written)
		json_count(w, "written_bytes", written);
	json_end(w);
}

void plan_write(struct json_writer *w, const char *key, const struct plan *plan)
{
	size_t i;

	json_begin_object(w, key);
	json_int(w, "asked_ns", plan->asked_ns);
	json_bool(w, "blind", plan->blind);
	json_text_if(w, "blind_approver", plan->blind_approver);
	json_bool(w, "cut_short", plan->cut_short);
	json_int(w, "duration_ns", plan->duration_ns);
	guard_write(w, "guard", plan->guard, plan->guard_count);
	json_text(w, "medium", plan->medium);
	json_count(w, "memory_total_bytes", plan->memory_total_bytes);
	json_bool(w, "memory_total_certain", plan->memory_total_certain);
	json_text(w, "profile_digest", plan->profile_digest);
	json_text(w, "profile_name", plan->profile_name);
	json_int(w, "profile_version", plan->profile_version);
	json_hex(w, "seed", plan->seed);
	json_text(w, "stage", stage_name(plan->stage));
	json_begin_array(w, "steps");
	for (i = 0; i < plan->step_count; i++)
		write_step(w, &plan->step[i]);
	json_end(w);
	telemetry_sources_write(w, "telemetry", plan->telemetry, plan->telemetry_count);
	json_end(w);
}

static int read_disk(const json_t *object, const char *where, struct arena *arena,
		     struct plan_step *step, struct err *err)
{
	struct fenced_disk *disk = arena_array(arena, struct fenced_disk, 1);
	json_t *value;

	if (!json_object_get(object, "disk"))
		return 0;
	step->disk = disk;
	if (json_get_object(object, "disk", where, &value, err) < 0 ||
	    json_get_copy(value, "device", where, arena, &disk->device, err) < 0 ||
	    json_get_bool(value, "disposable", where, &step->disposable, err) < 0 ||
	    json_get_copy_or(value, "hashes", where, arena, &step->hashes, err) < 0 ||
	    json_get_copy(value, "model", where, arena, &disk->model, err) < 0 ||
	    json_get_copy(value, "serial", where, arena, &disk->serial, err) < 0 ||
	    json_get_count(value, "size_bytes", where, &disk->size_bytes, err) < 0)
		return ERR_INPUT;
	return json_get_copy(value, "slot", where, arena, &disk->slot, err);
}

/* Numbers of turns beside those of the cpus, which are in their order. */
static int read_turns(const json_t *object, const char *where, struct arena *arena,
		      struct plan_step *step, struct err *err)
{
	size_t count, i;

	step->turn_count = 1;
	if (!json_object_get(object, "turn"))
		return 0;
	if (json_get_cpus(object, "turn", where, arena, &step->turn, &count, err) < 0)
		return ERR_INPUT;
	for (i = 0; i < count && count == step->cpu_count; i++) {
		unsigned int least = i ? step->turn[i - 1] : 0;

		if (step->turn[i] < least || step->turn[i] > least + (i ? 1 : 0))
			break;
		step->turn_count = step->turn[i] + 1;
	}
	if (i == count && count == step->cpu_count)
		return 0;
	return err_set(err, ERR_INPUT, "%s: key '%s' is out of range", where, "turn");
}

static int read_step(const json_t *object, const char *where, const struct kernel_table *kernels,
		     struct arena *arena, struct plan_step *step, struct err *err)
{
	const char *kernel;
	json_t *params;

	if (json_get_int(object, "asked_ns", where, &step->asked_ns, err) < 0 ||
	    json_get_count(object, "bytes", where, &step->bytes, err) < 0 ||
	    read_disk(object, where, arena, step, err) < 0 ||
	    json_get_copy_or(object, "from", where, arena, &step->from, err) < 0 ||
	    json_get_copy_or(object, "to", where, arena, &step->to, err) < 0 ||
	    json_get_cpus(object, "cpu", where, arena, &step->cpu, &step->cpu_count, err) < 0 ||
	    json_get_int(object, "duration_ns", where, &step->duration_ns, err) < 0 ||
	    json_get_text(object, "kernel", where, &kernel, err) < 0 ||
	    json_get_copy_or(object, "left_out", where, arena, &step->left_out, err) < 0 ||
	    json_get_int(object, "min_coverage_milli_percent", where,
			 &step->min_coverage_milli_percent, err) < 0 ||
	    json_get_count(object, "min_work", where, &step->min_work, err) < 0 ||
	    step_mode_read(object, where, kernels, arena, &step->mode, err) < 0 ||
	    json_get_copy(object, "name", where, arena, &step->name, err) < 0 ||
	    json_get_object(object, "params", where, &params, err) < 0 ||
	    json_get_bool(object, "required", where, &step->required, err) < 0 ||
	    json_get_hex(object, "seed", where, &step->seed, err) < 0 ||
	    json_get_copy_or(object, "skip", where, arena, &step->skip, err) < 0 ||
	    read_turns(object, where, arena, step, err) < 0)
		return ERR_INPUT;
	step->kernel = kernel_table_find(kernels, kernel);
	if (!step->kernel)
		return err_set(err, ERR_INPUT, "%s: this version has no kernel '%s'", where,
			       kernel);
	return params_read(params, where, step->kernel, arena, &step->param, &step->param_count,
			   err);
}

static int read_scalars(const json_t *object, const char *where, struct plan *plan,
			struct err *err)
{
	struct arena *arena = &plan->arena;
	const char *stage;

	if (json_get_int(object, "asked_ns", where, &plan->asked_ns, err) < 0 ||
	    json_get_bool(object, "blind", where, &plan->blind, err) < 0 ||
	    json_get_copy_or(object, "blind_approver", where, arena, &plan->blind_approver,
			     err) < 0 ||
	    json_get_bool(object, "cut_short", where, &plan->cut_short, err) < 0 ||
	    json_get_int(object, "duration_ns", where, &plan->duration_ns, err) < 0 ||
	    json_get_copy(object, "medium", where, arena, &plan->medium, err) < 0 ||
	    json_get_count(object, "memory_total_bytes", where, &plan->memory_total_bytes,
			   err) < 0 ||
	    json_get_bool(object, "memory_total_certain", where, &plan->memory_total_certain,
			  err) < 0 ||
	    json_get_digest(object, "profile_digest", where, plan->profile_digest, err) < 0 ||
	    json_get_copy(object, "profile_name", where, arena, &plan->profile_name, err) < 0 ||
	    json_get_int(object, "profile_version", where, &plan->profile_version, err) < 0 ||
	    json_get_hex(object, "seed", where, &plan->seed, err) < 0 ||
	    json_get_text(object, "stage", where, &stage, err) < 0)
		return ERR_INPUT;
	plan->stage = stage_from_name(stage);
	return 0;
}

int plan_read(const json_t *object, const char *where, const struct kernel_table *kernels,
	      struct plan *plan, struct err *err)
{
	json_t *guard, *steps, *step, *telemetry;
	size_t i;

	if (read_scalars(object, where, plan, err) < 0 ||
	    json_get_array(object, "guard", where, &guard, err) < 0 ||
	    json_get_array(object, "steps", where, &steps, err) < 0 ||
	    guard_read(guard, where, &plan->arena, &plan->guard, &plan->guard_count, err) < 0 ||
	    json_get_array(object, "telemetry", where, &telemetry, err) < 0 ||
	    telemetry_sources_read(telemetry, where, &plan->arena, &plan->telemetry,
				   &plan->telemetry_count, err) < 0)
		return ERR_INPUT;
	plan->step_count = json_array_size(steps);
	plan->step = arena_array(&plan->arena, struct plan_step, plan->step_count);
	json_array_foreach(steps, i, step) {
		plan->step[i].index = i;
		if (read_step(step, where, kernels, &plan->arena, &plan->step[i], err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

void plan_release(struct plan *plan)
{
	arena_release(&plan->arena);
	*plan = (struct plan)PLAN_INIT;
}
