/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spans, and the search through a whole file: secrets that are known by now, and what is secret by
 * its form alone: MAC addresses, UUIDs, numbers of 128 bits, world wide names, product keys.
 */
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
	return !c || isspace((unsigned char)c);
}

void redact_put(struct redact_target *target, size_t start, const void *data, size_t size)
{
	if (!target->done)
		return;
	memcpy(target->data + start, data, size);
	memset(target->done + start, 1, size);
}

void redact_span(struct redact_target *target, size_t start, size_t size, enum redact_scope scope)
{
	const char *substitute;

	while (size && is_blank(target->data[start + size - 1]))
		size--;
	while (size && is_blank(target->data[start])) {
		start++;
		size--;
	}
	if (!size || text_is_placeholder(target->data + start, size) ||
	    (target->done && memchr(target->done + start, 1, size)))
		return;
	substitute = redact_substitute(target->map, target->data + start, size, scope);
	redact_put(target, start, substitute, size);
}

void redact_bytes(struct redact_target *target, size_t start, size_t size)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;

	if (!target->done || !size)
		return;
	redact_shape_fill(target->map, SHAPE_BYTES, 0, target->data + start, size,
			  buf_room(&bytes, size));
	redact_put(target, start, bytes.data, size);
}

static bool is_hex(char c)
{
	return isxdigit((unsigned char)c);
}

/* Hex pairs with one separator between: how many bytes from `at`, in pairs of two digits. */
static size_t pairs_at(const char *at, size_t size)
{
	size_t pairs = 0;
	char separator = size > 2 ? at[2] : 0;
	size_t i;

	if (!strchr(":-_", separator) || !separator)
		return 0;
	for (i = 0; i + 2 <= size && is_hex(at[i]) && is_hex(at[i + 1]); i += 3) {
		pairs++;
		if (i + 2 >= size || at[i + 2] != separator)
			break;
	}
	return pairs;
}

/*
 * A MAC address; behind the "01-" of BOOTIF= too. Longer runs are Infiniband addresses, EUI-64 and
 * fingerprints: taken whole.
 */
static size_t match_pairs(const char *at, size_t size, size_t *ret_skip)
{
	size_t pairs = pairs_at(at, size);

	*ret_skip = pairs == 7 && at[2] == '-' ? 3 : 0;
	return pairs >= 6 ? 3 * pairs - 1 - *ret_skip : 0;
}

static size_t match_uuid(const char *at, size_t size, size_t *ret_skip)
{
	(void)ret_skip;
	return size >= 36 && redact_shape_of(at, 36) == SHAPE_UUID ? 36 : 0;
}

/* A UUID in the name of a unit: "dev-disk-by\x2duuid-ac986561\x2d2588...", as redact_forms.c has it. */
static size_t match_unit_uuid(const char *at, size_t size, size_t *ret_skip)
{
	static const char *const dash[] = { "\\x2d", "\\x5cx2d" };
	static const size_t group[] = { 8, 4, 4, 4, 12 };
	size_t used = 0, i, k, n;

	(void)ret_skip;
	for (k = 0; k < ARRAY_SIZE(dash); k++) {
		for (i = 0, used = 0; i < ARRAY_SIZE(group); i++) {
			for (n = 0; n < group[i] && used < size && is_hex(at[used]); n++)
				used++;
			if (n < group[i] || i + 1 == ARRAY_SIZE(group))
				break;
			if (!redact_starts(at + used, size - used, dash[k]))
				break;
			used += strlen(dash[k]);
		}
		if (i + 1 == ARRAY_SIZE(group) && n == group[i])
			return used;
	}
	return 0;
}

/* A machine id, a UUID without its hyphens: 32 digits. */
static size_t match_digits(const char *at, size_t size, size_t *ret_skip)
{
	size_t count = 0;

	(void)ret_skip;
	while (count < size && is_hex(at[count]))
		count++;
	return count == 32 ? 32 : 0;
}

static size_t match_world_wide_name(const char *at, size_t size, size_t *ret_skip)
{
	size_t count = 0;

	if (size < 20 || (strncasecmp(at, "naa.", 4) != 0 && strncasecmp(at, "eui.", 4) != 0))
		return 0;
	while (4 + count < size && is_hex(at[4 + count]))
		count++;
	*ret_skip = 4;
	return count >= 16 ? count : 0;
}

/* Five groups of five capitals or figures: a licence key. */
static size_t match_key(const char *at, size_t size, size_t *ret_skip)
{
	enum { KEY = 29 };
	size_t i;

	(void)ret_skip;
	if (size < KEY)
		return 0;
	for (i = 0; i < KEY; i++) {
		unsigned char c = (unsigned char)at[i];

		if (i % 6 == 5 ? c != '-' : !isdigit(c) && !isupper(c))
			return 0;
	}
	return KEY;
}

/* Constants of specifications in the form of UUIDs: the names of EFI variables and partitions. */
static bool is_constant(const char *text, size_t size)
{
	static const char *const constant[] = {
		"8be4df61-93ca-11d2-aa0d-00e098032b8c",	/* EFI_GLOBAL_VARIABLE */
		"d719b2cb-3d3a-4596-a3bc-dad00e67656f",	/* EFI_IMAGE_SECURITY_DATABASE */
		"605dab50-e046-4300-abb6-3dd810dd8b23",	/* shim */
		"4a67b082-0a4c-41cf-b6c7-440b29bb8c4f",	/* systemd boot loader */
		"c12a7328-f81f-11d2-ba4b-00a0c93ec93b",	/* EFI system partition */
		"0fc63daf-8483-4772-8e79-3d69d8477de4",	/* Linux file system data */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(constant); i++) {
		if (strlen(constant[i]) == size && !strncasecmp(constant[i], text, size))
			return true;
	}
	return false;
}

/* An interface that is named by its address: enx001b21c45d7e. */
static size_t match_interface(const char *at, size_t size, size_t *ret_skip)
{
	size_t count = 0;

	if (size < 15 || (strncmp(at, "enx", 3) != 0 && strncmp(at, "wlx", 3) != 0))
		return 0;
	while (3 + count < size && is_hex(at[3 + count]))
		count++;
	*ret_skip = 3;
	return count == 12 ? count : 0;
}

/*
 * "001b.21c4.5d7e" of switches. What follows a word like "firmware" is a version: "2019.1204.1533".
 */
static size_t match_dotted(const char *at, size_t size, size_t *ret_skip)
{
	enum { DOTTED = 14 };
	size_t i;

	(void)ret_skip;
	if (size < DOTTED || (size > DOTTED + 1 && at[DOTTED] == '.' &&
			      isalnum((unsigned char)at[DOTTED + 1])))
		return 0;
	for (i = 0; i < DOTTED; i++) {
		if (i % 5 == 4 ? at[i] != '.' : !is_hex(at[i]))
			return 0;
	}
	return DOTTED;
}

/* "001b21c45d7e": with letters of one case and figures, for a number in decimal may be anything. */
static size_t match_plain(const char *at, size_t size, size_t *ret_skip)
{
	enum { PLAIN = 12 };
	size_t digits = 0, lower = 0, upper = 0;
	size_t i;

	(void)ret_skip;
	for (i = 0; i < size && is_hex(at[i]); i++) {
		digits += isdigit((unsigned char)at[i]) != 0;
		lower += islower((unsigned char)at[i]) != 0;
		upper += isupper((unsigned char)at[i]) != 0;
	}
	return i == PLAIN && digits && !lower != !upper ? PLAIN : 0;
}

/* A world wide name in the parts that IEEE gives them: "5 0014ee 2b1a2c3d4". */
static size_t match_parts(const char *at, size_t size, size_t *ret_skip)
{
	enum { PARTS = 18 };
	size_t i;

	(void)ret_skip;
	if (size < PARTS || !strchr("2356", at[0]))
		return 0;
	for (i = 1; i < PARTS; i++) {
		if (i == 1 || i == 8 ? at[i] != ' ' : !is_hex(at[i]))
			return 0;
	}
	return PARTS;
}

/* iqn.2001-04.com.example:storage.disk2: whose domain it is, turned round, and what they named. */
static size_t match_iscsi(const char *at, size_t size, size_t *ret_skip)
{
	enum { DATE = 12 };	/* "iqn.2001-04." */
	size_t end = DATE;

	if (size <= DATE || (strncasecmp(at, "iqn.", 4) != 0 && strncasecmp(at, "nqn.", 4) != 0) ||
	    !isdigit((unsigned char)at[4]) || at[8] != '-' || at[11] != '.')
		return 0;
	while (end < size && (isalnum((unsigned char)at[end]) || strchr("-.:_", at[end])))
		end++;
	while (end > DATE && strchr(".:", at[end - 1]))
		end--;
	*ret_skip = DATE;
	return end - DATE;
}

static size_t base64_run(const char *at, size_t size)
{
	size_t count = 0;

	while (count < size && (isalnum((unsigned char)at[count]) || strchr("+/", at[count])) && at[count])
		count++;
	while (count < size && at[count] == '=')
		count++;
	return count;
}

/* "SHA256:3kq0Zr5b..." of ssh: who has the key. Digests of files are told as "sha256:". */
static size_t match_fingerprint(const char *at, size_t size, size_t *ret_skip)
{
	enum { SHORTEST = 26 };	/* of 20 bytes */
	static const char *const kind[] = { "SHA256:", "SHA1:", "SHA384:", "SHA512:" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kind); i++) {
		size_t skip = strlen(kind[i]);
		size_t count = size > skip && !strncmp(at, kind[i], skip) ? base64_run(at + skip, size - skip) : 0;

		*ret_skip = skip;
		if (count >= SHORTEST)
			return count;
	}
	return 0;
}

/* A public key of ssh, which begins with the length of its kind: "AAAAC3NzaC1lZDI1...". */
static size_t match_public_key(const char *at, size_t size, size_t *ret_skip)
{
	enum { SHORTEST = 40 };
	static const char head[] = "AAAA";
	size_t count = size > SHORTEST && !strncmp(at, head, strlen(head)) ? base64_run(at, size) : 0;

	*ret_skip = strlen(head);
	return count >= SHORTEST ? count - strlen(head) : 0;
}

/* "0x5000c500a1b2c3d9": no address of memory begins so, nor one of a program. */
static size_t match_wide_number(const char *at, size_t size, size_t *ret_skip)
{
	enum { DIGITS = 16 };
	size_t skip = redact_starts(at, size, "0x") ? 2 : 0, count = 0;

	if (size < skip + DIGITS || !redact_starts(at + skip, size - skip, skip ? "5" : "500"))
		return 0;
	while (skip + count < size && is_hex(at[skip + count]))
		count++;
	*ret_skip = skip;
	return count == DIGITS ? DIGITS : 0;
}

struct form {
	size_t (*match)(const char *at, size_t size, size_t *ret_skip);
	enum redact_forms least;
	void (*span)(struct redact_target *target, size_t start, size_t size);
};

static void form_span(struct redact_target *target, size_t start, size_t size)
{
	if (!is_constant(target->data + start, size))
		redact_span(target, start, size, REDACT_EVERYWHERE);
}

/* One form of a secret that is learned in another, `text`. */
static void span_as(struct redact_target *target, size_t start, size_t size, const char *text)
{
	const char *known;

	if (text_is_placeholder(text, strlen(text)) ||
	    (target->done && memchr(target->done + start, 1, size)))
		return;
	redact_substitute(target->map, text, strlen(text), REDACT_EVERYWHERE);
	known = redact_known(target->map, target->data + start, size);
	if (known)
		redact_put(target, start, known, size);
	else	/* letters of both cases */
		redact_span(target, start, size, REDACT_HERE);
}

void redact_mac_span(struct redact_target *target, size_t start, size_t size)
{
	char digits[12], text[] = "xx:xx:xx:xx:xx:xx";
	size_t i;

	if (redact_hex_digits(target->data + start, size, digits, sizeof(digits)) !=
	    sizeof(digits))
		return;
	for (i = 0; i < sizeof(digits); i++)
		text[i + i / 2] = digits[i];
	span_as(target, start, size, text);
}

/* The first byte of an address of one port is even. */
static void plain_span(struct redact_target *target, size_t start, size_t size)
{
	static const char odd[] = "13579bdfBDF";

	if (!strchr(odd, target->data[start + 1]) && !redact_is_pointer(target->data, start))
		redact_mac_span(target, start, size);
}

static void dotted_span(struct redact_target *target, size_t start, size_t size)
{
	if (!redact_is_version(target->data, start))
		redact_mac_span(target, start, size);
}

static void parts_span(struct redact_target *target, size_t start, size_t size)
{
	char digits[17] = "";

	redact_hex_digits(target->data + start, size, digits, 16);
	span_as(target, start, size, digits);
}

static void unit_uuid_span(struct redact_target *target, size_t start, size_t size)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	size_t i = start, end = start + size;

	while (i < end) {
		if (target->data[i] == '\\') {
			i += redact_find(target->data + i, end - i, "2d") + 2;
			buf_addc(&text, '-');
		} else {
			buf_addc(&text, target->data[i++]);
		}
	}
	span_as(target, start, size, text.data);
}

/* The form that begins at `at`: its size, and in *ret_skip how much before it stays. */
static const struct form *match_form(const char *at, size_t size, enum redact_forms forms,
				     size_t *ret_skip, size_t *ret_size)
{
	static const struct form row[] = {
		{ match_uuid, FORMS_ALL, form_span },
		{ match_unit_uuid, FORMS_TEXT, unit_uuid_span },
		{ match_pairs, FORMS_ADDRESS, form_span },
		{ match_interface, FORMS_ADDRESS, redact_mac_span },
		{ match_digits, FORMS_ALL, form_span },
		{ match_world_wide_name, FORMS_ALL, form_span },
		{ match_key, FORMS_ALL, form_span },
		{ match_iscsi, FORMS_ALL, form_span },
		{ match_dotted, FORMS_TEXT, dotted_span },
		{ match_plain, FORMS_TEXT, plain_span },
		{ match_parts, FORMS_TEXT, parts_span },
		{ match_fingerprint, FORMS_TEXT, form_span },
		{ match_public_key, FORMS_TEXT, form_span },
		{ match_wide_number, FORMS_TEXT, form_span },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		size_t found;

		*ret_skip = 0;
		found = forms >= row[i].least ? row[i].match(at, size, ret_skip) : 0;
		*ret_size = found;
		if (found && (*ret_skip + found == size ||
			      !isalnum((unsigned char)at[*ret_skip + found])))
			return &row[i];
	}
	*ret_size = 0;
	return NULL;
}

/* Whether a form may begin here: not within a word, nor within what an escape is made of. */
static bool begins_word(const struct redact_target *target, size_t at)
{
	return target->mark[at] != MARK_INSIDE && (!at || target->mark[at - 1] != MARK_WORD);
}

void redact_scan(struct redact_target *target, enum redact_scope least, enum redact_forms forms)
{
	AUTO_FREE uint8_t *mark = mem_alloc(target->size + 1);
	size_t i = 0;

	redact_mark_words(target->data, target->size, mark);
	target->mark = mark;
	while (i < target->size) {
		const char *at = target->data + i;
		size_t found = 0, skip = 0;
		const char *substitute = NULL;

		if (target->done && target->done[i]) {
			i++;
			continue;
		}
		substitute = redact_match(target, i, least, &found);
		if (substitute) {
			redact_put(target, i, substitute, found);
		} else if (begins_word(target, i)) {
			const struct form *form = match_form(at, target->size - i, forms, &skip,
							     &found);

			if (form)
				form->span(target, i + skip, found);
		}
		i += found ? skip + found : 1;
	}
	target->mark = NULL;
}
