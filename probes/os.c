/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The operating system. Which product it is, is not in os-release alone: Kylin's desktop and server
 * systems share ID=kylin, UOS keeps its minor version in os-version, and some products have only a
 * release file. A product is told by rules, in order; the raw texts are kept beside.
 */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/sys/clock.h"
#include "probes/look.h"
#include "probes/os_product.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)

static const char class[] = "os";

struct reading {
	const struct probe_place *place;
	struct inventory *inventory;
	struct component *component;
};

static bool load(const struct reading *r, const char *path, struct pairs *pairs)
{
	AUTO(buf_release) struct buf text = BUF_INIT;

	if (sysroot_read(r->place->root, path, &text, NULL) < 0)
		return false;
	pairs_read(pairs, &r->inventory->arena, text.data, text.size);
	pairs->source = path;
	return true;
}

static void add(const struct reading *r, const struct pairs *pairs, const char *key,
		const char *attribute)
{
	const char *value = pairs_get(pairs, key);

	if (value)
		component_text(r->inventory, r->component, attribute, value, pairs->source,
			       CERTAINTY_CERTAIN);
}

static const char *const release_file[] = {
	"kylin-release", "nfs-release", "openEuler-release", "anolis-release", "uos-version",
	"deepin-version", "nfs/info",
};

/* Their names, with a blank before, between and behind. */
static const char *release_files(const struct reading *r)
{
	AUTO(buf_release) struct buf names = BUF_INIT;
	size_t i;

	buf_addc(&names, ' ');
	for (i = 0; i < ARRAY_SIZE(release_file); i++) {
		char path[64];

		snprintf(path, sizeof(path), "etc/%s", release_file[i]);
		if (sysroot_exists(r->place->root, path))
			buf_addf(&names, "%s ", release_file[i]);
	}
	return arena_strdup(&r->inventory->arena, names.data);
}

/* One line of a release file, kept as it is. */
static void add_release_lines(const struct reading *r)
{
	struct look look = { .place = r->place, .inventory = r->inventory, .class = class,
			     .component = r->component };
	size_t i;

	look_at(&look, "etc");
	for (i = 0; i < ARRAY_SIZE(release_file); i++) {
		if (look_text(&look, "release_line", release_file[i]))
			return;
	}
}

static void add_os_release(const struct reading *r, const struct pairs *os)
{
	add(r, os, "ID", "id");
	add(r, os, "ID_LIKE", "id_like");
	add(r, os, "NAME", "name");
	add(r, os, "PRETTY_NAME", "pretty_name");
	add(r, os, "VERSION", "version");
	add(r, os, "VERSION_ID", "version_id");
	add(r, os, "VERSION_CODENAME", "codename");
	/* Kylin desktop: the update level stands here only. */
	add(r, os, "KYLIN_RELEASE_ID", "update_level");
}

/* Of Kylin. Both files also hold the licence key, which is not read out. */
static void add_licence(const struct reading *r, const struct pairs *kyinfo)
{
	struct pairs licence = PAIRS_INIT;
	char today[CLOCK_TEXT_SIZE];
	const char *end;

	add(r, kyinfo, "term", "licence_end");
	if (!component_attribute(r->component, "licence_end") &&
	    load(r, "etc/LICENSE", &licence))
		add(r, &licence, "TERM", "licence_end");
	end = component_get_text(r->component, "licence_end");
	/* On which day a capture was made is not known. */
	if (end && sysroot_is_live(r->place->root) &&
	    os_licence_is_over(end, clock_format_utc(clock_wall_ns(), today)))
		inventory_problem(r->inventory, class, "licence-over",
				  "the licence of the system ended on %s", end);
}

/*
 * LoongArch has two worlds of programs that do not run in each other. Which this is, the dynamic
 * loader tells; the kernel of the old world is that of the makers, 4.19.
 */
static void add_abi_world(const struct reading *r)
{
	const char *machine = sysroot_fact(r->place->root, "uname.machine");
	const char *loaders = sysroot_fact(r->place->root, "abi.loaders");
	const char *release = sysroot_fact(r->place->root, "uname.release");
	const char *world = loaders ? os_loongarch_world(loaders) : NULL;

	if (!machine || strcmp(machine, "loongarch64") != 0)
		return;
	if (world)
		component_text(r->inventory, r->component, "abi_world", world, "abi.loaders",
			       CERTAINTY_CERTAIN);
	else if (release)
		component_text(r->inventory, r->component, "abi_world",
			       text_starts(release, "4.19.") ? "old" : "new", "uname.release",
			       CERTAINTY_LIKELY);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct reading r = { .place = place, .inventory = inventory };
	struct os_texts texts = { .files = "" };

	(void)err;
	r.component = inventory_add(inventory, class, "os/0", NULL);
	if (load(&r, "etc/os-release", &texts.release) ||
	    load(&r, "usr/lib/os-release", &texts.release))
		add_os_release(&r, &texts.release);
	if (load(&r, "etc/.kyinfo", &texts.kyinfo)) {
		add(&r, &texts.kyinfo, "dist_id", "distribution_id");
		add(&r, &texts.kyinfo, "milestone", "milestone");
	}
	add_licence(&r, &texts.kyinfo);
	if (load(&r, "etc/os-version", &texts.version)) {
		add(&r, &texts.version, "EditionName", "edition");
		add(&r, &texts.version, "MinorVersion", "minor_version");
		add(&r, &texts.version, "OsBuild", "build");
	}
	add_release_lines(&r);
	texts.files = release_files(&r);
	if (r.component->attribute) {
		os_product(place, inventory, r.component, &texts);
		add_abi_world(&r);
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	} else {
		inventory_class(inventory, class, PRESENCE_ABSENT,
				"no etc/os-release, usr/lib/os-release or other release file");
	}
	return 0;
}

static const char *const reads[] = {
	"etc/os-release",     "usr/lib/os-release",    "etc/.kyinfo",	     "etc/os-version",
	"etc/LICENSE",
	"etc/kylin-release",  "etc/nfs-release",       "etc/openEuler-release",
	"etc/anolis-release", "etc/uos-version",       "etc/deepin-version",
	"etc/nfs/info",
	NULL,
};

const struct probe probe_os = {
	.name = class,
	.summary = N_("the operating system: product, version, service pack, licence end"),
	.reads = reads,
	.scan = scan,
};
