/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Spans, and the search through a whole file: secrets that are known by now, and what is secret by
 * its form alone: MAC addresses, UUIDs, numbers of 128 bits, world wide names, product keys.
 */
#include "harness/base/auto.h"
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

	if (separator != ':' && separator != '-')
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

/* Five groups of five capitals and figures: a licence key. */
static size_t match_key(const char *at, size_t size, size_t *ret_skip)
{
	enum { KEY = 29 };
	bool digit = false, letter = false;
	size_t i;

	(void)ret_skip;
	if (size < KEY)
		return 0;
	for (i = 0; i < KEY; i++) {
		unsigned char c = (unsigned char)at[i];

		if (i % 6 == 5 ? c != '-' : !isdigit(c) && !isupper(c))
			return 0;
		digit = digit || isdigit(c);
		letter = letter || isupper(c);
	}
	return digit && letter ? KEY : 0;
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

/* The form that begins at `at`: its size, and in *ret_skip how much before it stays. */
static size_t match_form(const char *at, size_t size, enum redact_forms forms, size_t *ret_skip)
{
	static const struct {
		size_t (*match)(const char *at, size_t size, size_t *ret_skip);
		enum redact_forms least;
	} row[] = {
		{ match_uuid, FORMS_ALL },	{ match_pairs, FORMS_ADDRESS },
		{ match_interface, FORMS_ADDRESS }, { match_digits, FORMS_ALL },
		{ match_world_wide_name, FORMS_ALL }, { match_key, FORMS_ALL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		size_t found;

		*ret_skip = 0;
		found = forms >= row[i].least ? row[i].match(at, size, ret_skip) : 0;
		if (found && (*ret_skip + found == size ||
			      !isalnum((unsigned char)at[*ret_skip + found])))
			return found;
	}
	return 0;
}

void redact_scan(struct redact_target *target, enum redact_scope least, enum redact_forms forms)
{
	size_t i = 0;

	while (i < target->size) {
		const char *at = target->data + i;
		char before = i ? at[-1] : 0;
		size_t left = target->size - i;
		size_t found = 0, skip = 0;
		const char *substitute = NULL;

		if (target->done && target->done[i]) {
			i++;
			continue;
		}
		substitute = redact_match(target->map, at, left, before, least, &found);
		if (substitute) {
			redact_put(target, i, substitute, found);
		} else if (!isalnum((unsigned char)before)) {
			found = match_form(at, left, forms, &skip);
			if (found && !is_constant(at + skip, found))
				redact_span(target, i + skip, found, REDACT_EVERYWHERE);
		}
		i += found ? skip + found : 1;
	}
}
