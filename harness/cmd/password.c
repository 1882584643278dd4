/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/password.h"

#include "harness/base/auto.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

void password_release(struct password *password)
{
	OPENSSL_cleanse(password, sizeof(*password));
}

static int check(const struct password *password, size_t size, const char *where, struct err *err)
{
	if (size >= PASSWORD_SIZE)
		return err_set(err, ERR_INPUT, "%s: the password is longer than %d bytes", where,
			       PASSWORD_SIZE - 1);
	if (size > strlen(password->text))
		return err_set(err, ERR_INPUT,
			       "%s: the password holds a zero byte, which would end it there; use text",
			       where);
	if (!password->text[0])
		return err_set(err, ERR_INPUT, "%s: the password is empty; keys need one", where);
	return 0;
}

/* Read directly into the password: a buffer that grows would leave copies behind. */
static int from_file(const char *path, struct password *password, struct err *err)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t size = 0;

	if (fd < 0)
		return err_set_errno(err, errno, "cannot open '%s'", path);
	while (size < PASSWORD_SIZE) {
		ssize_t got = read(fd, password->text + size, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set_errno(err, errno, "cannot read '%s'", path);
		if (!got || password->text[size] == '\n')
			break;
		size++;
	}
	if (size && size < PASSWORD_SIZE && password->text[size - 1] == '\r')
		size--;
	password->text[size < PASSWORD_SIZE ? size : PASSWORD_SIZE - 1] = 0;
	return check(password, size, path, err);
}

/* Without echo, line editing and signal keys: there is nothing to undo when Ctrl-C is a byte. */
static int silence(int fd, struct termios *ret_before)
{
	struct termios quiet;

	if (tcgetattr(fd, ret_before) < 0)
		return -errno;
	quiet = *ret_before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	return tcsetattr(fd, TCSAFLUSH, &quiet) < 0 ? -errno : 0;
}

enum { KEY_CTRL_C = 3, KEY_CTRL_D = 4, KEY_BACKSPACE = 8, KEY_CTRL_U = 21, KEY_DELETE = 127 };

/* Without the last character, which in UTF-8 may be several bytes. */
static int one_less(const char *line, int size)
{
	while (size > 1 && ((unsigned char)line[size - 1] & 0xc0) == 0x80)
		size--;
	return size > 0 ? size - 1 : 0;
}

/* The length of what was typed up to Enter, or -1 after Ctrl-C, Ctrl-D or a lost terminal. */
static int type_line(int fd, char line[PASSWORD_SIZE])
{
	int size = 0;
	char c;

	for (;;) {
		ssize_t got = read(fd, &c, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got != 1 || c == KEY_CTRL_C || c == KEY_CTRL_D)
			return -1;
		if (c == '\n' || c == '\r')
			break;
		if (c == KEY_CTRL_U)
			size = 0;
		else if (c == KEY_BACKSPACE || c == KEY_DELETE)
			size = one_less(line, size);
		else if (size < PASSWORD_SIZE)
			line[size++] = c;
	}
	line[size < PASSWORD_SIZE ? size : PASSWORD_SIZE - 1] = 0;
	return size;
}

static int ask(int fd, bool again, const char *path, struct password *password, struct err *err)
{
	char text[ERR_TEXT_SIZE];
	struct termios before;
	int failed;
	int size;

	snprintf(text, sizeof(text),
		 again ? _("Once more, password of '%s': ") : _("Password of '%s': "), path);
	failed = silence(fd, &before);
	if (!failed)
		failed = disk_write_all(fd, text, strlen(text));
	if (failed)
		return err_set_errno(err, -failed, "cannot ask for the password of '%s'", path);
	size = type_line(fd, password->text);
	tcsetattr(fd, TCSAFLUSH, &before);
	disk_write_all(fd, "\n", 1);
	if (size < 0)
		return err_set(err, ERR_USAGE, "no password given for '%s'", path);
	return check(password, (size_t)size, path, err);
}

int password_get(const struct cmd *cmd, const char *key_path, enum password_kind kind,
		 struct password *ret_password, struct err *err)
{
	AUTO(password_release) struct password again = { "" };
	const char *file = cmd_option(cmd, "password-file");
	AUTO_FD int fd = -1;
	int code;

	if (file)
		return from_file(file, ret_password, err);
	fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_set(err, ERR_USAGE,
			       "no terminal to ask for the password of '%s'; use --password-file",
			       key_path);
	code = ask(fd, false, key_path, ret_password, err);
	if (code < 0 || kind == PASSWORD_OLD)
		return code;
	code = ask(fd, true, key_path, &again, err);
	if (code < 0)
		return code;
	if (strcmp(again.text, ret_password->text) != 0)
		return err_set(err, ERR_USAGE, "the two passwords differ");
	return 0;
}
