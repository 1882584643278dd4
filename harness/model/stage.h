/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MODEL_STAGE_H
#define MODEL_STAGE_H
/* The stage of a product's life that a profile, record or certificate speaks of. */

enum stage {
	STAGE_UNKNOWN = 0,
	STAGE_BENCH,		/* a try on anybody's machine: proves nothing about a product */
	STAGE_TRIAL,		/* 试产 */
	STAGE_FIRST_ARTICLE,	/* 首件 */
	STAGE_BATCH,		/* 批测 */
	STAGE_MASS,		/* 量产 */
	STAGE_SAMPLE,		/* 抽样 */
	STAGE_RELIABILITY,	/* 可靠性 */
	STAGE_REWORK,		/* 返修复测 */
	STAGE_FIELD,		/* 产业化应用 */
	STAGE_COUNT,
};

const char *stage_name(enum stage stage);		/* "bench", "trial", "first-article", ... */
enum stage stage_from_name(const char *name);		/* STAGE_UNKNOWN when there is none */
const char *stage_title(enum stage stage);		/* English msgid for documents: "batch testing" */

#endif
