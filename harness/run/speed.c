/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/speed.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/text.h"
#include "harness/run/shared.h"
#include "harness/sys/clock.h"
#include "harness/sys/sysroot.h"

#include <stdio.h>
#include <string.h>

#define POLICIES  "sys/devices/system/cpu/cpufreq/policy"
#define PIECE_NS  5000000LL
#define ANSWER_NS 3000000000LL	/* a runner that waits for its disk is late, not gone */

/* --- the child -------------------------------------------------------------------------------- */

enum speed speed_ask(struct run_shared *shared, unsigned int cpu, enum speed want)
{
	uint32_t question = (atomic_load(&shared->speed_asked) & ~SPEED_MASK) + SPEED_MASK + 1;
	int64_t end = clock_boot_ns() + ANSWER_NS;
	uint32_t answer;

	atomic_store(&shared->speed_cpu, cpu);
	atomic_store(&shared->speed_asked, question | (uint32_t)want);
	do {
		answer = atomic_load(&shared->speed_answer);
		if ((answer & ~SPEED_MASK) == question)
			return (enum speed)(answer & SPEED_MASK);
		atomic_store(&shared->child_beat_ns, clock_boot_ns());
		clock_wait_ns(PIECE_NS);
	} while (clock_boot_ns() < end && atomic_load(&shared->stop) == STOP_NONE);
	return SPEED_REFUSED;
}

/* --- the runner ------------------------------------------------------------------------------- */

/* "0 1 2": the cpus of a policy. */
static bool has_cpu(const char *list, unsigned int cpu)
{
	char word[16];
	const char *at = list;
	size_t length;

	snprintf(word, sizeof(word), "%u", cpu);
	while (*(at += strspn(at, " "))) {
		length = strcspn(at, " ");
		if (length == strlen(word) && !strncmp(at, word, length))
			return true;
		at += length;
	}
	return false;
}

static const char *read_of(struct sysroot *root, struct arena *arena, const char *policy,
			   const char *name)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	const char *path = arena_printf(arena, "%s/%s", policy, name);

	return sysroot_read_line(root, path, &line, NULL) == 0 && line.size ?
		       arena_strdup(arena, line.data) :
		       NULL;
}

static const char *policy_of(struct sysroot *root, struct arena *arena, unsigned int cpu)
{
	struct sysroot_names names = { .count = 0 };
	const char *found = NULL;
	size_t i;

	if (sysroot_glob(root, POLICIES "*/affected_cpus", &names, NULL) < 0)
		return NULL;
	for (i = 0; i < names.count && !found; i++) {
		const char *name = names.name[i];
		const char *policy = arena_printf(arena, "%.*s", (int)(strrchr(name, '/') - name), name);
		const char *list = read_of(root, arena, policy, "affected_cpus");

		if (list && has_cpu(list, cpu))
			found = policy;
	}
	sysroot_names_release(&names);
	return found;
}

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

enum speed speed_find(const char *folder, unsigned int cpu, enum speed want, struct arena *arena,
		      struct frame_setting *ret_setting)
{
	AUTO(sysroot_free_at) struct sysroot *root =
		sysroot_open(strcmp(folder, "/") ? folder : NULL, NULL);
	const char *policy = root ? policy_of(root, arena, cpu) : NULL;
	const char *low, *high;

	*ret_setting = (struct frame_setting){ .path = NULL };
	if (!policy)
		return SPEED_ABSENT;
	low = read_of(root, arena, policy, "scaling_min_freq");
	high = read_of(root, arena, policy, "scaling_max_freq");
	if (!low || !high || !is_number(low) || !is_number(high))
		return SPEED_ABSENT;
	if (!strcmp(low, high))
		return want;
	ret_setting->path = arena_printf(arena, "%s/%s", policy,
					 want == SPEED_LOWEST ? "scaling_max_freq" :
								"scaling_min_freq");
	ret_setting->before = want == SPEED_LOWEST ? high : low;
	ret_setting->during = want == SPEED_LOWEST ? low : high;
	return want;
}

bool speed_is_ours(const struct frame_setting *setting)
{
	const char *end;

	if (!text_starts(setting->path, POLICIES))
		return false;
	end = setting->path + strlen(POLICIES);
	if (!strspn(end, "0123456789"))
		return false;
	end += strspn(end, "0123456789");
	return (!strcmp(end, "/scaling_max_freq") || !strcmp(end, "/scaling_min_freq")) &&
	       is_number(setting->before) && is_number(setting->during);
}
