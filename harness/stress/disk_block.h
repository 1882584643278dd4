/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_DISK_BLOCK_H
#define STRESS_DISK_BLOCK_H
/*
 * Blocks that say themselves what they are, so that a disk that gives back another one is told from
 * a disk that spoils bits. Little-endian words of 64 bits:
 *
 *	0 magic   1 file   2 number   3 generation   4 seed   5 CRC-32C of words 0..4
 *	6 ... payload, made from the seed, different in every word
 *
 * `file` is random per file, `number` counts blocks from the start of it, `generation` grows with
 * each writing of the block, from 1. Every sector of 512 bytes differs between generations.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk_block {
	uint64_t file, number, generation;
	uint64_t before;	/* the generation that was there, or 0: nothing was */
	bool discarded;		/* after that, so it may have been anything */
};

/* The order is that of the documentation; 0 is no fault only when the block is as it must be. */
enum disk_fault {
	DISK_RIGHT = 0,
	DISK_BITS,		/* anything that is none of the others: bits of this very block */
	DISK_LOST,		/* the generation before, or nothing at all: the last write never arrived */
	DISK_MISDIRECTED,	/* a sound block of another place in this file */
	DISK_FOREIGN,		/* a sound block of another file */
	DISK_TORN,		/* some sectors new, the rest of the generation before */
	DISK_UNREADABLE,	/* nothing came back: the disk failed the request */
	DISK_UNWRITABLE,	/* the disk did not take it */
	DISK_STALE,		/* an older generation yet (of a discarded block: than its last), or
				   one that the next read does not give: data that had been
				   overwritten came back */
	DISK_CHANGED,		/* disk.read: a megabyte has another hash than it had, by several bits */
	DISK_FAULTS,
};

/* "right", "bits", "lost" ...; "unknown" for what is none of them. */
const char *disk_fault_name(unsigned int fault);

/* A block that disk_block_make made, of any file: 512 bytes are looked at. */
bool disk_block_is_ours(const void *data);

/* `words` words, at least 64. */
void disk_block_make(const struct disk_block *block, uint64_t *data, size_t words);

/*
 * Compare `got` with what `block` must hold, which is put into `want` when it is not the same; there must
 * be room for two blocks. For a fault other than DISK_BITS *ret_word is the word that tells it best: the
 * generation, number or file in the header, or the first word of the first sector that is old. Where
 * a block was never written, the space has zeros, as a new file and a wiped disk have.
 */
enum disk_fault disk_block_judge(const struct disk_block *block, const uint64_t *got,
				 uint64_t *want, size_t words, size_t *ret_word);

/*
 * The same for a block that was discarded when it held `block`. Each sector of 512 bytes may be as it
 * was, all zeros or all ones (what ATA, SCSI and NVMe devices promise of it); from none of them it may
 * differ by some bits, and it may not be somebody's data: those that are far from all three are
 * DISK_FOREIGN, ours of another time or place are told as above.
 */
enum disk_fault disk_block_judge_discarded(const struct disk_block *block, const uint64_t *got,
					   uint64_t *want, size_t words, size_t *ret_word);

#endif
