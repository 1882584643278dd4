/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/boardinfo.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"

#include <string.h>

/* The line's text behind the colon when its key is `key`, else NULL. */
static const char *value_of(struct arena *arena, const struct buf *line, const char *key)
{
	const char *colon = strchr(line->data, ':');
	enum text_encoding how;
	size_t size;

	if (!colon)
		return NULL;
	for (size = (size_t)(colon - line->data); size && strchr(" \t", line->data[size - 1]);)
		size--;
	if (size != strlen(key) || strncmp(line->data, key, size) != 0)
		return NULL;
	return text_decode(arena, colon + 1, strlen(colon + 1), &how);
}

static void take(const char **field, const char *value)
{
	if (value && *value && !*field)
		*field = value;
}

static void read_line(struct boardinfo *info, struct arena *arena, const struct buf *line,
		      bool firmware)
{
	if (firmware) {
		take(&info->vendor, value_of(arena, line, "Vendor"));
		take(&info->version, value_of(arena, line, "Version"));
		take(&info->date, value_of(arena, line, "Release Date"));
	} else {
		take(&info->manufacturer, value_of(arena, line, "Manufacturer"));
		take(&info->board, value_of(arena, line, "Board Name"));
	}
}

void boardinfo_read(const struct probe_place *place, struct arena *arena,
		    struct boardinfo *ret_info)
{
	static const char *const file[] = { BOARDINFO_READS };
	AUTO(buf_release) struct buf text = BUF_INIT;
	bool firmware = false;
	const char *at;
	size_t i;

	*ret_info = (struct boardinfo){ .source = NULL };
	for (i = 0; !ret_info->source && i < ARRAY_SIZE(file); i++) {
		if (sysroot_read(place->root, file[i], &text, NULL) == 0)
			ret_info->source = file[i];
	}
	for (at = text.data; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		AUTO(buf_release) struct buf line = BUF_INIT;

		buf_add(&line, at, strcspn(at, "\n"));
		if (!strchr(line.data, ':') && (strstr(line.data, "BIOS") || strstr(line.data, "Board")))
			firmware = strstr(line.data, "BIOS") != NULL;
		else
			read_line(ret_info, arena, &line, firmware);
	}
}
