/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/worker.h"

#include "harness/sys/clock.h"
#include "harness/sys/pagemap.h"
#include <string.h>
#include <unistd.h>

/* A throttled worker sleeps in pieces, so that a stop does not wait for the end of a long pause. */
enum { PAUSE_PIECE_NS = 20000000, HOLD_PIECE_NS = 2000000, CPU_LOOK_NS = 100000000 };

/*
 * Only the worker itself writes its line: a relaxed load and store is enough for its counters, and
 * a reader that comes at any time sees whole values.
 */
static void line_add(_Atomic uint64_t *counter, uint64_t more)
{
	uint64_t now = atomic_load_explicit(counter, memory_order_relaxed);

	atomic_store_explicit(counter, now + more, memory_order_relaxed);
}

bool worker_stopping(const struct worker *worker)
{
	return worker->stop && atomic_load_explicit(worker->stop, memory_order_relaxed);
}

static bool throttled(const struct worker *worker)
{
	return worker->throttle && atomic_load_explicit(worker->throttle, memory_order_relaxed);
}

/* Sleep for a piece of the time until `end`; returns the time after that. */
static int64_t pause_piece(const struct worker *worker, int64_t now, int64_t end)
{
	clock_wait_ns(end - now < PAUSE_PIECE_NS ? end - now : PAUSE_PIECE_NS);
	now = clock_boot_ns();
	atomic_store_explicit(&worker->line->beat_ns, (uint64_t)now, memory_order_relaxed);
	return now;
}

/* Wait as long as the last block took; returns the time after that. */
static int64_t pause_half(const struct worker *worker, int64_t now)
{
	int64_t end = now + (now - worker->block_start_ns);

	while (now < end && now < worker->end_ns && throttled(worker) && !worker_stopping(worker))
		now = pause_piece(worker, now, end);
	return now;
}

/* In an idle time, wait for the next load; returns the time after that. */
static int64_t rest(const struct worker *worker, int64_t now)
{
	int64_t period = worker->load_ns + worker->idle_ns;
	int64_t at = (now - worker->edges_ns) % period;
	int64_t end = now - at + period;

	if (at < worker->load_ns)
		return now;
	end = end < worker->end_ns ? end : worker->end_ns;
	while (now < end && !worker_stopping(worker))
		now = pause_piece(worker, now, end);
	return now;
}

static bool is_held(const struct worker *worker)
{
	return worker->hold && atomic_load_explicit(worker->hold, memory_order_relaxed);
}

/* Wait for the end of the hold, of the step or of its time; returns the time after that. */
static int64_t wait_held(const struct worker *worker, int64_t now)
{
	struct worker_line *line = worker->line;

	atomic_store(&line->held, 1);
	while (is_held(worker) && now < worker->end_ns && !worker_stopping(worker)) {
		clock_wait_ns(HOLD_PIECE_NS);
		now = clock_boot_ns();
		atomic_store_explicit(&line->beat_ns, (uint64_t)now, memory_order_relaxed);
	}
	atomic_store(&line->held, 0);
	return now;
}

static void look_at_cpu_time(struct worker *worker, int64_t now)
{
	struct worker_line *line = worker->line;

	if (worker->cpu_looked_ns && now - worker->cpu_looked_ns < CPU_LOOK_NS)
		return;
	worker->cpu_looked_ns = now;
	atomic_store_explicit(&line->cpu_work,
			      atomic_load_explicit(&line->work, memory_order_relaxed),
			      memory_order_relaxed);
	atomic_store_explicit(&line->cpu_ns, (uint64_t)clock_cpu_ns(), memory_order_relaxed);
}

bool worker_go(struct worker *worker, uint64_t work)
{
	struct worker_line *line = worker->line;
	int64_t now = clock_boot_ns();

	line_add(&line->work, work);
	atomic_store_explicit(&line->beat_ns, (uint64_t)now, memory_order_relaxed);
	look_at_cpu_time(worker, now);
	if (worker->block_start_ns && throttled(worker))
		now = pause_half(worker, now);
	if (worker->idle_ns)
		now = rest(worker, now);
	if (is_held(worker))
		now = wait_held(worker, now);
	worker->block_start_ns = now;
	if (worker_stopping(worker) || now >= worker->end_ns ||
	    (worker->slice_end_ns && work && now >= worker->slice_end_ns))
		return false;
	return !worker->work_limit ||
	       atomic_load_explicit(&line->work, memory_order_relaxed) < worker->work_limit;
}

void worker_block(struct worker *worker, uint64_t seed, uint64_t phase)
{
	atomic_store_explicit(&worker->line->seed, seed, memory_order_relaxed);
	/* Release: what comes after in this thread may crash, and then both must be there. */
	atomic_store_explicit(&worker->line->phase, phase, memory_order_release);
}

void worker_checkpoint(struct worker *worker, uint64_t at, void *data, size_t size)
{
	struct worker_flip *flip = worker->flip;
	uint64_t checkpoint = worker->checkpoints++;
	unsigned char *place;
	uint64_t bit, word;

	if (worker->tamper)
		worker->tamper(worker, at, data, size);
	if (!flip || !flip->armed || flip->done || checkpoint != flip->checkpoint || size < 8)
		return;
	flip->data_bits = (uint64_t)(size / 8) * 64;
	bit = flip->bit % flip->data_bits;
	place = (unsigned char *)data + bit / 64 * 8;
	flip->done_at = at + bit / 64 * 8;
	flip->done_mask = 1ULL << bit % 64;
	memcpy(&word, place, sizeof(word));
	word ^= flip->done_mask;
	memcpy(place, &word, sizeof(word));
	flip->done = true;
}

static void put(_Atomic uint64_t *target, uint64_t value)
{
	atomic_store_explicit(target, value, memory_order_relaxed);
}

static uint64_t get(const _Atomic uint64_t *source)
{
	return atomic_load_explicit(source, memory_order_relaxed);
}

/* The physical address, 0 where it is not known; the kernel is asked once for a row in one page. */
static uint64_t physical_of(struct worker *worker, uint64_t address)
{
	uint64_t inside = address % (uint64_t)sysconf(_SC_PAGESIZE);

	if (worker->fault_page != address - inside) {
		uint64_t physical = pagemap_physical((const void *)(uintptr_t)address);

		worker->fault_page = address - inside;
		worker->fault_physical = physical ? physical - inside : 0;
	}
	return worker->fault_physical ? worker->fault_physical + inside : 0;
}

static void add_page(struct worker_faults *faults, uint64_t page)
{
	uint64_t pages = get(&faults->pages), i;

	for (i = 0; i < pages && i < WORKER_PAGES; i++) {
		if (get(&faults->page[i]) == page)
			return;
	}
	if (i < WORKER_PAGES)
		put(&faults->page[i], page);
	/* Release: who sees the count sees the page. */
	atomic_store_explicit(&faults->pages, i + 1, memory_order_release);
}

static void add_fault(struct worker *worker, uint64_t address, uint64_t physical, uint64_t wrong)
{
	struct worker_faults *faults = &worker->line->faults;
	uint64_t place = physical ? physical : address;
	bool first = !get(&faults->bits) || (physical && !get(&faults->pages));

	put(&faults->address_and, first ? place : get(&faults->address_and) & place);
	put(&faults->address_or, first ? place : get(&faults->address_or) | place);
	put(&faults->bits, get(&faults->bits) | wrong);
	if (physical)
		add_page(faults, worker->fault_physical);
}

void worker_mismatch(struct worker *worker, uint64_t at, uint64_t want, uint64_t got)
{
	struct worker_line *line = worker->line;
	uint64_t index = atomic_load_explicit(&line->details, memory_order_relaxed);
	struct worker_mismatch_detail *detail = &line->detail[index];
	uint64_t address = worker->memory ? (uint64_t)(uintptr_t)worker->memory + at : 0;
	uint64_t physical = address ? physical_of(worker, address) : 0;

	line_add(&line->mismatches, 1);
	if (address)
		add_fault(worker, address, physical, want ^ got);
	if (index >= WORKER_MISMATCHES)
		return;
	detail->at = at;
	detail->address = address;
	detail->physical = physical;
	detail->node = address ? pagemap_node((const void *)(uintptr_t)address) : -1;
	detail->want = want;
	detail->got = got;
	detail->seed = atomic_load_explicit(&line->seed, memory_order_relaxed);
	detail->phase = atomic_load_explicit(&line->phase, memory_order_relaxed);
	detail->kernel = atomic_load_explicit(&line->kernel, memory_order_relaxed);
	detail->isa = atomic_load_explicit(&line->isa, memory_order_relaxed);
	detail->time_ns = clock_boot_ns();
	/* Release: who sees the count sees the whole entry. */
	atomic_store_explicit(&line->details, index + 1, memory_order_release);
}

void worker_compare(struct worker *worker, uint64_t at, const uint64_t *want, const uint64_t *got,
		    size_t words)
{
	size_t i;

	if (!memcmp(want, got, words * sizeof(*want)))
		return;
	for (i = 0; i < words; i++) {
		if (want[i] != got[i])
			worker_mismatch(worker, at + i * sizeof(*want), want[i], got[i]);
	}
}

void worker_distinct(struct worker *worker, uint64_t bytes)
{
	line_add(&worker->line->distinct_bytes, bytes);
}
