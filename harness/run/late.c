/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/late.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sys/clock.h"
#include "harness/sys/sysroot.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Words after the name of the thread, the state being 0; of a processor's line, before "steal". */
enum { UTIME = 11, STIME = 12, PROCESSOR = 36, ACCOUNTED = 7 };
/* Ticks are coarse: less than this part of a time is not missing. */
enum { COARSE = 4 };

/* --- judging ---------------------------------------------------------------------------------- */

bool late_is_suspect(int64_t beat_ns, int64_t now_ns)
{
	return now_ns - beat_ns >= LATE_SUSPECT_NS;
}

int64_t late_wait_ns(int64_t asked_ns, int64_t waited_ns)
{
	return waited_ns > asked_ns ? waited_ns - asked_ns : 0;
}

/* Between two looks: how long the watcher could not run, as far as the kernel knows. */
static int64_t missing(const struct late_look *before, const struct late_look *after)
{
	int64_t passed = after->time_ns - before->time_ns, lost = 0, waited = 0;

	if (!before->known || !after->known)
		return 0;
	if (before->cpu == after->cpu)
		lost = passed - (after->cpu_ns - before->cpu_ns);
	if (before->state == 'R' && after->state == 'R')
		waited = passed - (after->ran_ns - before->ran_ns);
	lost = waited > lost ? waited : lost;
	return lost > passed / COARSE ? lost : 0;
}

/* Less the runner's own loss, which needs no forgiving. */
static int64_t forgive(struct late *late, const struct late_turn *turn, int64_t own_ns)
{
	int64_t lost = missing(&late->look, &turn->look) - own_ns;

	if (lost > LATE_FORGIVEN_NS - late->forgiven_ns)
		lost = LATE_FORGIVEN_NS - late->forgiven_ns;
	if (lost < 0)
		return 0;
	late->forgiven_ns += lost;
	return lost;
}

/* What the runner did beside waiting may have been a suspend: it is never enough by itself. */
static void add_chance(struct late *late, int64_t chance_ns, int64_t asked_ns)
{
	const int64_t unsure_end = LATE_DEAD_NS - LATE_SURE_NS;
	int64_t unsure = chance_ns > asked_ns ? chance_ns - asked_ns : 0;

	if (chance_ns <= 0)
		return;
	if (unsure && late->chance_ns < unsure_end) {
		late->chance_ns += unsure;
		if (late->chance_ns > unsure_end)
			late->chance_ns = unsure_end;
	}
	late->chance_ns += chance_ns - unsure;
}

bool late_is_dead(struct late *late, const struct late_turn *turn)
{
	int64_t own_ns = late_wait_ns(turn->asked_ns, turn->waited_ns);
	int64_t passed = late->now_ns ? turn->now_ns - late->now_ns : 0;

	if (turn->beat_ns != late->beat_ns) {
		*late = (struct late){ .beat_ns = turn->beat_ns };
		passed = turn->now_ns - turn->beat_ns;
	}
	passed -= own_ns + forgive(late, turn, own_ns);
	add_chance(late, passed, turn->asked_ns);
	late->now_ns = turn->now_ns;
	late->look = turn->look;
	return late->chance_ns >= LATE_DEAD_NS;
}

/* --- looking ---------------------------------------------------------------------------------- */

/* Word `index` of a line. */
static bool word_of(const char *line, int index, int64_t *ret_number)
{
	char word[24];
	size_t size;

	for (;; index--) {
		line += strspn(line, " ");
		size = strcspn(line, " \n");
		if (!index)
			break;
		line += size;
	}
	if (!size || size >= sizeof(word))
		return false;
	memcpy(word, line, size);
	word[size] = '\0';
	return scan_i64(word, 0, INT64_MAX / 2 / 1000000000, ret_number) == 0;
}

static bool accounted(const char *machine, int cpu, int64_t *ret_ticks)
{
	char start[32];
	const char *line;
	int64_t ticks, all = 0;
	int i;

	snprintf(start, sizeof(start), "\ncpu%d ", cpu);
	line = strstr(machine, start);
	for (i = 1; line && i <= ACCOUNTED; i++) {
		if (!word_of(line + 1, i, &ticks))
			return false;
		all += ticks;
	}
	*ret_ticks = all;
	return line != NULL;
}

bool late_parse(const char *thread, const char *machine, struct late_look *ret_look)
{
	const char *state = strrchr(thread, ')');
	int64_t user, system, cpu, ticks, tick_ns = 1000000000 / sysconf(_SC_CLK_TCK);

	ret_look->known = false;
	if (!state || state[1] != ' ' || !state[2] || !word_of(state + 1, UTIME, &user) ||
	    !word_of(state + 1, STIME, &system) || !word_of(state + 1, PROCESSOR, &cpu) ||
	    cpu > INT_MAX || !accounted(machine, (int)cpu, &ticks) ||
	    ticks > INT64_MAX / tick_ns || user + system > INT64_MAX / tick_ns)
		return false;
	ret_look->state = state[2];
	ret_look->cpu = (int)cpu;
	ret_look->ran_ns = (user + system) * tick_ns;
	ret_look->cpu_ns = ticks * tick_ns;
	ret_look->known = true;
	return true;
}

void late_look(pid_t pid, struct late_look *ret_look)
{
	AUTO(sysroot_free_at) struct sysroot *root = sysroot_open("/", NULL);
	AUTO(buf_release) struct buf thread = BUF_INIT, machine = BUF_INIT;
	char path[64];

	memset(ret_look, 0, sizeof(*ret_look));
	snprintf(path, sizeof(path), "proc/%d/task/%d/stat", (int)pid, (int)pid);
	if (!root || sysroot_read(root, path, &thread, NULL) < 0 ||
	    sysroot_read(root, "proc/stat", &machine, NULL) < 0)
		return;
	ret_look->time_ns = clock_boot_ns();
	late_parse(thread.data, machine.data, ret_look);
}
