/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_CHILD_H
#define SYS_CHILD_H
/*
 * Run a function in a child process and collect what it writes: for libraries that exit, print,
 * crash or hang. The child gets /dev/null as standard input, output and error.
 *
 *	static int work(int out_fd, void *argument);	writes its result to out_fd, returns 0..100
 *
 *	struct child_end end;
 *	code = child_run(work, argument, 5 * 1000000000LL, &result, &end, &err);
 *
 * child_run returns 0 when the child could be run at all; how it ended is in *ret_end, what it
 * wrote (also when it crashed later) is appended to `result`. A child that outlives `limit_ns` is
 * killed. The child dies with its parent. No threads may run in the caller.
 *
 * child_program runs a program (argv, found along PATH; no shell) the same way, its standard
 * output collected. A program that is not there ends with status 127.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct child_end {
	bool timed_out;
	int signal;	/* the signal that ended it, or 0 */
	int status;	/* its exit status when signal is 0 */
};

int child_run(int (*work)(int out_fd, void *argument), void *argument, int64_t limit_ns,
	      struct buf *result, struct child_end *ret_end, struct err *err);
int child_program(const char *const argv[], int64_t limit_ns, struct buf *result,
		  struct child_end *ret_end, struct err *err);

/*
 * Whether reading the file or device is not permitted to this process, and so to a program that it
 * runs: for programs that do not tell that from other reasons. Nothing is opened.
 */
bool child_is_denied(const char *path);

/*
 * In a child: it is killed by SIGALRM when `limit_ns` are over and this was not called again; 0:
 * never. For a child that does several things, each with a limit of its own.
 */
void child_limit(int64_t limit_ns);

/* "exited with status 1", "killed by signal 11 (Segmentation fault)", "timed out": into `out`, in English. */
void child_end_text(const struct child_end *end, struct buf *out);

#endif
