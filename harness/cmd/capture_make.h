/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_CAPTURE_MAKE_H
#define CMD_CAPTURE_MAKE_H
/*
 * A machine as a redacted capture: what the probes and the sensor sources say that they read, and
 * the kernel log.
 *
 *	const char **globs = capture_globs();		NULL-terminated; free() it
 *	struct redact_map *map = redact_map_new(seed, &err);
 *	code = capture_machine(&capture, root, globs, map, &err);
 *
 * Afterwards the map knows every secret of the machine: redact_inventory() makes of a live
 * inventory what probing the capture gives.
 */
#include "harness/base/err.h"
#include "harness/model/redact.h"
#include "harness/sys/capture.h"
#include "harness/sys/sysroot.h"

const char **capture_globs(void);
int capture_machine(struct capture *capture, struct sysroot *root, const char *const *globs,
		    struct redact_map *map, struct err *err);
/* Only teaches the map what files of the machine name it, its users and its networks. */
void capture_learn(struct redact_map *map, struct sysroot *root);

#endif
