/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_MARCH_RUN_H
#define STRESS_MARCH_RUN_H
/*
 * A march in place over a slice of memory: a program of stages, each an algorithm of march_table.h
 * with one content, round and round. march_run.c walks, march_content.c says what a word is.
 *
 *	march_program_make	one program for a step, shared by its workers
 *	march_run		marches until worker_go says that it is time to end
 *	march_program_free
 *
 * Nothing is overwritten that was not read and checked since it was written, a whole sweep earlier.
 * When the time is up in the middle of a sweep, what both parts of the slice hold is checked as
 * well, for half a second at most.
 */
#include "harness/stress/march.h"
#include "harness/stress/march_table.h"
#include "harness/stress/worker.h"

enum {
	MARCH_BACKGROUNDS = 10,			/* 7 inside a word, 3 across the words of a line */
	MARCH_ADDRESSES = MARCH_BACKGROUNDS,	/* each word holds its address */
	MARCH_COUNTING,				/* other values with each pass */
	MARCH_RANDOMS,				/* other values with each pass */
	MARCH_TABLES,				/* from here on: the tables of the program */
};

/* Lines of a content that repeats. */
struct march_lines {
	uint64_t *word;	/* aligned to a line, inside `base` */
	size_t lines;
	void *base;
};

struct march_stage {
	const struct march_algorithm *algorithm;
	unsigned int content;
};

struct march_program {
	struct march_stage *stage;
	size_t stages;
	struct march_lines *table;
	size_t tables;
};

/* What a stretch of memory holds: enough to say any of its words. */
struct march_content {
	uint64_t pass;
	unsigned int number;
	bool inverse;
};

/* How the caches are emptied of a block. */
struct march_flush {
	size_t block;	/* whole lines */
	void (*empty)(const struct march_flush *flush, void *memory, size_t size);
	/* what `empty` needs: the processor's way (isa/flush.h) */
	void (*lines)(const void *memory, size_t size, size_t line);
	size_t line;
	/* or a stretch of other memory: reading all of it leaves nothing else in the caches */
	void *evict;
	size_t evict_size;
};

struct march_walk;

/* The caller fills those up to hold_seconds and zeroes the rest. */
struct march {
	const struct march_impl *impl;
	const struct march_program *program;
	struct worker *worker;
	unsigned char *memory;
	size_t size;		/* whole lines */
	size_t chunk;		/* between two looks at the clock; whole lines */
	/* How the caches are emptied, so that operations go to the memory; NULL: not at all. */
	const struct march_flush *flush;
	bool flush_always;	/* of all operations, not of those of `walk` alone */
	const struct march_walk *walk;	/* not NULL: done after each stage */
	uint64_t hold_seconds;	/* between filling and the first read of each stage */
	size_t covered;		/* bytes from the start that were checked at least once */
	uint64_t checked;	/* bytes not yet given to worker_go */
	size_t written;		/* of the sweep that runs, from its start */
};

/* An empty program; stages are added in the order in which they run. */
void march_program_add(struct march_program *program, const struct march_algorithm *algorithm,
		       unsigned int content);
/* A table of `lines` lines, zeroed, for the caller to fill; *ret_content is its content. */
uint64_t *march_program_table(struct march_program *program, size_t lines,
			      unsigned int *ret_content);
void march_program_free(struct march_program *program);

/* The pattern from the line at byte `at` of the slice on, for a visit up or down. */
void march_content_at(const struct march *march, const struct march_content *content, size_t at,
		      struct march_pattern *ret_pattern, bool down);

/*
 * Operations on one line that holds `content` (0) or its inverse (1), reporting what is wrong. Not
 * counted as work: a few lines many times.
 */
void march_line(struct march *march, const struct march_content *content, uint32_t ops, size_t at);

void march_run(struct march *march);

#endif
