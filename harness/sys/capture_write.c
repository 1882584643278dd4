/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text form of a capture; docs/formats/capture.md says it line by line. */
#include "harness/base/digest.h"
#include "harness/base/text.h"
#include "harness/sys/capture.h"

#include <string.h>

enum { HEX_LINE = 32 };		/* bytes */

static bool is_clean(const char *data, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		unsigned char c = (unsigned char)data[i];

		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
			return false;
	}
	return text_is_utf8(data, size);
}

/* One word: blanks, backslashes, control characters and what is not UTF-8 as \xHH. */
static void add_word(struct buf *out, const char *word)
{
	bool utf8 = text_is_utf8(word, strlen(word));

	for (; *word; word++) {
		unsigned char c = (unsigned char)*word;

		if (c <= 0x20 || c == '\\' || c == 0x7f || (c >= 0x80 && !utf8))
			buf_addf(out, "\\x%02x", c);
		else
			buf_addc(out, *word);
	}
}

static void add_text(struct buf *out, const char *data, size_t size)
{
	while (size) {
		const char *end = memchr(data, '\n', size);
		size_t length = end ? (size_t)(end - data) : size;

		buf_addc(out, end ? '|' : '.');
		buf_add(out, data, length);
		buf_addc(out, '\n');
		length += end != NULL;
		data += length;
		size -= length;
	}
}

static void add_hex(struct buf *out, const char *data, size_t size)
{
	while (size) {
		size_t length = size < HEX_LINE ? size : HEX_LINE;

		buf_addc(out, '=');
		hex_encode(data, length, buf_room(out, 2 * length + 1));
		buf_grown(out, 2 * length);
		buf_addc(out, '\n');
		data += length;
		size -= length;
	}
}

static void add_file(struct buf *out, const struct capture_entry *entry)
{
	bool clean = is_clean(entry->data, entry->size);

	buf_adds(out, "file ");
	add_word(out, entry->path);
	buf_addf(out, " %03o %zu %s\n", entry->mode & 0777, entry->size, clean ? "text" : "hex");
	if (clean)
		add_text(out, entry->data, entry->size);
	else
		add_hex(out, entry->data, entry->size);
}

static void add_entry(struct buf *out, const struct capture_entry *entry)
{
	switch (entry->kind) {
	case CAPTURE_FILE:
		add_file(out, entry);
		break;
	case CAPTURE_LINK:
		buf_adds(out, "link ");
		add_word(out, entry->path);
		buf_addc(out, ' ');
		add_word(out, entry->data);
		buf_addc(out, '\n');
		break;
	case CAPTURE_FOLDER:
		buf_adds(out, "folder ");
		add_word(out, entry->path);
		buf_addc(out, '\n');
		break;
	case CAPTURE_UNREADABLE:
		buf_adds(out, "unreadable ");
		add_word(out, entry->path);
		buf_addf(out, " %03o %s\n", entry->mode & 0777,
			 capture_errno_name(entry->error_number));
		break;
	}
}

void capture_write(const struct capture *capture, struct buf *out)
{
	size_t i;

	buf_adds(out, "cuihuo-capture 1\n");
	buf_addf(out, "tool %s\n", capture->tool);
	buf_addf(out, "created %s %s\n", capture->created,
		 capture->synchronised ? "synchronised" : "unsynchronised");
	for (i = 0; i < capture->fact_count; i++)
		buf_addf(out, "fact %s %s\n", capture->fact[i].name, capture->fact[i].value);
	for (i = 0; i < capture->entry_count; i++)
		add_entry(out, &capture->entry[i]);
	buf_addf(out, "end %zu\n", capture->entry_count);
}
