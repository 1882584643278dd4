/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_EDID_H
#define PROBES_EDID_H
/*
 * What a display says of itself: the base block of EDID (VESA E-EDID Standard, Release A.2, version
 * 1.4), from bytes that may be cut or wrong.
 *
 *	struct edid edid;
 *	if (edid_parse(bytes, size, &edid) == EDID_GOOD) ... edid.maker, edid.name ...
 *
 * Every member is set, whatever the bytes are; of data that is not EDID_GOOD nothing is told.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum edid_state {
	EDID_FOREIGN = 0,	/* the eight bytes that begin every EDID are not there */
	EDID_CUT,		/* shorter than a block, or than the blocks it promises */
	EDID_BAD_CHECKSUM,	/* of one of its blocks */
	EDID_GOOD,
};

#define EDID_BLOCK 128
#define EDID_TEXT_SIZE 14	/* 13 bytes, in the end a zero */

struct edid {
	uint8_t version, revision;
	char maker[4];			/* three letters (PNP id), "" when they are none */
	uint16_t product;
	uint32_t serial;		/* 0: none */
	uint16_t year;			/* of making, or of the model where `is_model_year` */
	uint8_t week;			/* 0: not said */
	bool is_model_year;
	bool is_digital;
	uint16_t width_mm, height_mm;	/* 0: not said, a projector */
	uint16_t width, height;		/* of the preferred mode, in pixels; 0: not said */
	uint8_t extensions;		/* blocks behind the first */
	/* Descriptors: bytes as they stand there, without the line end and the blanks behind it. */
	char name[EDID_TEXT_SIZE], serial_text[EDID_TEXT_SIZE], text[EDID_TEXT_SIZE];
};

enum edid_state edid_parse(const void *data, size_t size, struct edid *ret_edid);
/* "good", "checksum is wrong" ... */
const char *edid_state_text(enum edid_state state);

#endif
