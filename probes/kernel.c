/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running kernel. */
#include "harness/base/auto.h"
#include "harness/base/scan.h"
#include "probes/look.h"

#include <string.h>

#define N_(text) (text)

static const char class[] = "kernel";

/* The fact where it is known, the file where it is not. */
static bool add(struct look *look, const char *attribute, const char *fact, const char *file)
{
	const char *value = sysroot_fact(look->place->root, fact);

	if (!value)
		return look_text(look, attribute, file);
	component_text(look->inventory, look->component, attribute, value, fact,
		       CERTAINTY_CERTAIN);
	return true;
}

static void add_page_size(struct look *look)
{
	const char *value = sysroot_fact(look->place->root, "page-size");
	uint64_t bytes;

	if (value && scan_u64(value, 1, 1 << 30, &bytes) == 0)
		component_number(look->inventory, look->component, "page_size_bytes",
				 (int64_t)bytes, "page-size", CERTAINTY_CERTAIN);
}

/* Bits of /proc/sys/kernel/tainted, from 0 (Documentation/admin-guide/tainted-kernels.rst). */
static const struct {
	const char *word;
	bool trouble;		/* something broke: a machine does not pass a burn-in so */
} taint[] = {
	{ "proprietary module", false },  { "forced module", false },
	{ "processor out of specification", false }, { "forced unload", false },
	{ "machine check", true },	  { "bad page", true },
	{ "set by the user", false },	  { "kernel died", true },
	{ "ACPI table replaced", false }, { "kernel warning", false },
	{ "staging driver", false },	  { "firmware bug worked around", false },
	{ "out-of-tree module", false },  { "unsigned module", false },
	{ "soft lockup", true },	  { "live patch", false },
	{ "set by the distribution", false }, { "randomised structures", false },
	{ "in-kernel test", false },	  { "firmware changed by a program", false },
};

static void add_taint(struct look *look)
{
	AUTO(buf_release) struct buf words = BUF_INIT;
	AUTO(buf_release) struct buf trouble = BUF_INIT;
	int64_t bits;
	size_t i;

	if (!look_number(look, "tainted", "sys/kernel/tainted"))
		return;
	bits = component_get_number(look->component, "tainted", 0);
	for (i = 0; i < 63; i++) {
		const char *word = i < ARRAY_SIZE(taint) ? taint[i].word : "unknown";
		bool bad = i < ARRAY_SIZE(taint) && taint[i].trouble;

		if (!(bits >> i & 1))
			continue;
		buf_addf(&words, "%s%s", words.size ? ", " : "", word);
		if (bad)
			buf_addf(&trouble, "%s%s", trouble.size ? ", " : "", word);
	}
	if (words.size)
		component_text(look->inventory, look->component, "taint", words.data, look->path,
			       CERTAINTY_CERTAIN);
	if (trouble.size)
		inventory_problem(look->inventory, class, "kernel-tainted",
				  "since it was started the kernel has met: %s", trouble.data);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };
	bool any;

	(void)err;
	look_at(&look, "proc");
	look.component = inventory_add(inventory, class, "kernel/0", NULL);
	any = add(&look, "release", "uname.release", "sys/kernel/osrelease");
	any |= add(&look, "version", "uname.version", "sys/kernel/version");
	add(&look, "machine", "uname.machine", "sys/kernel/arch");
	add_page_size(&look);
	any |= look_text(&look, "cmdline", "cmdline");
	add_taint(&look);
	if (any)
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else
		inventory_class(inventory, class, PRESENCE_UNREADABLE,
				"no fact uname.release, and no proc/sys/kernel/osrelease");
	return 0;
}

static const char *const reads[] = {
	"proc/cmdline",
	"proc/sys/kernel/arch",
	"proc/sys/kernel/osrelease",
	"proc/sys/kernel/tainted",
	"proc/sys/kernel/version",
	NULL,
};

const struct probe probe_kernel = {
	.name = class,
	.summary = N_("the running kernel: release, command line, taint, page size"),
	.reads = reads,
	.scan = scan,
};
