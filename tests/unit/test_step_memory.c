/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/plan.h"
#include "harness/run/step_parts.h"
#include "tests/unit/unit.h"

#include <unistd.h>

#define MIB (1ULL << 20)

START_TEST(workers_share_memory_in_whole_pages_of_this_machine_but_one_page_each)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), mib;
	size_t workers;

	for (workers = 1; workers < 100; workers++) {
		for (mib = workers; mib < 3 * workers; mib++) {
			struct plan_step step = { .bytes = mib * MIB, .cpu_count = workers };
			struct step_setup setup = { .step = &step };
			uint64_t share = step_memory_share(&setup);

			ck_assert_uint_eq(share % page, 0);
			ck_assert_uint_le(share * workers, step.bytes);
			ck_assert_uint_gt((share + page) * workers, step.bytes);
		}
	}
}
END_TEST

UNIT_MAIN("step memory", workers_share_memory_in_whole_pages_of_this_machine_but_one_page_each)
