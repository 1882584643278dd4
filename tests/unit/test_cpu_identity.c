/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What processors say of themselves, piece by piece: planted roots of a few files each. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "tests/unit/cpu_scene.h"
#include "tests/unit/dmi_fixture.h"

#include <stdio.h>
#include <string.h>

START_TEST(a_virtual_machine_says_so_wherever_its_trace_lies)
{
	static const struct {
		const char *file, *text, *name;
		enum certainty certainty;
	} trace[] = {
		{ "m/sys/hypervisor/type", "xen\n", "Xen", CERTAINTY_CERTAIN },
		{ "m/proc/device-tree/hypervisor/compatible", "xen,xen-4.14", "Xen",
		  CERTAINTY_CERTAIN },
		{ "m/sys/class/dmi/id/sys_vendor", "VMware, Inc.\n", "VMware", CERTAINTY_LIKELY },
		{ "m/sys/class/dmi/id/product_name", "KVM Virtual Machine\n", "KVM",
		  CERTAINTY_LIKELY },
		{ "m/sys/class/dmi/id/chassis_vendor", "QEMU\n", "QEMU", CERTAINTY_LIKELY },
		{ "m/sys/class/dmi/id/chassis_version", "virt-6.2\n", "QEMU", CERTAINTY_LIKELY },
		{ "m/proc/device-tree/compatible", "linux,dummy-virt", "QEMU", CERTAINTY_LIKELY },
		{ "m/sys/class/dmi/id/sys_vendor", "GreatWall\n", NULL, CERTAINTY_LIKELY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(trace); i++) {
		struct scene scene = scene_make(so_many(64, ARM("0x70", "0x662")));

		tree_file(&scene.tree, trace[i].file, trace[i].text);
		scene_probe(&scene);
		has_text(&scene, "hypervisor", trace[i].name, trace[i].certainty);
		/* Whatever the register says: a hypervisor may have said it. */
		has_text(&scene, "model", "FT-2000+/64",
			 trace[i].name ? CERTAINTY_LIKELY : CERTAINTY_CERTAIN);
		scene_release(&scene);
	}
}
END_TEST

START_TEST(the_flag_of_a_processor_is_a_trace_and_a_place_gives_it_a_name)
{
	struct scene scene = scene_make("processor\t: 0\nvendor_id\t: HygonGenuine\n"
					"cpu family\t: 24\nmodel\t\t: 1\nstepping\t: 1\n"
					"model name\t: Hygon C86 7285\nflags\t\t: fpu hypervisor sm3\n");

	scene_probe(&scene);
	has_text(&scene, "hypervisor", "unknown", CERTAINTY_CERTAIN);
	has_text(&scene, "extensions", "sm3", CERTAINTY_CERTAIN);
	tree_file(&scene.tree, "m/sys/class/dmi/id/sys_vendor", "QEMU\n");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", "QEMU", CERTAINTY_LIKELY);
	scene_release(&scene);
}
END_TEST

/* One text at that offset; a socket is populated. */
static void add_text(struct dmi_fixture *dmi, uint8_t type, size_t offset, const char *text)
{
	uint8_t fixed[0x3c] = { [0x18 - 4] = type == 4 ? 0x41 : 0 };

	fixed[offset - 4] = 1;
	dmi_fixture_add(dmi, type, fixed, sizeof(fixed), text, NULL);
}

START_TEST(a_virtual_machine_is_known_by_who_sells_it_and_no_maker_of_servers_is_taken_for_one)
{
	static const struct {
		const char *maker, *product, *name;
	} row[] = {
		{ "EasyStack Inc.", "OpenStack Nova", "EasyStack 易捷行云" },
		{ "EasyStack", "ECS", "EasyStack 易捷行云" },
		{ "OpenStack Foundation", "OpenStack Nova", "OpenStack" },
		{ "RDO", "OpenStack Compute", "OpenStack" },
		{ "Huawei Cloud", "ECS", "Huawei Cloud 华为云" },
		{ "Huawei", "FusionCompute", "FusionCompute 华为" },
		{ "Sangfor", "aSV", "Sangfor aSV 深信服" },
		{ "Sangfor Technologies", "HCI", "Sangfor HCI 深信服" },
		{ "New H3C Technologies Co., Ltd.", "H3C CAS", "H3C CAS 新华三" },
		{ "H3C", "UIS", "H3C UIS 新华三" },
		{ "ZStack", "Cloud", "ZStack 云轴" },
		{ "SmartX", "SMTX OS", "SMTX OS 志凌海纳" },
		{ "Inspur", "InCloud Sphere", "InCloud Sphere 浪潮" },
		{ "Nutanix", "AHV", "Nutanix AHV" },
		{ "Alibaba Cloud", "Alibaba Cloud ECS", "Alibaba Cloud 阿里云" },
		{ "Tencent Cloud", "CVM", "Tencent Cloud 腾讯云" },
		{ "JD", "JCloud Iaas Jvirt", "JD Cloud 京东云" },
		{ "Kingsoft Cloud", "KEC", "Kingsoft Cloud 金山云" },
		{ "Red Hat", "KVM", "KVM" },
		{ "Loongson", "KVM", "KVM" },
		{ "Cloud Hypervisor", "cloud-hypervisor", "Cloud Hypervisor" },
		{ "Loongson", "Loongson-3A6000-HV-7A2000-NUC", NULL },
		{ "Microsoft Corporation", "Virtual Machine", "Hyper-V" },
		{ "SANGFOR", "65N32-US", NULL },
		{ "H3C", "R4960 G3", NULL },
		{ "New H3C Technologies Co., Ltd.", "H3C UniServer R4950 G5", NULL },
		{ "H3C", "UIS 3010 G3", NULL },
		{ "Inspur", "NF5280M5", NULL },
		{ "Huawei", "TaiShan 2280 V2", NULL },
		{ "Nutanix", "NX-3060-G6", NULL },
		{ "Inspur", "InCloud Rail 5000", NULL },
		{ "Inspur", "InCloudRack", NULL },
		{ "SmartX", "SMTX Halo", NULL },
		{ "ZStack", "ZStack Mini", NULL },
		{ "Sangfor", "HCI-5000", NULL },
		{ "Sangfor", "Sangfor HCI aServer", NULL },
		{ "Sangfor Technologies", "HCI-5000", NULL },
		{ "ByteDance", "ByteDance System", NULL },
		{ "Microsoft Corporation", "Surface Pro 7+", NULL },
		{ "GreatWall", "世恒CVM120", NULL },
	};
	struct scene scene = scene_make(so_many(4, ARM("0x48", "0xd01")));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct dmi_fixture dmi = DMI_FIXTURE_INIT;

		dmi_fixture_add(&dmi, 1, "\x01\x02", 2, row[i].maker, row[i].product, NULL);
		dmi_fixture_write(&dmi, &scene.tree, "m");
		scene_probe(&scene);
		has_text(&scene, "hypervisor", row[i].name, CERTAINTY_LIKELY);
	}
	scene_release(&scene);
}
END_TEST

START_TEST(a_seller_of_virtual_machines_sells_real_ones_and_those_have_real_modules)
{
	static const char *const seller[][2] = {
		{ "EasyStack", "ECS" }, { "QingCloud", "QingCube" }, { "UCloud", "UCloudStor" },
		{ "Sangfor", "aSV-2205" }, { "H3C", "CAS 3000" }, { "Huawei Cloud", "physical.kx1" },
		{ "Alibaba Cloud", "Alibaba Cloud ECS" }, { "Red Hat", "KVM" },
		{ "EasyStack", "EAS" },
	};
	struct scene scene = scene_make(so_many(4, ARM("0x48", "0xd01")));
	size_t i, kind;

	for (i = 0; i < ARRAY_SIZE(seller); i++) {
		/* A virtual machine; one with a controller; one with a module. */
		for (kind = 0; kind < 3; kind++) {
			const char *part = kind == 2 ? "M393A4K40CB2-CVF" : "Not Specified";
			bool real = kind && strcmp(seller[i][0], "Red Hat") != 0;
			struct dmi_fixture dmi = DMI_FIXTURE_INIT;

			dmi_fixture_add(&dmi, 1, "\x01\x02", 2, seller[i][0], seller[i][1], NULL);
			dmi_fixture_module(&dmi, &(struct dmi_fixture_module){
				.locator = "DIMM 0", .mib = 16384, .part_number = part });
			if (kind == 1)
				dmi_fixture_add(&dmi, 38, "\x01\x20", 2, "-", NULL);
			dmi_fixture_write(&dmi, &scene.tree, "m");
			scene_probe(&scene);
			ck_assert_msg(!component_attribute(inventory_find(&scene.inventory, "cpu/0"),
							   "hypervisor") == real,
				      "%s, kind %zu", seller[i][0], kind);
		}
	}
	/* What the processor itself says, its seller names. */
	tree_file(&scene.tree, "m/proc/cpuinfo", "processor\t: 0\nflags\t: fpu hypervisor\n");
	tree_file(&scene.tree, "m/sys/class/dmi/id/sys_vendor", "EasyStack\n");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", "EasyStack 易捷行云", CERTAINTY_LIKELY);
	scene_release(&scene);
}
END_TEST

/* What everybody may read: the seller's name and one device of PCI. */
static void add_device(struct scene *scene, const char *class, const char *vendor)
{
	tree_file(&scene->tree, "m/sys/class/dmi/id/sys_vendor", "EasyStack\n");
	tree_file(&scene->tree, "m/sys/bus/pci/devices/0000:00:00.0/class", class);
	tree_file(&scene->tree, "m/sys/bus/pci/devices/0000:00:00.0/vendor", vendor);
}

START_TEST(without_smbios_a_bridge_that_nobody_emulates_tells_a_seller_s_real_machine)
{
	static const struct {
		const char *class, *vendor;
		bool real;
	} row[] = {
		{ "0x060400\n", "0x19e5\n", true },	/* Kunpeng's root port */
		{ "0x060000\n", "0x0014\n", true },
		{ "0x060000\n", "0x1b36\n", false },	/* QEMU's */
		{ "0x060400\n", "0x8086\n", false },	/* QEMU emulates chipsets of Intel */
		{ "0x020000\n", "0x19e5\n", false },	/* handed to the guest */
		{ "0x060400\n", "\n", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(4, ARM("0x48", "0xd01")));

		add_device(&scene, row[i].class, row[i].vendor);
		scene_probe(&scene);
		has_text(&scene, "hypervisor", row[i].real ? NULL : "EasyStack 易捷行云",
			 CERTAINTY_LIKELY);
		/* What QEMU leaves behind is no seller's name. */
		tree_file(&scene.tree, "m/sys/class/dmi/id/product_name", "KVM Virtual Machine\n");
		scene_probe(&scene);
		ck_assert_ptr_nonnull(component_attribute(inventory_find(&scene.inventory, "cpu/0"),
							  "hypervisor"));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(what_qemu_leaves_behind_another_s_name_tells_a_virtual_machine)
{
	static const struct {
		uint8_t type, field;
		const char *text, *name, *source;
	} row[] = {
		{ 1, 0x06, "pc-i440fx-2.4", "QEMU", "smbios type 1" },
		{ 1, 0x06, "RHEL 7.3.0 PC (i440FX + PIIX, 1996)", "KVM", "smbios type 1" },
		{ 3, 0x04, "QEMU", "QEMU", "smbios type 3" },
		{ 3, 0x06, "virt-4.1", "QEMU", "smbios type 3" },
		{ 3, 0x08, "www.zstack.io", "ZStack 云轴", "smbios type 3" },
		{ 2, 0x04, "Red Hat", "KVM", "smbios type 2" },
		{ 4, 0x07, "QEMU", "QEMU", "smbios type 4" },
		{ 4, 0x10, "virt-6.2", "QEMU", "smbios type 4" },
		{ 17, 0x17, "QEMU", "QEMU", "smbios type 17" },
		{ 0, 0x04, "SeaBIOS", "QEMU", "smbios type 0" },
	};
	struct scene scene = scene_make(so_many(4, ARM("0x48", "0xd01")));
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct dmi_fixture dmi = DMI_FIXTURE_INIT;
		const struct attribute *attribute;

		if (row[i].type != 1)
			dmi_fixture_add(&dmi, 1, "\x01\x02", 2, "A Cloud of Ours", "Machine", NULL);
		add_text(&dmi, row[i].type, row[i].field, row[i].text);
		dmi_fixture_write(&dmi, &scene.tree, "m");
		scene_probe(&scene);
		has_text(&scene, "hypervisor", row[i].name, CERTAINTY_LIKELY);
		attribute = component_attribute(inventory_find(&scene.inventory, "cpu/0"),
						"hypervisor");
		ck_assert_str_eq(attribute->source, row[i].source);
	}
	scene_release(&scene);
}
END_TEST

/* The four registers of CPUID's leaf 1; bit 31 of ecx is a hypervisor's. */
static void set_leaf(struct scene *scene, const char *ecx)
{
	AUTO(buf_release) struct buf facts = BUF_INIT;

	buf_addf(&facts, "uname.machine x86_64\ncpuid.00000001.00 00900f22 00000000 %s 00000000\n",
		 ecx);
	tree_file(&scene->tree, "m/facts", facts.data);
}

START_TEST(what_a_machine_is_called_does_not_overrule_a_processor_without_a_hypervisor)
{
	static const uint8_t described[0x18 - 4] = { [0x13 - 4] = 1 << 4 };
	struct scene scene = scene_make("processor\t: 0\nvendor_id\t: HygonGenuine\n"
					"cpu family\t: 24\nmodel\t\t: 1\nstepping\t: 1\n"
					"model name\t: Hygon C86 7285\n");
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;

	dmi_fixture_add(&dmi, 0, described, sizeof(described), "R06", NULL);
	dmi_fixture_add(&dmi, 1, "\x01\x02", 2, "EasyStack", "ECS", NULL);
	dmi_fixture_write(&dmi, &scene.tree, "m");
	tree_file(&scene.tree, "m/sys/class/dmi/id/sys_vendor", "EasyStack\n");
	set_leaf(&scene, "00000000");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", NULL, CERTAINTY_UNKNOWN);
	set_leaf(&scene, "80000000");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", "EasyStack 易捷行云", CERTAINTY_LIKELY);
	/* Xen's own file is no name. */
	set_leaf(&scene, "00000000");
	tree_file(&scene.tree, "m/sys/hypervisor/type", "xen\n");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", "Xen", CERTAINTY_CERTAIN);
	scene_release(&scene);
}
END_TEST

START_TEST(firmware_that_describes_a_virtual_machine_is_believed_when_no_text_is_known)
{
	static const uint8_t fixed[0x18 - 4] = { [0x13 - 4] = 1 << 4 };
	struct scene scene = scene_make(so_many(64, ARM("0x70", "0x662")));
	struct dmi_fixture real = DMI_FIXTURE_INIT, virtual = DMI_FIXTURE_INIT;

	add_text(&real, 0, 0x04, "A Firmware of Ours");
	dmi_fixture_write(&real, &scene.tree, "m");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", NULL, CERTAINTY_UNKNOWN);
	dmi_fixture_add(&virtual, 0, fixed, sizeof(fixed), "R06", NULL);
	dmi_fixture_write(&virtual, &scene.tree, "m");
	scene_probe(&scene);
	has_text(&scene, "hypervisor", "unknown", CERTAINTY_LIKELY);
	has_text(&scene, "model", "FT-2000+/64", CERTAINTY_LIKELY);
	scene_release(&scene);
}
END_TEST

START_TEST(extensions_have_one_name_on_every_architecture)
{
	static const struct {
		const char *lines, *extensions;
	} row[] = {
		{ ARM("0x70", "0x862") "Features\t: fp asimd aes pmull sha1 sha2 crc32 sha3 sm3 sm4\n",
		  "aes pmull sha1 sha2 sha3 sm3 sm4 crc32" },
		{ ARM("0x48", "0xd02") "Features\t: fp asimdsha3 sve svesm4\n", "sve" },
		{ "Model Name\t: Loongson-3A6000\nISA\t: loongarch64\n"
		  "Features\t: cpucfg lam lsx lasx crypto lvz lbt_x86 lbt_arm\n",
		  "crypto lsx lasx lbt lvz" },
		{ "vendor_id\t: CentaurHauls\ncpu family\t: 7\nmodel\t\t: 59\n"
		  "model name\t: ZHAOXIN KaiXian KX-U6780A@2.7GHz\nflags\t\t: aes sha_ni avx ccs ccs_en\n",
		  "aes sha1 sha2 sm3 sm4 avx" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(1, row[i].lines));

		scene_probe(&scene);
		has_text(&scene, "extensions", row[i].extensions, CERTAINTY_CERTAIN);
		scene_release(&scene);
	}
}
END_TEST

START_TEST(a_cipher_unit_of_zhaoxin_counts_when_it_is_there_and_enabled)
{
	static const struct {
		const char *edx, *extensions;
	} row[] = { { "00000030", "sm3 sm4" }, { "00000010", NULL }, { "00000033", "sm2 sm3 sm4" } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make("");
		AUTO(buf_release) struct buf facts = BUF_INIT;

		buf_addf(&facts, "cpuid.00000000.00 0000000d 68532020 20206961 68676e61\n"
			 "cpuid.00000001.00 000307b1 00000800 00000000 00000000\n"
			 "cpuid.c0000001.00 00000000 00000000 00000000 %s\n"
			 "uname.machine x86_64\n", row[i].edx);
		tree_file(&scene.tree, "m/facts", facts.data);
		scene_probe(&scene);
		has_text(&scene, "extensions", row[i].extensions, CERTAINTY_CERTAIN);
		scene_release(&scene);
	}
}
END_TEST

START_TEST(a_core_that_anybody_may_use_names_no_maker)
{
	struct scene scene = scene_make(so_many(4, ARM("0x41", "0xd05")));

	scene_probe(&scene);
	has_text(&scene, "core", "Cortex-A55", CERTAINTY_CERTAIN);
	has_text(&scene, "maker", NULL, CERTAINTY_UNKNOWN);
	has_text(&scene, "model", NULL, CERTAINTY_UNKNOWN);
	scene_release(&scene);
}
END_TEST

START_TEST(a_mixed_chip_is_what_all_its_kinds_of_cores_allow)
{
	struct scene scene = scene_make("processor\t: 0\n" ARM("0x41", "0xd46") "\nprocessor\t: 1\n"
					ARM("0x48", "0xd42") "\nprocessor\t: 2\n"
					ARM("0x48", "0xd02"));

	scene_probe(&scene);
	/* Two of the cores are its maker's own; the model is told by what stands together. */
	has_text(&scene, "maker", "HiSilicon 海思", CERTAINTY_CERTAIN);
	has_text(&scene, "model", "Kirin 9000S", CERTAINTY_LIKELY);
	ck_assert_str_eq(component_get_text(inventory_find(&scene.inventory, "cpu/2"), "core"),
			 "TSV200");
	/* The same core alone is a server's. */
	tree_file(&scene.tree, "m/proc/cpuinfo", so_many(64, ARM("0x48", "0xd02")));
	scene_probe(&scene);
	has_text(&scene, "model", "Kunpeng 920B", CERTAINTY_CERTAIN);
	scene_release(&scene);
}
END_TEST

/* So many processors of each kind, one kind after the other. */
static void kinds_of(const unsigned int *count, const char *const *lines, struct buf *out)
{
	unsigned int number = 0, i;
	size_t k;

	for (k = 0; lines[k]; k++) {
		for (i = 0; i < count[k]; i++)
			buf_addf(out, "processor\t: %u\n%s\n", number++, lines[k]);
	}
}

#define X90 "model name\t: HUAWEI Kirin X90\n"

START_TEST(desktops_of_phone_chips_are_told_as_far_as_their_cores_tell)
{
	static const struct {
		const char *lines[4];
		unsigned int count[3];
		const char *model;
		enum certainty certainty;
	} row[] = {
		{ { ARM("0x41", "0xd05"), ARM("0x48", "0xd40"), NULL }, { 4, 4 },
		  "Kirin 980 or Kirin 990", CERTAINTY_AMBIGUOUS },
		{ { ARM("0x41", "0xd05"), ARM("0x48", "0xd41"), NULL }, { 4, 4 }, "Kirin 9006C",
		  CERTAINTY_LIKELY },
		{ { ARM("0x41", "0xd46"), ARM("0x48", "0xd42"), ARM("0x48", "0xd02"), NULL },
		  { 4, 3, 1 }, "Kirin 9000S", CERTAINTY_LIKELY },
		{ { ARM("0x41", "0xd46"), ARM("0x48", "0xd43"), ARM("0x48", "0xd03"), NULL },
		  { 2, 4, 4 }, "Kirin 9010 or Kirin X90", CERTAINTY_AMBIGUOUS },
		{ { ARM("0x41", "0xd46") X90, ARM("0x48", "0xd43") X90, ARM("0x48", "0xd03") X90,
		    NULL }, { 2, 4, 4 }, "Kirin X90", CERTAINTY_LIKELY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(buf_release) struct buf lines = BUF_INIT;
		struct scene scene;

		kinds_of(row[i].count, row[i].lines, &lines);
		scene = scene_make(lines.data);
		scene_probe(&scene);
		has_text(&scene, "model", row[i].model, row[i].certainty);
		has_text(&scene, "maker", "HiSilicon 海思", CERTAINTY_CERTAIN);
		scene_release(&scene);
	}
}
END_TEST

/* Type 4 with one text, at that place (0x07 manufacturer, 0x10 version), and nothing else that is said. */
static void add_smbios_text(struct scene *scene, size_t place, const char *text)
{
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;

	add_text(&dmi, 4, place, text);
	dmi_fixture_write(&dmi, &scene->tree, "m");
}

static void add_smbios(struct scene *scene, const char *version)
{
	add_smbios_text(scene, 0x10, version);
}

START_TEST(sources_that_disagree_are_contradictory_on_every_architecture)
{
	static const struct {
		const char *cpuinfo, *facts, *smbios, *model;
		enum certainty certainty;
	} row[] = {
		{ "processor\t: 0\nmodel name\t: Loongson-3A5000\n",
		  "cpucfg.00 0x0014d000\nuname.machine loongarch64\n", NULL, "3A6000 or 3A5000",
		  CERTAINTY_CONTRADICTORY },
		/* What the chip says of itself is not to be doubted by its firmware. */
		{ "processor\t: 0\nmodel name\t: Loongson-3A6000\n",
		  "cpucfg.00 0x0014d000\nuname.machine loongarch64\n", "Loongson-3A5000", "3A6000",
		  CERTAINTY_CERTAIN },
		{ "processor\t: 0\nmodel name\t: Phytium,D2000/8\n" ARM("0x70", "0x663"),
		  "uname.machine aarch64\n", "FT-2000/4", "D2000 or FT-2000/4",
		  CERTAINTY_CONTRADICTORY },
		{ "processor\t: 0\nvendor_id\t: HygonGenuine\ncpu family\t: 24\nmodel\t\t: 1\n"
		  "stepping\t: 1\nmodel name\t: Hygon C86 7185 32-core Processor\n",
		  "uname.machine x86_64\n", NULL, "C86-2G or C86-1G", CERTAINTY_CONTRADICTORY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(row[i].cpuinfo);

		tree_file(&scene.tree, "m/facts", row[i].facts);
		if (row[i].smbios)
			add_smbios(&scene, row[i].smbios);
		scene_probe(&scene);
		has_text(&scene, "model", row[i].model, row[i].certainty);
		scene_release(&scene);
	}
}
END_TEST

#define D2000 "model name\t: Phytium,D2000/8\n"

START_TEST(a_name_overrules_no_register_of_another_maker)
{
	static const struct {
		const char *cpuinfo, *facts, *maker, *model, *evidence;
	} row[] = {
		/* A core that no row lists, of a maker that is known. */
		{ "processor\t: 0\n" D2000 ARM("0x48", "0xd99"), "uname.machine aarch64\n",
		  "HiSilicon 海思 or Phytium 飞腾", "D2000",
		  "midr 48/d99; 1 processors; proc/cpuinfo \"Phytium,D2000/8\"" },
		{ "processor\t: 0\n" D2000 ARM("0x51", "0x001"), "uname.machine aarch64\n",
		  "Qualcomm or Phytium 飞腾", "D2000",
		  "midr 51/001; 1 processors; proc/cpuinfo \"Phytium,D2000/8\"" },
		/* The chip itself gives the name, which alone would be certain. */
		{ "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 85\n"
		  "model name\t: Hygon C86 7185 32-core Processor\n", "uname.machine x86_64\n",
		  "Intel or Hygon 海光", "C86-1G",
		  "cpuid GenuineIntel/6/85; 1 processors; proc/cpuinfo "
		  "\"Hygon C86 7185 32-core Processor\"" },
		{ "processor\t: 0\nvendor_id\t: HygonGenuine\ncpu family\t: 24\nmodel\t\t: 1\n"
		  "model name\t: Intel(R) Xeon(R) Gold 6230\n", "uname.machine x86_64\n",
		  "Hygon 海光 or Intel", "C86-2G",
		  "cpuid HygonGenuine/24/1; 1 processors; proc/cpuinfo "
		  "\"Intel(R) Xeon(R) Gold 6230\"" },
		/* Anybody may build with a Neoverse N1; a D2000 has another core. */
		{ "processor\t: 0\n" D2000 ARM("0x41", "0xd0c"), "uname.machine aarch64\n",
		  "Phytium 飞腾", "D2000",
		  "midr 41/d0c; 1 processors; proc/cpuinfo \"Phytium,D2000/8\"" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(row[i].cpuinfo);

		tree_file(&scene.tree, "m/facts", row[i].facts);
		scene_probe(&scene);
		has_text(&scene, "maker", row[i].maker, CERTAINTY_CONTRADICTORY);
		has_text(&scene, "model", row[i].model, CERTAINTY_CONTRADICTORY);
		has_text(&scene, "evidence", row[i].evidence, CERTAINTY_CERTAIN);
		ck_assert(has_problem(&scene, "cpu-contradicted"));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(a_name_of_fewer_processors_than_there_are_contradicts)
{
	static const struct {
		const char *lines, *facts, *model;
		unsigned int cpus;
		const char *sides[2];
	} row[] = {
		{ NAMED(ARM("0x70", "0x663"), "Phytium,FT-2000/4"), "uname.machine aarch64\n",
		  "FT-2000/4 or D2000", 8,
		  { "FT-2000/4, of which a machine has at most 4", "there are 8" } },
		{ NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8"), "uname.machine aarch64\n",
		  "D2000 or S2500", 64,
		  { "D2000, of which a machine has at most 8", "there are 64" } },
		{ "model name\t: Loongson-3A5000\n", LOONGARCH("0x0014c011"),
		  "3A5000 or 3B5000 or 3C5000L or 3C5000 or 3D5000", 32,
		  { "3A5000, of which a machine has at most 4", "there are 32" } },
		/* By its name alone. */
		{ "model name\t: Loongson-3A5000\n", "uname.machine loongarch64\n", "3A5000", 32,
		  { "3A5000, of which a machine has at most 4", "there are 32" } },
		{ "model name\t: Loongson-3A5000-HV\n", LOONGARCH("0x0014c011"),
		  "3A5000 or 3B5000 or 3C5000L or 3C5000", 16,
		  { "3A5000, of which a machine has at most 4", "there are 16" } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(row[i].cpus, row[i].lines));
		const char *detail;

		tree_file(&scene.tree, "m/facts", row[i].facts);
		scene_probe(&scene);
		has_text(&scene, "model", row[i].model, CERTAINTY_CONTRADICTORY);
		detail = detail_of(&scene, "cpu-contradicted");
		ck_assert_msg(strstr(detail, row[i].sides[0]) && strstr(detail, row[i].sides[1]),
			      "%s", detail);
		/* A virtual machine has as many as its owner wants. */
		tree_file(&scene.tree, "m/sys/hypervisor/type", "xen\n");
		scene_probe(&scene);
		ck_assert(!has_problem(&scene, "cpu-contradicted"));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(fewer_processors_than_a_model_has_prove_nothing)
{
	static const struct {
		unsigned int cpus;
		const char *model;
		enum certainty certainty;
	} row[] = {
		{ 1, "FT-2000/4 or D2000 or S2500", CERTAINTY_AMBIGUOUS },
		{ 2, "FT-2000/4 or D2000 or S2500", CERTAINTY_AMBIGUOUS },
		{ 4, "FT-2000/4 or D2000", CERTAINTY_AMBIGUOUS },
		{ 6, "D2000 or S2500", CERTAINTY_AMBIGUOUS },
		{ 8, "D2000", CERTAINTY_LIKELY },
		{ 16, "S2500", CERTAINTY_LIKELY },
		{ 64, "S2500", CERTAINTY_LIKELY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(row[i].cpus, ARM("0x70", "0x663")));

		scene_probe(&scene);
		has_text(&scene, "model", row[i].model, row[i].certainty);
		/* A name is believed of fewer. */
		tree_file(&scene.tree, "m/proc/cpuinfo",
			  so_many(row[i].cpus, NAMED(ARM("0x70", "0x663"), "Phytium,S2500/64 C00")));
		scene_probe(&scene);
		has_text(&scene, "series", "S2500", CERTAINTY_LIKELY);
		ck_assert(!has_problem(&scene, "cpu-contradicted"));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(both_names_that_contradict_each_other_are_in_the_evidence)
{
	struct scene scene = scene_make("processor\t: 0\n" D2000 ARM("0x70", "0x663"));

	add_smbios(&scene, "FT-2000/4");
	scene_probe(&scene);
	has_text(&scene, "evidence", "midr 70/663; 1 processors; proc/cpuinfo \"Phytium,D2000/8\"; "
		 "smbios type 4 \"FT-2000/4\"", CERTAINTY_CERTAIN);
	has_text(&scene, "maker", "Phytium 飞腾", CERTAINTY_CERTAIN);
	ck_assert(has_problem(&scene, "cpu-contradicted"));
	/* What a hypervisor shows is no fault of a machine. */
	tree_file(&scene.tree, "m/sys/hypervisor/type", "xen\n");
	scene_probe(&scene);
	has_text(&scene, "model", "D2000 or FT-2000/4", CERTAINTY_CONTRADICTORY);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

START_TEST(an_unknown_core_names_its_implementer_and_a_maker_that_builds_alone)
{
	static const struct {
		const char *lines, *implementer, *maker;
	} row[] = {
		{ ARM("0x70", "0x999"), "Phytium 飞腾", "Phytium 飞腾" },
		{ ARM("0x48", "0xd99"), "HiSilicon 海思", "HiSilicon 海思" },
		{ ARM("0x51", "0x001"), "Qualcomm", "Qualcomm" },
		{ ARM("0x61", "0x022"), "Apple", "Apple" },
		{ ARM("0xc0", "0xac3"), "Ampere", "Ampere" },
		{ ARM("0x41", "0xd99"), "Arm", NULL },
		{ ARM("0x99", "0x001"), NULL, NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(4, row[i].lines));

		scene_probe(&scene);
		has_text(&scene, "implementer", row[i].implementer, CERTAINTY_CERTAIN);
		has_text(&scene, "maker", row[i].maker, CERTAINTY_CERTAIN);
		ck_assert(has_problem(&scene, "cpu-unknown"));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(a_name_without_a_series_leaves_the_series_of_the_register)
{
	struct scene scene = scene_make("processor\t: 0\nmodel name\t: ICT Loongson-3 V0.4  FPU V0.1\n");

	tree_file(&scene.tree, "m/facts", "cpucfg.00 0x0014c010\nuname.machine loongarch64\n");
	scene_probe(&scene);
	has_text(&scene, "maker", "Loongson 龙芯", CERTAINTY_CERTAIN);
	has_text(&scene, "model", "3A5000 or 3B5000 or 3C5000L or 3C5000 or 3D5000",
		 CERTAINTY_AMBIGUOUS);
	scene_release(&scene);
}
END_TEST

START_TEST(a_maker_in_smbios_that_is_not_the_register_s_is_a_problem)
{
	struct scene scene = scene_make(so_many(4, ARM("0x48", "0xd01")));

	add_smbios_text(&scene, 0x07, "HiSilicon");
	scene_probe(&scene);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	add_smbios_text(&scene, 0x07, "PHYTIUM LTD");
	scene_probe(&scene);
	has_text(&scene, "maker", "HiSilicon 海思", CERTAINTY_CERTAIN);
	ck_assert(has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

START_TEST(a_sku_is_no_prose)
{
	static const struct {
		const char *name, *sku;
	} row[] = {
		{ "Phytium,D2000/8 E8C", "8 E8C" },
		{ "Phytium(R) D2000 Series CPU", NULL },
		{ "D2000", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(buf_release) struct buf lines = BUF_INIT;
		struct scene scene;

		buf_addf(&lines, "model name\t: %s\n" ARM("0x70", "0x663"), row[i].name);
		scene = scene_make(so_many(8, lines.data));
		scene_probe(&scene);
		has_text(&scene, "model", "D2000", CERTAINTY_LIKELY);
		has_text(&scene, "stepping", "r1p3", CERTAINTY_CERTAIN);
		has_text(&scene, "sku", row[i].sku, CERTAINTY_LIKELY);
		scene_release(&scene);
	}
}
END_TEST

START_TEST(steppings_of_one_core_in_two_sockets_are_one_series)
{
	AUTO(buf_release) struct buf cpus = BUF_INIT;
	struct scene scene = scene_make("");
	unsigned int i;

	for (i = 0; i < 128; i++)
		buf_addf(&cpus, "processor\t: %u\nCPU implementer\t: 0x70\nCPU variant\t: 0x1\n"
			 "CPU part\t: 0x663\nCPU revision\t: %u\n\n", i, 3 + i / 64);
	tree_file(&scene.tree, "m/proc/cpuinfo", cpus.data);
	scene_probe(&scene);
	has_text(&scene, "model", "S2500", CERTAINTY_LIKELY);
	ck_assert_ptr_nonnull(inventory_find(&scene.inventory, "cpu/1"));
	ck_assert(!has_problem(&scene, "cpu-unknown"));
	scene_release(&scene);
}
END_TEST

START_TEST(a_mixed_chip_with_one_kind_of_cores_offline_is_what_it_is_called)
{
	struct scene scene = scene_make(so_many(2, ARM("0x70", "0x664")));

	tree_file(&scene.tree, CPU "present", "0-3\n");
	tree_file(&scene.tree, "m/proc/device-tree/model", "Phytium E2000Q DEMO Board");
	scene_probe(&scene);
	has_text(&scene, "model", "E2000Q", CERTAINTY_LIKELY);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	/* And two little cores are a E2000D's, if it says so. */
	tree_file(&scene.tree, CPU "present", "0-1\n");
	tree_file(&scene.tree, "m/proc/cpuinfo", so_many(2, ARM("0x70", "0x303")));
	tree_file(&scene.tree, "m/proc/device-tree/model", "E2000D DEMO DDR4 Board");
	scene_probe(&scene);
	has_text(&scene, "model", "E2000D", CERTAINTY_LIKELY);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

START_TEST(a_chip_with_a_name_that_no_table_knows_is_not_guessed_by_its_processors)
{
	struct scene scene = scene_make(so_many(2, "Model Name\t: Loongson-2K9999\n"));

	tree_file(&scene.tree, "m/facts", LOONGARCH("0x0014a000"));
	scene_probe(&scene);
	has_text(&scene, "maker", "Loongson 龙芯", CERTAINTY_CERTAIN);
	has_text(&scene, "series", "2K1000LA or 2K1500 or 2K0300 or 2K0500", CERTAINTY_AMBIGUOUS);
	tree_file(&scene.tree, "m/proc/cpuinfo", so_many(2, "Model Name\t: Loongson-2K1500\n"));
	scene_probe(&scene);
	has_text(&scene, "series", "2K1500", CERTAINTY_CERTAIN);
	scene_release(&scene);
}
END_TEST

#define ZHAOXIN(model, name)                                                                       \
	"processor\t: 0\nvendor_id\t: CentaurHauls\ncpu family\t: 7\nmodel\t\t: " model "\n"       \
	"stepping\t: 1\nmodel name\t: ZHAOXIN KaiXian " name "\n"

START_TEST(a_model_whose_series_is_not_published_contradicts_no_register)
{
	struct scene scene = scene_make(ZHAOXIN("59", "KX-6940S@2.8GHz"));

	tree_file(&scene.tree, "m/facts", "uname.machine x86_64\n");
	scene_probe(&scene);
	has_text(&scene, "model", "KX-6940S", CERTAINTY_CERTAIN);
	has_text(&scene, "line", "KaiXian", CERTAINTY_LIKELY);
	has_text(&scene, "series", "KX-6000 or KX-6000G", CERTAINTY_AMBIGUOUS);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	/* The register's series are servers: it is of none of them. */
	tree_file(&scene.tree, "m/proc/cpuinfo", ZHAOXIN("91", "KX-U6980S@2.8GHz"));
	scene_probe(&scene);
	has_text(&scene, "model", "KX-U6980S", CERTAINTY_CERTAIN);
	has_text(&scene, "series", NULL, CERTAINTY_UNKNOWN);
	ck_assert(!has_problem(&scene, "cpu-contradicted"));
	scene_release(&scene);
}
END_TEST

#define HYGON(model, name)                                                                         \
	"processor\t: 0\nvendor_id\t: HygonGenuine\ncpu family\t: 24\nmodel\t\t: " model "\n"      \
	"stepping\t: 1\nmodel name\t: " name "\n"

START_TEST(a_series_whose_own_ids_nobody_lists_contradicts_no_register_of_its_maker)
{
	static const struct {
		const char *cpuinfo, *series;
		enum certainty certainty;
	} row[] = {
		{ HYGON("16", "Hygon C86-5G (OPN:7580)"), "C86-5G", CERTAINTY_LIKELY },
		{ HYGON("40", "Hygon C86-5G (OPN:7580)"), "C86-5G", CERTAINTY_CERTAIN },
		{ ZHAOXIN("91", "KH-50000/96@2.2GHz"), "KH-50000", CERTAINTY_LIKELY },
		/* Those of C86-4G are known, and 1 is none of them. */
		{ HYGON("1", "Hygon C86-4G (OPN:7490)"), "C86-2G or C86-4G",
		  CERTAINTY_CONTRADICTORY },
		{ HYGON("2", "KaiSheng KH-50000/96"), "C86-3G or KH-50000",
		  CERTAINTY_CONTRADICTORY },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(row[i].cpuinfo);

		tree_file(&scene.tree, "m/facts", "uname.machine x86_64\n");
		scene_probe(&scene);
		has_text(&scene, "series", row[i].series, row[i].certainty);
		ck_assert(has_problem(&scene, "cpu-contradicted") ==
			  (row[i].certainty == CERTAINTY_CONTRADICTORY));
		scene_release(&scene);
	}
}
END_TEST

START_TEST(a_hygon_is_known_by_its_number_with_and_without_its_maker)
{
	static const struct {
		const char *cpuinfo, *series, *model;
	} row[] = {
		{ HYGON("0", "C86 3185 8-core Processor"), "C86-1G", "C86 3185" },
		{ HYGON("1", "C86 7285 32-core Processor"), "C86-2G", "C86 7285" },
		{ HYGON("2", "C86-3G 7380"), "C86-3G", "C86-3G 7380" },
		{ HYGON("2", "Hygon C86 7375 32-core Processor"), "C86-3G", "C86 7375" },
		{ HYGON("2", "HygonC86-3G(OPN:3350)"), "C86-3G", "C86-3G(OPN:3350)" },
		{ HYGON("7", "Hygon C86-4G 7490 64-core Processor"), "C86-4G", "C86-4G 7490" },
	};
	static const struct {
		const char *name, *series;
	} firmware[] = {
		{ "C86-3G 7380", "C86-3G" },
		{ "C86 7285 32-core Processor", "C86-2G" },
		{ "Hygon 7490", "C86-4G" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(row[i].cpuinfo);

		tree_file(&scene.tree, "m/facts", "uname.machine x86_64\n");
		scene_probe(&scene);
		has_text(&scene, "series", row[i].series, CERTAINTY_CERTAIN);
		has_text(&scene, "model", row[i].model, CERTAINTY_CERTAIN);
		scene_release(&scene);
	}
	for (i = 0; i < ARRAY_SIZE(firmware); i++) {
		struct scene scene = scene_make("");

		add_smbios(&scene, firmware[i].name);
		scene_probe(&scene);
		has_text(&scene, "maker", "Hygon 海光", CERTAINTY_LIKELY);
		has_text(&scene, "line", "C86", CERTAINTY_LIKELY);
		has_text(&scene, "series", firmware[i].series, CERTAINTY_LIKELY);
		scene_release(&scene);
	}
}
END_TEST

START_TEST(a_name_that_no_table_knows_is_no_other_series)
{
	static const struct {
		const char *lines, *facts, *line, *series;
		unsigned int cpus;
		enum certainty certainty;
	} row[] = {
		/* Sixteen processors with this core are a S5000C, but not if they are called so. */
		{ NAMED(ARM("0x70", "0x862"), "Phytium,D4000/16"), "uname.machine aarch64\n", "D or S",
		  "D3000 or D3000M or S5000C", 16, CERTAINTY_AMBIGUOUS },
		{ NAMED(ARM("0x70", "0x862"), "PHYTIUM"), "uname.machine aarch64\n", "S", "S5000C", 16,
		  CERTAINTY_LIKELY },
		{ NAMED(ARM("0x48", "0xd22"), "Kunpeng 930 7285Z"), "uname.machine aarch64\n",
		  "Kunpeng", "Kunpeng 930", 80, CERTAINTY_LIKELY },
		/* Of its line, at least. */
		{ "vendor_id\t: Shanghai\ncpu family\t: 7\nmodel\t\t: 155\n"
		  "model name\t: ZHAOXIN KaiXian KX-9000/8@3.6GHz\n", "uname.machine x86_64\n",
		  "KaiXian", NULL, 8, CERTAINTY_CERTAIN },
	};
	struct scene scene;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		scene = scene_make(so_many(row[i].cpus, row[i].lines));
		tree_file(&scene.tree, "m/facts", row[i].facts);
		scene_probe(&scene);
		has_text(&scene, "series", row[i].series, row[i].certainty);
		ck_assert_str_eq(component_get_text(inventory_find(&scene.inventory, "cpu/0"),
						    "line"), row[i].line);
		ck_assert(!has_problem(&scene, "cpu-contradicted"));
		scene_release(&scene);
	}
	/* What its cores allow is a Kirin 9000S alone. */
	scene = scene_make("processor\t: 0\n" ARM("0x41", "0xd46") "\nprocessor\t: 1\n"
			   ARM("0x48", "0xd02"));
	add_smbios(&scene, "HUAWEI Kirin 9000Z");
	scene_probe(&scene);
	has_text(&scene, "model", "Kirin 9000Z", CERTAINTY_LIKELY);
	scene_release(&scene);
}
END_TEST

START_TEST(a_sku_is_that_of_the_name_that_has_one)
{
	static const struct {
		const char *lines, *smbios, *sku;
	} row[] = {
		{ NAMED(ARM("0x48", "0xd02"), "Kunpeng-920"), "Kunpeng 920 7270Z", "7270Z" },
		{ NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8"), "D2000/8 E8C", "8 E8C" },
		{ NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8 E8C"), "D2000/8", "8 E8C" },
		{ NAMED(ARM("0x70", "0x663"), "Phytium,D2000/8"), "D2000/4 S4C", "8" },
		{ NAMED(ARM("0x48", "0xd01"), "Kunpeng-920"), "Kunpeng 950 6000", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct scene scene = scene_make(so_many(8, row[i].lines));

		add_smbios(&scene, row[i].smbios);
		scene_probe(&scene);
		has_text(&scene, "sku", row[i].sku, CERTAINTY_LIKELY);
		scene_release(&scene);
	}
}
END_TEST

UNIT_MAIN("cpu_identity", a_virtual_machine_says_so_wherever_its_trace_lies,
	  a_virtual_machine_is_known_by_who_sells_it_and_no_maker_of_servers_is_taken_for_one,
	  a_seller_of_virtual_machines_sells_real_ones_and_those_have_real_modules,
	  without_smbios_a_bridge_that_nobody_emulates_tells_a_seller_s_real_machine,
	  what_qemu_leaves_behind_another_s_name_tells_a_virtual_machine,
	  what_a_machine_is_called_does_not_overrule_a_processor_without_a_hypervisor,
	  firmware_that_describes_a_virtual_machine_is_believed_when_no_text_is_known,
	  the_flag_of_a_processor_is_a_trace_and_a_place_gives_it_a_name,
	  extensions_have_one_name_on_every_architecture,
	  a_cipher_unit_of_zhaoxin_counts_when_it_is_there_and_enabled,
	  a_core_that_anybody_may_use_names_no_maker,
	  a_mixed_chip_is_what_all_its_kinds_of_cores_allow,
	  desktops_of_phone_chips_are_told_as_far_as_their_cores_tell,
	  sources_that_disagree_are_contradictory_on_every_architecture,
	  a_name_overrules_no_register_of_another_maker,
	  a_name_of_fewer_processors_than_there_are_contradicts,
	  fewer_processors_than_a_model_has_prove_nothing,
	  both_names_that_contradict_each_other_are_in_the_evidence,
	  an_unknown_core_names_its_implementer_and_a_maker_that_builds_alone,
	  a_name_without_a_series_leaves_the_series_of_the_register,
	  a_maker_in_smbios_that_is_not_the_register_s_is_a_problem,
	  steppings_of_one_core_in_two_sockets_are_one_series,
	  a_mixed_chip_with_one_kind_of_cores_offline_is_what_it_is_called,
	  a_chip_with_a_name_that_no_table_knows_is_not_guessed_by_its_processors,
	  a_model_whose_series_is_not_published_contradicts_no_register, a_sku_is_no_prose,
	  a_series_whose_own_ids_nobody_lists_contradicts_no_register_of_its_maker,
	  a_hygon_is_known_by_its_number_with_and_without_its_maker,
	  a_name_that_no_table_knows_is_no_other_series, a_sku_is_that_of_the_name_that_has_one)
