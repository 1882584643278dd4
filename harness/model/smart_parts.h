/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_SMART_PARTS_H
#define MODEL_SMART_PARTS_H
/* What smart.c and smart_ata.c share; everybody else includes smart.h. */
#include "harness/model/smart.h"

#include <jansson.h>

/* A number that is there and does not lie in [0, max] is kept apart, as what cannot be. */
void smart_take(struct smart *smart, enum smart_number which, const json_t *value, int64_t max);
/* In bytes, of `unit` bytes each. */
void smart_take_written(struct smart *smart, const json_t *value, int64_t unit);
void smart_take_ata(const json_t *root, struct smart *smart);

#endif
