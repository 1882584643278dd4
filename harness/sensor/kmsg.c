/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sensor/kmsg.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sensor/table.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define N_(text) (text)
#define DEVICE   "dev/kmsg"

enum {
	PHRASES = 12,
	RECORD_SIZE = 8192, /* the kernel's own limit of a record */
	DRAIN_MAX = 4096,   /* records a call: a flood must not hold the lane for ever */
	LEVEL_ERROR = 3,
	KMSG_NOTHING = KMSG_KINDS,
};

#define CHECK_US 1000000 /* the lines of one machine check come within this */

/* What says that hardware failed, and what load, people and cables can bring about as well. */
#define HARDWARE "kernel-errors"
#define OTHER    "kernel-messages"
#define MENDED   "kernel-corrected"

static const struct {
	const char *metric, *component;
	const char *phrase[PHRASES];
} kind_table[KMSG_KINDS] = {
	[KMSG_MACHINE_CHECK] = { HARDWARE,
				 "kernel/machine-check",
				 { "Hardware Error", "achine check", "SError Interrupt",
				   "Cache error", "Memory failure: 0x",
				   "hardware memory corruption" } },
	[KMSG_IO_ERROR] = { HARDWARE,
			    "kernel/io-error",
			    { "I/O error", "critical medium error", "Unrecovered read error",
			      "timeout, aborting", "timeout, completion polled",
			      "timeout, reset controller", "EXT4-fs error", "orruption detected",
			      "hard resetting link", "exception Emask" } },
	[KMSG_AER] = { HARDWARE,
		       "kernel/aer",
		       { "PCIe Bus Error", "AER: Corr", "AER: Uncorr", "AER: Multiple" } },
	[KMSG_LINK] = { OTHER,
			"kernel/link",
			{ "Link is Down", "reset high-speed USB", "reset SuperSpeed",
			  "USB disconnect" } },
	[KMSG_THERMAL] = { OTHER,
			   "kernel/thermal",
			   { "temperature above threshold", "clock throttled",
			     "ritical temperature reached", "ver temperature", "verheat" } },
	[KMSG_HUNG] = { OTHER,
			"kernel/hung",
			{ "blocked for more than", "soft lockup", "hard LOCKUP", "detected stall",
			  "self-detected stall" } },
	[KMSG_SEGFAULT] = { OTHER,
			    "kernel/segfault",
			    { "segfault at", "traps: ", "unhandled level", "sending SIGSEGV" } },
	[KMSG_OOPS] = { HARDWARE,
			"kernel/oops",
			{ "Oops", "BUG: ", "kernel BUG at", "Unable to handle kernel",
			  "general protection fault" } },
	[KMSG_OOM] = { OTHER, "kernel/oom", { "ut of memory: Kill" } },
	[KMSG_CHECK_CORRECTED] = { MENDED, "kernel/machine-check", { NULL } },
	[KMSG_AER_CORRECTED] = { MENDED, "kernel/aer", { NULL } },
	[KMSG_ERROR] = { OTHER, "kernel/error", { NULL } },
	[KMSG_LOST] = { OTHER, "kernel/lost", { NULL } },
};

struct kmsg_log { /* one a set: all channels share the descriptor */
	int fd;
	struct kmsg_tally tally;
	struct kmsg_channel {
		struct kmsg_log *log;
		enum kmsg_kind kind;
	} channel[KMSG_KINDS];
};

struct record {
	int64_t level, time_us;
	const char *text;
};

/* A record of the kernel; false for any other line. */
static bool record_of(char *line, struct record *ret_record)
{
	char *text = strchr(line, ';'), *time;

	if (!text || line[0] == ' ')
		return false;
	*text++ = '\0';
	time = strchr(line, ',');
	time = time ? strchr(time + 1, ',') : NULL;
	if (time) {
		time++;
		time[strcspn(time, ",")] = '\0';
	}
	line[strcspn(line, ",")] = '\0';
	ret_record->time_us = 0;
	if (time)
		scan_i64(time, 0, INT64_MAX, &ret_record->time_us);
	ret_record->text = text;
	/* facility * 8 + level */
	return scan_i64(line, 0, 7, &ret_record->level) == 0;
}

static bool has_any(const char *text, const char *const *phrase)
{
	while (*phrase && !strstr(text, *phrase))
		phrase++;
	return *phrase != NULL;
}

/* "Machine Check: 0 Bank 9: be00000000800400": bit 61 of the status is UC. */
static bool status_says_uncorrected(const char *text)
{
	static const char digits[] = "0123456789abcdef";
	const char *status = strstr(text, " Bank "), *digit;

	status = status ? strstr(status, ": ") : NULL;
	if (!status || strspn(status + 2, digits) != 16)
		return false;
	digit = strchr(digits, status[2]);
	return (digit - digits) & 2;
}

/* What says nothing bad is not. */
static bool is_corrected_check(const char *text)
{
	static const char *const bad[] = { "ncorrect", "fatal",     "Fatal", "recoverable", "eferred",
					   "anic",     "|UE|",      "[UE|",  "corrupt",     "Exception",
					   "SError",   "Cache err", "Memory failure", NULL };

	return !has_any(text, bad) && !status_says_uncorrected(text);
}

/* Of a machine check, but no word on whether it was corrected. */
static bool judges_nothing(const char *text)
{
	static const char *const judging[] = { "orrect", " Bank ", "STATUS[", NULL };

	return strstr(text, "[Hardware Error]") && is_corrected_check(text) &&
	       !has_any(text, judging);
}

static int kind_of_check(const struct record *record, struct kmsg_tally *tally)
{
	bool more = tally->check_us && record->time_us - tally->check_us < CHECK_US;

	tally->check_us = record->time_us;
	if (!is_corrected_check(record->text))
		return KMSG_MACHINE_CHECK;
	return more && judges_nothing(record->text) ? KMSG_NOTHING : KMSG_CHECK_CORRECTED;
}

/* A drive without a disk in it says so when somebody looks. */
static bool is_empty_drive(const char *text)
{
	static const char *const drive[] = { ", dev fd", ", dev sr", NULL };

	return has_any(text, drive);
}

static int kind_within(int kind, const struct record *record, struct kmsg_tally *tally)
{
	const char *text = record->text;

	if (kind == KMSG_MACHINE_CHECK)
		return kind_of_check(record, tally);
	if (kind == KMSG_IO_ERROR && is_empty_drive(text))
		return KMSG_NOTHING;
	if (kind == KMSG_AER && !strstr(text, "ncorrect") && strstr(text, "orrect"))
		return KMSG_AER_CORRECTED;
	return kind;
}

static int kind_of(const struct record *record, struct kmsg_tally *tally)
{
	int kind, p;

	for (kind = 0; kind < KMSG_NAMED; kind++) {
		for (p = 0; p < PHRASES && kind_table[kind].phrase[p]; p++) {
			if (strstr(record->text, kind_table[kind].phrase[p]))
				return kind_within(kind, record, tally);
		}
	}
	return KMSG_NOTHING;
}

/* --- reports of firmware ---------------------------------------------------------------------- */

/* "{12}[Hardware Error]: event severity: fatal": the number, or 0, and what it says. */
static uint64_t report_number(const char *text, const char **ret_said)
{
	static const char mark[] = "}[Hardware Error]: ";
	char digits[16];
	const char *end = text[0] == '{' ? strstr(text, mark) : NULL;
	size_t size = end ? (size_t)(end - text) - 1 : sizeof(digits);
	uint64_t number = 0;

	if (size >= sizeof(digits))
		return 0;
	memcpy(digits, text + 1, size);
	digits[size] = '\0';
	*ret_said = end + strlen(mark);
	return scan_u64(digits, 1, UINT64_MAX, &number) < 0 ? 0 : number;
}

static int kind_of_severity(const char *severity)
{
	if (!strncmp(severity, "info", 4))
		return KMSG_NOTHING;
	return strncmp(severity, "corrected", 9) ? KMSG_MACHINE_CHECK : KMSG_CHECK_CORRECTED;
}

/* The first lines of a report are before its severity. */
static bool is_before_severity(const char *said)
{
	static const char *const first[] = { "Hardware error from", "It has been corrected", NULL };

	return has_any(said, first);
}

static int judge_report(const char *said, int64_t level)
{
	static const char event[] = "event severity: ", section[] = ", type: ";
	const char *type;

	if (!strncmp(said, event, strlen(event)))
		return kind_of_severity(said + strlen(event));
	type = strncmp(said, " Error ", 7) ? NULL : strstr(said, section);
	if (type)
		return kind_of_severity(type + strlen(section));
	return level <= LEVEL_ERROR ? KMSG_MACHINE_CHECK : KMSG_CHECK_CORRECTED;
}

static int kind_of_report(uint64_t number, const char *said, int64_t level,
			  struct kmsg_tally *tally)
{
	int i;

	if (is_before_severity(said))
		return KMSG_NOTHING;
	for (i = 0; i < KMSG_REPORTS; i++)
		if (tally->report[i] == number)
			return KMSG_NOTHING;
	tally->report[tally->next_report++ % KMSG_REPORTS] = number;
	return judge_report(said, level);
}

static void count_line(char *line, struct kmsg_tally *tally)
{
	struct record record;
	const char *said;
	uint64_t number;
	int kind;

	if (!record_of(line, &record))
		return;
	if (record.level <= LEVEL_ERROR)
		tally->count[KMSG_ERROR]++;
	number = report_number(record.text, &said);
	kind = number ? kind_of_report(number, said, record.level, tally)
		      : kind_of(&record, tally);
	if (kind != KMSG_NOTHING)
		tally->count[kind]++;
}

void kmsg_count(char *text, struct kmsg_tally *tally)
{
	char *line, *next;

	for (line = text; *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		count_line(line, tally);
	}
}

/* --- the source ------------------------------------------------------------------------------- */

static int kmsg_drain(struct kmsg_log *log)
{
	char record[RECORD_SIZE];
	int i;

	for (i = 0; i < DRAIN_MAX; i++) {
		ssize_t got = read(log->fd, record, sizeof(record) - 1);

		if (got > 0) {
			record[got] = '\0';
			kmsg_count(record, &log->tally);
		} else if (got == 0 || errno == EAGAIN) {
			return 0;
		} else if (errno == EPIPE) {
			log->tally.count[KMSG_LOST]++;
		} else if (errno != EINTR) {
			return ERR_IO;
		}
	}
	return 0;
}

static int kmsg_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	struct kmsg_channel *own = channel->own;
	int code = kmsg_drain(own->log);

	*ret_raw = own->log->tally.count[own->kind];
	return code;
}

static int kmsg_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	struct kmsg_log *log;
	int fd = sysroot_open_stream(root, DEVICE, err);
	int kind;

	if (fd < 0)
		return fd;
	lseek(fd, 0, SEEK_END); /* what was said before this run is not of this run */
	log = sensor_sink_alloc(sink, sizeof(*log));
	log->fd = fd;
	for (kind = 0; kind < KMSG_KINDS; kind++) {
		struct sensor_channel channel = { .fd = kind ? -1 : fd, /* closed once */
						  .numerator = 1000,
						  .own = &log->channel[kind] };

		log->channel[kind].log = log;
		log->channel[kind].kind = (enum kmsg_kind)kind;
		channel.series.metric = kind_table[kind].metric;
		channel.series.component = kind_table[kind].component;
		sensor_sink_add(sink, &channel);
	}
	return 0;
}

static const char *const reads[] = { DEVICE, NULL };

const struct sensor_source sensor_kmsg = {
	.name = "kmsg",
	.summary = N_("messages of the kernel, counted by what they speak of"),
	.reads = reads,
	.open = kmsg_open,
	.read = kmsg_read,
};
