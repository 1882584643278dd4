/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/model_fixture.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/metric.h"
#include "harness/model/nearest.h"
#include "harness/model/profile_tree.h"

#include <stdlib.h>
#include <string.h>

/* Everything a good profile needs, on four lines; tests add to it from line 5. */
#define HEAD "name: t\nversion: 1\nstage: bench\ntitle: {en: T, zh: T}\n"
#define STEPS "steps:\n  - {name: a, kernel: cpu.integer, duration: 10s}\n"
#define BLIND "blind: allowed\n"

/* "LINE:COLUMN: message" of every problem, a line each. */
static char *problems_of(const struct fixture_files *files, const char *name)
{
	struct profile profile = PROFILE_INIT;
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;
	int code = fixture_load(files, name, &profile, &problems, &err);
	size_t i;

	ck_assert_int_eq(code, problems.count ? ERR_INPUT : 0);
	for (i = 0; i < problems.count; i++) {
		const struct profile_problem *p = &problems.problem[i];

		buf_addf(&out, "%s:%zu:%zu: %s\n", p->file, p->line, p->column, p->message);
	}
	profile_release(&profile);
	profile_problems_release(&problems);
	return buf_detach(&out);
}

static char *problems_of_text(const char *text, size_t size)
{
	const struct fixture_file file = { "t", text, size };
	const struct fixture_files files = { &file, 1 };

	return problems_of(&files, "t");
}

static void expect_problems(const char *text, const char *wanted)
{
	AUTO_FREE char *got = problems_of_text(text, 0);

	ck_assert_str_eq(got, wanted);
}

START_TEST(a_full_profile_is_read_as_it_is_written)
{
	struct profile p = PROFILE_INIT;

	fixture_profile(fixture_full, &p);
	ck_assert_str_eq(p.name, "full");
	ck_assert_int_eq(p.version, 3);
	ck_assert_int_eq(p.stage, STAGE_MASS);
	ck_assert_str_eq(p.title_zh, "全项");
	ck_assert(!p.scalable && !p.blind_allowed && !p.abstract);
	ck_assert_uint_eq(p.arch_count, 2);
	ck_assert_uint_eq(p.applies_count, 1);
	ck_assert_int_eq(p.applies[0].rule, EXPECT_PRESENT);
	ck_assert_uint_eq(p.expectation_count, 2);
	ck_assert_int_eq(p.expectation[0].rule, EXPECT_NUMBER);
	ck_assert_int_eq(p.expectation[0].min, 4LL << 30);
	ck_assert_int_eq(p.expectation[0].max, INT64_MAX);
	ck_assert_int_eq(p.expectation[1].rule, EXPECT_COUNT);
	ck_assert_uint_eq(p.step_count, 4);
	ck_assert(p.step[0].required && p.step[0].cpus == CPUS_ALL);
	ck_assert_uint_eq(p.step[1].cpu_count, 3);
	ck_assert_uint_eq(p.step[1].cpu[2], 3);
	ck_assert_str_eq(p.step[1].param[0].spec->name, "block");
	ck_assert_uint_eq(p.step[1].param[0].value, 65536);
	ck_assert_uint_eq(p.step[1].param[1].value, 4);
	ck_assert_int_eq(p.step[2].memory_milli_percent, 80000);
	ck_assert_int_eq(p.step[2].min_coverage_milli_percent, 60500);
	ck_assert_uint_eq(p.step[2].param[0].value, 1);
	ck_assert(!p.step[3].required);
	ck_assert_int_eq(p.step[3].floor_ns, 60000000000);
	ck_assert_uint_eq(p.step[3].min_work, 100);
	ck_assert_int_eq(p.limit[0].max, 92500);
	ck_assert(p.limit[0].has_max && !p.limit[0].has_min && !p.limit[0].optional);
	ck_assert_str_eq(p.limit[1].finding, "edac-corrected");
	ck_assert_int_eq(p.guard[0].stop, 95000);
	ck_assert_int_eq(p.guard[0].min_plausible, -20000);
	ck_assert_int_eq(p.guard[0].silent_ns, 10000000000);
	ck_assert_uint_eq(p.fence_scratch_bytes, 4ULL << 30);
	ck_assert_uint_eq(p.source_count, 1);
	ck_assert_uint_eq(strlen(p.digest), 64);
	profile_release(&p);
}
END_TEST

static char *json_of(const struct profile *profile)
{
	struct buf out = BUF_INIT;
	struct json_writer w;

	json_start(&w, json_buf_sink, &out);
	profile_write(&w, NULL, profile);
	ck_assert_int_eq(json_finish(&w, NULL), 0);
	return buf_detach(&out);
}

START_TEST(a_profile_read_back_from_json_gives_the_same_bytes_and_digest)
{
	struct profile p = PROFILE_INIT, again = PROFILE_INIT;
	struct err err = ERR_INIT;
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *second = NULL;
	json_t *root;

	fixture_profile(fixture_full, &p);
	first = json_of(&p);
	root = json_read(first, strlen(first), "p", &err);
	ck_assert_int_eq(profile_read(root, "p", &fixture_kernels, &again, &err), 0);
	json_decref(root);
	second = json_of(&again);
	ck_assert_str_eq(first, second);
	ck_assert_str_eq(p.digest, again.digest);
	profile_release(&p);
	profile_release(&again);
}
END_TEST

START_TEST(how_a_step_shares_cpus_and_time_is_read_and_stands_in_the_json)
{
	static const char text[] =
		HEAD BLIND
		"steps:\n"
		"  - {name: a, kernel: cpu.integer, duration: 60s, turns: core}\n"
		"  - {name: b, kernels: [cpu.vector, 'cpu.*'], duration: 60s, slice: 100ms, cpus: cores}\n"
		"  - {name: c, kernel: mem.march, bytes: 1GiB, duration: 60s, budget: 64GiB,\n"
		"     edges: {load: 2s, idle: 500ms}}\n"
		"  - {name: d, kernel: cpu.integer, duration: 60s, turns: together}\n"
		"  - {name: e, kernel: mem.march, bytes: 1GiB, duration: 60s, beside: cpu.vector}\n";
	struct profile p = PROFILE_INIT, again = PROFILE_INIT;
	AUTO_FREE char *json = NULL;
	json_t *root;

	fixture_profile(text, &p);
	ck_assert_int_eq(p.step[0].mode.turns, TURNS_CORE);
	ck_assert_int_eq(p.step[1].cpus, CPUS_CORES);
	ck_assert_uint_eq(p.step[1].mode.kernel_count, 3);
	ck_assert_str_eq(p.step[1].mode.kernel[0]->name, "cpu.vector");
	ck_assert_str_eq(p.step[1].mode.kernel[1]->name, "cpu.integer");
	ck_assert_ptr_eq(p.step[1].kernel, p.step[1].mode.kernel[0]);
	ck_assert_int_eq(p.step[1].mode.slice_ns, 100000000);
	ck_assert_uint_eq(p.step[2].mode.budget_bytes, 64ULL << 30);
	ck_assert_int_eq(p.step[2].mode.load_ns, 2000000000);
	ck_assert_int_eq(p.step[2].mode.idle_ns, 500000000);
	ck_assert(step_mode_is_plain(&p.step[3].mode));
	ck_assert_str_eq(p.step[4].mode.beside->name, "cpu.vector");
	json = json_of(&p);
	root = json_read(json, strlen(json), "p", NULL);
	ck_assert_int_eq(profile_read(root, "p", &fixture_kernels, &again, NULL), 0);
	json_decref(root);
	ck_assert_str_eq(p.digest, again.digest);
	ck_assert(step_mode_same(&p.step[1].mode, &again.step[1].mode));
	profile_release(&p);
	profile_release(&again);
}
END_TEST

/* One slip of the pen each; the rest of the profile is good. */
static const struct {
	const char *text;
	const char *problems;
} slip[] = {
	{ HEAD STEPS BLIND "colour: red\n", "t:8:1: unknown key 'colour'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duraton: 10s}\n",
	  "t:7:5: key 'duration' is missing here\n"
	  "t:7:36: unknown key 'duraton'; did you mean 'duration'?\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.intger, duration: 10s}\n",
	  "t:7:23: there is no kernel 'cpu.intger'; did you mean 'cpu.integer'?\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: gpu, duration: 10s}\n",
	  "t:7:23: there is no kernel 'gpu'\n" },
	{ HEAD BLIND
	  "steps:\n  - {name: a, kernel: cpu.vector, duration: 10s, params: {round: 3}}\n",
	  "t:7:59: kernel 'cpu.vector' has no parameter 'round'; did you mean 'rounds'?\n" },
	{ HEAD BLIND
	  "steps:\n  - {name: a, kernel: cpu.vector, duration: 10s, params: {rounds: 3000}}\n",
	  "t:7:67: here must stand a whole number from 1 to 1000\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, duration: 10s, bytes: 1GiB,\n"
		     "     params: {algorithm: fast}}\n",
	  "t:8:26: 'algorithm' must be one of: c-minus ss ps\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 0s}\n",
	  "t:7:46: impossible duration '0s': it must be from 1s to 30d\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 31d}\n",
	  "t:7:46: impossible duration '31d': it must be from 1s to 30d\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: soon}\n",
	  "t:7:46: here must stand a duration such as 90s, 10m or 1h30m\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 10s, floor: 11s}\n",
	  "t:7:58: the floor is longer than the duration\n" },
	{ HEAD BLIND "steps:\n"
		     "  - {name: a, kernel: cpu.integer, duration: 30d}\n"
		     "  - {name: b, kernel: cpu.integer, duration: 30d}\n"
		     "  - {name: c, kernel: cpu.integer, duration: 30d}\n"
		     "  - {name: d, kernel: cpu.integer, duration: 1s}\n",
	  "t:7:3: impossible duration: all steps together are longer than 90d\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s}\n"
		     "  - {name: a, kernel: cpu.integer, duration: 1s}\n",
	  "t:8:12: there are two steps named 'a'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, required: no}\n",
	  "t:7:3: at least one step must be required\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, cpus: 1-0}\n",
	  "t:7:56: here must stand all, one, cores, or a list of cpus such as 0,2,4-7\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, cpus: [1, 0-2]}\n",
	  "t:7:56: cpu 1 is listed twice\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, duration: 1s}\n",
	  "t:7:5: a step on memory says how much: 'memory' (a share) or 'bytes'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, duration: 1s, memory: 101%}\n",
	  "t:7:56: here must stand a share such as 25%, more than 0%, at most 100%\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, bytes: 1GiB}\n",
	  "t:7:57: kernel 'cpu.integer' takes no size: 'bytes' has no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: disk.verify, duration: 1s, bytes: 1GiB}\n",
	  "t:7:5: step 'a' writes to storage without a fence: add 'fences: scratch: SIZE'\n" },
	{ HEAD BLIND "fences: {scratch: 1MiB}\n"
		     "steps:\n  - {name: a, kernel: disk.verify, duration: 1s, bytes: 1GiB}\n",
	  "t:8:5: step 'a' writes more than the fence allows\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M, budget: 100%}]}\n"
		     "steps:\n  - {name: a, kernel: disk.whole, duration: 1s, disk: e}\n",
	  "t:8:5: step 'a' works on disk 'e' without a fence: add it to 'fences: disks'\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M, budget: 100%}]}\n"
		     "steps:\n  - {name: a, kernel: disk.whole, duration: 1s, disk: d}\n"
		     "  - {name: b, kernel: disk.whole, duration: 1s, disk: d}\n",
	  "t:9:5: step 'b' erases disk 'd', which is another step's\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M}]}\n"
		     "steps:\n  - {name: a, kernel: disk.whole, duration: 1s, disk: d}\n",
	  "t:6:18: key 'budget' is missing here\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: '*', budget: 100%}]}\n"
		     "steps:\n  - {name: a, kernel: disk.whole, duration: 1s, disk: d}\n",
	  "t:6:44: the model of a disk that is erased must be named, at least its beginning\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M, budget: 1%, hashes: /h}]}\n"
		     "steps:\n  - {name: a, kernel: disk.read, duration: 1s, disk: d}\n",
	  "t:6:55: a disk that is only read has no budget: take 'budget' or 'hashes' away\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M, hashes: h}]}\n"
		     "steps:\n  - {name: a, kernel: disk.read, duration: 1s, disk: d}\n",
	  "t:6:55: 'hashes' is a folder by its whole path: /var/lib/cuihuo/hashes\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M, hashes: /h}]}\n"
		     "steps:\n  - {name: a, kernel: disk.whole, duration: 1s, disk: d}\n",
	  "t:8:5: step 'a' erases disk 'd', which is only read: its fence has 'hashes'\n" },
	{ HEAD BLIND "fences: {disks: [{name: d, slot: a, model: M, budget: 1%}]}\n"
		     "steps:\n  - {name: a, kernel: disk.read, duration: 1s, disk: d}\n",
	  "t:8:5: step 'a' only reads disk 'd': its fence needs 'hashes: FOLDER'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, from: a, to: b}\n",
	  "t:7:5: kernel 'cpu.integer' uses no network port: 'from' and 'to' have no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: disk.whole, duration: 1s}\n",
	  "t:7:5: a step on a whole disk says which: 'disk', by its name in 'fences: disks'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, disk: d}\n",
	  "t:7:56: kernel 'cpu.integer' works on no whole disk: 'disk' has no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, turns: cpus}\n",
	  "t:7:57: 'cpus' is not known here; did you mean 'cpu'?\n" },
	{ HEAD BLIND "fences: {scratch: 1GiB}\n"
		     "steps:\n  - {name: a, kernel: disk.verify, duration: 1s, bytes: 1GiB, turns: cpu}\n",
	  "t:8:70: kernel 'disk.verify' has one worker: 'turns' has no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, edges: {load: 1s}}\n",
	  "t:7:57: key 'idle' is missing here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, edges: {load: 1s, idle: 1s}}\n",
	  "t:7:57: one load and one idle time are longer than the step\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, edges: {load: 1s, idle: 1ms}}\n",
	  "t:7:74: impossible duration '1ms': it must be from 10ms to 1h\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, slice: 1s}\n",
	  "t:7:57: a step of one kernel has no 'slice': name several with 'kernels'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: ['cpu.*'], duration: 10s, slice: 1ms}\n",
	  "t:7:57: impossible duration '1ms': it must be from 20ms to 1h\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: ['cpu.*'], duration: 10s, slice: 5s}\n",
	  "t:7:24: a turn of each of 3 kernels takes 15s, longer than the step\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: [cpu.integer], duration: 10s}\n",
	  "t:7:24: a list of at least two kernels stands here; a single one is 'kernel'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: ['cpu.*', mem.march], duration: 10s}\n",
	  "t:7:34: kernel 'mem.march' cannot be cut into slices: only those on cpus can\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: ['cpu.*', 'gpu.*'], duration: 10s}\n",
	  "t:7:34: there is no kernel 'gpu.*'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: ['cpu.*'], kernel: cpu.integer, duration: 10s}\n",
	  "t:7:24: a step has 'kernel' or 'kernels', not both\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernels: ['cpu.*'], params: {rounds: 3}, duration: 10s}\n",
	  "t:7:43: kernels that take turns have no parameters: 'params' has no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, beside: cpu.vector}\n",
	  "t:7:58: kernel 'cpu.integer' does not test memory: 'beside' has no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, bytes: 1GiB, duration: 1s, beside: mem.march}\n",
	  "t:7:69: kernel 'mem.march' does not work on cpus alone: none such runs beside one on memory\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, bytes: 1GiB, duration: 1s, beside: gpu.heat}\n",
	  "t:7:69: there is no kernel 'gpu.heat'\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, bytes: 1GiB, duration: 1s, turns: cpu, beside: cpu.vector}\n",
	  "t:7:81: with 'beside' all cpus work until the time is up: neither 'turns' nor 'budget' has a place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: cpu.integer, duration: 1s, budget: 1GiB}\n",
	  "t:7:58: kernel 'cpu.integer' counts no bytes: 'budget' has no place here\n" },
	{ HEAD BLIND "steps:\n  - {name: a, kernel: mem.march, bytes: 1GiB, duration: 1s, budget: 1B}\n",
	  "t:7:69: size '1B' is out of range: it must be from 1 MiB to 1048576 TiB\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperature, stop: 151C}\n",
	  "t:8:33: 151C is outside the sane range of temperature: from 30C to 150C\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperature, stop: 95}\n",
	  "t:8:33: '95' is not a value of temperature: write a number and its unit, C\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperature, stop: 95V}\n",
	  "t:8:33: '95V' is not a value of temperature: write a number and its unit, C\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperatur, stop: 95C}\n",
	  "t:8:14: there is no metric 'temperatur'; did you mean 'temperature'?\n" },
	{ HEAD STEPS "guard:\n  - {metric: fan, stop: 900rpm}\n",
	  "t:8:14: a guard cannot act on fan; use a limit\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperature, throttle: 95C, stop: 90C}\n",
	  "t:8:37: 'throttle' must be below 'stop'\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperature, throttle: 95C}\n",
	  "t:8:5: key 'stop' is missing here\n" },
	{ HEAD STEPS "guard:\n  - {metric: temperature, stop: 120C, plausible: [0C, 110C]}\n",
	  "t:8:33: the guard would never see this: it is not plausible\n" },
	{ HEAD STEPS BLIND "limits:\n  - {metric: temperature, max: 900C}\n",
	  "t:9:32: 900C is outside the sane range of temperature: from -60C to 150C\n" },
	{ HEAD STEPS BLIND "limits:\n  - {metric: fan}\n",
	  "t:9:5: a limit has 'min', 'max' or both\n" },
	{ HEAD STEPS BLIND "limits:\n  - {metric: fan, min: 2000rpm, max: 1000rpm}\n",
	  "t:9:24: min is greater than max: every reading would be outside\n" },
	{ HEAD STEPS BLIND "limits:\n  - {metric: aer-fatal, min: 1}\n",
	  "t:9:30: aer-fatal only counts up: a limit on it has 'max' alone\n" },
	{ HEAD STEPS BLIND "limits:\n  - {metric: fan, min: 1rpm, finding: to-hot}\n",
	  "t:9:39: there is no finding 'to-hot'\n" },
	{ HEAD STEPS BLIND "expect:\n  - {class: cpu, is: present, count: 2}\n",
	  "t:9:5: an expectation says exactly one of: is, count, min and max, equals, one-of\n" },
	{ HEAD STEPS BLIND "expect:\n  - {class: cpu, equals: x}\n",
	  "t:9:5: key 'attribute' is missing here\n" },
	{ HEAD STEPS BLIND "applies-to: {arch: [x86-64]}\n",
	  "t:8:21: 'x86-64' is not known here; did you mean 'x86_64'?\n" },
	{ HEAD STEPS, "t:1:1: no guard: add 'guard', or 'blind: allowed' when somebody decided to "
		      "run without\n" },
	{ "name: t\nversion: 1\nstage: mass\ntitle: {en: T, zh: T}\n" STEPS BLIND,
	  "t:7:8: stage 'mass' may run blind only when somebody answers for it: add "
	  "'blind-approver: NAME'\n" },
	{ "name: t\nversion: 1\nstage: batch\ntitle: {en: T, zh: T}\n" STEPS BLIND,
	  "t:7:8: stage 'batch' may run blind only when somebody answers for it: add "
	  "'blind-approver: NAME'\n" },
	{ "name: t\nversion: 1\nstage: mass\ntitle: {en: T, zh: T}\n" STEPS BLIND
	  "blind-approver: \"  \"\n",
	  "t:7:8: stage 'mass' may run blind only when somebody answers for it: add "
	  "'blind-approver: NAME'\n"
	  "t:8:17: '  ' names nobody: write who answers for running blind\n" },
	{ HEAD STEPS BLIND "blind-approver: N/A\n",
	  "t:8:17: 'N/A' names nobody: write who answers for running blind\n" },
	{ "name: t\nversion: 1\nstage: batches\ntitle: {en: T, zh: T}\n" STEPS BLIND,
	  "t:3:8: 'batches' is not known here; did you mean 'batch'?\n" },
	{ "version: 0\ntitle: {en: T}\n" BLIND, "t:1:1: key 'name' is missing here\n"
						"t:1:1: key 'stage' is missing here\n"
						"t:1:1: key 'steps' is missing here\n"
						"t:1:10: here must stand a whole number from 1 to "
						"2147483647\n"
						"t:2:8: key 'zh' is missing here\n" },
	{ HEAD STEPS BLIND "blind: forbidden\n", "t:8:1: key 'blind' stands here twice\n" },
	{ HEAD STEPS BLIND "x-note: &n [a]\n",
	  "t:8:1: unknown key 'x-note'\nt:8:9: anchors are not used in profiles; use 'extends'\n" },
	{ HEAD STEPS "blind: !!str allowed\n",
	  "t:7:8: tags are not used in profiles; write the value alone\n" },
	{ HEAD STEPS BLIND "---\nname: u\n",
	  "t:8:1: a profile is one document; this file holds several\n" },
	{ HEAD STEPS BLIND "? [a]\n: b\n", "t:8:3: a key must be a word\n" },
	{ HEAD STEPS "blind: [allowed\n",
	  "t:8:1: not valid YAML: did not find expected ',' or ']'\n" },
	{ "- a\n", "t:1:1: here must stand a map: lines of 'key: value'\n" },
	{ "name: t\nversion 1\nstage: mass\n",
	  "t:2:1: not valid YAML: a key needs an ASCII colon and a blank behind it, as in "
	  "'key: value'\n" },
	{ "name: t\ntitle:\n  en: T\n\tzh: T\n",
	  "t:4:1: not valid YAML: a tab; indent with blanks only\n" },
	{ "name: t\ntitle:\n\ten: T\n",
	  "t:3:1: not valid YAML: a tab, '%', '@' or '`' begins here; indent with blanks only, "
	  "quote texts\n" },
	{ "name: t\nversion: 1\nstage: production\ntitle: {en: T, zh: T}\n" STEPS BLIND,
	  "t:3:8: 'production' is not known here; known are: bench, trial, first-article, batch, "
	  "mass, sample, reliability, rework, field\n" },
	{ "", "t:1:1: the file is empty\n" },
	{ "# nothing\n", "t:1:1: the file is empty\n" },
	{ "name: \xe6\xb7\xac\xff\n",
	  "t:1:8: not UTF-8 text: save the file as UTF-8 without control "
	  "characters\n" },
	{ "a: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]\n",
	  "t:1:15: nested too deep for a profile\n" },
};

START_TEST(every_slip_of_the_pen_is_named_with_its_place)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(slip); i++)
		expect_problems(slip[i].text, slip[i].problems);
}
END_TEST

START_TEST(several_problems_are_reported_at_once)
{
	expect_problems(
		HEAD "scalable: maybe\nblind: alowed\nstep: []\n",
		"t:1:1: key 'steps' is missing here\n"
		"t:1:1: no guard: add 'guard', or 'blind: allowed' when somebody decided to run "
		"without\n"
		"t:5:11: here must stand yes or no\n"
		"t:6:8: 'alowed' is not known here; did you mean 'allowed'?\n"
		"t:7:1: unknown key 'step'; did you mean 'steps'?\n");
}
END_TEST

START_TEST(an_alias_bomb_is_refused_without_being_blown_up)
{
	static const char bomb[] = "a: &a [x,x,x,x,x,x,x,x,x]\n"
				   "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
				   "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
				   "d: &d [*d]\n";
	AUTO_FREE char *got = problems_of_text(bomb, 0);

	ck_assert_ptr_nonnull(strstr(got, "t:2:8: aliases are not used in profiles"));
	ck_assert_ptr_nonnull(strstr(got, "t:4:8: aliases are not used in profiles"));
}
END_TEST

START_TEST(a_file_that_is_too_large_or_too_full_is_refused)
{
	size_t size = PROFILE_FILE_MAX + 1;
	AUTO_FREE char *large = malloc(size);
	AUTO_FREE char *got = NULL;
	struct buf full = BUF_INIT;
	AUTO_FREE char *got_full = NULL;
	int i;

	memset(large, '#', size);
	got = problems_of_text(large, size);
	ck_assert_str_eq(got,
			 "t:1:1: the file is larger than 262144 bytes, too large for a profile\n");
	for (i = 0; i < 20000; i++)
		buf_addf(&full, "k%d: 1\n", i);
	got_full = problems_of_text(full.data, full.size);
	ck_assert_ptr_nonnull(strstr(got_full, "more than 512 entries"));
	buf_release(&full);
}
END_TEST

START_TEST(what_is_extended_is_inherited_and_each_given_key_replaces_the_whole)
{
	static const struct fixture_file file[] = {
		{ "base", "name: base\nversion: 7\nabstract: yes\n"
			  "guard:\n  - {metric: temperature, stop: 95C}\n"
			  "limits:\n  - {metric: temperature, max: 90C}\n", 0 },
		{ "child", "extends: base\n" HEAD STEPS "limits: []\n", 0 },
	};
	const struct fixture_files files = { file, ARRAY_SIZE(file) };
	struct profile_problems problems = PROFILE_PROBLEMS_INIT;
	struct profile p = PROFILE_INIT;
	struct err err = ERR_INIT;

	ck_assert_int_eq(fixture_load(&files, "child", &p, &problems, &err), 0);
	ck_assert_str_eq(p.name, "t");
	ck_assert_int_eq(p.version, 1);
	ck_assert(!p.abstract);
	ck_assert_uint_eq(p.guard_count, 1);
	ck_assert_uint_eq(p.limit_count, 0);
	ck_assert_uint_eq(p.source_count, 2);
	ck_assert_str_eq(p.source[0].name, "child");
	ck_assert_str_eq(p.source[1].name, "base");
	profile_release(&p);
	ck_assert_int_eq(fixture_load(&files, "base", &p, &problems, &err), 0);
	ck_assert(p.abstract);
	profile_release(&p);
	profile_problems_release(&problems);
}
END_TEST

START_TEST(circles_missing_and_bad_bases_are_reported_where_they_are_named)
{
	static const struct fixture_file file[] = {
		{ "a", "extends: b\n" HEAD STEPS BLIND, 0 },
		{ "b", "name: b\nversion: 1\nextends: a\n", 0 },
		{ "lost", HEAD "extends: nowhere\n" STEPS BLIND, 0 },
		{ "path", HEAD "extends: ../etc/passwd\n" STEPS BLIND, 0 },
		{ "uses", HEAD "extends: bad\n" STEPS BLIND, 0 },
		{ "bad", "name: bad\nversion: 1\nguards: []\n", 0 },
	};
	static const char *const wanted[][2] = {
		{ "a", "b:3:10: 'extends' goes round in a circle: a -> b -> a\n" },
		{ "lost",
		  "lost:5:10: cannot read the profile that is extended: there is no profile "
		  "'nowhere'\n" },
		{ "path", "path:5:10: a name is made of a-z, 0-9, '-', '_' and '.', at most 64 of "
			  "them\n" },
		{ "uses", "bad:3:1: unknown key 'guards'; did you mean 'guard'?\n" },
	};
	const struct fixture_files files = { file, ARRAY_SIZE(file) };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		AUTO_FREE char *got = problems_of(&files, wanted[i][0]);

		ck_assert_str_eq(got, wanted[i][1]);
	}
}
END_TEST

START_TEST(even_a_remark_makes_another_digest)
{
	struct profile a = PROFILE_INIT, b = PROFILE_INIT;

	fixture_profile(HEAD STEPS BLIND, &a);
	fixture_profile(HEAD STEPS BLIND "# a remark\n", &b);
	ck_assert_str_ne(a.digest, b.digest);
	profile_release(&a);
	profile_release(&b);
}
END_TEST

START_TEST(values_of_metrics_need_their_own_unit)
{
	static const struct {
		const char *metric, *text;
		int64_t milli;		/* INT64_MIN: refused */
	} row[] = {
		{ "temperature", "95C", 95000 },
		{ "temperature", "95 C", 95000 },
		{ "temperature", "-5.5°C", -5500 },
		{ "temperature", "95", INT64_MIN },
		{ "temperature", "95F", INT64_MIN },
		{ "temperature", "C", INT64_MIN },
		{ "temperature", "1.2345C", INT64_MIN },
		{ "frequency", "2.3GHz", 2300000 },
		{ "frequency", "800000kHz", 800000 },
		{ "voltage", "900mV", 900 },
		{ "fan", "1200 rpm", 1200000 },
		{ "edac-corrected", "3", 3000 },
		{ "edac-corrected", "3 x", INT64_MIN },
		{ "frequency", "99999999999999GHz", INT64_MIN },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		int64_t milli = INT64_MIN;
		int code = metric_scan(metric_find(row[i].metric), row[i].text, &milli);

		ck_assert_msg(milli == row[i].milli && code == (milli == INT64_MIN ? ERR_INPUT : 0),
			      "%s %s", row[i].metric, row[i].text);
	}
}
END_TEST

START_TEST(a_near_word_is_found_and_a_far_one_is_not)
{
	struct nearest near = { .word = "durtaion" };
	struct nearest far = { .word = "colour" };

	nearest_try(&near, "description");
	nearest_try(&near, "duration");
	nearest_try(&far, "duration");
	ck_assert_str_eq(nearest_found(&near), "duration");
	ck_assert_ptr_null(nearest_found(&far));
}
END_TEST

UNIT_MAIN("profile", how_a_step_shares_cpus_and_time_is_read_and_stands_in_the_json,
	  a_full_profile_is_read_as_it_is_written,
	  a_profile_read_back_from_json_gives_the_same_bytes_and_digest,
	  every_slip_of_the_pen_is_named_with_its_place, several_problems_are_reported_at_once,
	  an_alias_bomb_is_refused_without_being_blown_up,
	  a_file_that_is_too_large_or_too_full_is_refused,
	  what_is_extended_is_inherited_and_each_given_key_replaces_the_whole,
	  circles_missing_and_bad_bases_are_reported_where_they_are_named,
	  even_a_remark_makes_another_digest, values_of_metrics_need_their_own_unit,
	  a_near_word_is_found_and_a_far_one_is_not)
