/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * selftest: every kernel on every instruction set of this machine, each proof in a child of its
 * own: a machine that claims an instruction set it does not have dies there.
 */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/json.h"
#include "harness/base/scan.h"
#include "harness/cmd/command.h"
#include "harness/cmd/yield.h"
#include "harness/stress/proof.h"
#include "harness/sys/child.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIMIT_NS (60LL * 1000000000)

struct selftest {
	const struct cmd *cmd;
	uint32_t isa_mask;
	int folder_fd;
	bool json;
	struct json_writer writer;
	struct buf out;
	bool machine_failed, harness_failed;
};

/* What the child sends back: the proof, or why there is none. */
struct result {
	struct proof proof;
	struct err err;
};

struct job {
	const struct stressor *stressor;
	enum isa isa;
	int folder_fd;
};

static int child_work(int out_fd, void *argument)
{
	const struct job *job = argument;
	struct result result = { .err = ERR_INIT };

	proof_run(job->stressor, job->isa, job->folder_fd, &result.proof, &result.err);
	return disk_write_all(out_fd, &result, sizeof(result)) ? 1 : 0;
}

/* It makes code, and this system lets no program run such. */
static bool not_applicable(const struct job *job, const struct result *result)
{
	return job->stressor->spec->makes_code && result->err.code == ERR_UNSUPPORTED;
}

static void put_json(struct selftest *selftest, const struct job *job, const struct result *result,
		     const char *crash)
{
	struct json_writer *w = &selftest->writer;
	const struct proof *proof = &result->proof;

	json_begin_object(w, NULL);
	json_bool(w, "clean", proof->clean);
	json_text_if(w, "crash", *crash ? crash : NULL);
	json_text_if(w, "error",
		     result->err.code && !not_applicable(job, result) ? result->err.plain : NULL);
	json_int(w, "flips", proof->flips);
	json_int(w, "flips_found", proof->found);
	json_bool(w, "found", proof->flips && proof->found == proof->flips);
	json_text(w, "isa", isa_name(job->isa));
	json_text(w, "kernel", job->stressor->spec->name);
	json_int(w, "mismatches", (int64_t)proof->mismatches);
	json_text_if(w, "not_applicable",
		     not_applicable(job, result) ? result->err.plain : NULL);
	json_int(w, "ns", proof->ns);
	json_bool(w, "ok", proof_holds(proof));
	json_end(w);
}

static void put_line(struct selftest *selftest, const struct job *job, const struct result *result,
		     const char *crash)
{
	const struct proof *proof = &result->proof;
	struct buf *out = &selftest->out;

	buf_addf(out, "%-15s %-8s ", job->stressor->spec->name, isa_name(job->isa));
	if (*crash)
		buf_addf(out, _("crashed: %s"), crash);
	else if (not_applicable(job, result))
		buf_addf(out, _("not applicable: %s"), result->err.text);
	else if (result->err.code)
		buf_addf(out, _("could not be tested: %s"), result->err.text);
	else if (proof->mismatches)
		buf_addf(out, _("WRONG DATA: %llu mismatches in a run without a flip"),
			 (unsigned long long)proof->mismatches);
	else
		buf_addf(out,
			 proof_holds(proof) ? _("ok: clean, %u of %u flipped bits found, %lld ms")
					    : _("NOT PROVEN: %u of %u flipped bits found, %lld ms"),
			 proof->found, proof->flips, (long long)(proof->ns / 1000000));
	buf_addc(out, '\n');
}

static int one_proof(struct selftest *selftest, const struct job *job, struct err *err)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	AUTO(buf_release) struct buf crash = BUF_INIT;
	struct result result = { .err = ERR_INIT };
	struct child_end end;
	int code;

	code = child_run(child_work, (void *)(uintptr_t)job, LIMIT_NS, &bytes, &end, err);
	if (code < 0)
		return code;
	if (bytes.size == sizeof(result) && !end.signal && !end.timed_out)
		memcpy(&result, bytes.data, sizeof(result));
	else
		child_end_text(&end, &crash);
	if (crash.size || result.proof.mismatches)
		selftest->machine_failed = true;
	else if (!proof_holds(&result.proof) && !not_applicable(job, &result))
		selftest->harness_failed = true;
	if (selftest->json)
		put_json(selftest, job, &result, crash.data);
	else
		put_line(selftest, job, &result, crash.data);
	return 0;
}

static bool fits_some(const char *glob)
{
	size_t i;

	for (i = 0; i < stressor_count; i++) {
		if (!fnmatch(glob, stressor_table[i]->spec->name, 0))
			return true;
	}
	return false;
}

static int all_proofs(struct selftest *selftest, struct err *err)
{
	size_t i;
	int isa;

	for (i = 0; i < stressor_count; i++) {
		const struct stressor *stressor = stressor_table[i];

		if (!selftest_wants(selftest->cmd, stressor->spec->name))
			continue;
		for (isa = 0; isa < ISA_COUNT; isa++) {
			struct job job = { stressor, (enum isa)isa, selftest->folder_fd };
			int code;

			if (!(stressor->isa_mask & selftest->isa_mask & 1U << isa))
				continue;
			code = one_proof(selftest, &job, err);
			if (code < 0)
				return code;
		}
	}
	return 0;
}

/* --isa narrows what the machine has, --without takes from it; scalar always stays. */
static int choose_isa(const struct cmd *cmd, uint32_t *ret_mask, struct err *err)
{
	const char *only = cmd_option(cmd, "isa"), *without = cmd_option(cmd, "without");
	uint32_t mask;

	if (without && isa_parse(without, &mask, err) < 0)
		return ERR_USAGE;
	*ret_mask = isa_available(without);
	if (!only)
		return 0;
	if (isa_parse(only, &mask, err) < 0)
		return ERR_USAGE;
	*ret_mask &= mask;
	return 0;
}

/* A folder for the disk kernel, whose file there has no name: empty again when it is done. */
static int make_folder(struct buf *path, const char *below, struct err *err)
{
	int fd;

	buf_addf(path, "%s/cuihuo-selftest.XXXXXX", below);
	if (!mkdtemp(path->data)) {
		err_set_errno(err, errno,
			      "cannot make a folder in '%s'; name another with --folder", below);
		buf_reset(path);
		return err->code;
	}
	fd = open(path->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? err_set_errno(err, errno, "cannot open '%s'", path->data) : fd;
}

static bool needs_folder(const struct cmd *cmd)
{
	size_t i;

	for (i = 0; i < stressor_count; i++) {
		enum kernel_target target = stressor_table[i]->spec->target;

		if ((target == TARGET_DISK || target == TARGET_DEVICE) &&
		    selftest_wants(cmd, stressor_table[i]->spec->name))
			return true;
	}
	return false;
}

static int put_result(struct selftest *selftest, struct err *err)
{
	if (selftest->json) {
		json_end(&selftest->writer);
		if (json_finish(&selftest->writer, err) < 0)
			return cmd_fail(selftest->cmd, err);
		buf_addc(&selftest->out, '\n');
	}
	if (cmd_put(selftest->cmd, selftest->out.data, selftest->out.size))
		return EXIT_STATION;
	if (selftest->machine_failed)
		return EXIT_FAILED;
	return selftest->harness_failed ? EXIT_STATION : EXIT_PASS;
}

static int prove_all(struct selftest *selftest, struct err *err)
{
	int code;

	if (selftest->json) {
		json_start(&selftest->writer, json_buf_sink, &selftest->out);
		json_begin_array(&selftest->writer, NULL);
	}
	code = all_proofs(selftest, err);
	if (code < 0)
		return cmd_fail(selftest->cmd, err);
	return put_result(selftest, err);
}

/* Below the message the kernels that are there, as many in a line as fit. */
static int no_such_kernel(const struct cmd *cmd, const char *name)
{
	enum { COLUMNS = 78 };
	int code = cmd_usage(cmd, _("there is no kernel '%s'; these are there:"), name);
	AUTO(buf_release) struct buf line = BUF_INIT;
	size_t i;

	for (i = 0; i < stressor_count; i++) {
		const char *kernel = stressor_table[i]->spec->name;

		if (line.size && line.size + strlen(kernel) + 2 > COLUMNS) {
			fprintf(stderr, " %s\n", line.data);
			buf_reset(&line);
		}
		buf_addf(&line, " %s", kernel);
	}
	fprintf(stderr, " %s\n", line.data);
	return code;
}

static int run(struct cmd *cmd)
{
	struct selftest selftest = { .cmd = cmd, .out = BUF_INIT, .folder_fd = -1 };
	const char *below = cmd_option(cmd, "folder");
	AUTO(buf_release) struct buf path = BUF_INIT;
	struct err err = ERR_INIT;
	int i, code = 0;

	for (i = 0; i < cmd->argument_count; i++) {
		if (!fits_some(cmd->argument[i]))
			return no_such_kernel(cmd, cmd->argument[i]);
	}
	if (cmd_option(cmd, "yield"))
		return yield_command(cmd, cmd_option(cmd, "json") != NULL);
	if (choose_isa(cmd, &selftest.isa_mask, &err) < 0)
		return cmd_fail(cmd, &err);
	selftest.json = cmd_option(cmd, "json") != NULL;
	if (needs_folder(cmd))
		code = selftest.folder_fd = make_folder(&path, below ? below : "/var/tmp", &err);
	code = code < 0 ? cmd_fail(cmd, &err) : prove_all(&selftest, &err);
	if (selftest.folder_fd >= 0)
		close(selftest.folder_fd);
	if (path.size)
		rmdir(path.data);
	buf_release(&selftest.out);
	return code;
}

static const struct cmd_option option[] = {
	{ "folder", "DIR",
	  N_("where the disk kernel may write for a moment (/var/tmp); any medium will do, "
	     "for the program is tested and not the disk") },
	{ "isa", "NAMES",
	  N_("only these instruction sets: scalar, sse2, avx2, avx512, neon, sve, lsx, lasx, aes, sha, sm3, "
	     "sm4, crc, clmul") },
	{ "json", NULL, N_("one object for each kernel and instruction set") },
	{ "without", "NAMES", N_("not these instruction sets") },
	{ "yield", NULL,
	  N_("instead: the share that each kernel with known answers finds of units that are always "
	     "wrong in the same way") },
	{ NULL, NULL, NULL },
};

const struct command command_selftest = {
	.name = "selftest",
	.summary =
		N_("prove every kernel on this machine: it runs clean and finds each flipped bit"),
	.arguments = "[KERNEL...]",
	.option = option,
	.argument_max = -1,
	.run = run,
};
