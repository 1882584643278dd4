/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole runs with real processes, kernels that misbehave on purpose, and disks that fail. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/room.h"
#include "harness/run/settings.h"
#include "harness/run/speed.h"
#include "harness/sys/clock.h"
#include "harness/sys/disk.h"
#include "tests/unit/live_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define NEXT_GOOD "  - {name: next, kernel: test.good, duration: 1s}\n"

START_TEST(a_run_of_good_steps_ends_done_and_passes)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	size_t i;

	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 1s}\n" NEXT_GOOD, NULL);
	live_fixture_run(&f, NULL);
	ck_assert_int_eq(f.result.cause, RUN_DONE);
	ck_assert(f.finish.record.complete);
	ck_assert_str_eq(f.finish.record.journal_state, "clean");
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(live_fixture_outcome(&f, i)->kind, OUTCOME_DONE);
		ck_assert_int_ge(live_fixture_outcome(&f, i)->done_ns, SECOND);
		ck_assert_uint_gt(live_fixture_outcome(&f, i)->work, 0);
	}
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_PASS);
	live_fixture_release(&f);
}
END_TEST

/* A user-mode emulator shows no /proc below its root: there no memory may be taken. */
static bool live_room(void)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open(NULL, NULL);

	return root && room_available(root) > 0;
}

START_TEST(memory_under_test_is_taken_in_full_or_not_at_all_where_no_room_is_known)
{
	struct live_fixture f = { .plan = PLAN_INIT };

	live_fixture_init(&f, "  - {name: m, kernel: test.memory, duration: 1s, bytes: 16MiB}\n", NULL);
	live_fixture_run(&f, NULL);
	if (live_room()) {
		ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_DONE);
		ck_assert_uint_eq(live_fixture_outcome(&f, 0)->distinct_bytes, 16 << 20);
	} else {
		ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_FAILED);
	}
	live_fixture_release(&f);
}
END_TEST

/* Kernels that make code are left out where none may be made: of two, one stays. */
START_TEST(one_kernel_that_is_left_of_several_has_its_work_counted)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct outcome *outcome;
	size_t i;

	live_fixture_init(&f, "  - {name: a, kernels: [test.good, test.once], slice: 100ms, duration: 1s}\n",
			  NULL);
	f.plan.step[0].mode.kernel_count = 1;
	live_fixture_run(&f, NULL);
	outcome = live_fixture_outcome(&f, 0);
	ck_assert_int_eq(outcome->kind, OUTCOME_DONE);
	for (i = 0; i < outcome->worker_count; i++)
		ck_assert_uint_eq(outcome->worker[i].kernels, 1);
	live_fixture_release(&f);
}
END_TEST

/* Of one cpu there is nothing to do beside: that step is skipped (test_plan.c). */
static bool has_two_cpus(void)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	bool has;

	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 1s}\n", NULL);
	has = f.plan.step[0].cpu_count > 1;
	live_fixture_release(&f);
	return has && live_room();
}

START_TEST(memory_and_processors_are_tested_at_once_each_by_its_half_of_the_cpus)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct outcome *outcome;
	uint64_t memory_work = 0;
	size_t i;

	if (!has_two_cpus())
		return;
	live_fixture_init(&f, "  - {name: m, kernel: test.memory, beside: test.good, duration: 1s, bytes: 16MiB}\n",
			  NULL);
	live_fixture_run(&f, NULL);
	outcome = live_fixture_outcome(&f, 0);
	ck_assert_int_eq(outcome->kind, OUTCOME_DONE);
	/* All of it belongs to the half that tests memory. */
	ck_assert_uint_ge(outcome->distinct_bytes, (16 << 20) - 4096 * outcome->worker_count);
	for (i = 0; i < outcome->worker_count; i++) {
		const struct worker_outcome *worker = &outcome->worker[i];

		ck_assert_str_eq(worker->kernel, i % 2 ? "test.good" : "test.memory");
		ck_assert_uint_gt(worker->work, 0);
		ck_assert_int_eq(!worker->distinct_bytes, i % 2);
		memory_work += i % 2 ? 0 : worker->work;
	}
	ck_assert_uint_eq(outcome->work, memory_work);
	live_fixture_release(&f);
}
END_TEST

START_TEST(wrong_data_beside_memory_accuses_the_processor_and_not_the_memory)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct finding *finding;

	if (!has_two_cpus())
		return;
	live_fixture_init(&f, "  - {name: m, kernel: test.memory, beside: test.wrong, duration: 1s, bytes: 16MiB}\n",
			  NULL);
	live_fixture_run(&f, NULL);
	ck_assert_ptr_null(live_fixture_finding(&f, "memory-mismatch"));
	finding = live_fixture_finding(&f, "cpu-mismatch");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "kernel"), "test.wrong");
	/* The first of its half is the second of all. */
	ck_assert_str_eq(finding_get(finding, "cpu"),
			 arena_printf(&f.arena, "%u", f.plan.step[0].cpu[1]));
	live_fixture_release(&f);
}
END_TEST

/* The two ways in which a worker crashes. */
static void crash_with(const char *steps)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct outcome *outcome;
	const struct finding *finding;

	live_fixture_init(&f, steps, NULL);
	live_fixture_run(&f, NULL);
	outcome = live_fixture_outcome(&f, 0);
	ck_assert_int_eq(outcome->kind, OUTCOME_CRASHED);
	ck_assert_int_eq(outcome->worker[0].kind, OUTCOME_CRASHED);
	ck_assert_int_ne(outcome->worker[0].signal, 0);
	ck_assert_uint_eq(outcome->worker[0].work, 5);
	ck_assert_uint_eq(outcome->worker[0].phase, 3);
	finding = live_fixture_finding(&f, "worker-crashed");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "cpu"), "0");
	ck_assert_ptr_nonnull(finding_get(finding, "seed"));
	if (outcome->worker_count > 1) {
		ck_assert_int_eq(outcome->worker[1].kind, OUTCOME_DONE);
		ck_assert_uint_gt(outcome->worker[1].work, 50);
	}
	ck_assert_int_eq(live_fixture_outcome(&f, 1)->kind, OUTCOME_DONE);
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_FAIL);
	live_fixture_release(&f);
}

START_TEST(a_crash_names_its_worker_and_costs_nobody_elses_results)
{
	crash_with("  - {name: bad, kernel: test.crash, duration: 1s}\n" NEXT_GOOD);
}
END_TEST

START_TEST(a_jump_into_nowhere_is_a_crash_too)
{
	crash_with("  - {name: bad, kernel: test.illegal, duration: 1s}\n" NEXT_GOOD);
}
END_TEST

START_TEST(a_hang_names_its_worker_and_costs_nobody_elses_results)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct outcome *outcome;
	const struct finding *finding;

	live_fixture_init(&f, "  - {name: bad, kernel: test.hang, duration: 1s}\n" NEXT_GOOD, NULL);
	live_fixture_run(&f, NULL);
	outcome = live_fixture_outcome(&f, 0);
	ck_assert_int_eq(outcome->kind, OUTCOME_TIMED_OUT);
	ck_assert_int_eq(outcome->worker[0].kind, OUTCOME_TIMED_OUT);
	finding = live_fixture_finding(&f, "worker-hung");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "cpu"), "0");
	ck_assert_ptr_nonnull(finding_get(finding, "seed"));
	if (outcome->worker_count > 1) {
		ck_assert_int_eq(outcome->worker[1].kind, OUTCOME_DONE);
		ck_assert_uint_gt(outcome->worker[1].work, 50);
	}
	ck_assert_int_eq(live_fixture_outcome(&f, 1)->kind, OUTCOME_DONE);
	live_fixture_release(&f);
}
END_TEST

START_TEST(wrong_data_is_a_finding_with_all_its_evidence)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct finding *finding;

	live_fixture_init(&f, "  - {name: bad, kernel: test.wrong, duration: 1s}\n", NULL);
	live_fixture_run(&f, NULL);
	finding = live_fixture_finding(&f, "cpu-mismatch");
	ck_assert_ptr_nonnull(finding);
	ck_assert_ptr_null(finding->next);
	ck_assert_str_eq(finding_get(finding, "want"), "0x000000000000ff00");
	ck_assert_str_eq(finding_get(finding, "got"), "0x000000000000ff01");
	ck_assert_str_eq(finding_get(finding, "xor"), "0x0000000000000001");
	ck_assert_str_eq(finding_get(finding, "bit"), "0");
	ck_assert_str_eq(finding_get(finding, "offset"), "0x0000000000000010");
	ck_assert_str_eq(finding_get(finding, "kernel"), "test.wrong");
	ck_assert_str_eq(finding_get(finding, "phase"), "0x0000000000000007");
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_FAIL);
	live_fixture_release(&f);
}
END_TEST

/* What came of trying it again: evidence `repeat` and `repeat_cores`, NULL for none. */
static void repeats_as(const char *kernel, const char *kind, const char *cores)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	bool alone = sysconf(_SC_NPROCESSORS_ONLN) == 1;
	const struct finding *finding;
	const char *got;

	live_fixture_init(&f, kernel, NULL);
	live_fixture_run(&f, NULL);
	finding = live_fixture_finding(&f, "cpu-mismatch");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "xor"), "0x0000000000000010");
	ck_assert_str_eq(finding_get(finding, "repeat"), kind);
	got = finding_get(finding, "repeat_cores");
	ck_assert_str_eq(got ? got : "", cores && alone ? "unknown" : cores ? cores : "");
	got = finding_get(finding, "repeat_bits");
	ck_assert_str_eq(got ? got : "", cores ? "0x0000000000000010" : "");
	got = finding_get(finding, "repeat_heat");
	ck_assert_str_eq(got ? got : "", cores ? "always" : "");
	ck_assert_ptr_nonnull(finding_get(finding, "repeat_1_same"));
	ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_DONE);
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_FAIL);
	live_fixture_release(&f);
}

START_TEST(wrong_data_that_comes_again_on_one_core_alone_is_bound_to_it)
{
	repeats_as("  - {name: bad, kernel: test.core, duration: 1s}\n", "consistent", "one-core");
}
END_TEST

START_TEST(wrong_data_that_comes_again_on_every_core_is_bound_to_none)
{
	repeats_as("  - {name: bad, kernel: test.everywhere, duration: 1s}\n", "consistent",
		   "several-cores");
}
END_TEST

START_TEST(wrong_data_that_never_comes_again_says_so_and_still_fails_the_machine)
{
	repeats_as("  - {name: bad, kernel: test.once, duration: 1s}\n", "not-repeated", NULL);
}
END_TEST

START_TEST(a_step_that_cannot_prepare_says_why_and_the_next_one_runs)
{
	struct live_fixture f = { .plan = PLAN_INIT };

	live_fixture_init(&f, "  - {name: bad, kernel: test.fail, duration: 1s}\n" NEXT_GOOD, NULL);
	live_fixture_run(&f, NULL);
	ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_FAILED);
	ck_assert_str_eq(live_fixture_outcome(&f, 0)->reason, "this kernel never can");
	ck_assert_int_eq(live_fixture_outcome(&f, 1)->kind, OUTCOME_DONE);
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_INCOMPLETE);
	live_fixture_release(&f);
}
END_TEST

static void see_remaining(void *context, const struct run_progress *progress)
{
	int *seen = context;

	if (progress->step < 0)
		return;
	/* Preparing does not eat the step's time, nor does the end come before the workers'. */
	if (progress->elapsed_ns < 2500 * (SECOND / 1000))
		ck_assert_int_eq(progress->remaining_ns, 3 * SECOND);
	else if (progress->elapsed_ns > 5 * SECOND)
		ck_assert_int_lt(progress->remaining_ns, 3 * SECOND);
	seen[progress->preparing]++;
}

START_TEST(the_time_a_step_prepares_is_none_of_its_own_and_no_slow_work)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	int seen[2] = { 0, 0 };
	size_t i, k, rates = 0;

	live_fixture_init(&f, "  - {name: a, kernel: test.slow, duration: 3s}\n", NULL);
	f.config.progress = see_remaining;
	f.config.context = seen;
	live_fixture_run(&f, NULL);
	ck_assert_int_gt(seen[true], 0);
	ck_assert_int_gt(seen[false], 1);
	ck_assert_int_lt(live_fixture_outcome(&f, 0)->done_ns, 5 * SECOND);
	for (i = 0; i < f.finish.record.series_count; i++) {
		const struct record_series *series = &f.finish.record.series[i];

		for (k = 0; !strcmp(series->series.metric, "work-rate") && k < series->bucket_count;
		     k++, rates++)
			ck_assert_int_gt(series->bucket[k].min, 0);
	}
	ck_assert_uint_gt(rates, 0);
	live_fixture_release(&f);
}
END_TEST

START_TEST(a_child_killed_by_somebody_is_the_stations_fault)
{
	struct live_fixture f = { .plan = PLAN_INIT };

	live_fixture_init(&f, "  - {name: bad, kernel: test.suicide, duration: 1s}\n" NEXT_GOOD, NULL);
	live_fixture_run(&f, NULL);
	ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_FAILED);
	ck_assert_int_eq(live_fixture_outcome(&f, 1)->kind, OUTCOME_DONE);
	ck_assert_ptr_nonnull(live_fixture_finding(&f, "step-failed"));
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_INCOMPLETE);
	live_fixture_release(&f);
}
END_TEST

START_TEST(the_scratch_folder_is_there_for_a_step_and_gone_after_it)
{
	struct live_fixture f = { .plan = PLAN_INIT };

	live_fixture_init(&f, "  - {name: disk, kernel: test.disk, duration: 1s, bytes: 1MiB}\n", NULL);
	live_fixture_run(&f, NULL);
	ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_DONE);
	ck_assert_int_ne(access(tree_path(&f.tree, "run/scratch"), F_OK), 0);
	live_fixture_release(&f);
}
END_TEST

/* --- signals, watcher, guard ------------------------------------------------------------------ */

static void press_ctrl_c(void *context, const struct run_progress *progress)
{
	int64_t *pressed_ns = context;

	if (progress->elapsed_ns < SECOND || *pressed_ns)
		return;
	*pressed_ns = clock_boot_ns();
	kill(getpid(), SIGINT);
}

START_TEST(ctrl_c_ends_in_a_complete_record_marked_interrupted_within_two_seconds)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	int64_t pressed_ns = 0;

	live_fixture_init(&f, "  - {name: a, kernel: test.hang, duration: 10m}\n", NULL);
	f.config.progress = press_ctrl_c;
	f.config.context = &pressed_ns;
	live_fixture_run(&f, NULL);
	ck_assert_int_lt(clock_boot_ns() - pressed_ns, 2 * SECOND);
	ck_assert_int_eq(f.result.cause, RUN_SIGNAL);
	ck_assert(f.finish.record.complete);
	ck_assert_ptr_nonnull(f.finish.record.interruption);
	ck_assert_int_eq(f.finish.record.interruption->kind, INTERRUPTION_SIGNAL);
	ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_INTERRUPTED);
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_INCOMPLETE);
	live_fixture_release(&f);
}
END_TEST

/* The child of this process with that name; 0 when there is none. */
static pid_t find_child(const char *wanted)
{
	DIR *list = opendir("/proc");
	const struct dirent *entry;
	pid_t found = 0;

	while ((entry = readdir(list))) {
		char path[300], name[32] = "";
		int pid = 0, parent = 0;
		FILE *file;

		snprintf(path, sizeof(path), "/proc/%s/stat", entry->d_name);
		file = fopen(path, "r");
		if (!file)
			continue;
		if (fscanf(file, "%d (%31[^)]) %*c %d", &pid, name, &parent) == 3 &&
		    parent == getpid() && !strcmp(name, wanted))
			found = pid;
		fclose(file);
	}
	closedir(list);
	return found;
}

static void kill_watcher(void *context, const struct run_progress *progress)
{
	int64_t *killed_ns = context;

	if (progress->elapsed_ns < SECOND || *killed_ns)
		return;
	*killed_ns = clock_boot_ns();
	kill(find_child("cuihuo-watcher"), SIGKILL);
}

static void check_watcher_died(const struct live_fixture *f, const char *how)
{
	const struct finding *finding = live_fixture_finding(f, "watcher-died");

	ck_assert_ptr_nonnull(finding);
	ck_assert_msg(strstr(finding_get(finding, "detail"), how) != NULL, "%s",
		      finding_get(finding, "detail"));
}

START_TEST(when_the_watcher_is_killed_the_load_stops)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	int64_t killed_ns = 0;

	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 10m}\n", NULL);
	f.config.progress = kill_watcher;
	f.config.context = &killed_ns;
	live_fixture_run(&f, NULL);
	ck_assert_int_lt(clock_boot_ns() - killed_ns, 3 * SECOND);
	ck_assert_int_eq(f.result.cause, RUN_FAULT);
	check_watcher_died(&f, "its process was ended by signal 9");
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_INCOMPLETE);
	live_fixture_release(&f);
}
END_TEST

static void stop_watcher(void *context, const struct run_progress *progress)
{
	int64_t *stopped_ns = context;

	if (progress->elapsed_ns < SECOND || *stopped_ns)
		return;
	*stopped_ns = clock_boot_ns();
	kill(find_child("cuihuo-watcher"), SIGSTOP);
}

START_TEST(a_watcher_that_hangs_is_found_while_the_runner_is_on_time)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	int64_t stopped_ns = 0;

	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 10m}\n", NULL);
	f.config.progress = stop_watcher;
	f.config.context = &stopped_ns;
	live_fixture_run(&f, NULL);
	/* Five seconds, one for the load to stop, two for the watcher that does not hear SIGTERM. */
	ck_assert_int_lt(clock_boot_ns() - stopped_ns, 10 * SECOND);
	ck_assert_int_eq(f.result.cause, RUN_FAULT);
	check_watcher_died(&f, "it gave no sign of life for ");
	check_watcher_died(&f, "(state T, processor ");
	live_fixture_release(&f);
}
END_TEST

/* Both stop, as on a machine whose host has no time, and the runner is the first to go on. */
static void stop_both(void *context, const struct run_progress *progress)
{
	pid_t runner = getpid(), watcher, *helper = context;

	if (progress->elapsed_ns < SECOND || *helper)
		return;
	watcher = find_child("cuihuo-watcher");
	*helper = fork();
	if (*helper)
		return;
	clock_wait_ns(SECOND / 10); /* the runner waits for events again */
	kill(watcher, SIGSTOP);
	kill(runner, SIGSTOP);
	clock_wait_ns(6 * SECOND);
	kill(runner, SIGCONT);
	clock_wait_ns(SECOND / 2); /* half of what it has, for a helper that is late itself */
	kill(watcher, SIGCONT);
	_exit(0);
}

START_TEST(a_machine_that_stood_still_for_six_seconds_has_no_dead_watcher)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	pid_t helper = 0;

	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 9s}\n", NULL);
	f.config.progress = stop_both;
	f.config.context = &helper;
	live_fixture_run(&f, NULL);
	ck_assert_int_gt(helper, 0);
	ck_assert_int_eq(waitpid(helper, NULL, 0), helper);
	ck_assert_ptr_null(live_fixture_finding(&f, "watcher-died"));
	ck_assert_int_eq(f.result.cause, RUN_DONE);
	ck_assert_int_eq(live_fixture_outcome(&f, 0)->kind, OUTCOME_DONE);
	live_fixture_release(&f);
}
END_TEST

/* What the slow disk needs to know; one test at a time. */
static struct {
	struct tree *tree;
	int frames;
	int64_t hot_ns;
} slow_disk;

/* The machine gets hot just as the disk stops answering for ten seconds. */
static int slow_sync(int fd)
{
	if (++slow_disk.frames == 6) {
		tree_file(slow_disk.tree, "root/sys/class/hwmon/hwmon0/temp1_input", "99000\n");
		slow_disk.hot_ns = clock_boot_ns();
		clock_wait_ns(10 * SECOND);
	}
	return journal_io_disk.sync(fd);
}

START_TEST(while_the_disk_takes_ten_seconds_the_guard_still_stops_the_load_within_two_samples)
{
	struct live_fixture f = { .tree = tree_make() };
	struct journal_io io = journal_io_disk;
	const struct outcome *outcome;
	const struct finding *finding;
	int64_t begun_ns;

	io.sync = slow_sync;
	live_fixture_sensor(&f.tree, "50000\n");
	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 10m}\n",
			 "guard:\n"
			 "  - {metric: temperature, throttle: 90C, stop: 95C, hold: 0s, plausible: [-20C, 125C]}\n");
	f.config.watcher_interval_ns = 500000000;
	slow_disk.tree = &f.tree;
	begun_ns = clock_boot_ns();
	live_fixture_run(&f, &io);
	ck_assert_int_eq(f.result.cause, RUN_GUARD);
	ck_assert_int_ge(clock_boot_ns() - slow_disk.hot_ns, 10 * SECOND);
	outcome = live_fixture_outcome(&f, 0);
	ck_assert_int_eq(outcome->kind, OUTCOME_STOPPED_BY_GUARD);
	/* The workers' last sign of life: two samples and a little after it got hot. */
	ck_assert_int_lt(outcome->started_ns + outcome->done_ns,
			 slow_disk.hot_ns - begun_ns + 2 * 500000000 + 400000000);
	finding = live_fixture_finding(&f, "guard-stop");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "value"), "99000");
	ck_assert_str_eq(finding_get(finding, "limit"), "95000");
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_FAIL);
	live_fixture_release(&f);
}
END_TEST

/* --- disks ------------------------------------------------------------------------------------ */

/* A disk with room for the start of a run, a few frames and the reserve. */
static int64_t small_disk;

static int small_reserve(int fd, int64_t offset, int64_t size)
{
	if (!offset && size > 1 << 20) /* more than is needed for the start */
		return -ENOSPC;
	if (!offset)
		small_disk = size + 900;
	return offset + size > small_disk ? -ENOSPC : journal_io_disk.reserve(fd, offset, size);
}

static int small_write(int fd, const void *data, size_t size, int64_t offset)
{
	return offset + (int64_t)size > small_disk ? -ENOSPC
						   : journal_io_disk.write(fd, data, size, offset);
}

START_TEST(a_full_disk_ends_the_run_as_a_station_fault_with_everything_so_far_readable)
{
	struct journal_io io = { small_write, journal_io_disk.sync, small_reserve };
	struct live_fixture f = { .tree = tree_make() };
	int64_t begun_ns = clock_boot_ns();

	/* A sensor for something to write; twenty a second. */
	live_fixture_sensor(&f.tree, "50000\n");
	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 10m}\n", NULL);
	live_fixture_run(&f, &io);
	ck_assert_int_lt(clock_boot_ns() - begun_ns, 45 * SECOND);
	ck_assert_int_eq(f.result.cause, RUN_FAULT);
	ck_assert_int_eq(f.result.fault.code, ERR_FULL);
	ck_assert(f.finish.record.complete);
	ck_assert_str_eq(f.finish.record.journal_state, "clean");
	ck_assert_ptr_nonnull(live_fixture_finding(&f, "journal-full"));
	ck_assert_uint_gt(live_fixture_outcome(&f, 0)->work, 0);
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_INCOMPLETE);
	live_fixture_release(&f);
}
END_TEST

static int syncs_left;

static int fails_later(int fd)
{
	return syncs_left-- > 0 ? journal_io_disk.sync(fd) : -EIO;
}

START_TEST(a_failed_sync_ends_the_run_as_a_station_fault)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	struct journal_io io = journal_io_disk;

	io.sync = fails_later;
	syncs_left = 5;
	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 10m}\n", NULL);
	live_fixture_run(&f, &io);
	ck_assert_int_eq(f.result.cause, RUN_FAULT);
	ck_assert_int_eq(f.result.fault.code, ERR_IO);
	ck_assert(!f.finish.record.complete);
	ck_assert_int_eq(f.finish.verdict.kind, VERDICT_INCOMPLETE);
	live_fixture_release(&f);
}
END_TEST

/* --- settings --------------------------------------------------------------------------------- */

static void make_governor(struct tree *tree)
{
	tree_file(tree, "root/sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
		  "schedutil\n");
	tree_file(tree, "root/sys/devices/system/cpu/cpufreq/policy0/scaling_available_governors",
		  "performance powersave schedutil\n");
}

static void governor_is(struct tree *tree, const char *want)
{
	FILE *file = fopen(tree_path(tree, "root/sys/devices/system/cpu/cpufreq/policy0/"
					   "scaling_governor"), "r");
	char text[32] = "";

	ck_assert_ptr_nonnull(fgets(text, sizeof(text), file));
	text[strcspn(text, "\n")] = 0;
	fclose(file);
	ck_assert_str_eq(text, want);
}

static void see_governor(void *context, const struct run_progress *progress)
{
	if (progress->elapsed_ns < SECOND)
		governor_is(context, "performance");
}

START_TEST(a_setting_is_journalled_changed_and_put_back)
{
	struct live_fixture f = { .tree = tree_make() };
	const struct setting *setting;

	make_governor(&f.tree);
	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 1s}\n", NULL);
	f.config.settings_root = arena_strdup(&f.arena, tree_path(&f.tree, "root"));
	f.config.progress = see_governor;
	f.config.context = &f.tree;
	live_fixture_run(&f, NULL);
	governor_is(&f.tree, "schedutil");
	setting = f.finish.record.setting;
	ck_assert_ptr_nonnull(setting);
	ck_assert_str_eq(setting->before, "schedutil");
	ck_assert_str_eq(setting->during, "performance");
	ck_assert(setting->restored);
	live_fixture_release(&f);
}
END_TEST

START_TEST(a_setting_is_put_back_after_ctrl_c)
{
	struct live_fixture f = { .tree = tree_make() };
	int64_t pressed_ns = 0;

	make_governor(&f.tree);
	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 10m}\n", NULL);
	f.config.settings_root = arena_strdup(&f.arena, tree_path(&f.tree, "root"));
	f.config.progress = press_ctrl_c;
	f.config.context = &pressed_ns;
	live_fixture_run(&f, NULL);
	ck_assert_int_eq(f.result.cause, RUN_SIGNAL);
	governor_is(&f.tree, "schedutil");
	ck_assert_str_eq(f.finish.record.setting->during, "performance");
	ck_assert(f.finish.record.setting->restored);
	live_fixture_release(&f);
}
END_TEST

START_TEST(a_setting_left_by_a_dead_runner_is_put_back_by_the_next_one)
{
	struct live_fixture f = { .tree = tree_make() };
	struct step_progress progress[1] = { { .attempts = 1, .ended = true } };
	struct setting left = { .path = "sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
				.before = "schedutil",
				.during = "performance" };
	struct run_past past = { .time_ns = 5 * SECOND, .progress = progress, .setting = &left };

	make_governor(&f.tree);
	live_fixture_init(&f, "  - {name: a, kernel: test.good, duration: 1s}\n", NULL);
	f.config.settings_root = arena_strdup(&f.arena, tree_path(&f.tree, "root"));
	live_fixture_run(&f, NULL);
	tree_file(&f.tree, "root/sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
		  "performance\n");
	ck_assert_int_eq(run_loop(&f.config, f.journal, &past, &f.result, NULL), 0);
	governor_is(&f.tree, "schedutil");
	live_fixture_release(&f);
}
END_TEST

START_TEST(a_setting_that_somebody_changed_meanwhile_is_left_alone)
{
	struct live_fixture f = { .tree = tree_make() };
	struct frame_setting left = { "sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
				      "schedutil", "performance" };

	make_governor(&f.tree);
	tree_file(&f.tree, "root/sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
		  "powersave\n");
	ck_assert_int_eq(settings_restore(tree_path(&f.tree, "root"), &left, NULL), 0);
	governor_is(&f.tree, "powersave");
	tree_remove(&f.tree);
}
END_TEST

static void make_policy(struct tree *tree, const char *policy, const char *cpus)
{
	static const char *const name[] = { "affected_cpus", "scaling_min_freq", "scaling_max_freq" };
	const char *const text[] = { cpus, "800000\n", "2600000\n" };
	char path[160];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		snprintf(path, sizeof(path), "root/sys/devices/system/cpu/cpufreq/%s/%s", policy, name[i]);
		tree_file(tree, path, text[i]);
	}
}

START_TEST(the_clock_of_a_core_is_set_by_the_policy_that_it_belongs_to)
{
	static const char first[] = "sys/devices/system/cpu/cpufreq/policy0/";
	struct tree tree = tree_make();
	struct arena arena = ARENA_INIT;
	struct frame_setting low, high;
	char root[256];

	make_policy(&tree, "policy0", "0 2 11\n");
	make_policy(&tree, "policy1", "1 3\n");
	snprintf(root, sizeof(root), "%s", tree_path(&tree, "root"));
	ck_assert_int_eq(speed_find(root, 11, SPEED_LOWEST, &arena, &low), SPEED_LOWEST);
	ck_assert_int_eq(strncmp(low.path, first, strlen(first)), 0);
	ck_assert_str_eq(low.path + strlen(first), "scaling_max_freq");
	ck_assert_str_eq(low.before, "2600000");
	ck_assert_str_eq(low.during, "800000");
	ck_assert_int_eq(speed_find(root, 1, SPEED_HIGHEST, &arena, &high), SPEED_HIGHEST);
	ck_assert_ptr_nonnull(strstr(high.path, "policy1/scaling_min_freq"));
	ck_assert_str_eq(high.during, "2600000");
	ck_assert_int_eq(speed_find(root, 12, SPEED_LOWEST, &arena, &low), SPEED_ABSENT);
	ck_assert(speed_is_ours(&high));
	high.during = "2600000; x";
	ck_assert(!speed_is_ours(&high));
	arena_release(&arena);
	tree_remove(&tree);
}
END_TEST

/* The evidence `repeat_clock` of wrong data on a root that has cpufreq policies or none. */
static void clock_is(bool policies, const char *want)
{
	struct live_fixture f = { .tree = tree_make() };
	const struct finding *finding;
	const struct setting *setting;
	char root[256];
	int changed = 0;

	if (policies)
		make_policy(&f.tree, "policy0", "0 1 2 3 4 5 6 7\n");
	else
		tree_file(&f.tree, "root/sys/devices/system/cpu/online", "0-7\n");
	live_fixture_init(&f, "  - {name: bad, kernel: test.core, duration: 1s}\n", NULL);
	snprintf(root, sizeof(root), "%s", tree_path(&f.tree, "root"));
	f.config.settings_root = arena_strdup(&f.arena, root);
	live_fixture_run(&f, NULL);
	finding = live_fixture_finding(&f, "cpu-mismatch");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding_get(finding, "repeat_clock"), want);
	for (setting = f.finish.record.setting; setting; setting = setting->next) {
		changed++;
		ck_assert(setting->restored);
	}
	ck_assert_int_eq(changed, policies ? 2 : 0);
	if (policies) {
		struct arena arena = ARENA_INIT;
		struct frame_setting now;

		/* Both limits are as they were. */
		speed_find(root, 0, SPEED_LOWEST, &arena, &now);
		ck_assert_str_eq(now.before, "2600000");
		ck_assert_str_eq(now.during, "800000");
		ck_assert_str_eq(f.finish.record.setting->during, "800000");
		ck_assert_str_eq(f.finish.record.setting->next->during, "2600000");
		arena_release(&arena);
	}
	live_fixture_release(&f);
}

START_TEST(wrong_data_is_tried_again_at_both_ends_of_the_clock_and_that_is_put_back)
{
	clock_is(true, "any");
}
END_TEST

START_TEST(wrong_data_of_vectors_alone_is_right_by_plain_code)
{
	struct live_fixture f = { .plan = PLAN_INIT };
	const struct finding *finding;

	live_fixture_init(&f, "  - {name: bad, kernel: test.vector, duration: 1s}\n", NULL);
	f.config.isa_mask = isa_available(NULL) & ISA_VECTORS;
	live_fixture_run(&f, NULL);
	finding = live_fixture_finding(&f, "cpu-mismatch");
	if (f.config.isa_mask) {
		ck_assert_ptr_nonnull(finding);
		ck_assert_str_eq(finding_get(finding, "repeat"), "consistent");
		ck_assert_str_eq(finding_get(finding, "repeat_code"), "this-set-only");
	} else { /* a processor without vectors does it by plain code the first time */
		ck_assert_ptr_null(finding);
	}
	live_fixture_release(&f);
}
END_TEST

START_TEST(without_cpufreq_the_finding_says_so)
{
	clock_is(false, "absent");
}
END_TEST

static void refuses(struct tree *tree, const char *path, const char *before, const char *during)
{
	struct frame_setting left = { path, before, during };

	ck_assert_int_eq(settings_restore(tree_path(tree, "root"), &left, NULL), ERR_INPUT);
}

START_TEST(a_journal_cannot_write_what_cuihuo_never_changes)
{
	static const char governor[] = "sys/devices/system/cpu/cpufreq/policy0/scaling_governor";
	struct tree tree = tree_make();
	AUTO(buf_release) struct buf now = BUF_INIT;

	make_governor(&tree);
	tree_file(&tree, "root/sys/devices/system/cpu/cpufreq/policy0/scaling_governor",
		  "performance\n");
	tree_file(&tree, "root/proc/sys/kernel/core_pattern", "core\n");
	refuses(&tree, "proc/sys/kernel/core_pattern", "|/tmp/x", "core");
	refuses(&tree, "sys/devices/system/cpu/cpufreq/policy0/../../../../../../proc/sys/kernel/"
		       "core_pattern", "powersave", "performance");
	refuses(&tree, governor, "|/tmp/x", "performance");
	refuses(&tree, governor, "", "performance");
	refuses(&tree, governor, "powersave", "schedutil");
	governor_is(&tree, "performance");
	ck_assert_int_eq(disk_read_file(tree_path(&tree, "root/proc/sys/kernel/core_pattern"), 64,
					&now, NULL), 0);
	ck_assert_str_eq(now.data, "core\n");
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("loop", one_kernel_that_is_left_of_several_has_its_work_counted,
	  a_run_of_good_steps_ends_done_and_passes,
	  memory_under_test_is_taken_in_full_or_not_at_all_where_no_room_is_known,
	  memory_and_processors_are_tested_at_once_each_by_its_half_of_the_cpus,
	  wrong_data_beside_memory_accuses_the_processor_and_not_the_memory,
	  a_crash_names_its_worker_and_costs_nobody_elses_results,
	  a_jump_into_nowhere_is_a_crash_too,
	  a_hang_names_its_worker_and_costs_nobody_elses_results,
	  wrong_data_is_a_finding_with_all_its_evidence,
	  wrong_data_that_comes_again_on_one_core_alone_is_bound_to_it,
	  wrong_data_that_comes_again_on_every_core_is_bound_to_none,
	  wrong_data_that_never_comes_again_says_so_and_still_fails_the_machine,
	  a_step_that_cannot_prepare_says_why_and_the_next_one_runs,
	  the_time_a_step_prepares_is_none_of_its_own_and_no_slow_work,
	  a_child_killed_by_somebody_is_the_stations_fault,
	  the_scratch_folder_is_there_for_a_step_and_gone_after_it,
	  ctrl_c_ends_in_a_complete_record_marked_interrupted_within_two_seconds,
	  when_the_watcher_is_killed_the_load_stops,
	  a_watcher_that_hangs_is_found_while_the_runner_is_on_time,
	  a_machine_that_stood_still_for_six_seconds_has_no_dead_watcher,
	  while_the_disk_takes_ten_seconds_the_guard_still_stops_the_load_within_two_samples,
	  a_full_disk_ends_the_run_as_a_station_fault_with_everything_so_far_readable,
	  a_failed_sync_ends_the_run_as_a_station_fault,
	  a_setting_is_journalled_changed_and_put_back,
	  a_setting_is_put_back_after_ctrl_c,
	  a_setting_left_by_a_dead_runner_is_put_back_by_the_next_one,
	  a_setting_that_somebody_changed_meanwhile_is_left_alone,
	  the_clock_of_a_core_is_set_by_the_policy_that_it_belongs_to,
	  wrong_data_is_tried_again_at_both_ends_of_the_clock_and_that_is_put_back,
	  wrong_data_of_vectors_alone_is_right_by_plain_code,
	  without_cpufreq_the_finding_says_so,
	  a_journal_cannot_write_what_cuihuo_never_changes)
