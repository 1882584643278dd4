/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_SMBIOS_H
#define PROBES_SMBIOS_H
/*
 * The structure table of SMBIOS (DMTF DSP0134), decoded from bytes that may lie.
 *
 *	struct smbios_walk walk = { .data = bytes, .size = size };
 *	struct smbios_structure s;
 *	while (smbios_next(&walk, &s))
 *		if (s.type == 17 && smbios_u16(&s, 0x0c, &word)) ...
 *	if (walk.fault) ...		why the walk ended early, in English
 *
 * Every step moves forward by at least six bytes, so a walk always ends. A field that lies beyond
 * the length of its structure is not there: older firmware writes shorter structures. Everything
 * points into the caller's bytes.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct smbios_structure {
	uint8_t type;
	uint8_t length;		/* of the fixed part, with its header of four bytes */
	uint16_t handle;
	const uint8_t *data;	/* the fixed part */
	const char *strings;	/* behind it: texts, each ended by a zero */
	size_t strings_size;
};

struct smbios_walk {
	const uint8_t *data;
	size_t size;
	size_t at;		/* where the next structure begins */
	bool ended;		/* the end-of-table structure (type 127) was seen */
	const char *fault;	/* NULL, or what is wrong at `at` */
};

enum {
	SMBIOS_FIRMWARE = 0,
	SMBIOS_SYSTEM = 1,
	SMBIOS_BOARD = 2,
	SMBIOS_CHASSIS = 3,
	SMBIOS_PROCESSOR = 4,
	SMBIOS_MEMORY_ARRAY = 16,
	SMBIOS_MEMORY_DEVICE = 17,
	SMBIOS_ARRAY_MAPPED = 19,
	SMBIOS_MEMORY_MAPPED = 20,
	SMBIOS_IPMI = 38,
	SMBIOS_TPM = 43,
	SMBIOS_END = 127,
};

enum smbios_text {
	SMBIOS_TEXT_NONE = 0,	/* the field is not there, or says "no text" */
	SMBIOS_TEXT_BAD_INDEX,	/* it names a text that the structure does not have */
	SMBIOS_TEXT_FOUND,
};

struct smbios_entry {
	uint8_t major, minor;
	uint32_t table_size;	/* at most, for 3.x entry points */
};

/* The next structure; false at the end of the table or at the first fault. */
bool smbios_next(struct smbios_walk *walk, struct smbios_structure *ret_structure);

/* A little-endian field; false, and nothing written, where the structure is too short for it. */
bool smbios_u8(const struct smbios_structure *s, size_t offset, uint8_t *ret_value);
bool smbios_u16(const struct smbios_structure *s, size_t offset, uint16_t *ret_value);
bool smbios_u32(const struct smbios_structure *s, size_t offset, uint32_t *ret_value);

/* The bytes of the text that the field at `offset` names. */
enum smbios_text smbios_string(const struct smbios_structure *s, size_t offset,
			       const char **ret_text, size_t *ret_size);

/* "_SM3_" or "_SM_" with good checksums; ERR_INPUT otherwise. */
int smbios_entry_point(const void *data, size_t size, struct smbios_entry *ret_entry);

/*
 * The size of a memory device (type 17) in bytes.
 * 1: known. 0: the slot is empty. -1: the firmware does not say.
 */
int smbios_memory_bytes(const struct smbios_structure *s, uint64_t *ret_bytes);
/* MT/s of a type 17; extended forms are followed. false where not given. */
bool smbios_memory_speed(const struct smbios_structure *s, bool configured, uint32_t *ret_mts);

/* As text with lower-case digits. False for all zeros or all ones, which mean "none". */
#define SMBIOS_UUID_SIZE 37
bool smbios_uuid(const struct smbios_structure *s, const struct smbios_entry *entry,
		 char out[SMBIOS_UUID_SIZE]);

/* Words for codes of the specification; NULL where there is none. */
const char *smbios_memory_type(uint8_t code);	/* "DDR4" */
const char *smbios_memory_form(uint8_t code);	/* "DIMM" */
const char *smbios_memory_ecc(uint8_t code);	/* of a type 16: "none", "multi-bit" */
const char *smbios_chassis_type(uint8_t code);	/* "laptop" */

#endif
