/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STRESS_EDGE_H
#define STRESS_EDGE_H
/*
 * When a core is to work and when to be idle, so that the current of all of them steps at the same
 * moment: by the boot clock, which all share, and nothing else. Two seconds at each of five rates (1,
 * 10, 100, 1000, 10000 times a second), first with all cores in phase, then with every second one
 * against the others.
 */
#include "harness/stress/worker.h"

#include <stdint.h>

/* How long from `now` on the worker of that number is idle; 0: it works. */
int64_t edge_idle_ns(int64_t now_ns, unsigned int worker);
/* Waits for that, or for the end of the step. */
void edge_wait(struct worker *worker);

#endif
