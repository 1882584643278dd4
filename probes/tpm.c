/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trusted computing: what the kernel drives (TPM and TCM), what ACPI announces, with a driver or
 * without one, and SMBIOS type 43. Which ACPI ids and vendor codes mean what is told by tpm.tsv.
 */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/base/text.h"
#include "harness/sys/pack.h"
#include "probes/dmi.h"
#include "probes/look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_(text) (text)
#define TPM_FOLDER "sys/class/tpm"
#define TCM_FOLDER "sys/class/tcm"
#define MISC_FOLDER "sys/class/misc"	/* where drivers of the first TCM chips register */
#define ACPI_FOLDER "sys/bus/acpi/devices"
#define OWN_GLOB "sys/class/*/tcm[0-9]*"	/* some drivers have a class of their own */
#define DEVICE_FOLDER "dev"
#define PLACES                                                                                     \
	TPM_FOLDER ", " TCM_FOLDER ", " MISC_FOLDER "/tcm*, " OWN_GLOB ", dev/tcm*, dev/tpm*, "    \
	ACPI_FOLDER ", SMBIOS type 43"

static const char class[] = "tpm";

enum { KIND = 2, NAME, MAKER };	/* columns of tpm.tsv */

/* A device that ACPI announces: its name ("HYGT0201:00") and its row in the table. */
struct announced {
	char *name;
	size_t row;
	bool driven;	/* a device of the kernel stands for it */
};

struct search {
	struct ids ids;
	struct announced *device;
	size_t count, capacity;
};

static long find(const struct ids *ids, const char *scheme, const char *key, size_t key_size)
{
	char text[16];

	snprintf(text, sizeof(text), "%.*s", (int)key_size, key);
	return ids_find(ids, (const char *[]){ scheme, text });
}

static void add(struct look *look, const char *attribute, const char *text, const char *source,
		enum certainty certainty)
{
	if (*text)
		component_text(look->inventory, look->component, attribute, text, source,
			       certainty);
}

/* A kind of two words ("TPM or TCM") is one id for both. */
static void add_row(struct look *look, const struct ids *ids, size_t row)
{
	const char *kind = ids_at(ids, row, KIND);

	add(look, "kind", kind, ids->source,
	    strstr(kind, " or ") ? CERTAINTY_AMBIGUOUS : CERTAINTY_LIKELY);
	add(look, "name", ids_at(ids, row, NAME), ids->source, CERTAINTY_LIKELY);
	add(look, "maker", ids_at(ids, row, MAKER), ids->source, CERTAINTY_LIKELY);
}

/* The firmware keeps devices in its tables that this board does not have: their status is 0. */
static bool is_there(struct look *look)
{
	int64_t status;

	return !look_value(look, "status", &status) || (status & 1) != 0;
}

/*
 * The name of the device begins with its own id; what else it can be driven as stands behind that in
 * "acpi:STM7308:MSFT0101:".
 */
static long find_compatible(struct look *look, const struct ids *ids, const char *name)
{
	AUTO(buf_release) struct buf line = BUF_INIT;
	long row = find(ids, "acpi", name, strcspn(name, ":"));
	const char *id;

	if (row >= 0 || !look_line(look, "modalias", &line) || !text_starts(line.data, "acpi:"))
		return row;
	for (id = strchr(line.data, ':'); row < 0 && id && *++id; id = strchr(id, ':'))
		row = find(ids, "acpi", id, strcspn(id, ":"));
	return row;
}

static void find_announced(struct look *look, struct search *search)
{
	AUTO(sysroot_names_release) struct sysroot_names names = { .count = 0 };
	size_t i;

	if (sysroot_list(look->place->root, ACPI_FOLDER, &names, NULL) < 0)
		return;
	for (i = 0; i < names.count; i++) {
		const char *name = names.name[i];
		long row;

		look_at(look, ACPI_FOLDER "/%s", name);
		row = find_compatible(look, &search->ids, name);
		if (row < 0 || !is_there(look))
			continue;
		search->device = mem_grow(search->device, &search->capacity, search->count + 1,
					  sizeof(*search->device));
		search->device[search->count++] = (struct announced){
			.name = mem_strdup(name), .row = (size_t)row };
	}
}

/* Of ".../STM7308:00/tpm/tpm0" the device that has the class, where it is one of ACPI's. */
static void add_unlisted(struct look *look, struct buf *real)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	char *slash = strrchr(real->data, '/');
	const char *name;

	if (!slash)
		return;
	buf_cut(real, (size_t)(slash - real->data));
	slash = strrchr(real->data, '/');
	buf_cut(real, slash ? (size_t)(slash - real->data) : 0);
	slash = strrchr(real->data, '/');
	name = slash ? slash + 1 : "";
	buf_addf(&path, ACPI_FOLDER "/%s", name);
	if (strchr(name, ':') && sysroot_exists(look->place->root, path.data))
		add(look, "acpi_id", name, ACPI_FOLDER, CERTAINTY_CERTAIN);
}

/* The device of the kernel hangs below the one of ACPI, or below a bus device of that name. */
static void match_announced(struct look *look, struct search *search)
{
	AUTO(buf_release) struct buf real = BUF_INIT;
	size_t i;

	if (sysroot_real_path(look->place->root, look->folder, &real, NULL) < 0)
		return;
	for (i = 0; i < search->count; i++) {
		struct announced *device = &search->device[i];

		if (device->driven || !strstr(real.data, device->name))
			continue;
		device->driven = true;
		add(look, "acpi_id", device->name, ACPI_FOLDER, CERTAINTY_CERTAIN);
		add_row(look, &search->ids, device->row);
		return;
	}
	add_unlisted(look, &real);
}

/* What drives it knows what it is, where the id may stand for both. */
static void add_kind(struct look *look, const char *kind, const char *source,
		     enum certainty certainty)
{
	const struct attribute *id = component_attribute(look->component, "kind");
	AUTO(buf_release) struct buf both = BUF_INIT, sources = BUF_INIT;

	if (!id || id->certainty < CERTAINTY_LIKELY || !strcmp(id->text, kind)) {
		add(look, "kind", kind, source, certainty);
		return;
	}
	buf_addf(&both, "%s or %s", id->text, kind);
	buf_addf(&sources, "%s, %s", id->source, source);
	add(look, "kind", both.data, sources.data, CERTAINTY_CONTRADICTORY);
}

static void add_driven(struct look *look, const char *name)
{
	bool is_tcm = text_starts(name, "tcm");
	AUTO(buf_release) struct buf id = BUF_INIT;
	const char *driver;

	if (text_starts(look->folder, MISC_FOLDER) && !is_tcm)
		return;
	buf_addf(&id, "tpm/%s", name);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	match_announced(look, look->context);
	look_number(look, "version_major", "tpm_version_major");
	look_link_name(look, "driver", "device/driver");
	driver = component_get_text(look->component, "driver");
	if (is_tcm || (driver && text_starts(driver, "tcm")))
		add_kind(look, "TCM", look->path, CERTAINTY_CERTAIN);
	else if (!component_attribute(look->component, "kind") || driver)
		add_kind(look, "TPM", look->folder, driver ? CERTAINTY_CERTAIN : CERTAINTY_LIKELY);
}

static bool is_known(const struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;

	buf_addf(&id, "tpm/%s", name);
	return inventory_find(look->inventory, id.data) != NULL;
}

static void add_of_own_class(struct look *look)
{
	AUTO(sysroot_names_release) struct sysroot_names paths = { .count = 0 };
	size_t i;

	if (sysroot_glob(look->place->root, OWN_GLOB, &paths, NULL) < 0)
		return;
	for (i = 0; i < paths.count; i++) {
		const char *name = strrchr(paths.name[i], '/') + 1;

		look_at(look, "%s", paths.name[i]);
		if (!is_known(look, name))
			add_driven(look, name);
	}
}

/* A driver without any class has a device all the same; it is not opened. */
static void add_device(struct look *look, const char *name)
{
	AUTO(buf_release) struct buf id = BUF_INIT;
	bool is_tcm = text_starts(name, "tcm");

	if ((!is_tcm && !text_starts(name, "tpm")) ||
	    name[3 + strspn(name + 3, "0123456789")] || is_known(look, name))
		return;
	buf_addf(&id, "tpm/%s", name);
	look->component = inventory_add(look->inventory, class, id.data, NULL);
	add(look, "kind", is_tcm ? "TCM" : "TPM", look->folder, CERTAINTY_LIKELY);
}

static void add_idle(struct look *look, const struct search *search)
{
	size_t i;

	for (i = 0; i < search->count; i++) {
		AUTO(buf_release) struct buf id = BUF_INIT;

		if (search->device[i].driven)
			continue;
		buf_addf(&id, "tpm/acpi/%s", search->device[i].name);
		look->component = inventory_add(look->inventory, class, id.data, NULL);
		add(look, "acpi_id", search->device[i].name, ACPI_FOLDER, CERTAINTY_CERTAIN);
		add_row(look, &search->ids, search->device[i].row);
		inventory_problem(look->inventory, class, "no-driver",
				  "ACPI announces %s and no driver has taken it",
				  search->device[i].name);
	}
}

/* The vendor is four letters of the TCG's registry, filled up with zeros or blanks. */
static void add_smbios(struct look *look, const struct smbios_structure *s,
		       const struct search *search)
{
	static const size_t vendor_at = 0x04, vendor_size = 4;
	struct dmi_target target = { .inventory = look->inventory, .structure = s,
				     .source = "smbios type 43" };
	size_t size = vendor_size;
	const char *vendor;
	uint8_t major, minor;
	long row;

	target.component = look->component =
		inventory_add(look->inventory, class, "tpm/smbios", NULL);
	if (s->length >= vendor_at + vendor_size) {
		vendor = (const char *)s->data + vendor_at;
		while (size && (!vendor[size - 1] || vendor[size - 1] == ' '))
			size--;
		component_bytes(look->inventory, look->component, "vendor_id", vendor, size,
				target.source, CERTAINTY_LIKELY);
		row = find(&search->ids, "tcg", vendor, size);
		if (row >= 0)
			add_row(look, &search->ids, (size_t)row);
	}
	if (smbios_u8(s, 0x08, &major) && smbios_u8(s, 0x09, &minor)) {
		dmi_number(&target, "version_major", major);
		dmi_number(&target, "version_minor", minor);
	}
	if (!dmi_text(&target, "description", 0x12, DMI_OPTIONAL))
		return;
	/* The registry tells of makers, who make both; the description tells which this is. */
	if (text_contains_nocase(component_get_text(look->component, "description"), "TCM"))
		add(look, "kind", "TCM", target.source, CERTAINTY_LIKELY);
}

static void scan_smbios(struct look *look, const struct dmi *dmi, const struct search *search)
{
	struct smbios_walk walk = dmi_walk(dmi);
	struct smbios_structure s;

	while (smbios_next(&walk, &s)) {
		if (s.type == SMBIOS_TPM)
			add_smbios(look, &s, search);
	}
	dmi_end(&walk, look->inventory, class);
}

static void search_release(struct search *search)
{
	size_t i;

	for (i = 0; i < search->count; i++)
		free(search->device[i].name);
	free(search->device);
	ids_release(&search->ids);
}

static int scan(const struct probe_place *place, struct inventory *inventory, struct err *err)
{
	static const char *const folder[] = { TPM_FOLDER, TCM_FOLDER, MISC_FOLDER };
	AUTO(search_release) struct search search = { .ids = IDS_INIT };
	AUTO(dmi_release) struct dmi dmi = DMI_INIT;
	struct look look = { .place = place, .inventory = inventory, .class = class,
			     .context = &search };
	enum presence presence;
	size_t i;
	int code;

	look_table(&look, &pack_tpm, &search.ids);
	find_announced(&look, &search);
	for (i = 0; i < ARRAY_SIZE(folder); i++) {
		code = look_each(&look, folder[i], add_driven, N_("none there"), err);
		if (code < 0)
			return code;
	}
	add_of_own_class(&look);
	code = look_each(&look, DEVICE_FOLDER, add_device, N_("none there"), err);
	if (code < 0)
		return code;
	add_idle(&look, &search);
	presence = dmi_read(&dmi, place);
	if (presence == PRESENCE_PRESENT)
		scan_smbios(&look, &dmi, &search);
	dmi_class(&dmi, presence, inventory, class, PLACES);
	return 0;
}

static const char *const reads[] = {
	TPM_FOLDER "/*",
	TPM_FOLDER "/*/tpm_version_major",
	TPM_FOLDER "/*/device/driver",
	TCM_FOLDER "/*",
	TCM_FOLDER "/*/device/driver",
	MISC_FOLDER "/tcm*",
	MISC_FOLDER "/tcm*/device/driver",
	OWN_GLOB,
	OWN_GLOB "/device/driver",
	DEVICE_FOLDER "/tcm*",
	DEVICE_FOLDER "/tpm*",
	ACPI_FOLDER "/*",
	ACPI_FOLDER "/*/status",
	ACPI_FOLDER "/*/modalias",
	DMI_TABLE,
	DMI_ENTRY,
	NULL,
};

const struct probe probe_tpm = {
	.name = class,
	.summary = N_("trusted computing: TPM and TCM"),
	.reads = reads,
	.scan = scan,
};
