/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/code.h"

#include <errno.h>
#include <sys/mman.h>

int code_area_make(size_t size, struct code_area *area, struct err *err)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		return err_set_errno(err, errno, "no memory for machine code");
	*area = (struct code_area){ .memory = memory, .size = size };
	return 0;
}

int code_area_seal(struct code_area *area, struct err *err)
{
	char *start = area->memory;

	if (mprotect(start, area->size, PROT_READ | PROT_EXEC) < 0)
		return err_set(err, ERR_UNSUPPORTED,
			       "this system lets no program run code that it made itself: "
			       "mprotect() was refused with errno %d", errno);
	__builtin___clear_cache(start, start + area->size);
	code_fetch_anew();
	return 0;
}

void code_area_release(struct code_area *area)
{
	if (area->memory)
		munmap(area->memory, area->size);
	area->memory = NULL;
}

int code_allowed(struct err *err)
{
	struct code_area area = CODE_AREA_INIT;
	int code = code_area_make(1, &area, err);

	/* Written to, as what will be run is. */
	if (!code)
		*(char *)area.memory = 0;
	if (!code)
		code = code_area_seal(&area, err);
	code_area_release(&area);
	return code;
}
