/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROBES_MEMORY_PLACE_H
#define PROBES_MEMORY_PLACE_H
/*
 * Which channel of the memory controller a slot is on, and which processor's that is, as far as the names
 * that firmware gives slots and banks tell: "SOCKET 0 CHANNEL 3 DIMM 1", "P0_Node0_Channel1_Dimm0", "CHANNEL A". A
 * machine with modules on one channel only is half as fast, so this is counted.
 */
#include "harness/model/inventory.h"

enum { MEMORY_CHANNELS_MAX = 64 };

struct memory_channels {
	struct {
		const char *name;
		bool used;
	} channel[MEMORY_CHANNELS_MAX];
	size_t count;
	size_t nameless;	/* slots whose names tell no channel */
};

/* Adds "socket" and "channel" to a slot with "locator", "bank" and "populated", and counts it. */
void memory_channel(struct memory_channels *channels, struct inventory *inventory,
		    struct component *slot);
/* Adds "channels" and "channels_used", unless the name of a slot told nothing. */
void memory_channels_add(const struct memory_channels *channels, struct inventory *inventory,
			 struct component *total);

#endif
