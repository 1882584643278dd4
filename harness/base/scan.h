/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H
/*
 * Text to numbers, whole text or nothing.
 *
 * Each returns 0, or ERR_INPUT when the text has another form or lies outside [min, max]; the
 * output is not touched then. No blanks are skipped and no locale is asked.
 *
 *	scan_u64("4096", 0, UINT64_MAX, &n)	decimal, or 0x...
 *	scan_duration("90s", &ns)		ns us ms s m h d, also 1h30m and 1.5s; nanoseconds
 *	scan_bytes("64MiB", &bytes)		B KiB MiB GiB TiB (kB MB GB TB are powers of ten)
 *	scan_milli("95.5", &milli)		a decimal number in thousandths
 */
#include <stdint.h>

int scan_u64(const char *text, uint64_t min, uint64_t max, uint64_t *ret_number);
int scan_i64(const char *text, int64_t min, int64_t max, int64_t *ret_number);
int scan_duration(const char *text, int64_t *ret_ns);
int scan_bytes(const char *text, uint64_t *ret_bytes);
int scan_milli(const char *text, int64_t *ret_milli);

/* The other way, into `out`: 90 s -> "1m30s". Returns out. */
#define DURATION_TEXT_SIZE 32
char *format_duration(int64_t ns, char out[DURATION_TEXT_SIZE]);
/* 67108864 -> "64 MiB", with one digit after the point where it is not whole. */
#define BYTES_TEXT_SIZE 56
char *format_bytes(uint64_t bytes, char out[BYTES_TEXT_SIZE]);
/* 95500 -> "95.5" */
#define MILLI_TEXT_SIZE 32
char *format_milli(int64_t milli, char out[MILLI_TEXT_SIZE]);

#endif
