/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound cards, and the codecs of HD Audio: the kernel names both in sysfs since Linux 4.1. */
#include "harness/base/auto.h"
#include "harness/base/text.h"
#include "probes/look.h"

#include <stdio.h>
#include <string.h>

#define N_(text) (text)
#define CARDS "sys/class/sound"
#define CODECS "sys/bus/hdaudio/devices"

static const char class[] = "audio";

static void add_card(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;

	if (!text_starts(name, "card") || !look_has_hardware(look))
		return;
	look_pci_parent(look, false, &parent);
	buf_addf(&id, "audio/%s", name);
	look->component = inventory_add(look->inventory, class, id.data,
					parent.size ? parent.data : NULL);
	look_text(look, "name", "id");
	look_link_name(look, "driver", "device/driver");
}

/* The upper half of a codec's number is the PCI id of its vendor, as the lower half is the part. */
static void add_codec_id(struct look *look)
{
	char text[8];
	int64_t number;

	if (!look_value(look, "vendor_id", &number) || number <= 0 || number > UINT32_MAX)
		return;
	snprintf(text, sizeof(text), "%04x", (unsigned int)(number >> 16));
	component_text(look->inventory, look->component, "vendor_id", text, look->path,
		       CERTAINTY_CERTAIN);
	snprintf(text, sizeof(text), "%04x", (unsigned int)(number & 0xffff));
	component_text(look->inventory, look->component, "device_id", text, look->path,
		       CERTAINTY_CERTAIN);
}

/* "hdaudioC0D2" is the codec 2 on card 0. */
static void add_codec(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	AUTO(buf_release) struct buf parent = BUF_INIT;
	unsigned int card, codec;

	if (sscanf(name, "hdaudioC%uD%u", &card, &codec) != 2)
		return;
	buf_addf(&parent, "audio/card%u", card);
	buf_addf(&id, "%s/codec%u", parent.data, codec);
	look->component = inventory_add(look->inventory, class, id.data, parent.data);
	add_codec_id(look);
	look_text(look, "subsystem_id", "subsystem_id");
	look_name(look, "vendor", "vendor_name");
	look_name(look, "model", "chip_name");
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	static const char none[] = N_("no sound card with hardware behind it");
	struct look look = { .place = place, .inventory = inventory, .class = class };
	int code = look_each(&look, CODECS, add_codec, none, err);

	return code < 0 ? code : look_each(&look, CARDS, add_card, none, err);
}

static const char *const reads[] = {
	CARDS "/card*",
	CARDS "/card*/id",
	CARDS "/card*/device/driver",
	CODECS "/*",
	CODECS "/*/vendor_id",
	CODECS "/*/subsystem_id",
	CODECS "/*/vendor_name",
	CODECS "/*/chip_name",
	NULL,
};

const struct probe probe_audio = {
	.name = class,
	.summary = N_("sound cards and their codecs"),
	.reads = reads,
	.scan = scan,
};
