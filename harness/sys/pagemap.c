/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/pagemap.h"

#include <fcntl.h>
#include <sys/syscall.h>
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

int pagemap_node(const void *address)
{
	uint64_t at = (uintptr_t)address;
	void *page = (void *)(uintptr_t)(at - at % (uint64_t)sysconf(_SC_PAGESIZE));
	int node = -1;

	/* move_pages with no target only looks; the node is negative where there is no page. */
	if (syscall(SYS_move_pages, 0, 1UL, &page, NULL, &node, 0) || node < 0)
		return -1;
	return node;
}

bool pagemap_frames(const void *memory, uint64_t *ret_frame, size_t pages)
{
	uint64_t at = (uintptr_t)memory / (uint64_t)sysconf(_SC_PAGESIZE);
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	size_t size = pages * sizeof(*ret_frame), i;
	ssize_t got = -1;

	if (fd >= 0) {
		got = pread(fd, ret_frame, size, (off_t)(at * sizeof(*ret_frame)));
		close(fd);
	}
	if (got != (ssize_t)size)
		return false;
	for (i = 0; i < pages; i++) {
		if (!(ret_frame[i] & PRESENT) || !(ret_frame[i] & FRAME))
			return false;
		ret_frame[i] &= FRAME;
	}
	return true;
}
