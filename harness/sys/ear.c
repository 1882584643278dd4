/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/ear.h"

#include <errno.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int ear_open(struct err *err)
{
	int ear = memfd_create("ear", MFD_CLOEXEC);

	if (ear < 0)
		return err_set_errno(err, errno, "cannot make a file in memory");
	return ear;
}

void ear_wear(int ear)
{
	/* What the parent had not written yet is the parent's to write. */
	__fpurge(stdout);
	__fpurge(stderr);
	dup2(ear, STDOUT_FILENO);
	dup2(ear, STDERR_FILENO);
}

size_t ear_size(void)
{
	struct stat stat;

	fflush(stdout);
	fflush(stderr);
	return fstat(STDOUT_FILENO, &stat) < 0 ? 0 : (size_t)stat.st_size;
}

void ear_text(int ear, size_t from, size_t to, struct buf *out)
{
	size_t start = out->size;
	size_t wanted = to > from ? to - from : 0;
	ssize_t got;
	size_t i;

	if (wanted > EAR_TEXT_MAX)
		wanted = EAR_TEXT_MAX;
	got = pread(ear, buf_room(out, wanted), wanted, (off_t)from);
	if (got <= 0)
		return;
	buf_grown(out, (size_t)got);
	for (i = start; i < out->size; i++) {
		if ((unsigned char)out->data[i] < 0x20)
			out->data[i] = ' ';
	}
	buf_trim(out);
}
