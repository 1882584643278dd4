/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arm_neon.h>
#define MARCH_IMPL   march_neon
#define MARCH_BYTES  16
#define MARCH_ANY(v) (vmaxvq_u32((uint32x4_t)(v)) != 0)
#include "harness/stress/isa/march_body.h"
