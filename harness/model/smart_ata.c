/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Attributes of ATA disks. Their numbers mean what each maker likes; the names are those that smartctl's
 * table of disks gives them (drivedb.h of smartmontools 7.3), and say the meaning and the unit.
 */
#include "harness/model/smart_parts.h"

#include "harness/base/auto.h"
#include "harness/base/scan.h"

#include <string.h>

enum {
	RAW_COUNT_MAX = 1000000000,	/* some makers put several counts into one */
	BLOCK_MAX = 1 << 20,
	WHOLE = 100,
};

#define LOGICAL_BLOCK (-1)

struct attribute {
	const char *name;
	int64_t id, value;	/* value: from 100, or another number of the maker's, down; -1: none */
	const json_t *raw;
	int64_t count;		/* of the raw value; -1: it is none */
};

/*
 * Where a raw value holds several numbers, its text says the one that counts first: "2 (65535 2)". A text
 * with a unit or another form is none: then the value itself is taken.
 */
static int64_t count_of(const json_t *raw)
{
	const json_t *value = json_object_get(raw, "value");
	const char *text = json_string_value(json_object_get(raw, "string"));
	uint64_t first;
	char digits[20];
	size_t size;

	if (text) {
		size = strspn(text, "0123456789");
		if (size && size < sizeof(digits) && text[size] == ' ' && text[size + 1] == '(') {
			memcpy(digits, text, size);
			digits[size] = 0;
			if (scan_u64(digits, 0, INT64_MAX, &first) == 0)
				return (int64_t)first;
		}
	}
	return json_is_integer(value) ? json_integer_value(value) : -1;
}

/* How much of an SSD's life is used. */
static void take_wear(const struct attribute *at, struct smart *smart)
{
	enum how {
		LEFT,		/* the value goes down from 100 */
		LEFT_PERCENT,	/* so it does, or it stays at 100 and the raw value does */
		USED,		/* the raw value goes up from 0 */
	};
	static const struct {
		const char *name;
		enum how how;
	} row[] = {
		{ "Media_Wearout_Indicator", LEFT },	{ "Wear_Leveling_Count", LEFT },
		{ "SSD_Life_Left", LEFT_PERCENT },	{ "SSD_LifeLeft", LEFT_PERCENT },
		{ "SSD_Life_Left_Perc", LEFT_PERCENT },	{ "Lifetime_Left", LEFT_PERCENT },
		{ "Percent_Lifetime_Remain", LEFT_PERCENT },
		{ "Percent_Life_Remaining", LEFT_PERCENT },
		{ "Perc_Rated_Life_Remain", LEFT_PERCENT },
		{ "PCT_Life_Remaining", LEFT_PERCENT },
		{ "Remaining_Lifetime_Perc", LEFT_PERCENT },
		{ "Remaining_Life", LEFT_PERCENT },	{ "Lifetime_Remaining%", LEFT_PERCENT },
		{ "DriveLife_Remaining%", LEFT_PERCENT },
		{ "Drive_Life_Remaining%", LEFT_PERCENT },
		{ "Perc_Rated_Life_Used", USED },	{ "Percent_Lifetime_Used", USED },
		{ "Percent_Life_Used", USED },		{ "Drive_Life_Used%", USED },
		{ "DriveLife_Used%", USED },
	};
	int64_t left = at->value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row) && strcmp(at->name, row[i].name) != 0; i++)
		;
	if (i == ARRAY_SIZE(row))
		return;
	if (row[i].how == USED)
		left = at->count > WHOLE ? -1 : WHOLE - at->count;
	if (row[i].how == LEFT_PERCENT && left == WHOLE && at->count > 0 && at->count < WHOLE)
		left = at->count;
	/* Two attributes may say it: the one that has seen more. */
	if (left >= 0 && left <= WHOLE && smart->number[SMART_PERCENTAGE_USED] < WHOLE - left)
		smart->number[SMART_PERCENTAGE_USED] = WHOLE - left;
}

/* The names of other units, as "Host_Writes", say none; what goes to the flash is not what was written. */
static void take_written(const struct attribute *at, int64_t block, struct smart *smart)
{
	static const struct {
		int64_t id;	/* 0: any */
		const char *name;
		int64_t unit;	/* bytes */
	} row[] = {
		{ 241, "Total_LBAs_Written", LOGICAL_BLOCK },
		{ 246, "Total_LBAs_Written", LOGICAL_BLOCK },
		{ 0, "Host_Writes_32MiB", INT64_C(32) << 20 },
		{ 0, "Host_Writes_MiB", INT64_C(1) << 20 },
		{ 0, "Host_Writes_GiB", INT64_C(1) << 30 },
		{ 0, "Total_Writes_GiB", INT64_C(1) << 30 },
		{ 0, "Lifetime_Writes_GiB", INT64_C(1) << 30 },
		{ 0, "Total_Writes_GB", INT64_C(1000000000) },
		{ 0, "Lifetime_Wts_Frm_Hst_GB", INT64_C(1000000000) },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		if ((!row[i].id || row[i].id == at->id) && !strcmp(at->name, row[i].name))
			smart_take_written(smart, json_object_get(at->raw, "value"),
					   row[i].unit == LOGICAL_BLOCK ? block : row[i].unit);
	}
}

static void take_count(const struct attribute *at, struct smart *smart)
{
	static const struct {
		int64_t id;
		const char *name;
		enum smart_number number;
	} row[] = {
		{ 4, "Start_Stop_Count", SMART_START_STOPS },
		{ 5, "Reallocated_Sector_Ct", SMART_REALLOCATED_SECTORS },
		{ 5, "Reallocated_Block_Count", SMART_REALLOCATED_SECTORS },
		{ 5, "Reallocate_NAND_Blk_Cnt", SMART_REALLOCATED_SECTORS },
		{ 5, "New_Bad_Blk_Cnt", SMART_REALLOCATED_SECTORS },
		{ 5, "Later_Bad_Block", SMART_REALLOCATED_SECTORS },
		{ 5, "Runtime_Bad_Block", SMART_REALLOCATED_SECTORS },
		{ 197, "Current_Pending_Sector", SMART_PENDING_SECTORS },
		{ 197, "Pending_Sector_Count", SMART_PENDING_SECTORS },
		{ 197, "Current_Pending_ECC_Cnt", SMART_PENDING_SECTORS },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		json_t *count;

		if (row[i].id != at->id || strcmp(at->name, row[i].name) != 0 ||
		    !json_is_integer(json_object_get(at->raw, "value")))
			continue;
		count = json_integer(at->count);
		smart_take(smart, row[i].number, count, RAW_COUNT_MAX);
		json_decref(count);
	}
}

static int64_t integer(const json_t *object, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

void smart_take_ata(const json_t *root, struct smart *smart)
{
	const json_t *table = json_object_get(json_object_get(root, "ata_smart_attributes"),
					      "table");
	int64_t block = integer(root, "logical_block_size", 0);
	const json_t *entry;
	size_t i;

	json_array_foreach(table, i, entry) {
		struct attribute at = {
			.name = json_string_value(json_object_get(entry, "name")),
			.id = integer(entry, "id", -1),
			.value = integer(entry, "value", -1),
			.raw = json_object_get(entry, "raw"),
		};

		if (!at.name)
			continue;
		at.count = count_of(at.raw);
		take_wear(&at, smart);
		take_written(&at, block > 0 && block <= BLOCK_MAX ? block : 0, smart);
		take_count(&at, smart);
	}
}
