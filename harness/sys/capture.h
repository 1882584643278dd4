/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_CAPTURE_H
#define SYS_CAPTURE_H
/*
 * The files and facts of one machine in memory, and their text form (docs/formats/capture.md).
 *
 *	struct capture capture = CAPTURE_INIT;
 *	code = capture_collect(&capture, root, globs, "0.1.0", &err);	from a machine
 *	code = capture_read(&capture, data, size, "d2000.capture", &err);
 *	capture_write(&capture, &buf);
 *	capture_release(&capture);
 *
 * Entries stand in tree order (by path, '/' before every other byte), each path once. Paths are
 * relative and without links: a file below a link stands under its real path, the link beside it.
 * Reading is strict: ERR_INPUT with "WHERE:LINE: what".
 */
#include "harness/base/arena.h"
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct sysroot;

enum capture_kind {
	CAPTURE_UNREADABLE = 0,	/* is there; error_number says why */
	CAPTURE_FOLDER,		/* only where no entry lies below it */
	CAPTURE_LINK,		/* data is the target */
	CAPTURE_FILE,
};

struct capture_entry {
	const char *path;
	enum capture_kind kind;
	unsigned int mode;	/* permission bits, of files and unreadable ones */
	const char *data;	/* data[size] is 0 */
	size_t size;
	int error_number;	/* CAPTURE_UNREADABLE: an errno */
};

struct capture_fact {
	const char *name, *value;
};

struct capture {
	struct arena arena;
	const char *tool;	/* version of the program that made it */
	const char *created;	/* UTC, "2026-11-23T05:54:00Z" */
	bool synchronised;	/* the clock said so of itself */
	struct capture_fact *fact;
	size_t fact_count, fact_capacity;
	struct capture_entry *entry;
	size_t entry_count, entry_capacity;
};

#define CAPTURE_INIT { .arena = ARENA_INIT }
#define CAPTURE_ENTRY_MAX 262144

void capture_release(struct capture *capture);
/* Adds an entry at the end, its texts copied; capture_sort() orders and drops what is told twice. */
struct capture_entry *capture_add(struct capture *capture, const char *path,
				  enum capture_kind kind, const void *data, size_t size);
void capture_add_fact(struct capture *capture, const char *name, const char *value);
void capture_sort(struct capture *capture);
const struct capture_entry *capture_find(const struct capture *capture, const char *path);
/* Index of the first entry not before `path` in tree order. */
size_t capture_at(const struct capture *capture, const char *path);
int capture_path_compare(const char *a, const char *b);
/* `path` lies below `folder` ("" is the root). */
bool capture_path_below(const char *path, const char *folder);

/*
 * Everything of `root` that matches `globs` (NULL-terminated), all its facts, every link on the
 * way and the folders that were looked into and held nothing. `tool` and the time are filled in.
 */
int capture_collect(struct capture *capture, struct sysroot *root, const char *const *globs,
		    const char *tool, struct err *err);
int capture_read(struct capture *capture, const char *data, size_t size, const char *where,
		 struct err *err);
void capture_write(const struct capture *capture, struct buf *out);
/* Whether a file begins as a capture does. */
bool capture_looks_like(const char *data, size_t size);

/* Stable names of errno values: "EACCES"; unknown ones are "EIO". */
const char *capture_errno_name(int error_number);
int capture_errno_of(const char *name);	/* 0: no such name */

#endif
