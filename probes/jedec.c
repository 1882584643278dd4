/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/jedec.h"

#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { MAKER = 2 };	/* of both tables */
enum { CONTINUATION = 0x7f, ID_DIGITS_MAX = 24 };
/* JEP106BK (2024) has 15 banks, and one is begun every two years or so. */
enum { BANKS = 16, NUMBER_TEXT = 24 };

static void open_table(struct ids *ids, const struct ids_table *table,
		       const struct probe_place *place, struct inventory *inventory)
{
	struct err err = ERR_INIT;

	*ids = (struct ids)IDS_INIT;
	if (pack_read(ids, place->ids, table, &err) < 0) {
		ids_release(ids);
		inventory_problem(inventory, "memory", "no-names", "%s", err.plain);
	}
}

void jedec_open(struct jedec *jedec, const struct probe_place *place, struct inventory *inventory)
{
	open_table(&jedec->ids, &pack_jedec, place, inventory);
	open_table(&jedec->names, &pack_memory_names, place, inventory);
}

void jedec_release(struct jedec *jedec)
{
	ids_release(&jedec->ids);
	ids_release(&jedec->names);
}

/* The maker with that many continuation codes and that id, both with parity or without. */
static const char *find(const struct jedec *jedec, unsigned int codes, unsigned int id)
{
	char bank[16], number[16];
	long row;

	snprintf(bank, sizeof(bank), "%u", (codes & 0x7f) + 1);
	snprintf(number, sizeof(number), "0x%02x", id & 0x7f);
	row = ids_find(&jedec->ids, (const char *[]){ bank, number });
	return row < 0 ? NULL : ids_at(&jedec->ids, (size_t)row, MAKER);
}

/* The maker that a name or a part number is of; NULL when none is known. */
static const char *find_text(const struct jedec *jedec, const char *kind, const char *text)
{
	long row = ids_find(&jedec->names, (const char *[]){ kind, text });

	return row < 0 ? NULL : ids_at(&jedec->names, (size_t)row, MAKER);
}

const char *jedec_name(const struct jedec *jedec, struct jedec_id id)
{
	return id.given ? find(jedec, id.byte[0], id.byte[1]) : NULL;
}

/* "7f7f9b...": continuation codes one after the other, then the id. */
static struct jedec_id written_out(const uint8_t *byte, size_t count)
{
	uint8_t codes = 0;

	while (codes < count && byte[codes] == CONTINUATION)
		codes++;
	if (codes == count)
		return (struct jedec_id){ .given = false };
	return (struct jedec_id){ .byte = { codes, byte[codes] }, .given = true };
}

/* "Bank 9, Hex 0x1A" of dmidecode: the number of a bank is one more than its continuation codes. */
static struct jedec_id id_of_bank(const char *text)
{
	static const char bank[] = "Bank ", hex[] = ", Hex ";
	char number[4] = "";
	uint64_t of_bank, id;
	size_t size;

	if (strncasecmp(text, bank, strlen(bank)) != 0)
		return (struct jedec_id){ .given = false };
	text += strlen(bank);
	size = strspn(text, "0123456789");
	if (size >= sizeof(number))
		return (struct jedec_id){ .given = false };
	memcpy(number, text, size);
	text += size;
	if (strncasecmp(text, hex, strlen(hex)) != 0 || scan_u64(number, 1, 128, &of_bank) < 0 ||
	    scan_u64(text + strlen(hex), 1, 0xff, &id) < 0)
		return (struct jedec_id){ .given = false };
	return (struct jedec_id){ .byte = { (uint8_t)(of_bank - 1), (uint8_t)id }, .given = true };
}

struct jedec_id jedec_id_of_text(const char *text)
{
	static const char *const before[] = { "Unknown", "JEDEC ID", "JEDEC" };
	struct jedec_id of_bank = id_of_bank(text);
	uint8_t byte[ID_DIGITS_MAX / 2];
	char digits[ID_DIGITS_MAX + 1];
	bool number = false, zeros = true;
	size_t size = 0, i;

	if (of_bank.given)
		return of_bank;
	for (i = 0; i < ARRAY_SIZE(before); i++) {
		if (!strncasecmp(text, before[i], strlen(before[i]))) {
			text += strlen(before[i]);
			break;
		}
	}
	text += strspn(text, " -[(:");
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
		number = true;
		text += 2;
	}
	for (; size < ID_DIGITS_MAX && isxdigit((unsigned char)*text); text++) {
		number = number || isdigit((unsigned char)*text);
		digits[size++] = *text;
		/* Bytes may stand apart: "80 2C". */
		text += size % 2 == 0 && text[1] && strchr(" :-", text[1]) &&
			isxdigit((unsigned char)text[2]) && isxdigit((unsigned char)text[3]);
	}
	digits[size] = 0;
	/* Letters alone may be a name. */
	if (!number || size < 4 || size % 2 || text[strspn(text, " ])")] ||
	    hex_decode(digits, byte, size / 2) < 0)
		return (struct jedec_id){ .given = false };
	for (i = 1; i < size / 2; i++)
		zeros = zeros && !byte[i];
	if (byte[0] == CONTINUATION || zeros)
		return written_out(byte, size / 2);
	return (struct jedec_id){ .byte = { byte[0], byte[1] }, .given = true };
}

bool jedec_is_brand(const struct jedec *jedec, const char *brand, const char *maker)
{
	const char *owner = find_text(jedec, "brand", brand);

	return owner && !strcmp(owner, maker);
}

/* Makers that something speaks for, each once; and what spoke. */
struct claims {
	const struct jedec *jedec;
	const char *maker[8];
	size_t count;
	bool named;		/* a name or a part number spoke, and not numbers alone */
	const char *other;	/* what a number means in the other order of its bytes */
	char in_order[NUMBER_TEXT];	/* room for that, where it is no maker of the table */
	char unlisted[NUMBER_TEXT];	/* the number of a maker who is not in the table */
	struct buf source;
};

/* A brand and its maker are one, which bears the name of the brand. */
static void claim(struct claims *claims, const char *maker, const char *evidence)
{
	size_t i;

	if (!maker)
		return;
	buf_addf(&claims->source, "%s%s", claims->source.size ? ", " : "", evidence);
	for (i = 0; i < claims->count; i++) {
		if (!strcmp(claims->maker[i], maker) ||
		    jedec_is_brand(claims->jedec, claims->maker[i], maker))
			return;
		if (jedec_is_brand(claims->jedec, maker, claims->maker[i])) {
			claims->maker[i] = maker;
			return;
		}
	}
	if (claims->count < ARRAY_SIZE(claims->maker))
		claims->maker[claims->count++] = maker;
}

static void claim_text(struct claims *claims, const char *kind, const char *text,
		       const char *evidence)
{
	const char *maker = find_text(claims->jedec, kind, text);

	claims->named = claims->named || maker;
	claim(claims, maker, evidence);
}

/* Whether JEDEC has got so far in giving numbers. */
static bool may_be_given(unsigned int codes, unsigned int id)
{
	return (codes & 0x7f) < BANKS && (id & 0x7f) && (id & 0x7f) != CONTINUATION;
}

/* "bank 12 id 0x03" for a number that may be given and is not in the table; else stays as it is. */
static bool name_number(char out[NUMBER_TEXT], unsigned int codes, unsigned int id)
{
	if (!may_be_given(codes, id))
		return false;
	snprintf(out, NUMBER_TEXT, "bank %u id 0x%02x", (codes & 0x7f) + 1, id & 0x7f);
	return true;
}

/* Neither order is in the table: the maker is one that the table does not know. */
static void claim_unlisted(struct claims *claims, struct jedec_id id, const char *evidence)
{
	if (name_number(claims->unlisted, id.byte[0], id.byte[1]) ||
	    name_number(claims->unlisted, id.byte[1], id.byte[0]))
		buf_addf(&claims->source, "%s%s", claims->source.size ? ", " : "", evidence);
}

static void claim_id(struct claims *claims, struct jedec_id id, const char *what)
{
	const char *direct = jedec_name(claims->jedec, id);
	const char *swapped = id.given ? find(claims->jedec, id.byte[1], id.byte[0]) : NULL;
	char evidence[64];

	if (!id.given)
		return;
	snprintf(evidence, sizeof(evidence), "%s %02x:%02x%s", what, id.byte[0], id.byte[1],
		 direct || !swapped ? "" : " swapped");
	claim(claims, direct ? direct : swapped, evidence);
	if (direct && swapped && strcmp(direct, swapped) != 0)
		claims->other = swapped;
	else if (!direct && swapped && name_number(claims->in_order, id.byte[0], id.byte[1]))
		claims->other = claims->in_order;
	else if (!direct && !swapped)
		claim_unlisted(claims, id, evidence);
}

/* A name or part number that fits one reading of the number decides for that one. */
static void decide_order(struct claims *claims)
{
	if (!claims->other || (!claims->named && claims->count < 2))
		return;
	if (claims->count == 2 && !strcmp(claims->maker[1], claims->other)) {
		claims->maker[0] = claims->other;
		claims->count = 1;
	}
	claims->other = NULL;
}

static void add(const struct claims *claims, struct inventory *inventory,
		struct component *component)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	bool contradictory = claims->count > 1 || claims->unlisted[0];
	enum certainty certainty = contradictory ? CERTAINTY_CONTRADICTORY : CERTAINTY_LIKELY;
	size_t i;

	for (i = 0; i < claims->count; i++)
		buf_addf(&text, "%s%s", i ? " or " : "", claims->maker[i]);
	if (claims->unlisted[0])
		buf_addf(&text, " or %s", claims->unlisted);
	if (claims->other) {
		buf_addf(&text, " or %s", claims->other);
		certainty = CERTAINTY_AMBIGUOUS;
	}
	component_text(inventory, component, "maker", text.data, claims->source.data, certainty);
}

void jedec_maker(const struct jedec *jedec, struct inventory *inventory,
		 struct component *component, const struct jedec_evidence *evidence)
{
	struct claims claims = { .jedec = jedec, .source = BUF_INIT };
	struct jedec_id written = { .given = false };

	claim_id(&claims, evidence->firmware, "SMBIOS id");
	claim_id(&claims, evidence->module, "SPD id");
	if (evidence->name)
		written = jedec_id_of_text(evidence->name);
	claim_id(&claims, written, "id in the name");
	claim_text(&claims, "name", evidence->name, "name");
	claim_text(&claims, "part", evidence->part_number, "part number");
	buf_addf(&claims.source, " (%s)", jedec->ids.source);
	decide_order(&claims);
	if (claims.count)
		add(&claims, inventory, component);
	else if (evidence->name && !written.given)
		component_text(inventory, component, "maker", evidence->name, "smbios type 17",
			       CERTAINTY_LIKELY);
	buf_release(&claims.source);
}
