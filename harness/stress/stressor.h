/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_STRESSOR_H
#define STRESS_STRESSOR_H
/*
 * One stress kernel: a row of stressor_table (table.c), a file of its own.
 *
 * Life of a step, all of it in the step's child process:
 *	state is filled by the step: isa, params, seed, memory or folder
 *	prepare(state)			once: golden answers, by the scalar path
 *	run(state, worker, err)		on each pinned worker, at the same time
 *	finish(state)			once
 *
 * Kernels of target cpu can share a step: then run() is called again for each slice, and the other
 * workers may be at other kernels, so it waits for none of them.
 *
 * isa_available() says which instruction sets this machine has (CPUID, auxv; never /proc/cpuinfo)
 * and this build has code for; `without` removes some by name ("avx2,lasx"). A kernel lists those
 * it can use in `isa_mask`; ISA_SCALAR is always among them and always available. A step runs
 *
 *	isa_best(isa_available(without) & stressor->isa_mask)
 *
 * and with the option --isa NAMES the same within the mask isa_parse() makes of NAMES: a kernel
 * that has none of them runs scalar, so `--isa scalar` means plain C everywhere (for valgrind).
 */
#include "harness/base/err.h"
#include "harness/model/kernel_spec.h"
#include "harness/stress/worker.h"

#include <stdint.h>

enum isa {
	ISA_SCALAR = 0,
	ISA_SSE2,
	ISA_AVX2,	/* with FMA */
	ISA_AVX512,
	ISA_NEON,
	ISA_SVE,
	ISA_LSX,
	ISA_LASX,
	/* Instructions for one purpose alone (crypt.h), beside any of the above. */
	ISA_AES,
	ISA_SHA,
	ISA_SM3,
	ISA_SM4,
	ISA_CRC,
	ISA_CLMUL,
	ISA_COUNT,
};

/* The vector units: what a kernel written in vector extensions can use. */
#define ISA_VECTORS                                                                                \
	(1U << ISA_SSE2 | 1U << ISA_AVX2 | 1U << ISA_AVX512 | 1U << ISA_NEON | 1U << ISA_SVE |     \
	 1U << ISA_LSX | 1U << ISA_LASX)

const char *isa_name(enum isa isa);			/* "scalar", "avx2", ... */
int isa_from_name(const char *name);			/* -1 when there is none */
/* "avx2,lasx" into a bit set (1 << isa), ISA_SCALAR added; ERR_USAGE names the word not known. */
int isa_parse(const char *names, uint32_t *ret_mask, struct err *err);
/* Bit set (1 << isa) of what can run here, less the names in `without` (NULL: none). */
uint32_t isa_available(const char *without);
/* The best of `mask`; ISA_SCALAR when nothing else is there. */
enum isa isa_best(uint32_t mask);

struct stress_state {
	enum isa isa;
	uint64_t seed;
	unsigned int worker_count;
	const unsigned int *cpu;		/* of each worker; NULL in a self-test */
	const struct param_value *param;	/* as in the plan step */
	size_t param_count;
	struct stress_slice {			/* TARGET_MEMORY: one a worker, page aligned */
		void *memory;
		size_t size;
	} *slice;
	int folder_fd;				/* TARGET_DISK: the scratch folder, else -1 */
	int device_fd;				/* TARGET_DEVICE: the disk, O_DIRECT; else -1 */
	int hashes_fd;				/* TARGET_DEVICE that is only read: its hash set; else -1 */
	int port_fd[2];				/* TARGET_PORTS: packet sockets; else -1 */
	uint64_t disk_bytes;			/* TARGET_DISK: at most that much on disk;
						   TARGET_DEVICE: written or read at most */
	bool self_test;				/* small and quick; disk: any medium will do */
	void *own;				/* the kernel's: made by prepare, freed by finish */
};

struct stressor {
	const struct kernel_spec *spec;
	uint32_t isa_mask;
	int (*prepare)(struct stress_state *state, struct err *err);
	int (*run)(struct stress_state *state, struct worker *worker, struct err *err);
	void (*finish)(struct stress_state *state);
	/* run() obeys worker->only, on any thread, and touches nothing that other workers use. */
	bool repeatable;
};

extern const struct stressor *const stressor_table[];
extern const size_t stressor_count;
const struct stressor *stressor_find(const char *name);

/* Value of a parameter of the step by name; the spec's fallback when it is not given. */
uint64_t stress_param(const struct stress_state *state, const struct kernel_spec *spec,
		      const char *name);

#endif
