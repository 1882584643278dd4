/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/random_map.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

struct redact_map *random_map(struct err *err)
{
	uint8_t seed[REDACT_SEED_SIZE];
	struct redact_map *map;

	if (getrandom(seed, sizeof(seed), 0) != sizeof(seed)) {
		err_set_errno(err, errno, "cannot draw random numbers");
		return NULL;
	}
	map = redact_map_new(seed, err);
	explicit_bzero(seed, sizeof(seed));
	return map;
}
