/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a folder holds nothing but folders and files, at any depth. */
#include "harness/sys/sysroot_parts.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
enum { DEPTH_MAX = 16 };

/* A record of getdents64(2): glibc has a name for it since 2.30 only. */
struct record {
	uint64_t inode;
	int64_t next;
	uint16_t size;
	uint8_t type;
	char name[];
};

static bool is_plain(int fd, int depth);

static bool is_plain_record(int fd, const struct record *record, int depth)
{
	if (record->type != DT_DIR)
		return record->type == DT_REG;
	if (!strcmp(record->name, ".") || !strcmp(record->name, ".."))
		return true;
	return is_plain(openat(fd, record->name, FOLDER_FLAGS), depth + 1);
}

/*
 * Takes the descriptor. Nothing in it, at any depth, leads elsewhere, waits or does something.
 * Folders are small and a thousand: without the calls and the memory of opendir(3).
 */
static bool is_plain(int fd, int depth)
{
	_Alignas(struct record) char list[4096];
	bool plain = fd >= 0 && depth < DEPTH_MAX;
	long got = 1, at;

	while (plain && got > 0) {
		got = syscall(SYS_getdents64, fd, list, sizeof(list));
		plain = got >= 0;
		for (at = 0; plain && at < got; at += ((struct record *)(list + at))->size)
			plain = is_plain_record(fd, (struct record *)(list + at), depth);
	}
	if (fd >= 0)
		close(fd);
	return plain;
}

bool sysroot_is_plain(int fd, const char *path)
{
	return is_plain(openat(fd, path, FOLDER_FLAGS), 0);
}
