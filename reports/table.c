/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/writer.h"

#include "harness/base/auto.h"

#include <string.h>

extern const struct writer writer_html;
extern const struct writer writer_text;

const struct writer *const writer_table[] = {
	&writer_html,
	&writer_text,
};

const size_t writer_count = ARRAY_SIZE(writer_table);

const struct writer *writer_find(enum report_format format)
{
	size_t i;

	for (i = 0; i < writer_count; i++) {
		if (writer_table[i]->format == format)
			return writer_table[i];
	}
	return NULL;
}

const struct writer *writer_for_file(const char *name)
{
	size_t length = strlen(name);
	size_t i;

	for (i = 0; i < writer_count; i++) {
		size_t size = strlen(writer_table[i]->suffix);

		if (length > size && !strcmp(name + length - size, writer_table[i]->suffix))
			return writer_table[i];
	}
	return NULL;
}
