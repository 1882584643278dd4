/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libsensors, for what only its configuration knows: labels, features to ignore, and compute
 * statements. It is asked in a child, because it may print or exit, and it is always given the
 * configuration as text, so that what it read is what lmsensors_config.c read. Its path is fixed to
 * /sys: on any other root the source hwmon reads the same attributes.
 *
 * The child writes one line a value: folder, attribute, number of the subfeature, label, with tabs
 * between. A value that no compute statement changes is read from its file; the others are asked of
 * libsensors by the thread of the lane "computed", which opens it there for the first of them.
 */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "harness/sensor/hwmon.h"
#include "harness/sensor/lmsensors_config.h"
#include "harness/sensor/table.h"
#include "harness/sys/child.h"
#include "harness/sys/disk.h"

#include <limits.h>
#include <math.h>
#include <sensors/error.h>
#include <sensors/sensors.h>
#include <stdio.h>
#include <string.h>

#define N_(text)       (text)
#define CHILD_LIMIT_NS 10000000000LL

struct lm_library { /* one a set, for the computed channels */
	const char *config;
	bool asked, ready;
};

struct lm_computed {
	struct lm_library *library;
	const char *folder;            /* of the chip, as libsensors names it */
	int number;                    /* of the subfeature */
	const sensors_chip_name *chip; /* NULL until found */
};

static void quiet(const char *text, int line)
{
	(void)text;
	(void)line;
}

static void quiet_with_file(const char *text, const char *file, int line)
{
	(void)file;
	quiet(text, line);
}

static int library_start(const char *config)
{
	AUTO_FILE FILE *file = fmemopen((void *)config, strlen(config), "r");

	sensors_parse_error = quiet;
	sensors_parse_error_wfn = quiet_with_file;
	return file && !sensors_init(file) ? 0 : ERR_UNSUPPORTED;
}

static void list_feature(const sensors_chip_name *chip, const sensors_feature *feature,
			 struct buf *out)
{
	AUTO_FREE char *label = sensors_get_label(chip, feature);
	const sensors_subfeature *sub;
	int nr = 0;

	while ((sub = sensors_get_all_subfeatures(chip, feature, &nr))) {
		size_t length;

		if (!(sub->flags & SENSORS_MODE_R) || !hwmon_kind_of(sub->name, &length))
			continue;
		buf_addf(out, "%s\t%s\t%s\t%d\t%s\n", chip->path, chip->prefix, sub->name,
			 sub->number, label ? label : "");
	}
}

static int list_chips(int out_fd, void *argument)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	const sensors_chip_name *chip;
	const sensors_feature *feature;
	int nr = 0, feature_nr;

	if (library_start(argument) < 0)
		return 1;
	while ((chip = sensors_get_detected_chips(NULL, &nr))) {
		feature_nr = 0;
		while (chip->path && (feature = sensors_get_features(chip, &feature_nr)))
			list_feature(chip, feature, &out);
	}
	return disk_write_all(out_fd, out.data, out.size) < 0;
}

static int computed_read(struct lm_computed *own, int64_t *ret_raw)
{
	struct lm_library *library = own->library;
	double value;
	int nr = 0;

	if (!library->asked) {
		library->asked = true;
		library->ready = !library_start(library->config);
	}
	if (!library->ready)
		return ERR_UNSUPPORTED;
	while (!own->chip) {
		const sensors_chip_name *chip = sensors_get_detected_chips(NULL, &nr);

		if (!chip)
			return ERR_NOT_FOUND;
		if (chip->path && !strcmp(chip->path, own->folder))
			own->chip = chip;
	}
	if (sensors_get_value(own->chip, own->number, &value) || !(fabs(value) < 1e15))
		return ERR_IO;
	*ret_raw = llround(value * 1000);
	return 0;
}

static int lmsensors_read(const struct sensor_channel *channel, int64_t *ret_raw)
{
	if (channel->own)
		return computed_read(channel->own, ret_raw);
	return sensor_read_number(channel->fd, ret_raw);
}

/* sensors3.conf, or the older sensors.conf, then sensors.d, as libsensors would. */
static void config_load(struct sysroot *root, struct buf *out)
{
	struct sysroot_names more = { 0 };
	size_t i;

	if (sysroot_read(root, "etc/sensors3.conf", out, NULL) < 0)
		sysroot_read(root, "etc/sensors.conf", out, NULL);
	sysroot_glob(root, "etc/sensors.d/*", &more, NULL);
	for (i = 0; i < more.count; i++) {
		buf_addc(out, '\n');
		sysroot_read(root, more.name[i], out, NULL);
	}
	sysroot_names_release(&more);
	buf_addc(out, '\n'); /* never empty: fmemopen refuses that */
}

struct lm_line { /* of the child's answer */
	char *folder, *chip, *attribute, *label;
	int64_t number;
};

static int line_split(char *line, struct lm_line *ret_line)
{
	char *field[5];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(field); i++) {
		field[i] = line;
		if (i + 1 == ARRAY_SIZE(field))
			break;
		line = strchr(line, '\t');
		if (!line)
			return ERR_INPUT;
		*line++ = '\0';
	}
	*ret_line = (struct lm_line){
		.folder = field[0], .chip = field[1], .attribute = field[2], .label = field[4]
	};
	return scan_i64(field[3], 0, INT_MAX, &ret_line->number);
}

static void add_value(struct sysroot *root, struct sensor_sink *sink, const struct lm_line *line,
		      struct lm_library *library)
{
	AUTO(buf_release) struct buf component = BUF_INIT, file = BUF_INIT, feature = BUF_INIT;
	size_t length = 0;
	const struct hwmon_kind *kind = hwmon_kind_of(line->attribute, &length);
	const char *folder = line->folder + (line->folder[0] == '/');
	struct sensor_channel channel = { .fd = -1 };

	if (!kind)
		return;
	buf_add(&feature, line->attribute, length);
	hwmon_chip(root, folder, line->chip, &component);
	buf_addf(&component, "/%s", feature.data);
	if (kind->pace_ns)
		buf_addf(&component, "/%s", kind->suffix);
	channel.series =
		(struct series){ .metric = kind->metric,
				 .component = component.data,
				 .label = strcmp(line->label, feature.data) ? line->label : "" };
	channel.pace_ns = kind->pace_ns;
	if (lmsensors_config_computes(library->config, line->chip, feature.data)) {
		struct lm_computed *own = sensor_sink_alloc(sink, sizeof(*own));

		*own = (struct lm_computed){ .library = library,
					     .folder = sensor_sink_text(sink, line->folder),
					     .number = (int)line->number };
		channel.own = own;
		channel.lane = "computed";
		sensor_sink_add(sink, &channel);
		return;
	}
	channel.numerator = kind->numerator;
	channel.denominator = kind->denominator;
	channel.lane = line->chip;
	buf_addf(&file, "%s/%s", folder, line->attribute);
	sensor_sink_file(sink, file.data, &channel);
}

static void add_values(struct sysroot *root, struct sensor_sink *sink, char *answer,
		       const char *config)
{
	struct lm_library *library = sensor_sink_alloc(sink, sizeof(*library));
	char *line, *next;

	library->config = sensor_sink_text(sink, config);
	for (line = answer; *line; line = next) {
		struct lm_line split;

		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		if (!line_split(line, &split))
			add_value(root, sink, &split, library);
	}
}

static int lmsensors_open(struct sysroot *root, struct sensor_sink *sink, struct err *err)
{
	AUTO(buf_release) struct buf config = BUF_INIT, answer = BUF_INIT, how = BUF_INIT;
	struct child_end end;
	int code;

	if (!sysroot_is_live(root))
		return err_set(err, ERR_UNSUPPORTED, "libsensors reads the live machine only");
	config_load(root, &config);
	code = child_run(list_chips, config.data, CHILD_LIMIT_NS, &answer, &end, err);
	if (code < 0)
		return code;
	if (end.timed_out || end.signal || end.status) {
		child_end_text(&end, &how);
		return err_set(err, ERR_CHILD, "libsensors did not answer: its process %s",
			       how.data);
	}
	add_values(root, sink, answer.data, config.data);
	return 0;
}

static const char *const reads[] = {
	"sys/class/hwmon/hwmon*", "etc/sensors3.conf", "etc/sensors.conf", "etc/sensors.d/*", NULL,
};

const struct sensor_source sensor_lmsensors = {
	.name = "lmsensors",
	.summary = N_("temperatures, fans and voltages by libsensors and its configuration"),
	.reads = reads,
	.open = lmsensors_open,
	.read = lmsensors_read,
};
