/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_NET_FRAME_H
#define STRESS_NET_FRAME_H
/*
 * Frames that say themselves what they are. Behind the 14 bytes of Ethernet, little-endian:
 *
 *	2 bytes 0   8 magic   8 run   8 sequence   4 size   4 CRC-32C of these
 *	... payload, made from run and sequence, other in every word
 *
 * `run` is random per worker, so that frames of an earlier run are nobody's. The type of the frames is
 * one that IEEE 802 keeps for local experiments: no other program listens to it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NET_FRAME_TYPE = 0x88b5,
	NET_FRAME_LEAST = 64,	/* with the header, without the four bytes that the hardware adds */
	NET_FRAME_MOST = 9018,
	NET_ADDRESS = 6,
};

enum net_fault {
	NET_RIGHT = 0,
	NET_BITS,		/* a frame has other bits */
	NET_LOST,		/* it did not come */
	NET_TWICE,		/* it came again */
	NET_LATE,		/* one that was sent later came before it */
	NET_CUT,		/* it came with another size */
	NET_FAULTS,
};

/* "right", "bits", "lost", ...; "unknown" for what is none of them. */
const char *net_fault_name(unsigned int fault);

struct net_frame {
	unsigned char to[NET_ADDRESS], from[NET_ADDRESS];
	uint64_t run, sequence;
	size_t size;		/* NET_FRAME_LEAST .. NET_FRAME_MOST */
};

void net_frame_make(const struct net_frame *frame, unsigned char *data);
/* Is its header whole, and of that run? Then its sequence. */
bool net_frame_is_of(const unsigned char *data, size_t size, uint64_t run, uint64_t *ret_sequence);

#endif
