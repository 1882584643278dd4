/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_STEP_PARTS_H
#define RUN_STEP_PARTS_H
/* What the files of the step child share: step*.c only. All of it runs in the child. */
#include "harness/run/step.h"
#include "harness/sys/sysroot.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdbool.h>

struct step_child;

struct step_thread {
	struct step_child *child;
	unsigned int index;
	size_t kernel;			/* that it runs, but where several take turns */
	pthread_t thread;
	bool started;
	bool repeated;			/* its wrong data was tried again */
	struct worker worker;
	/* Filled by the handler of a fault, read after the jump out of it. */
	sigjmp_buf escape;
	int fault_signal, fault_code;
	void *fault_address;
};

/* The workers of one kernel: all of them, or one half. */
struct step_part {
	size_t count;
	unsigned int *cpu;
	struct stress_slice *slice;
};

struct step_child {
	const struct step_setup *setup;
	struct sysroot *root;		/* for the room there is */
	uint64_t reserve;
	struct frames *frames;		/* of all slices when they were taken; NULL: not known */
	struct stress_slice *slice;	/* memory under test, one a worker */
	struct step_part part[2];
	struct stress_state *state;	/* one a kernel */
	size_t prepared;		/* of these */
	struct step_inject *inject;	/* faults that are planted; NULL: none */
	_Atomic uint32_t hold;		/* non-zero: workers wait; step_repeat.c */
	struct step_thread *thread;	/* one a worker */
};

/* step_fault.c: handlers for all threads of the process, and what a thread does under them. */
void step_fault_install(void);
/* Run `work` on this thread; false when a fault ended it, with fault_* filled. */
bool step_fault_guard(struct step_thread *thread, void (*work)(struct step_thread *thread));

/* step_repeat.c: try wrong data again that was not yet; takes seconds when there is some. */
void step_repeat_look(struct step_child *child);

/* step_memory.c: the slice of one worker, touched by the thread that calls it. */
void step_memory_take(struct step_thread *thread);
/* The frames under the slices as they are now, and at the end those verified that stayed. */
void step_memory_note_frames(struct step_child *child);
void step_memory_count_frames(struct step_child *child);
/* 2 where a kernel works beside another: worker N belongs to part N modulo that. */
size_t step_part_count(const struct step_setup *setup);
/* How many bytes each worker on memory should have. */
size_t step_memory_share(const struct step_setup *setup);

/* step_turns.c: run the workers to their end, turn after turn. */
void step_turns_run(struct step_child *child);
/* The line of a worker; why it cannot work. */
struct worker_line *step_line_of(const struct step_thread *thread);
void step_worker_fails(struct step_thread *thread, const char *why);
/* Run main_of on a thread of each worker from `first` to `end` that can still work; wait for them. */
void step_start_threads(struct step_child *child, size_t first, size_t end,
			void *(*main_of)(void *), enum worker_state state);
void step_join_threads(struct step_child *child, size_t first, size_t end);
/* Runs `work` pinned to the worker's cpu; a fault there is that worker's crash. */
void step_guarded(struct step_thread *thread, void (*work)(struct step_thread *thread));

#endif
