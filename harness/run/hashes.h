/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_HASHES_H
#define RUN_HASHES_H
/*
 * The file with the hash set of a disk: FOLDER/SERIAL.hashes, what does not fit a file name as '_'. The
 * folder is made when it is not there; what is above it must be.
 */
#include "harness/base/err.h"

/* A descriptor to read and write, locked for this process, or an error that names the file. */
int hashes_open(const char *folder, const char *serial, struct err *err);

#endif
