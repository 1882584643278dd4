/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_SPD_H
#define PROBES_SPD_H
/*
 * Serial presence detect: what a memory module says of itself, in an EEPROM of its own (JEDEC
 * standard 21-C annex K for DDR3 and annex L for DDR4; JESD400-5 for DDR5).
 *
 *	struct spd spd;
 *	if (spd_read(bytes, size, &spd) == SPD_GOOD) ...
 *
 * The bytes may be anything. Nothing is told of a module whose checksum is wrong. A field that the
 * bytes do not give, or that stands behind their end (older drivers show the first 256 bytes only),
 * is zero or "". Texts are bytes as they stand there, without blanks and zeros at the end.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum spd_state {
	SPD_NONE = 0,	/* no module: another EEPROM, or a kind that is not known here */
	SPD_DAMAGED,	/* it has the form of one, and a wrong checksum */
	SPD_GOOD,
};

#define SPD_PART_SIZE 31

struct spd {
	const char *type;	/* "DDR4" */
	const char *form;	/* "SODIMM", "RDIMM", ... or NULL */
	uint64_t bytes;
	unsigned int mts;		/* rated, by the name of the speed: 2666 */
	unsigned int ranks;		/* packages that answer by turns; 3DS stacks count as one */
	unsigned int data_width_bits;
	unsigned int ecc_bits;		/* beside those of data_width_bits */
	uint8_t maker[2];		/* JEP106: continuation codes and id, with parity; 0, 0: none */
	uint8_t dram_maker[2];
	unsigned int year, week;	/* of making; 0 where not given */
	uint32_t serial;		/* its bytes as they stand there, the first the highest */
	bool has_serial;
	char part[SPD_PART_SIZE];
};

enum spd_state spd_read(const void *data, size_t size, struct spd *ret_spd);

#endif
