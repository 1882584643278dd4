/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PROGRAM_NAME program_interpret
#define PROGRAM_UNIT(op, lane, value, operand) (value)
#include "harness/stress/program_body.h"
