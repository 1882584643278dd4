/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_STICK_H
#define RUN_STICK_H
/*
 * May tests write where this folder lies? A disk that hangs on USB is somebody's stick: it is written on
 * only when it says that it is a test stick, by a file in its top folder:
 *
 *	cuihuo-test-stick	a plain file whose first line is "this stick may be overwritten by cuihuo"
 *
 * What the folder lies on is asked by the number of its file system, where that is a device, and by the
 * source that the mounts name, also below a device mapper (an encrypted stick). Asked again when
 * the step begins, of the folder as it is then.
 */
#include "harness/base/err.h"
#include "harness/sys/sysroot.h"

#define STICK_FILE "cuihuo-test-stick"
#define STICK_LINE "this stick may be overwritten by cuihuo"

/* 0; ERR_UNSUPPORTED: a stick that does not say so; another error: it cannot be told. */
int stick_check(struct sysroot *root, const char *folder, struct err *err);

#endif
