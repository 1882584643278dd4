/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lasxintrin.h>
#define MARCH_IMPL   march_lasx
#define MARCH_BYTES  32
#define MARCH_ANY(v) __lasx_xbnz_v((__m256i)(v))
#include "harness/stress/isa/march_body.h"
