/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The program: language, options, dispatch. The environment is read here and in folders.c only.
 */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/cmd/command.h"
#include "harness/cmd/folders.h"
#include "harness/cmd/usage.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The language asked for by the environment, as setlocale would read it. */
static const char *wanted_language(void)
{
	static const char *const name[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		const char *value = getenv(name[i]);

		if (value && *value)
			return value;
	}
	return "";
}

/*
 * A factory image often says LANG=zh_CN.UTF-8 without having that locale built: then gettext would
 * fall back to English. C.UTF-8 is always there, and LANGUAGE carries the wish.
 */
static void set_language(void)
{
	const char *wanted = wanted_language();

	if (!setlocale(LC_ALL, "") && setlocale(LC_ALL, "C.UTF-8") && !strncmp(wanted, "zh", 2))
		setenv("LANGUAGE", "zh_CN", 1);
	setlocale(LC_NUMERIC, "C");
	bindtextdomain("cuihuo", folders_locale());
	bind_textdomain_codeset("cuihuo", "UTF-8");
	textdomain("cuihuo");
}

static bool color_for(const char *when, int fd)
{
	const char *no_color = getenv("NO_COLOR");

	if (when && !strcmp(when, "always"))
		return true;
	if ((when && !strcmp(when, "never")) || (no_color && *no_color))
		return false;
	return isatty(fd);
}

static const struct command *find_command(const char *name)
{
	size_t i;

	for (i = 0; i < command_count; i++) {
		if (!strcmp(command_table[i]->name, name))
			return command_table[i];
	}
	return NULL;
}

static int find_option(const struct command *command, const char *name, size_t length)
{
	int i;

	for (i = 0; command->option[i].name; i++) {
		if (strlen(command->option[i].name) == length &&
		    !strncmp(command->option[i].name, name, length))
			return i;
	}
	return -1;
}

struct parse {
	struct cmd *cmd;
	const char *color;
	bool help;
	int argc;
	char **argv;
	int at;
};

/* The value of an option: behind '=', or the next word; NULL when there is none. */
static const char *option_value(struct parse *parse, const char *equals)
{
	if (equals)
		return equals + 1;
	if (parse->at + 1 >= parse->argc)
		return NULL;
	return parse->argv[++parse->at];
}

static int parse_option(struct parse *parse, const char *word)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	const struct command *command = parse->cmd->command;
	int index;

	if (length == 4 && !strncmp(word, "help", 4)) {
		parse->help = true;
		return 0;
	}
	if (length == 5 && !strncmp(word, "color", 5)) {
		parse->color = option_value(parse, equals);
		if (!parse->color || (strcmp(parse->color, "auto") && strcmp(parse->color, "always") &&
				      strcmp(parse->color, "never")))
			return cmd_usage(parse->cmd, _("--color takes auto, always or never"));
		return 0;
	}
	index = find_option(command, word, length);
	if (index < 0)
		return cmd_usage(parse->cmd, _("there is no option '--%.*s'; see 'cuihuo %s --help'"),
				 (int)length, word, command->name);
	if (!command->option[index].argument) {
		if (equals)
			return cmd_usage(parse->cmd, _("option '--%s' takes no value"),
					 command->option[index].name);
		parse->cmd->value[index] = "";
		return 0;
	}
	parse->cmd->value[index] = option_value(parse, equals);
	if (!parse->cmd->value[index])
		return cmd_usage(parse->cmd, _("option '--%s' needs a value: %s"),
				 command->option[index].name, command->option[index].argument);
	return 0;
}

/* Options and arguments may be mixed; "--" ends the options; "-" alone is an argument; -o is --out. */
static int parse_words(struct parse *parse)
{
	bool only_arguments = false;

	for (; parse->at < parse->argc; parse->at++) {
		char *word = parse->argv[parse->at];
		bool is_out;
		int code;

		if (only_arguments || word[0] != '-' || !word[1]) {
			parse->cmd->argument[parse->cmd->argument_count++] = word;
			continue;
		}
		if (!strcmp(word, "--")) {
			only_arguments = true;
			continue;
		}
		is_out = !strcmp(word, "-o");
		if (word[1] != '-' && !is_out)
			return cmd_usage(parse->cmd, _("there is no option '%s'; see 'cuihuo %s --help'"),
					 word, parse->cmd->command->name);
		code = parse_option(parse, is_out ? "out" : word + 2);
		if (code)
			return code;
	}
	return 0;
}

static int run_command(const struct command *command, int argc, char **argv)
{
	struct cmd cmd = { .command = command };
	struct parse parse = { .cmd = &cmd, .argc = argc, .argv = argv, .at = 2 };
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO_FREE char **argument = calloc((size_t)argc + 1, sizeof(*argument));
	int code;

	if (!argument)
		return EXIT_STATION;
	cmd.argument = argument;
	cmd.color_err = color_for(NULL, STDERR_FILENO);
	code = parse_words(&parse);
	if (code)
		return code;
	cmd.color_out = color_for(parse.color, STDOUT_FILENO);
	cmd.color_err = color_for(parse.color, STDERR_FILENO);
	if (parse.help) {
		usage_command(&text, command);
		return cmd_put(&cmd, text.data, text.size);
	}
	if (cmd.argument_count < command->argument_min)
		return cmd_usage(&cmd, _("something is missing; usage: cuihuo %s [OPTION...] %s"),
				 command->name, command->arguments);
	if (command->argument_max >= 0 && cmd.argument_count > command->argument_max)
		return cmd_usage(&cmd, _("'%s' is one argument too many; usage: cuihuo %s [OPTION...] %s"),
				 cmd.argument[command->argument_max], command->name,
				 command->arguments);
	return command->run(&cmd);
}

/* Standard streams that are closed would be taken by the first file opened. */
static void keep_standard_streams(void)
{
	FILE *null;

	do {
		null = fopen("/dev/null", "r+");
	} while (null && fileno(null) <= STDERR_FILENO);
	if (null)
		fclose(null);
}

int main(int argc, char **argv)
{
	const struct cmd about = { .command = find_command("help") };
	const struct command *command;
	AUTO(buf_release) struct buf text = BUF_INIT;

	keep_standard_streams();
	signal(SIGPIPE, SIG_IGN);
	set_language();
	if (argc < 2) {
		usage_program(&text);
		fputs(text.data, stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		usage_program(&text);
	else if (!strcmp(argv[1], "--version"))
		buf_addf(&text, "cuihuo %s\n", cmd_version());
	if (text.size)
		return cmd_put(&about, text.data, text.size);
	command = find_command(argv[1]);
	if (!command) {
		fprintf(stderr, _("cuihuo: there is no command '%s'; 'cuihuo --help' lists them\n"),
			argv[1]);
		return EXIT_USAGE;
	}
	return run_command(command, argc, argv);
}
