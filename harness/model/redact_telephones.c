/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of telephones as they are written in China: "010-62345678", "139-1234-5678", "400-800-1234". */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

/* d is a digit, n one that is not 0. */
static bool fits(const char *text, size_t size, const char *form)
{
	size_t i;

	if (size < strlen(form))
		return false;
	for (i = 0; form[i]; i++) {
		bool is_digit = isdigit((unsigned char)text[i]) != 0;

		if (form[i] == 'd' ? !is_digit : form[i] == 'n' ? !is_digit || text[i] == '0'
								 : text[i] != form[i])
			return false;
	}
	return i == size || !(isalnum((unsigned char)text[i]) || strchr("-.:_", text[i]));
}

void redact_telephones(const struct redact_text *text)
{
	static const char *const form[] = {
		"0nd-nddddddd", "0ndd-nddddddd", "0ndd-ndddddd", "1nd-dddd-dddd",
		"400-ddd-dddd", "800-ddd-dddd", "400-dddd-ddd",
	};
	size_t at, i;

	for (at = 0; at < text->size; at++) {
		if (at && (isalnum((unsigned char)text->data[at - 1]) || strchr("-.:_", text->data[at - 1])))
			continue;
		for (i = 0; i < ARRAY_SIZE(form); i++) {
			if (fits(text->data + at, text->size - at, form[i]))
				redact_text_span(text, at, strlen(form[i]), REDACT_LOG);
		}
	}
}
