/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_EAR_H
#define SYS_EAR_H
/*
 * What a library prints, heard: in a child process standard output and error go into a file in
 * memory, which the parent reads when the child has ended.
 *
 *	AUTO_FD int ear = ear_open(&err);	in the parent, before child_run
 *	ear_wear(ear);				in the child, first thing
 *	heard = ear_size();			in the child: how much was printed so far
 *	ear_text(ear, from, to, &text);		in the parent, after the child's end
 *
 * `from` and `to` are sizes of before and after; text is cut at EAR_TEXT_MAX bytes and made one
 * line.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#define EAR_TEXT_MAX 300

int ear_open(struct err *err);
void ear_wear(int ear);
size_t ear_size(void);
void ear_text(int ear, size_t from, size_t to, struct buf *out);

#endif
