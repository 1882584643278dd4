/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/smart_parts.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"

#include <string.h>

enum {
	FIRST_WITH_JSON = 7,
	HOURS_MAX = 10000000,
	DIGITS_MAX = 18,		/* of a number that surely fits an int64_t */
	CELSIUS_MIN = -273,
	CELSIUS_MAX = 1000,
	PERCENT_MAX = 255,	/* the log has one byte for it, */
	WARNING_MAX = 255,	/* and for this */
	EXIT_NOT_READ = 3,	/* bits 0 and 1: command line or type not understood, not opened */
	EXIT_FAILED = 4,	/* bit 2: a command to the disk failed, or a checksum is wrong */
};

#define NVME_LOG "nvme_smart_health_information_log"

#define COUNT_MAX JSON_INT_MAX

static const char source[] = "smartctl";

/*
 * Counters of NVMe have 128 bits, and one number that is too long would spoil the whole answer: each
 * becomes INT64_MAX, filled up with blanks. The text stays as long as it was.
 */
static void shorten_numbers(char *text, size_t size)
{
	static const char most[] = "9223372036854775807";
	bool in_string = false;
	size_t i, length;

	for (i = 0; i < size; i += length) {
		length = strspn(text + i, "0123456789");
		if (text[i] == '"')
			in_string = !in_string;
		if (!in_string && length > DIGITS_MAX && text[i] != '0') {
			memset(text + i, ' ', length);
			memcpy(text + i, most, DIGITS_MAX + 1);
		}
		if (!length)
			length = in_string && text[i] == '\\' ? 2 : 1;
	}
}

/* The whole number, where it lies in [0, max]. */
static int64_t number_of(const json_t *value, int64_t max)
{
	int64_t number = json_is_integer(value) ? json_integer_value(value) : -1;

	return number < 0 || number > max ? SMART_NONE : number;
}

void smart_take(struct smart *smart, enum smart_number which, const json_t *value, int64_t max)
{
	if (!json_is_integer(value))
		return;
	smart->number[which] = number_of(value, max);
	if (smart->number[which] == SMART_NONE)
		smart->implausible[which] = json_integer_value(value);
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

/* Where each number stands: a member of the answer, or of an object in it. */
static const struct {
	const char *attribute, *object, *key;
	int64_t max;
} place[SMART_NUMBERS] = {
	[SMART_POWER_ON_HOURS] = { "smart_power_on_hours", "power_on_time", "hours", HOURS_MAX },
	[SMART_TEMPERATURE_MILLI_C] = { "smart_temperature_milli_c", NULL, NULL, 0 },
	[SMART_PERCENTAGE_USED] = { "smart_percentage_used", NVME_LOG,
				    "percentage_used", PERCENT_MAX },
	[SMART_POWER_CYCLES] = { "smart_power_cycles", NULL, "power_cycle_count", COUNT_MAX },
	[SMART_START_STOPS] = { "smart_start_stops", "scsi_start_stop_cycle_counter",
				"accumulated_start_stop_cycles", COUNT_MAX },
	[SMART_WRITTEN_BYTES] = { "smart_written_bytes", NULL, NULL, 0 },
	[SMART_SPARE_PERCENT] = { "smart_spare_percent", NVME_LOG,
				  "available_spare", PERCENT_MAX },
	[SMART_MEDIA_ERRORS] = { "smart_media_errors", NVME_LOG,
				 "media_errors", COUNT_MAX },
	[SMART_REALLOCATED_SECTORS] = { "smart_reallocated_sectors", NULL, NULL, 0 },
	[SMART_PENDING_SECTORS] = { "smart_pending_sectors", NULL, NULL, 0 },
	[SMART_UNSAFE_SHUTDOWNS] = { "smart_unsafe_shutdowns", NVME_LOG,
				     "unsafe_shutdowns", COUNT_MAX },
	[SMART_CRITICAL_WARNING] = { "smart_critical_warning", NVME_LOG,
				     "critical_warning", WARNING_MAX },
};

static void take_places(const json_t *root, struct smart *smart)
{
	size_t i;

	for (i = 0; i < SMART_NUMBERS; i++) {
		const json_t *object =
			place[i].object ? json_object_get(root, place[i].object) : root;

		if (place[i].key)
			smart_take(smart, (enum smart_number)i, json_object_get(object, place[i].key),
				   place[i].max);
	}
}

/* Degrees may be below zero. */
static void take_temperature(const json_t *root, struct smart *smart)
{
	const json_t *value = json_object_get(json_object_get(root, "temperature"), "current");
	int64_t number = json_integer_value(value);

	if (!json_is_integer(value))
		return;
	if (number >= CELSIUS_MIN && number <= CELSIUS_MAX)
		smart->number[SMART_TEMPERATURE_MILLI_C] = number * 1000;
	else
		smart->implausible[SMART_TEMPERATURE_MILLI_C] = number;
}

void smart_take_written(struct smart *smart, const json_t *value, int64_t unit)
{
	int64_t number = json_integer_value(value), bytes;

	if (!json_is_integer(value) || unit <= 0)
		return;
	if (number >= 0 && !__builtin_mul_overflow(number, unit, &bytes) && bytes <= JSON_INT_MAX)
		smart->number[SMART_WRITTEN_BYTES] = bytes;
	else
		smart->implausible[SMART_WRITTEN_BYTES] = number;
}

/* NVM Express Base Specification 2.0, figure 207: units of a thousand blocks of 512 bytes. */
static void take_nvme(const json_t *root, struct smart *smart)
{
	const json_t *log = json_object_get(root, NVME_LOG);

	smart_take_written(smart, json_object_get(log, "data_units_written"), 512000);
}

/* What was asked and not answered, and an answer that cannot be. */
static bool is_partial(const json_t *root, const struct smart *smart)
{
	const json_t *program = json_object_get(root, "smartctl");
	int64_t status = number_of(json_object_get(program, "exit_status"), UINT8_MAX);

	return smart->number[SMART_POWER_ON_HOURS] == SMART_NONE &&
	       ((status != SMART_NONE && status & EXIT_FAILED) ||
		json_object_get(root, "power_on_time"));
}

static void take_text(const json_t *root, const char *key, char *out, size_t size)
{
	const char *text = json_string_value(json_object_get(root, key));

	if (text && strlen(text) < size)
		memcpy(out, text, strlen(text) + 1);
}

void smart_parse(const char *data, size_t size, struct smart *ret_smart)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(json_release) json_t *root = NULL;
	size_t i;

	memset(ret_smart, 0, sizeof(*ret_smart));
	for (i = 0; i < SMART_NUMBERS; i++)
		ret_smart->number[i] = ret_smart->implausible[i] = SMART_NONE;
	buf_add(&text, data, size);
	shorten_numbers(text.data, text.size);
	root = json_read(text.data, text.size, source, NULL);
	ret_smart->state = root ? state_of(root) : state_of_words(data, size);
	if (ret_smart->state == SMART_DAMAGED || ret_smart->state == SMART_TOO_OLD)
		return;
	take_places(root, ret_smart);
	take_temperature(root, ret_smart);
	smart_take_ata(root, ret_smart);
	smart_take(ret_smart, SMART_REALLOCATED_SECTORS,
		   json_object_get(root, "scsi_grown_defect_list"), COUNT_MAX);
	take_nvme(root, ret_smart);
	ret_smart->is_partial = is_partial(root, ret_smart);
	take_text(root, "model_name", ret_smart->model, sizeof(ret_smart->model));
	take_text(root, "firmware_version", ret_smart->firmware, sizeof(ret_smart->firmware));
}

const char *smart_number_name(enum smart_number number)
{
	return place[number].attribute;
}

int64_t smart_warning(const struct smart *smart)
{
	if (smart->state != SMART_PASSED && smart->state != SMART_FAILED)
		return SMART_NONE;
	if (smart->number[SMART_CRITICAL_WARNING] != SMART_NONE &&
	    smart->number[SMART_CRITICAL_WARNING])
		return smart->number[SMART_CRITICAL_WARNING];
	return smart->state == SMART_FAILED;
}
