/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrong data in memory: the module, the pages, what was verified. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/run/module_map.h"
#include "tests/unit/pen_fixture.h"

#include <string.h>

static void plant_module(struct pen *pen, const char *id, const char *mapped)
{
	struct component *module = inventory_add(&pen->f.inventory, "memory", id, NULL);

	if (mapped)
		component_text(&pen->f.inventory, module, "mapped", mapped, "test",
			       CERTAINTY_CERTAIN);
}

static void mismatch_at(struct pen *pen, uint64_t physical)
{
	struct frame_mismatch seen = {
		.attempt = 1, .isa = "scalar", .want = 1, .got = 3, .physical = physical
	};

	BOOK_ADD_AT(&pen->book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
}

START_TEST(wrong_data_in_memory_names_its_module_where_the_firmware_maps_them)
{
	static const struct {
		uint64_t physical;
		const char *component, *dimm;
	} row[] = {
		{ 0, "", NULL },
		{ 0x10000000, "dimm/A", "dimm/A" },
		{ 0x100000000, "dimm/B", "dimm/B" },
		{ 0x23fffffff, "", "dimm/B or dimm/C" }, /* interleaved */
		{ 0x240000000, "", "not known: no module is mapped there" },
	};
	const struct finding *finding;
	struct pen pen;
	size_t i;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", "0x0-0xbfffffff 0x300000000-0x33fffffff");
	plant_module(&pen, "dimm/B", "0x100000000-0x23fffffff");
	plant_module(&pen, "dimm/C", "0x200000000-0x23fffffff");
	pen_start(&pen);
	pen_step_start(&pen, 0, 1, SECOND);
	for (i = 0; i < ARRAY_SIZE(row); i++)
		mismatch_at(&pen, row[i].physical);
	finding = pen_record_of(&pen)->finding;
	for (i = 0; i < ARRAY_SIZE(row); i++, finding = finding->next) {
		const char *dimm = finding_get(finding, "dimm");

		ck_assert_str_eq(finding->code->code, "memory-mismatch");
		ck_assert_str_eq(finding->component, row[i].component);
		ck_assert_str_eq(dimm ? dimm : "", row[i].dimm ? row[i].dimm : "");
	}
	finding = pen_record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "physical"), "not known");
	ck_assert_str_eq(finding_get(finding->next, "physical"), "0x0000000010000000");
	pen_release(&pen);
}
END_TEST

static void plant_text(struct pen *pen, const char *id, const char *name, const char *text)
{
	struct component *module;

	for (module = pen->f.inventory.component; strcmp(module->id, id); module = module->next)
		ck_assert_ptr_nonnull(module->next);
	component_text(&pen->f.inventory, module, name, text, "test", CERTAINTY_CERTAIN);
}

static void plant_number(struct pen *pen, const char *id, const char *name, int64_t number)
{
	struct component *module;

	for (module = pen->f.inventory.component; strcmp(module->id, id); module = module->next)
		ck_assert_ptr_nonnull(module->next);
	component_number(&pen->f.inventory, module, name, number, "test", CERTAINTY_CERTAIN);
}

static const struct finding *first_finding(struct pen *pen, uint64_t physical)
{
	pen_start(pen);
	pen_step_start(pen, 0, 1, SECOND);
	mismatch_at(pen, physical);
	return pen_record_of(pen)->finding;
}

START_TEST(of_interleaved_modules_all_are_named_with_what_they_have_in_common)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", "0x0-0xffffffff");
	plant_module(&pen, "dimm/B", "0x0-0xffffffff");
	plant_text(&pen, "dimm/A", "socket", "SOCKET 0");
	plant_text(&pen, "dimm/B", "socket", "SOCKET 0");
	plant_text(&pen, "dimm/A", "channel", "CHANNEL 0");
	plant_text(&pen, "dimm/B", "channel", "CHANNEL 1");
	plant_text(&pen, "dimm/A", "edac_location", "channel 0 slot 0");
	finding = first_finding(&pen, 0x1000);
	ck_assert_str_eq(finding->component, "");
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/A or dimm/B");
	ck_assert_str_eq(finding_get(finding, "dimm_by"), "smbios type 20");
	ck_assert_str_eq(finding_get(finding, "socket"), "SOCKET 0");
	ck_assert_str_eq(finding_get(finding, "channel"), "CHANNEL 0 or CHANNEL 1");
	/* What is known of one only does not answer for both. */
	ck_assert_ptr_null(finding_get(finding, "edac"));
	pen_release(&pen);
}
END_TEST

START_TEST(a_module_that_is_interleaved_with_one_that_has_no_map_is_not_accused_alone)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", "0x0-0xffffffff");
	plant_module(&pen, "dimm/B", NULL);
	plant_text(&pen, "dimm/A", "channel", "CHANNEL 0");
	finding = first_finding(&pen, 0x1000);
	ck_assert_str_eq(finding->component, "dimm/A");
	pen_release(&pen);

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", "0x0-0xffffffff");
	plant_module(&pen, "dimm/B", NULL);
	plant_text(&pen, "dimm/A", "channel", "CHANNEL 0");
	plant_number(&pen, "dimm/A", "interleave_position", 1);
	finding = first_finding(&pen, 0x1000);
	ck_assert_str_eq(finding->component, "");
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/A or one that it is interleaved with");
	ck_assert_ptr_null(finding_get(finding, "channel"));
	pen_release(&pen);
}
END_TEST

START_TEST(where_only_arrays_are_mapped_their_modules_are_named)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", NULL);
	plant_module(&pen, "dimm/B", NULL);
	plant_module(&pen, "dimm/C", NULL);
	plant_text(&pen, "dimm/A", "array_mapped", "0x0-0xffffffff");
	plant_text(&pen, "dimm/B", "array_mapped", "0x0-0xffffffff");
	plant_text(&pen, "dimm/C", "array_mapped", "0x100000000-0x1ffffffff");
	plant_text(&pen, "dimm/C", "locator", "DIMM C");
	pen_start(&pen);
	pen_step_start(&pen, 0, 1, SECOND);
	mismatch_at(&pen, 0x2000);
	mismatch_at(&pen, 0x100002000);
	mismatch_at(&pen, 0x200002000);
	finding = pen_record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/A or dimm/B");
	ck_assert_str_eq(finding_get(finding, "dimm_by"), "smbios type 19");
	finding = finding->next;
	ck_assert_str_eq(finding->component, "dimm/C");
	ck_assert_str_eq(finding_get(finding, "slot"), "DIMM C");
	finding = finding->next;
	ck_assert_str_eq(finding->component, "");
	ck_assert_str_eq(finding_get(finding, "dimm"), "not known: no module is mapped there");
	pen_release(&pen);
}
END_TEST

START_TEST(the_only_module_is_accused_unless_it_is_smaller_than_what_the_kernel_has)
{
	static const struct {
		int64_t kernel, size;
		const char *component;
	} row[] = { { 8000, 8192, "dimm/A" }, { 16000, 8192, "" }, { 16000, 0, "dimm/A" } };
	const struct finding *finding;
	struct pen pen;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		pen_make(&pen, MEMORY_STEP);
		plant_module(&pen, "memory/total", NULL);
		plant_number(&pen, "memory/total", "kernel_total_bytes", row[i].kernel);
		plant_module(&pen, "dimm/A", NULL);
		plant_module(&pen, "dimm/B", NULL);
		plant_number(&pen, "dimm/A", "size_bytes", row[i].size);
		plant_number(&pen, "dimm/B", "populated", 0);
		finding = first_finding(&pen, 0);
		ck_assert_str_eq(finding->component, row[i].component);
		ck_assert_str_eq(finding_get(finding, "physical"), "not known");
		pen_release(&pen);
	}
}
END_TEST

START_TEST(an_error_that_edac_counted_names_the_slot_of_its_module)
{
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", NULL);
	plant_module(&pen, "dimm/B", NULL);
	plant_text(&pen, "dimm/A", "edac", "mc0/rank10 mc10/rank1");
	plant_text(&pen, "dimm/B", "edac", "mc0/rank0 mc0/rank1");
	plant_text(&pen, "dimm/B", "edac_location", "csrow 0 channel 0, csrow 1 channel 0");
	plant_text(&pen, "dimm/B", "locator", "DIMM_B0");
	pen_start(&pen);
	pen_reading(&pen, 17, 1, 0);
	pen_reading(&pen, 17, 2, 1000);
	pen_record_of(&pen);
	finding = live_fixture_finding(&pen.f, "edac-corrected");
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->component, "edac/mc0/rank1");
	ck_assert_str_eq(finding_get(finding, "dimm"), "dimm/B");
	ck_assert_str_eq(finding_get(finding, "slot"), "DIMM_B0");
	ck_assert_str_eq(finding_get(finding, "edac"), "csrow 0 channel 0, csrow 1 channel 0");
	pen_release(&pen);
}
END_TEST

/* Frames of two ranges; the only module answers for both. */
START_TEST(what_was_verified_is_of_the_only_module_without_any_map)
{
	static const uint64_t bytes[] = { 4096 };
	struct module_bytes row[MODULE_RANGES];
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct module_map map;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/A", NULL);
	plant_number(&pen, "dimm/A", "size_bytes", INT64_C(8) << 30);
	map = module_map_make(&pen.f.inventory, &arena);
	ck_assert_uint_eq(map.count, 1);
	ck_assert_uint_eq(map.range[0].first, 0);
	ck_assert_uint_eq(map.range[0].last, UINT64_MAX);
	ck_assert_uint_eq(module_map_rows(&map, bytes, row), 1);
	ck_assert_str_eq(row[0].modules, "dimm/A");
	ck_assert_uint_eq(row[0].mapped, UINT64_C(8) << 30);
	/* A second one: nothing is known, until the firmware maps the array of both. */
	plant_module(&pen, "dimm/B", NULL);
	ck_assert_uint_eq(module_map_make(&pen.f.inventory, &arena).count, 0);
	plant_text(&pen, "dimm/A", "array_mapped", "0x0-0xffffffff");
	plant_text(&pen, "dimm/B", "array_mapped", "0x0-0xffffffff");
	map = module_map_make(&pen.f.inventory, &arena);
	ck_assert_uint_eq(map.count, 1);
	ck_assert_uint_eq(module_map_rows(&map, bytes, row), 1);
	ck_assert_str_eq(row[0].modules, "dimm/A dimm/B");
	ck_assert_uint_eq(row[0].mapped, UINT64_C(1) << 32);
	pen_release(&pen);
}
END_TEST

START_TEST(wrong_words_of_memory_are_summed_up_with_the_pages_for_the_kernel)
{
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .mismatches = 900 };
	struct frame_mismatch seen = { .attempt = 1, .isa = "scalar", .want = 1, .got = 3,
				       .address = 0x7000, .physical = 0x12345008,
				       .page_bytes = 4096, .node = 1 };
	struct frame_faults faults = { .bits = 0x104, .address_and = 0x12345000,
				       .address_or = 0x1234ffff, .page_bytes = 4096,
				       .page = { 0x12345000, 0x1234f000 }, .pages = 2, .more = true };
	const char *reason = NULL;
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_faults = &faults, .worker_reason = &reason,
					.worker_count = 1 };
	const struct finding *finding;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	pen_start(&pen);
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_MISMATCH, mismatch, &seen, 2 * SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	finding = pen_record_of(&pen)->finding;
	ck_assert_str_eq(finding_get(finding, "page_frame"), "0x12345");
	ck_assert_str_eq(finding_get(finding, "node"), "1");
	ck_assert_str_eq(finding_get(finding, "last_writer"), "cpu 0");
	finding = finding->next->next;
	ck_assert_str_eq(finding->code->code, "memory-faults");
	ck_assert_str_eq(finding_get(finding, "count"), "900");
	ck_assert_str_eq(finding_get(finding, "bits"), "0x0000000000000104");
	ck_assert_str_eq(finding_get(finding, "addresses"), "physical");
	ck_assert_str_eq(finding_get(finding, "address_and"), "0x0000000012345000");
	ck_assert_str_eq(finding_get(finding, "address_or"), "0x000000001234ffff");
	ck_assert_str_eq(finding_get(finding, "bad_pages"), "0x12345000 0x1234f000 and others");
	ck_assert_str_eq(finding_get(finding, "memmap"),
			 "memmap=4K$0x12345000 memmap=4K$0x1234f000");
	pen_release(&pen);
}
END_TEST

START_TEST(bad_pages_are_in_the_form_that_the_kernel_of_the_machine_takes)
{
	static const struct {
		const char *arch, *memmap;
		uint64_t page_bytes;
	} row[] = {
		{ "x86_64", "memmap=12K$0x10000 memmap=4K$0x20000", 4096 },
		{ "loongarch64", "memmap=16K$0x10000 memmap=16K$0x11000 memmap=16K$0x12000 "
				 "memmap=16K$0x20000", 16384 },
		{ "loongarch64", "memmap=12K$0x10000 memmap=4K$0x20000", 4096 },
		{ "aarch64", NULL, 65536 },
	};
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .mismatches = 4 };
	struct frame_faults faults = { .bits = 1, .address_and = 0x10000, .address_or = 0x3f000,
				       .page = { 0x20000, 0x11000, 0x12000, 0x10000 }, .pages = 4 };
	const char *reason = NULL;
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_faults = &faults, .worker_reason = &reason,
					.worker_count = 1 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const struct finding *finding;
		struct pen pen;

		faults.page_bytes = row[i].page_bytes;
		pen_make(&pen, MEMORY_STEP);
		pen.f.inventory.arch = row[i].arch;
		pen_start(&pen);
		pen_step_start(&pen, 0, 1, SECOND);
		BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
		pen_record_of(&pen);
		finding = live_fixture_finding(&pen.f, "memory-faults");
		ck_assert_ptr_nonnull(finding);
		ck_assert_str_eq(finding_get(finding, "bad_pages"),
				 "0x10000 0x11000 0x12000 0x20000");
		ck_assert(!finding_get(finding, "memmap") == !row[i].memmap);
		if (row[i].memmap)
			ck_assert_str_eq(finding_get(finding, "memmap"), row[i].memmap);
		pen_release(&pen);
	}
}
END_TEST

START_TEST(without_a_map_the_only_module_is_named_and_of_several_none)
{
	const struct finding *finding;
	struct pen pen;
	int modules;

	for (modules = 1; modules <= 2; modules++) {
		pen_make(&pen, MEMORY_STEP);
		plant_module(&pen, "dimm/A", NULL);
		if (modules > 1)
			plant_module(&pen, "dimm/B", NULL);
		pen_start(&pen);
		pen_step_start(&pen, 0, 1, SECOND);
		mismatch_at(&pen, 4096);
		finding = pen_record_of(&pen)->finding;
		ck_assert_str_eq(finding->component, modules > 1 ? "" : "dimm/A");
		ck_assert_str_eq(finding_get(finding, "dimm"),
				 modules > 1 ? "not known: the firmware gives no map of the modules"
					     : "dimm/A");
		pen_release(&pen);
	}
}
END_TEST

START_TEST(what_was_verified_of_each_module_is_in_the_record)
{
	static const uint64_t bytes[] = { 4096, 8192, 65536 };
	struct module_bytes row[MODULE_RANGES];
	struct worker_outcome worker = { .isa = "scalar", .kind = OUTCOME_DONE, .work = 9 };
	struct frame_step_end value = { .attempt = 1, .kind = OUTCOME_DONE, .worker = &worker,
					.worker_count = 1, .modules = { .row = row } };
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const struct module_bytes_list *list;
	struct record again = RECORD_INIT;
	struct module_map map;
	struct err err = ERR_INIT;
	struct pen pen;

	pen_make(&pen, MEMORY_STEP);
	plant_module(&pen, "dimm/C", "0x100000000-0x1ffffffff");
	plant_module(&pen, "dimm/A", "0x0-0xbfffffff 0x200000000-0x23fffffff");
	plant_module(&pen, "dimm/D", "0x100000000-0x1ffffffff");
	plant_module(&pen, "dimm/E", NULL);
	pen_start(&pen);
	map = module_map_make(&pen.f.inventory, &arena);
	ck_assert_uint_eq(map.count, 3);
	value.modules.count = module_map_rows(&map, bytes, row);
	pen_step_start(&pen, 0, 1, SECOND);
	BOOK_ADD_AT(&pen.book, FRAME_STEP_END, step_end, &value, 3 * SECOND);
	pen_record_of(&pen);
	ck_assert_msg(!record_parse(pen.f.finish.record_bytes.data, pen.f.finish.record_bytes.size,
				    "record", &live_fixture_kernels, &again, &err), "%s", err.plain);
	list = &again.outcome->modules;
	ck_assert_uint_eq(list->count, 2);
	ck_assert_str_eq(list->row[0].modules, "dimm/A");
	ck_assert_uint_eq(list->row[0].mapped, 0x100000000);
	ck_assert_str_eq(list->row[1].modules, "dimm/C dimm/D");
	ck_assert_uint_eq(list->row[1].mapped, 0x100000000);
	/* The ranges come in the order of the inventory: that of C and D first. */
	ck_assert_uint_eq(list->row[0].bytes, 8192 + 65536);
	ck_assert_uint_eq(list->row[1].bytes, 4096);
	record_release(&again);
	pen_release(&pen);
}
END_TEST

UNIT_MAIN("assemble memory",
	  wrong_data_in_memory_names_its_module_where_the_firmware_maps_them,
	  of_interleaved_modules_all_are_named_with_what_they_have_in_common,
	  a_module_that_is_interleaved_with_one_that_has_no_map_is_not_accused_alone,
	  where_only_arrays_are_mapped_their_modules_are_named,
	  the_only_module_is_accused_unless_it_is_smaller_than_what_the_kernel_has,
	  an_error_that_edac_counted_names_the_slot_of_its_module,
	  what_was_verified_is_of_the_only_module_without_any_map,
	  wrong_words_of_memory_are_summed_up_with_the_pages_for_the_kernel,
	  bad_pages_are_in_the_form_that_the_kernel_of_the_machine_takes,
	  without_a_map_the_only_module_is_named_and_of_several_none,
	  what_was_verified_of_each_module_is_in_the_record)
