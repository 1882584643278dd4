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
};

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
	int64_t count[KMSG_KINDS];
	struct kmsg_channel {
		struct kmsg_log *log;
		enum kmsg_kind kind;
	} channel[KMSG_KINDS];
};

/* The text of a record of the kernel, and its level; NULL for any other line. */
static char *record_text(char *line, int64_t *ret_level)
{
	char *text = strchr(line, ';');
	int64_t priority;

	if (!text || line[0] == ' ')
		return NULL;
	*text++ = '\0';
	line[strcspn(line, ",")] = '\0';
	if (scan_i64(line, 0, 7, &priority) < 0) /* facility * 8 + level */
		return NULL;
	*ret_level = priority;
	return text;
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

/* Lines of one report are told one by one: what says nothing bad belongs to one that is not. */
static bool is_corrected_check(const char *text)
{
	static const char *const bad[] = { "ncorrect", "fatal",     "Fatal", "recoverable", "eferred",
					   "anic",     "|UE|",      "[UE|",  "corrupt",     "Exception",
					   "SError",   "Cache err", "Memory failure", NULL };

	return !has_any(text, bad) && !status_says_uncorrected(text);
}

/* A drive without a disk in it says so when somebody looks. */
static bool is_empty_drive(const char *text)
{
	static const char *const drive[] = { ", dev fd", ", dev sr", NULL };

	return has_any(text, drive);
}

static int kind_within(int kind, const char *text)
{
	if (kind == KMSG_MACHINE_CHECK && is_corrected_check(text))
		return KMSG_CHECK_CORRECTED;
	if (kind == KMSG_AER && !strstr(text, "ncorrect") && strstr(text, "orrect"))
		return KMSG_AER_CORRECTED;
	return kind;
}

static void count_line(char *line, int64_t count[KMSG_KINDS])
{
	int64_t level = 0;
	const char *text = record_text(line, &level);
	int kind, p;

	if (!text)
		return;
	if (level <= LEVEL_ERROR)
		count[KMSG_ERROR]++;
	for (kind = 0; kind < KMSG_NAMED; kind++) {
		for (p = 0; p < PHRASES && kind_table[kind].phrase[p]; p++) {
			if (!strstr(text, kind_table[kind].phrase[p]))
				continue;
			if (kind != KMSG_IO_ERROR || !is_empty_drive(text))
				count[kind_within(kind, text)]++;
			return;
		}
	}
}

void kmsg_count(char *text, int64_t count[KMSG_KINDS])
{
	char *line, *next;

	for (line = text; *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		count_line(line, count);
	}
}

static int kmsg_drain(struct kmsg_log *log)
{
	char record[RECORD_SIZE];
	int i;

	for (i = 0; i < DRAIN_MAX; i++) {
		ssize_t got = read(log->fd, record, sizeof(record) - 1);

		if (got > 0) {
			record[got] = '\0';
			kmsg_count(record, log->count);
		} else if (got == 0 || errno == EAGAIN) {
			return 0;
		} else if (errno == EPIPE) {
			log->count[KMSG_LOST]++;
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

	*ret_raw = own->log->count[own->kind];
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
