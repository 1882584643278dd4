/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/stress/isa/impl.h"

const struct isa_impl isa_impl_table[] = {
	{ .isa = ISA_SCALAR },
};

const size_t isa_impl_count = ARRAY_SIZE(isa_impl_table);
