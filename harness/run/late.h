/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_LATE_H
#define RUN_LATE_H
/*
 * Is a watcher that does not beat dead, or is the machine late? A virtual machine whose host gives it
 * no time stops as a whole or one processor at a time; the watcher is well then.
 *
 * What counts against the watcher is the time in which it could have beaten. It could not while
 *
 *	the runner's own wait lasted longer than it had asked for	(all of the machine was away)
 *	the processor it was last on accounted less time than passed	(that one was: /proc/stat)
 *	it was ready to run and did not					(others had the processor)
 *
 * The last two are not believed for longer than LATE_FORGIVEN_NS in one silence: a processor that is
 * locked up for good is no late machine. One that is stopped, or held by the kernel (state D), has no
 * excuse of its own.
 *
 *	each turn of the runner:
 *		if (late_is_suspect(&late, beat, now))
 *			late_look(pid, &turn.look);
 *		dead = late_is_dead(&late, &turn);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define LATE_SUSPECT_NS	 1500000000LL	/* no beat for that long: from now on look at it */
#define LATE_DEAD_NS	 5000000000LL	/* of chances without a beat: taken for dead */
#define LATE_SURE_NS	 1000000000LL	/* of them at least while the runner did nothing but wait */
#define LATE_FORGIVEN_NS 60000000000LL

/* The watcher's first thread and the processor it was last on, at one moment. */
struct late_look {
	bool known;
	char state;		/* of proc_pid_stat(5) */
	int cpu;
	int64_t ran_ns;		/* its own time so far */
	int64_t cpu_ns;		/* what the processor accounted so far, idle or not, but stolen */
	int64_t time_ns;	/* clock_boot_ns */
};

struct late_turn {
	int64_t now_ns;		/* clock_boot_ns */
	int64_t beat_ns;	/* the watcher's last */
	int64_t asked_ns;	/* the runner's wait of this turn: what it asked for and what it got */
	int64_t waited_ns;
	struct late_look look;	/* not known when it was not suspect */
};

struct late {			/* zero at first */
	int64_t now_ns, beat_ns;	/* of the turn before */
	int64_t chance_ns;	/* time in which it could have beaten, since it did */
	int64_t forgiven_ns;
	struct late_look look;
};

bool late_is_suspect(int64_t beat_ns, int64_t now_ns);
bool late_is_dead(struct late *late, const struct late_turn *turn);

/* How much longer than asked the wait lasted. */
int64_t late_wait_ns(int64_t asked_ns, int64_t waited_ns);

/* Of a thread's stat and of /proc/stat; false when they have another form. */
bool late_parse(const char *thread, const char *machine, struct late_look *ret_look);
/* The first thread of process `pid` of the live machine; ret_look->known says whether it could. */
void late_look(pid_t pid, struct late_look *ret_look);

#endif
