/* SPDX-License-Identifier: GPL-3.0-or-later */
#define HEAT_IMPL     heat_sse2
#define VEC_BYTES     16
#define VEC_REGISTERS 16
#include <stddef.h>
#include "harness/stress/isa/heat_body.h"
