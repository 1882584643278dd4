/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ciphers, digests and checksums with every result passed through plant.h. */
#include "harness/stress/plant.h"

#define CRYPT_IMPL crypt_planted
#define CRYPT_UNIT(unit, lane, value, operand)                                                     \
	((__typeof__(value))plant_pass_here(PLANT_##unit, (lane), (value), (operand)))
#include "harness/stress/isa/crypt_body.h"
