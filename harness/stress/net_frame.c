/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/net_frame.h"

#include "harness/base/crc32c.h"
#include "harness/base/le.h"
#include "harness/stress/mix.h"

#include <endian.h>
#include <string.h>

#define MAGIC 0x656d6172466f6875ULL /* "uhoFrame" */

enum {
	AT_TYPE = 12,
	AT_MAGIC = 16,
	AT_RUN = 24,
	AT_SEQUENCE = 32,
	AT_SIZE = 40,
	AT_CRC = 44,
	AT_PAYLOAD = 48,
};

const char *net_fault_name(unsigned int fault)
{
	static const char *const name[NET_FAULTS] = {
		[NET_RIGHT] = "right", [NET_BITS] = "bits", [NET_LOST] = "lost",
		[NET_TWICE] = "twice", [NET_LATE] = "late", [NET_CUT] = "cut",
	};

	return fault < NET_FAULTS ? name[fault] : "unknown";
}

void net_frame_make(const struct net_frame *frame, unsigned char *data)
{
	uint64_t seed = mix_at(frame->run, frame->sequence), word;
	size_t at, rest;

	memset(data, 0, AT_PAYLOAD);
	memcpy(data, frame->to, NET_ADDRESS);
	memcpy(data + NET_ADDRESS, frame->from, NET_ADDRESS);
	data[AT_TYPE] = NET_FRAME_TYPE >> 8;
	data[AT_TYPE + 1] = NET_FRAME_TYPE & 0xff;
	le_put64(data + AT_MAGIC, MAGIC);
	le_put64(data + AT_RUN, frame->run);
	le_put64(data + AT_SEQUENCE, frame->sequence);
	le_put32(data + AT_SIZE, (uint32_t)frame->size);
	le_put32(data + AT_CRC, crc32c_add(0, data + AT_MAGIC, AT_CRC - AT_MAGIC));
	for (at = AT_PAYLOAD; at < frame->size; at += sizeof(word)) {
		rest = frame->size - at;
		word = htole64(mix_at(seed, at));
		memcpy(data + at, &word, rest < sizeof(word) ? rest : sizeof(word));
	}
}

bool net_frame_is_of(const unsigned char *data, size_t size, uint64_t run, uint64_t *ret_sequence)
{
	if (size < AT_PAYLOAD || le_get64(data + AT_MAGIC) != MAGIC || le_get64(data + AT_RUN) != run)
		return false;
	*ret_sequence = le_get64(data + AT_SEQUENCE);
	return le_get32(data + AT_CRC) == crc32c_add(0, data + AT_MAGIC, AT_CRC - AT_MAGIC);
}
