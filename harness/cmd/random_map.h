/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_RANDOM_MAP_H
#define CMD_RANDOM_MAP_H
/* A map of substitutes (model/redact.h) whose seed nobody knows: nothing leads back. */
#include "harness/model/redact.h"

/* NULL with err. Free with redact_map_free. */
struct redact_map *random_map(struct err *err);

#endif
