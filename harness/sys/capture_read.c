/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a capture, strictly: what capture_write would not have written is refused. */
#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/sys/capture.h"
#include "harness/sys/sysroot_parts.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	WORDS_MAX = 5,
	HEX_LINE = 32,		/* bytes */
};

struct reader {
	const char *at, *end;
	const char *where;
	size_t number;			/* of the line in `line` */
	struct buf line;
	char *word[WORDS_MAX + 1];	/* in `line`, after split() */
	size_t words;
	struct capture *capture;
	struct err *err;
};

static int __attribute__((format(printf, 2, 3)))
bad(struct reader *reader, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_vset(reader->err, ERR_INPUT, format, args);
	va_end(args);
	err_prefix(reader->err, "%s:%zu", reader->where, reader->number);
	return ERR_INPUT;
}

/* The next line without its end. */
static int next_line(struct reader *reader)
{
	const char *end;

	reader->number++;
	if (reader->at == reader->end)
		return bad(reader, "the file ends before its 'end' line");
	end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
	if (!end)
		return bad(reader, "the line has no end: the file was cut");
	buf_reset(&reader->line);
	buf_add(&reader->line, reader->at, (size_t)(end - reader->at));
	reader->at = end + 1;
	return 0;
}

/* Undo add_word of the writer. Only what it escapes may be escaped. */
static bool unescape(char *word)
{
	char *out = word;

	for (; *word; word++) {
		unsigned char c = (unsigned char)*word;

		if (c == '\\') {
			char digits[3] = "";

			if (word[1] != 'x')
				return false;
			memcpy(digits, word + 2, strnlen(word + 2, 2));
			if (hex_decode(digits, &c, 1) < 0 || !c)
				return false;
			if (c > 0x20 && c != '\\' && c < 0x7f)
				return false;
			word += 3;
		} else if (c < 0x20 || c == 0x7f) {
			return false;
		}
		*out++ = (char)c;
	}
	*out = 0;
	return true;
}

/* Split the line at single blanks; a line with more than `most` words has the rest in the last. */
static int split(struct reader *reader, size_t most)
{
	char *at = reader->line.data;

	if (strlen(at) != reader->line.size)
		return bad(reader, "a zero byte in the line");
	for (reader->words = 0; reader->words < most; reader->words++) {
		char *blank = reader->words + 1 < most ? strchr(at, ' ') : NULL;

		reader->word[reader->words] = at;
		if (!blank) {
			reader->words++;
			break;
		}
		*blank = 0;
		at = blank + 1;
	}
	return 0;
}

static bool path_ok(const char *path)
{
	size_t size = strlen(path);

	if (!size || size >= PATH_MAX)
		return false;
	for (;;) {
		size_t length = strcspn(path, "/");

		if (!length || length > NAME_MAX || !strncmp(path, ".", length) ||
		    (length == 2 && !strncmp(path, "..", 2)))
			return false;
		path += length;
		if (!*path)
			return true;
		path++;
	}
}

static int read_header(struct reader *reader)
{
	struct capture *capture = reader->capture;

	if (next_line(reader) < 0)
		return ERR_INPUT;
	if (!strcmp(reader->line.data, "cuihuo-capture 1\r"))
		return bad(reader, "its line ends were changed on the way; copy it as a binary file");
	if (strcmp(reader->line.data, "cuihuo-capture 1") != 0)
		return bad(reader, "not a capture of format 1; a newer cuihuo may read it");
	if (next_line(reader) < 0 || split(reader, 2) < 0)
		return ERR_INPUT;
	if (reader->words != 2 || strcmp(reader->word[0], "tool") != 0)
		return bad(reader, "expected 'tool VERSION'");
	capture->tool = arena_strdup(&capture->arena, reader->word[1]);
	if (next_line(reader) < 0 || split(reader, 3) < 0)
		return ERR_INPUT;
	if (reader->words != 3 || strcmp(reader->word[0], "created") != 0)
		return bad(reader, "expected 'created TIME synchronised|unsynchronised'");
	capture->created = arena_strdup(&capture->arena, reader->word[1]);
	capture->synchronised = !strcmp(reader->word[2], "synchronised");
	return 0;
}

/* "fact NAME VALUE" in `line`. */
static int read_fact(struct reader *reader)
{
	struct capture *capture = reader->capture;

	if (split(reader, 3) < 0)
		return ERR_INPUT;
	if (reader->words != 3 ||
	    !sysroot_fact_name_ok(reader->word[1], strlen(reader->word[1])))
		return bad(reader, "expected 'fact NAME VALUE'");
	if (capture->entry_count)
		return bad(reader, "facts stand before files");
	if (capture->fact_count &&
	    strcmp(reader->word[1], capture->fact[capture->fact_count - 1].name) <= 0)
		return bad(reader, "fact '%s' is out of order", reader->word[1]);
	capture_add_fact(capture, reader->word[1], reader->word[2]);
	return 0;
}

static int add_entry(struct reader *reader, const char *path, enum capture_kind kind,
		     const struct buf *data, unsigned int mode)
{
	struct capture *capture = reader->capture;
	const struct capture_entry *last =
		capture->entry_count ? &capture->entry[capture->entry_count - 1] : NULL;

	if (last && capture_path_compare(last->path, path) >= 0)
		return bad(reader, "'%s' is out of order", path);
	if (last && capture_path_below(path, last->path))
		return bad(reader, "'%s' lies below what is no folder", path);
	if (capture->entry_count == CAPTURE_ENTRY_MAX)
		return bad(reader, "more than %d entries", CAPTURE_ENTRY_MAX);
	capture_add(capture, path, kind, data->data, data->size)->mode = mode;
	return 0;
}

static int read_mode(struct reader *reader, const char *text, unsigned int *ret_mode)
{
	unsigned int mode = 0;
	size_t i;

	for (i = 0; text[i] >= '0' && text[i] <= '7' && i < 3; i++)
		mode = mode << 3 | (unsigned int)(text[i] - '0');
	if (i != 3 || text[i])
		return bad(reader, "the mode '%s' is not three octal digits", text);
	*ret_mode = mode;
	return 0;
}

static int read_text_line(struct reader *reader, struct buf *data)
{
	if (reader->line.data[0] != '|' && reader->line.data[0] != '.')
		return bad(reader, "expected a line of text that begins with '|' or '.'");
	buf_add(data, reader->line.data + 1, reader->line.size - 1);
	if (reader->line.data[0] == '|')
		buf_addc(data, '\n');
	return 0;
}

static int read_hex_line(struct reader *reader, struct buf *data)
{
	size_t size = reader->line.size / 2;

	if (reader->line.data[0] != '=' || reader->line.size != 2 * size + 1 || size > HEX_LINE ||
	    hex_decode(reader->line.data + 1, buf_room(data, size + 1), size) < 0)
		return bad(reader, "expected '=' and at most 64 hex digits");
	buf_grown(data, size);
	return 0;
}

/* "file PATH MODE SIZE text|hex" in `line`, and its content. */
static int read_file(struct reader *reader)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO(buf_release) struct buf data = BUF_INIT;
	unsigned int mode = 0;
	uint64_t size = 0;
	bool hex;

	if (reader->words != 5 || read_mode(reader, reader->word[2], &mode) < 0 ||
	    scan_u64(reader->word[3], 0, SYSROOT_FILE_MAX, &size) < 0)
		return bad(reader, "expected 'file PATH MODE SIZE text|hex', at most %u bytes",
			   SYSROOT_FILE_MAX);
	hex = !strcmp(reader->word[4], "hex");
	buf_adds(&path, reader->word[1]);
	while (data.size < size) {
		int code = next_line(reader);

		if (!code)
			code = hex ? read_hex_line(reader, &data) : read_text_line(reader, &data);
		if (code < 0)
			return code;
	}
	if (data.size != size)
		return bad(reader, "'%s' has more than the %zu bytes it says", path.data,
			   (size_t)size);
	return add_entry(reader, path.data, CAPTURE_FILE, &data, mode);
}

static int read_link(struct reader *reader)
{
	AUTO(buf_release) struct buf target = BUF_INIT;

	if (reader->words != 3 || !unescape(reader->word[2]) || !reader->word[2][0] ||
	    strlen(reader->word[2]) >= PATH_MAX)
		return bad(reader, "expected 'link PATH TARGET'");
	buf_adds(&target, reader->word[2]);
	return add_entry(reader, reader->word[1], CAPTURE_LINK, &target, 0);
}

static int read_folder(struct reader *reader)
{
	const struct buf nothing = BUF_INIT;

	if (reader->words != 2)
		return bad(reader, "expected 'folder PATH'");
	return add_entry(reader, reader->word[1], CAPTURE_FOLDER, &nothing, 0);
}

static int read_unreadable(struct reader *reader)
{
	const struct buf nothing = BUF_INIT;
	struct capture *capture = reader->capture;
	unsigned int mode = 0;
	int number, code;

	if (reader->words != 4)
		return bad(reader, "expected 'unreadable PATH MODE ERRNO'");
	number = capture_errno_of(reader->word[3]);
	if (!number)
		return bad(reader, "no error is named '%s'", reader->word[3]);
	code = read_mode(reader, reader->word[2], &mode);
	if (!code)
		code = add_entry(reader, reader->word[1], CAPTURE_UNREADABLE, &nothing, mode);
	if (!code)
		capture->entry[capture->entry_count - 1].error_number = number;
	return code;
}

static int read_entry(struct reader *reader)
{
	static const struct {
		const char *word;
		int (*read)(struct reader *reader);
	} row[] = {
		{ "file", read_file },
		{ "folder", read_folder },
		{ "link", read_link },
		{ "unreadable", read_unreadable },
	};
	size_t i;

	if (split(reader, WORDS_MAX) < 0)
		return ERR_INPUT;
	if (reader->words < 2 || !unescape(reader->word[1]) || !path_ok(reader->word[1]))
		return bad(reader, "expected a kind of entry and a path below the root");
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if (!strcmp(reader->word[0], row[i].word))
			return row[i].read(reader);
	}
	return bad(reader, "there is no kind of entry '%s'", reader->word[0]);
}

static int read_end(struct reader *reader)
{
	uint64_t count;

	if (scan_u64(reader->line.data + strlen("end "), 0, CAPTURE_ENTRY_MAX, &count) < 0 ||
	    count != reader->capture->entry_count)
		return bad(reader, "%zu entries stand before, not what this line says",
			   reader->capture->entry_count);
	if (reader->at != reader->end)
		return bad(reader, "something stands behind the last line");
	return 0;
}

static int read_lines(struct reader *reader)
{
	int code = read_header(reader);

	while (!code) {
		code = next_line(reader);
		if (code < 0)
			break;
		if (text_starts(reader->line.data, "end "))
			return read_end(reader);
		code = text_starts(reader->line.data, "fact ") ? read_fact(reader)
							       : read_entry(reader);
	}
	return code;
}

/* There is one way to write a capture; the first line that is written otherwise is named. */
static int check_form(struct reader *reader, const char *data, size_t size)
{
	AUTO(buf_release) struct buf again = BUF_INIT;
	size_t i;

	capture_write(reader->capture, &again);
	reader->number = 1;
	for (i = 0; i < size && i < again.size && data[i] == again.data[i]; i++)
		reader->number += data[i] == '\n';
	if (i < size || i < again.size)
		return bad(reader, "the line is not written as cuihuo writes it");
	return 0;
}

int capture_read(struct capture *capture, const char *data, size_t size, const char *where,
		 struct err *err)
{
	struct reader reader = {
		.at = data, .end = data + size, .where = where, .line = BUF_INIT,
		.capture = capture, .err = err,
	};
	int code = read_lines(&reader);

	if (!code)
		code = check_form(&reader, data, size);
	buf_release(&reader.line);
	return code;
}

bool capture_looks_like(const char *data, size_t size)
{
	static const char start[] = "cuihuo-capture ";

	return size >= sizeof(start) - 1 && !memcmp(data, start, sizeof(start) - 1);
}
