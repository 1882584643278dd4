/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_OS_PRODUCT_H
#define PROBES_OS_PRODUCT_H
/*
 * Which product an operating system is, from os-release and the release files that are there
 * (os.tsv, os-versions.tsv): Kylin's desktop and server share ID=kylin, and some products have a
 * release file only.
 */
#include "probes/pairs.h"
#include "probes/probe.h"

/* What was read of the system. Pairs may be empty. */
struct os_texts {
	struct pairs release;	/* os-release */
	struct pairs kyinfo;	/* .kyinfo */
	struct pairs version;	/* os-version */
	const char *files;	/* names of release files in etc, " kylin-release nfs-release " */
};

/*
 * Which of two editions it is, NAME and PRETTY_NAME tell; where they do not, VERSION, os-version and
 * the line of the release file. A system that the table does not know is called by its NAME.
 *
 * Adds product, maker and service_pack: "SP2" of a number that stands in PROJECT_CODENAME, VERSION,
 * milestone, dist_id or PRETTY_NAME, else by the code name of the version. Evidence that disagrees is contradictory.
 */
void os_product(const struct probe_place *place, struct inventory *inventory,
		struct component *component, const struct os_texts *texts);

/* "old", "new", "new and old": the LoongArch worlds of these dynamic loaders; NULL: neither. */
const char *os_loongarch_world(const char *loaders);

/*
 * Whether a licence that ends on `end` ("2027-03-31", "20270331") is over on `today` (the same).
 * False for what is no date.
 */
bool os_licence_is_over(const char *end, const char *today);

#endif
