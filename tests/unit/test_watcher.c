/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A real watcher process, real shared memory, and a folder whose hwmon file the test heats.
 */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/guard.h"
#include "harness/run/late.h"
#include "harness/run/ring.h"
#include "harness/run/watcher.h"
#include "harness/sys/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND      1000000000LL
#define INTERVAL_NS 200000000LL
#define TEMPERATURE "root/sys/class/hwmon/hwmon0/temp1_input"

static const struct guard_rule rule = {
	.metric = "temperature",
	.component = "*",
	.throttle = 80000,
	.stop = 95000,
	.silent_ns = SECOND,
};
static const char *const step_name[] = { "warm", "hot" };
static const unsigned int cpu[] = { 0, 3 };

struct bench {
	struct tree tree;
	struct sysroot *root;
	struct sensor_set *set;
	struct watcher *watcher;
	struct run_shared *shared;
};

static size_t shared_size(void)
{
	return sizeof(struct run_shared) + 2 * sizeof(struct worker_line);
}

static void heat(struct bench *bench, const char *milli_degrees)
{
	int fd = open(tree_path(&bench->tree, TEMPERATURE), O_WRONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	ck_assert_int_eq(pwrite(fd, milli_degrees, strlen(milli_degrees), 0),
			 (ssize_t)strlen(milli_degrees));
	close(fd);
}

static void bench_open(struct bench *bench)
{
	struct watcher_plan plan = { .guard = &rule,
				     .guard_count = 1,
				     .interval_ns = INTERVAL_NS,
				     .step_name = step_name,
				     .step_count = ARRAY_SIZE(step_name),
				     .cpu = cpu,
				     .cpu_count = ARRAY_SIZE(cpu) };
	struct err err = ERR_INIT;

	memset(bench, 0, sizeof(*bench));
	bench->tree = tree_make();
	tree_folder(&bench->tree, "root/proc");
	tree_file(&bench->tree, "root/sys/class/hwmon/hwmon0/name", "k10temp\n");
	tree_file(&bench->tree, TEMPERATURE, "50000\n");
	bench->root = sysroot_open(tree_path(&bench->tree, "root"), &err);
	ck_assert_msg(bench->root != NULL, "%s", err.plain);
	bench->set = plan.set = sensor_set_open(bench->root, &err);
	bench->watcher = watcher_new(&plan);
	bench->shared = mmap(NULL, shared_size(), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(bench->shared, MAP_FAILED);
	atomic_store(&bench->shared->step, -1);
	atomic_store(&bench->shared->run_start_ns, clock_boot_ns());
}

static void bench_start(struct bench *bench)
{
	struct err err = ERR_INIT;

	bench_open(bench);
	ck_assert_msg(watcher_start(bench->watcher, bench->shared, &err) > 0, "%s", err.plain);
}

static void bench_end(struct bench *bench)
{
	bench->watcher = watcher_free(bench->watcher);
	bench->set = sensor_set_free(bench->set);
	bench->root = sysroot_free(bench->root);
	munmap(bench->shared, shared_size());
	tree_remove(&bench->tree);
}

/* Wait until a member of the shared memory is `want`; how long that took. */
static int64_t wait_for(const _Atomic uint32_t *member, uint32_t want, int64_t limit_ns)
{
	int64_t start_ns = clock_boot_ns();

	while (atomic_load(member) != want && clock_boot_ns() - start_ns < limit_ns)
		clock_wait_ns(1000000);
	ck_assert_uint_eq(atomic_load(member), want);
	return clock_boot_ns() - start_ns;
}

/* A step of one worker that hears the stop, or does not. */
static pid_t start_load(struct run_shared *shared, bool deaf)
{
	struct worker_line *line = &shared->line[0];
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid) {
		atomic_store(&shared->worker_count, 1);
		atomic_store(&shared->child_pid, pid);
		atomic_store(&shared->step, 1);
		wait_for(&line->state, WORKER_RUNNING, SECOND);
		return pid;
	}
	atomic_store(&line->cpu, cpu[1]);
	atomic_store(&line->state, WORKER_RUNNING);
	while (deaf || !atomic_load(&shared->stop)) {
		clock_wait_ns(1000000);
		atomic_fetch_add(&line->work, 10);
	}
	atomic_store(&line->state, WORKER_ENDED);
	_exit(0);
}

static int end_load(struct run_shared *shared, pid_t pid)
{
	int status = -1;

	atomic_store(&shared->stop, STOP_TIME);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return status;
}

/* The runner's journal: an fsync that the disk answers after ten seconds. */
struct journal {
	pthread_mutex_t lock;
	_Atomic uint32_t in_fsync;
};

static void *slow_fsync(void *argument)
{
	struct journal *journal = argument;

	pthread_mutex_lock(&journal->lock);
	atomic_store(&journal->in_fsync, 1);
	clock_wait_ns(10 * SECOND);
	atomic_store(&journal->in_fsync, 0);
	pthread_mutex_unlock(&journal->lock);
	return NULL;
}

START_TEST(the_guard_stops_the_load_within_two_samples_while_fsync_takes_ten_seconds)
{
	static struct journal journal = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct bench bench;
	pthread_t runner;
	pid_t load;
	int64_t took_ns;

	bench_start(&bench);
	load = start_load(bench.shared, false);
	ck_assert_int_eq(pthread_create(&runner, NULL, slow_fsync, &journal), 0);
	wait_for(&journal.in_fsync, 1, SECOND);
	heat(&bench, "96000\n");
	took_ns = wait_for(&bench.shared->line[0].state, WORKER_ENDED, 5 * SECOND);
	ck_assert_int_le(took_ns, 2 * INTERVAL_NS);
	ck_assert_uint_eq(atomic_load(&journal.in_fsync), 1);
	ck_assert_uint_eq(atomic_load(&bench.shared->stop), STOP_GUARD);
	ck_assert_uint_eq(atomic_load(&bench.shared->guard_why), GUARD_WHY_HOT);
	ck_assert_int_eq(atomic_load(&bench.shared->guard_rule), 0);
	ck_assert_int_eq(atomic_load(&bench.shared->guard_series), 0);
	ck_assert_int_eq(atomic_load(&bench.shared->guard_value), 96000);
	ck_assert_int_eq(end_load(bench.shared, load), 0);
	pthread_detach(runner); /* it is still in there */
	bench_end(&bench);
}
END_TEST

START_TEST(workers_that_do_not_hear_the_stop_lose_their_process)
{
	struct bench bench;
	pid_t load;
	int status;

	bench_start(&bench);
	load = start_load(bench.shared, true);
	heat(&bench, "96000\n");
	ck_assert_int_eq(waitpid(load, &status, 0), load);
	ck_assert(WIFSIGNALED(status));
	ck_assert_int_eq(WTERMSIG(status), SIGKILL);
	ck_assert_uint_eq(atomic_load(&bench.shared->stop), STOP_GUARD);
	bench_end(&bench);
}
END_TEST

START_TEST(a_sensor_that_goes_silent_stops_the_load)
{
	struct bench bench;
	pid_t load;

	bench_start(&bench);
	load = start_load(bench.shared, false);
	clock_wait_ns(2 * INTERVAL_NS);
	heat(&bench, "");
	wait_for(&bench.shared->stop, STOP_GUARD, 5 * SECOND);
	ck_assert_uint_eq(atomic_load(&bench.shared->guard_why), GUARD_WHY_SILENT);
	ck_assert_int_eq(atomic_load(&bench.shared->guard_value), INT64_MIN);
	ck_assert_int_eq(end_load(bench.shared, load), 0);
	bench_end(&bench);
}
END_TEST

START_TEST(throttling_is_set_and_cleared_as_the_temperature_goes)
{
	struct bench bench;

	bench_start(&bench);
	heat(&bench, "85000\n");
	wait_for(&bench.shared->throttle, 1, 2 * SECOND);
	heat(&bench, "60000\n");
	wait_for(&bench.shared->throttle, 0, 2 * SECOND);
	ck_assert_uint_eq(atomic_load(&bench.shared->stop), STOP_NONE);
	bench_end(&bench);
}
END_TEST

static size_t series_named(const struct bench *bench, const char *metric, const char *component)
{
	size_t count, i;
	const struct series *series = watcher_series(bench->watcher, &count);

	for (i = 0; i < count; i++)
		if (!strcmp(series[i].metric, metric) && !strcmp(series[i].component, component))
			return i;
	ck_abort_msg("no series %s of %s", metric, component);
	return 0;
}

START_TEST(samples_of_sensors_work_and_clock_come_through_the_ring)
{
	struct sample sample[512], last[SHARED_SERIES] = { { 0 } };
	size_t step, of_cpu, temperature, jump, taken, i;
	struct bench bench;
	pid_t load;

	bench_start(&bench);
	temperature = series_named(&bench, "temperature", "hwmon/k10temp/temp1");
	step = series_named(&bench, "work-rate", "step/1");
	of_cpu = series_named(&bench, "work-rate", "cpu/3");
	jump = series_named(&bench, "clock-jump", "clock/wall");
	load = start_load(bench.shared, false);
	clock_wait_ns(3 * SECOND);
	ck_assert_int_lt(clock_boot_ns() - (int64_t)atomic_load(&bench.shared->watcher_beat_ns),
			 LATE_DEAD_NS);
	ck_assert_int_eq(end_load(bench.shared, load), 0);
	watcher_stop(bench.watcher);
	ck_assert_int_eq(watcher_pid(bench.watcher), 0);
	taken = ring_take(bench.shared, sample, ARRAY_SIZE(sample));
	for (i = 0; i < taken; i++) {
		ck_assert_int_ge(sample[i].time_ns, last[sample[i].series].time_ns);
		ck_assert_int_lt(sample[i].time_ns, 10 * SECOND);
		last[sample[i].series] = sample[i];
	}
	ck_assert_int_eq(last[temperature].value, 50000);
	ck_assert_int_eq(last[temperature].quality, SAMPLE_GOOD);
	/* Ten units a millisecond at most, by the worker above, and it does get the processor. */
	ck_assert_int_gt(last[step].value, 500000);
	ck_assert_int_le(last[step].value, 10000000);
	ck_assert_int_gt(last[of_cpu].value, 500000);
	ck_assert_int_eq(last[jump].quality, SAMPLE_GOOD);
	ck_assert_int_eq(last[jump].value, 0);
	ck_assert_uint_eq(atomic_load(&bench.shared->ring_lost), 0);
	bench_end(&bench);
}
END_TEST

START_TEST(the_watcher_dies_with_the_runner)
{
	struct bench bench;
	int fd[2], status;
	pid_t runner, watcher = 0;
	int64_t end_ns;

	bench_open(&bench);
	ck_assert_int_eq(pipe(fd), 0);
	runner = fork();
	if (!runner) {
		watcher = watcher_start(bench.watcher, bench.shared, NULL);
		if (write(fd[1], &watcher, sizeof(watcher)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	ck_assert_int_eq(read(fd[0], &watcher, sizeof(watcher)), sizeof(watcher));
	ck_assert_int_gt(watcher, 0);
	clock_wait_ns(INTERVAL_NS);
	ck_assert_int_eq(kill(watcher, 0), 0);
	kill(runner, SIGKILL);
	ck_assert_int_eq(waitpid(runner, &status, 0), runner);
	end_ns = clock_boot_ns() + 2 * SECOND;
	/* Init may be slow to reap it: a zombie does not beat either. */
	while (clock_boot_ns() < end_ns &&
	       clock_boot_ns() - (int64_t)atomic_load(&bench.shared->watcher_beat_ns) <
		       3 * INTERVAL_NS)
		clock_wait_ns(1000000);
	ck_assert_int_ge(clock_boot_ns() - (int64_t)atomic_load(&bench.shared->watcher_beat_ns),
			 3 * INTERVAL_NS);
	close(fd[0]);
	close(fd[1]);
	bench_end(&bench);
}
END_TEST

START_TEST(a_look_at_a_watcher_tells_a_stopped_one_and_none_where_there_is_none)
{
	struct late_look look;
	struct bench bench;
	siginfo_t info;
	pid_t pid;

	bench_start(&bench);
	pid = watcher_pid(bench.watcher);
	kill(pid, SIGSTOP);
	ck_assert_int_eq(waitid(P_PID, (id_t)pid, &info, WSTOPPED), 0);
	late_look(pid, &look);
	ck_assert(look.known);
	ck_assert_int_eq(look.state, 'T');
	ck_assert_int_gt(look.cpu_ns, look.ran_ns);
	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	watcher_gone(bench.watcher);
	late_look(pid, &look);
	ck_assert(!look.known);
	bench_end(&bench);
}
END_TEST

UNIT_MAIN("watcher", the_guard_stops_the_load_within_two_samples_while_fsync_takes_ten_seconds,
	  workers_that_do_not_hear_the_stop_lose_their_process,
	  a_sensor_that_goes_silent_stops_the_load,
	  throttling_is_set_and_cleared_as_the_temperature_goes,
	  samples_of_sensors_work_and_clock_come_through_the_ring, the_watcher_dies_with_the_runner,
	  a_look_at_a_watcher_tells_a_stopped_one_and_none_where_there_is_none)
