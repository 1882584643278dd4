/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/profiles.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/disk.h"
#include "probes/probe.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 1 << 20, BOM_MAX = 8 << 20 };
#define SUFFIX ".yaml"

static bool has_suffix(const char *name)
{
	size_t length = strlen(name);

	return length > strlen(SUFFIX) && !strcmp(name + length - strlen(SUFFIX), SUFFIX);
}

struct finder {
	struct arena arena;
	const char *folder;	/* of the first file, once it is open; NULL before */
};

static const char *own_path(struct finder *finder, const char *name)
{
	return arena_printf(&finder->arena, "%s/profiles/%s" SUFFIX, cmd_data_folder(), name);
}

static const char *find(struct finder *finder, const char *name)
{
	const char *path;

	if (!finder->folder)
		return strchr(name, '/') || has_suffix(name) ? name : own_path(finder, name);
	path = arena_printf(&finder->arena, "%s/%s" SUFFIX, finder->folder, name);
	return access(path, F_OK) == 0 ? path : own_path(finder, name);
}

static void remember_folder(struct finder *finder, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!finder->folder)
		finder->folder =
			slash ? arena_strndup(&finder->arena, path, (size_t)(slash - path)) : ".";
}

static int open_profile(void *context, const char *name, struct buf *out, const char **ret_path,
			struct err *err)
{
	struct finder *finder = context;
	const char *path = find(finder, name);
	struct err own = ERR_INIT;
	int code;

	*ret_path = path;
	remember_folder(finder, path);
	code = disk_read_file(path, FILE_MAX, out, &own);
	if (code == ERR_NOT_FOUND && path != name)
		return err_set(
			err, code,
			"there is no profile '%s'; 'cuihuo profile list' lists them, and a file "
			"is given with its path",
			name);
	if (code < 0 && err)
		*err = own;
	return code;
}

static int open_file(void *context, const char *path, struct buf *out, struct err *err)
{
	(void)context;
	return disk_read_file(path, BOM_MAX, out, err);
}

int profiles_read(const char *name, const struct kernel_table *kernels, struct profile *profile,
		  struct profile_problems *problems, struct err *err)
{
	struct finder finder = { .arena = ARENA_INIT };
	struct profile_load load = { .kernels = kernels, .open = open_profile,
				     .open_file = open_file, .context = &finder };
	const char **class = arena_array(&finder.arena, const char *, probe_count + 1);
	size_t i;
	int code;

	for (i = 0; i < probe_count; i++)
		class[i] = probe_table[i]->name;
	load.component_class = class;
	code = profile_load(name, &load, profile, problems, err);
	arena_release(&finder.arena);
	return code;
}

void profiles_add_problems(struct buf *out, const struct profile_problems *problems)
{
	size_t i;

	for (i = 0; i < problems->count; i++) {
		const struct profile_problem *problem = &problems->problem[i];

		buf_addf(out, "%s:%zu:%zu: %s\n", problem->file, problem->line, problem->column,
			 problem->message);
	}
}

int profiles_load(const struct cmd *cmd, const char *name, const struct kernel_table *kernels,
		  struct profile *profile)
{
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	int code = profiles_read(name, kernels, profile, &problems, &err);

	profiles_add_problems(&text, &problems);
	profile_problems_release(&problems);
	fputs(text.data, stderr);
	return code < 0 ? cmd_fail(cmd, &err) : EXIT_PASS;
}

/* --- list ------------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int profiles_list(struct profiles_names *names, struct err *err)
{
	AUTO(buf_release) struct buf folder = BUF_INIT;
	const struct dirent *entry;
	DIR *dir;

	buf_addf(&folder, "%s/profiles", cmd_data_folder());
	dir = opendir(folder.data);
	if (!dir)
		return err_set_errno(err, errno, "cannot open the folder of profiles '%s'",
				     folder.data);
	while ((entry = readdir(dir))) {
		if (!has_suffix(entry->d_name) || entry->d_name[0] == '.')
			continue;
		names->name = mem_grow(names->name, &names->capacity, names->count + 1,
				       sizeof(*names->name));
		names->name[names->count] = mem_strdup(entry->d_name);
		names->name[names->count][strlen(entry->d_name) - strlen(SUFFIX)] = 0;
		names->count++;
	}
	closedir(dir);
	if (names->count)
		qsort(names->name, names->count, sizeof(*names->name), compare);
	return 0;
}

void profiles_names_release(struct profiles_names *names)
{
	size_t i;

	for (i = 0; i < names->count; i++)
		free(names->name[i]);
	free(names->name);
	*names = (struct profiles_names){ .name = NULL };
}
