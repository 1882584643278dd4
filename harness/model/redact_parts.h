/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_REDACT_PARTS_H
#define MODEL_REDACT_PARTS_H
/* What the files redact*.c share; everybody else includes redact.h. */
#include "harness/model/redact.h"

#include <stdbool.h>

/* How far a secret reaches. */
enum redact_scope {
	REDACT_HERE = 0,	/* only where a rule found it: too short or too common */
	REDACT_LOG,		/* whole words of log lines: may be a word of the system elsewhere */
	REDACT_NAME,		/* whole words of what people write: logs, command line, /etc */
	REDACT_EVERYWHERE,
};

/* redact_shape.c: a substitute for `size` bytes at `text` into `out`, from the map's digest. */
enum redact_shape {
	SHAPE_TEXT = 0,		/* digits, letters of each case, Chinese characters stay such */
	SHAPE_HEX,		/* hex digits stay hex digits, in their case */
	SHAPE_MAC,		/* six bytes: the maker's part stays */
	SHAPE_UUID,		/* as hex; version and variant stay */
	SHAPE_BYTES,		/* any bytes: 0x00 and 0xff stay, letters and digits stay such */
};

struct redact_map;

enum redact_shape redact_shape_of(const char *text, size_t size);
/* Whether it is a MAC address that many machines have (macs.tsv): it stays one of those. */
bool redact_is_common_mac(const char *text, size_t size);
/* `attempt` gives another one each. */
void redact_shape_fill(struct redact_map *map, enum redact_shape shape, unsigned int attempt,
		       const char *text, size_t size, char *out);
/* The digits alone, in lower case: what the forms of one hex number have in common. */
size_t redact_hex_digits(const char *text, size_t size, char *out, size_t room);

/* redact_map.c: SM3 of seed, attempt, block number and text; zeros, remembered, when it fails. */
void redact_draw(struct redact_map *map, unsigned int attempt, unsigned int block,
		 const char *text, size_t size, uint8_t out[32]);
/* The substitute of a secret, `size` bytes; the secret is learned when it is new. */
const char *redact_substitute(struct redact_map *map, const char *text, size_t size,
			      enum redact_scope scope);
/* Another form of a secret, of the same length; the first one learned stays. */
void redact_add_form(struct redact_map *map, const char *original, const char *substitute,
		     enum redact_scope scope);
/* redact_forms.c: all of them that are known for its shape. */
void redact_add_forms(struct redact_map *map, enum redact_shape shape, const char *original,
		      const char *substitute, enum redact_scope scope);
/* The substitute when the secret is known, or NULL. */
const char *redact_known(const struct redact_map *map, const char *text, size_t size);
/* Data being looked through: a rule names spans, which are learned or replaced. */
struct redact_target {
	struct redact_map *map;
	const char *path;
	char *data;		/* written only when applying */
	size_t size;
	uint8_t *done;		/* applying: which bytes are substitutes already; else NULL */
	const uint8_t *mark;	/* while it is scanned: enum redact_mark of each byte */
};

/* What a byte is to those who seek words. */
enum redact_mark {
	MARK_SIGN = 0,
	MARK_WORD,		/* a letter or figure: together they are one word */
	MARK_INSIDE,		/* of an escape: no word begins here, and the next byte may begin one */
};

/* redact_word.c: the marks of `size` bytes, escapes and both encodings understood. */
void redact_mark_words(const char *data, size_t size, uint8_t *mark);
/*
 * "\\xHH" at `at`, as the kernel's log writes a byte that it does not print: control characters, the
 * backslash, what is no ASCII.
 */
bool redact_is_escape(const char *at, size_t size, char *ret_byte);
/* redact_map.c: the longest secret that begins at `at` and reaches as far as `least`, or NULL. */
const char *redact_match(const struct redact_target *target, size_t at, enum redact_scope least,
			 size_t *ret_size);

/* A secret: blanks and zeros at both ends are not part of it, placeholders are none. */
void redact_span(struct redact_target *target, size_t start, size_t size, enum redact_scope scope);
/* Bytes of unknown meaning, replaced where they stand. */
void redact_bytes(struct redact_target *target, size_t start, size_t size);
/* Overwrite bytes with a substitute made elsewhere. */
void redact_put(struct redact_target *target, size_t start, const void *data, size_t size);

/* redact_lines.c: texts, ASCII letters compared without case. */
bool redact_starts(const char *text, size_t size, const char *start);
/* Where `part` begins, or `size`. */
size_t redact_find(const char *text, size_t size, const char *part);
void redact_value_span(struct redact_target *target, size_t start, size_t size);
void redact_each_line(struct redact_target *target,
		      void (*line)(struct redact_target *, size_t start, size_t size));

/*
 * A line as people read it: the kernel's log shows bytes that are no ASCII as \xHH, which are those
 * bytes here.
 */
struct redact_text {
	struct redact_target *target;
	const char *data;
	size_t size;
	size_t start;		/* of the line in the target */
	const size_t *at;	/* of each byte and of the end, from `start`; NULL: nothing was escaped */
};

/* redact_text.c: what stands there becomes its substitute, in all forms that it has. */
void redact_text_span(const struct redact_text *text, size_t start, size_t size,
		      enum redact_scope scope);
/* The name of a host, network or person, as everywhere: one that names nobody stays. */
void redact_text_name(const struct redact_text *text, size_t start, size_t size);
/* Where a byte of the line is in the target; the end of the line too. */
size_t redact_text_place(const struct redact_text *text, size_t at);
void redact_text_line(struct redact_target *target, size_t start, size_t size,
		      void (*read)(const struct redact_text *text));

/* redact_parameters.c: the words of a command line, and words KEY=VALUE of a log record. */
void redact_arguments(const struct redact_text *text, size_t start, size_t size);
void redact_pairs_of_log(const struct redact_text *text);
/* redact_names.c: whether the name is one that installers choose, or a word too common to be told from text. */
bool redact_is_common_name(const char *name, size_t size);
/* redact_vocabulary.c: whether nothing but what the kernel and the systems themselves say stands there. */
bool redact_is_of_system(const char *text, size_t size);
/* redact_told.c: sentences of programs with a name in their midst. */
void redact_told(const struct redact_text *text);
/* The names in "VG-LV" or "VG/LV". */
void redact_volume(const struct redact_text *text, size_t start, size_t size);
/* redact_owners.c: whose a telephone, a mouse, a printer is. */
void redact_owners(const struct redact_text *text);
/* redact_domains.c: "DOMAIN\\user" of Windows and its like; "server:/folder" of NFS; "bench7.plant.cn". */
void redact_domains(const struct redact_text *text);
void redact_exports(const struct redact_text *text);
void redact_hosts(const struct redact_text *text);
/* redact_certificates.c: whom a certificate names, its key's number. */
void redact_certificates(const struct redact_text *text);
/* redact_devices.c: texts that somebody gave a device or a partition. */
void redact_devices(const struct redact_text *text);
/* redact_units.c: names in those of systemd's units, which are made of paths. */
void redact_units(const struct redact_text *text);
/* redact_telephones.c: numbers of telephones that are written as such. */
void redact_telephones(const struct redact_text *text);
/* redact_announced.c: words that say that a number or a name follows. */
void redact_announced(const struct redact_text *text);
/* A value that is replaced when it looks like the number of a unit. */
void redact_text_number(const struct redact_text *text, size_t start, size_t size);
/* Where what stands between `start` and `end` goes on behind the last Chinese sign: "用户：张伟". */
size_t redact_behind_signs(const struct redact_text *text, size_t start, size_t end);

/* redact_ip.c: IP addresses in a line of what people or the kernel wrote. */
void redact_addresses(const struct redact_text *text);
/* Whether the word before `at` says that a version follows. */
bool redact_is_version(const char *line, size_t at);
/* Whether it says that an address of a program follows: "segfault at 5575fdb3210a ip ...". */
bool redact_is_pointer(const char *line, size_t at);
/* Whether all of it is one of IPv4. */
bool redact_is_address(const char *text, size_t size);

/*
 * redact_edid.c: the text of an attribute that was read from an EDID, into `out`, as a probe of the
 * redacted EDID would give it. False: there is nothing of one unit in it.
 */
bool redact_edid_number(struct redact_map *map, const char *name, const char *text, char out[11]);

/* Rules for kinds of files. */
void redact_value(struct redact_target *target);
void redact_pairs(struct redact_target *target);	/* KEY=VALUE and key : value lines */
void redact_licence(struct redact_target *target);
void redact_input(struct redact_target *target);
void redact_command_line(struct redact_target *target);
void redact_log(struct redact_target *target);
void redact_names(struct redact_target *target);
void redact_owned(struct redact_target *target);	/* "Zhang's iPhone", which a device says of itself */
void redact_smbios(struct redact_target *target);
void redact_edid(struct redact_target *target);
void redact_pci_config(struct redact_target *target);
void redact_eeprom(struct redact_target *target);
void redact_mac_bytes(struct redact_target *target);
void redact_serial_page(struct redact_target *target);
void redact_opaque(struct redact_target *target);

/* redact_scan.c: secrets known by now, and forms that are secret wherever they stand. */
enum redact_forms {
	FORMS_NONE = 0,
	FORMS_ADDRESS,		/* MAC addresses only: paths are full of UUIDs that name kinds */
	FORMS_ALL,
	FORMS_TEXT,		/* in what people and the kernel write: forms that numbers may have too */
};

/* A MAC address without colons: its substitute is that of the address with them. */
void redact_mac_span(struct redact_target *target, size_t start, size_t size);
void redact_scan(struct redact_target *target, enum redact_scope least, enum redact_forms forms);

/* redact_rules.c: a text that a probe made of the file `source`, in place. */
void redact_words(struct redact_map *map, const char *source, char *text);

#endif
