/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/march_walk.h"
#include "harness/sys/pagemap.h"
#include "tests/unit/memory_model.h"
#include "tests/unit/unit.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LINE_BIT = 6, AF_NONE = 1, AF_FORMS = 4, PAGES = 256 };

static _Alignas(128) struct worker_line line;
static struct march_walk walk;

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static unsigned char *map(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(memory, MAP_FAILED);
	return memory;
}

/* From line 0 of the model, over all bits that its addresses have. */
static bool walk_finds(const struct model_fault *fault)
{
	const struct march_content zeros = { .number = 0 };
	struct march_program program = { .stages = 0 };
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .seed = 1, .count = 1 };
	struct march march = { .impl = &model_impl,
			       .program = &program,
			       .worker = &worker,
			       .memory = model_memory(),
			       .size = MODEL_CELLS * MARCH_LINE };

	memset(&line, 0, sizeof(line));
	model_power_up(fault, false);
	march_walk_find(&march, &walk);
	march_walk(&march, &walk, &zeros);
	return line.mismatches;
}

START_TEST(a_line_of_the_address_that_reaches_the_wrong_cell_is_found)
{
	struct model_fault fault = { .kind = MODEL_SOUND };

	ck_assert(!walk_finds(&fault));
	fault.kind = MODEL_AF;
	for (fault.victim = 1; fault.victim < MODEL_CELLS; fault.victim *= 2) {
		for (fault.form = 0; fault.form < AF_FORMS; fault.form++)
			ck_assert_msg(walk_finds(&fault) || fault.form == AF_NONE,
				      "line %u, form %u", fault.victim, fault.form);
	}
}
END_TEST

/* Has any of the bases a line that differs in this bit? */
static bool is_walked(size_t bit)
{
	size_t i;

	for (i = 0; i < walk.bases; i++) {
		if (walk.base[i].other[bit] != WALK_NONE)
			return true;
	}
	return false;
}

START_TEST(every_bit_of_the_address_is_walked_whatever_the_size)
{
	static const size_t pages[] = { 1, 2, 3, 5, 9, 17, 33, 63, 64, 65, 200, 255, 257 };
	size_t i, bit;

	for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		/* Nobody touched it, so it has no frames: offsets. */
		const size_t size = pages[i] * page();
		struct march march = { .size = size, .memory = map(size) };

		march_walk_find(&march, &walk);
		for (bit = LINE_BIT; 1ULL << bit < march.size; bit++)
			ck_assert_msg(is_walked(bit), "bit %zu of %zu pages", bit, pages[i]);
		munmap(march.memory, march.size);
	}
}
END_TEST

START_TEST(lines_that_are_walked_differ_in_one_bit_of_the_physical_address)
{
	const size_t size = PAGES * page();
	struct march march = { .size = size, .memory = map(size) };
	size_t i, bit, seen = 0;

	memset(march.memory, 1, size);
	mlock(march.memory, size);
	march_walk_find(&march, &walk);
	for (i = 0; i < walk.bases; i++) {
		for (bit = 0; bit < WALK_BITS; bit++) {
			size_t at = walk.base[i].at, other = walk.base[i].other[bit];

			if (other == WALK_NONE)
				continue;
			seen++;
			ck_assert_uint_lt(other, size);
			if (pagemap_physical(march.memory))
				ck_assert_uint_eq(pagemap_physical(march.memory + at) ^
							  pagemap_physical(march.memory + other),
						  1ULL << bit);
			else
				ck_assert_uint_eq(at ^ other, 1ULL << bit);
		}
	}
	ck_assert_uint_ge(seen, walk.bases * 6);
	munmap(march.memory, size);
}
END_TEST

UNIT_MAIN("march_walk", a_line_of_the_address_that_reaches_the_wrong_cell_is_found,
	  every_bit_of_the_address_is_walked_whatever_the_size,
	  lines_that_are_walked_differ_in_one_bit_of_the_physical_address)
