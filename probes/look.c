/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/look.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/model/placeholder.h"
#include "harness/sys/pack.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void look_at(struct look *look, const char *folder, ...)
{
	va_list args;

	va_start(args, folder);
	vsnprintf(look->folder, sizeof(look->folder), folder, args);
	va_end(args);
}

static const char *path_of(struct look *look, const char *file)
{
	snprintf(look->path, sizeof(look->path), "%s%s%s", look->folder, *file ? "/" : "", file);
	return look->path;
}

bool look_line(struct look *look, const char *file, struct buf *line)
{
	struct err err = ERR_INIT;
	int code;

	buf_reset(line);
	code = sysroot_read_line(look->place->root, path_of(look, file), line, &err);
	if (code == ERR_ACCESS)
		inventory_problem(look->inventory, look->class, "permission",
				  "%s is not readable without root", look->path);
	else if (code == ERR_INTERNAL)
		inventory_problem(look->inventory, look->class, "internal", "%s", err.plain);
	return code == 0 && line->size;
}

bool look_text(struct look *look, const char *attribute, const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;

	if (!look_line(look, file, &line))
		return false;
	component_bytes(look->inventory, look->component, attribute, line.data, line.size,
			look->path, CERTAINTY_CERTAIN);
	return true;
}

bool look_name(struct look *look, const char *attribute, const char *file)
{
	AUTO(buf_release) struct buf line = BUF_INIT;

	if (!look_line(look, file, &line))
		return false;
	component_bytes(look->inventory, look->component, attribute, line.data, line.size,
			look->path,
			inventory_is_placeholder(look->inventory, line.data, line.size)
				? CERTAINTY_UNKNOWN : CERTAINTY_CERTAIN);
	return true;
}

bool look_value(struct look *look, const char *file, int64_t *ret_number)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	uint64_t positive;

	if (!look_line(look, file, &line))
		return false;
	if (scan_i64(line.data, INT64_MIN, INT64_MAX, ret_number) == 0)
		return true;
	if (scan_u64(line.data, 0, INT64_MAX, &positive) < 0)
		return false;
	*ret_number = (int64_t)positive;
	return true;
}

bool look_scaled(struct look *look, const char *attribute, const char *file, int64_t times,
		 int64_t parts)
{
	int64_t number;

	if (!look_value(look, file, &number) || __builtin_mul_overflow(number, times, &number))
		return false;
	component_number(look->inventory, look->component, attribute, number / parts, look->path,
			 CERTAINTY_CERTAIN);
	return true;
}

bool look_number(struct look *look, const char *attribute, const char *file)
{
	return look_scaled(look, attribute, file, 1, 1);
}

bool look_link_name(struct look *look, const char *attribute, const char *link)
{
	AUTO(buf_release) struct buf target = BUF_INIT;
	const char *slash;

	if (sysroot_read_link(look->place->root, path_of(look, link), &target, NULL) < 0)
		return false;
	slash = strrchr(target.data, '/');
	component_text(look->inventory, look->component, attribute,
		       slash ? slash + 1 : target.data, look->path, CERTAINTY_CERTAIN);
	return true;
}

/* "0000:03:00.0", with a domain of four or more digits. */
static bool is_pci_address(const char *text, size_t length)
{
	const char *tail = text + length - 7;	/* "03:00.0" */
	size_t i;

	if (length < 12 || tail[-1] != ':' || tail[2] != ':' || tail[5] != '.')
		return false;
	for (i = 0; i < length; i++) {
		if (!isxdigit((unsigned char)text[i]) && !strchr(":.", text[i]))
			return false;
	}
	return true;
}

void look_pci_parent(struct look *look, bool own, struct buf *out)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	char *slash;

	buf_reset(out);
	if (sysroot_real_path(look->place->root, look->folder, &real, NULL) < 0)
		return;
	while ((slash = strrchr(real.data, '/')) != NULL) {
		if (own && is_pci_address(slash + 1, strlen(slash + 1))) {
			buf_addf(out, "pci/%s", slash + 1);
			return;
		}
		own = true;
		*slash = 0;
	}
}

bool look_has_hardware(struct look *look)
{
	AUTO(buf_release) struct buf real = BUF_INIT;

	return sysroot_real_path(look->place->root, look->folder, &real, NULL) == 0 &&
	       strstr(real.data, "devices/") && !strstr(real.data, "devices/virtual/") &&
	       sysroot_exists(look->place->root, look->folder);
}

int look_each(struct look *look, const char *folder,
	      void (*add)(struct look *look, const char *name), const char *none, struct err *err)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	int code = sysroot_list(look->place->root, folder, &names, err);
	size_t i;

	if (code < 0 && code != ERR_NOT_FOUND)
		return code;
	for (i = 0; i < names.count; i++) {
		look_at(look, "%s/%s", folder, names.name[i]);
		add(look, names.name[i]);
	}
	if (inventory_first(look->inventory, look->class))
		inventory_class(look->inventory, look->class, PRESENCE_PRESENT, NULL);
	else if (code < 0)
		inventory_class(look->inventory, look->class, PRESENCE_ABSENT, "%s is not there",
				folder);
	else
		inventory_class(look->inventory, look->class, PRESENCE_ABSENT, "looked in %s: %s",
				folder, none);
	return 0;
}

void look_table(const struct look *look, const struct ids_table *table, struct ids *ids)
{
	struct err err = ERR_INIT;

	*ids = (struct ids)IDS_INIT;
	if (pack_read(ids, look->place->ids, table, &err) == 0)
		return;
	ids_release(ids);
	snprintf(ids->source, sizeof(ids->source), "%s (not read)", table->file);
	inventory_problem(look->inventory, look->class, "no-names", "%s", err.plain);
}

void look_id_text(const char *text, struct buf *out)
{
	buf_reset(out);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (isalnum(c) || c >= 0x80 || strchr("-_.:", c))
			buf_addc(out, (char)c);
		else if (out->size && out->data[out->size - 1] != '-')
			buf_addc(out, '-');
	}
	while (out->size && out->data[out->size - 1] == '-')
		buf_cut(out, out->size - 1);
}
