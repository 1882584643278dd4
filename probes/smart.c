/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/smart.h"

#include "harness/base/auto.h"
#include "harness/sys/child.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#define LIMIT_NS (3 * INT64_C(1000000000))

enum { STATUS_NO_PROGRAM = 127 };

static const char source[] = "smartctl";

static void say(struct look *look, const char *attribute, const char *text,
		enum certainty certainty)
{
	component_text(look->inventory, look->component, attribute, text, source, certainty);
}

/* As the disk said it, in its own unit. */
static void add_implausible(struct look *look, const char *attribute, int64_t number)
{
	char text[64];

	if (number == INT64_MAX)
		snprintf(text, sizeof(text), "implausible: more than 18 digits");
	else
		snprintf(text, sizeof(text), "implausible: %" PRId64, number);
	say(look, attribute, text, CERTAINTY_UNKNOWN);
}

static void add_numbers(struct look *look, const struct smart *smart)
{
	size_t i;

	for (i = 0; i < SMART_NUMBERS; i++) {
		const char *name = smart_number_name((enum smart_number)i);

		if (smart->number[i] != SMART_NONE)
			component_number(look->inventory, look->component, name, smart->number[i],
					 source, CERTAINTY_CERTAIN);
		else if (smart->implausible[i] != SMART_NONE)
			add_implausible(look, name, smart->implausible[i]);
	}
	if (*smart->model)
		say(look, "smart_model", smart->model, CERTAINTY_CERTAIN);
	if (*smart->firmware)
		say(look, "smart_firmware", smart->firmware, CERTAINTY_CERTAIN);
}

static void add_state(struct look *look, enum smart_state state)
{
	static const struct {
		const char *attribute, *text;
		enum certainty certainty;
	} row[] = {
		[SMART_DAMAGED] = { "smart", "unreadable: the answer of smartctl is damaged",
				    CERTAINTY_UNKNOWN },
		[SMART_TOO_OLD] = { "smart", "unreadable: too old", CERTAINTY_UNKNOWN },
		/* Of root: smart_add says it to others in another way. */
		[SMART_REFUSED] = { "smart", "unreadable: the system does not permit it",
				    CERTAINTY_UNKNOWN },
		[SMART_UNREADABLE] = { "smart", "unreadable: smartctl told no status",
				       CERTAINTY_UNKNOWN },
		[SMART_NOT_OFFERED] = { "smart", "not offered by this disk", CERTAINTY_CERTAIN },
		[SMART_PASSED] = { "smart_status", "passed", CERTAINTY_CERTAIN },
		[SMART_FAILED] = { "smart_status", "failed", CERTAINTY_CERTAIN },
	};

	say(look, row[state].attribute, row[state].text, row[state].certainty);
}

/* A status without the hours that belong to it: what is missing is not known, and not "none". */
static void add_partial(struct look *look, const struct smart *smart)
{
	if (smart->is_partial && (smart->state == SMART_PASSED || smart->state == SMART_FAILED))
		say(look, "smart", "unreadable: the disk did not tell all of it",
		    CERTAINTY_UNKNOWN);
}

void smart_add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf device = BUF_INIT;
	AUTO(buf_release) struct buf answer = BUF_INIT;
	struct child_end end;
	struct smart smart;

	buf_addf(&device, "/dev/%s", name);
	const char *const argv[] = { "smartctl", "--json=c", "-i", "-H", "-A", device.data, NULL };

	/*
	 * smartctl says "Unable to detect device type" of a disk that it does not know and of one
	 * that it may not open: so this is asked first.
	 */
	if (child_is_denied(device.data)) {
		say(look, "smart", "not readable without root", CERTAINTY_UNKNOWN);
		return;
	}
	if (child_program(argv, LIMIT_NS, &answer, &end, NULL) < 0) {
		say(look, "smart", "unreadable: smartctl could not be started", CERTAINTY_UNKNOWN);
		return;
	}
	if (end.timed_out) {
		say(look, "smart", "unreadable: smartctl did not end in time", CERTAINTY_UNKNOWN);
		return;
	}
	if (!end.signal && end.status == STATUS_NO_PROGRAM && !answer.size) {
		say(look, "smart", "unreadable: smartctl is not installed", CERTAINTY_UNKNOWN);
		return;
	}
	smart_parse(answer.data, answer.size, &smart);
	if (smart.state == SMART_REFUSED && geteuid() != 0)
		say(look, "smart", "not readable without root", CERTAINTY_UNKNOWN);
	else
		add_state(look, smart.state);
	add_partial(look, &smart);
	add_numbers(look, &smart);
}
