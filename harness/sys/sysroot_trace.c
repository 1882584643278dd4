/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a path to the same path without links, asking the door about every component: the same
 * rules as RESOLVE_IN_ROOT, whatever lies behind the door.
 */
#include "harness/base/auto.h"
#include "harness/sys/sysroot_parts.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

enum { LINKS_MAX = 40 };

struct tracing {
	struct sysroot *root;
	const struct sysroot_trace *trace;
	struct buf *real;
	struct buf rest;	/* still to come; may begin with slashes */
	int links;
};

void sysroot_known_init(struct sysroot_known *known)
{
	size_t i;

	for (i = 0; i < SYSROOT_KNOWN; i++)
		buf_init(&known->folder[i]);
	known->next = 0;
}

void sysroot_known_release(struct sysroot_known *known)
{
	size_t i;

	for (i = 0; i < SYSROOT_KNOWN; i++)
		buf_release(&known->folder[i]);
}

/* Whether `folder` is `path`, or lies above it. */
static bool is_above(const struct buf *folder, const char *path)
{
	return folder->size && !strncmp(path, folder->data, folder->size) &&
	       (!path[folder->size] || path[folder->size] == '/');
}

static bool is_known(const struct sysroot_known *known, const struct buf *path)
{
	size_t i;

	for (i = 0; known && i < SYSROOT_KNOWN; i++) {
		if (is_above(path, known->folder[i].data))
			return true;
	}
	return false;
}

/* In the place of the folder above, where that is known: it stays known by this one. */
static void remember(struct sysroot_known *known, const struct buf *path)
{
	size_t i = 0;

	if (!known)
		return;
	while (i < SYSROOT_KNOWN && !is_above(&known->folder[i], path->data))
		i++;
	if (i == SYSROOT_KNOWN) {
		i = known->next;
		known->next = (known->next + 1) % SYSROOT_KNOWN;
	}
	buf_reset(&known->folder[i]);
	buf_add(&known->folder[i], path->data, path->size);
}

static void cut_last(struct buf *path)
{
	const char *slash = strrchr(path->data, '/');

	buf_cut(path, slash ? (size_t)(slash - path->data) : 0);
}

static int trace_link(struct tracing *tracing, size_t parent_size, struct buf *target)
{
	if (!target->size)
		return -ENOENT;
	if (++tracing->links > LINKS_MAX)
		return -ELOOP;
	if (tracing->trace && tracing->trace->link)
		tracing->trace->link(tracing->trace->context, tracing->real->data, target->data);
	buf_cut(tracing->real, target->data[0] == '/' ? 0 : parent_size);
	buf_adds(target, tracing->rest.data);
	if (target->size >= 2 * PATH_MAX)
		return -ENAMETOOLONG;
	buf_reset(&tracing->rest);
	buf_add(&tracing->rest, target->data, target->size);
	return 0;
}

static int trace_name(struct tracing *tracing, const char *name)
{
	struct sysroot_known *known = tracing->trace ? tracing->trace->known : NULL;
	AUTO(buf_release) struct buf target = BUF_INIT;
	size_t parent_size = tracing->real->size;
	mode_t mode = 0;
	int code;

	if (!strcmp(name, "."))
		return 0;
	if (!strcmp(name, "..")) {
		cut_last(tracing->real);
		return 0;
	}
	buf_addf(tracing->real, "%s%s", parent_size ? "/" : "", name);
	if (is_known(known, tracing->real))
		return 0;
	code = tracing->root->door->look(tracing->root, tracing->real->data, &mode, &target);
	if (code < 0)
		return code;
	if (S_ISLNK(mode))
		return trace_link(tracing, parent_size, &target);
	if (S_ISDIR(mode))
		remember(known, tracing->real);
	return *tracing->rest.data && !S_ISDIR(mode) ? -ENOTDIR : 0;
}

int sysroot_trace(struct sysroot *root, const char *path, const struct sysroot_trace *trace,
		  struct buf *real)
{
	struct tracing tracing = { .root = root, .trace = trace, .real = real, .rest = BUF_INIT };
	int code = 0;

	buf_reset(real);
	buf_adds(&tracing.rest, path);
	while (!code) {
		char name[NAME_MAX + 1];
		size_t slashes = strspn(tracing.rest.data, "/");
		size_t length = strcspn(tracing.rest.data + slashes, "/");
		AUTO(buf_release) struct buf rest = BUF_INIT;

		if (!length)
			break;
		if (length > NAME_MAX) {
			code = -ENAMETOOLONG;
			break;
		}
		memcpy(name, tracing.rest.data + slashes, length);
		name[length] = 0;
		buf_adds(&rest, tracing.rest.data + slashes + length);
		buf_reset(&tracing.rest);
		buf_add(&tracing.rest, rest.data, rest.size);
		code = trace_name(&tracing, name);
	}
	buf_release(&tracing.rest);
	return code;
}
