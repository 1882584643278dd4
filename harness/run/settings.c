/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/settings.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/run/speed.h"
#include "harness/sys/disk.h"
#include "harness/sys/sysroot.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define GOVERNORS "sys/devices/system/cpu/cpufreq/policy*/scaling_governor"
#define WANTED "performance"
#define N_(text) (text)

/* Is `word` one of the words of `line`? */
static bool has_word(const char *line, const char *word)
{
	size_t length = strlen(word);
	const char *at = line;

	while ((at = strstr(at, word))) {
		bool starts = at == line || at[-1] == ' ';

		at += length;
		if (starts && (!*at || *at == ' '))
			return true;
	}
	return false;
}

/* The file as one line below root; false when it cannot be read. */
static bool read_line(struct sysroot *root, const char *path, struct buf *line)
{
	buf_reset(line);
	return sysroot_read_line(root, path, line, NULL) == 0;
}

static bool may_write(const char *root, const char *path)
{
	struct arena arena = ARENA_INIT;
	bool may = !access(arena_printf(&arena, "%s/%s", root, path), W_OK);

	arena_release(&arena);
	return may;
}

static bool wants_change(struct sysroot *root, const char *folder, const char *path,
			 struct buf *line, const char **ret_note)
{
	struct arena arena = ARENA_INIT;
	const char *offers = arena_printf(&arena, "%.*s/scaling_available_governors",
					  (int)(strrchr(path, '/') - path), path);
	bool wants = false;

	if (!read_line(root, offers, line) || !has_word(line->data, WANTED))
		*ret_note = N_("no cpufreq policy offers the governor performance");
	else if (!read_line(root, path, line))
		*ret_note = N_("the cpufreq governors cannot be read");
	else if (!strcmp(line->data, WANTED))
		*ret_note = N_("the cpufreq governors are performance already");
	else if (!may_write(folder, path))
		*ret_note = N_("the cpufreq governors may not be changed without root");
	else
		wants = true;
	arena_release(&arena);
	return wants;
}

void settings_find(const char *folder, struct settings *settings)
{
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	AUTO(buf_release) struct buf line = BUF_INIT;
	struct sysroot_names names = { .count = 0 };
	size_t i;

	settings->note = N_("this machine has no cpufreq policies");
	root = sysroot_open(strcmp(folder, "/") ? folder : NULL, NULL);
	if (!root || sysroot_glob(root, GOVERNORS, &names, NULL) < 0)
		return;
	settings->setting = arena_array(&settings->arena, struct frame_setting, names.count);
	for (i = 0; i < names.count; i++) {
		struct frame_setting *setting = &settings->setting[settings->count];

		if (!wants_change(root, folder, names.name[i], &line, &settings->note))
			continue;
		setting->path = arena_strdup(&settings->arena, names.name[i]);
		setting->before = arena_strdup(&settings->arena, line.data);
		setting->during = WANTED;
		settings->count++;
	}
	if (settings->count)
		settings->note = NULL;
	sysroot_names_release(&names);
}

void settings_release(struct settings *settings)
{
	arena_release(&settings->arena);
	memset(settings, 0, sizeof(*settings));
}

static int write_setting(const char *root, const char *path, const char *value, struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *full = arena_printf(&arena, "%s/%s", root, path);
	AUTO_FD int fd = open(full, O_WRONLY | O_CLOEXEC | O_TRUNC);
	int failed = fd < 0 ? -errno : disk_write_all(fd, value, strlen(value));
	int code = 0;

	if (failed)
		code = err_set_errno(err, -failed, "cannot write '%s' to '%s'", value, full);
	arena_release(&arena);
	return code;
}

int settings_change(const char *root, const struct frame_setting *setting, struct err *err)
{
	return write_setting(root, setting->path, setting->during, err);
}

/*
 * A journal may come from anywhere, and root puts its settings back: only what settings_find could
 * have found is believed, or it would be a way to write any line to any file.
 */
static bool is_ours(const struct frame_setting *setting)
{
	static const char start[] = "sys/devices/system/cpu/cpufreq/policy";
	static const char end[] = "/scaling_governor";
	size_t digits;

	if (speed_is_ours(setting))
		return true;
	if (!text_starts(setting->path, start))
		return false;
	digits = strspn(setting->path + strlen(start), "0123456789");
	return digits && !strcmp(setting->path + strlen(start) + digits, end) &&
	       !strcmp(setting->during, WANTED) && setting->before[0] &&
	       !setting->before[strspn(setting->before, "abcdefghijklmnopqrstuvwxyz_")];
}

int settings_restore(const char *folder, const struct frame_setting *setting, struct err *err)
{
	AUTO(sysroot_free_at) struct sysroot *root =
		sysroot_open(strcmp(folder, "/") ? folder : NULL, err);
	AUTO(buf_release) struct buf now = BUF_INIT;

	if (!is_ours(setting))
		return err_set(err, ERR_INPUT,
			       "'%s' is no setting that cuihuo changes; it is left as it is",
			       setting->path);
	if (!root || sysroot_read_line(root, setting->path, &now, err) < 0)
		return err ? err->code : ERR_IO;
	if (strcmp(now.data, setting->during))
		return 0;
	return write_setting(folder, setting->path, setting->before, err);
}
