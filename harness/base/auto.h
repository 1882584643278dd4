/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_AUTO_H
#define BASE_AUTO_H
/*
 * Cleanup when a variable leaves its scope.
 *
 *	AUTO_FREE char *name = mem_strdup("x");
 *	AUTO_FD int fd = open(...);
 *	AUTO_FILE FILE *f = fopen(...);
 *	AUTO(buf_release) struct buf line = BUF_INIT;	any type: calls buf_release(&line)
 *
 * To hand the value on, use auto_take_fd() or auto_take_ptr(), which leave an empty value behind.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define AUTO(release) __attribute__((cleanup(release)))
#define AUTO_FREE AUTO(auto_free_)
#define AUTO_FD AUTO(auto_close_)
#define AUTO_FILE AUTO(auto_fclose_)

static inline void auto_free_(void *pointer_to_pointer)
{
	void **pointer = pointer_to_pointer;

	free(*pointer);
	*pointer = NULL;
}

static inline void auto_close_(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static inline void auto_fclose_(FILE **file)
{
	if (*file)
		fclose(*file);
	*file = NULL;
}

static inline int auto_take_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}

#define auto_take_ptr(variable)                                                                    \
	({                                                                                         \
		__typeof__(variable) taken_ = (variable);                                          \
		(variable) = NULL;                                                                 \
		taken_;                                                                            \
	})

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
