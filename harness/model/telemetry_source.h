/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_TELEMETRY_SOURCE_H
#define MODEL_TELEMETRY_SOURCE_H
/*
 * What a source of telemetry gave on one machine: how many series, and where it has none, what was
 * looked at. The sources make it (sensor/source.h), the plan keeps it, so that journal, record and
 * report can say which eyes a run did not have.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

struct telemetry_source {
	const char *name;	/* "lmsensors", "edac", ... */
	uint64_t channels;
	const char *looked_at;	/* the glob below the root; NULL: it has channels */
	const char *problem;	/* why it has none or not all (English), or NULL */
};

/* Copies the list and its texts. */
struct telemetry_source *telemetry_sources_copy(struct arena *arena,
						const struct telemetry_source *source,
						size_t count);
void telemetry_sources_write(struct json_writer *w, const char *key,
			     const struct telemetry_source *source, size_t count);
/* 0, or ERR_INPUT with "WHERE: ..."; text is the arena's. */
int telemetry_sources_read(const json_t *array, const char *where, struct arena *arena,
			   struct telemetry_source **ret_source, size_t *ret_count,
			   struct err *err);

#endif
