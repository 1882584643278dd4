/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/pagemap.h"

#include <fcntl.h>
#include <unistd.h>

#define FRAME   ((1ULL << 55) - 1)
#define PRESENT (1ULL << 63)

uint64_t pagemap_physical(const void *address)
{
	uint64_t at = (uintptr_t)address, page = (uint64_t)sysconf(_SC_PAGESIZE), entry = 0;
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return 0;
	got = pread(fd, &entry, sizeof(entry), (off_t)(at / page * sizeof(entry)));
	close(fd);
	if (got != (ssize_t)sizeof(entry) || !(entry & PRESENT) || !(entry & FRAME))
		return 0;
	return (entry & FRAME) * page + at % page;
}
