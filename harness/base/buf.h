/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BUF_H
#define BASE_BUF_H
/*
 * A growable run of bytes.
 *
 * Invariants: data is never NULL, data[size] is always 0 (so text can be used as a C string; bytes
 * may hold zeros before). BUF_INIT does not allocate. buf_release() drops the contents and leaves
 * an empty usable buf; buf_reset() empties it but keeps the memory.
 *
 *	AUTO(buf_release) struct buf line = BUF_INIT;
 *	buf_addf(&line, "%s=%d", name, value);
 */
#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data;
	size_t size;
	size_t capacity;	/* 0: data points at the shared empty string and is not ours */
};

extern const char buf_empty[1];
#define BUF_INIT { .data = (char *)buf_empty }

void buf_init(struct buf *buf);
void buf_release(struct buf *buf);
void buf_reset(struct buf *buf);
void buf_add(struct buf *buf, const void *data, size_t size);
void buf_adds(struct buf *buf, const char *text);
void buf_addc(struct buf *buf, char c);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Room for `more` bytes after the end; returns where they go. Call buf_grown() with what was used. */
char *buf_room(struct buf *buf, size_t more);
void buf_grown(struct buf *buf, size_t used);
void buf_cut(struct buf *buf, size_t size);
/* Remove blanks, tabs and line ends at both ends. */
void buf_trim(struct buf *buf);
/* Give the contents away as malloc'ed text; the buf is empty afterwards. */
char *buf_detach(struct buf *buf);

#endif
