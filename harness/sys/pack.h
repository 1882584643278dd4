/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_PACK_H
#define SYS_PACK_H
/*
 * The pack: one folder with all tables of names (base/ids.h), the shipped one or a newer one.
 *
 *	code = pack_read(&ids, folder, &pack_cpus, &err);	one table
 *	code = pack_describe(folder, &pack, &err);		which pack this is, for the record
 *	code = pack_check(folder, &err);			all of it, before a strange one is used
 *
 * The version of a pack is the newest date of its tables. Its digest is the SM3 of the text that
 * has one line for every *.tsv file in it, ascending by name: 64 hex digits of the file's SM3, two
 * blanks, the name. So `cksum --untagged -a sm3 *.tsv | cksum -a sm3` shows it.
 *
 * Adding a table: its description in pack.c, its file in probes/ids/.
 */
#include "harness/base/digest.h"
#include "harness/base/ids.h"

struct pack {
	char version[11];	/* "2026-11-23" */
	char digest[DIGEST_TEXT_SIZE];
};

extern const struct ids_table pack_board_makers, pack_changes;
extern const struct ids_table pack_cpu_implementers, pack_cpu_makers, pack_cpu_models,
	pack_cpu_names, pack_cpus, pack_hypervisors, pack_jedec, pack_memory_names, pack_pci, pack_pnp, pack_tpm, pack_bmc,
	pack_pci_vendors, pack_usb, pack_disks, pack_macs, pack_firmware, pack_os,
	pack_os_versions, pack_parameters, pack_placeholders, pack_makers, pack_evaluated,
	pack_sensors;

extern const struct ids_table *const pack_table[];
extern const size_t pack_table_count;

/* ERR_NOT_FOUND where folder is NULL. The caller releases ids, whatever was returned. */
int pack_read(struct ids *ids, const char *folder, const struct ids_table *table, struct err *err);
int pack_describe(const char *folder, struct pack *pack, struct err *err);
/*
 * Every table of this program is there and good, and every maker that one of them names has a row in
 * makers.tsv; a file that no table reads is for other versions.
 */
int pack_check(const char *folder, struct err *err);
/* And makers.tsv has no row that stands there for nothing; a newer pack may have one for its new tables. */
int pack_check_shipped(const char *folder, struct err *err);

#endif
