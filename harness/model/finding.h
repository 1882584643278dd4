/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H
/*
 * Something wrong that was seen, with its evidence. Codes are stable for ever; what they mean, how
 * grave they are by default and what to do about them is the table in finding_codes.c (one row a code),
 * from which the manual and the reports come. Code, component, step and evidence go into the record.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"

#include <jansson.h>
#include <stdint.h>

enum severity {
	SEVERITY_CRITICAL = 0,	/* wrong data, crash, over-temperature: fails the machine */
	SEVERITY_MAJOR,		/* fails the machine */
	SEVERITY_MINOR,		/* is shown, does not fail */
	SEVERITY_NOTE,
};

enum fault_of {
	FAULT_OF_PRODUCT = 0,	/* the machine under test */
	FAULT_OF_STATION,	/* the harness, the power, the disk of the station: verdict INCOMPLETE */
};

struct finding_code {
	const char *code;	/* "memory-mismatch" */
	enum severity severity;
	enum fault_of fault_of;
	const char *summary;	/* translatable: "Memory gave back other data than was written" */
	const char *advice;	/* translatable: what the person at the machine should do */
};

extern const struct finding_code finding_code[];
extern const size_t finding_code_count;
const struct finding_code *finding_code_find(const char *code);

/* One item of evidence: "want" -> "0x...", "cpu" -> "3". In ascending order of name. */
struct evidence {
	const char *name;
	const char *value;
	struct evidence *next;
};

struct finding {
	const struct finding_code *code;
	const char *component;	/* id in the inventory, "" when the machine as a whole */
	int64_t step;		/* index into the plan, -1 outside any step */
	int64_t time_ns;	/* since run start; -1 before or after the run */
	struct evidence *evidence;
	struct finding *next;
};

struct finding *finding_new(struct arena *arena, const char *code, const char *component,
			    int64_t step, int64_t time_ns);
void finding_evidence(struct arena *arena, struct finding *finding, const char *name,
		      const char *format, ...) __attribute__((format(printf, 4, 5)));
const char *finding_get(const struct finding *finding, const char *name);	/* or NULL */

void finding_write(struct json_writer *w, const char *key, const struct finding *finding);
/* Unknown codes of a newer version are kept as such with severity critical. */
int finding_read(const json_t *object, const char *where, struct arena *arena,
		 struct finding **ret_finding, struct err *err);

const char *severity_name(enum severity severity);	/* "critical" "major" "minor" "note" */
const char *fault_of_name(enum fault_of fault_of);	/* "product" "station" */

#endif
