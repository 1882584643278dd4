/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many cores, threads and sockets: what the sources say, and which of them is believed. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "tests/unit/cpu_scene.h"
#include "tests/unit/dmi_fixture.h"

#include <string.h>

START_TEST(the_files_of_one_processor_tell_cores_clusters_and_sockets)
{
	struct scene scene = scene_make(so_many(64, ARM("0x48", "0xd02")));

	tree_file(&scene.tree, CPU "present", "0-63\n");
	tree_file(&scene.tree, CPU "cpu0/topology/thread_siblings_list", "0-1\n");
	tree_file(&scene.tree, CPU "cpu0/topology/cluster_cpus_list", "0-7\n");
	tree_file(&scene.tree, CPU "cpu0/topology/core_siblings_list", "0-15,32-47\n");
	scene_probe(&scene);
	has_number(&scene, "logical_cpus", 64);
	has_number(&scene, "cores", 32);
	has_number(&scene, "threads_per_core", 2);
	has_number(&scene, "clusters", 8);
	has_number(&scene, "sockets", 2);
	/* x86 kernels call every core a cluster of its own. */
	tree_file(&scene.tree, CPU "cpu0/topology/cluster_cpus_list", "0-1\n");
	tree_file(&scene.tree, CPU "cpu0/topology/thread_siblings_list", "nonsense\n");
	scene_probe(&scene);
	has_number(&scene, "cores", -1);
	scene_release(&scene);
}
END_TEST

#define LOONGSON(number, core)                                                                     \
	"processor\t: " number "\npackage\t: 0\ncore\t: " core "\nmodel name\t: Loongson-3A6000\n"

/* Type 4 of a firmware that counts the threads of a 3A6000 as cores. */
static const char eight_cores[] =
	"\x04\x30\x01\0\x01\x03\xfe\x02\0\0\0\0\0\0\0\0\x02\x89\x64\0\xc4\x09\xc4\x09\x41\x06"
	"\xff\xff\xff\xff\xff\xff\0\0\0\x08\x08\x08\0\0\0\0\x08\0\x08\0\x08\0"
	"CPU0\0Loongson-3A6000-HV\0\0";

START_TEST(firmware_that_takes_threads_for_cores_is_contradicted)
{
	struct scene scene = scene_make(LOONGSON("0", "0") LOONGSON("1", "0") LOONGSON("2", "1")
					LOONGSON("3", "1") LOONGSON("4", "2") LOONGSON("5", "2")
					LOONGSON("6", "3") LOONGSON("7", "3"));

	tree_bytes(&scene.tree, "m/sys/firmware/dmi/tables/DMI", eight_cores,
		   sizeof(eight_cores) - 1);
	scene_probe(&scene);
	has_number(&scene, "cores", 4);
	has_number(&scene, "threads_per_core", 2);
	ck_assert(has_problem(&scene, "smbios-contradicted"));
	/* And where nothing but that firmware speaks, the model is known to have four. */
	tree_file(&scene.tree, "m/proc/cpuinfo", "");
	scene_probe(&scene);
	has_text(&scene, "model", "3A6000", CERTAINTY_LIKELY);
	has_text(&scene, "sku", "HV", CERTAINTY_LIKELY);
	has_number(&scene, "cores", 4);
	has_number(&scene, "sockets", 1);
	scene_release(&scene);
}
END_TEST

START_TEST(more_cores_than_a_socket_of_the_model_has_are_a_problem_though_smbios_agrees)
{
	struct scene scene = scene_make(so_many(8, "model name\t: Loongson-3A6000\n"));
	static const uint8_t socket[0x18 - 4 + 1] = { [0x10 - 4] = 1, [0x18 - 4] = 0x41 };
	struct dmi_fixture two = DMI_FIXTURE_INIT;

	tree_file(&scene.tree, "m/facts", LOONGARCH("0x0014d000"));
	tree_bytes(&scene.tree, "m/sys/firmware/dmi/tables/DMI", eight_cores,
		   sizeof(eight_cores) - 1);
	tree_file(&scene.tree, CPU "cpu0/topology/thread_siblings_list", "0\n");
	tree_file(&scene.tree, CPU "cpu0/topology/core_siblings_list", "0-7\n");
	scene_probe(&scene);
	has_number_so(&scene, "cores", 8, CERTAINTY_CONTRADICTORY);
	ck_assert_ptr_nonnull(strstr(detail_of(&scene, "cpu-contradicted"), "8 cores in 1 sockets"));
	ck_assert_ptr_nonnull(strstr(detail_of(&scene, "cpu-contradicted"),
				     "a socket of 3A6000 has at most 4"));
	/* Two sockets of four. */
	tree_file(&scene.tree, CPU "cpu0/topology/core_siblings_list", "0-3\n");
	scene_probe(&scene);
	has_number(&scene, "cores", 8);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	/* And as a kernel shows them that takes both together. */
	tree_file(&scene.tree, CPU "cpu0/topology/core_siblings_list", "0-7\n");
	dmi_fixture_add(&two, 4, socket, sizeof(socket), "Loongson-3A6000-HV", NULL);
	dmi_fixture_add(&two, 4, socket, sizeof(socket), "Loongson-3A6000-HV", NULL);
	dmi_fixture_write(&two, &scene.tree, "m");
	scene_probe(&scene);
	has_number(&scene, "cores", 8);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

#define SIBLINGS(cpu, what, list)                                                                  \
	tree_file(&scene.tree, CPU "cpu" cpu "/topology/" what "_list", list "\n")

START_TEST(clusters_that_a_kernel_takes_for_packages_are_no_sockets)
{
	static const struct {
		const char *lines;
		unsigned int cpus;
		const char *package;	/* of the first processor */
		int64_t sockets;
	} row[] = {
		{ ARM("0x70", "0x662"), 64, "0-3", 1 },		/* a FT-2000+/64 has 64 */
		{ ARM("0x70", "0x662"), 128, "0-3", 2 },
		{ ARM("0x70", "0x663"), 4, "0-1", 1 },		/* neither stands in two sockets */
		{ ARM("0x70", "0x663"), 8, "0-1", 1 },
		{ ARM("0x70", "0x663"), 128, "0-63", 2 },	/* S2500: what the kernel says */
		{ ARM("0x48", "0xd01"), 64, "0-31", 2 },	/* 32 each, though one may have 64 */
		{ "model name\t: Loongson-3C5000L\n", 32, "0-3", 2 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(row[i].cpus, row[i].lines));
		AUTO(buf_release) struct buf list = BUF_INIT;

		buf_addf(&list, "%s\n", row[i].package);
		SIBLINGS("0", "thread_siblings", "0");
		tree_file(&scene.tree, CPU "cpu0/topology/core_siblings_list", list.data);
		scene_probe(&scene);
		has_number(&scene, "cores", row[i].cpus);
		has_number(&scene, "sockets", row[i].sockets);
		ck_assert(!has_problem(&scene, "cpu-contradicted"));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(firmware_that_counts_all_cores_in_fewer_sockets_than_the_kernel_is_believed)
{
	struct scene scene = scene_make(so_many(8, ARM("0x48", "0xd01")));

	tree_bytes(&scene.tree, "m/sys/firmware/dmi/tables/DMI", eight_cores,
		   sizeof(eight_cores) - 1);
	SIBLINGS("0", "thread_siblings", "0");
	SIBLINGS("0", "core_siblings", "0-3");
	scene_probe(&scene);
	has_number(&scene, "sockets", 1);
	/* Not when it does not speak of all. */
	tree_file(&scene.tree, "m/proc/cpuinfo", so_many(16, ARM("0x48", "0xd01")));
	SIBLINGS("0", "core_siblings", "0-7");
	scene_probe(&scene);
	has_number_so(&scene, "sockets", 2, CERTAINTY_CONTRADICTORY);
	scene_release(&scene);
}
END_TEST

START_TEST(cores_are_counted_though_threads_of_some_are_offline)
{
#define ONE(number) "processor\t: " number "\n" ARM("0x48", "0xd02") "\n"
	static const char cpus[] = ONE("0") ONE("2") ONE("3") ONE("4") ONE("5") ONE("6") ONE("7");
	struct scene scene = scene_make(cpus);

	tree_file(&scene.tree, CPU "present", "0-7\n");
	SIBLINGS("0", "thread_siblings", "0");
	SIBLINGS("2", "thread_siblings", "2-3");
	SIBLINGS("3", "thread_siblings", "2-3");
	SIBLINGS("4", "thread_siblings", "4,5");
	SIBLINGS("5", "thread_siblings", "4,5");
	SIBLINGS("6", "thread_siblings", "6-7");
	SIBLINGS("7", "thread_siblings", "6-7");
	SIBLINGS("0", "core_siblings", "0,2-7");
	scene_probe(&scene);
	has_number(&scene, "cores", 4);
	has_number(&scene, "threads_per_core", 2);
	has_number(&scene, "sockets", 1);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

START_TEST(cores_that_the_firmware_was_told_to_leave_off_contradict_nothing)
{
	struct scene scene = scene_make(so_many(4, ARM("0x70", "0x663")));
	uint8_t fixed[0x30 - 4] = { [0x18 - 4] = 0x41, [0x23 - 4] = 8, [0x24 - 4] = 4, [0x25 - 4] = 8 };
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;

	dmi_fixture_add(&dmi, 4, fixed, sizeof(fixed), "CPU0", NULL);
	dmi_fixture_write(&dmi, &scene.tree, "m");
	SIBLINGS("0", "thread_siblings", "0");
	scene_probe(&scene);
	has_number(&scene, "cores", 4);
	ck_assert(!has_problem(&scene, "smbios-contradicted"));
	scene_release(&scene);
}
END_TEST

START_TEST(two_threads_of_a_core_that_has_one_are_a_problem)
{
	struct scene scene = scene_make(so_many(8, NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8")));

	SIBLINGS("0", "thread_siblings", "0-1");
	scene_probe(&scene);
	has_number_so(&scene, "threads_per_core", 2, CERTAINTY_CONTRADICTORY);
	ck_assert_ptr_nonnull(strstr(detail_of(&scene, "cpu-contradicted"),
				     "a core of D2000 has at most 1"));
	SIBLINGS("0", "thread_siblings", "0");
	scene_probe(&scene);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

START_TEST(threads_that_smbios_claims_are_held_against_the_processors)
{
	static const struct {
		const char *lines;
		unsigned int cpus;
		uint8_t cores, threads;
		const char *detail;	/* NULL: nothing is wrong */
	} row[] = {
		{ "model name\t: Loongson-3A6000\n", 8, 4, 8, NULL },
		{ "model name\t: Loongson-3A6000\n", 8, 4, 4, "4 threads, but there are 8 proc" },
		{ "model name\t: Loongson-3A6000\n", 4, 4, 8, NULL },	/* off by the menu */
		{ "model name\t: Loongson-3A6000\n", 8, 4, 16, "4 cores of this series have at most 8" },
		{ NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8"), 8, 8, 8, NULL },
		{ NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8"), 8, 8, 16, "at most 8" },
		{ ARM("0x48", "0xd01"), 8, 8, 1, "1 threads, but there are 8 proc" },
		{ ARM("0x48", "0xd01"), 8, 8, 0, NULL },		/* not said */
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(row[i].cpus, row[i].lines));
		uint8_t fixed[0x30 - 4] = { [0x18 - 4] = 0x41, [0x23 - 4] = row[i].cores,
					    [0x25 - 4] = row[i].threads };
		struct dmi_fixture dmi = DMI_FIXTURE_INIT;

		dmi_fixture_add(&dmi, 4, fixed, sizeof(fixed), "CPU0", NULL);
		dmi_fixture_write(&dmi, &scene.tree, "m");
		SIBLINGS("0", "thread_siblings", "0");
		if (row[i].cpus > row[i].cores)
			SIBLINGS("0", "thread_siblings", "0-1");
		scene_probe(&scene);
		if (row[i].detail)
			ck_assert_msg(strstr(detail_of(&scene, "smbios-contradicted"), row[i].detail),
				      "%zu: %s", i, detail_of(&scene, "smbios-contradicted"));
		else
			ck_assert_msg(!has_problem(&scene, "smbios-contradicted"), "%zu: %s", i,
				      detail_of(&scene, "smbios-contradicted"));
		/* A virtual machine is given what its owner wants. */
		tree_file(&scene.tree, "m/sys/hypervisor/type", "xen\n");
		scene_probe(&scene);
		ck_assert(!has_problem(&scene, "smbios-contradicted"));
		scene_release(&scene);
	}
}
END_TEST

UNIT_MAIN("cpu_counts", the_files_of_one_processor_tell_cores_clusters_and_sockets,
	  firmware_that_takes_threads_for_cores_is_contradicted,
	  more_cores_than_a_socket_of_the_model_has_are_a_problem_though_smbios_agrees,
	  clusters_that_a_kernel_takes_for_packages_are_no_sockets,
	  firmware_that_counts_all_cores_in_fewer_sockets_than_the_kernel_is_believed,
	  cores_are_counted_though_threads_of_some_are_offline,
	  cores_that_the_firmware_was_told_to_leave_off_contradict_nothing,
	  two_threads_of_a_core_that_has_one_are_a_problem,
	  threads_that_smbios_claims_are_held_against_the_processors)
