/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * disk.whole: the same as disk.verify, on a whole disk that the fences let through. Everything on the
 * disk is lost.
 *
 * The budget of the fence is what is written, from the first block on; what the budget leaves is read
 * time. What is left of a block at the end is not written. In the self-test a scratch file stands for the disk,
 * which proves the program and not the disk.
 */
#include "harness/base/auto.h"
#include "harness/stress/disk_verify.h"
#include "harness/stress/stressor.h"

#define N_(text) (text)

/* More than the self-test looks at. */
enum { SELF_TEST_SWEEPS = 8 };

static const struct kernel_spec spec = {
	.name = "disk.whole",
	.summary = N_("disk: self-describing blocks on a whole disk, which is erased"),
	.target = TARGET_DEVICE,
	.writes_storage = true,
	.work_unit = "byte",
};

static int prepare(struct stress_state *state, struct err *err)
{
	if (state->self_test)
		return disk_file_check_medium(state->folder_fd, true, err);
	if (state->device_fd < 0)
		return err_set(err, ERR_INTERNAL, "disk.whole was given no disk");
	return 0;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	struct disk_verify ask = {
		.chunk = state->self_test ? DISK_SELF_TEST_CHUNK : DISK_CHUNK,
		.stretch = state->self_test ? DISK_SELF_TEST_STRETCH : DISK_STRETCH,
		.bytes = state->disk_bytes,
		.budget = state->disk_bytes,
	};
	int code;

	if (state->self_test) {
		ask.budget *= SELF_TEST_SWEEPS;
		return disk_verify_scratch(state, &ask, worker, err);
	}
	disk_file_adopt(&ask.file, state->device_fd);
	code = disk_verify_file(&ask, worker, err);
	return code < 0 ? code : 0;
}

static void finish(struct stress_state *state)
{
	(void)state;
}

extern const struct stressor stressor_disk_whole;
const struct stressor stressor_disk_whole = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
