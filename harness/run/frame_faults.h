/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_FRAME_FAULTS_H
#define RUN_FRAME_FAULTS_H
/*
 * What all wrong words that a worker saw in memory have in common: the key `faults` of a worker in
 * the step-end frame. frame_faults_take copies it out of the worker's line, which a broken machine
 * may have scribbled over.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/json.h"
#include "harness/stress/worker.h"

#include <jansson.h>

struct frame_faults {
	uint64_t bits;		/* that were wrong at least once; 0: there are no faults */
	uint64_t address_and, address_or;
	uint64_t page_bytes;	/* 0: no physical address is known, the two above are virtual */
	uint64_t page[WORKER_PAGES];	/* physical addresses, each once, in the order seen */
	size_t pages;
	bool more;		/* pages than these */
};

void frame_faults_take(struct worker_line *line, struct frame_faults *ret_faults);
void frame_faults_write(struct json_writer *w, const struct frame_faults *faults);
int frame_faults_read(const json_t *worker, const char *where, struct frame_faults *ret_faults,
		      struct err *err);

#endif
