/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H
/*
 * One command: a row of command_table (table.c), a file of its own. Only commands talk to people:
 * primary output to stdout, talk to stderr, both in the user's language through _().
 *
 * Options stand in the row; parsing, --help, completion and the manual come from it. Common to all:
 * --help, --color=auto|always|never; -o is short for --out. A command reads its options by name:
 *
 *	const char *out = cmd_option(cmd, "out");	NULL when not given; "" for a flag that was
 *	cmd->argument[0 .. cmd->argument_count - 1]	what is no option
 *
 * run() returns an exit code (enum exit_code). cmd_fail() prints err and picks the code from it.
 */
#include "harness/base/arena.h"
#include "harness/base/err.h"
#include "harness/base/lang.h"

#include <libintl.h>
#include <stdbool.h>
#include <stddef.h>

#define _(text) gettext(text)
#define N_(text) (text)

enum exit_code {
	EXIT_PASS = 0,		/* passed, done, valid */
	EXIT_FAILED = 1,	/* the machine failed; the certificate is invalid */
	EXIT_USAGE = 2,		/* usage or bad input */
	EXIT_STATION = 3,	/* the harness or the station could not work */
	EXIT_INCOMPLETE = 4,	/* incomplete; cannot tell */
	EXIT_GUARD = 5,		/* stopped by the guard */
};

struct cmd_option {
	const char *name;	/* "root", without dashes */
	const char *argument;	/* "DIR|FILE", or NULL for a flag */
	const char *help;	/* translatable */
};

enum { CMD_OPTIONS_MAX = 24 };

struct command;
struct cmd {
	const struct command *command;
	const char *value[CMD_OPTIONS_MAX];
	char **argument;
	int argument_count;
	bool color_out, color_err;	/* --color, NO_COLOR and isatty already thought of */
};

struct command {
	const char *name;
	const char *summary;			/* translatable, one line */
	const char *arguments;			/* "PROFILE", "[CLASS...]" or "" */
	const struct cmd_option *option;	/* ends with a NULL name */
	int argument_min, argument_max;		/* argument_max -1: any number */
	int (*run)(struct cmd *cmd);
};

extern const struct command *const command_table[];
extern const size_t command_count;

const char *cmd_option(const struct cmd *cmd, const char *name);
/* "cuihuo COMMAND: text" to stderr; the exit code that belongs to err->code. */
int cmd_fail(const struct cmd *cmd, const struct err *err);
/* A usage error in one line; EXIT_USAGE. */
int cmd_usage(const struct cmd *cmd, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
enum exit_code cmd_exit_code(enum err_code code);
/* Write all of it to stdout; EXIT_STATION with a message when that fails (full disk, closed pipe). */
int cmd_put(const struct cmd *cmd, const void *data, size_t size);

/* The language in which the program talks here: what documents take when none is asked for. */
enum lang cmd_lang(void);
/* A finished English sentence of a record or an inventory, in that language. */
const char *cmd_said(struct arena *arena, const char *english);

/* Where installed data lies (profiles, names): build tree or prefix. Never NULL. */
const char *cmd_data_folder(void);
const char *cmd_version(void);

#endif
