/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/proof.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/mix.h"
#include "harness/sys/clock.h"

#include <string.h>
#include <unistd.h>

enum {
	SEED = 20261123,
	CPU_BLOCKS = 10, /* more than the sets of operands in a self-test */
	MEMORY_BYTES = 256 << 10,
	MEMORY_SWEEPS = 62, /* more than all patterns once */
	DISK_BYTES = 512 << 10,
	DISK_SWEEPS = 3,
	PORT_BYTES = 100000,
};

struct
try {
	const struct stressor *stressor;
	struct stress_state *state;
	struct worker_line *line;
	struct worker_flip flip;
	uint64_t checkpoints;
};

static uint64_t work_limit(const struct stressor *stressor)
{
	switch (stressor->spec->target) {
	case TARGET_MEMORY:
		return (uint64_t)MEMORY_BYTES * MEMORY_SWEEPS;
	case TARGET_DISK:
	case TARGET_DEVICE:
		return (uint64_t)DISK_BYTES * DISK_SWEEPS;
	case TARGET_PORTS:
		return PORT_BYTES;
	default:
		return CPU_BLOCKS;
	}
}

/* One run with the flip that is set in `try`, or with none. */
static int run_once(struct try *try, struct err *err)
{
	struct worker worker = {
		.line = try->line,
		.end_ns = INT64_MAX,
		.work_limit = work_limit(try->stressor),
		.seed = SEED,
		.count = 1,
		.flip = &try->flip,
		.memory = try->state->slice ? try->state->slice->memory : NULL,
	};
	int code;

	memset(try->line, 0, sizeof(*try->line));
	code = try->stressor->run(try->state, &worker, err);
	try->checkpoints = worker.checkpoints;
	return code;
}

/* Exactly one mismatch: the word that was changed, by the bit that was changed. */
static bool found_exactly(const struct try *try)
{
	const struct worker_mismatch_detail *detail = &try->line->detail[0];

	return try->flip.done && try->line->mismatches == 1 && try->line->details == 1 &&
	       detail->at == try->flip.done_at &&
	       (detail->want ^ detail->got) == try->flip.done_mask;
}

/* First, last and other checkpoints; first, last and other bits. */
static struct worker_flip flip_number(unsigned int number, uint64_t checkpoints, uint64_t bits)
{
	struct worker_flip flip = { .armed = true };

	flip.checkpoint = mix_at(SEED, number) % checkpoints;
	flip.bit = mix_at(~(uint64_t)SEED, number) % bits;
	if (number % 4 < 2)
		flip.checkpoint = number % 4 ? checkpoints - 1 : 0;
	if (number / 4 < 2)
		flip.bit = number / 4 ? bits - 1 : 0;
	return flip;
}

static int prove(struct try *try, struct proof *proof, struct err *err)
{
	uint64_t bits = 64, checkpoints;
	unsigned int i;
	int code;

	code = run_once(try, err);
	if (code < 0)
		return code;
	proof->mismatches = try->line->mismatches;
	proof->checkpoints = checkpoints = try->checkpoints;
	proof->clean =
		!proof->mismatches && checkpoints && try->line->work >= work_limit(try->stressor);
	for (i = 0; i < PROOF_FLIPS && checkpoints; i++) {
		try->flip = flip_number(i, checkpoints, bits);
		code = run_once(try, err);
		if (code < 0)
			return code;
		proof->flips++;
		proof->found += found_exactly(try);
		if (try->flip.done)
			bits = try->flip.data_bits;
	}
	return 0;
}

bool proof_holds(const struct proof *proof)
{
	return proof->clean && proof->flips == PROOF_FLIPS && proof->found == proof->flips;
}

int proof_run(const struct stressor *stressor, enum isa isa, int folder_fd, struct proof *ret_proof,
	      struct err *err)
{
	struct stress_slice slice = { .size = MEMORY_BYTES };
	struct stress_state state = {
		.isa = isa,
		.seed = SEED,
		.worker_count = 1,
		.folder_fd = folder_fd,
		.device_fd = -1,
		.hashes_fd = -1,
		.port_fd = { -1, -1 },
		.disk_bytes = DISK_BYTES,
		.self_test = true,
	};
	struct try try = { .stressor = stressor, .state = &state };
	struct proof proof = { .ns = clock_boot_ns() };
	AUTO_FREE void *line = NULL;
	AUTO_FREE void *memory = NULL;
	int code;

	if (posix_memalign(&line, _Alignof(struct worker_line), sizeof(*try.line)) ||
	    posix_memalign(&memory, (size_t)sysconf(_SC_PAGESIZE), MEMORY_BYTES))
		return err_set(err, ERR_FULL, "no memory left for the self-test");
	try.line = line;
	slice.memory = memory;
	state.slice = stressor->spec->target == TARGET_MEMORY ? &slice : NULL;
	code = stressor->prepare(&state, err);
	if (code >= 0) {
		code = prove(&try, &proof, err);
		stressor->finish(&state);
	}
	if (code < 0)
		return code;
	proof.ns = clock_boot_ns() - proof.ns;
	*ret_proof = proof;
	return 0;
}
