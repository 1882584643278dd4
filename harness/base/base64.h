/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H
/*
 * Base64 of RFC 4648 section 4: padded, one line, and strict. Text is accepted only when encoding
 * its bytes again gives the same text, so bytes have exactly one form.
 *
 *	base64_encode(data, size, &out)		appends text
 *	base64_decode(text, &out)		appends bytes; ERR_INPUT for another form of text
 */
#include "harness/base/buf.h"

#include <stddef.h>

void base64_encode(const void *data, size_t size, struct buf *out);
int base64_decode(const char *text, struct buf *out);

#endif
