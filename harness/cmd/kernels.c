/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/kernels.h"

#include "harness/stress/stressor.h"

struct kernel_table kernels_table(struct arena *arena)
{
	const struct kernel_spec **spec = arena_array(arena, const struct kernel_spec *,
						      stressor_count);
	size_t i;

	for (i = 0; i < stressor_count; i++)
		spec[i] = stressor_table[i]->spec;
	return (struct kernel_table){ .kernel = spec, .count = stressor_count };
}
