/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/model_fixture.h"

#include "harness/base/auto.h"

#include <check.h>
#include <string.h>

static const struct param_spec vector_param[] = {
	{ .name = "rounds", .kind = PARAM_NUMBER, .min = 1, .max = 1000, .fallback = 8 },
	{ .name = "block", .kind = PARAM_BYTES, .min = 4096, .max = 1 << 20, .fallback = 65536 },
};

static const struct param_spec march_param[] = {
	{ .name = "algorithm", .kind = PARAM_CHOICE, .choices = "c-minus ss ps", .fallback = 1 },
};

static const struct param_spec budget[] = {
	{ .name = "budget", .kind = PARAM_BYTES, .min = 1ULL << 20, .max = 1ULL << 50,
	  .fallback = 16ULL << 30, .help = "bytes" },
};

static const struct kernel_spec spec[] = {
	{ .name = "cpu.integer", .target = TARGET_CPU, .work_unit = "block" },
	{ .name = "cpu.float", .target = TARGET_CPU, .work_unit = "block" },
	{ .name = "cpu.vector",
	  .target = TARGET_CPU,
	  .work_unit = "block",
	  .param = vector_param,
	  .param_count = ARRAY_SIZE(vector_param) },
	{ .name = "mem.march",
	  .target = TARGET_MEMORY,
	  .work_unit = "byte",
	  .param = march_param,
	  .param_count = ARRAY_SIZE(march_param) },
	{ .name = "disk.read", .target = TARGET_DEVICE, .work_unit = "byte" },
	{ .name = "disk.whole", .target = TARGET_DEVICE, .writes_storage = true,
	  .work_unit = "byte" },
	{ .name = "disk.verify", .target = TARGET_DISK, .writes_storage = true,
	  .work_unit = "byte", .param = budget, .param_count = ARRAY_SIZE(budget) },
	{ .name = "made.program", .target = TARGET_CPU, .makes_code = true, .work_unit = "block" },
};

static const struct kernel_spec *const table[] = { &spec[0], &spec[1], &spec[2], &spec[3],
						     &spec[4], &spec[5], &spec[6], &spec[7] };

const struct kernel_table fixture_kernels = { table, ARRAY_SIZE(table) };

const char fixture_full[] =
	"name: full\n"
	"version: 3\n"
	"stage: mass\n"
	"title: {en: Full, zh: 全项}\n"
	"applies-to:\n"
	"  arch: [aarch64, x86_64]\n"
	"  inventory:\n"
	"    - {class: cpu, is: present}\n"
	"expect:\n"
	"  - {class: memory, attribute: size_bytes, min: 4GiB}\n"
	"  - {class: block, count: 1}\n"
	"steps:\n"
	"  - {name: whole, kernel: cpu.integer, duration: 1h}\n"
	"  - name: wide\n"
	"    kernel: cpu.vector\n"
	"    duration: 30m\n"
	"    cpus: 0,2-3\n"
	"    params: {rounds: 4}\n"
	"  - {name: memory, kernel: mem.march, duration: 2h, memory: 80%, min-coverage: 60.5%}\n"
	"  - {name: disk, kernel: disk.verify, duration: 10m, floor: 1m, bytes: 2GiB, min-work: "
	"100,\n"
	"     required: no}\n"
	"limits:\n"
	"  - {metric: temperature, component: 'hwmon/*', max: 92.5C, hold: 30s}\n"
	"  - {metric: edac-corrected, max: 0, finding: edac-corrected, optional: yes}\n"
	"guard:\n"
	"  - {metric: temperature, throttle: 90C, stop: 95C, plausible: [-20C, 125C]}\n"
	"fences: {scratch: 4GiB}\n";

static int open_file(void *context, const char *name, struct buf *out, const char **ret_path,
		     struct err *err)
{
	const struct fixture_files *files = context;
	size_t i;

	for (i = 0; i < files->count; i++) {
		const struct fixture_file *file = &files->file[i];

		if (strcmp(file->name, name))
			continue;
		buf_add(out, file->text, file->size ? file->size : strlen(file->text));
		*ret_path = file->name;
		return 0;
	}
	return err_set(err, ERR_NOT_FOUND, "there is no profile '%s'", name);
}

int fixture_load(const struct fixture_files *files, const char *name, struct profile *profile,
		 struct profile_problems *problems, struct err *err)
{
	struct profile_load load = { .kernels = &fixture_kernels,
				     .open = open_file,
				     .context = (void *)files };

	return profile_load(name, &load, profile, problems, err);
}

void fixture_profile(const char *text, struct profile *profile)
{
	const struct fixture_file file = { "test", text, 0 };
	const struct fixture_files files = { &file, 1 };
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct err err = ERR_INIT;
	int code = fixture_load(&files, "test", profile, &problems, &err);

	if (code < 0)
		ck_abort_msg("%s; first at %zu:%zu: %s", err.text,
			     problems.count ? problems.problem[0].line : 0,
			     problems.count ? problems.problem[0].column : 0,
			     problems.count ? problems.problem[0].message : "");
	profile_problems_release(&problems);
}

struct node_bytes_list fixture_one_node(struct arena *arena, uint64_t bytes)
{
	struct node_bytes *node = arena_new(arena, struct node_bytes);

	node->bytes = bytes;
	return (struct node_bytes_list){ .node = node, .count = 1 };
}
