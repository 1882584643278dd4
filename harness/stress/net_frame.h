/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_NET_FRAME_H
#define STRESS_NET_FRAME_H
/*
 * Frames that say themselves what they are. At byte 16, or 56 of an IPv4 packet (with zeros before), little-endian:
 *
 *	8 magic   8 run   8 sequence   4 size   4 CRC-32C of these
 *	... payload, made from run and sequence, other in every word
 *
 * Packets are of one flow, so that no queue of a port overtakes another; the sequence numbers of TCP do
 * not follow one another, so that no receiver joins them. Their addresses are those kept for measurements
 * (RFC 2544), their TTL is 1, and no checksum is zero, which there are two ways to write.
 *
 *	struct net_sum sum = net_frame_leave_sum(&frame, data);	the port is to finish it, as struct virtio_net_hdr says
 *	net_frame_finish_sum(&sum, data, size);			where the receiver's kernel says that nobody did
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
	NET_PACKET_LEAST = 96,	/* of a frame that holds a packet */
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

enum net_packet {	/* in the order of the parameter */
	NET_NO_PACKET = 0,
	NET_UDP,
	NET_TCP,
};

struct net_frame {
	enum net_packet packet;
	unsigned char to[NET_ADDRESS], from[NET_ADDRESS];
	uint64_t run, sequence;
	size_t size;		/* NET_FRAME_LEAST or NET_PACKET_LEAST .. NET_FRAME_MOST */
};

/* The checksum over data from `start` on is at start + offset. */
struct net_sum {
	uint16_t start, offset;
};

void net_frame_make(const struct net_frame *frame, unsigned char *data);
/* Only the sum of the pseudo header is left in the place of the checksum of UDP or TCP. */
struct net_sum net_frame_leave_sum(const struct net_frame *frame, unsigned char *data);
/* False: `sum` reaches out of the frame. */
bool net_frame_finish_sum(const struct net_sum *sum, unsigned char *data, size_t size);
/* Is what it says of itself whole, and of that run? Then its sequence. */
bool net_frame_is_of(enum net_packet packet, const unsigned char *data, size_t size, uint64_t run,
		     uint64_t *ret_sequence);

#endif
