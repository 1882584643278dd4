/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/smart.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/sys/child.h"

#include <string.h>
#include <unistd.h>

#define LIMIT_NS (3 * INT64_C(1000000000))

enum {
	STATUS_NO_PROGRAM = 127,
	FIRST_WITH_JSON = 7,
	HOURS_MAX = 10000000,
	CELSIUS_MIN = -273,
	CELSIUS_MAX = 1000,
	PERCENT_MAX = 255,	/* the log has one byte for it */
	EXIT_NOT_READ = 3,	/* bits 0 and 1: command line or type not understood, not opened */
};

static const char source[] = "smartctl";

/* The whole number at OBJECT.KEY of the answer, where it lies in [min, max]. */
static int64_t number_at(const json_t *root, const char *object, const char *key, int64_t min,
			 int64_t max)
{
	const json_t *value = json_object_get(json_object_get(root, object), key);
	int64_t number;

	if (!json_is_integer(value))
		return SMART_NONE;
	number = json_integer_value(value);
	return number < min || number > max ? SMART_NONE : number;
}

static bool is_said(const json_t *messages, const char *part)
{
	const json_t *message;
	size_t i;

	json_array_foreach(messages, i, message) {
		const char *text = json_string_value(json_object_get(message, "string"));

		if (text && strstr(text, part))
			return true;
	}
	return false;
}

/* Why there is no status. smartctl never translates its messages. */
static enum smart_state state_without_status(const json_t *root)
{
	const json_t *program = json_object_get(root, "smartctl");
	const json_t *messages = json_object_get(program, "messages");
	const json_t *support = json_object_get(root, "smart_support");

	if (is_said(messages, "Permission denied") || is_said(messages, "Operation not permitted"))
		return SMART_REFUSED;
	if (json_integer_value(json_object_get(program, "exit_status")) & EXIT_NOT_READ)
		return is_said(messages, "Unable to detect device type") ? SMART_NOT_OFFERED
									 : SMART_UNREADABLE;
	return json_is_false(json_object_get(support, "available")) ? SMART_NOT_OFFERED
								    : SMART_UNREADABLE;
}

static enum smart_state state_of(const json_t *root)
{
	const json_t *program = json_object_get(root, "smartctl");
	const json_t *version = json_array_get(json_object_get(program, "version"), 0);
	const json_t *passed = json_object_get(json_object_get(root, "smart_status"), "passed");

	if (!json_is_object(program))
		return SMART_DAMAGED;
	if (!json_object_get(root, "json_format_version") ||
	    json_integer_value(version) < FIRST_WITH_JSON)
		return SMART_TOO_OLD;
	if (json_is_boolean(passed))
		return json_is_true(passed) ? SMART_PASSED : SMART_FAILED;
	return state_without_status(root);
}

/* Before 7.0 the option is refused, in words, below a line with name and version. */
static enum smart_state state_of_words(const char *data, size_t size)
{
	AUTO(buf_release) struct buf words = BUF_INIT;

	if (!size || data[0] == '{')
		return SMART_DAMAGED;
	buf_add(&words, data, size);
	return strstr(words.data, "UNRECOGNIZED OPTION") ? SMART_TOO_OLD : SMART_DAMAGED;
}

void smart_parse(const char *data, size_t size, struct smart *ret_smart)
{
	AUTO(json_release) json_t *root = json_read(data, size, source, NULL);

	ret_smart->power_on_hours = SMART_NONE;
	ret_smart->temperature_milli_c = SMART_NONE;
	ret_smart->percentage_used = SMART_NONE;
	ret_smart->state = root ? state_of(root) : state_of_words(data, size);
	if (ret_smart->state == SMART_DAMAGED || ret_smart->state == SMART_TOO_OLD)
		return;
	ret_smart->power_on_hours = number_at(root, "power_on_time", "hours", 0, HOURS_MAX);
	ret_smart->temperature_milli_c =
		number_at(root, "temperature", "current", CELSIUS_MIN, CELSIUS_MAX);
	if (ret_smart->temperature_milli_c != SMART_NONE)
		ret_smart->temperature_milli_c *= 1000;
	ret_smart->percentage_used = number_at(root, "nvme_smart_health_information_log",
					       "percentage_used", 0, PERCENT_MAX);
}

static void say(struct look *look, const char *attribute, const char *text,
		enum certainty certainty)
{
	component_text(look->inventory, look->component, attribute, text, source, certainty);
}

static void add_number(struct look *look, const char *attribute, int64_t number)
{
	if (number != SMART_NONE)
		component_number(look->inventory, look->component, attribute, number, source,
				 CERTAINTY_CERTAIN);
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
	if (child_program(argv, LIMIT_NS, &answer, &end, NULL) < 0)
		return;
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
	add_number(look, "smart_power_on_hours", smart.power_on_hours);
	add_number(look, "smart_temperature_milli_c", smart.temperature_milli_c);
	add_number(look, "smart_percentage_used", smart.percentage_used);
}
