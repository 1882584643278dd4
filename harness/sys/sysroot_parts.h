/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_SYSROOT_PARTS_H
#define SYS_SYSROOT_PARTS_H
/*
 * What the files sysroot*.c share; everybody else includes sysroot.h.
 *
 * A door is one way to reach files. Its functions return 0 or -errno; paths are relative, without
 * "." and "..", and may cross links.
 */
#include "harness/base/buf.h"
#include "harness/base/err.h"
#include "harness/sys/capture.h"
#include "harness/sys/sysroot.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct sysroot_door {
	/* The st_mode of what is there, the last component followed or not. */
	int (*kind)(struct sysroot *root, const char *path, bool follow, mode_t *ret_mode);
	int (*read)(struct sysroot *root, const char *path, struct buf *out);
	int (*open)(struct sysroot *root, const char *path);	/* a descriptor */
	int (*link)(struct sysroot *root, const char *path, struct buf *out);
	int (*list)(struct sysroot *root, const char *path, struct sysroot_names *names);
	/* For sysroot_trace: as kind, not followed, of a path whose folders are no links. */
	int (*look)(struct sysroot *root, const char *path, mode_t *ret_mode, struct buf *target);
};

struct sysroot_fact {
	char *name;
	char *value;
};

struct sysroot_facts {
	struct sysroot_fact *fact;	/* ascending order of name */
	size_t count, capacity;
};

/*
 * Paths without links that are known to be folders, those above them included: who traces thousands
 * of paths asks about few folders again and again. For roots that nobody changes meanwhile.
 */
enum { SYSROOT_KNOWN = 8 };
struct sysroot_known {
	struct buf folder[SYSROOT_KNOWN];
	size_t next;		/* the place to be written anew */
};

struct sysroot {
	const struct sysroot_door *door;
	char *name;
	bool live;
	int fd;				/* of the folder; -1 for a capture file */
	bool walk;			/* openat2 is not there, or a test wants it so */
	struct capture capture;
	struct sysroot_facts facts;
	bool facts_known;
	const char *const *strict;
	pid_t opener;			/* with `id` names the folders of sysroot_materialise.c */
	int64_t id;
	struct sysroot_folder *folder;
	struct sysroot_known known;	/* of a captured machine */
};

/* sysroot_folder.c: `walk` forces the component walk that kernels before Linux 5.6 need. */
extern const struct sysroot_door sysroot_folder_door;
int sysroot_open_folder(const char *path, bool walk, struct sysroot **ret_root, struct err *err);
bool sysroot_has_openat2(int fd);
/* The O_NOFOLLOW walk: opens `path` below the folder `fd`; a descriptor or -errno. */
int sysroot_walk_open(int fd, const char *path, int flags);

/* sysroot_capture.c */
extern const struct sysroot_door sysroot_capture_door;

/* sysroot_trace.c: the path without links. `link` hears of every link crossed; it may be NULL. */
struct sysroot_trace {
	void (*link)(void *context, const char *path, const char *target);
	void *context;
	struct sysroot_known *known;	/* or NULL */
};
void sysroot_known_init(struct sysroot_known *known);
void sysroot_known_release(struct sysroot_known *known);
int sysroot_trace(struct sysroot *root, const char *path, const struct sysroot_trace *trace,
		  struct buf *real);

/* sysroot_facts.c */
const struct sysroot_facts *sysroot_facts(struct sysroot *root);
int sysroot_facts_load(struct sysroot *root, struct err *err);
void sysroot_facts_add(struct sysroot_facts *facts, const char *name, size_t name_size,
		       const char *value);
void sysroot_facts_release(struct sysroot_facts *facts);
/* Lower-case letters, digits, '.', '-' and '_'. */
bool sysroot_fact_name_ok(const char *name, size_t size);

/* sysroot_names.c */
void sysroot_names_add(struct sysroot_names *names, const char *name);
void sysroot_names_sort(struct sysroot_names *names);
/* Adds the paths that match, and the folders where something was sought. */
void sysroot_expand(struct sysroot *root, const char *pattern, struct sysroot_names *paths,
		    struct sysroot_names *looked);
/*
 * What all these globs may match, in natural order: names without a wildcard are not looked at, so
 * the last component need not be there, and a path may stand twice.
 */
void sysroot_expand_all(struct sysroot *root, const char *const *globs,
			struct sysroot_names *ret_paths);

/* sysroot_strict.c: ERR_INTERNAL when the strict root does not allow it. */
int sysroot_allow_read(const struct sysroot *root, const char *path, struct err *err);
int sysroot_allow_list(const struct sysroot *root, const char *path, struct err *err);
int sysroot_allow_glob(const struct sysroot *root, const char *pattern, struct err *err);

/* sysroot_place.c: private folders; they go with the root. */
struct sysroot_folder {
	char *path;
	int fd;			/* holds the lock */
	struct sysroot_folder *next;
};

const char *sysroot_place_name(void);	/* of the folder they lie in */
struct sysroot_folder *sysroot_place_make(struct sysroot *root, struct err *err);
void sysroot_folders_remove(struct sysroot *root);

/* sysroot_plain.c: whether nothing in the folder leads elsewhere, waits or does something. */
bool sysroot_is_plain(int fd, const char *path);

#endif
