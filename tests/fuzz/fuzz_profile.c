/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/json_read.h"
#include "harness/cmd/kernels.h"
#include "harness/model/profile.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *data;
	size_t size;
};

/* Every name gives the same bytes, so that a profile that extends anything goes in a circle. */
static int open_input(void *context, const char *name, struct buf *out, const char **ret_path,
		      struct err *err)
{
	const struct input *input = context;

	(void)err;
	buf_add(out, input->data, input->size);
	*ret_path = name;
	return 0;
}

/* What was written is read as the same profile. */
static void read_back(const struct profile *profile, const struct kernel_table *kernels)
{
	struct profile again = PROFILE_INIT;
	struct buf text = BUF_INIT;
	struct json_writer w;
	json_t *root;

	json_start(&w, json_buf_sink, &text);
	profile_write(&w, NULL, profile);
	if (json_finish(&w, NULL) < 0)
		abort();
	root = json_read(text.data, text.size, "again", NULL);
	if (!root || profile_read(root, "again", kernels, &again, NULL) < 0 ||
	    strcmp(again.digest, profile->digest))
		abort();
	json_decref(root);
	profile_release(&again);
	buf_release(&text);
}

/* Good, or at least one problem with a place. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct kernel_table kernels = kernels_table(&arena);
	struct input input = { data, size };
	struct profile_load load = { .kernels = &kernels, .open = open_input, .context = &input };
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct profile profile = PROFILE_INIT;
	int code = profile_load("fuzz", &load, &profile, &problems, NULL);

	if ((code == 0) != (problems.count == 0))
		abort();
	if (problems.count && (!problems.problem[0].line || !problems.problem[0].column))
		abort();
	if (code == 0)
		read_back(&profile, &kernels);
	profile_problems_release(&problems);
	profile_release(&profile);
	arena_release(&arena);
	return 0;
}
