/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/expectations_show.h"

#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/cmd/command.h"
#include "harness/model/delta.h"
#include "harness/model/expectation.h"

struct showing {
	struct buf *out;
	struct arena arena;
	size_t asked, told;
};

static void tell(struct showing *s, bool known, const char *why)
{
	buf_addf(s->out, known ? _("Not as expected: %s\n") : _("Cannot be told: %s\n"),
		 text_cleaned(&s->arena, cmd_said(&s->arena, why)));
	s->told++;
}

static void show_bom(struct showing *s, const struct expectation *e,
		     const struct inventory *inventory)
{
	AUTO(deltas_release) struct deltas deltas = DELTAS_INIT;
	const struct delta *delta;

	deltas_make(e->bom, inventory, &deltas);
	for (delta = deltas.delta; delta; delta = delta->next) {
		AUTO(buf_release) struct buf why = BUF_INIT;

		if (delta->passing)
			continue;
		delta_sentence(delta, &why);
		tell(s, delta->kind != DELTA_UNKNOWN, why.data);
	}
}

void expectations_show(struct buf *out, const struct profile *profile,
		       const struct inventory *inventory)
{
	struct showing s = { .out = out, .arena = ARENA_INIT, .asked = profile->expectation_count };
	size_t i;

	for (i = 0; i < profile->expectation_count; i++) {
		const struct expectation *e = &profile->expectation[i];
		AUTO(buf_release) struct buf why = BUF_INIT;
		enum expectation_answer answer;

		if (e->rule == EXPECT_BOM) {
			show_bom(&s, e, inventory);
			continue;
		}
		answer = expectation_check(inventory, e, &why);
		if (answer != EXPECTATION_HOLDS)
			tell(&s, answer == EXPECTATION_FAILS, why.data);
	}
	if (s.asked && !s.told)
		buf_adds(out, _("This machine is as the profile expects\n"));
	arena_release(&s.arena);
}
