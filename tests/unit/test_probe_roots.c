/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every probe on the captured machines of tests/roots. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/sys/disk.h"
#include "probes/probe.h"
#include "probes/usb_strings.h"
#include "tests/unit/roots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static const char *const machine[] = { "greatwall-td120a2", "loongson-3a6000-nuc",
				       "taishan-200-2280" };

static void check_golden(const char *name)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	AUTO(buf_release) struct buf golden = BUF_INIT;
	AUTO(buf_release) struct buf path = BUF_INIT;
	AUTO_FREE char *text = NULL;

	roots_build(&tree, name);
	roots_probe(&tree, name, NULL, &inventory);
	/* Another row in a table is no other machine: the golden text has no digest. */
	inventory_pack(&inventory, inventory.pack_version, "-");
	text = roots_text(&inventory);
	buf_addf(&path, TEST_SOURCE_FOLDER "/tests/golden/%s.json", name);
	ck_assert_int_eq(disk_read_file(path.data, 1 << 20, &golden, NULL), 0);
	ck_assert_msg(!strcmp(text, golden.data),
		      "tests/golden/update shows and takes over what changed in %s", name);
	tree_remove(&tree);
}

START_TEST(the_inventory_is_the_golden_one_byte_for_byte)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(machine); i++)
		check_golden(machine[i]);
}
END_TEST

static void check_no(const char *text, const char *secret, const char *what)
{
	ck_assert_msg(!*secret || !strstr(text, secret), "%s of the host ('%s') in the inventory",
		      what, secret);
}

/* The value behind "KEY : " in the host's /proc/cpuinfo, into `out`. */
static void host_cpu(const char *key, struct buf *out)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	const char *at;

	buf_reset(out);
	ck_assert_int_eq(disk_read_file("/proc/cpuinfo", 4 << 20, &text, NULL), 0);
	at = strstr(text.data, key);
	at = at ? strchr(at, ':') : NULL;
	if (at)
		buf_add(out, at + 1, strcspn(at + 1, "\n"));
	buf_trim(out);
}

static void check_foreign(const char *name)
{
	static const char *const key[] = { "model name", "Model Name", "vendor_id", "microcode" };
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	AUTO(buf_release) struct buf value = BUF_INIT;
	AUTO_FREE char *text = NULL;
	char quoted[sizeof(((struct utsname *)0)->nodename) + 3];
	struct utsname host;
	size_t i;

	ck_assert_int_eq(uname(&host), 0);
	roots_build(&tree, name);
	roots_probe(&tree, name, NULL, &inventory);
	text = roots_text(&inventory);
	check_no(text, host.release, "kernel release");
	check_no(text, host.version, "kernel version");
	/* A short name ("vm") may be a part of any word. */
	snprintf(quoted, sizeof(quoted), "\"%s\"", host.nodename);
	check_no(text, quoted, "name");
	if (strcmp(inventory.arch, host.machine) != 0)
		check_no(text, host.machine, "architecture");
	for (i = 0; i < ARRAY_SIZE(key); i++) {
		host_cpu(key[i], &value);
		if (strcmp(inventory.arch, host.machine) != 0)
			check_no(text, value.data, key[i]);
	}
	check_no(text, "\"source\":\"cpuid", "CPUID");
	tree_remove(&tree);
}

START_TEST(a_capture_of_another_architecture_shows_no_fact_of_the_host)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(machine); i++)
		check_foreign(machine[i]);
}
END_TEST

static void check_reads(const char *name)
{
	struct tree tree = tree_make();
	struct sysroot *root;
	size_t i;

	roots_build(&tree, name);
	root = sysroot_open(tree_path(&tree, name), NULL);
	for (i = 0; i < probe_count; i++) {
		struct probe_place place = { .root = root,
					     .ids = TEST_SOURCE_FOLDER "/probes/ids" };
		AUTO(inventory_release) struct inventory strict = INVENTORY_INIT;
		AUTO(inventory_release) struct inventory loose = INVENTORY_INIT;
		AUTO_FREE char *with = NULL;
		AUTO_FREE char *without = NULL;

		ck_assert_int_eq(probe_rows(&probe_table[i], 1, &place, &loose, NULL), 0);
		sysroot_set_strict(root, probe_table[i]->reads);
		ck_assert_int_eq(probe_rows(&probe_table[i], 1, &place, &strict, NULL), 0);
		sysroot_set_strict(root, NULL);
		with = roots_text(&strict);
		without = roots_text(&loose);
		ck_assert_msg(!strcmp(with, without), "class %s:\n%s%s", probe_table[i]->name,
			      with, without);
		ck_assert_msg(!strstr(with, "'reads'"), "class %s: %s", probe_table[i]->name, with);
	}
	sysroot_free(root);
	tree_remove(&tree);
}

START_TEST(each_probe_reads_only_what_its_row_lists)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(machine); i++)
		check_reads(machine[i]);
}
END_TEST

/* Of a root, or (NULL) of this machine. */
static int64_t packages_of(struct tree *tree, const char *name)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	roots_probe(tree, name, "topology", &inventory);
	return component_get_number(inventory_find(&inventory, "topology/machine"), "packages", -1);
}

START_TEST(hwloc_believes_the_machine_and_not_the_environment)
{
	static const char *const variable[] = { "HWLOC_SYNTHETIC", "HWLOC_XMLFILE", "HWLOC_FSROOT",
						"HWLOC_COMPONENTS" };
	static const char *const value[] = { "pack:7 core:3 pu:1", "/none.xml", "/none",
					     "synthetic,stop" };
	struct tree tree = tree_make();
	int64_t here = packages_of(&tree, NULL);
	size_t i;

	roots_build(&tree, machine[0]);
	for (i = 0; i < ARRAY_SIZE(variable); i++) {
		setenv(variable[i], value[i], 1);
		ck_assert_int_eq(packages_of(&tree, machine[0]), 1);
		ck_assert_int_eq(packages_of(&tree, NULL), here);
		unsetenv(variable[i]);
	}
	tree_remove(&tree);
}
END_TEST

/* Put an absolute link to a secret where a file of the root was. */
static void plant(struct tree *tree, const char *file, const char *secret)
{
	AUTO(buf_release) struct buf path = BUF_INIT;

	buf_addf(&path, "%s/%s", machine[0], file);
	ck_assert_int_eq(unlink(tree_path(tree, path.data)), 0);
	tree_link(tree, path.data, tree_path(tree, secret));
}

START_TEST(absolute_links_in_a_capture_lead_no_library_out_of_it)
{
#define PORT "sys/devices/pci0000:00/0000:00:00.0"
	static const uint8_t config[256] = { 0xad, 0xde, 0xef, 0xbe, [8] = 0x77 };
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	const struct component *zero;

	roots_build(&tree, machine[0]);
	tree_bytes(&tree, "secret/config", config, sizeof(config));
	tree_file(&tree, "secret/temp", "77777\n");
	tree_file(&tree, "secret/size", "77777K\n");
	plant(&tree, PORT "/config", "secret/config");
	plant(&tree, "sys/devices/platform/scpi/hwmon/hwmon0/temp1_input", "secret/temp");
	plant(&tree, "sys/devices/system/cpu/cpu0/cache/index3/size", "secret/size");
	roots_probe(&tree, machine[0], NULL, &inventory);
	/* The device without a configuration space is named; the others are there. */
	ck_assert_ptr_null(inventory_find(&inventory, "pci/0000:00:00.0"));
	ck_assert_ptr_nonnull(inventory_find(&inventory, "pci/0000:00:01.0"));
	zero = inventory_find(&inventory, "sensor/scpi_sensors/temp1");
	ck_assert_ptr_nonnull(zero);
	ck_assert_int_eq(component_get_number(zero, "value_milli", -1), -1);
	zero = inventory_find(&inventory, "cache/L3");
	ck_assert_int_eq(component_get_number(zero, "count", 0), 1);
	ck_assert_int_eq(component_get_number(zero, "size_bytes", -1), -1);
	tree_remove(&tree);
#undef PORT
}
END_TEST

START_TEST(a_numa_node_that_is_neither_a_package_nor_a_cache_has_its_own_cpus)
{
#define SYSTEM "m/sys/devices/system/"
	static const char *const cpumap[] = { "3\n", "c\n" }, *const cpus[] = { "0-1", "2-3" };
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	char path[96];
	size_t i;

	for (i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), SYSTEM "cpu/cpu%zu/topology/package_cpus", i);
		tree_file(&tree, path, "f\n");
		snprintf(path, sizeof(path), SYSTEM "cpu/cpu%zu/topology/core_cpus", i);
		tree_file(&tree, path, (const char *[]){ "1\n", "2\n", "4\n", "8\n" }[i]);
	}
	tree_file(&tree, SYSTEM "cpu/online", "0-3\n");
	tree_file(&tree, SYSTEM "node/online", "0-1\n");
	for (i = 0; i < ARRAY_SIZE(cpumap); i++) {
		snprintf(path, sizeof(path), SYSTEM "node/node%zu/cpumap", i);
		tree_file(&tree, path, cpumap[i]);
	}
	roots_probe(&tree, "m", "topology", &inventory);
	for (i = 0; i < ARRAY_SIZE(cpus); i++) {
		snprintf(path, sizeof(path), "numa/%zu", i);
		ck_assert_str_eq(component_get_text(inventory_find(&inventory, path), "cpus"),
				 cpus[i]);
	}
	tree_remove(&tree);
#undef SYSTEM
}
END_TEST

START_TEST(a_topology_that_makes_no_tree_is_a_problem)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	roots_build(&tree, machine[0]);
	/* One processor says that its core is the whole package, the others that theirs are not. */
	tree_file(&tree, "greatwall-td120a2/sys/devices/system/cpu/cpu0/topology/core_cpus",
		  "ff\n");
	roots_probe(&tree, machine[0], "topology", &inventory);
	ck_assert_ptr_null(component_attribute(inventory_find(&inventory, "topology/machine"),
					       "cores"));
	ck_assert_str_eq(inventory.problem->code, "topology-irregular");
	tree_remove(&tree);
}
END_TEST

START_TEST(a_link_without_its_device_does_not_cost_the_others)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	roots_build(&tree, machine[0]);
	tree_link(&tree, "greatwall-td120a2/sys/bus/pci/devices/0000:09:00.0", "../gone");
	roots_probe(&tree, machine[0], "pci", &inventory);
	ck_assert_int_eq(inventory_class_state(&inventory, "pci")->presence, PRESENCE_PRESENT);
	ck_assert_ptr_nonnull(inventory_find(&inventory, "pci/0000:06:00.0"));
	ck_assert_str_eq(inventory.problem->code, "device-incomplete");
	tree_remove(&tree);
}
END_TEST

START_TEST(files_and_interfaces_of_the_kernel_are_no_hardware)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	tree_file(&tree, "m/sys/devices/pci0000:00/0000:00:03.0/net/eth0/type", "1\n");
	tree_link(&tree, "m/sys/class/net/eth0",
		  "../../devices/pci0000:00/0000:00:03.0/net/eth0");
	tree_file(&tree, "m/sys/devices/virtual/net/bond0/type", "1\n");
	tree_link(&tree, "m/sys/class/net/bond0", "../../devices/virtual/net/bond0");
	tree_file(&tree, "m/sys/class/net/bonding_masters", "bond0\n");
	roots_probe(&tree, "m", "net", &inventory);
	ck_assert_ptr_nonnull(inventory_find(&inventory, "net/eth0"));
	ck_assert_ptr_null(inventory_find(&inventory, "net/bond0"));
	ck_assert_ptr_null(inventory_find(&inventory, "net/bonding_masters"));
	tree_remove(&tree);
}
END_TEST

START_TEST(a_disk_of_two_ports_is_one_disk)
{
#define WAY "m/sys/devices/pci0000:00/0000:00:01.0/nvme/nvme"
#define HEAD "m/sys/devices/virtual/nvme-subsystem/nvme-subsys0"
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	const struct component *disk;

	tree_file(&tree, WAY "0/nvme0c0n1/hidden", "1\n");
	tree_file(&tree, WAY "1/nvme0c1n1/hidden", "1\n");
	tree_file(&tree, HEAD "/nvme0n1/size", "2048\n");
	tree_file(&tree, HEAD "/serial", "NVME0001            \n");
	tree_link(&tree, HEAD "/nvme0n1/device", "../../nvme-subsys0");
	tree_link(&tree, "m/sys/block/nvme0c0n1",
		  "../devices/pci0000:00/0000:00:01.0/nvme/nvme0/nvme0c0n1");
	tree_link(&tree, "m/sys/block/nvme0c1n1",
		  "../devices/pci0000:00/0000:00:01.0/nvme/nvme1/nvme0c1n1");
	tree_link(&tree, "m/sys/block/nvme0n1",
		  "../devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1");
	roots_probe(&tree, "m", "block", &inventory);
	disk = inventory_first(&inventory, "block");
	ck_assert_ptr_nonnull(disk);
	ck_assert_ptr_null(disk->next);
	ck_assert_str_eq(disk->id, "block/nvme0n1");
	ck_assert_str_eq(disk->parent, "pci/0000:00:01.0");
	ck_assert_str_eq(component_get_text(disk, "serial"), "NVME0001");
	ck_assert_str_eq(component_get_text(disk, "transport"), "nvme");
	ck_assert_int_eq(component_get_number(disk, "size_bytes", -1), 1 << 20);
	tree_remove(&tree);
#undef WAY
#undef HEAD
}
END_TEST

#define SATA "m/sys/devices/pci0000:00/0000:00:01.0/ata1/host0/target0:0:0/0:0:0:0/"

static const char *serial_of_page(const char *page, size_t size, struct inventory *inventory)
{
	struct tree tree = tree_make();

	tree_bytes(&tree, SATA "vpd_pg80", page, size);
	tree_link(&tree, SATA "block/sda/device", "../../../0:0:0:0");
	tree_link(&tree, "m/sys/block/sda",
		  "../devices/pci0000:00/0000:00:01.0/ata1/host0/target0:0:0/0:0:0:0/block/sda");
	roots_probe(&tree, "m", "block", inventory);
	tree_remove(&tree);
	return component_get_text(inventory_find(inventory, "block/sda"), "serial");
}

START_TEST(the_serial_of_a_sata_disk_is_on_page_80)
{
	AUTO(inventory_release) struct inventory good = INVENTORY_INIT;
	AUTO(inventory_release) struct inventory cut = INVENTORY_INIT;
	AUTO(inventory_release) struct inventory other = INVENTORY_INIT;
	static const char page[] = "\0\x80\0\x0c    SATA0001";

	ck_assert_str_eq(serial_of_page(page, sizeof(page) - 1, &good), "SATA0001");
	ck_assert_ptr_null(serial_of_page(page, 8, &cut));
	ck_assert_ptr_null(serial_of_page("\0\x83\0\1A", 5, &other));
}
END_TEST

/* The text of an attribute of the only component of a class. */
static const char *text_of(const struct inventory *inventory, const char *id, const char *name)
{
	const struct component *component = inventory_find(inventory, id);

	ck_assert_msg(component != NULL, "no %s", id);
	ck_assert_msg(component_get_text(component, name) != NULL, "no %s of %s", name, id);
	return component_get_text(component, name);
}

static enum certainty certainty_of(const struct inventory *inventory, const char *id,
				   const char *name)
{
	return component_attribute(inventory_find(inventory, id), name)->certainty;
}

/* A machine that is nothing but a cpuinfo (and a count of processors). */
static void probe_cpuinfo(const char *cpuinfo, const char *present, struct inventory *inventory)
{
	struct tree tree = tree_make();

	tree_file(&tree, "m/proc/cpuinfo", cpuinfo);
	if (present)
		tree_file(&tree, "m/sys/devices/system/cpu/present", present);
	roots_probe(&tree, "m", "cpu", inventory);
	tree_remove(&tree);
}

#define PHYTIUM(number)                                                                            \
	"processor\t: " number "\nCPU implementer\t: 0x70\nCPU architecture: 8\n"                 \
	"CPU variant\t: 0x1\nCPU part\t: 0x663\nCPU revision\t: 3\n\n"

START_TEST(one_id_of_several_models_is_ambiguous_and_names_them)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	AUTO(inventory_release) struct inventory eight = INVENTORY_INIT;

	probe_cpuinfo(PHYTIUM("0") PHYTIUM("1") PHYTIUM("2") PHYTIUM("3"), "0-3\n", &inventory);
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "model"), "FT-2000/4 or D2000");
	ck_assert_int_eq(certainty_of(&inventory, "cpu/0", "model"), CERTAINTY_AMBIGUOUS);
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "core"), "FTC663");
	ck_assert_int_eq(certainty_of(&inventory, "cpu/0", "core"), CERTAINTY_CERTAIN);
	ck_assert_int_eq(certainty_of(&inventory, "cpu/0", "maker"), CERTAINTY_CERTAIN);
	/* Eight processors, of which four are switched off. */
	probe_cpuinfo(PHYTIUM("0") PHYTIUM("1") PHYTIUM("2") PHYTIUM("3"), "0-7\n", &eight);
	ck_assert_str_eq(text_of(&eight, "cpu/0", "model"), "D2000");
	ck_assert_int_eq(certainty_of(&eight, "cpu/0", "model"), CERTAINTY_LIKELY);
}
END_TEST

START_TEST(a_name_that_contradicts_the_id_is_not_believed)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	probe_cpuinfo("processor\t: 0\nmodel name\t: Phytium,D2000/8\nCPU implementer\t: 0x70\n"
		      "CPU variant\t: 0x1\nCPU part\t: 0x662\nCPU revision\t: 2\n", NULL,
		      &inventory);
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "model"), "FT-2000+/64 or D2000");
	ck_assert_int_eq(certainty_of(&inventory, "cpu/0", "model"), CERTAINTY_CONTRADICTORY);
}
END_TEST

START_TEST(a_chip_of_two_core_types_is_two_kinds)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	probe_cpuinfo("processor\t: 0\nCPU implementer\t: 0x70\nCPU variant\t: 0x0\n"
		      "CPU part\t: 0x303\nCPU revision\t: 4\n\nprocessor\t: 1\n"
		      "CPU implementer\t: 0x70\nCPU variant\t: 0x1\nCPU part\t: 0x664\n"
		      "CPU revision\t: 3\n", NULL, &inventory);
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "core"), "FTC310");
	ck_assert_str_eq(text_of(&inventory, "cpu/1", "core"), "FTC664");
	ck_assert_str_eq(text_of(&inventory, "cpu/1", "cpus"), "1");
}
END_TEST

#define X86(vendor, family, model, name)                                                           \
	"processor\t: 0\nvendor_id\t: " vendor "\ncpu family\t: " family "\nmodel\t\t: " model     \
	"\nmodel name\t: " name "\nstepping\t: 1\n"

START_TEST(chinese_x86_processors_are_told_by_vendor_family_and_model)
{
	static const struct {
		const char *cpuinfo, *maker, *series, *model;
	} row[] = {
		{ X86("HygonGenuine", "24", "0", "Hygon C86 3185  8-core Processor"),
		  "Hygon 海光", "C86-1G", "C86 3185" },
		{ X86("HygonGenuine", "24", "1", "Hygon C86 7285 32-core Processor"),
		  "Hygon 海光", "C86-2G", "C86 7285" },
		{ X86("HygonGenuine", "24", "16", "Hygon C86-4G (OPN:3450)"), "Hygon 海光",
		  "C86-4G", "C86-4G (OPN:3450)" },
		{ X86("CentaurHauls", "7", "59", "ZHAOXIN KaiXian KX-U6780A@2.7GHz"),
		  "Zhaoxin 兆芯", "KX-6000", "KX-U6780A" },
		{ X86("  Shanghai  ", "7", "59", "ZHAOXIN KX-6640MA Series Z3-6540M@2.1~2.2+GHz"),
		  "Zhaoxin 兆芯", "KX-6000", "Z3-6540M" },
		{ X86("CentaurHauls", "7", "91", "ZHAOXIN KaisHeng KH-40000/16@2.2GHz"),
		  "Zhaoxin 兆芯", "KH-40000", "KH-40000/16" },
		{ X86("  Shanghai  ", "7", "107", "ZHAOXIN KaiXian KX-7000/8@3.2GHz"),
		  "Zhaoxin 兆芯", "KX-7000", "KX-7000/8" },
		{ X86("CentaurHauls", "6", "15", "ZHAOXIN KaiXian ZX-C+ C4580@1.83GHz"),
		  "Zhaoxin 兆芯", "ZX-C", "ZX-C+ C4580" },
		{ X86("CentaurHauls", "6", "15", "VIA Nano X2 U4025 @ 1.2 GHz"), "VIA", "Nano",
		  "VIA Nano X2" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

		probe_cpuinfo(row[i].cpuinfo, NULL, &inventory);
		ck_assert_str_eq(text_of(&inventory, "cpu/0", "maker"), row[i].maker);
		ck_assert_str_eq(text_of(&inventory, "cpu/0", "series"), row[i].series);
		ck_assert_int_eq(certainty_of(&inventory, "cpu/0", "series"), CERTAINTY_CERTAIN);
		ck_assert_str_eq(text_of(&inventory, "cpu/0", "model"), row[i].model);
	}
}
END_TEST

START_TEST(registers_go_before_the_lines_of_cpuinfo)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	/* "  Shanghai  ", family 7, model 3Bh, stepping 2; a brand aligned to the right; KVM. */
	tree_file(&tree, "m/facts",
		  "cpuid.00000000.00 0000000d 68532020 20206961 68676e61\n"
		  "cpuid.00000001.00 000307b2 00000800 80000001 00000000\n"
		  "cpuid.40000000.00 40000001 4b4d564b 564b4d56 0000004d\n"
		  "cpuid.80000002.00 20202020 20202020 20202020 20202020\n"
		  "cpuid.80000003.00 20202020 49584148 4f414e49 614b204e\n"
		  "cpuid.80000004.00 61695869 584b206e 3030362d 00004730\n"
		  "uname.machine x86_64\n");
	tree_file(&tree, "m/proc/cpuinfo", X86("GenuineIntel", "6", "1", "Other"));
	roots_probe(&tree, "m", "cpu", &inventory);
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "vendor"), "Shanghai");
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "model"), "KX-6000G");
	ck_assert_str_eq(text_of(&inventory, "cpu/0", "hypervisor"), "KVM");
	ck_assert_int_eq(certainty_of(&inventory, "cpu/0", "model"), CERTAINTY_LIKELY);
	tree_remove(&tree);
}
END_TEST

START_TEST(blank_silicon_text_is_no_name)
{
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	probe_cpuinfo("system type\t: generic-loongson-machine\nprocessor\t: 0\n"
		      "Model Name\t:         -        \nISA\t: loongarch64\n", NULL, &inventory);
	ck_assert_ptr_null(component_get_text(inventory_find(&inventory, "cpu/0"), "name"));
	ck_assert_str_eq(inventory.problem->code, "cpu-unknown");
}
END_TEST

START_TEST(jedec_bytes_are_understood_in_both_orders)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	uint8_t table[2 * 64] = { 17, 0x30, 0, 1, [0x0c] = 0, 0x20, [0x17] = 1, 0x2c + 4 };
	size_t size = 0x30;

	/* UniIC (bank 9, id 1Ah) with its bytes swapped, and a text that names Samsung. */
	memset(table + 4, 0, 0x30 - 4);
	table[0x0d] = 0x20;
	table[0x17] = 1;
	table[0x2c] = 0x1a;
	table[0x2d] = 0x08;
	memcpy(table + size, "Samsung\0", 9);
	tree_bytes(&tree, "m/sys/firmware/dmi/tables/DMI", table, size + 9);
	tree_file(&tree, "m/proc/meminfo", "MemTotal: 8000000 kB\n");
	roots_probe(&tree, "m", "memory", &inventory);
	ck_assert_str_eq(text_of(&inventory, "dimm/slot-0", "maker"),
			 "UniIC 西安紫光国芯 or Samsung");
	ck_assert_int_eq(certainty_of(&inventory, "dimm/slot-0", "maker"),
			 CERTAINTY_CONTRADICTORY);
	tree_remove(&tree);
}
END_TEST

/* Two modules; type 20 in KiB, in bytes, of no module, and one too short to say anything. */
START_TEST(the_map_of_the_firmware_tells_where_each_module_lies)
{
	static const uint8_t table[] = {
		20, 0x13, 0, 3, 0, 0, 0, 0, 0xff, 0xff, 0x2f, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0,
		17, 0x1b, 1, 0, [0x15 + 0x0d] = 0x20, [0x15 + 0x1a] = 0, 0, 0,
		17, 0x1b, 2, 0, [0x32 + 0x0d] = 0x20, [0x32 + 0x1a] = 0, 0, 0,
		20, 0x23, 1, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 1, 2, 1,
		0, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0, 0,
		20, 0x13, 2, 3, 0, 0, 0x40, 0, 0xff, 0xff, 0x7f, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0,
		20, 0x0c, 3, 3, 0, 0, 0x40, 0, 0xff, 0xff, 0x7f, 0, 0, 0,
	};
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;

	tree_bytes(&tree, "m/sys/firmware/dmi/tables/DMI", table, sizeof(table));
	tree_file(&tree, "m/proc/meminfo", "MemTotal: 8000000 kB\n");
	roots_probe(&tree, "m", "memory", &inventory);
	ck_assert_str_eq(text_of(&inventory, "dimm/slot-0", "mapped"),
			 "0x0-0xbfffffff 0x100000000-0x1ffffffff");
	ck_assert_ptr_null(component_get_text(inventory_find(&inventory, "dimm/slot-1"), "mapped"));
	ck_assert_int_eq(component_get_number(inventory_find(&inventory, "dimm/slot-0"),
					      "interleave_position", 0), 2);
	ck_assert_int_eq(component_get_number(inventory_find(&inventory, "dimm/slot-0"),
					      "interleave_depth", 0), 1);
	tree_remove(&tree);
}
END_TEST

START_TEST(gbk_and_utf8_names_of_boards_are_read)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	static const char table[] = "\x01\x08\x01\0\x01\x02\0\0" "\xb3\xa4\xb3\xc7\0"
				    "\xe9\x95\xbf\xe5\x9f\x8e" "TN140A2\0\0";

	tree_bytes(&tree, "m/sys/firmware/dmi/tables/DMI", table, sizeof(table) - 1);
	tree_folder(&tree, "m/proc");
	roots_probe(&tree, "m", "board", &inventory);
	ck_assert_str_eq(text_of(&inventory, "board/system", "manufacturer"), "长城");
	ck_assert_int_eq(component_attribute(inventory_find(&inventory, "board/system"),
					     "manufacturer")->encoding, TEXT_GBK);
	ck_assert_str_eq(text_of(&inventory, "board/system", "product"), "长城TN140A2");
	tree_remove(&tree);
}
END_TEST

START_TEST(a_name_that_nobody_wrote_is_unknown_wherever_it_stands)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory table_of = INVENTORY_INIT;
	AUTO(inventory_release) struct inventory kernel_of = INVENTORY_INIT;
	/* The UUID that thousands of boards have: it is no mark of one machine. */
	static const char table[] = "\x01\x1b\x01\0\x01\x02\0\x03"
				    "\x03\0\x02\0\x04\0\x05\0\0\x06\0\x07\0\x08\0\x09"
				    "\0\0\0" "ACME\0" "Default string\0" "0123456789\0\0";

	tree_bytes(&tree, "m/sys/firmware/dmi/tables/DMI", table, sizeof(table) - 1);
	tree_folder(&tree, "m/proc");
	roots_probe(&tree, "m", "board", &table_of);
	ck_assert_int_eq(certainty_of(&table_of, "board/system", "manufacturer"), CERTAINTY_LIKELY);
	ck_assert_int_eq(certainty_of(&table_of, "board/system", "product"), CERTAINTY_UNKNOWN);
	ck_assert_int_eq(certainty_of(&table_of, "board/system", "serial"), CERTAINTY_UNKNOWN);
	ck_assert_str_eq(text_of(&table_of, "board/system", "uuid"),
			 "00020003-0004-0005-0006-000700080009");
	ck_assert_int_eq(certainty_of(&table_of, "board/system", "uuid"), CERTAINTY_UNKNOWN);

	/* Without root the kernel tells the same names, the placeholders among them. */
	tree_file(&tree, "k/sys/class/dmi/id/sys_vendor", "ACME\n");
	tree_file(&tree, "k/sys/class/dmi/id/product_name", "To Be Filled By O.E.M.\n");
	tree_folder(&tree, "k/proc");
	roots_probe(&tree, "k", "board", &kernel_of);
	ck_assert_int_eq(certainty_of(&kernel_of, "board/system", "manufacturer"),
			 CERTAINTY_CERTAIN);
	ck_assert_int_eq(certainty_of(&kernel_of, "board/system", "product"), CERTAINTY_UNKNOWN);
	tree_remove(&tree);
}
END_TEST

START_TEST(texts_of_usb_devices_are_utf16)
{
	static const uint8_t text[] = { 14, 3, 0xf7, 0x96, 'a', 0, 0x3d, 0xd8, 0x00, 0xde, 0xe9, 0,
					0x00, 0xd8, 'x', 0 };
	AUTO(buf_release) struct buf out = BUF_INIT;
	AUTO(buf_release) struct buf cut = BUF_INIT;

	usb_strings_text(text, sizeof(text), &out);
	ck_assert_str_eq(out.data, "雷a\xf0\x9f\x98\x80\xc3\xa9\xef\xbf\xbd");
	usb_strings_text(text, 5, &cut);
	ck_assert_str_eq(cut.data, "雷");
}
END_TEST

START_TEST(an_empty_root_is_absent_in_every_class_and_says_what_was_looked_at)
{
	struct tree tree = tree_make();
	AUTO(inventory_release) struct inventory inventory = INVENTORY_INIT;
	const struct class_state *state;

	tree_folder(&tree, "m/proc");
	tree_folder(&tree, "m/sys");
	roots_probe(&tree, "m", NULL, &inventory);
	for (state = inventory.class_state; state; state = state->next) {
		ck_assert_msg(state->presence != PRESENCE_PRESENT, "%s is present", state->name);
		ck_assert_msg(strstr(state->note, "proc/") || strstr(state->note, "sys/") ||
			      strstr(state->note, "etc/"), "%s: %s", state->name, state->note);
	}
	ck_assert_ptr_null(inventory.problem);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("probe_roots", the_inventory_is_the_golden_one_byte_for_byte,
	  a_capture_of_another_architecture_shows_no_fact_of_the_host,
	  hwloc_believes_the_machine_and_not_the_environment,
	  each_probe_reads_only_what_its_row_lists,
	  absolute_links_in_a_capture_lead_no_library_out_of_it,
	  the_map_of_the_firmware_tells_where_each_module_lies,
	  a_numa_node_that_is_neither_a_package_nor_a_cache_has_its_own_cpus,
	  a_topology_that_makes_no_tree_is_a_problem,
	  a_link_without_its_device_does_not_cost_the_others,
	  files_and_interfaces_of_the_kernel_are_no_hardware, a_disk_of_two_ports_is_one_disk,
	  the_serial_of_a_sata_disk_is_on_page_80,
	  one_id_of_several_models_is_ambiguous_and_names_them,
	  a_name_that_contradicts_the_id_is_not_believed,
	  a_chip_of_two_core_types_is_two_kinds,
	  chinese_x86_processors_are_told_by_vendor_family_and_model,
	  registers_go_before_the_lines_of_cpuinfo,
	  blank_silicon_text_is_no_name,
	  jedec_bytes_are_understood_in_both_orders,
	  gbk_and_utf8_names_of_boards_are_read,
	  a_name_that_nobody_wrote_is_unknown_wherever_it_stands,
	  texts_of_usb_devices_are_utf16,
	  an_empty_root_is_absent_in_every_class_and_says_what_was_looked_at)
