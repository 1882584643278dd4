/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded: the program believes in pages of PAGE bytes, a multiple of this machine's, and the calls on
 * memory are as strict as a kernel with such pages. Mappings lie at multiples of it, in whole pages of it;
 * calls on anything between are refused; /proc/self/pagemap has one entry for each of it.
 *
 * What it cannot show: huge pages of 512 MiB, and that a frame lies in one piece.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef PAGE
#define PAGE 65536
#endif

static size_t real_page(void)
{
	return getauxval(AT_PAGESZ);
}

static size_t whole(size_t size)
{
	return (size + PAGE - 1) / PAGE * PAGE;
}

static int refuse(void)
{
	errno = EINVAL;
	return -1;
}

static int between(const void *address)
{
	return (uintptr_t)address % PAGE != 0;
}

long sysconf(int name)
{
	long (*next)(int) = (long (*)(int))dlsym(RTLD_NEXT, "sysconf");

	return name == _SC_PAGESIZE ? PAGE : next(name);
}

int getpagesize(void)
{
	return PAGE;
}

static void *map(void *address, size_t size, int prot, int flags, int fd, off_t at)
{
	return (void *)syscall(SYS_mmap, address, size, prot, flags, fd, at);
}

/* Room that is a page too large is taken, and what is over given back. */
void *mmap64(void *address, size_t size, int prot, int flags, int fd, off64_t at)
{
	char *room, *start, *got;

	if (at % PAGE || ((flags & MAP_FIXED) && between(address)))
		return refuse(), MAP_FAILED;
	if (flags & MAP_FIXED)
		return map(address, whole(size), prot, flags, fd, at);
	room = map(NULL, whole(size) + PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (room == MAP_FAILED)
		return room;
	start = room + (PAGE - (uintptr_t)room % PAGE) % PAGE;
	got = map(start, whole(size), prot, flags | MAP_FIXED, fd, at);
	if (got == MAP_FAILED) {
		int why = errno;

		syscall(SYS_munmap, room, whole(size) + PAGE);
		errno = why;
		return got;
	}
	if (start > room)
		syscall(SYS_munmap, room, (size_t)(start - room));
	if (start < room + PAGE)
		syscall(SYS_munmap, start + whole(size), (size_t)(room + PAGE - start));
	return got;
}

void *mmap(void *address, size_t size, int prot, int flags, int fd, off_t at)
{
	return mmap64(address, size, prot, flags, fd, at);
}

int munmap(void *address, size_t size)
{
	return between(address) ? refuse() : (int)syscall(SYS_munmap, address, whole(size));
}

int mprotect(void *address, size_t size, int prot)
{
	return between(address) ? refuse() : (int)syscall(SYS_mprotect, address, whole(size), prot);
}

int madvise(void *address, size_t size, int advice)
{
	return between(address) ? refuse() : (int)syscall(SYS_madvise, address, whole(size), advice);
}

/* A page is there when a part of it is: a kernel with such pages would have read all of it. */
int mincore(void *address, size_t size, unsigned char *there)
{
	size_t page, at;

	if (between(address))
		return refuse();
	for (page = 0; page * PAGE < size; page++) {
		there[page] = 0;
		for (at = page * PAGE; at < size && at < (page + 1) * PAGE; at += real_page()) {
			unsigned char part;

			if (syscall(SYS_mincore, (char *)address + at, real_page(), &part) < 0)
				return -1;
			there[page] |= part & 1;
		}
	}
	return 0;
}

static int is_pagemap(int fd)
{
	char link[64], name[64];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, name, sizeof(name) - 1);
	if (length < 0)
		return 0;
	name[length] = '\0';
	return strstr(name, "/pagemap") != NULL;
}

ssize_t pread64(int fd, void *data, size_t size, off64_t at)
{
	const size_t entry = sizeof(uint64_t), step = PAGE / real_page();
	size_t i;

	if (!is_pagemap(fd))
		return syscall(SYS_pread64, fd, data, size, at);
	for (i = 0; i < size / entry; i++) {
		off64_t from = (off64_t)(((size_t)at / entry + i) * step * entry);
		ssize_t got = syscall(SYS_pread64, fd, (char *)data + i * entry, entry, from);

		if (got != (ssize_t)entry)
			return i ? (ssize_t)(i * entry) : got;
	}
	return (ssize_t)(i * entry);
}

ssize_t pread(int fd, void *data, size_t size, off_t at)
{
	return pread64(fd, data, size, at);
}
