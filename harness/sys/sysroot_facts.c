/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of a machine without being a file. A captured root is never asked of the host:
 * its facts come from the capture file, from the file `facts` of the folder, or, for uname.machine
 * alone, from the form of its proc/cpuinfo.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/sys/facts.h"
#include "harness/sys/sysroot_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * Lines that only one architecture prints (arch/ARCH/kernel of the kernel sources: proc.c, cpu.c,
 * setup.c). Keys are compared without case, since vendor kernels and mainline differ. The first row
 * that fits any line wins.
 */
static const struct {
	const char *key;
	const char *part;	/* of the value, or NULL */
	const char *machine;
} cpuinfo_form[] = {
	{ "CPU implementer", NULL, "aarch64" },
	{ "isa", "loongarch64", "loongarch64" },
	{ "ASEs implemented", NULL, "mips64" },
	{ "cpu variation", NULL, "sw_64" },
	{ "vendor_id", NULL, "x86_64" },	/* sw_64 prints it too, after its own key */
};

void sysroot_facts_add(struct sysroot_facts *facts, const char *name, size_t name_size,
		       const char *value)
{
	struct sysroot_fact *fact;

	facts->fact = mem_grow(facts->fact, &facts->capacity, facts->count + 1, sizeof(*fact));
	fact = &facts->fact[facts->count++];
	fact->name = mem_alloc(name_size + 1);
	memcpy(fact->name, name, name_size);
	fact->name[name_size] = 0;
	fact->value = mem_strdup(value);
}

void sysroot_facts_release(struct sysroot_facts *facts)
{
	size_t i;

	for (i = 0; i < facts->count; i++) {
		free(facts->fact[i].name);
		free(facts->fact[i].value);
	}
	free(facts->fact);
	*facts = (struct sysroot_facts){ .count = 0 };
}

static int compare_facts(const void *a, const void *b)
{
	const struct sysroot_fact *left = a;
	const struct sysroot_fact *right = b;

	return strcmp(left->name, right->name);
}

static void sort(struct sysroot_facts *facts)
{
	if (facts->count)
		qsort(facts->fact, facts->count, sizeof(*facts->fact), compare_facts);
}

static const char *find(const struct sysroot_facts *facts, const char *name)
{
	const struct sysroot_fact key = { .name = (char *)name };
	const struct sysroot_fact *fact = NULL;

	if (facts->count)
		fact = bsearch(&key, facts->fact, facts->count, sizeof(key), compare_facts);
	return fact ? fact->value : NULL;
}

bool sysroot_fact_name_ok(const char *name, size_t size)
{
	return size && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") >= size;
}

/* One line "name value" of the file `facts`; '#' begins a comment line. */
static int load_line(struct sysroot *root, const char *line, size_t number, struct err *err)
{
	size_t size = strcspn(line, " ");

	if (!*line || *line == '#')
		return 0;
	if (!sysroot_fact_name_ok(line, size) || !line[size] || !line[size + 1])
		return err_set(err, ERR_INPUT,
			       "%s/facts:%zu: expected 'name value', the name in lower case",
			       root->name, number);
	sysroot_facts_add(&root->facts, line, size, line + size + 1);
	return 0;
}

static int check_unique(const struct sysroot *root, struct err *err)
{
	size_t i;

	for (i = 1; i < root->facts.count; i++) {
		if (!strcmp(root->facts.fact[i].name, root->facts.fact[i - 1].name))
			return err_set(err, ERR_INPUT, "%s/facts: fact '%s' is there twice",
				       root->name, root->facts.fact[i].name);
	}
	return 0;
}

static int load_file(struct sysroot *root, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct err own = ERR_INIT;
	int code = sysroot_read(root, "facts", &text, &own);
	char *line, *end;
	size_t number = 1;

	if (code == ERR_NOT_FOUND)
		return 0;
	if (code < 0)
		return err_set(err, code, "%s", own.plain);
	if (strlen(text.data) != text.size || !text_is_utf8(text.data, text.size))
		return err_set(err, ERR_INPUT, "%s/facts: not a text file", root->name);
	for (line = text.data; line; line = end, number++) {
		end = strchr(line, '\n');
		if (end)
			*end++ = 0;
		code = load_line(root, line, number, err);
		if (code < 0)
			return code;
	}
	sort(&root->facts);
	return check_unique(root, err);
}

/* Whether the line "key : value" has this key, and `part` in its value. */
static bool line_says(char *line, const char *key, const char *part)
{
	char *colon = strchr(line, ':');
	size_t size;

	if (!colon)
		return false;
	for (size = (size_t)(colon - line); size && strchr(" \t", line[size - 1]); size--)
		;
	return strlen(key) == size && !strncasecmp(key, line, size) &&
	       (!part || text_contains_nocase(colon + 1, part));
}

static const char *machine_of_cpuinfo(char *text)
{
	const char *machine = NULL;
	size_t best = ARRAY_SIZE(cpuinfo_form);
	char *line = text;

	while (line) {
		char *end = strchr(line, '\n');
		size_t i;

		if (end)
			*end++ = 0;
		for (i = 0; i < best; i++) {
			if (line_says(line, cpuinfo_form[i].key, cpuinfo_form[i].part)) {
				machine = cpuinfo_form[i].machine;
				best = i;
			}
		}
		line = end;
	}
	return machine;
}

static void derive_machine(struct sysroot *root)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	const char *machine = NULL;

	if (find(&root->facts, "uname.machine"))
		return;
	if (sysroot_read(root, "proc/cpuinfo", &text, NULL) == 0)
		machine = machine_of_cpuinfo(text.data);
	if (machine) {
		sysroot_facts_add(&root->facts, "uname.machine", strlen("uname.machine"), machine);
		sort(&root->facts);
	}
}

static void take_capture(struct sysroot *root)
{
	size_t i;

	for (i = 0; i < root->capture.fact_count; i++) {
		const struct capture_fact *fact = &root->capture.fact[i];

		sysroot_facts_add(&root->facts, fact->name, strlen(fact->name), fact->value);
	}
}

int sysroot_facts_load(struct sysroot *root, struct err *err)
{
	int code = 0;

	take_capture(root);
	if (root->fd >= 0)
		code = load_file(root, err);
	if (code < 0)
		return code;
	derive_machine(root);
	root->facts_known = true;
	return 0;
}

static void take_live(void *context, const char *name, const char *value)
{
	sysroot_facts_add(context, name, strlen(name), value);
}

const struct sysroot_facts *sysroot_facts(struct sysroot *root)
{
	if (!root->facts_known && root->live) {
		facts_each(take_live, &root->facts);
		sort(&root->facts);
	}
	root->facts_known = true;
	return &root->facts;
}

const char *sysroot_fact(struct sysroot *root, const char *name)
{
	return find(sysroot_facts(root), name);
}
