/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/err.h"

#include "harness/base/text.h"

#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DOMAIN "cuihuo"

static void __attribute__((format(printf, 3, 0)))
format_both(struct err *err, enum err_code code, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	err->code = code;
	vsnprintf(err->plain, sizeof(err->plain), format, again);
	va_end(again);
	vsnprintf(err->text, sizeof(err->text), dgettext(DOMAIN, format), args);
	/* A message quotes what it complains about: strangers' texts, and halves of characters. */
	text_clean(err->plain);
	text_clean(err->text);
}

int err_vset(struct err *err, enum err_code code, const char *format, va_list args)
{
	if (err && !err->code)
		format_both(err, code, format, args);
	return code;
}

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_vset(err, code, format, args);
	va_end(args);
	return code;
}

static void append(char *text, const char *more)
{
	size_t used = strlen(text);

	snprintf(text + used, ERR_TEXT_SIZE - used, ": %s", more);
	text_clean(text);
}

/* Records are the same in every language, so the words come from the C locale. */
static void append_plain(char *text, int errno_value)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);

	append(text, plain ? strerror_l(errno_value, plain) : "unknown error");
	if (plain)
		freelocale(plain);
}

int err_set_errno(struct err *err, int errno_value, const char *format, ...)
{
	enum err_code code = err_code_of_errno(errno_value);
	va_list args;

	if (!err || err->code)
		return code;
	va_start(args, format);
	format_both(err, code, format, args);
	va_end(args);
	append_plain(err->plain, errno_value);
	append(err->text, strerror(errno_value));
	return code;
}

void err_prefix(struct err *err, const char *format, ...)
{
	struct err context = ERR_INIT;
	struct err old;
	va_list args;

	if (!err || !err->code)
		return;
	old = *err;
	va_start(args, format);
	format_both(&context, old.code, format, args);
	va_end(args);
	*err = context;
	append(err->plain, old.plain);
	append(err->text, old.text);
}

void err_clear(struct err *err)
{
	memset(err, 0, sizeof(*err));
}

enum err_code err_code_of_errno(int errno_value)
{
	switch (errno_value) {
	case ENOENT:
	case ENOTDIR:
	case ENODEV:
	case ENXIO:
		return ERR_NOT_FOUND;
	case EISDIR: /* a folder named where a file is meant */
	case ENAMETOOLONG:
		return ERR_INPUT;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_ACCESS;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
		return ERR_FULL;
	case ENOSYS:
	case EOPNOTSUPP:
	case EINVAL:
		return ERR_UNSUPPORTED;
	case EBUSY:
	case EAGAIN:
		return ERR_BUSY;
	case ETIMEDOUT:
		return ERR_TIMEOUT;
	default:
		return ERR_IO;
	}
}
