/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/net_frame.h"

#include "harness/base/crc32c.h"
#include "harness/base/le.h"
#include "harness/stress/mix.h"

#include <endian.h>
#include <linux/if_ether.h>
#include <string.h>

#define MAGIC 0x656d6172466f6875ULL /* "uhoFrame" */

enum {
	AT_TYPE = 12,
	AT_IP = 14,
	AT_PORTS = 34,		/* of UDP and TCP */
	AT_PAD = 55,		/* the last byte before the magic, zero otherwise */
	IP_PROTOCOL_TCP = 6,
	IP_PROTOCOL_UDP = 17,
	FLOW_PORT = 4949,
};

/* From the magic on. */
enum {
	MAGIC_PLAIN = 16,
	MAGIC_PACKET = 56,
	AT_RUN = 8,
	AT_SEQUENCE = 16,
	AT_SIZE = 24,
	AT_CRC = 28,
	AT_PAYLOAD = 32,
};

const char *net_fault_name(unsigned int fault)
{
	static const char *const name[NET_FAULTS] = {
		[NET_RIGHT] = "right", [NET_BITS] = "bits", [NET_LOST] = "lost",
		[NET_TWICE] = "twice", [NET_LATE] = "late", [NET_CUT] = "cut",
	};

	return fault < NET_FAULTS ? name[fault] : "unknown";
}

static size_t magic_at(enum net_packet packet)
{
	return packet == NET_NO_PACKET ? MAGIC_PLAIN : MAGIC_PACKET;
}

static void put16(unsigned char *at, unsigned int value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)value;
}

/* Of 16-bit words, the first byte the high one, carries added again (RFC 1071); not inverted. */
static unsigned int sum_of(const unsigned char *data, size_t size, unsigned int sum)
{
	size_t i;

	for (i = 0; i + 1 < size; i += 2)
		sum += (unsigned int)data[i] << 8 | data[i + 1];
	if (i < size)
		sum += (unsigned int)data[i] << 8;
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static unsigned char protocol_of(const struct net_frame *frame)
{
	return frame->packet == NET_TCP ? IP_PROTOCOL_TCP : IP_PROTOCOL_UDP;
}

/* Of the pseudo header: both addresses, the protocol and the length of what follows. */
static unsigned int pseudo_sum(const struct net_frame *frame, const unsigned char *data)
{
	return sum_of(data + AT_IP + 12, 8,
		      (unsigned int)(protocol_of(frame) + frame->size - AT_PORTS));
}

static struct net_sum sum_place(const struct net_frame *frame)
{
	return (struct net_sum){ .start = AT_PORTS, .offset = frame->packet == NET_TCP ? 16 : 6 };
}

static void put_ip(const struct net_frame *frame, unsigned char *data)
{
	static const unsigned char addresses[] = { 198, 18, 0, 1, 198, 18, 0, 2 };
	unsigned char *ip = data + AT_IP;

	ip[0] = 0x45;
	put16(ip + 2, (unsigned int)(frame->size - AT_IP));
	put16(ip + 4, (unsigned int)frame->sequence & 0xffff);
	ip[6] = 0x40;	/* not to be cut */
	ip[8] = 1;
	ip[9] = protocol_of(frame);
	memcpy(ip + 12, addresses, sizeof(addresses));
	put16(ip + 10, ~sum_of(ip, AT_PORTS - AT_IP, 0) & 0xffff);
}

static void put_ports(const struct net_frame *frame, unsigned char *data)
{
	uint64_t random = mix_at(frame->sequence, frame->run);
	unsigned char *at = data + AT_PORTS;

	put16(at, FLOW_PORT);
	put16(at + 2, FLOW_PORT);
	if (frame->packet == NET_UDP) {
		put16(at + 4, (unsigned int)(frame->size - AT_PORTS));
		return;
	}
	memcpy(at + 4, &random, sizeof(random));	/* its numbers of sequence and acknowledgement */
	at[12] = 0x50;
	at[13] = 0x10;
	put16(at + 14, 0x1000);
}

static void put_sum(const struct net_frame *frame, unsigned char *data)
{
	const struct net_sum place = sum_place(frame);

	put16(data + place.start + place.offset, pseudo_sum(frame, data));
	net_frame_finish_sum(&place, data, frame->size);
	if (data[place.start + place.offset] || data[place.start + place.offset + 1])
		return;
	data[AT_PAD] = 1;
	put16(data + place.start + place.offset, pseudo_sum(frame, data));
	net_frame_finish_sum(&place, data, frame->size);
}

struct net_sum net_frame_leave_sum(const struct net_frame *frame, unsigned char *data)
{
	const struct net_sum place = sum_place(frame);

	put16(data + place.start + place.offset, pseudo_sum(frame, data));
	return place;
}

bool net_frame_finish_sum(const struct net_sum *sum, unsigned char *data, size_t size)
{
	size_t at = (size_t)sum->start + sum->offset;

	if (at + 2 > size)
		return false;
	put16(data + at, ~sum_of(data + sum->start, size - sum->start, 0) & 0xffff);
	return true;
}

void net_frame_make(const struct net_frame *frame, unsigned char *data)
{
	uint64_t seed = mix_at(frame->run, frame->sequence), word;
	unsigned int type = frame->packet == NET_NO_PACKET ? NET_FRAME_TYPE : ETH_P_IP;
	unsigned char *magic = data + magic_at(frame->packet);
	size_t at, rest;

	memset(data, 0, (size_t)(magic - data) + AT_PAYLOAD);
	memcpy(data, frame->to, NET_ADDRESS);
	memcpy(data + NET_ADDRESS, frame->from, NET_ADDRESS);
	put16(data + AT_TYPE, type);
	le_put64(magic, MAGIC);
	le_put64(magic + AT_RUN, frame->run);
	le_put64(magic + AT_SEQUENCE, frame->sequence);
	le_put32(magic + AT_SIZE, (uint32_t)frame->size);
	le_put32(magic + AT_CRC, crc32c_add(0, magic, AT_CRC));
	for (at = (size_t)(magic - data) + AT_PAYLOAD; at < frame->size; at += sizeof(word)) {
		rest = frame->size - at;
		word = htole64(mix_at(seed, at));
		memcpy(data + at, &word, rest < sizeof(word) ? rest : sizeof(word));
	}
	if (frame->packet == NET_NO_PACKET)
		return;
	put_ip(frame, data);
	put_ports(frame, data);
	put_sum(frame, data);
}

bool net_frame_is_of(enum net_packet packet, const unsigned char *data, size_t size, uint64_t run,
		     uint64_t *ret_sequence)
{
	const unsigned char *magic = data + magic_at(packet);

	if (size < magic_at(packet) + AT_PAYLOAD || le_get64(magic) != MAGIC ||
	    le_get64(magic + AT_RUN) != run)
		return false;
	*ret_sequence = le_get64(magic + AT_SEQUENCE);
	return le_get32(magic + AT_CRC) == crc32c_add(0, magic, AT_CRC);
}
