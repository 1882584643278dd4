/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_CONTENT_H
#define STRESS_DISK_CONTENT_H
/*
 * What every block of the space under test must hold at any time. Nothing is stored: round, manner
 * and seed say which blocks were written how often; no map can be wrong or grow with the disk. Pure.
 *
 *	content.round = 1;				the one that runs
 *	manner = disk_content_manner(&content, at);	of the space at that byte, in this round
 *	block = disk_content_block(&content, number);	as it must be, and as it was before
 *
 * A round writes all of the space once, as generation 2 * round - 1; blocks that it writes again at
 * once are generation 2 * round. Round 1 goes in stretches, each in another manner; later ones have one.
 *
 * First of all the edges are written: block 0, the last one, and both sides of each power of two. A
 * device with less space than it says it has, or a stuck address line, has then lost one of them.
 * They are not written again in round 1, which is to write everything once.
 */
#include "harness/stress/disk_block.h"
#include "harness/stress/disk_manner.h"

enum { DISK_EDGES = 128 };

struct disk_content {
	uint64_t id, bytes;
	size_t block, chunk, stretch;	/* bytes; the powers of two that are edges are chunks or more */
	uint64_t round;
	bool overwrites, overwrote;	/* is there budget for it in this round, was there in the one before */
	bool discards;			/* the device does it */
	uint64_t discarded;		/* so far, of this round: from the start up to here */
};

const struct disk_manner *disk_content_manner(const struct disk_content *content, uint64_t at);
struct disk_block disk_content_block(const struct disk_content *content, uint64_t number);
/* Is that block written a second time in this round? Then disk_content_block is its second content. */
bool disk_content_is_again(const struct disk_content *content, uint64_t number);
/* Is it one that is discarded when the round has verified it, and was it already? */
bool disk_content_is_discarded(const struct disk_content *content, uint64_t number);
bool disk_content_was_discarded(const struct disk_content *content, uint64_t number);

/* Ascending numbers of blocks; how many. */
size_t disk_content_edges(const struct disk_content *content, uint64_t number[DISK_EDGES]);
bool disk_content_is_edge(const struct disk_content *content, uint64_t number);

#endif
