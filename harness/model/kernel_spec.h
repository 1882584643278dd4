/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_KERNEL_SPEC_H
#define MODEL_KERNEL_SPEC_H
/*
 * What a profile and a plan may say of a stress kernel: its name, target, parameters, unit of work.
 * The tables are filled by the command from harness/stress/table.h (model never includes a kernel).
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kernel_target {
	TARGET_NONE = 0,
	TARGET_CPU,		/* one worker per chosen cpu, small memory of its own */
	TARGET_MEMORY,		/* one worker per chosen cpu, each with a slice of the memory under test */
	TARGET_DISK,		/* one worker, a scratch folder behind a fence */
	TARGET_DEVICE,		/* one worker, a whole disk behind a fence, which it erases, or only
				   reads (writes_storage is false) */
	TARGET_PORTS,		/* one worker, two network ports that nobody uses */
};

enum param_kind {
	PARAM_NUMBER = 0,	/* whole number */
	PARAM_BYTES,		/* "64MiB" */
	PARAM_CHOICE,		/* one of `choices` */
};

struct param_spec {
	const char *name;
	enum param_kind kind;
	uint64_t min, max;	/* NUMBER and BYTES; inclusive */
	const char *choices;	/* CHOICE: "a b c" */
	uint64_t fallback;	/* default; for CHOICE the index of the word in choices */
	const char *help;	/* translatable */
};

struct kernel_spec {
	const char *name;	/* "cpu.integer" */
	const char *summary;	/* translatable, one line */
	enum kernel_target target;
	bool writes_storage;	/* a step with it needs a fence */
	bool phase_has_writer;	/* memory: bits 0..15 of a phase are the worker that wrote last */
	bool phase_has_move;	/* cpu: bits 0..15 are the cpu it went to, 16..31 the one before */
	bool at_is_register;	/* cpu: `at` says which (stress/hold.h) */
	bool phase_has_judge;	/* cpu: ... the worker that found another one wrong */
	bool makes_code;		/* it runs machine code that it made itself: many systems forbid that */
	bool needs_no_writable_mount;	/* it may flip bits of memory that is not its own */
	const char *kept_file;	/* of the scratch folder: there again when the step is; or NULL */
	const char *work_unit;	/* "block", "byte" */
	const struct param_spec *param;
	size_t param_count;
};

/* The table that profile check, plan and help work on. */
struct kernel_table {
	const struct kernel_spec *const *kernel;
	size_t count;
};

const struct kernel_spec *kernel_table_find(const struct kernel_table *table, const char *name);
const struct param_spec *kernel_spec_param(const struct kernel_spec *kernel, const char *name);

/* The word of PARAM_CHOICE at `index` (not terminated; *ret_length), NULL beyond the last. */
const char *param_choice(const struct param_spec *spec, uint64_t index, size_t *ret_length);
/* The index of `word` in the choices, -1 when it is none of them. */
int param_choice_index(const struct param_spec *spec, const char *word);

/* A parameter bound to its value: the number, the bytes, or the index into choices. */
struct param_value {
	const struct param_spec *spec;
	uint64_t value;
};

#endif
