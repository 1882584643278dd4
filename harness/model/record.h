/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H
/*
 * The evidence of one run: everything a verdict is derived from. Made from the journal by
 * harness/run/assemble.h; written as canonical JSON (docs/formats/record.md); its SM3 digest is what
 * a certificate signs.
 *
 * All text is UTF-8 (text_decode); text and arrays live in record.arena. Times are nanoseconds since run start; wall times are
 * seconds since 1970 UTC.
 */
#include "harness/base/arena.h"
#include "harness/base/digest.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/model/finding.h"
#include "harness/model/inventory.h"
#include "harness/model/plan.h"
#include "harness/model/profile.h"
#include "harness/model/latency.h"
#include "harness/model/module_bytes.h"
#include "harness/model/node_bytes.h"
#include "harness/model/sample.h"

#include <jansson.h>
#include <stdint.h>

#define RECORD_FORMAT 1

enum outcome_kind {
	OUTCOME_UNKNOWN = 0,	/* never ended: the journal stops in the middle */
	OUTCOME_DONE,
	OUTCOME_SKIPPED,	/* reason says why */
	OUTCOME_CRASHED,	/* a worker or the child died by a signal */
	OUTCOME_TIMED_OUT,	/* a worker hung */
	OUTCOME_STOPPED_BY_GUARD,
	OUTCOME_INTERRUPTED,	/* Ctrl-C, or a new start after a crash */
	OUTCOME_FAILED,		/* the harness could not do it; reason says why */
};

struct worker_outcome {
	unsigned int cpu;
	const char *isa;	/* instruction set of the kernel: "scalar", "avx2", "lsx" */
	const char *kernel;	/* where it was; NULL: the only one of the step */
	uint64_t kernels;	/* that it did work of, where several take turns; else 0 */
	enum outcome_kind kind;
	int64_t signal;		/* for CRASHED */
	uint64_t seed;
	uint64_t phase;		/* where it was */
	uint64_t work;		/* units done and checked */
	uint64_t distinct_bytes;	/* memory and disk: bytes verified at least once */
	uint64_t mismatches;
};

struct outcome {
	size_t step;
	uint64_t attempt;	/* from 1; resumed steps run again */
	enum outcome_kind kind;
	const char *reason;	/* English, or NULL */
	int64_t started_ns, ended_ns;
	int64_t asked_ns, done_ns;
	uint64_t work;		/* sum over workers */
	uint64_t distinct_bytes;	/* by virtual address */
	struct node_bytes_list frames;	/* memory: the same by physical address, where it is known */
	struct module_bytes_list modules;	/* likewise, by memory module */
	struct latency_list latency;	/* of requests to a disk or through a network port */
	struct worker_outcome *worker;
	size_t worker_count;
	struct outcome *next;
};

/* A series over time in at most RECORD_BUCKETS equal buckets of bucket_ns. */
#define RECORD_BUCKETS 600
struct bucket {
	uint64_t index;		/* time is index * bucket_ns; empty buckets are left out */
	uint64_t good;		/* samples of good quality */
	uint64_t bad;		/* stale, absent or implausible ones */
	int64_t min, mean, max;	/* thousandths, of the good ones; 0 when good is 0 */
};

struct record_series {
	struct series series;
	struct bucket *bucket;
	size_t bucket_count;
	int64_t first, last;	/* thousandths, of the good samples: for counters */
	uint64_t good, bad;
	/* the longest time outside of each limit of the profile, by index of the limit */
	struct record_excess {
		size_t limit;
		int64_t longest_ns;
		int64_t worst;		/* thousandths */
		struct record_excess *next;
	} *excess;
};

enum interruption_kind {
	INTERRUPTION_UNKNOWN = 0,
	INTERRUPTION_SIGNAL,	/* Ctrl-C or kill, ended in order */
	INTERRUPTION_CRASH,	/* the runner went away, same boot */
	INTERRUPTION_REBOOT,	/* another boot id, not announced */
};

struct interruption {
	enum interruption_kind kind;
	int64_t time_ns;	/* last time known before it */
	int64_t resumed_ns;	/* -1: not resumed */
	const char *boot_before, *boot_after;	/* digests of boot ids; NULL when not resumed */
	struct interruption *next;
};

/* Something changed on the machine, and whether it was put back. */
struct setting {
	const char *path;
	const char *before, *during;
	bool restored;
	struct setting *next;
};

struct record {
	struct arena arena;
	const char *run_id;		/* 32 hex digits, random */
	const char *harness_version;
	const char *serial, *lot;	/* as given, or "" */
	int64_t started_wall_s, ended_wall_s;
	int64_t duration_ns;		/* last event */
	int64_t bucket_ns;
	struct profile profile;		/* embedded: arena of its own */
	struct plan plan;
	struct inventory inventory;
	struct outcome *outcome;	/* every attempt, in order */
	struct record_series *series;
	size_t series_count;
	struct finding *finding;
	struct interruption *interruption;
	struct setting *setting;
	uint64_t samples_lost;		/* dropped because the ring was full */
	bool watcher_locked;		/* mlockall worked for the watcher */
	bool complete;			/* the end frame is there */
	const char *journal_state;	/* "clean", "torn", "damaged" */
	char journal_digest[DIGEST_TEXT_SIZE];	/* head of the chain */
};

/*
 * The version of a program that may plant faults (run/inject.h) holds this word, and what it planted
 * behind it. Nothing is certified by it.
 */
#define RECORD_INJECTED "INJECTED"
bool record_is_injected(const char *harness_version);

#define RECORD_INIT { .arena = ARENA_INIT }

void record_release(struct record *record);
void record_write(struct json_writer *w, const struct record *record);
int record_read(const json_t *object, const char *where, const struct kernel_table *kernels,
		struct record *record, struct err *err);
/*
 * The bytes of record.json, and nothing but: writing what was read must give the same bytes, so a
 * key too many, another order or another spelling is ERR_INPUT.
 */
int record_parse(const void *data, size_t size, const char *where,
		 const struct kernel_table *kernels, struct record *record, struct err *err);
const char *outcome_kind_name(enum outcome_kind kind);
/* Bytes verified at least once: physical ones where they are known. */
uint64_t outcome_covered(const struct outcome *outcome);
const char *interruption_kind_name(enum interruption_kind kind);

#endif
