/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lsxintrin.h>
#define MARCH_IMPL   march_lsx
#define MARCH_BYTES  16
#define MARCH_ANY(v) __lsx_bnz_v((__m128i)(v))
#include "harness/stress/isa/march_body.h"
