/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_LIVE_FIXTURE_H
#define TESTS_LIVE_FIXTURE_H
/*
 * A run with kernels that do what a test wants, on a small root of its own:
 *
 *	struct live_fixture f;
 *	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 1s}\n", NULL);
 *	live_fixture_run(&f);		f.result; f.finish: record and verdict from the journal
 *	live_fixture_release(&f);
 *
 * Kernels: test.good works; test.crash reads a page that is nobody's on worker 0; test.illegal jumps
 * to data; test.hang never returns on worker 0; test.wrong reports one mismatch on worker 0;
 * test.fail cannot prepare; test.suicide kills its process; test.memory fills and checks its slice;
 * test.disk writes a file; test.slow prepares for three seconds. Wrong again when they are tried
 * again: test.everywhere on any core, test.core on cpu 0, test.once never.
 */
#include "harness/run/finish.h"
#include "harness/run/loop.h"
#include "tests/unit/tree.h"

struct live_fixture {
	struct tree tree;
	struct arena arena;
	struct profile profile;
	struct inventory inventory;
	struct plan plan;
	struct sysroot *root;
	struct sensor_set *sensors;
	struct run_config config;
	struct runner_patience patience;
	struct journal *journal;
	struct run_result result;
	struct finish finish;
};

extern const struct kernel_table live_fixture_kernels;
const struct stressor *live_fixture_find(const char *name);

/* `steps` and `more` (limits, guard ...; may be NULL) are YAML. The sensors are those of root/. */
void live_fixture_init(struct live_fixture *f, const char *steps, const char *more);
/* Before live_fixture_init: a hwmon chip with one cpu temperature in root/. */
void live_fixture_sensor(struct tree *tree, const char *milli_celsius);
/* Start a journal with that io (NULL: the disk), run, and derive record and verdict. */
void live_fixture_run(struct live_fixture *f, const struct journal_io *io);
/* Derive record and verdict again from the journal. */
void live_fixture_finish(struct live_fixture *f);
void live_fixture_release(struct live_fixture *f);

/* The last attempt of a step; the first finding of a code, NULL when there is none. */
const struct outcome *live_fixture_outcome(const struct live_fixture *f, size_t step);
const struct finding *live_fixture_finding(const struct live_fixture *f, const char *code);

#endif
