/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SENSOR_LMSENSORS_CONFIG_H
#define SENSOR_LMSENSORS_CONFIG_H
/*
 * Does a `compute` statement of sensors.conf(5) change a feature of a chip? libsensors does not
 * tell, so the same text is read here, on the safe side: a chip pattern is compared by the first
 * part of the name only ("w83627hf" of "w83627hf-isa-*"). Where the answer is no, the raw file is
 * the value.
 */
#include <stdbool.h>

bool lmsensors_config_computes(const char *config, const char *chip, const char *feature);

#endif
