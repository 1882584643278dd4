/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/lane_table.h"
#include "harness/stress/stressor.h"

#include <string.h>

extern const struct stressor stressor_cpu_integer, stressor_cpu_float, stressor_cpu_vector;
extern const struct stressor stressor_net_pair, stressor_disk_whole, stressor_disk_read;
extern const struct stressor stressor_cpu_heat, stressor_cpu_heat_split, stressor_cpu_edge;
extern const struct stressor stressor_cpu_aes, stressor_cpu_sha, stressor_cpu_sm3;
extern const struct stressor stressor_cpu_sm4, stressor_cpu_crc, stressor_cpu_clmul;
extern const struct stressor stressor_cpu_branch, stressor_cpu_ntt, stressor_cpu_sort;
extern const struct stressor stressor_cpu_string, stressor_cpu_atomic, stressor_cpu_litmus;
extern const struct stressor stressor_cpu_vote, stressor_cpu_relay, stressor_cpu_program;
extern const struct stressor stressor_cpu_switch, stressor_cpu_migrate;
extern const struct stressor stressor_mem_full, stressor_mem_march, stressor_mem_march_lr;
extern const struct stressor stressor_mem_march_ss, stressor_mem_random, stressor_mem_bus;
extern const struct stressor stressor_mem_address, stressor_mem_flush, stressor_mem_narrow;
extern const struct stressor stressor_mem_hammer, stressor_mem_owner, stressor_mem_copy, stressor_mem_modulo, stressor_mem_fade;
extern const struct stressor stressor_disk_verify, stressor_disk_order;

const struct stressor *const stressor_table[] = {
	&stressor_disk_whole,
	&stressor_cpu_integer, &stressor_cpu_float,   &stressor_cpu_vector,
	&stressor_cpu_heat,    &stressor_cpu_heat_split, &stressor_cpu_edge,
	&stressor_cpu_atomic,  &stressor_cpu_branch,  &stressor_cpu_ntt,     &stressor_cpu_sort,
	&stressor_cpu_string,  &stressor_cpu_litmus,  &stressor_cpu_vote,    &stressor_cpu_relay,
	&stressor_cpu_program, &stressor_cpu_switch,  &stressor_cpu_migrate,
	&stressor_cpu_aes,     &stressor_cpu_sha,     &stressor_cpu_sm3,     &stressor_cpu_sm4,
	&stressor_cpu_crc,     &stressor_cpu_clmul,
	&stressor_mem_full,    &stressor_mem_march,   &stressor_mem_march_lr,
	&stressor_mem_march_ss, &stressor_mem_random, &stressor_mem_bus,
	&stressor_mem_address, &stressor_mem_modulo,  &stressor_mem_narrow,  &stressor_mem_copy,
	&stressor_mem_hammer,  &stressor_mem_owner,   &stressor_mem_flush,   &stressor_mem_fade,
	&stressor_disk_verify, &stressor_disk_read, &stressor_disk_order,
	&stressor_net_pair,
#define LANE(id, ...) &stressor_lane[LANE_##id],
#include "harness/stress/lane_steps.h"
#undef LANE
};

const size_t stressor_count = ARRAY_SIZE(stressor_table);

const struct stressor *stressor_find(const char *name)
{
	size_t i;

	for (i = 0; i < stressor_count; i++) {
		if (!strcmp(stressor_table[i]->spec->name, name))
			return stressor_table[i];
	}
	return NULL;
}

static const struct param_spec *param_of(const struct kernel_spec *spec, const char *name)
{
	size_t i;

	for (i = 0; i < spec->param_count; i++) {
		if (!strcmp(spec->param[i].name, name))
			return &spec->param[i];
	}
	return NULL;
}

uint64_t stress_param(const struct stress_state *state, const struct kernel_spec *spec,
		      const char *name)
{
	const struct param_spec *param = param_of(spec, name);
	size_t i;

	for (i = 0; i < state->param_count; i++) {
		if (!strcmp(state->param[i].spec->name, name))
			return state->param[i].value;
	}
	return param ? param->fallback : 0;
}
