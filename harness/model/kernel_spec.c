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
