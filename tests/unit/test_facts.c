/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "harness/base/buf.h"
#include "harness/base/text.h"
#include "harness/sys/facts.h"
#include "harness/sys/sysroot_parts.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

struct seen {
	struct buf text;
	char last[64];
	int count, registers;
	bool in_order;
};

static void see(void *context, const char *name, const char *value)
{
	struct seen *seen = context;

	seen->in_order = seen->in_order && strcmp(seen->last, name) < 0 && *value &&
			 sysroot_fact_name_ok(name, strlen(name)) && !strchr(value, '\n');
	snprintf(seen->last, sizeof(seen->last), "%s", name);
	seen->count++;
	seen->registers += text_starts(name, "cpuid.") || text_starts(name, "midr.") ||
			   text_starts(name, "cpucfg.");
	buf_addf(&seen->text, "%s %s\n", name, value);
}

START_TEST(facts_come_in_order_and_twice_the_same)
{
	struct seen one = { .text = BUF_INIT, .in_order = true };
	struct seen two = { .text = BUF_INIT, .in_order = true };

	facts_each(see, &one);
	facts_each(see, &two);
	ck_assert(one.in_order);
	ck_assert_int_gt(one.registers, 0);
	ck_assert_str_eq(one.text.data, two.text.data);
	buf_release(&one.text);
	buf_release(&two.text);
}
END_TEST

START_TEST(the_live_machine_answers_with_its_own_facts)
{
	struct sysroot *root = sysroot_open(NULL, NULL);
	struct utsname name;
	char page[32];

	ck_assert_int_eq(uname(&name), 0);
	snprintf(page, sizeof(page), "%ld", sysconf(_SC_PAGESIZE));
	ck_assert_str_eq(sysroot_fact(root, "uname.machine"), name.machine);
	ck_assert_str_eq(sysroot_fact(root, "uname.release"), name.release);
	ck_assert_str_eq(sysroot_fact(root, "page-size"), page);
	ck_assert_ptr_null(sysroot_fact(root, "uname.nodename"));
	sysroot_free(root);
}
END_TEST

UNIT_MAIN("facts", facts_come_in_order_and_twice_the_same,
	  the_live_machine_answers_with_its_own_facts)
