/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Displays: connectors with something behind them, and what its EDID says. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "harness/model/placeholder.h"
#include "harness/sys/pack.h"
#include "probes/edid.h"
#include "probes/look.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define N_(text) (text)
#define FOLDER "sys/class/drm"

static const char class[] = "display";

enum { NAME = 1, MAKER };	/* columns of pnp.tsv */

/* "card0-HDMI-A-1" -> "HDMI-A-1"; NULL for a card, a render node, a writeback connector. */
static const char *connector_of(const char *name)
{
	if (!text_starts(name, "card"))
		return NULL;
	name += strlen("card");
	while (isdigit((unsigned char)*name))
		name++;
	return *name == '-' && !text_starts(name, "-Writeback") ? name + 1 : NULL;
}

static void add_text(struct look *look, const char *attribute, const char *text)
{
	if (*text)
		component_bytes(look->inventory, look->component, attribute, text, strlen(text),
				look->path,
				inventory_is_placeholder(look->inventory, text, strlen(text))
					? CERTAINTY_UNKNOWN : CERTAINTY_CERTAIN);
}

static void add_number(struct look *look, const char *attribute, int64_t number)
{
	if (number)
		component_number(look->inventory, look->component, attribute, number, look->path,
				 CERTAINTY_CERTAIN);
}

static void add_maker(struct look *look, const char *pnp_id)
{
	AUTO(ids_release) struct ids ids = IDS_INIT;
	long row;

	add_text(look, "pnp_id", pnp_id);
	look_table(look, &pack_pnp, &ids);
	row = ids_find(&ids, &pnp_id);
	if (row < 0)
		return;
	component_text(look->inventory, look->component, "vendor", ids_at(&ids, (size_t)row, NAME),
		       ids.source, CERTAINTY_LIKELY);
	component_text(look->inventory, look->component, "maker", ids_at(&ids, (size_t)row, MAKER),
		       ids.source, CERTAINTY_LIKELY);
}

/* Panels of laptops have no name descriptor; their model is the last free text. */
static void add_model(struct look *look, const struct edid *edid)
{
	if (*edid->name)
		add_text(look, "model", edid->name);
	else if (*edid->text)
		component_bytes(look->inventory, look->component, "model", edid->text,
				strlen(edid->text), look->path, CERTAINTY_LIKELY);
}

static void add_edid(struct look *look, const struct edid *edid)
{
	char text[16];

	snprintf(text, sizeof(text), "%04x", edid->product);
	add_text(look, "product_id", text);
	add_model(look, edid);
	snprintf(text, sizeof(text), "0x%08x", edid->serial);
	if (*edid->serial_text)
		add_text(look, "serial", edid->serial_text);
	else if (edid->serial)
		add_text(look, "serial", text);
	snprintf(text, sizeof(text), "%u.%u", edid->version, edid->revision);
	add_text(look, "edid_version", text);
	add_number(look, edid->is_model_year ? "model_year" : "made_year", edid->year);
	add_number(look, "made_week", edid->week);
	add_number(look, "width_mm", edid->width_mm);
	add_number(look, "height_mm", edid->height_mm);
	add_number(look, "width_pixels", edid->width);
	add_number(look, "height_pixels", edid->height);
	if (*edid->maker)
		add_maker(look, edid->maker);
}

/* An empty file is no problem: the display has no EDID, or the cable does not carry it. */
static void read_edid(struct look *look)
{
	AUTO(buf_release) struct buf bytes = BUF_INIT;
	struct err err = ERR_INIT;
	enum edid_state state;
	struct edid edid;
	int code;

	snprintf(look->path, sizeof(look->path), "%s/edid", look->folder);
	code = sysroot_read(look->place->root, look->path, &bytes, &err);
	if (code < 0 && code != ERR_NOT_FOUND)
		inventory_problem(look->inventory, class, "edid-unreadable", "%s", err.plain);
	if (code < 0 || !bytes.size)
		return;
	state = edid_parse(bytes.data, bytes.size, &edid);
	if (state == EDID_GOOD)
		add_edid(look, &edid);
	else
		inventory_problem(look->inventory, class, "edid-damaged", "%s: %s (%zu bytes)",
				  look->path, edid_state_text(state), bytes.size);
}

static void add(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf status = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	AUTO(buf_release) struct buf id = BUF_INIT;
	const char *connector = connector_of(name);

	/* "unknown": an analogue output that cannot feel whether something is there. */
	if (!connector || !look_line(look, "status", &status) ||
	    !strcmp(status.data, "disconnected"))
		return;
	look_pci_parent(look, false, &parent);
	buf_addf(&id, "display/%s", connector);
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	component_text(look->inventory, look->component, "connector", connector, look->folder,
		       CERTAINTY_CERTAIN);
	look_text(look, "status", "status");
	read_edid(look);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	struct look look = { .place = place, .inventory = inventory, .class = class };

	return look_each(&look, FOLDER, add, N_("no connector has a display"), err);
}

static const char *const reads[] = {
	FOLDER "/card*-*",
	FOLDER "/card*-*/status",
	FOLDER "/card*-*/edid",
	NULL,
};

const struct probe probe_display = {
	.name = class,
	.summary = N_("displays: maker, model, size, by their EDID"),
	.reads = reads,
	.scan = scan,
};
