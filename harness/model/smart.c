/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/smart.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"

#include <string.h>

enum {
	FIRST_WITH_JSON = 7,
	HOURS_MAX = 10000000,
	CELSIUS_MIN = -273,
	CELSIUS_MAX = 1000,
	PERCENT_MAX = 255,	/* the log has one byte for it, */
	WARNING_MAX = 255,	/* and for this */
	EXIT_NOT_READ = 3,	/* bits 0 and 1: command line or type not understood, not opened */
};

static const char source[] = "smartctl";
static const char nvme_log[] = "nvme_smart_health_information_log";

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
	ret_smart->critical_warning = SMART_NONE;
	ret_smart->media_errors = SMART_NONE;
	ret_smart->state = root ? state_of(root) : state_of_words(data, size);
	if (ret_smart->state == SMART_DAMAGED || ret_smart->state == SMART_TOO_OLD)
		return;
	ret_smart->power_on_hours = number_at(root, "power_on_time", "hours", 0, HOURS_MAX);
	ret_smart->temperature_milli_c =
		number_at(root, "temperature", "current", CELSIUS_MIN, CELSIUS_MAX);
	if (ret_smart->temperature_milli_c != SMART_NONE)
		ret_smart->temperature_milli_c *= 1000;
	ret_smart->percentage_used = number_at(root, nvme_log, "percentage_used", 0, PERCENT_MAX);
	ret_smart->critical_warning = number_at(root, nvme_log, "critical_warning", 0, WARNING_MAX);
	ret_smart->media_errors = number_at(root, nvme_log, "media_errors", 0, JSON_INT_MAX);
}

int64_t smart_warning(const struct smart *smart)
{
	if (smart->state != SMART_PASSED && smart->state != SMART_FAILED)
		return SMART_NONE;
	if (smart->critical_warning != SMART_NONE && smart->critical_warning)
		return smart->critical_warning;
	return smart->state == SMART_FAILED;
}
