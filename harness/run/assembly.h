/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_ASSEMBLY_H
#define RUN_ASSEMBLY_H
/* What the files of the assembler share: assemble*.c only. */
#include "harness/run/assemble.h"
#include "harness/run/frame.h"

struct assembly {
	struct record *record;
	struct arena *arena;		/* of the record */
	struct finding **finding_tail;
	struct outcome **outcome_tail;
	struct interruption **interruption_tail;
	struct setting **setting_tail;
	struct outcome *running;	/* started and not ended; NULL between steps */
	uint64_t *framed;		/* mismatch frames of each cpu's worker of `running` */
	size_t framed_count;
	struct interruption *open;	/* ended in order, and not resumed yet */
	const char *boot;		/* digest of the boot id that counts now */
	int64_t time_ns;		/* of the frame before */
};

struct finding *assembly_finding(struct assembly *assembly, const char *code, const char *component,
				 int64_t step, int64_t time_ns);
/* The only component whose id starts so, or "": of several nothing says which one it was. */
const char *assembly_component(const struct assembly *assembly, const char *start);

/* assemble_steps.c */
int assemble_step_start(struct assembly *assembly, const struct frame *frame, struct err *err);
int assemble_step_end(struct assembly *assembly, const struct frame *frame, struct err *err);
int assemble_mismatch(struct assembly *assembly, const struct frame *frame, struct err *err);
/* ERR_INPUT when the plan has no such step. */
int assembly_check_step(const struct assembly *assembly, size_t step, struct err *err);
/* The running step never ended. */
void assemble_step_lost(struct assembly *assembly, enum outcome_kind kind, const char *reason);
/* Steps that the plan skips: an outcome each. */
void assemble_skipped(struct assembly *assembly);

/* assemble_repeat.c */
int assemble_repeat(struct assembly *assembly, const struct frame *frame, struct err *err);

/* assemble_links.c */
void assemble_links(struct assembly *assembly);

/* assemble_names.c */
void assemble_names(struct assembly *assembly);

/* assemble_memory.c: evidence of where the address lies, and the module where it is known */
void assemble_memory_place(struct assembly *assembly, struct finding *finding, uint64_t physical);
/* Of an error that EDAC counted: the module that EDAC's place is, where the inventory knows it. */
void assemble_memory_counted(struct assembly *assembly, struct finding *finding);
/* What all wrong words of a worker have in common: a finding of its own when there are any. */
void assemble_memory_faults(struct assembly *assembly, const struct frame_step_end *end,
			    size_t worker, int64_t time_ns);

/* assemble_series.c */
int assemble_series(struct assembly *assembly, const struct journal_scan *scan, struct err *err);

#endif
