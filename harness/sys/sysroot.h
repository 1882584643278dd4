/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_SYSROOT_H
#define SYS_SYSROOT_H
/*
 * The one door to the files of a machine: the live one, a folder that holds proc/ and sys/, or a
 * capture file made by `cuihuo capture`.
 *
 *	struct sysroot *root = sysroot_open(NULL, &err);	NULL: the live machine
 *	struct sysroot *root = sysroot_open("d2000.capture", &err);
 *	code = sysroot_read(root, "proc/cpuinfo", &out, &err);	appends to out
 *	root = sysroot_free(root);
 *
 * Paths are relative to the root, without a leading '/'. Resolution never leaves the root: an
 * absolute link inside a captured root is followed below it, or is absent. A path with a component
 * ".." is refused. Reading a file that is not there gives ERR_NOT_FOUND; every other error
 * (ERR_ACCESS, ERR_IO, ERR_UNSUPPORTED ...) means that it is there and unreadable: absent and
 * unreadable are different answers. At most SYSROOT_FILE_MAX bytes are read of one file. Only
 * regular files are read, so nothing ever waits for a device or a pipe; the one device is the
 * kernel log, dev/kmsg, of which sysroot_read gives all the records there are.
 *
 * Facts are what is no file: uname, id registers (CPUID leaves, MIDR, CPUCFG words), auxv. On the
 * live machine they are asked of the cpu and kernel (sys/facts.h fills them); in a capture they are
 * in the file; a plain folder may hold them in a file named `facts` ("name value" lines). A
 * captured root never answers with a fact of the host. Where a folder has no fact uname.machine,
 * it is derived from the form of proc/cpuinfo, which differs between architectures
 * (sysroot_facts.c has the table).
 *
 * A strict root (tests) refuses, with ERR_INTERNAL, what no glob of the running probe's `reads`
 * allows. Folders above a glob may be listed.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"

#include <stdbool.h>
#include <stddef.h>

#define SYSROOT_FILE_MAX (4u << 20)

struct sysroot;

struct sysroot *sysroot_open(const char *path, struct err *err);
struct sysroot *sysroot_free(struct sysroot *root);
void sysroot_free_at(struct sysroot **root);	/* for AUTO() */

bool sysroot_is_live(const struct sysroot *root);
/* "live", or the base name of the folder or file. */
const char *sysroot_name(const struct sysroot *root);

int sysroot_read(struct sysroot *root, const char *path, struct buf *out, struct err *err);
/* As sysroot_read, first line only, blanks at both ends dropped. */
int sysroot_read_line(struct sysroot *root, const char *path, struct buf *out, struct err *err);
/* The target of a symbolic link, as it is written there. */
int sysroot_read_link(struct sysroot *root, const char *path, struct buf *out, struct err *err);
/*
 * A read-only descriptor of a file, for telemetry that reads it again and again with pread. On the
 * live machine and in a folder it is the file itself, so that a change is seen; of a capture file
 * a memfd with its content. O_NONBLOCK and O_CLOEXEC. The caller closes it. A descriptor, or an
 * error.
 */
int sysroot_open_file(struct sysroot *root, const char *path, struct err *err);
/* The same, where the live machine has a character device that may be read: dev/kmsg. */
int sysroot_open_stream(struct sysroot *root, const char *path, struct err *err);
/* Whether something is there, links followed. */
bool sysroot_exists(struct sysroot *root, const char *path);
/* The same place without links: sys/bus/pci/devices/X -> sys/devices/pci0000:00/.../X. */
int sysroot_real_path(struct sysroot *root, const char *path, struct buf *out, struct err *err);

/*
 * Names in a folder, without "." and "..", sorted by natural order (cpu2 before cpu10).
 * 0 and the list, or an error. Release with sysroot_names_release.
 */
struct sysroot_names {
	char **name;
	size_t count;
};
int sysroot_list(struct sysroot *root, const char *path, struct sysroot_names *ret_names,
		 struct err *err);
/*
 * Paths that match a glob such as sys/class/hwmon/hwmon?/name, natural order. None is no error, but
 * when a folder on the way cannot be listed and nothing else matched. The last component may be a
 * link that leads nowhere. '*' and '?' do not match '/' or a leading '.'.
 */
int sysroot_glob(struct sysroot *root, const char *pattern, struct sysroot_names *ret_paths,
		 struct err *err);
void sysroot_names_release(struct sysroot_names *names);

/* A fact such as "uname.machine", "uname.release", "cpuid.00000000.00"; NULL when not known. */
const char *sysroot_fact(struct sysroot *root, const char *name);

/*
 * For libraries that want a path: a folder in which every file of the root that matches `globs`
 * (NULL-terminated) stands, with relative links that stay inside. One other kind of link leads to
 * a folder of the root that holds no link, pipe or device: what it has beside the matches is seen,
 * too, and it is only to be read. On the live machine this is "/". The folder lives as long as the
 * root and is removed with it.
 */
const char *sysroot_materialise(struct sysroot *root, const char *const *globs, struct err *err);

/* NULL: not strict. */
void sysroot_set_strict(struct sysroot *root, const char *const *globs);

#endif
