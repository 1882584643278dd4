/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/pack.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/sys/disk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_SIZE_MAX = 8 << 20 };

/* --- the tables: docs/formats/data.md says what the columns mean -------------------------------- */

#define COLUMNS(...) (const struct ids_column[]){ __VA_ARGS__, { NULL, IDS_VALUE } }
#define EXACT(name) { name, IDS_EXACT }
#define GLOB(name) { name, IDS_GLOB }
#define VALUE(name) { name, IDS_VALUE }
#define RANGE(name) { name, IDS_VALUE_RANGE }
#define DATE(name) { name, IDS_VALUE_DATE }
#define INTEGER(name) { name, IDS_VALUE_INTEGER }
#define MAKER { "maker", IDS_VALUE_MAKER }
#define WORDS(...) (const struct ids_words[]){ __VA_ARGS__, { NULL, NULL } }
#define FORMS(...) (const struct ids_form[]){ __VA_ARGS__, { NULL, NULL, NULL } }

const struct ids_table pack_board_makers = {
	.file = "board-makers.tsv",
	.column = COLUMNS(GLOB("text"), MAKER),
};

const struct ids_table pack_changes = {
	.file = "changes.tsv",
	.column = COLUMNS(GLOB("class"), GLOB("change"), GLOB("attribute"), VALUE("breaks"),
			  VALUE("again"), VALUE("why"), VALUE("why_zh")),
};

const struct ids_table pack_cpu_implementers = {
	.file = "cpu-implementers.tsv",
	.column = COLUMNS(EXACT("implementer"), VALUE("chips"), MAKER),
	.words = WORDS({ "chips", "own|any" }),
	.forms = FORMS({ "implementer", NULL, "hh" }),
};

const struct ids_table pack_cpu_makers = {
	.file = "cpu-makers.tsv",
	.column = COLUMNS(GLOB("text"), MAKER),
};

const struct ids_table pack_cpu_models = {
	.file = "cpu-models.tsv",
	.column = COLUMNS(EXACT("series"), RANGE("cores"), RANGE("threads_per_core")),
};

const struct ids_table pack_cpu_names = {
	.file = "cpu-names.tsv",
	.column = COLUMNS(GLOB("name"), MAKER, VALUE("line"), VALUE("series"),
			  VALUE("model_from"), VALUE("sku_after")),
};

const struct ids_table pack_cpus = {
	.file = "cpus.tsv",
	.column = COLUMNS(EXACT("kind"), GLOB("key"), RANGE("cpus"), RANGE("kinds"),
			  MAKER, VALUE("line"), VALUE("series"), VALUE("core")),
	.many = true,
	.words = WORDS({ "kind", "cpuid|machine|midr|prid" }),
	.forms = FORMS({ "key", "midr", "hh/hhh" }, { "key", "prid", "hhhhhhhh" }),
};

const struct ids_table pack_firmware = {
	.file = "firmware.tsv",
	.column = COLUMNS(GLOB("vendor"), GLOB("version"), VALUE("family"), MAKER),
};

const struct ids_table pack_os = {
	.file = "os.tsv",
	.column = COLUMNS(GLOB("id"), GLOB("name"), GLOB("files"), VALUE("product"),
			  MAKER),
};

const struct ids_table pack_os_versions = {
	.file = "os-versions.tsv",
	.column = COLUMNS(EXACT("product"), GLOB("version"), VALUE("service_pack")),
};

const struct ids_table pack_hypervisors = {
	.file = "hypervisors.tsv",
	.column = COLUMNS(EXACT("kind"), GLOB("text"), VALUE("name")),
	.words = WORDS({ "kind", "bridge|cpuid|cpucfg|seller|smbios|devicetree|xen" }),
};

const struct ids_table pack_jedec = {
	.file = "jedec.tsv",
	.column = COLUMNS(EXACT("bank"), EXACT("id"), MAKER),
	.forms = FORMS({ "bank", NULL, "n|nd|ndd" }, { "id", NULL, "0xoh" }),	/* no parity */
};

const struct ids_table pack_memory_names = {
	.file = "memory-names.tsv",
	.column = COLUMNS(EXACT("kind"), GLOB("text"), MAKER),
	.words = WORDS({ "kind", "brand|name|part" }),
};

const struct ids_table pack_placeholders = {
	.file = "placeholders.tsv",
	.column = COLUMNS(GLOB("text")),
};

const struct ids_table pack_parameters = {
	.file = "parameters.tsv",
	.column = COLUMNS(GLOB("parameter"), VALUE("values")),
};

const struct ids_table pack_pci = {
	.file = "pci.tsv",
	.column = COLUMNS(EXACT("vendor_id"), EXACT("device_id"), GLOB("class"), GLOB("subsystem"),
			  VALUE("kind"), VALUE("name"), MAKER),
	.forms = FORMS({ "vendor_id", NULL, "hhhh" }, { "device_id", NULL, "hhhh" },
		       { "class", NULL, "hhhh" }, { "subsystem", NULL, "hhhh:hhhh|" }),
};

const struct ids_table pack_pci_vendors = {
	.file = "pci-vendors.tsv",
	.column = COLUMNS(EXACT("vendor_id"), VALUE("means"), VALUE("name"), MAKER),
	.words = WORDS({ "means", "maker|ip|placeholder" }),
	.forms = FORMS({ "vendor_id", NULL, "hhhh" }),
};

const struct ids_table pack_usb = {
	.file = "usb.tsv",
	.column = COLUMNS(EXACT("vendor_id"), GLOB("device_id"), VALUE("name"), MAKER),
	.forms = FORMS({ "vendor_id", NULL, "hhhh" }, { "device_id", NULL, "hhhh" }),
};

const struct ids_table pack_disks = {
	.file = "disks.tsv",
	.column = COLUMNS(GLOB("transport"), GLOB("model"), MAKER),
	.words = WORDS({ "transport", "*|ata|fc|iscsi|mmc|nvme|nvme-of|sas|scsi|usb" }),
};

const struct ids_table pack_macs = {
	.file = "macs.tsv",
	.column = COLUMNS(GLOB("address"), VALUE("what")),
	.forms = FORMS({ "address", NULL, "hh:hh:hh:hh:hh:hh" }),
};

const struct ids_table pack_pnp = {
	.file = "pnp.tsv",
	.column = COLUMNS(EXACT("pnp_id"), VALUE("name"), MAKER),
	.forms = FORMS({ "pnp_id", NULL, "UUU" }),
};

const struct ids_table pack_tpm = {
	.file = "tpm.tsv",
	.column = COLUMNS(EXACT("scheme"), EXACT("key"), VALUE("kind"), VALUE("name"),
			  MAKER),
	.words = WORDS({ "scheme", "acpi|tcg" }, { "kind", "TPM|TCM|TPM or TCM" }),
	.forms = FORMS({ "key", "acpi", "UUUHHHH|UUUUHHHH" }, { "key", "tcg", "UU|UUU|UUUU" }),
};

const struct ids_table pack_bmc = {
	.file = "bmc.tsv",
	.column = COLUMNS(EXACT("enterprise"), VALUE("name"), MAKER),
	.forms = FORMS({ "enterprise", NULL, "n|nd|ndd|nddd|ndddd|nddddd" }),
};

const struct ids_table pack_makers = {
	.file = "makers.tsv",
	.column = COLUMNS(EXACT("maker"), VALUE("country")),
	.forms = FORMS({ "country", NULL, "UU|" }),
};

const struct ids_table pack_evaluated = {
	.file = "evaluated.tsv",
	.column = COLUMNS(EXACT("class"), GLOB("product"), GLOB("version"), GLOB("kernel"),
			  VALUE("match"), VALUE("entry"), DATE("announced"), VALUE("level"),
			  DATE("expires")),
	.many = true,
	.words = WORDS({ "class", "cpu|os" }, { "match", "product|family" }, { "level", "I|II|" }),
};

const struct ids_table pack_sensors = {
	.file = "sensors.tsv",
	.column = COLUMNS(GLOB("chip"), GLOB("channel"), GLOB("of"), INTEGER("from"),
			  INTEGER("to"), VALUE("means"), VALUE("what")),
	.words = WORDS({ "of", "value|limit" }, { "means", "not-set|not-believed|note" }),
	.many = true,
};

const struct ids_table *const pack_table[] = {
	&pack_bmc, &pack_board_makers, &pack_changes, &pack_cpu_implementers, &pack_cpu_makers,
	&pack_cpu_models, &pack_cpu_names, &pack_cpus, &pack_disks, &pack_evaluated, &pack_firmware,
	&pack_hypervisors, &pack_jedec, &pack_macs, &pack_makers, &pack_memory_names, &pack_os,
	&pack_os_versions, &pack_parameters, &pack_pci, &pack_pci_vendors, &pack_placeholders,
	&pack_pnp, &pack_sensors, &pack_tpm, &pack_usb,
};

const size_t pack_table_count = ARRAY_SIZE(pack_table);

/* --- reading ------------------------------------------------------------------------------------ */

int pack_read(struct ids *ids, const char *folder, const struct ids_table *table, struct err *err)
{
	AUTO(buf_release) struct buf path = BUF_INIT;
	int code;

	if (!folder)
		return err_set(err, ERR_NOT_FOUND, "no folder with tables of names was given");
	buf_addf(&path, "%s/%s", folder, table->file);
	code = disk_read_file(path.data, TABLE_SIZE_MAX, &ids->text, err);
	return code < 0 ? code : ids_parse(ids, table, path.data, err);
}

/* --- version and digest ------------------------------------------------------------------------- */

struct names {
	char **name;
	size_t count, capacity;
};

static void names_release(struct names *names)
{
	while (names->count)
		free(names->name[--names->count]);
	free(names->name);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list_tables(const char *folder, struct names *names, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return err_set_errno(err, errno, "cannot list the tables of names in %s", folder);
	while ((entry = readdir(dir)) != NULL) {
		size_t size = strlen(entry->d_name);

		if (entry->d_name[0] == '.' || size < 4 ||
		    strcmp(entry->d_name + size - 4, ".tsv") != 0)
			continue;
		names->name = mem_grow(names->name, &names->capacity, names->count + 1,
				       sizeof(*names->name));
		names->name[names->count++] = mem_strdup(entry->d_name);
	}
	closedir(dir);
	if (!names->count)
		return err_set(err, ERR_NOT_FOUND, "%s: no *.tsv in this folder", folder);
	qsort(names->name, names->count, sizeof(*names->name), compare);
	return 0;
}

/* The date that ends the first line, when it is later than the version up to now. */
static void take_date(const struct buf *text, struct pack *pack)
{
	size_t size = strcspn(text->data, "\n");
	char date[sizeof(pack->version)] = "";

	if (size >= sizeof(date))
		memcpy(date, text->data + size - sizeof(date) + 1, sizeof(date) - 1);
	if (ids_is_date(date) && strcmp(date, pack->version) > 0)
		memcpy(pack->version, date, sizeof(date));
}

int pack_describe(const char *folder, struct pack *pack, struct err *err)
{
	AUTO(names_release) struct names names = { .count = 0 };
	AUTO(buf_release) struct buf sums = BUF_INIT;
	int code = list_tables(folder, &names, err);
	size_t i;

	*pack = (struct pack){ .version = "" };
	for (i = 0; code >= 0 && i < names.count; i++) {
		AUTO(buf_release) struct buf path = BUF_INIT;
		AUTO(buf_release) struct buf text = BUF_INIT;
		char sum[DIGEST_TEXT_SIZE];

		buf_addf(&path, "%s/%s", folder, names.name[i]);
		code = disk_read_file(path.data, TABLE_SIZE_MAX, &text, err);
		if (code >= 0)
			code = digest_sm3_text(text.data, text.size, sum, err);
		if (code < 0)
			return code;
		take_date(&text, pack);
		buf_addf(&sums, "%s  %s\n", sum, names.name[i]);
	}
	return code < 0 ? code : digest_sm3_text(sums.data, sums.size, pack->digest, err);
}
