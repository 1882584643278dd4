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
	look_number(&look, "tainted", "sys/kernel/tainted");
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
