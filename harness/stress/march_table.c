/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march_table.h"

#include "harness/base/auto.h"
#include "harness/stress/march.h"

enum { R0 = MARCH_R0, R1 = MARCH_R1, W0 = MARCH_W0, W1 = MARCH_W1 };
enum { UP = false, DOWN = true };

#define ALGORITHM(name_, cost_, rows)                                                              \
	{                                                                                          \
		.name = (name_), .cost = (cost_), .element = (rows), .elements = ARRAY_SIZE(rows)  \
	}

/* Van de Goor, 1993: stuck-at, transition, address decoder and unlinked coupling faults. */
static const struct march_element c_minus[] = {
	{ MARCH_DO2(R0, W1), UP },
	{ MARCH_DO2(R1, W0), UP },
	{ MARCH_DO2(R0, W1), DOWN },
	{ MARCH_DO2(R1, W0), DOWN },
};
const struct march_algorithm march_c_minus = ALGORITHM("March C-", 10, c_minus);

/* Van de Goor and others, 1996: linked faults as well, and cells that are not reached. */
static const struct march_element lr[] = {
	{ MARCH_DO2(R0, W1), DOWN },
	{ MARCH_DO4(R1, W0, R0, W1), UP },
	{ MARCH_DO2(R1, W0), UP },
	{ MARCH_DO4(R0, W1, R1, W0), UP },
};
const struct march_algorithm march_lr = ALGORITHM("March LR", 14, lr);

/* Hamdioui and others, 2002: every simple static fault of one cell or two. */
static const struct march_element ss[] = {
	{ MARCH_DO5(R0, R0, W0, R0, W1), UP },
	{ MARCH_DO5(R1, R1, W1, R1, W0), UP },
	{ MARCH_DO5(R0, R0, W0, R0, W1), DOWN },
	{ MARCH_DO5(R1, R1, W1, R1, W0), DOWN },
};
const struct march_algorithm march_ss = ALGORITHM("March SS", 22, ss);

/* The inverse in and out again: for patterns that matter by their content, not by the order. */
static const struct march_element swap[] = {
	{ MARCH_DO2(R0, W1), UP },
	{ MARCH_DO2(R1, W0), DOWN },
};
const struct march_algorithm march_swap = ALGORITHM("swap", 6, swap);

/* Only the read that ends every march: what lay there untouched. */
const struct march_algorithm march_rest = { .name = "rest", .cost = 2 };

const struct march_algorithm *const march_algorithm_table[] = {
	&march_c_minus,
	&march_lr,
	&march_ss,
	&march_swap,
	&march_rest,
};
const size_t march_algorithm_count = ARRAY_SIZE(march_algorithm_table);
