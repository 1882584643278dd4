/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The operating system. Which product it is, is not in os-release alone: Kylin's desktop and server
 * systems share ID=kylin, UOS keeps its minor version in os-version, and some products have only a
 * release file. A product is told by rules, in order; the raw texts are kept beside.
 */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "probes/look.h"
#include "probes/pairs.h"

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

struct product {
	const char *id;		/* ID of os-release, compared without case */
	const char *name_part;	/* of NAME or PRETTY_NAME, without case; NULL: any */
	const char *file;	/* must be there; NULL: none */
	const char *product;
};

static const struct product products[] = {
	{ NULL, NULL, "etc/nfs-release", "NFS Desktop" },
	{ "kylin", "Advanced Server", NULL, "Kylin Linux Advanced Server" },
	{ "kylin", NULL, "etc/kylin-release", "Kylin Linux Advanced Server" },
	{ "kylin", NULL, NULL, "Kylin Desktop" },
	{ "uos", "Server", NULL, "UOS Server" },
	{ "uos", NULL, NULL, "UOS Desktop" },
	{ "deepin", NULL, NULL, "deepin" },
	{ "openEuler", NULL, NULL, "openEuler" },
	{ "openkylin", NULL, NULL, "openKylin" },
	{ "anolis", NULL, NULL, "Anolis OS" },
	{ "loongnix", NULL, NULL, "Loongnix" },
	{ "loongnix-server", NULL, NULL, "Loongnix-Server" },
	{ "tencentos", NULL, NULL, "TencentOS" },
	{ "ubuntu", "Kylin", NULL, "Ubuntu Kylin" },
};

static bool fits(const struct reading *r, const struct product *product, const struct pairs *os)
{
	const char *id = pairs_get(os, "ID");
	const char *name = pairs_get(os, "NAME");
	const char *pretty = pairs_get(os, "PRETTY_NAME");

	if (product->id && (!id || !text_equal_nocase(id, product->id)))
		return false;
	if (product->name_part && !(name && text_contains_nocase(name, product->name_part)) &&
	    !(pretty && text_contains_nocase(pretty, product->name_part)))
		return false;
	return !product->file || sysroot_exists(r->place->root, product->file);
}

static void add_product(const struct reading *r, const struct pairs *os)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(products); i++) {
		if (!fits(r, &products[i], os))
			continue;
		component_text(r->inventory, r->component, "product", products[i].product,
			       products[i].file ? products[i].file : os->source, CERTAINTY_LIKELY);
		return;
	}
}

/* One line of a release file, kept as it is. */
static void add_release_lines(const struct reading *r)
{
	static const char *const file[] = { "kylin-release", "nfs-release", "openEuler-release",
					    "anolis-release", "uos-version", "deepin-version" };
	struct look look = { .place = r->place, .inventory = r->inventory, .class = class,
			     .component = r->component };
	size_t i;

	look_at(&look, "etc");
	for (i = 0; i < ARRAY_SIZE(file); i++) {
		if (look_text(&look, "release_line", file[i]))
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
	/* Kylin desktop: the service pack and the update level stand here only. */
	add(r, os, "PROJECT_CODENAME", "service_pack");
	add(r, os, "KYLIN_RELEASE_ID", "update_level");
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct reading r = { .place = place, .inventory = inventory };
	struct pairs os = PAIRS_INIT, kyinfo = PAIRS_INIT, version = PAIRS_INIT;
	bool found;

	(void)err;
	r.component = inventory_add(inventory, class, "os/0", NULL);
	found = load(&r, "etc/os-release", &os) || load(&r, "usr/lib/os-release", &os);
	if (found)
		add_os_release(&r, &os);
	if (load(&r, "etc/.kyinfo", &kyinfo)) {
		/* The file also holds the licence key, which is not read out. */
		add(&r, &kyinfo, "dist_id", "distribution_id");
		add(&r, &kyinfo, "milestone", "milestone");
		add(&r, &kyinfo, "term", "licence_end");
	}
	if (load(&r, "etc/os-version", &version)) {
		add(&r, &version, "EditionName", "edition");
		add(&r, &version, "MinorVersion", "minor_version");
		add(&r, &version, "OsBuild", "build");
	}
	add_release_lines(&r);
	add_product(&r, &os);
	if (r.component->attribute)
		inventory_class(inventory, class, PRESENCE_PRESENT, NULL);
	else
		inventory_class(inventory, class, PRESENCE_ABSENT,
				"no etc/os-release, usr/lib/os-release or other release file");
	return 0;
}

static const char *const reads[] = {
	"etc/os-release",     "usr/lib/os-release",    "etc/.kyinfo",	     "etc/os-version",
	"etc/kylin-release",  "etc/nfs-release",       "etc/openEuler-release",
	"etc/anolis-release", "etc/uos-version",       "etc/deepin-version",
	NULL,
};

const struct probe probe_os = {
	.name = class,
	.summary = N_("the operating system: product, version, service pack, licence end"),
	.reads = reads,
	.scan = scan,
};
