/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/lang_sentence.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum {
	VALUES_MAX = 9,
	DEPTH_MAX = 4,		/* sentences in sentences */
	LETTERS_MIN = 4,	/* "%s: %s" fits everything and says nothing */
};

struct directive {
	const char *end;	/* behind it */
	unsigned int number;	/* of "%2$s", else 0 */
	char conversion;
};

struct fit {
	struct {
		const char *text;
		size_t size;
	} value[VALUES_MAX];
	size_t values;
};

static bool read_directive(const char *at, struct directive *ret)
{
	const char *digits = ++at;
	unsigned int number = 0;

	while (isdigit((unsigned char)*at))
		number = number * 10 + (unsigned int)(*at++ - '0');
	ret->number = *at == '$' ? number : 0;
	at = *at == '$' ? at + 1 : digits;
	at += strspn(at, "-+ #0123456789.*hlzjt");
	ret->conversion = *at;
	ret->end = at + 1;
	return *at && ret->number <= VALUES_MAX;
}

static bool fits(const char *form, const char *text, struct fit *fit);

/* A value of any length, the shortest first, so that the words behind it still fit. */
static bool fits_value(const struct directive *directive, const char *text, struct fit *fit)
{
	size_t size = 0, all = strlen(text), at = fit->values;

	if (at == VALUES_MAX)
		return false;
	if (strchr("diuxX", directive->conversion)) {
		all = strspn(text, "-0123456789abcdefABCDEF");
		size = all ? 1 : all + 1;
	}
	for (; size <= all; size++) {
		fit->value[at].text = text;
		fit->value[at].size = size;
		fit->values = at + 1;
		if (fits(directive->end, text + size, fit))
			return true;
	}
	fit->values = at;
	return false;
}

static bool fits(const char *form, const char *text, struct fit *fit)
{
	struct directive directive;

	for (; *form; form++, text++) {
		if (*form == '%' && form[1] == '%') {
			form++;
		} else if (*form == '%') {
			return read_directive(form, &directive) &&
			       fits_value(&directive, text, fit);
		}
		if (*form != *text)
			return false;
	}
	return !*text;
}

/* How much a form says by itself: its letters outside of directives. */
static size_t letters(const char *form)
{
	struct directive directive;
	size_t count = 0;

	while (*form) {
		if (*form == '%' && form[1] != '%' && read_directive(form, &directive)) {
			form = directive.end;
		} else {
			count += isalpha((unsigned char)*form) != 0;
			form++;
		}
	}
	return count;
}

static const char *best_form(const char *text, struct fit *ret_fit)
{
	const char *form, *best = NULL;
	size_t most = LETTERS_MIN - 1, i;

	for (i = 0; (form = lang_msgid(i)); i++) {
		struct fit fit = { .values = 0 };
		size_t count;

		if (*form != '%' && *form != *text)
			continue;
		count = letters(form);
		if (count > most && strchr(form, '%') && fits(form, text, &fit)) {
			*ret_fit = fit;
			best = form;
			most = count;
		}
	}
	return best;
}

static void say(enum lang lang, const char *text, unsigned int depth, struct buf *out);

static void say_form(enum lang lang, const char *form, const struct fit *fit, unsigned int depth,
		     struct buf *out)
{
	struct directive directive;
	size_t next = 0;

	while (*form) {
		size_t at;

		if (*form == '%' && form[1] == '%')
			form++;
		else if (*form == '%' && read_directive(form, &directive)) {
			AUTO(buf_release) struct buf value = BUF_INIT;

			at = directive.number ? directive.number - 1 : next++;
			if (at < fit->values) {
				buf_add(&value, fit->value[at].text, fit->value[at].size);
				/* a name is no sentence: "firmware" is a class here */
				if (strchr(value.data, ' '))
					say(lang, value.data, depth + 1, out);
				else
					buf_adds(out, value.data);
			}
			form = directive.end;
			continue;
		}
		buf_addc(out, *form++);
	}
}

static void say(enum lang lang, const char *text, unsigned int depth, struct buf *out)
{
	const char *known = lang_text(lang, text), *form = NULL;
	struct fit fit;

	if (known == text && depth < DEPTH_MAX)
		form = best_form(text, &fit);
	if (form)
		say_form(lang, lang_text(lang, form), &fit, depth, out);
	else
		buf_adds(out, known);
}

const char *lang_sentence(enum lang lang, struct arena *arena, const char *english)
{
	AUTO(buf_release) struct buf out = BUF_INIT;

	if (lang == LANG_EN)
		return english;
	say(lang, english, 0, &out);
	return strcmp(out.data, english) ? arena_strdup(arena, out.data) : english;
}
