/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/late.h"

#include <string.h>
#include <unistd.h>

#define SECOND 1000000000LL
#define TICK (SECOND / 4)

/* A runner that waits a tick and looks, on a clock that costs nothing; the watcher beat at 100 s. */
struct world {
	struct late late;
	struct late_turn turn;
	bool dead;
};

static void world_init(struct world *world)
{
	memset(world, 0, sizeof(*world));
	world->turn.now_ns = world->turn.beat_ns = 100 * SECOND;
	world->turn.asked_ns = world->turn.waited_ns = TICK;
	world->turn.look = (struct late_look){ .state = 'S', .cpu_ns = SECOND };
	world->dead = late_is_dead(&world->late, &world->turn);
	ck_assert(!world->dead);
}

/* A turn whose wait lasted that long, in which the watcher ran and its processor was there so long. */
static void turn(struct world *world, int64_t waited_ns, int64_t ran_ns, int64_t cpu_ns)
{
	world->turn.waited_ns = waited_ns;
	world->turn.now_ns += waited_ns;
	world->turn.look.ran_ns += ran_ns;
	world->turn.look.cpu_ns += cpu_ns;
	world->turn.look.time_ns = world->turn.now_ns;
	world->turn.look.known = late_is_suspect(world->turn.beat_ns, world->turn.now_ns);
	world->dead = late_is_dead(&world->late, &world->turn);
}

/* How long it takes until it is dead, with turns on time; no longer than `limit_ns`. */
static int64_t until_dead(struct world *world, int64_t ran_ns, int64_t cpu_ns, int64_t limit_ns)
{
	int64_t start_ns = world->turn.now_ns;

	while (!world->dead && world->turn.now_ns - start_ns < limit_ns)
		turn(world, TICK, ran_ns, cpu_ns);
	return world->turn.now_ns - start_ns;
}

START_TEST(on_a_machine_that_is_not_late_five_seconds_without_a_beat_are_death)
{
	static const char state[] = "SDTR";
	struct world world;
	size_t i;

	for (i = 0; i < strlen(state); i++) {
		world_init(&world);
		world.turn.look.state = state[i];
		/* One that is ready to run does run: it turns round and round. */
		ck_assert_int_eq(until_dead(&world, state[i] == 'R' ? TICK : 0, TICK, 60 * SECOND),
				 5 * SECOND);
		ck_assert(world.dead);
	}
}
END_TEST

START_TEST(a_beat_begins_the_count_again)
{
	struct world world;

	world_init(&world);
	until_dead(&world, 0, TICK, 4 * SECOND);
	ck_assert(!world.dead);
	world.turn.beat_ns = world.turn.now_ns;
	ck_assert_int_eq(until_dead(&world, 0, TICK, 60 * SECOND), 5 * SECOND);
}
END_TEST

START_TEST(what_the_runner_lost_itself_the_watcher_could_not_use)
{
	struct world world;
	int i;

	world_init(&world);
	/* Paused for an hour, and then every wait takes two seconds. */
	turn(&world, 3600 * SECOND, 0, TICK);
	for (i = 0; i < 10; i++)
		turn(&world, 2 * SECOND, 0, 2 * SECOND);
	ck_assert(!world.dead);
	/* On time again: what was a chance counts, and a dead one is found. */
	ck_assert_int_eq(until_dead(&world, 0, TICK, 60 * SECOND), 5 * SECOND - 11 * TICK);
}
END_TEST

START_TEST(a_processor_that_was_away_is_an_excuse_for_a_minute_at_most)
{
	struct world world;
	int64_t took_ns;

	world_init(&world);
	until_dead(&world, 0, 0, 30 * SECOND);
	ck_assert(!world.dead);
	took_ns = 30 * SECOND + until_dead(&world, 0, 0, 60 * SECOND);
	ck_assert(world.dead);
	ck_assert_int_ge(took_ns, 65 * SECOND);
	ck_assert_int_le(took_ns, 66 * SECOND);
	world_init(&world);
	until_dead(&world, 0, TICK / 2, 8 * SECOND);
	ck_assert(!world.dead);
}
END_TEST

START_TEST(ready_to_run_and_not_run_is_an_excuse_and_asleep_is_none)
{
	struct world world;

	world_init(&world);
	world.turn.look.state = 'R';
	until_dead(&world, 0, TICK, 30 * SECOND);
	ck_assert(!world.dead);
	world.turn.look.state = 'D';
	ck_assert_int_le(until_dead(&world, 0, TICK, 60 * SECOND), 5 * SECOND);
	ck_assert(world.dead);
}
END_TEST

START_TEST(a_suspend_beside_the_wait_is_not_enough_and_a_second_more_is)
{
	struct world world;

	world_init(&world);
	world.turn.now_ns += 3600 * SECOND;
	turn(&world, TICK, 0, TICK);
	ck_assert(!world.dead);
	ck_assert_int_eq(until_dead(&world, 0, TICK, 60 * SECOND), SECOND - TICK);
}
END_TEST

START_TEST(many_short_turns_are_no_more_than_their_time)
{
	struct world world;
	int i;

	world_init(&world);
	world.turn.now_ns += 3600 * SECOND;
	for (i = 0; i < 100; i++)
		turn(&world, SECOND / 1000, 0, SECOND / 1000);
	ck_assert(!world.dead);
}
END_TEST

static const char machine[] = "cpu  10 10 10 10 10 10 10 10 10 10\n"
			      "cpu0 1 1 1 1 1 1 1 90 0 0\n"
			      "cpu1 100 2 30 4000 5 6 7 800 100 0\n"
			      "cpu10 9 9 9 9 9 9 9 9 9 9\n"
			      "intr 1 2 3\n";

/* Words 4 to 13, the two times, 16 to 38, the processor and more. */
#define THREAD(name, state, cpu)                                                                   \
	"12 (" name ") " state " 1 12 12 0 -1 4194560 100 0 0 0 17 5 0 0 10 -10 3 0 999 1000000 "   \
	"250 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 " cpu " 0 0 0 0 0 0\n"

START_TEST(a_look_is_the_threads_time_and_what_its_processor_accounted_but_stolen)
{
	int64_t tick_ns = SECOND / sysconf(_SC_CLK_TCK);
	struct late_look look = { .known = false };

	ck_assert(late_parse(THREAD("cuihuo-watcher", "S", "1"), machine, &look));
	ck_assert(look.known);
	ck_assert_int_eq(look.state, 'S');
	ck_assert_int_eq(look.cpu, 1);
	ck_assert_int_eq(look.ran_ns, 22 * tick_ns);
	ck_assert_int_eq(look.cpu_ns, 4150 * tick_ns);
	ck_assert(late_parse(THREAD("a) R 1 (b", "D", "10"), machine, &look));
	ck_assert_int_eq(look.state, 'D');
	ck_assert_int_eq(look.cpu_ns, 63 * tick_ns);
}
END_TEST

START_TEST(what_has_another_form_is_not_known)
{
	static const struct {
		const char *thread, *machine;
	} bad[] = {
		{ "", "" },
		{ "12 (x)", machine },
		{ "12 (x) S 1 2 3", machine },
		{ THREAD("x", "S", "2"), machine },
		{ THREAD("x", "S", "-1"), machine },
		{ THREAD("x", "S", "99999999999"), machine },
		{ THREAD("x", "S", "1"), "cpu  1 1\n" },
		{ THREAD("x", "S", "1"), "cpu 1\ncpu1 1 2 3\n" },
		{ THREAD("x", "S", "1"), "cpu 1\ncpu1 1 2 3 4 5 6 x 8\n" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		struct late_look look = { .known = true };

		ck_assert_msg(!late_parse(bad[i].thread, bad[i].machine, &look), "%zu", i);
		ck_assert(!look.known);
	}
}
END_TEST

UNIT_MAIN("late", on_a_machine_that_is_not_late_five_seconds_without_a_beat_are_death,
	  a_beat_begins_the_count_again, what_the_runner_lost_itself_the_watcher_could_not_use,
	  a_processor_that_was_away_is_an_excuse_for_a_minute_at_most,
	  ready_to_run_and_not_run_is_an_excuse_and_asleep_is_none,
	  a_suspend_beside_the_wait_is_not_enough_and_a_second_more_is,
	  many_short_turns_are_no_more_than_their_time,
	  a_look_is_the_threads_time_and_what_its_processor_accounted_but_stolen,
	  what_has_another_form_is_not_known)
