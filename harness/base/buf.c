/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/buf.h"

#include "harness/base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char buf_empty[1] = "";

void buf_init(struct buf *buf)
{
	*buf = (struct buf)BUF_INIT;
}

void buf_release(struct buf *buf)
{
	if (buf->capacity)
		free(buf->data);
	buf_init(buf);
}

void buf_reset(struct buf *buf)
{
	if (buf->capacity)
		buf->data[0] = 0;
	buf->size = 0;
}

char *buf_room(struct buf *buf, size_t more)
{
	size_t wanted = buf->size + more + 1;

	if (wanted > buf->capacity) {
		size_t capacity = buf->capacity;
		char *data = mem_grow(capacity ? buf->data : NULL, &capacity, wanted, 1);

		buf->data = data;
		buf->capacity = capacity;
		buf->data[buf->size] = 0;
	}
	return buf->data + buf->size;
}

void buf_grown(struct buf *buf, size_t used)
{
	buf->size += used;
	if (buf->capacity)
		buf->data[buf->size] = 0;
}

void buf_add(struct buf *buf, const void *data, size_t size)
{
	if (!size)
		return;
	memcpy(buf_room(buf, size), data, size);
	buf_grown(buf, size);
}

void buf_adds(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_addc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void buf_addv(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	int size;

	va_copy(again, args);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (size <= 0)
		return;
	vsnprintf(buf_room(buf, (size_t)size), (size_t)size + 1, format, args);
	buf_grown(buf, (size_t)size);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_addv(buf, format, args);
	va_end(args);
}

void buf_cut(struct buf *buf, size_t size)
{
	if (size >= buf->size)
		return;
	buf->size = size;
	buf->data[size] = 0;
}

static int is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void buf_trim(struct buf *buf)
{
	size_t start = 0;
	size_t end = buf->size;

	while (end > 0 && is_blank(buf->data[end - 1]))
		end--;
	while (start < end && is_blank(buf->data[start]))
		start++;
	buf_cut(buf, end);
	if (start) {
		memmove(buf->data, buf->data + start, end - start);
		buf_cut(buf, end - start);
	}
}

char *buf_detach(struct buf *buf)
{
	char *text;

	if (!buf->capacity)
		return mem_strdup("");
	text = buf->data;
	buf_init(buf);
	return text;
}
