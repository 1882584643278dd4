/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * linux-4.19 COMMAND [ARGUMENT...]: the command finds no system call that came after Linux 4.19, as on
 * that kernel: each answers "not implemented". Exit 125 when this cannot be had here.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	/* The last that Linux 4.19 had: its arch/x86/entry/syscalls, include/uapi/asm-generic/unistd.h. */
	NEWEST = SYS_rseq,
	OPENAT2 = 437,
	EXIT_CANNOT = 125,
};

int main(int argc, char *argv[])
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, NEWEST, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	if (argc < 2) {
		fprintf(stderr, "usage: linux-4.19 COMMAND [ARGUMENT...]\n");
		return EXIT_CANNOT;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0)) {
		fprintf(stderr, "linux-4.19: no system call can be refused here: %s\n", strerror(errno));
		return EXIT_CANNOT;
	}
	if (syscall(OPENAT2, -1, "", NULL, 0) != -1 || errno != ENOSYS) {
		fprintf(stderr, "linux-4.19: a newer system call was not refused\n");
		return EXIT_CANNOT;
	}
	execvp(argv[1], argv + 1);
	fprintf(stderr, "linux-4.19: %s: %s\n", argv[1], strerror(errno));
	return EXIT_CANNOT;
}
