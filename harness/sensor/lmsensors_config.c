/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sensor/lmsensors_config.h"

#include <stddef.h>
#include <string.h>

/* The next word of a line, quoted or not; its length in *ret_length; NULL at the end. */
static const char *next_word(const char **at, size_t *ret_length)
{
	const char *word = *at + strspn(*at, " \t");

	if (!*word || *word == '\n' || *word == '#')
		return NULL;
	if (*word == '"') {
		word++;
		*ret_length = strcspn(word, "\"\n");
		*at = word + *ret_length + (word[*ret_length] == '"');
	} else {
		*ret_length = strcspn(word, " \t\n");
		*at = word + *ret_length;
	}
	return word;
}

static bool word_is(const char *word, size_t length, const char *text)
{
	return strlen(text) == length && !strncmp(word, text, length);
}

static bool pattern_fits(const char *pattern, size_t length, const char *chip)
{
	size_t first = strcspn(chip, "-"), i = 0;

	if (length && pattern[0] == '*')
		return true;
	while (i < length && pattern[i] != '-')
		i++;
	return i == first && !strncmp(pattern, chip, first);
}

bool lmsensors_config_computes(const char *config, const char *chip, const char *feature)
{
	bool here = true; /* a statement before the first chip line: taken for all */
	const char *line, *at, *word;
	size_t length;

	for (line = config; *line; line += *line == '\n') {
		at = line;
		word = next_word(&at, &length);
		if (word && word_is(word, length, "chip")) {
			here = false;
			while ((word = next_word(&at, &length)))
				here |= pattern_fits(word, length, chip);
		} else if (word && here && word_is(word, length, "compute")) {
			word = next_word(&at, &length);
			if (word && word_is(word, length, feature))
				return true;
		}
		line += strcspn(line, "\n");
	}
	return false;
}
