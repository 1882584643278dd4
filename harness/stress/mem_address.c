/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mem.address: each word holds its own address, and the inverse of it, marched over in both
 * directions (March C-); after each pass the bits of the address are walked over from some lines
 * (march_walk.h), by physical address where it is known and with the caches emptied between.
 */
#include "harness/stress/march_kernel.h"

#define N_(text) (text)

static const struct kernel_spec mem_address_spec = {
	.name = "mem.address",
	.summary = N_("memory: own addresses and their inverses, and each bit of the physical "
		      "address by itself"),
	.target = TARGET_MEMORY,
	.work_unit = "byte",
};

static void program_address(const struct stress_state *state, struct march_program *program)
{
	(void)state;
	march_program_add(program, &march_c_minus, MARCH_ADDRESSES);
	march_program_add(program, &march_lr, MARCH_ADDRESSES);
}

static const struct march_kernel address = {
	.spec = &mem_address_spec, .program = program_address, .walks = true
};
MARCH_STRESSOR(mem_address, address, MARCH_ISA_MASK);
