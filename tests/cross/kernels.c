/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernels FOLDER [ISA...]: the self-test without the program, so that it links for another
 * architecture with nothing but its C library. With names, the machine must have just these
 * instruction sets: what was meant to be tested and is not there fails.
 */
#include "harness/stress/proof.h"

#include <fcntl.h>
#include <stdio.h>

static int prove(const struct stressor *stressor, enum isa isa, int folder_fd)
{
	struct err err = ERR_INIT;
	struct proof proof = { .ns = 0 };

	proof_run(stressor, isa, folder_fd, &proof, &err);
	printf("%-12s %-8s %s: %llu mismatches, %u of %u flips found, %lld ms%s%s\n",
	       stressor->spec->name, isa_name(isa), proof_holds(&proof) ? "ok" : "NOT PROVEN",
	       (unsigned long long)proof.mismatches, proof.found, proof.flips,
	       (long long)(proof.ns / 1000000), err.code ? ": " : "", err.plain);
	return proof_holds(&proof) ? 0 : 1;
}

int main(int argc, char **argv)
{
	uint32_t wanted = 1U << ISA_SCALAR, mask = isa_available(NULL);
	int folder_fd = open(argc > 1 ? argv[1] : "/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int failed = 0, isa, i;
	size_t k;

	for (i = 2; i < argc; i++)
		wanted |= 1U << isa_from_name(argv[i]);
	if (wanted != mask) {
		printf("instruction sets 0x%x, wanted 0x%x\n", mask, wanted);
		return 1;
	}
	for (k = 0; k < stressor_count; k++) {
		for (isa = 0; isa < ISA_COUNT; isa++) {
			if (stressor_table[k]->isa_mask & mask & 1U << isa)
				failed |= prove(stressor_table[k], (enum isa)isa, folder_fd);
		}
	}
	return failed;
}
