/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/lang_sentence.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define N_(text) (text)

enum {
	VALUES_MAX = 9,
	DEPTH_MAX = 4,		/* sentences in sentences */
	WEIGHT_MIN = 4,		/* "%s: %s" fits everything and says nothing */
	NUMBER_WEIGHT = 2,	/* as many letters */
};

static const char joint[] = N_("; ");	/* between two reasons of one answer */
static const char comma[] = ", ";	/* between two differences of one part */

struct directive {
	const char *end;	/* behind it */
	unsigned int number;	/* of "%2$s", else 0 */
	char conversion;
	bool is_word;		/* "%-s" */
};

struct fit {
	struct {
		const char *text;
		size_t size;
		bool is_word;
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
	ret->is_word = *at == '-';
	at += strspn(at, "-+ #0123456789.*hlzjt");
	ret->conversion = *at;
	ret->end = at + 1;
	return *at && ret->number <= VALUES_MAX;
}

static bool fits(const char *form, const char *text, struct fit *fit);

/* What a number of that conversion is made of; NULL: the value is a text. */
static const char *digits_of(char conversion)
{
	switch (conversion) {
	case 'd':
	case 'i':
	case 'u':
		return "-0123456789";
	case 'o':
	case 'x':
	case 'X':
		return "0123456789abcdefABCDEF";
	default:
		return NULL;
	}
}

/* A value of any length, the shortest first, so that the words behind it still fit. */
static bool fits_value(const struct directive *directive, const char *text, struct fit *fit)
{
	const char *digits = digits_of(directive->conversion);
	size_t size = 0, all = strlen(text), at = fit->values;

	if (at == VALUES_MAX)
		return false;
	if (digits) {
		all = strspn(text, digits);
		size = 1;
	}
	for (; size <= all; size++) {
		fit->value[at].text = text;
		fit->value[at].size = size;
		fit->value[at].is_word = directive->is_word;
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

/* How much a form says by itself: its letters outside of directives, and where numbers must stand. */
static size_t weight(const char *form)
{
	struct directive directive;
	size_t count = 0;

	while (*form) {
		if (*form == '%' && form[1] != '%' && read_directive(form, &directive)) {
			form = directive.end;
			count += digits_of(directive.conversion) ? NUMBER_WEIGHT : 0;
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
	size_t most = WEIGHT_MIN - 1, i;

	for (i = 0; (form = lang_msgid(i)); i++) {
		struct fit fit = { .values = 0 };
		size_t count;

		if (*form != '%' && *form != *text)
			continue;
		count = weight(form);
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
				if (strchr(value.data, ' ') || fit->value[at].is_word)
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

/* One of several between which `between` stands into `out`; where the next begins, NULL behind the last. */
static const char *next_piece(const char *text, const char *between, struct buf *out)
{
	const char *end = strstr(text, between);

	buf_reset(out);
	buf_add(out, text, end ? (size_t)(end - text) : strlen(text));
	return end ? end + strlen(between) : NULL;
}

/* How much the catalogue knows of a text, in letters. */
static size_t known_weight(enum lang lang, const char *text)
{
	struct fit fit;
	const char *form;

	if (lang_text(lang, text) != text)
		return strlen(text);
	form = best_form(text, &fit);
	return form ? weight(form) : 0;
}

/* `all`: nothing, where one of them is not known. */
static size_t known_pieces(enum lang lang, const char *text, const char *between, bool all)
{
	AUTO(buf_release) struct buf piece = BUF_INIT;
	size_t sum = 0;

	while (text) {
		size_t known;

		text = next_piece(text, between, &piece);
		known = known_weight(lang, piece.data);
		if (all && !known)
			return 0;
		sum += known;
	}
	return sum;
}

static void say_pieces(enum lang lang, const char *text, const char *between, unsigned int depth,
		       struct buf *out)
{
	AUTO(buf_release) struct buf piece = BUF_INIT;

	while (text) {
		text = next_piece(text, between, &piece);
		say(lang, piece.data, depth + 1, out);
		if (text)
			buf_adds(out, lang_text(lang, joint));
	}
}

/*
 * A form may hold a "; " of its own, and a value of a form may swallow the reasons behind it: what
 * says more is right.
 */
static void say(enum lang lang, const char *text, unsigned int depth, struct buf *out)
{
	const char *known = lang_text(lang, text), *form = NULL;
	size_t least;
	struct fit fit;

	if (known == text && depth < DEPTH_MAX) {
		form = best_form(text, &fit);
		least = form ? weight(form) : 0;
		if (strstr(text, joint) && known_pieces(lang, text, joint, false) > least) {
			say_pieces(lang, text, joint, depth, out);
			return;
		}
		if (depth && strstr(text, comma) && known_pieces(lang, text, comma, true) > least) {
			say_pieces(lang, text, comma, depth, out);
			return;
		}
	}
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
