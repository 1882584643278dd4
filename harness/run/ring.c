/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/ring.h"

enum { RING_MASK = SHARED_RING - 1 };
_Static_assert((SHARED_RING & RING_MASK) == 0, "the ring is indexed by masking");

bool ring_put(struct run_shared *shared, const struct sample *sample)
{
	uint64_t head = atomic_load_explicit(&shared->ring_head, memory_order_relaxed);
	uint64_t tail = atomic_load_explicit(&shared->ring_tail, memory_order_acquire);

	if (head - tail >= SHARED_RING) {
		atomic_fetch_add_explicit(&shared->ring_lost, 1, memory_order_relaxed);
		return false;
	}
	shared->ring[head & RING_MASK] = *sample;
	atomic_store_explicit(&shared->ring_head, head + 1, memory_order_release);
	return true;
}

size_t ring_take(struct run_shared *shared, struct sample *ret_sample, size_t room)
{
	uint64_t tail = atomic_load_explicit(&shared->ring_tail, memory_order_relaxed);
	uint64_t head = atomic_load_explicit(&shared->ring_head, memory_order_acquire);
	size_t taken = 0;

	while (taken < room && tail != head)
		ret_sample[taken++] = shared->ring[tail++ & RING_MASK];
	atomic_store_explicit(&shared->ring_tail, tail, memory_order_release);
	return taken;
}
