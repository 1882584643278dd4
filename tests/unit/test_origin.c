/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The origin of parts as a fact, and what a policy makes of it. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/model/origin.h"
#include "harness/model/policy.h"
#include "harness/sys/disk.h"
#include "harness/sys/pack.h"

#include <dirent.h>
#include <string.h>

#define IDS TEST_SOURCE_FOLDER "/probes/ids"
#define POLICIES TEST_SOURCE_FOLDER "/profiles/policies/"

static struct inventory inventory;
static struct ids makers, evaluated;
static struct policy policy;
static struct profile_problems problems;
static struct policy_judgement judgement;

static void begin(void)
{
	struct err err = ERR_INIT;

	inventory = (struct inventory)INVENTORY_INIT;
	makers = evaluated = (struct ids)IDS_INIT;
	policy = (struct policy)POLICY_INIT;
	problems = (struct profile_problems)PROFILE_PROBLEMS_INIT;
	judgement = (struct policy_judgement){ .arena = ARENA_INIT };
	ck_assert_msg(pack_read(&makers, IDS, &pack_makers, &err) == 0, "%s", err.plain);
	ck_assert_msg(pack_read(&evaluated, IDS, &pack_evaluated, &err) == 0, "%s", err.plain);
}

static void end(void)
{
	policy_judgement_release(&judgement);
	profile_problems_release(&problems);
	policy_release(&policy);
	ids_release(&makers);
	ids_release(&evaluated);
	inventory_release(&inventory);
}

static struct component *add(const char *class, const char *id, const char *maker,
			     enum certainty certainty)
{
	struct component *component = inventory_add(&inventory, class, id, NULL);

	inventory_class(&inventory, class, PRESENCE_PRESENT, NULL);
	if (maker)
		component_text(&inventory, component, "maker", maker, "table", certainty);
	return component;
}

static void add_cpu(const char *model, enum certainty certainty)
{
	component_text(&inventory, add("cpu", "cpu/0", "Loongson 龙芯", CERTAINTY_CERTAIN), "model",
		       model, "table", certainty);
}

static void check_part(const struct component *component, const char *country,
		       enum certainty certainty)
{
	struct origin_part part;

	ck_assert(origin_of(component, &makers, &part));
	if (country)
		ck_assert_str_eq(part.country, country);
	else
		ck_assert_msg(part.country == NULL, "%s", part.country);
	ck_assert_int_eq(part.certainty, certainty);
}

START_TEST(a_part_has_the_country_of_its_maker_and_no_more_certainty)
{
	struct component *empty;
	struct origin_part part;

	begin();
	check_part(add("cpu", "cpu/0", "Phytium 飞腾", CERTAINTY_CERTAIN), "CN", CERTAINTY_LIKELY);
	check_part(add("block", "block/sda", "Samsung", CERTAINTY_LIKELY), "KR", CERTAINTY_LIKELY);
	check_part(add("board", "board/system", "Great Wall 长城", CERTAINTY_LIKELY), "CN",
		   CERTAINTY_LIKELY);
	/* contested, not in the table, sources that disagree, nobody knows */
	check_part(add("block", "block/sdb", "InnoGrit 英韧", CERTAINTY_LIKELY), NULL,
		   CERTAINTY_LIKELY);
	check_part(add("block", "block/sdc", "Nobody Ltd.", CERTAINTY_LIKELY), NULL,
		   CERTAINTY_LIKELY);
	check_part(add("memory", "dimm/A", "Samsung", CERTAINTY_CONTRADICTORY), NULL,
		   CERTAINTY_CONTRADICTORY);
	check_part(add("pci", "pci/0000:00:01.0", "unknown", CERTAINTY_UNKNOWN), NULL,
		   CERTAINTY_UNKNOWN);
	empty = add("memory", "dimm/B", NULL, CERTAINTY_UNKNOWN);
	component_number(&inventory, empty, "populated", 0, "s", CERTAINTY_LIKELY);
	ck_assert(!origin_of(empty, &makers, &part));
	ck_assert(!origin_of(add("topology", "cache/L2", NULL, CERTAINTY_UNKNOWN), &makers, &part));
	end();
}
END_TEST

/* Every maker that a table names has a row, be it one that says "contested". */
/* --- policies ----------------------------------------------------------------------------------- */

#define HEAD "name: p\ndate: 2026-01-01\nsource: test\n"

static void judge(const char *text, const char *today)
{
	struct policy_facts facts = { .inventory = &inventory, .makers = &makers,
				      .evaluated = &evaluated, .today = today };
	int code = policy_parse(text, strlen(text), "p.yaml", NULL, &policy, &problems);

	ck_assert_msg(code == 0, "%zu:%zu: %s", problems.problem[0].line,
		      problems.problem[0].column, problems.problem[0].message);
	policy_judge(&policy, &facts, &judgement);
}

START_TEST(a_processor_is_on_the_list_or_not_or_nobody_can_tell)
{
	static const char listed[] =
		HEAD "rules:\n  - {name: cpu, class: cpu, listed: [II]}\n";
	static const struct {
		const char *model;
		enum certainty certainty;
		const char *today;
		enum policy_answer answer;
	} row[] = {
		{ "3C6000", CERTAINTY_LIKELY, "2026-11-23", POLICY_HOLDS },
		{ "3C6000", CERTAINTY_LIKELY, "2028-03-15", POLICY_FAILS },	/* ended */
		{ "KX-6940S", CERTAINTY_LIKELY, "2026-11-23", POLICY_FAILS },	/* level I */
		{ "Kunpeng 920", CERTAINTY_LIKELY, "2026-11-23", POLICY_UNKNOWN }, /* which level? */
		{ "FT-2000/4", CERTAINTY_LIKELY, "2026-11-23", POLICY_UNKNOWN },	/* which FT-2000? */
		{ "3A6000", CERTAINTY_LIKELY, "2026-11-23", POLICY_UNKNOWN },	/* not found */
		{ "3C6000", CERTAINTY_AMBIGUOUS, "2026-11-23", POLICY_UNKNOWN },
		{ "3B6000M", CERTAINTY_LIKELY, "2026-11-23", POLICY_UNKNOWN },	/* not the 3B6000 */
		{ "S5000C-E", CERTAINTY_LIKELY, "2026-11-23", POLICY_HOLDS },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		add_cpu(row[i].model, row[i].certainty);
		judge(listed, row[i].today);
		ck_assert_msg(judgement.answer == row[i].answer, "%s: %s, %s", row[i].model,
			      policy_answer_name(judgement.answer), judgement.rule[0].why);
		ck_assert((judgement.answer == POLICY_HOLDS) == !*judgement.rule[0].why);
		end();
	}
}
END_TEST

START_TEST(a_variant_that_the_list_does_not_name_cannot_be_told)
{
	static const char listed[] =
		HEAD "rules:\n  - {name: cpu, class: cpu, listed: [any]}\n";
	static const struct {
		const char *model, *sku;
		enum policy_answer answer;
	} row[] = {
		{ "3C6000", NULL, POLICY_HOLDS },	{ "3C6000", "D", POLICY_UNKNOWN },
		{ "3C6000", "Q", POLICY_UNKNOWN },	{ "3C6000", "S", POLICY_UNKNOWN },
		{ "3C6000/D", NULL, POLICY_UNKNOWN },	{ "3C6000M", NULL, POLICY_UNKNOWN },
		{ "S5000C", "E", POLICY_HOLDS },	{ "S5000C", "64", POLICY_UNKNOWN },
		{ "Kunpeng 920", NULL, POLICY_HOLDS },	{ "Kunpeng 920", "4826", POLICY_UNKNOWN },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		add_cpu(row[i].model, CERTAINTY_LIKELY);
		if (row[i].sku)
			component_text(&inventory, inventory.component, "sku", row[i].sku, "name",
				       CERTAINTY_LIKELY);
		judge(listed, "2026-11-23");
		ck_assert_msg(judgement.answer == row[i].answer, "%zu: %s", i,
			      judgement.rule[0].why);
		end();
	}
}
END_TEST

START_TEST(a_processor_that_a_host_shows_proves_nothing)
{
	static const char *const rule[] = {
		HEAD "rules:\n  - {name: cpu, class: cpu, listed: [any]}\n",
		HEAD "rules:\n  - {name: cpu, class: cpu, country: [CN]}\n",
		HEAD "rules:\n  - {name: cpu, class: cpu, maker: [\"Loongson*\"]}\n",
		HEAD "share:\n  country: [CN]\n  min-percent: 50\n  weights:\n"
		     "    - {class: cpu, weight: 40}\n",
	};
	size_t i, guest;

	for (i = 0; i < ARRAY_SIZE(rule); i++) {
		for (guest = 0; guest < 2; guest++) {
			const struct policy_verdict *verdict;

			begin();
			add_cpu("3C6000", CERTAINTY_LIKELY);
			if (guest)
				component_text(&inventory, inventory.component, "hypervisor",
					       "KVM", "cpucfg", CERTAINTY_CERTAIN);
			check_part(inventory.component, guest ? NULL : "CN",
				   guest ? CERTAINTY_AMBIGUOUS : CERTAINTY_LIKELY);
			judge(rule[i], "2026-11-23");
			verdict = policy.weight_count ? judgement.share.weight : judgement.rule;
			ck_assert_int_eq(verdict->answer, guest ? POLICY_UNKNOWN : POLICY_HOLDS);
			ck_assert(!guest == !strstr(verdict->why, "virtual machine (KVM)"));
			end();
		}
	}
}
END_TEST

START_TEST(batteries_modules_known_by_spd_only_and_memory_chips_have_an_origin)
{
	struct component *battery, *module;
	struct origin_part chips;

	begin();
	battery = add("power", "power/BAT0", NULL, CERTAINTY_UNKNOWN);
	component_text(&inventory, battery, "manufacturer", "Samsung", "sysfs", CERTAINTY_CERTAIN);
	check_part(battery, "KR", CERTAINTY_LIKELY);
	module = add("memory", "spd/0-0050", "UniIC 西安紫光国芯", CERTAINTY_CERTAIN);
	check_part(module, "CN", CERTAINTY_LIKELY);
	ck_assert(!origin_of_chips(module, &makers, &chips));
	component_text(&inventory, module, "dram_maker", "Samsung", "spd", CERTAINTY_CERTAIN);
	ck_assert(origin_of_chips(module, &makers, &chips));
	ck_assert_str_eq(chips.country, "KR");
	ck_assert_str_eq(chips.what, "DRAM");
	ck_assert(!origin_of_chips(battery, &makers, &chips));
	end();
}
END_TEST

START_TEST(a_text_that_was_never_programmed_does_not_say_what_a_part_is)
{
	struct origin_part part;
	struct component *module;

	begin();
	module = add("memory", "dimm/A", "Crucial", CERTAINTY_LIKELY);
	component_text(&inventory, module, "part_number", "NULL", "smbios type 17", CERTAINTY_UNKNOWN);
	ck_assert(origin_of(module, &makers, &part));
	ck_assert_str_eq(part.what, "");
	component_text(&inventory, module, "type", "DDR4", "smbios type 17", CERTAINTY_LIKELY);
	ck_assert(origin_of(module, &makers, &part));
	ck_assert_str_eq(part.what, "DDR4");
	end();
}
END_TEST

START_TEST(a_system_is_listed_with_its_version_and_its_kernel)
{
	static const char listed[] = HEAD "rules:\n  - {name: os, class: os, listed: [I]}\n";
	static const struct {
		const char *version, *pack, *release;
		enum policy_answer answer;
		const char *why;
	} row[] = {
		{ "v10", "V10SP1", "5.10.0-8-generic", POLICY_HOLDS, "" },
		{ "v10", "SP1", "5.10.0-8-generic", POLICY_HOLDS, "" },
		{ "v10", "SP1", "5.4.18-53-generic", POLICY_UNKNOWN, "not in the list" },
		{ "v10", NULL, "5.10.0-8-generic", POLICY_UNKNOWN, "may or may not be" },
		{ "v11", NULL, "5.10.0-8-generic", POLICY_UNKNOWN, "not in the list" },
		{ "v11", "SP1", "5.10.0-8-generic", POLICY_UNKNOWN, "not in the list" },
		{ NULL, NULL, "5.10.0-8-generic", POLICY_UNKNOWN, "not in the list" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct component *os;

		begin();
		os = add("os", "os/0", NULL, CERTAINTY_UNKNOWN);
		component_text(&inventory, os, "product", "Kylin Desktop", "etc/os-release",
			       CERTAINTY_LIKELY);
		if (row[i].version)
			component_text(&inventory, os, "version_id", row[i].version, "s",
				       CERTAINTY_CERTAIN);
		if (row[i].pack)
			component_text(&inventory, os, "service_pack", row[i].pack, "s",
				       CERTAINTY_CERTAIN);
		component_text(&inventory, add("kernel", "kernel/0", NULL, CERTAINTY_UNKNOWN),
			       "release", row[i].release, "uname.release", CERTAINTY_CERTAIN);
		judge(listed, "2026-11-23");
		ck_assert_msg(judgement.answer == row[i].answer, "%zu: %s", i,
			      judgement.rule[0].why);
		ck_assert_ptr_nonnull(strstr(judgement.rule[0].why, row[i].why));
		end();
	}
}
END_TEST

START_TEST(the_worst_part_is_the_answer_of_a_rule)
{
	static const char rule[] = HEAD "rules:\n  - {name: disks, class: block, country: [CN]}\n"
		"  - {name: gpu, class: pci, kind: [GPU, 'display*'], country: [CN], optional: yes}\n";

	begin();
	add("block", "block/sda", "YMTC 长江存储", CERTAINTY_LIKELY);
	add("pci", "pci/0000:00:00.0", "Intel", CERTAINTY_LIKELY);	/* no display */
	judge(rule, "2026-11-23");
	ck_assert_int_eq(judgement.answer, POLICY_HOLDS);
	policy_judgement_release(&judgement);
	policy_release(&policy);
	add("block", "block/sdb", "unknown", CERTAINTY_UNKNOWN);
	judge(rule, "2026-11-23");
	ck_assert_int_eq(judgement.answer, POLICY_UNKNOWN);
	policy_judgement_release(&judgement);
	policy_release(&policy);
	add("block", "block/sdc", "Samsung", CERTAINTY_LIKELY);
	judge(rule, "2026-11-23");
	ck_assert_int_eq(judgement.answer, POLICY_FAILS);
	ck_assert_ptr_nonnull(strstr(judgement.rule[0].why, "block/sdc: 'Samsung' designs in KR"));
	ck_assert_ptr_nonnull(strstr(judgement.rule[0].why, "block/sdb"));
	end();
}
END_TEST

START_TEST(a_class_that_could_not_be_read_is_no_pass)
{
	static const char rule[] =
		HEAD "rules:\n  - {name: d, class: memory, country: [CN], optional: yes}\n";

	begin();
	inventory_class(&inventory, "memory", PRESENCE_UNREADABLE, "no root");
	judge(rule, "2026-11-23");
	ck_assert_int_eq(judgement.answer, POLICY_UNKNOWN);
	end();
}
END_TEST

#define SHARE(min)                                                                                 \
	HEAD "share:\n  country: [CN]\n  min-percent: " min "\n  weights:\n"                       \
	"    - {class: cpu, weight: 50}\n    - {class: block, weight: 30}\n"                         \
	"    - {class: pci, weight: 20}\n    - {class: usb, weight: 100, optional: yes}\n"

START_TEST(a_share_is_what_the_policy_says_it_is)
{
	static const struct {
		const char *text;
		enum policy_answer answer;
	} row[] = {
		{ SHARE("50"), POLICY_HOLDS },	/* reached without the unknown one */
		{ SHARE("60"), POLICY_UNKNOWN },	/* reached only with it */
		{ SHARE("90"), POLICY_FAILS },	/* not even with it */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		add_cpu("3A6000", CERTAINTY_LIKELY);
		add("block", "block/sda", "unknown", CERTAINTY_UNKNOWN);
		add("pci", "pci/0000:00:00.0", "Intel", CERTAINTY_LIKELY);
		inventory_class(&inventory, "usb", PRESENCE_ABSENT, NULL);
		judge(row[i].text, "2026-11-23");
		ck_assert_uint_eq(judgement.share.counted, 100);	/* usb is left out */
		ck_assert_int_eq(judgement.share.low_milli_percent, 50000);
		ck_assert_int_eq(judgement.share.high_milli_percent, 80000);
		ck_assert_int_eq(judgement.answer, row[i].answer);
		end();
	}
}
END_TEST

START_TEST(a_share_is_not_known_while_a_part_that_must_be_there_was_not_found)
{
	static const char text[] =
		HEAD "share:\n  country: [CN]\n  min-percent: 50\n  weights:\n"
		"    - {class: cpu, weight: 40}\n"
		"    - {class: memory, component: \"dimm/*\", weight: 60}\n";
	static const char optional[] =
		HEAD "share:\n  country: [CN]\n  min-percent: 50\n  weights:\n"
		"    - {class: cpu, weight: 40}\n"
		"    - {class: memory, component: \"dimm/*\", weight: 60, optional: yes}\n";
	static const struct {
		enum presence presence;
		const char *text;
		enum policy_answer answer;
		uint64_t counted;
	} row[] = {
		{ PRESENCE_ABSENT, text, POLICY_UNKNOWN, 100 },
		{ PRESENCE_PRESENT, text, POLICY_UNKNOWN, 100 },	/* a sum, and no module */
		{ PRESENCE_UNREADABLE, text, POLICY_UNKNOWN, 100 },
		{ PRESENCE_ABSENT, optional, POLICY_HOLDS, 40 },
		{ PRESENCE_PRESENT, optional, POLICY_HOLDS, 40 },
		{ PRESENCE_UNREADABLE, optional, POLICY_UNKNOWN, 100 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		add_cpu("3A6000", CERTAINTY_LIKELY);
		inventory_class(&inventory, "memory", row[i].presence, "as it is");
		judge(row[i].text, "2026-11-23");
		ck_assert_msg(judgement.answer == row[i].answer, "%zu: %s", i,
			      policy_answer_name(judgement.answer));
		ck_assert_uint_eq(judgement.share.counted, row[i].counted);
		ck_assert_ptr_nonnull(strstr(judgement.share.weight[1].why, "class memory"));
		end();
	}
}
END_TEST

START_TEST(a_bad_policy_is_told_with_line_and_column)
{
	static const char *const class[] = { "cpu", "block", NULL };
	static const struct {
		const char *text;
		size_t line, column;
		const char *message;
	} row[] = {
		{ "rules: [", 2, 1, "" },
		{ HEAD "rules:\n  - {name: a, class: gpu, country: [CN]}\n", 5, 22,
		  "there is no component class 'gpu'" },
		{ HEAD "rules:\n  - {name: a, class: cpu, countri: [CN]}\n", 5, 27,
		  "unknown key 'countri'; did you mean 'country'?" },
		{ HEAD "rules:\n  - {name: a, class: cpu}\n", 5, 5, "exactly one of" },
		{ HEAD "rules:\n  - {name: a, class: cpu, country: []}\n", 5, 5, "never hold" },
		{ HEAD, 1, 1, "this asks nothing" },
		{ "name: p\ndate: tomorrow\nsource: s\nbeyond: [x]\n", 2, 7, "YYYY-MM-DD" },
		{ "name: p\ndate: 2026-11-23\nsource: s\nbeyond: [{}]\n", 4, 10, "'en', 'zh' or both" },
		{ HEAD "share: {country: [CN], min-percent: 101, weights: [{class: cpu, weight: 1}]}\n",
		  4, 37, "" },
		{ HEAD "share: {country: [CN], min-percent: 10}\n", 4, 8, "'weights' is missing" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const struct profile_problem *problem;
		size_t k = 0;

		begin();
		ck_assert_msg(policy_parse(row[i].text, strlen(row[i].text), "p.yaml", class,
					   &policy, &problems) == ERR_INPUT, "%s", row[i].text);
		while (k < problems.count && !strstr(problems.problem[k].message, row[i].message))
			k++;
		ck_assert_msg(k < problems.count, "%s: not said", row[i].message);
		problem = &problems.problem[k];
		ck_assert_msg(problem->line == row[i].line && problem->column == row[i].column,
			      "%zu:%zu: %s", problem->line, problem->column, problem->message);
		end();
	}
}
END_TEST

START_TEST(the_shipped_policies_are_good)
{
	AUTO(buf_release) struct buf page = BUF_INIT;
	DIR *dir = opendir(POLICIES);
	struct dirent *entry;
	size_t count = 0;

	ck_assert_ptr_nonnull(dir);
	ck_assert_int_eq(disk_read_file(TEST_SOURCE_FOLDER "/docs/formats/policy.md", 1 << 20,
					&page, NULL), 0);
	while ((entry = readdir(dir)) != NULL) {
		AUTO(buf_release) struct buf path = BUF_INIT;
		AUTO(buf_release) struct buf data = BUF_INIT;

		if (*entry->d_name == '.')
			continue;
		count++;
		begin();
		buf_addf(&path, POLICIES "%s", entry->d_name);
		ck_assert_int_eq(disk_read_file(path.data, 1 << 20, &data, NULL), 0);
		judge(data.data, "2026-11-23");
		ck_assert_int_eq(strncmp(entry->d_name, policy.name, strlen(policy.name)), 0);
		ck_assert_str_eq(entry->d_name + strlen(policy.name), ".yaml");
		ck_assert_msg(strstr(page.data, policy.name) != NULL, "%s", policy.name);
		/* An empty machine meets none of them. */
		ck_assert_int_ne(judgement.answer, POLICY_HOLDS);
		end();
	}
	closedir(dir);
	ck_assert_uint_ge(count, 5);
}
END_TEST

UNIT_MAIN("origin", a_part_has_the_country_of_its_maker_and_no_more_certainty,
	  a_processor_is_on_the_list_or_not_or_nobody_can_tell, 
	  a_text_that_was_never_programmed_does_not_say_what_a_part_is,
	  a_system_is_listed_with_its_version_and_its_kernel,
	  a_variant_that_the_list_does_not_name_cannot_be_told,
	  a_processor_that_a_host_shows_proves_nothing,
	  batteries_modules_known_by_spd_only_and_memory_chips_have_an_origin,
	  the_worst_part_is_the_answer_of_a_rule, a_class_that_could_not_be_read_is_no_pass,
	  a_share_is_what_the_policy_says_it_is,
	  a_share_is_not_known_while_a_part_that_must_be_there_was_not_found, a_bad_policy_is_told_with_line_and_column,
	  the_shipped_policies_are_good)
