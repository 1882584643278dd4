/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H
/*
 * A profile bound to one machine: which step on which cpus and bytes, for how long, with which seed,
 * what is skipped and why. Pure: the facts of the machine come in struct plan_machine.
 *
 *	struct plan plan = PLAN_INIT;
 *	code = plan_make(&profile, &machine, &plan, &err);	ERR_UNSUPPORTED: refused, err says why
 *	plan_release(&plan);
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/fence.h"
#include "harness/model/port.h"
#include "harness/model/inventory.h"
#include "harness/model/profile.h"
#include "harness/model/sample.h"
#include "harness/model/telemetry_source.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* A run's times stay within 2^53 ns, which is 104 days. */
#define PLAN_LONGEST_NS (90 * 86400 * 1000000000LL)

/*
 * Memory that is never put under test: the larger of 512 MiB and a tenth of what is free, so that
 * the harness, the desktop and the kernel's own caches stay alive.
 */
#define PLAN_RESERVE_MIN (512ULL << 20)

struct plan_machine {
	const struct inventory *inventory;
	const unsigned int *cpu;	/* cpus this process may use, ascending */
	const unsigned int *core;	/* of each, the first cpu of its core; NULL: not known */
	size_t cpu_count;
	uint64_t memory_free_bytes;	/* MemAvailable */
	uint64_t memory_total_bytes;	/* installed by SMBIOS where known, else MemTotal */
	bool memory_total_certain;	/* from SMBIOS */
	const struct series *series;	/* what the telemetry sources offer */
	size_t series_count;
	const struct telemetry_source *telemetry;	/* every source, also those without series */
	size_t telemetry_count;
	const char *run_medium;		/* of the run folder: "ext4", "tmpfs", ... */
	uint64_t disk_free_bytes;	/* there */
	uint64_t disk_size_bytes;	/* of the file system there; 0: not known */
	const struct err *scratch_refused;	/* why tests may not write there, or NULL */
	const struct disk_state *disk;	/* what the disks are used for */
	size_t disk_count;
	const struct err *code_refused;	/* why no program may run code that it made, or NULL */
	const char *writable_mount;	/* where a file system that can be written is mounted, or NULL */
	struct port_list ports;		/* what the network ports are used for */
	const char *erase;		/* serial numbers of disks that may be erased, with commas; or NULL */
	bool rehearsal;			/* nothing will run: what is not confirmed yet is only said */
	int64_t asked_ns;		/* --duration, or 0 */
	uint64_t asked_bytes;		/* --memory as a size; 0: not given */
	int64_t asked_milli_percent;	/* ... as a share of the free memory; 0: not given */
	uint64_t seed;
	enum stage stage;		/* --stage, or STAGE_UNKNOWN for the profile's own */
};

struct plan_step {
	size_t index;
	const char *name;
	const struct kernel_spec *kernel;
	bool required;
	const char *skip;		/* NULL, or why this step will not run (English) */
	const char *skip_shown;		/* the same in the user's language; only in a plan just made */
	const char *left_out;		/* NULL, or why kernels that make code are not among those of `mode` */
	const char *left_out_shown;	/* as skip_shown */
	const char *unconfirmed;	/* of a rehearsal: what a run would be refused for (user's language) */
	unsigned int *cpu;		/* one worker each; for TARGET_DISK and TARGET_DEVICE one */
	size_t cpu_count;
	struct step_mode mode;
	unsigned int *turn;		/* of each cpu, from 0, ascending; NULL: all at once */
	size_t turn_count;		/* 1: all at once */
	uint64_t bytes;			/* memory under test in all, or bytes written on disk, or read; else 0 */
	const struct fenced_disk *disk;	/* TARGET_DEVICE, not skipped: the one that is erased or read */
	bool disposable;		/* ... also when something is written on it */
	const char *hashes;		/* folder of hash sets: the disk is only read; else NULL */
	const char *from, *to;		/* TARGET_PORTS: names of the ports; else NULL */
	int64_t asked_ns;		/* what the profile says, all turns together */
	int64_t duration_ns;		/* what will be done, likewise */
	uint64_t seed;
	uint64_t min_work;
	int64_t min_coverage_milli_percent;
	struct param_value *param;
	size_t param_count;
};

struct plan {
	struct arena arena;
	const char *profile_name;
	int64_t profile_version;
	char profile_digest[DIGEST_TEXT_SIZE];
	enum stage stage;
	uint64_t seed;
	int64_t asked_ns;		/* of all steps by the profile */
	int64_t duration_ns;		/* of all steps as planned */
	bool cut_short;			/* shortened although the profile is not scalable: INCOMPLETE */
	bool blind;			/* no believable temperature sensor, and the profile allows it */
	const char *blind_approver;
	const char *medium;
	uint64_t memory_total_bytes;
	bool memory_total_certain;
	struct guard_rule *guard;
	size_t guard_count;
	struct plan_step *step;
	size_t step_count;
	struct telemetry_source *telemetry;	/* every source that was asked */
	size_t telemetry_count;
};

#define PLAN_INIT { .arena = ARENA_INIT }

int plan_make(const struct profile *profile, const struct plan_machine *machine, struct plan *plan,
	      struct err *err);
void plan_release(struct plan *plan);
void plan_write(struct json_writer *w, const char *key, const struct plan *plan);
int plan_read(const json_t *object, const char *where, const struct kernel_table *kernels,
	      struct plan *plan, struct err *err);

/* Bytes that the step writes on a disk at most; 0 where it writes none, or is skipped. */
uint64_t plan_step_written(const struct plan_step *step);
/* ... that its first `count` steps write on the disk of the run folder. */
uint64_t plan_written_in_folder(const struct plan *plan, size_t count);

/* Name of a kernel that takes turns with others, or works beside one; NULL where the step has one kernel. */
const char *plan_step_kernel(const struct plan_step *step, size_t index);

/* A believable temperature series of a cpu: used by plan (blind) and guard alike. */
bool series_is_cpu_temperature(const struct series *series);

#endif
