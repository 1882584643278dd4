/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_ERR_H
#define BASE_ERR_H
/*
 * Failures of the harness (never of the machine under test: those are findings).
 *
 * A function that can fail returns 0 (or a count) on success and a negative enum err_code on
 * failure; the first callee that fails writes one sentence into the caller's struct err: what,
 * where, what to do. Nobody below cmd/ prints; the command that decides prints err.text.
 *
 *	struct err err = ERR_INIT;
 *	if (sysroot_read(root, "proc/cpuinfo", &out, &err) < 0)
 *		...	err.text in the user's language, err.plain in English for records
 *
 * `err` may be NULL where the caller does not care. A message already present is kept, so that
 * the deepest cause wins; err_prefix() puts the context of an outer layer before it.
 * Format strings are marked for translation by being literal arguments of err_set/err_prefix.
 */
#include <stdarg.h>

enum err_code {
	ERR_NONE = 0,
	ERR_USAGE = -1,		/* the arguments of the command line */
	ERR_INPUT = -2,		/* a file, profile, journal, certificate has bad content */
	ERR_NOT_FOUND = -3,	/* no such file, class, command */
	ERR_ACCESS = -4,	/* permission denied */
	ERR_IO = -5,		/* reading or writing failed */
	ERR_FULL = -6,		/* no space left on the device, quota */
	ERR_UNSUPPORTED = -7,	/* this machine, kernel or build cannot do it */
	ERR_CRYPTO = -8,	/* the cryptographic library refused */
	ERR_BUSY = -9,		/* somebody else holds it */
	ERR_TIMEOUT = -10,
	ERR_CHILD = -11,	/* a child process crashed or exited badly */
	ERR_INTERNAL = -12,	/* a rule of the program itself was broken */
};

#define ERR_TEXT_SIZE 512

struct err {
	enum err_code code;
	char text[ERR_TEXT_SIZE];	/* in the language of the user */
	char plain[ERR_TEXT_SIZE];	/* in English, for records and journals */
};

#define ERR_INIT { .code = ERR_NONE }

/* Fill *err unless it already holds a failure. Returns code, so: return err_set(err, ...). */
int err_set(struct err *err, enum err_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for a function that takes a format itself; tools/update-po must know that function. */
int err_vset(struct err *err, enum err_code code, const char *format, va_list args)
	__attribute__((format(printf, 3, 0)));

/* As err_set with ": " and the words of errno_value after the sentence; picks the code from it. */
int err_set_errno(struct err *err, int errno_value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "context: " before the message that is there. */
void err_prefix(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void err_clear(struct err *err);

enum err_code err_code_of_errno(int errno_value);

#endif
