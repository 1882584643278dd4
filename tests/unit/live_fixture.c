/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/live_fixture.h"

#include "harness/base/auto.h"
#include "harness/sys/clock.h"

#include <check.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* --- kernels ---------------------------------------------------------------------------------- */

static int work(struct worker *worker, bool wrong)
{
	while (worker_go(worker, 1)) {
		worker_block(worker, worker->seed, 7);
		if (wrong)
			worker_mismatch(worker, 16, 0xff00, 0xff01);
		wrong = false;
		clock_wait_ns(2000000);
	}
	return 0;
}

static int run_good(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)err;
	return work(worker, false);
}

static int run_wrong(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)err;
	return work(worker, worker->index == 0);
}

/* Wrong in the block 5 always, on the first core always, or once in the life of a process. */
static int run_repeat(struct worker *worker, bool (*is_wrong)(const struct worker *worker))
{
	uint64_t phase = worker->only ? worker->only->phase : 4, done = 0;

	while (worker_go(worker, done)) {
		phase += !worker->only && phase < 6;
		worker_block(worker, worker->seed, phase);
		if (phase == 5 && is_wrong(worker))
			worker_mismatch(worker, 8, 0xff00, 0xff10);
		if (!worker->only)
			clock_wait_ns(2000000);
		done = 1;
	}
	return 0;
}

static bool is_first_worker(const struct worker *worker)
{
	return !worker->index;
}

static bool is_first_core(const struct worker *worker)
{
	(void)worker;
	return !sched_getcpu();
}

static bool is_first_time(const struct worker *worker)
{
	return !worker->index && !worker->only;
}

static bool is_never(const struct worker *worker)
{
	(void)worker;
	return false;
}

/* Right as soon as it is told to use no vectors. */
static int run_vector(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)err;
	return run_repeat(worker, state->isa == ISA_SCALAR ? is_never : is_first_worker);
}

static int run_everywhere(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)err;
	return run_repeat(worker, is_first_worker);
}

static int run_core(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)err;
	return run_repeat(worker, is_first_core);
}

static int run_once(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)err;
	return run_repeat(worker, is_first_time);
}

static void first_blocks(struct worker *worker)
{
	worker_go(worker, 0);
	worker_block(worker, worker->seed, 3);
	worker_go(worker, 5);
}

static int run_crash(struct stress_state *state, struct worker *worker, struct err *err)
{
	volatile char *nobodys = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state, (void)err;
	first_blocks(worker);
	if (!worker->index)
		return *nobodys;
	return work(worker, false);
}

static int run_illegal(struct stress_state *state, struct worker *worker, struct err *err)
{
	/* Bytes that are no instruction on x86, aarch64 and LoongArch, in a page that may run. */
	static const unsigned char none[64];
	void (*jump)(void);
	const void *place = none;

	(void)state, (void)err;
	first_blocks(worker);
	if (worker->index)
		return work(worker, false);
	memcpy(&jump, &place, sizeof(jump));
	jump(); /* read-only data: SIGSEGV or SIGILL, both are crashes */
	return 0;
}

static int run_hang(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)err;
	first_blocks(worker);
	while (!worker->index)
		clock_wait_ns(10000000);
	return work(worker, false);
}

static int prepare_fails(struct stress_state *state, struct err *err)
{
	(void)state;
	return err_set(err, ERR_UNSUPPORTED, "this kernel never can");
}

static int prepare_slowly(struct stress_state *state, struct err *err)
{
	(void)state, (void)err;
	clock_wait_ns(3000000000LL);
	return 0;
}

static int run_suicide(struct stress_state *state, struct worker *worker, struct err *err)
{
	(void)state, (void)worker, (void)err;
	kill(getpid(), SIGKILL);
	return 0;
}

static int run_memory(struct stress_state *state, struct worker *worker, struct err *err)
{
	const struct stress_slice *slice = &state->slice[worker->index];

	(void)err;
	while (worker_go(worker, slice->size)) {
		memset(slice->memory, 0x5a, slice->size);
		worker_distinct(worker, worker->checkpoints++ ? 0 : slice->size);
	}
	return 0;
}

static int run_disk(struct stress_state *state, struct worker *worker, struct err *err)
{
	int fd = openat(state->folder_fd, "file", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set(err, ERR_IO, "no file in the scratch folder");
	close(fd);
	return work(worker, false);
}

#define SPEC(name_, target_) { .name = name_, .target = target_, .work_unit = "block" }
static const struct kernel_spec spec[] = {
	SPEC("test.good", TARGET_CPU),	   SPEC("test.wrong", TARGET_CPU),
	SPEC("test.crash", TARGET_CPU),	   SPEC("test.illegal", TARGET_CPU),
	SPEC("test.hang", TARGET_CPU),	   SPEC("test.fail", TARGET_CPU),
	SPEC("test.suicide", TARGET_CPU),  SPEC("test.memory", TARGET_MEMORY),
	SPEC("test.disk", TARGET_DISK),	   SPEC("test.slow", TARGET_CPU),
	SPEC("test.everywhere", TARGET_CPU), SPEC("test.core", TARGET_CPU),
	SPEC("test.once", TARGET_CPU),
	{ .name = "test.owner", .target = TARGET_MEMORY, .work_unit = "byte", .phase_has_writer = true },
	{ .name = "test.judged", .target = TARGET_CPU, .work_unit = "block", .phase_has_judge = true },
	{ .name = "test.moved", .target = TARGET_CPU, .work_unit = "block", .phase_has_move = true,
	  .at_is_register = true },
	SPEC("test.vector", TARGET_CPU),
};

static const struct stressor stressor[] = {
	{ .spec = &spec[0], .isa_mask = 1, .run = run_good },
	{ .spec = &spec[1], .isa_mask = 1, .run = run_wrong },
	{ .spec = &spec[2], .isa_mask = 1, .run = run_crash },
	{ .spec = &spec[3], .isa_mask = 1, .run = run_illegal },
	{ .spec = &spec[4], .isa_mask = 1, .run = run_hang },
	{ .spec = &spec[5], .isa_mask = 1, .prepare = prepare_fails, .run = run_good },
	{ .spec = &spec[6], .isa_mask = 1, .run = run_suicide },
	{ .spec = &spec[7], .isa_mask = 1, .run = run_memory },
	{ .spec = &spec[8], .isa_mask = 1, .run = run_disk },
	{ .spec = &spec[9], .isa_mask = 1, .prepare = prepare_slowly, .run = run_good },
	{ .spec = &spec[10], .isa_mask = 1, .run = run_everywhere, .repeatable = true },
	{ .spec = &spec[11], .isa_mask = 1, .run = run_core, .repeatable = true },
	{ .spec = &spec[12], .isa_mask = 1, .run = run_once, .repeatable = true },
	{ .spec = &spec[16], .isa_mask = 1 | ISA_VECTORS, .run = run_vector, .repeatable = true },
};

static const struct kernel_spec *const table[] = { &spec[0], &spec[1], &spec[2], &spec[3], &spec[4],
						   &spec[5], &spec[6], &spec[7], &spec[8], &spec[9],
						   &spec[10], &spec[11], &spec[12], &spec[13], &spec[14], &spec[15],
						   &spec[16] };

const struct kernel_table live_fixture_kernels = { table, ARRAY_SIZE(table) };

const struct stressor *live_fixture_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(stressor); i++) {
		if (!strcmp(stressor[i].spec->name, name))
			return &stressor[i];
	}
	return NULL;
}

/* --- profile, machine, plan ------------------------------------------------------------------- */

static int open_text(void *context, const char *name, struct buf *out, const char **ret_path,
		     struct err *err)
{
	(void)err;
	buf_adds(out, context);
	*ret_path = name;
	return 0;
}

static void load(struct live_fixture *f, const char *steps, const char *more)
{
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	char *text = arena_printf(&f->arena,
				  "name: test\nversion: 1\nstage: bench\ntitle: {en: Test, zh: Test}\n"
				  "blind: allowed\nfences: {scratch: 1MiB}\nsteps:\n%s%s",
				  steps, more ? more : "");
	struct profile_load from = { .kernels = &live_fixture_kernels, .open = open_text,
				     .context = text };
	struct err err = ERR_INIT;

	if (profile_load("test", &from, &f->profile, &problems, &err) < 0)
		ck_abort_msg("%s: %s", err.plain,
			     problems.count ? problems.problem[0].message : "");
	profile_problems_release(&problems);
}

static void make_plan(struct live_fixture *f)
{
	static const unsigned int cpu[] = { 0, 1 };
	struct plan_machine machine = {
		.inventory = &f->inventory,
		.cpu = cpu,
		.cpu_count = sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 1,
		.memory_free_bytes = 1 << 30,
		.memory_total_bytes = 1 << 30,
		.run_medium = "ext4",
		.disk_free_bytes = 1 << 30,
		.seed = 42,
	};
	struct err err = ERR_INIT;

	machine.series = sensor_set_series(f->sensors, &machine.series_count);
	if (plan_make(&f->profile, &machine, &f->plan, &err) < 0)
		ck_abort_msg("%s", err.plain);
}

void live_fixture_sensor(struct tree *tree, const char *milli_celsius)
{
	tree_file(tree, "root/sys/class/hwmon/hwmon0/name", "coretemp\n");
	tree_file(tree, "root/sys/class/hwmon/hwmon0/temp1_label", "Package id 0\n");
	tree_file(tree, "root/sys/class/hwmon/hwmon0/temp1_input", milli_celsius);
}

void live_fixture_init(struct live_fixture *f, const char *steps, const char *more)
{
	struct tree tree = f->tree;
	struct err err = ERR_INIT;

	memset(f, 0, sizeof(*f));
	f->tree = tree.top[0] ? tree : tree_make();
	tree_folder(&f->tree, "run");
	tree_file(&f->tree, "root/proc/stat", "cpu\n");
	f->finish = (struct finish)FINISH_INIT;
	f->inventory.root = "test";
	f->inventory.arch = "x86_64";
	inventory_class(&f->inventory, "cpu", PRESENCE_PRESENT, NULL);
	f->root = sysroot_open(tree_path(&f->tree, "root"), &err);
	f->sensors = f->root ? sensor_set_open(f->root, &err) : NULL;
	ck_assert_msg(f->sensors != NULL, "%s", err.plain);
	load(f, steps, more);
	make_plan(f);
	f->patience = runner_patience;
	f->patience.hang_ns = 500000000;
	f->config = (struct run_config){
		.folder = arena_strdup(&f->arena, tree_path(&f->tree, "run")),
		.run_id = "000102030405060708090a0b0c0d0e0f",
		.harness_version = "test",
		.serial = "S1",
		.lot = "",
		.boot = "boot-one",
		.profile = &f->profile,
		.plan = &f->plan,
		.inventory = &f->inventory,
		.sensors = f->sensors,
		.find = live_fixture_find,
		.isa_mask = 1,
		.watcher_interval_ns = 100000000,
		.patience = &f->patience,
	};
}

/* --- run -------------------------------------------------------------------------------------- */

void live_fixture_finish(struct live_fixture *f)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(journal_scan_release) struct journal_scan scan = JOURNAL_SCAN_INIT;
	struct err err = ERR_INIT;

	finish_release(&f->finish);
	f->finish = (struct finish)FINISH_INIT;
	if (journal_load(f->journal, &bytes, &scan, &err) < 0 ||
	    finish_record(&scan, &live_fixture_kernels, &f->finish, &err) < 0)
		ck_abort_msg("%s", err.plain);
}

void live_fixture_run(struct live_fixture *f, const struct journal_io *io)
{
	const char *path = arena_printf(&f->arena, "%s/%s", f->config.folder, JOURNAL_NAME);
	struct err err = ERR_INIT;

	f->journal = journal_create(path, 99, io, &err);
	if (!f->journal || run_loop(&f->config, f->journal, NULL, &f->result, &err) < 0)
		ck_abort_msg("%s", err.plain);
	live_fixture_finish(f);
}

void live_fixture_release(struct live_fixture *f)
{
	f->journal = journal_close(f->journal);
	finish_release(&f->finish);
	f->sensors = sensor_set_free(f->sensors);
	f->root = sysroot_free(f->root);
	plan_release(&f->plan);
	profile_release(&f->profile);
	inventory_release(&f->inventory);
	arena_release(&f->arena);
	tree_remove(&f->tree);
}

const struct outcome *live_fixture_outcome(const struct live_fixture *f, size_t step)
{
	const struct outcome *last = NULL, *outcome;

	for (outcome = f->finish.record.outcome; outcome; outcome = outcome->next) {
		if (outcome->step == step)
			last = outcome;
	}
	ck_assert_msg(last != NULL, "step %zu has no outcome", step);
	return last;
}

const struct finding *live_fixture_finding(const struct live_fixture *f, const char *code)
{
	const struct finding *finding;

	for (finding = f->finish.record.finding; finding; finding = finding->next) {
		if (!strcmp(finding->code->code, code))
			return finding;
	}
	return NULL;
}
