/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_PASSWORD_H
#define CMD_PASSWORD_H
/*
 * The password of a private key: the first line of the file named by option --password-file
 * (/dev/fd/N for a descriptor), or asked on the terminal without echo. It is held in one place and
 * overwritten by password_release.
 *
 *	AUTO(password_release) struct password password = { "" };
 *	code = password_get(cmd, key_path, PASSWORD_NEW, &password, &err);
 */
#include "harness/base/err.h"
#include "harness/cmd/command.h"

enum { PASSWORD_SIZE = 256 };

struct password {
	char text[PASSWORD_SIZE];
};

enum password_kind {
	PASSWORD_OLD = 0,
	PASSWORD_NEW,	/* asked twice */
};

/* 0; ERR_USAGE where there is neither file nor terminal; ERR_INPUT for an empty or too long one. */
int password_get(const struct cmd *cmd, const char *key_path, enum password_kind kind,
		 struct password *ret_password, struct err *err);
void password_release(struct password *password);

#define PASSWORD_OPTION                                                                            \
	{ "password-file", "FILE",                                                                 \
	  N_("take the password of the key from the first line of FILE (/dev/fd/N works)") }

#endif
