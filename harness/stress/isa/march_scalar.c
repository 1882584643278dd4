/* SPDX-License-Identifier: GPL-3.0-or-later */
#define MARCH_IMPL   march_scalar
#define MARCH_BYTES  8
#define MARCH_ANY(v) ((v)[0] != 0)
#include "harness/stress/isa/march_body.h"
