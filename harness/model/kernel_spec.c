/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/kernel_spec.h"

#include <string.h>

const struct kernel_spec *kernel_table_find(const struct kernel_table *table, const char *name)
{
	size_t i;

	for (i = 0; i < table->count; i++) {
		if (!strcmp(table->kernel[i]->name, name))
			return table->kernel[i];
	}
	return NULL;
}

const struct param_spec *kernel_spec_param(const struct kernel_spec *kernel, const char *name)
{
	size_t i;

	for (i = 0; i < kernel->param_count; i++) {
		if (!strcmp(kernel->param[i].name, name))
			return &kernel->param[i];
	}
	return NULL;
}

const char *param_choice(const struct param_spec *spec, uint64_t index, size_t *ret_length)
{
	const char *at = spec->choices + strspn(spec->choices, " ");

	while (index-- && *at) {
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	*ret_length = strcspn(at, " ");
	return *ret_length ? at : NULL;
}

int param_choice_index(const struct param_spec *spec, const char *word)
{
	const char *choice;
	size_t length;
	int i;

	for (i = 0; (choice = param_choice(spec, (uint64_t)i, &length)); i++) {
		if (strlen(word) == length && !strncmp(choice, word, length))
			return i;
	}
	return -1;
}
