/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/prepare.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/cmd/cpus.h"
#include "harness/cmd/folders.h"
#include "harness/cmd/kernels.h"
#include "harness/cmd/profiles.h"
#include "harness/run/disk_state.h"
#include "harness/run/mounts.h"
#include "harness/run/port.h"
#include "harness/run/room.h"
#include "harness/run/stick.h"
#include "harness/sys/code.h"
#include "harness/sys/disk.h"
#include "probes/probe.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

enum { DESCRIPTORS = 4096 };

/* A descriptor is kept for every sensor, counter and device: on a big machine that is thousands. */
static void allow_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= DESCRIPTORS)
		return;
	limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int prepare_profile(const struct cmd *cmd, const char *name, struct prepared *prepared)
{
	prepared->kernels = kernels_table(&prepared->arena);
	return profiles_load(cmd, name, &prepared->kernels, &prepared->profile);
}

/* --- machine ---------------------------------------------------------------------------------- */

static int look_at(const struct cmd *cmd, const char *path, struct prepared *prepared)
{
	AUTO(buf_release) struct buf ids = BUF_INIT;
	struct probe_place place = { .root = NULL };
	struct err err = ERR_INIT;
	int code;

	prepared->root = sysroot_open(path, &err);
	if (!prepared->root)
		return cmd_fail(cmd, &err);
	code = folders_names(cmd, &ids);
	if (code)
		return code;
	place = (struct probe_place){ .root = prepared->root, .ids = ids.data };
	if (probe_classes(&place, NULL, 0, &prepared->inventory, &err) < 0)
		return cmd_fail(cmd, &err);
	allow_descriptors();
	prepared->sensors = sensor_set_open(prepared->root, &err);
	return prepared->sensors ? EXIT_PASS : cmd_fail(cmd, &err);
}

int prepare_machine(const struct cmd *cmd, struct prepared *prepared)
{
	return look_at(cmd, NULL, prepared);
}

/* What the modules add up to where SMBIOS says so, else what the kernel has. */
static void total_memory(const struct inventory *inventory, struct plan_machine *machine)
{
	const struct component *total = inventory_find(inventory, "memory/total");
	const struct attribute *installed =
		total ? component_attribute(total, "installed_bytes") : NULL;

	if (installed && installed->kind == ATTRIBUTE_NUMBER && installed->number > 0) {
		machine->memory_total_bytes = (uint64_t)installed->number;
		machine->memory_total_certain = installed->certainty == CERTAINTY_CERTAIN;
	} else if (total) {
		machine->memory_total_bytes =
			(uint64_t)component_get_number(total, "kernel_total_bytes", 0);
	}
}

static void free_space(struct prepared *prepared, const char *folder,
		       struct plan_machine *machine)
{
	struct err why = ERR_INIT;
	struct statvfs space;

	if (sysroot_is_live(prepared->root) && stick_check(prepared->root, folder, &why) < 0)
		machine->scratch_refused = arena_copy(&prepared->arena, &why, sizeof(why));

	machine->run_medium = disk_medium(folder);
	if (statvfs(folder, &space))
		return;
	machine->disk_free_bytes = (uint64_t)space.f_bavail * space.f_frsize;
	machine->disk_size_bytes = (uint64_t)space.f_blocks * space.f_frsize;
}

/* Every series but those cpu temperatures that give nothing one can believe. */
static int believable_series(const struct cmd *cmd, struct prepared *prepared,
			     struct plan_machine *machine)
{
	size_t count;
	const struct series *series = sensor_set_series(prepared->sensors, &count);
	struct sample *sample = arena_array(&prepared->arena, struct sample, count);
	struct series *good = arena_array(&prepared->arena, struct series, count);
	struct err err = ERR_INIT;

	if (sensor_set_look(prepared->sensors, sample, &err) < 0)
		return cmd_fail(cmd, &err);
	machine->series_count = sensor_believable(series, count, sample, good);
	machine->series = good;
	return EXIT_PASS;
}

/* "64MiB", or "25%" of what is free. */
static bool scan_memory(const char *text, struct plan_machine *machine)
{
	AUTO(buf_release) struct buf share = BUF_INIT;
	size_t length = strlen(text);

	if (!length || text[length - 1] != '%')
		return scan_bytes(text, &machine->asked_bytes) == 0 && machine->asked_bytes;
	buf_add(&share, text, length - 1);
	return scan_milli(share.data, &machine->asked_milli_percent) == 0 &&
	       machine->asked_milli_percent > 0 && machine->asked_milli_percent <= 100000;
}

/* What was asked on the command line, as a plan wants it. */
static int take_asked(const struct cmd *cmd, const struct prepare_ask *ask,
		      struct plan_machine *machine)
{
	char most[DURATION_TEXT_SIZE];

	if (ask->duration &&
	    (scan_duration(ask->duration, &machine->asked_ns) < 0 || machine->asked_ns <= 0))
		return cmd_usage(cmd, _("'%s' is no duration; write 90s, 10m or 1h30m"),
				 ask->duration);
	if (machine->asked_ns > PLAN_LONGEST_NS)
		return cmd_usage(cmd, _("'%s' is too long; a run takes %s at most"), ask->duration,
				 format_duration(PLAN_LONGEST_NS, most));
	if (ask->memory && !scan_memory(ask->memory, machine))
		return cmd_usage(cmd, _("'%s' is no amount of memory; write 64MiB, 4GiB or 25%%"),
				 ask->memory);
	if (ask->stage) {
		machine->stage = stage_from_name(ask->stage);
		if (!machine->stage)
			return cmd_usage(cmd, _("'%s' is no stage; see 'cuihuo profile list'"),
					 ask->stage);
	}
	return EXIT_PASS;
}

int prepare_plan(const struct cmd *cmd, const struct prepare_ask *ask, struct prepared *prepared)
{
	struct plan_machine machine = { .inventory = &prepared->inventory, .erase = ask->erase,
					.rehearsal = ask->rehearsal };
	struct err err = ERR_INIT;
	int code = take_asked(cmd, ask, &machine);

	if (!code)
		code = look_at(cmd, ask->root, prepared);
	if (code)
		return code;
	if (ask->root)
		cpus_counted(&prepared->arena, prepared->root, &machine);
	else
		cpus_allowed(&prepared->arena, prepared->root, &machine);
	machine.memory_free_bytes = room_available(prepared->root);
	machine.telemetry = sensor_set_sources(prepared->sensors, &machine.telemetry_count);
	code = believable_series(cmd, prepared, &machine);
	if (code)
		return code;
	total_memory(&prepared->inventory, &machine);
	machine.disk = disk_states(prepared->root, &prepared->arena, &machine.disk_count);
	machine.writable_mount = mounts_writable(prepared->root, &prepared->arena);
	if (sysroot_is_live(prepared->root) && code_allowed(&err) < 0) {
		machine.code_refused = arena_copy(&prepared->arena, &err, sizeof(err));
		err_clear(&err);
	}
	machine.ports = port_states(prepared->root, &prepared->arena);
	free_space(prepared, ask->folder, &machine);
	if (getrandom(&machine.seed, sizeof(machine.seed), 0) != (ssize_t)sizeof(machine.seed)) {
		err_set_errno(&err, errno, "cannot get random bytes from the kernel");
		return cmd_fail(cmd, &err);
	}
	if (plan_make(&prepared->profile, &machine, &prepared->plan, &err) < 0)
		return cmd_fail(cmd, &err);
	return EXIT_PASS;
}

const char *prepare_boot(struct sysroot *root, struct arena *arena)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	char text[DIGEST_TEXT_SIZE];

	if (sysroot_read_line(root, "proc/sys/kernel/random/boot_id", &id, NULL) < 0 ||
	    digest_sm3_text(id.data, id.size, text, NULL) < 0)
		return "";
	return arena_strdup(arena, text);
}

void prepared_release(struct prepared *prepared)
{
	prepared->sensors = sensor_set_free(prepared->sensors);
	plan_release(&prepared->plan);
	inventory_release(&prepared->inventory);
	profile_release(&prepared->profile);
	prepared->root = sysroot_free(prepared->root);
	arena_release(&prepared->arena);
}
