/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_UNIT_MEMORY_MODEL_H
#define TESTS_UNIT_MEMORY_MODEL_H
/*
 * A memory with one fault, behind the accessor of the memory kernels (march.h).
 *
 * A cell is one bit, the same bit of each of MODEL_CELLS lines; the other bits are sound. What can be
 * wrong are the fifteen kinds of the literature on simple static faults (van de Goor; Hamdioui), each
 * in all its forms. `v` is the victim, `a` the aggressor:
 *
 *	SAF	v is stuck				CFin	a changes: v turns over
 *	TF	v cannot change one way			CFid	a changes: v becomes x
 *	AF	an address reaches another cell, two	CFst	a is s: v flips when it is x
 *		cells, or none				CFds	any access to a: v flips
 *	SOF	v is not reached: what the sense	CFtr	a is s: v cannot change one way
 *		amplifier held is read			CFwd	a is s: WDF of v
 *	WDF	writing what is there flips v		CFrd	a is s: RDF of v
 *	RDF	reading v flips it, or reads wrong	CFdr	a is s: DRDF of v
 *	DRDF	reading v is right, then it flips
 */
#include "harness/stress/march.h"

#include <stdbool.h>

enum { MODEL_CELLS = 16, MODEL_BIT = 37 };

enum model_kind {
	MODEL_SAF = 0,
	MODEL_TF,
	MODEL_AF,
	MODEL_SOF,
	MODEL_WDF,
	MODEL_RDF,
	MODEL_DRDF,
	MODEL_CFIN,
	MODEL_CFID,
	MODEL_CFST,
	MODEL_CFDS,
	MODEL_CFTR,
	MODEL_CFWD,
	MODEL_CFRD,
	MODEL_CFDR,
	MODEL_KINDS,
	MODEL_SOUND,
};

struct model_fault {
	enum model_kind kind;
	unsigned int form;	/* 0 .. model_forms(kind) - 1 */
	unsigned int victim, aggressor;
};

const char *model_name(enum model_kind kind);
unsigned int model_forms(enum model_kind kind);
bool model_has_aggressor(enum model_kind kind);

/* The memory with all cells, and the sense amplifier, as they are when the power comes on. */
void model_power_up(const struct model_fault *fault, bool cells);

/* Lines of it, for whoever marches over it; nothing is stored there. */
unsigned char *model_memory(void);
extern const struct march_impl model_impl;

#endif
