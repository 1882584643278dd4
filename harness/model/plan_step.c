/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/plan_step.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <string.h>

#define MIB (1ULL << 20)

/* splitmix64 (Steele, Lea, Flood 2014): neighbouring indices give unrelated seeds. */
static uint64_t seed_of(uint64_t seed, uint64_t index)
{
	uint64_t z = seed + (index + 1) * 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* err_set has said why, in both languages: English for the record, the user's for `cuihuo plan`. */
static void skip(struct plan *plan, struct plan_step *step, const struct err *why)
{
	step->skip = arena_strdup(&plan->arena, why->plain);
	step->skip_shown = arena_strdup(&plan->arena, why->text);
}

static void bind_memory(const struct profile_step *from, const struct plan_machine *machine,
			struct plan *plan, struct plan_step *step)
{
	uint64_t available = machine->memory_free_bytes;
	uint64_t tenth = available / 10;
	uint64_t reserve = tenth > PLAN_RESERVE_MIN ? tenth : PLAN_RESERVE_MIN;
	uint64_t most = available > reserve ? available - reserve : 0;
	int64_t share = from->memory_milli_percent;
	uint64_t wanted = from->bytes;
	char want[BYTES_TEXT_SIZE], have[BYTES_TEXT_SIZE];
	struct err why = ERR_INIT;

	if (!available) {
		err_set(&why, ERR_UNSUPPORTED, "how much memory is free is not known");
		skip(plan, step, &why);
		return;
	}
	if (machine->asked_bytes || machine->asked_milli_percent) {
		wanted = machine->asked_bytes;
		share = machine->asked_milli_percent;
	}
	if (share) {
		wanted = available / 100000 * (uint64_t)share;
		wanted = wanted < most ? wanted : most;
	}
	wanted -= wanted % MIB;
	if (wanted > most) {
		err_set(&why, ERR_UNSUPPORTED, "needs %s of memory, %s may be used",
			format_bytes(wanted, want), format_bytes(most, have));
		skip(plan, step, &why);
		return;
	}
	if (wanted < MIB * step->cpu_count) {
		err_set(&why, ERR_UNSUPPORTED,
			"%s of memory is less than 1 MiB for each of %zu workers",
			format_bytes(wanted, want), step->cpu_count);
		skip(plan, step, &why);
		return;
	}
	step->bytes = wanted;
}

bool plan_medium_is_memory(const char *medium)
{
	return !strcmp(medium, "tmpfs") || !strcmp(medium, "ramfs");
}

static void bind_disk(const struct profile_step *from, const struct plan_machine *machine,
		      struct plan *plan, struct plan_step *step)
{
	char want[BYTES_TEXT_SIZE], have[BYTES_TEXT_SIZE];
	struct err why = ERR_INIT;

	if (plan_medium_is_memory(machine->run_medium) ||
	    !strcmp(machine->run_medium, "overlay")) {
		err_set(&why, ERR_UNSUPPORTED,
			"the run folder lies on %s, which is no disk: choose another with --out",
			machine->run_medium);
		skip(plan, step, &why);
		return;
	}
	if (machine->scratch_refused) {
		skip(plan, step, machine->scratch_refused);
		return;
	}
	if (from->bytes > machine->disk_free_bytes ||
	    machine->disk_free_bytes - from->bytes < PLAN_DISK_RESERVE) {
		err_set(&why, ERR_UNSUPPORTED, "needs %s on disk, %s are free",
			format_bytes(from->bytes, want),
			format_bytes(machine->disk_free_bytes, have));
		skip(plan, step, &why);
		return;
	}
	step->bytes = from->bytes;
	if (plan_bind_budget(machine, plan, step, &why) < 0)
		skip(plan, step, &why);
}

static const struct fence_disk *fence_of(const struct profile_step *from,
					 const struct profile *profile)
{
	size_t i;

	for (i = 0; i < profile->fence_disk_count; i++) {
		if (!strcmp(profile->fence_disk[i].name, from->disk))
			return &profile->fence_disk[i];
	}
	return NULL;
}

static const struct fenced_disk *keep_disk(struct arena *arena, const struct fenced_disk *disk)
{
	struct fenced_disk *kept = arena_copy(arena, disk, sizeof(*disk));

	kept->device = arena_strdup(arena, disk->device);
	kept->slot = arena_strdup(arena, disk->slot);
	kept->model = arena_strdup(arena, disk->model);
	kept->serial = arena_strdup(arena, disk->serial);
	return kept;
}

/* Two fences may fit one disk. Then it would be written twice, or what the other step reads would be erased. */
static int check_only_step(const struct plan *plan, const struct plan_step *step,
			   const struct fenced_disk *disk, bool only_read, struct err *err)
{
	size_t i;

	for (i = 0; i < step->index; i++) {
		const struct plan_step *other = &plan->step[i];

		if (other->disk && !strcmp(other->disk->device, disk->device) &&
		    !(other->hashes && only_read))
			return err_set(err, ERR_UNSUPPORTED,
				       "disk %s belongs to step '%s' already: a run erases a disk once, and "
				       "none that it only reads", disk->device, other->name);
	}
	return 0;
}

/* What stands in the way of erasing it skips the step; that nobody confirmed it refuses the run. */
static int bind_device(const struct fence_disk *fence, const struct plan_machine *machine,
		       struct plan *plan, struct plan_step *step, struct err *err)
{
	const struct fence_machine disks = { machine->inventory, machine->disk,
					     machine->disk_count };
	struct fenced_disk disk;
	struct err why = ERR_INIT;

	if (fence_choose(fence, &disks, &disk, &why) < 0 ||
	    check_only_step(plan, step, &disk, fence->hashes, &why) < 0) {
		skip(plan, step, &why);
		return 0;
	}
	if (!fence->hashes && !fence_confirmed(machine->erase, disk.serial)) {
		err_set(machine->rehearsal ? &why : err, ERR_UNSUPPORTED,
			"step '%s' erases disk %s (%s, slot %s): confirm it with --erase %s",
			step->name, disk.device, disk.model, disk.slot, disk.serial);
		if (!machine->rehearsal)
			return ERR_UNSUPPORTED;
		step->unconfirmed = arena_strdup(&plan->arena, why.text);
	}
	step->disk = keep_disk(&plan->arena, &disk);
	step->disposable = fence->disposable;
	step->hashes = fence->hashes ? arena_strdup(&plan->arena, fence->hashes) : NULL;
	step->bytes = fence_budget(fence, disk.size_bytes);
	return 0;
}

static void bind_ports(const struct profile_step *from, const struct plan_machine *machine,
		       struct plan *plan, struct plan_step *step)
{
	struct err why = ERR_INIT;

	step->from = arena_strdup(&plan->arena, from->from);
	step->to = arena_strdup(&plan->arena, from->to);
	if (port_check(&machine->ports, from->from, &why) < 0 ||
	    port_check(&machine->ports, from->to, &why) < 0)
		skip(plan, step, &why);
}

static bool may_flip_bits(const struct plan_step *step)
{
	bool may = step->kernel->needs_no_writable_mount;
	size_t i;

	for (i = 0; i < step->mode.kernel_count; i++)
		may = may || step->mode.kernel[i]->needs_no_writable_mount;
	return may;
}

/* Asked again when the step begins. */
int plan_check_mounts(const struct plan_step *step, const char *writable_mount, struct err *err)
{
	if (!writable_mount || !may_flip_bits(step))
		return 0;
	return err_set(err, ERR_UNSUPPORTED,
		       "step '%s' may change memory of others, and '%s' is mounted so that it can be "
		       "written: run it from a system in memory, with nothing mounted but read-only",
		       step->name, writable_mount);
}

/* Of several kernels those that make code are left out, one alone is skipped, with its reason. */
static void leave_out_code(const struct err *refused, struct plan *plan, struct plan_step *step)
{
	struct step_mode left = step_mode_without_code(&plan->arena, &step->mode);

	if (left.kernel_count == step->mode.kernel_count && !step->kernel->makes_code &&
	    !(step->mode.beside && step->mode.beside->makes_code))
		return;
	if (!left.kernel_count) {
		skip(plan, step, refused);
		return;
	}
	step->mode = left;
	step->kernel = left.kernel[0];
	step->left_out = arena_strdup(&plan->arena, refused->plain);
	step->left_out_shown = arena_strdup(&plan->arena, refused->text);
}

int plan_bind_step(const struct profile *profile, const struct plan_machine *machine,
		   struct plan *plan, struct plan_step *step, struct err *err)
{
	const struct profile_step *from = &profile->step[step->index];
	struct arena *arena = &plan->arena;
	struct err why = ERR_INIT;
	size_t i;
	int code;

	step->name = arena_strdup(arena, from->name);
	step->kernel = from->kernel;
	step->required = from->required;
	step->seed = seed_of(machine->seed, step->index);
	step->min_work = from->min_work;
	step->min_coverage_milli_percent = from->min_coverage_milli_percent;
	step->param_count = from->param_count;
	step->param = arena_array(arena, struct param_value, from->param_count);
	for (i = 0; i < from->param_count; i++)
		step->param[i] = from->param[i];
	code = plan_bind_cpus(from, machine, plan, step, err);
	if (code < 0)
		return code;
	step->mode = step_mode_copy(arena, &from->mode);
	if (machine->code_refused)
		leave_out_code(machine->code_refused, plan, step);
	step->asked_ns = from->duration_ns * (int64_t)step->turn_count;
	if (from->kernel->target == TARGET_MEMORY)
		bind_memory(from, machine, plan, step);
	if (!step->skip && step->mode.beside && step->cpu_count < 2) {
		err_set(&why, ERR_UNSUPPORTED,
			"memory and processors at the same time need two cpus, there is one");
		skip(plan, step, &why);
	}
	if (!step->skip && plan_check_mounts(step, machine->writable_mount, &why) < 0)
		skip(plan, step, &why);
	if (from->kernel->target == TARGET_DISK)
		bind_disk(from, machine, plan, step);
	if (from->kernel->target == TARGET_PORTS)
		bind_ports(from, machine, plan, step);
	if (from->kernel->target == TARGET_DEVICE)
		return bind_device(fence_of(from, profile), machine, plan, step, err);
	return 0;
}
