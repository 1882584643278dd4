/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/capture_make.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/cmd/command.h"
#include "harness/sensor/source.h"
#include "probes/probe.h"

#define KERNEL_LOG "dev/kmsg"

static void add_globs(const char ***globs, size_t *count, size_t *capacity, const char *const *more)
{
	for (; more && *more; more++) {
		*globs = mem_grow(*globs, capacity, *count + 2, sizeof(**globs));
		(*globs)[(*count)++] = *more;
	}
}

const char **capture_globs(void)
{
	static const char *const always[] = { KERNEL_LOG, NULL };
	const char **globs = NULL;
	size_t count = 0, capacity = 0;
	size_t i;

	add_globs(&globs, &count, &capacity, always);
	for (i = 0; i < probe_count; i++)
		add_globs(&globs, &count, &capacity, probe_table[i]->reads);
	for (i = 0; i < sensor_source_count; i++)
		add_globs(&globs, &count, &capacity, sensor_source_table[i]->reads);
	globs[count] = NULL;
	return globs;
}

void capture_learn(struct redact_map *map, struct sysroot *root)
{
	size_t i, j;

	for (i = 0; redact_learn_globs[i]; i++) {
		AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };

		if (sysroot_glob(root, redact_learn_globs[i], &paths, NULL) < 0)
			continue;
		for (j = 0; j < paths.count; j++) {
			AUTO(buf_release) struct buf content = BUF_INIT;
			AUTO(buf_release) struct buf real = BUF_INIT;

			if (sysroot_real_path(root, paths.name[j], &real, NULL) == 0 &&
			    sysroot_read(root, paths.name[j], &content, NULL) == 0)
				redact_learn(map, real.data, content.data, content.size);
		}
	}
}

static void learn_from_capture(struct redact_map *map, const struct capture *capture)
{
	size_t i;

	for (i = 0; i < capture->entry_count; i++) {
		const struct capture_entry *entry = &capture->entry[i];

		redact_learn_path(map, entry->path);
		if (entry->kind == CAPTURE_FILE)
			redact_learn(map, entry->path, entry->data, entry->size);
		else
			redact_learn_path(map, entry->data);
	}
}

static void redact_entry(struct redact_map *map, struct arena *arena, struct capture_entry *entry)
{
	char *path = arena_strdup(arena, entry->path);
	char *data = arena_strndup(arena, entry->data, entry->size);

	if (entry->kind == CAPTURE_FILE)
		redact_apply(map, entry->path, data, entry->size);
	else
		redact_path(map, data);
	redact_path(map, path);
	entry->path = path;
	entry->data = data;
}

static void redact_capture(struct redact_map *map, struct capture *capture)
{
	size_t i;

	for (i = 0; i < capture->entry_count; i++)
		redact_entry(map, &capture->arena, &capture->entry[i]);
	for (i = 0; i < capture->fact_count; i++) {
		char *value = arena_strdup(&capture->arena, capture->fact[i].value);

		redact_fact(map, capture->fact[i].name, value);
		capture->fact[i].value = value;
	}
	capture_sort(capture);	/* interfaces may be named by their address */
}

int capture_machine(struct capture *capture, struct sysroot *root, const char *const *globs,
		    struct redact_map *map, struct err *err)
{
	int code = capture_collect(capture, root, globs, cmd_version(), err);

	if (code < 0)
		return code;
	capture_learn(map, root);
	learn_from_capture(map, capture);
	redact_capture(map, capture);
	return redact_finish(map, err);
}
