/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PROFILE_H
#define MODEL_PROFILE_H
/*
 * What QA asks of a machine: declarative, from YAML (docs/formats/profile.md). `extends` is already
 * resolved here: a struct profile is the effective profile.
 *
 *	struct profile profile = PROFILE_INIT;
 *	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
 *	code = profile_load(path, &load, &profile, &problems, &err);
 *	...	problems.problem[i]: file, line, column, message; several at once
 *	profile_release(&profile);
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/kernel_spec.h"
#include "harness/model/stage.h"
#include "harness/model/step_mode.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What the inventory must say. */
enum expect_rule {
	EXPECT_PRESENT = 0,	/* the class is present */
	EXPECT_ABSENT,
	EXPECT_COUNT,		/* number of components within [min, max] */
	EXPECT_NUMBER,		/* attribute within [min, max], for every component */
	EXPECT_EQUALS,		/* attribute text equals, for every component */
	EXPECT_ONE_OF,		/* attribute text is one of the texts */
	EXPECT_BOM,		/* the parts are those of the declared bill of materials */
};

struct inventory;

struct expectation {
	enum expect_rule rule;
	const char *class;
	const char *component;		/* glob of ids within the class: "dimm/?*", or "*" */
	const char *attribute;
	int64_t min, max;		/* INT64_MIN, INT64_MAX: no bound */
	const char *const *text;	/* EQUALS, ONE_OF */
	size_t text_count;
	const char *file;		/* BOM: base name of the file that declares it */
	const struct inventory *bom;	/* BOM: as bom_make makes it; of profile->bom */
	const char *finding;		/* code where it fails; NULL: "expectation-failed" */
	bool optional;			/* a component that does not have the attribute may pass */
};

enum cpu_choice {
	CPUS_ALL = 0,
	CPUS_ONE,		/* the first allowed cpu */
	CPUS_LIST,		/* as listed, refused by plan when one is not there */
	CPUS_CORES,		/* one of each core: no siblings */
};

/*
 * A whole disk that one step of the profile may erase, or that steps may only read. It is named by where it is and what it is; which
 * one that is on this machine, and that it is the one meant, a person confirms for every run.
 */
struct fence_disk {
	const char *name;		/* what the step calls it */
	const char *slot, *model;	/* globs of these attributes of its block component */
	int64_t budget_milli_percent;	/* written at most in a run: of its size; 0: the bytes */
	uint64_t budget_bytes;
	bool disposable;		/* also when something is written on it */
	const char *hashes;		/* folder of hash sets: the disk is only read; NULL: erased */
};

struct profile_step {
	const char *name;		/* unique in the profile */
	const struct kernel_spec *kernel;	/* the first of mode.kernel, where there are several */
	struct step_mode mode;
	bool required;			/* default yes */
	enum cpu_choice cpus;
	unsigned int *cpu;		/* CPUS_LIST */
	size_t cpu_count;
	int64_t duration_ns;		/* of each turn */
	int64_t floor_ns;		/* least of that when scaled */
	uint64_t bytes;			/* memory or disk; 0: not given */
	int64_t memory_milli_percent;	/* share of free memory in thousandths of a percent; 0: not given */
	uint64_t min_work;		/* in units of the kernel; 0: none */
	int64_t min_coverage_milli_percent; /* memory: distinct bytes verified over installed; 0: none */
	struct param_value *param;	/* every parameter of the kernel, defaults filled in */
	size_t param_count;
	const char *disk;		/* TARGET_DEVICE: name of a fence_disk; else NULL */
	const char *from, *to;		/* TARGET_PORTS: names of network ports; else NULL */
};

/* A limit judged afterwards on a series: value outside [min, max] for longer than hold. */
struct limit {
	const char *metric;		/* "temperature", "work-rate", "edac-corrected" ... */
	const char *component;		/* glob such as "hwmon/coretemp*", or "*" */
	bool has_min, has_max;
	int64_t min, max;		/* thousandths of the metric's unit */
	int64_t hold_ns;
	const char *finding;		/* code to report, default "limit-exceeded" */
	bool optional;			/* a machine without such a reading may pass */
};

/* What the guard acts on while running. */
struct guard_rule {
	const char *metric;		/* "temperature" */
	const char *component;		/* glob, or "*" */
	int64_t throttle;		/* thousandths; INT64_MAX: none */
	int64_t stop;			/* thousandths; INT64_MAX: none */
	int64_t hold_ns;		/* must last that long before stop */
	int64_t silent_ns;		/* no good reading for that long counts as hot */
	int64_t min_plausible, max_plausible;
};

struct profile_source {
	const char *name;		/* base name of the YAML file */
	char digest[DIGEST_TEXT_SIZE];	/* of its bytes */
};

/* Inventories that expectations point to. */
struct profile_bom {
	struct inventory *inventory;
	struct profile_bom *next;
};

struct profile {
	struct arena arena;
	struct profile_bom *bom;
	const char *name;
	int64_t version;
	bool abstract;			/* only to be extended: cannot be planned */
	enum stage stage;
	const char *title_zh, *title_en;
	bool scalable;			/* may be shortened by --duration */
	bool blind_allowed;		/* may run without a believable temperature sensor */
	const char *blind_approver;	/* needed for batch and mass */
	const char *const *arch;	/* applies to; empty: any */
	size_t arch_count;
	struct expectation *expectation;	/* of applies-to: must hold for the profile to apply */
	size_t expectation_count;
	struct expectation *applies;
	size_t applies_count;
	struct profile_step *step;
	size_t step_count;
	struct limit *limit;
	size_t limit_count;
	struct guard_rule *guard;
	size_t guard_count;
	bool fence_scratch;		/* steps may write into a scratch folder made by us */
	uint64_t fence_scratch_bytes;	/* at most that much */
	struct fence_disk *fence_disk;	/* whole disks that steps may erase */
	size_t fence_disk_count;
	struct profile_source *source;	/* this file first, then what it extends */
	size_t source_count;
	char digest[DIGEST_TEXT_SIZE];	/* of the canonical JSON form of the effective profile */
};

#define PROFILE_INIT { .arena = ARENA_INIT }

struct profile_problem {
	const char *file;
	size_t line, column;		/* from 1 */
	const char *message;		/* in the user's language */
};

struct profile_problems {
	struct arena arena;
	struct profile_problem *problem;
	size_t count, capacity;
};

#define PROFILE_PROBLEMS_INIT { .arena = ARENA_INIT }
void profile_problems_release(struct profile_problems *problems);

/* How a file named by `extends` is found: the caller reads it (model has no door to the disk). */
struct profile_load {
	const struct kernel_table *kernels;
	/* Component classes that an expectation may name, ending with NULL; NULL: any word. */
	const char *const *component_class;
	/* Append the bytes of profile `name` to out; *ret_path is a text for messages. */
	int (*open)(void *context, const char *name, struct buf *out, const char **ret_path,
		    struct err *err);
	/* Append the bytes of a file that a profile names by its path; NULL: none can be read. */
	int (*open_file)(void *context, const char *path, struct buf *out, struct err *err);
	void *context;
};

/*
 * Parse and check profile `name`. 0 when it is good; ERR_INPUT when `problems` holds what is wrong.
 */
int profile_load(const char *name, const struct profile_load *load, struct profile *profile,
		 struct profile_problems *problems, struct err *err);
void profile_release(struct profile *profile);

/* The canonical JSON form, held by every record, so that judging needs no YAML. */
void profile_write(struct json_writer *w, const char *key, const struct profile *profile);
int profile_read(const json_t *object, const char *where, const struct kernel_table *kernels,
		 struct profile *profile, struct err *err);
/* Fill profile->digest: SM3 of what profile_write writes. */
/* An empty inventory that is released with the profile. */
struct inventory *profile_new_bom(struct profile *profile);
int profile_make_digest(struct profile *profile, struct err *err);

#endif
