/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/litmus.h"

bool litmus_forbidden(enum litmus litmus, uint64_t n,
		      const uint64_t seen[LITMUS_ROLES][LITMUS_READS])
{
	size_t role, i;

	/* From the future: nobody wrote that. */
	for (role = 0; role < LITMUS_ROLES; role++) {
		for (i = 0; i < LITMUS_READS; i++) {
			if (seen[role][i] > n)
				return true;
		}
	}
	switch (litmus) {
	case LITMUS_STORE_BUFFER:
		return seen[0][0] != n && seen[1][0] != n;
	case LITMUS_LOAD_BUFFER:
		return seen[0][0] == n && seen[1][0] == n;
	case LITMUS_MESSAGE:
		return seen[1][0] == n && seen[1][1] != n;
	case LITMUS_COHERENCE:
		return seen[1][1] < seen[1][0];
	default:
		return seen[2][0] == n && seen[2][1] != n && seen[3][0] == n && seen[3][1] != n;
	}
}

/* The seats but one turn around a table; an odd worker meets an empty chair. */
static size_t turning(size_t count)
{
	return count % 2 ? count : count - 1;
}

size_t litmus_rounds(size_t count)
{
	return turning(count);
}

size_t litmus_partner(uint64_t round, size_t worker, size_t count)
{
	size_t seats = turning(count), at = (size_t)(round % seats), partner;

	if (worker == seats) /* the one that does not turn */
		return at * ((seats + 1) / 2) % seats;
	partner = (at + seats - worker) % seats;
	if (partner != worker)
		return partner;
	return seats < count ? seats : worker;
}
