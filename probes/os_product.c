/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/os_product.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/sys/pack.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char class[] = "os";

enum { PRODUCT = 3, MAKER = 4, SERVICE_PACK = 2 };

struct naming {
	const struct probe_place *place;
	struct inventory *inventory;
	struct component *component;
	const struct os_texts *texts;
};

static void open_table(const struct naming *naming, const struct ids_table *table, struct ids *ids)
{
	struct err err = ERR_INIT;

	if (pack_read(ids, naming->place->ids, table, &err) < 0) {
		ids_release(ids);
		inventory_problem(naming->inventory, class, "no-names", "%s", err.plain);
	}
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *const edition[] = { "desktop", "server", "桌面", "服务器" };

/* NAME and PRETTY_NAME; and where they name no edition, what VERSION and the other files say of it. */
static void name_of(const struct naming *naming, struct buf *name)
{
	const struct os_texts *texts = naming->texts;
	const char *const words[] = {
		pairs_get(&texts->release, "VERSION"), pairs_get(&texts->version, "ProductType"), pairs_get(&texts->version, "SystemName"),
		component_get_text(naming->component, "release_line"),
	};
	size_t i;

	buf_addf(name, "%s %s", or_empty(pairs_get(&texts->release, "NAME")),
		 or_empty(pairs_get(&texts->release, "PRETTY_NAME")));
	for (i = 0; i < ARRAY_SIZE(edition); i++) {
		if (text_contains_nocase(name->data, edition[i]))
			return;
	}
	for (i = 0; i < ARRAY_SIZE(words); i++)
		buf_addf(name, " %s", or_empty(words[i]));
}

/* A system that no row knows is called what it calls itself; whose it is, nothing says. */
static const char *add_own_name(const struct naming *naming)
{
	const struct pairs *os = &naming->texts->release;
	const char *name = pairs_get(os, "NAME");

	if (name)
		component_text(naming->inventory, naming->component, "product", name, os->source,
			       CERTAINTY_LIKELY);
	return name;
}

static const char *add_product(const struct naming *naming)
{
	const struct pairs *os = &naming->texts->release;
	AUTO(ids_release) struct ids ids = IDS_INIT;
	AUTO(buf_release) struct buf name = BUF_INIT;
	const char *product;
	long row;

	open_table(naming, &pack_os, &ids);
	name_of(naming, &name);
	row = ids_find(&ids, (const char *[]){ or_empty(pairs_get(os, "ID")), name.data,
					       naming->texts->files });
	if (row < 0)
		return add_own_name(naming);
	product = arena_strdup(&naming->inventory->arena, ids_at(&ids, (size_t)row, PRODUCT));
	component_text(naming->inventory, naming->component, "product", product, ids.source,
		       CERTAINTY_LIKELY);
	component_text(naming->inventory, naming->component, "maker",
		       ids_at(&ids, (size_t)row, MAKER), ids.source, CERTAINTY_LIKELY);
	return product;
}

/* "SP2" of "24.03 (LTS-SP2)", "10-SP1-Release-Build04", "V10SP2"; empty where there is none. */
static void find_number(const char *text, char out[8])
{
	const char *at;

	out[0] = 0;
	for (at = text; at && (at = strstr(at, "SP")) != NULL; at += 2) {
		if (isdigit((unsigned char)at[2]) && (at == text || !isalpha((unsigned char)at[-1]))) {
			snprintf(out, 8, "SP%.*s", (int)strspn(at + 2, "0123456789"), at + 2);
			return;
		}
	}
}

/* What the code name of the version stands for, into `out`. */
static void look_up(const struct naming *naming, const char *product, struct buf *out)
{
	AUTO(ids_release) struct ids ids = IDS_INIT;
	long row;

	open_table(naming, &pack_os_versions, &ids);
	row = ids_find(&ids, (const char *[]){
		product, or_empty(pairs_get(&naming->texts->release, "VERSION")) });
	if (row >= 0)
		buf_adds(out, ids_at(&ids, (size_t)row, SERVICE_PACK));
}

static void add_service_pack(const struct naming *naming, const char *product)
{
	const struct os_texts *texts = naming->texts;
	const struct {
		const struct pairs *pairs;
		const char *key;
	} row[] = {
		{ &texts->release, "PROJECT_CODENAME" },	/* Kylin desktop's */
		{ &texts->release, "VERSION" }, { &texts->kyinfo, "milestone" },
		{ &texts->kyinfo, "dist_id" }, { &texts->release, "PRETTY_NAME" },
	};
	AUTO(buf_release) struct buf named = BUF_INIT;
	AUTO(buf_release) struct buf both = BUF_INIT;
	char number[8] = "";
	size_t i;

	look_up(naming, product, &named);
	for (i = 0; !number[0] && i < ARRAY_SIZE(row); i++)
		find_number(pairs_get(row[i].pairs, row[i].key), number);
	i -= number[0] != 0;
	if (number[0] && named.size && strncmp(named.data, number, strlen(number)) != 0) {
		buf_addf(&both, "%s or %s", number, named.data);
		component_text(naming->inventory, naming->component, "service_pack", both.data,
			       row[i].pairs->source, CERTAINTY_CONTRADICTORY);
	} else if (named.size) {
		component_text(naming->inventory, naming->component, "service_pack", named.data,
			       pack_os_versions.file, CERTAINTY_LIKELY);
	} else if (number[0]) {
		component_text(naming->inventory, naming->component, "service_pack", number,
			       row[i].pairs->source, CERTAINTY_CERTAIN);
	}
}

void os_product(const struct probe_place *place, struct inventory *inventory,
		struct component *component, const struct os_texts *texts)
{
	const struct naming naming = { .place = place, .inventory = inventory,
				       .component = component, .texts = texts };
	const char *product = add_product(&naming);

	add_service_pack(&naming, or_empty(product));
}

const char *os_loongarch_world(const char *loaders)
{
	bool old = strstr(loaders, "/lib64/ld.so.1") != NULL;
	bool new = strstr(loaders, "/lib64/ld-linux-loongarch-lp64d.so.1") != NULL;

	if (new)
		return old ? "new and old" : "new";
	return old ? "old" : NULL;
}

/* Eight figures, whatever stands between. */
static bool figures_of(const char *date, char out[9])
{
	size_t count = 0;

	for (; *date && count < 8; date++) {
		if (isdigit((unsigned char)*date))
			out[count++] = *date;
		else if (!strchr("-/.", *date))
			break;
	}
	out[count] = 0;
	return count == 8;
}

bool os_licence_is_over(const char *end, const char *today)
{
	char last[9], now[9];

	return figures_of(end, last) && figures_of(today, now) && strcmp(last, now) < 0;
}
