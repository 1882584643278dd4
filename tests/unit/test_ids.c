/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of names, and the pack they lie in. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/sys/disk.h"
#include "harness/sys/pack.h"
#include "tests/unit/roots.h"

#include <stdio.h>
#include <string.h>

#define END_OF_ROW "\tseen\t2026-01-02\n"
#define HEAD "# t.tsv 2026-01-02\nvendor\tmodel\tcount\tmaker\tsource\tdate\n"

static const struct ids_column column[] = {
	{ "vendor", IDS_EXACT }, { "model", IDS_GLOB }, { "count", IDS_RANGE },
	{ "maker", IDS_VALUE },	 { NULL, IDS_VALUE },
};
static const struct ids_table first_of = { .file = "t.tsv", .column = column };
static const struct ids_table all_of = { .file = "t.tsv", .column = column, .many = true };

/* The message of reading and checking the text as the table; "" when it is good. */
static const char *message(const struct ids_table *table, const char *text)
{
	static struct err err;
	AUTO(ids_release) struct ids ids = IDS_INIT;

	err = (struct err)ERR_INIT;
	buf_adds(&ids.text, text);
	if (ids_parse(&ids, table, "dir/t.tsv", &err) < 0 ||
	    ids_check(&ids, "dir/t.tsv", &err) < 0) {
		ck_assert_int_eq(err.code, ERR_INPUT);
		return err.plain;
	}
	return "";
}

START_TEST(a_glob_means_the_same_in_every_locale)
{
	ck_assert(ids_glob("*3c5000*", "Loongson-3C5000L"));
	ck_assert(ids_glob("*KaiXian*[kK]X-[5-7]*", "ZHAOXIN KAIXIAN KX-6640MA"));
	ck_assert(ids_glob("a*b*c", "a--b--b--c"));
	ck_assert(ids_glob("*", ""));
	ck_assert(ids_glob("a?c", "aXc"));
	ck_assert(ids_glob("[]x]", "]"));
	ck_assert(ids_glob("a[", "A["));
	ck_assert(ids_glob("*龙芯*", "龙芯 3A6000"));
	ck_assert(!ids_glob("a?c", "ac"));
	ck_assert(!ids_glob("", "a"));
	ck_assert(!ids_glob("a*b", "a--b-"));
	ck_assert(!ids_glob("[a-c]", "d"));
	ck_assert(!ids_glob("*D3000M*", "Phytium D3000"));
}
END_TEST

START_TEST(a_range_holds_its_ends)
{
	ck_assert(ids_in_range("4-8", "4"));
	ck_assert(ids_in_range("4-8", "8"));
	ck_assert(ids_in_range("8", "8"));
	ck_assert(ids_in_range("*", "77"));
	ck_assert(!ids_in_range("4-8", "9"));
	ck_assert(!ids_in_range("8", "80"));
	ck_assert(!ids_in_range("8-4", "5"));
	ck_assert(!ids_in_range("*", "many"));
}
END_TEST

static const char rows[] = HEAD "0014\t*A*\t*\tfirst" END_OF_ROW "0014\t*\t4-8\tsecond" END_OF_ROW
				"1db7\tx\t*\tthird" END_OF_ROW;

START_TEST(a_lookup_takes_the_first_row_of_which_all_keys_fit)
{
	AUTO(ids_release) struct ids ids = IDS_INIT;

	buf_adds(&ids.text, rows);
	ck_assert_int_eq(ids_parse(&ids, &first_of, "t.tsv", NULL), 0);
	ck_assert_str_eq(ids.source, "t.tsv 2026-01-02");
	ck_assert_int_eq(ids_find(&ids, (const char *[]){ "0014", "a", "5" }), 0);
	ck_assert_int_eq(ids_find(&ids, (const char *[]){ "0014", "b", "5" }), 1);
	ck_assert_int_eq(ids_find(&ids, (const char *[]){ "0014", "b", "9" }), -1);
	ck_assert_int_eq(ids_find(&ids, (const char *[]){ "1db7", "X", "9" }), 2);
	ck_assert_int_eq(ids_find(&ids, (const char *[]){ "1db8", "X", "9" }), -1);
	ck_assert_int_eq(ids_find(&ids, (const char *[]){ NULL, "X", "9" }), -1);
	ck_assert_int_eq(ids_next(&ids, 0, (const char *[]){ "0014", "a", "5" }), 1);
	ck_assert_int_eq(ids_next(&ids, 1, (const char *[]){ "0014", "a", "5" }), -1);
	ck_assert_str_eq(ids_at(&ids, 2, 3), "third");
}
END_TEST

START_TEST(a_table_never_read_answers_nothing)
{
	struct ids ids = IDS_INIT;

	ck_assert_int_eq(ids_find(&ids, (const char *[]){ "0014", "a", "5" }), -1);
}
END_TEST

START_TEST(a_bad_table_is_refused_with_file_and_line)
{
	static const struct {
		const char *text, *message;
	} bad[] = {
		{ "# u.tsv 2026-01-02\n", "dir/t.tsv:1: the first line must be '# t.tsv YYYY-MM-DD'" },
		{ "# t.tsv 2026-1-2\n", "dir/t.tsv:1: the first line must be '# t.tsv YYYY-MM-DD'" },
		{ "# t.tsv 2026-01-02\n# note\n", "dir/t.tsv:3: no line of column names" },
		{ "# t.tsv 2026-01-02\nvendor\tmodel\tcount\tmaker\n",
		  "dir/t.tsv:2: other columns than this program reads: column 5 must be source" },
		{ "# t.tsv 2026-01-02\nvendor\tmodel\tnumber\tmaker\tsource\tdate\n",
		  "dir/t.tsv:2: other columns than this program reads: column 3 must be count" },
		{ HEAD "0014\tx\t*\tme\n", "dir/t.tsv:3: a row must have 6 fields" },
		{ HEAD "0014\tx \t*\tme" END_OF_ROW, "dir/t.tsv:3: a blank at an end of column model" },
		{ HEAD "0014\tx\t*\tme\t\t2026-01-02\n", "dir/t.tsv:3: the row names no source" },
		{ HEAD "0014\tx\t*\tme\tseen\t2026-01-03\n",
		  "dir/t.tsv:3: the date must be YYYY-MM-DD and not after that of the table, 2026-01-02" },
		{ HEAD "0014\tx\t*\tme\tseen\tlately\n",
		  "dir/t.tsv:3: the date must be YYYY-MM-DD and not after that of the table, 2026-01-02" },
		{ HEAD "1db7\tx\t*\tme" END_OF_ROW "0014\tx\t*\tme" END_OF_ROW,
		  "dir/t.tsv:4: not in order: it belongs before line 3" },
		{ HEAD "0014\t\xff\t*\tme" END_OF_ROW, "dir/t.tsv: not UTF-8 text" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_str_eq(message(&first_of, bad[i].text), bad[i].message);
	ck_assert_str_eq(message(&first_of, rows), "");
}
END_TEST

#define ROW(vendor, model, count) vendor "\t" model "\t" count "\tme" END_OF_ROW
#define BEHIND "dir/t.tsv:4: no lookup returns the row: line 3 before it fits all of that"

START_TEST(every_row_of_a_checked_table_can_be_an_answer)
{
	static const struct {
		const char *text, *message;
	} bad[] = {
		{ HEAD ROW("1", "*3C5000*", "*") ROW("1", "*3C5000L*", "*"), BEHIND },
		{ HEAD ROW("1", "*3C5000L*", "*") ROW("1", "*3C5000*", "*"), "" },
		{ HEAD ROW("1", "x?z", "*") ROW("1", "xyz", "*"), BEHIND },
		{ HEAD ROW("1", "[ab]x", "*") ROW("1", "[bc]x", "*"), "" },
		{ HEAD ROW("1", "[a-c]x", "*") ROW("1", "[bc]x", "*"), BEHIND },
		{ HEAD ROW("1", "x", "4-8") ROW("1", "x", "8-9"), "" },
		{ HEAD ROW("1", "x", "4-8") ROW("1", "x", "5-7"), BEHIND },
		{ HEAD ROW("1", "x", "4-8") ROW("2", "x", "5-7"), "" },
		{ HEAD ROW("1", "x", "*") ROW("1", "X", "*"),
		  "dir/t.tsv:4: the row stands in line 3 already" },
		{ HEAD ROW("1", "x", "9-8"), "dir/t.tsv:3: no lookup returns the row: mend its keys" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_str_eq(message(&first_of, bad[i].text), bad[i].message);
	/* Where all rows are taken only the same row twice is one too many. */
	ck_assert_str_eq(message(&all_of, HEAD ROW("1", "*", "*") ROW("1", "x", "*")), "");
	ck_assert_str_eq(message(&all_of, HEAD ROW("1", "x", "*") ROW("1", "x", "*")),
			 "dir/t.tsv:4: the row stands in line 3 already");
}
END_TEST

static const struct ids_column form[] = {
	{ "kind", IDS_EXACT },	       { "cores", IDS_VALUE_RANGE },
	{ "ends", IDS_VALUE_DATE },    { "from", IDS_VALUE_INTEGER },
	{ NULL, IDS_VALUE },
};
static const struct ids_words form_words[] = { { "kind", "a|bc|" }, { NULL, NULL } };
static const struct ids_table formed = { .file = "t.tsv", .column = form, .words = form_words };

START_TEST(a_date_is_a_day_of_the_calendar)
{
	static const char *const good[] = { "2026-11-23", "2024-02-29", "2000-02-29", "2026-12-31" };
	static const char *const bad[] = { "2026-02-29", "1900-02-29", "2026-02-30", "2026-04-31",
					   "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
					   "2026-1-01", "2026-01-010" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		ck_assert_msg(ids_is_date(good[i]), "%s", good[i]);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(!ids_is_date(bad[i]), "%s", bad[i]);
}
END_TEST

static const struct ids_column key[] = {
	{ "kind", IDS_EXACT }, { "exact", IDS_EXACT }, { "glob", IDS_GLOB }, { NULL, IDS_VALUE },
};
static const struct ids_form key_forms[] = {
	{ "exact", "pci", "hhhh" }, { "exact", "jedec", "0xoh" }, { "exact", "bank", "n|nd" },
	{ "exact", "pnp", "UUU" },  { "glob", NULL, "hh:Hd|" },	  { NULL, NULL, NULL },
};
static const struct ids_table keyed = { .file = "t.tsv", .column = key, .forms = key_forms };

START_TEST(a_key_has_the_form_that_a_lookup_gives)
{
#define KEYED(kind, exact, glob)                                                                   \
	"# t.tsv 2026-01-02\nkind\texact\tglob\tsource\tdate\n" kind "\t" exact "\t" glob END_OF_ROW
	static const char *const good[] = {
		KEYED("pci", "1a2f", "*"), KEYED("jedec", "0x7f", "0a:F9"), KEYED("bank", "12", ""),
		KEYED("pnp", "BOE", "0?:*"), KEYED("other", "anything", "*9"),
		KEYED("pci", "0000", "[0-9a][bc]:*"), KEYED("pci", "0000", "*:*"),
		KEYED("pci", "0000", "0*a*:*"),
	};
	static const struct {
		const char *text, *why;
	} bad[] = {
		{ KEYED("pci", "1A2F", "*"), "exact: '1A2F' is not of the form hhhh" },
		{ KEYED("pci", "1a2", "*"), "exact: '1a2' is not of the form hhhh" },
		{ KEYED("pci", "1a2f0", "*"), "exact: '1a2f0' is not of the form hhhh" },
		{ KEYED("pci", "*", "*"), "exact: '*' is not of the form hhhh" },
		{ KEYED("jedec", "0x80", "*"), "exact: '0x80' is not of the form 0xoh" },
		{ KEYED("jedec", "2c", "*"), "exact: '2c' is not of the form 0xoh" },
		{ KEYED("bank", "01", "*"), "exact: '01' is not of the form n|nd" },
		{ KEYED("bank", "0", "*"), "exact: '0' is not of the form n|nd" },
		{ KEYED("pnp", "BoE", "*"), "exact: 'BoE' is not of the form UUU" },
		{ KEYED("pci", "0000", "0a:f9"), "glob: '0a:f9' is not of the form hh:Hd|" },
		{ KEYED("pci", "0000", "0a-*"), "glob: '0a-*' is not of the form hh:Hd|" },
		{ KEYED("pci", "0000", "*:9"), "glob: '*:9' is not of the form hh:Hd|" },
		{ KEYED("pci", "0000", "[x0]*"), "glob: '[x0]*' is not of the form hh:Hd|" },
		{ KEYED("pci", "0000", "*?:0?:*"), "glob: '*?:0?:*' is not of the form hh:Hd|" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++)
		ck_assert_str_eq(message(&keyed, good[i]), "");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		const char *said = message(&keyed, bad[i].text);

		ck_assert_msg(strlen(said) > 13 && !strcmp(said + 13, bad[i].why), "%s: %s",
			      bad[i].why, said);
	}
}
END_TEST

START_TEST(values_have_the_form_of_their_column)
{
#define FORMED "# t.tsv 2026-01-02\nkind\tcores\tends\tfrom\tsource\tdate\n"
	static const struct {
		const char *text, *message;
	} row[] = {
		{ FORMED "\t\t\t" END_OF_ROW "a\t4-8\t2026-11-23\t-273100" END_OF_ROW
		  "bc\t*\t\t0" END_OF_ROW, "" },
		{ FORMED "b\t4\t\t" END_OF_ROW, "dir/t.tsv:3: kind: 'b' is none of the words "
		  "that may stand there: a|bc|" },
		{ FORMED "a\t8-4\t\t" END_OF_ROW, "dir/t.tsv:3: cores: '8-4' is no range" },
		{ FORMED "a\tfour\t\t" END_OF_ROW, "dir/t.tsv:3: cores: 'four' is no range" },
		{ FORMED "a\t4-\t\t" END_OF_ROW, "dir/t.tsv:3: cores: '4-' is no range" },
		{ FORMED "a\t4\t2026-11\t" END_OF_ROW, "dir/t.tsv:3: ends: '2026-11' is no date" },
		{ FORMED "a\t4\t\t1.5" END_OF_ROW, "dir/t.tsv:3: from: '1.5' is no whole number" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		ck_assert_str_eq(message(&formed, row[i].text), row[i].message);
}
END_TEST

/* The shipped pack, but for one text of one file. */
static const char *message_of_pack(const char *file, const char *old, const char *new,
				   int (*check)(const char *folder, struct err *err))
{
	static struct err err;
	struct tree tree = tree_make();
	size_t i;

	err = (struct err)ERR_INIT;
	for (i = 0; i < pack_table_count; i++) {
		AUTO(buf_release) struct buf text = BUF_INIT;
		AUTO(buf_release) struct buf changed = BUF_INIT;
		char path[128];
		char *at;

		snprintf(path, sizeof(path), TEST_SOURCE_FOLDER "/probes/ids/%s",
			 pack_table[i]->file);
		ck_assert_int_eq(disk_read_file(path, 1 << 20, &text, NULL), 0);
		at = strcmp(pack_table[i]->file, file) ? NULL : strstr(text.data, old);
		ck_assert(at || strcmp(pack_table[i]->file, file));
		buf_add(&changed, text.data, at ? (size_t)(at - text.data) : text.size);
		if (at)
			buf_addf(&changed, "%s%s", new, at + strlen(old));
		snprintf(path, sizeof(path), "ids/%s", pack_table[i]->file);
		tree_file(&tree, path, changed.data);
	}
	ck_assert_int_eq(check(tree_path(&tree, "ids"), &err), ERR_INPUT);
	tree_remove(&tree);
	return err.plain;
}

START_TEST(a_maker_without_a_row_is_refused_in_every_table)
{
	static const struct {
		const char *file, *maker;
	} row[] = {
		{ "bmc.tsv", "H3C 新华三" }, { "board-makers.tsv", "Tongfang 同方" },
		{ "cpu-implementers.tsv", "Phytium 飞腾" }, { "cpu-makers.tsv", "Phytium 飞腾" },
		{ "cpu-names.tsv", "Loongson 龙芯\t" }, { "cpus.tsv", "Hygon 海光" },
		{ "disks.tsv", "YMTC 长江存储\t" }, { "firmware.tsv", "ZD Technologies 中电科技" },
		{ "jedec.tsv", "Micron\t" }, { "memory-names.tsv", "YMTC 长江存储\t" },
		{ "os.tsv", "KylinSoft 麒麟软件" }, { "pci-vendors.tsv", "Jingjia Micro 景嘉微" },
		{ "pci.tsv", "\tLoongson 龙芯" }, { "pnp.tsv", "AUO 友达" },
		{ "tpm.tsv", "\tAtmel\t" }, { "usb.tsv", "Hanwang 汉王" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		bool before = *row[i].maker == '\t';
		bool behind = row[i].maker[strlen(row[i].maker) - 1] == '\t';
		AUTO(buf_release) struct buf other = BUF_INIT;
		const char *said;

		buf_addf(&other, "%sNobody%s", before ? "\t" : "", behind ? "\t" : "");
		said = message_of_pack(row[i].file, row[i].maker, other.data, pack_check);
		ck_assert_msg(strstr(said, row[i].file) &&
			      strstr(said, "the maker 'Nobody' has no row in makers.tsv"), "%s: %s",
			      row[i].file, said);
	}
}
END_TEST

START_TEST(the_keys_of_every_table_have_a_form)
{
	static const struct {
		const char *file, *old, *new, *why;
	} row[] = {
		{ "jedec.tsv", "\n9\t0x75", "\n9\t0xf5", "'0xf5' is not of the form 0xoh" },
		{ "jedec.tsv", "\n1\t0x09", "\n00\t0x09", "'00' is not of the form n|nd|ndd" },
		{ "pci.tsv", "\n0014\t3b0f", "\n0014\t3B0F", "'3B0F' is not of the form hhhh" },
		{ "pci.tsv", "\n0014\t3b0f\t*\t*", "\n0014\t3b0f\t*\t0014-*",
		  "'0014-*' is not of the form hhhh:hhhh|" },
		{ "pci-vendors.tsv", "\n0014", "\n014", "'014' is not of the form hhhh" },
		{ "usb.tsv", "\n0204", "\n020", "'020' is not of the form hhhh" },
		{ "disks.tsv", "\nnvme\t", "\nNVMe\t", "'NVMe' is none of the words" },
		{ "macs.tsv", "00:e0:4c:36:00:0?", "00-e0-4c-36-00-0?",
		  "'00-e0-4c-36-00-0?' is not of the form hh:hh:hh:hh:hh:hh" },
		{ "pnp.tsv", "\nACR", "\nAC", "'AC' is not of the form UUU" },
		{ "tpm.tsv", "ATM1200", "ATM12", "'ATM12' is not of the form UUUHHHH|UUUUHHHH" },
		{ "bmc.tsv", "\n10876", "\n010876", "'010876' is not of the form n|nd|" },
		{ "cpus.tsv", "\t41/d07", "\t41/D07", "'41/D07' is not of the form hh/hhh" },
		{ "cpu-implementers.tsv", "\n41", "\n0x41", "'0x41' is not of the form hh" },
		{ "makers.tsv", "\nAMD\tUS", "\nAMD\tusa", "'usa' is not of the form UU|" },
		{ "evaluated.tsv", "\ncpu\t", "\nCPU\t", "'CPU' is none of the words" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const char *said = message_of_pack(row[i].file, row[i].old, row[i].new, pack_check);

		ck_assert_msg(strstr(said, row[i].file) && strstr(said, row[i].why), "%s: %s",
			      row[i].file, said);
	}
}
END_TEST

START_TEST(a_maker_that_no_table_names_does_not_ship)
{
	const char *said = message_of_pack("makers.tsv", "\nAMD\t", "\nAMC\tUS\tseen\t2026-11-23\nAMD\t",
					   pack_check_shipped);

	ck_assert_msg(strstr(said, "no other table names the maker 'AMC'"), "%s", said);
}
END_TEST

START_TEST(the_shipped_pack_is_good)
{
	struct err err = ERR_INIT;

	ck_assert_msg(pack_check_shipped(TEST_SOURCE_FOLDER "/probes/ids", &err) == 0, "%s", err.plain);
}
END_TEST

START_TEST(a_pack_is_known_by_its_newest_date_and_the_digest_of_its_files)
{
	struct tree tree = tree_make();
	struct pack pack;

	tree_file(&tree, "ids/b.tsv", "# b.tsv 2026-01-02\nb\n");
	tree_file(&tree, "ids/a.tsv", "# a.tsv 2026-03-04\na\n");
	tree_file(&tree, "ids/notes.txt", "# of no matter 2027-01-01\n");
	ck_assert_int_eq(pack_describe(tree_path(&tree, "ids"), &pack, NULL), 0);
	ck_assert_str_eq(pack.version, "2026-03-04");
	/* openssl dgst -sm3 over the two lines "SM3  NAME" */
	ck_assert_str_eq(pack.digest, "2dabac69c29b3407f87fc2beb367d05f"
			 "b63a30f17cb8406f62fe7f4abf3d5b88");
	ck_assert_int_eq(pack_describe(tree_path(&tree, "none"), &pack, NULL), ERR_NOT_FOUND);
	tree_remove(&tree);
}
END_TEST

START_TEST(an_inventory_says_which_pack_named_its_parts)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	struct pack pack;

	tree_file(&tree, "root/proc/cpuinfo", "processor\t: 0\n");
	roots_probe(&tree, "root", "cpu", &inventory);
	ck_assert_int_eq(pack_describe(TEST_SOURCE_FOLDER "/probes/ids", &pack, NULL), 0);
	ck_assert_str_eq(inventory.pack_version, pack.version);
	ck_assert_str_eq(inventory.pack_digest, pack.digest);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("ids", a_glob_means_the_same_in_every_locale,
	  a_range_holds_its_ends,
	  a_lookup_takes_the_first_row_of_which_all_keys_fit,
	  a_table_never_read_answers_nothing,
	  a_bad_table_is_refused_with_file_and_line,
	  every_row_of_a_checked_table_can_be_an_answer, values_have_the_form_of_their_column,
	  a_date_is_a_day_of_the_calendar, a_key_has_the_form_that_a_lookup_gives,
	  the_keys_of_every_table_have_a_form, a_maker_that_no_table_names_does_not_ship,
	  a_maker_without_a_row_is_refused_in_every_table,
	  the_shipped_pack_is_good,
	  a_pack_is_known_by_its_newest_date_and_the_digest_of_its_files,
	  an_inventory_says_which_pack_named_its_parts)
