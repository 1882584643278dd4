/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/edge.h"

#include "harness/base/auto.h"
#include "harness/sys/clock.h"

#define SLOT_NS	 2000000000LL
#define PIECE_NS 20000000LL
#define EARLY_NS 150000LL	/* a timer may come so late */

static const int64_t period_ns[] = { 1000000000, 100000000, 10000000, 1000000, 100000 };

int64_t edge_idle_ns(int64_t now_ns, unsigned int worker)
{
	int64_t slot = now_ns / SLOT_NS;
	int64_t period = period_ns[slot % (int64_t)ARRAY_SIZE(period_ns)];
	bool against = slot / (int64_t)ARRAY_SIZE(period_ns) % 2 && worker % 2;
	int64_t at = (now_ns + (against ? period / 2 : 0)) % period;

	return at < period / 2 ? 0 : period - at;
}

void edge_wait(struct worker *worker)
{
	int64_t now, left;

	while (!worker_stopping(worker)) {
		now = clock_boot_ns();
		left = edge_idle_ns(now, worker->index);
		if (!left || now >= worker->end_ns)
			return;
		/* The last bit by looking at the clock: the edge is to be sharp. */
		if (left > EARLY_NS)
			clock_wait_ns(left - EARLY_NS < PIECE_NS ? left - EARLY_NS : PIECE_NS);
	}
}
