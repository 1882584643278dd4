/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_RING_H
#define RUN_RING_H
/*
 * The ring of samples in struct run_shared: one process puts (the watcher), one takes (the runner).
 * Neither ever waits for the other.
 *
 * ring_put	false when the ring was full: the sample is dropped and counted in ring_lost
 * ring_take	up to `room` samples, oldest first; returns how many
 *
 * ring_head is stored by the putter alone, after the sample (release); ring_tail by the taker
 * alone, after its copy (release). Each reads the other's with acquire, so a slot is never seen
 * half written and never overwritten while it is copied. Both only grow; 64 bits do not wrap.
 */
#include "harness/run/shared.h"

#include <stdbool.h>
#include <stddef.h>

bool ring_put(struct run_shared *shared, const struct sample *sample);
size_t ring_take(struct run_shared *shared, struct sample *ret_sample, size_t room);

#endif
