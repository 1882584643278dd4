/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/prepare.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/scan.h"
#include "harness/cmd/kernels.h"
#include "harness/run/room.h"
#include "harness/sys/disk.h"
#include "probes/probe.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/statvfs.h>

/* --- profile ---------------------------------------------------------------------------------- */

enum { PROFILE_SIZE_MAX = 1 << 20 };

static bool is_path(const char *name)
{
	size_t length = strlen(name);

	return strchr(name, '/') || (length > 5 && !strcmp(name + length - 5, ".yaml"));
}

static int open_profile(void *context, const char *name, struct buf *out, const char **ret_path,
			struct err *err)
{
	struct arena *arena = context;
	const char *path = is_path(name) ? name
					 : arena_printf(arena, "%s/profiles/%s.yaml",
							cmd_data_folder(), name);

	*ret_path = path;
	return disk_read_file(path, PROFILE_SIZE_MAX, out, err);
}

static void print_problems(const struct profile_problems *problems)
{
	size_t i;

	for (i = 0; i < problems->count; i++) {
		const struct profile_problem *problem = &problems->problem[i];

		fprintf(stderr, "%s:%zu:%zu: %s\n", problem->file, problem->line, problem->column,
			problem->message);
	}
}

int prepare_profile(const struct cmd *cmd, const char *name, struct prepared *prepared)
{
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct profile_load load = { .kernels = &prepared->kernels,
				     .open = open_profile,
				     .context = &prepared->arena };
	struct err err = ERR_INIT;
	int code;

	prepared->kernels = kernels_table(&prepared->arena);
	code = profile_load(name, &load, &prepared->profile, &problems, &err);
	print_problems(&problems);
	profile_problems_release(&problems);
	return code < 0 ? cmd_fail(cmd, &err) : EXIT_PASS;
}

/* --- machine ---------------------------------------------------------------------------------- */

int prepare_machine(const struct cmd *cmd, struct prepared *prepared)
{
	struct err err = ERR_INIT;

	prepared->root = sysroot_open(NULL, &err);
	if (!prepared->root ||
	    probe_machine(prepared->root, NULL, 0, &prepared->inventory, &err) < 0)
		return cmd_fail(cmd, &err);
	prepared->sensors = sensor_set_open(prepared->root, &err);
	return prepared->sensors ? EXIT_PASS : cmd_fail(cmd, &err);
}

/* The cpus this process may run on, ascending: a set of any size. */
static size_t allowed_cpus(struct arena *arena, const unsigned int **ret_cpu)
{
	size_t bits = 1024, count = 0, cpu;
	cpu_set_t *set = NULL;
	unsigned int *list;

	for (;; bits *= 2) {
		set = CPU_ALLOC(bits);
		if (!set || !sched_getaffinity(0, CPU_ALLOC_SIZE(bits), set))
			break;
		CPU_FREE(set);
		set = NULL;
		if (errno != EINVAL || bits > 1 << 20)
			break;
	}
	if (!set)
		return 0;
	list = arena_array(arena, unsigned int,
			   (size_t)CPU_COUNT_S(CPU_ALLOC_SIZE(bits), set) + 1);
	for (cpu = 0; cpu < bits; cpu++) {
		if (CPU_ISSET_S(cpu, CPU_ALLOC_SIZE(bits), set))
			list[count++] = (unsigned int)cpu;
	}
	CPU_FREE(set);
	*ret_cpu = list;
	return count;
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

static void free_space(const char *folder, struct plan_machine *machine)
{
	struct statvfs space;

	machine->run_medium = disk_medium(folder);
	if (!statvfs(folder, &space))
		machine->disk_free_bytes = (uint64_t)space.f_bavail * space.f_frsize;
}

static uint64_t free_memory(struct sysroot *root)
{
	uint64_t room = room_available(root), reserve = room_reserve(root);

	return room > reserve ? room - reserve : 0;
}

int prepare_plan(const struct cmd *cmd, const struct prepare_ask *ask, struct prepared *prepared)
{
	struct plan_machine machine = { .inventory = &prepared->inventory };
	struct err err = ERR_INIT;
	int code;

	if (ask->duration &&
	    (scan_duration(ask->duration, &machine.asked_ns) < 0 || machine.asked_ns <= 0))
		return cmd_usage(cmd, _("'%s' is no duration; write 90s, 10m or 1h30m"),
				 ask->duration);
	if (ask->stage) {
		machine.stage = stage_from_name(ask->stage);
		if (!machine.stage)
			return cmd_usage(cmd, _("'%s' is no stage; see 'cuihuo profile list'"),
					 ask->stage);
	}
	code = prepare_machine(cmd, prepared);
	if (code)
		return code;
	machine.cpu_count = allowed_cpus(&prepared->arena, &machine.cpu);
	machine.memory_free_bytes = free_memory(prepared->root);
	machine.series = sensor_set_series(prepared->sensors, &machine.series_count);
	total_memory(&prepared->inventory, &machine);
	free_space(ask->folder, &machine);
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
