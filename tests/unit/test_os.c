/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Board, firmware, operating system and kernel of planted roots. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "probes/os_product.h"
#include "tests/unit/dmi_fixture.h"
#include "tests/unit/roots.h"

#include <stdio.h>
#include <string.h>

static struct tree tree;
static struct inventory inventory;

static void setup(void)
{
	tree = tree_make();
	inventory = (struct inventory)INVENTORY_INIT;
	tree_folder(&tree, "root/proc");
}

static void teardown(void)
{
	inventory_release(&inventory);
	tree_remove(&tree);
}

static void check(const char *id, const char *name, const char *value, enum certainty certainty)
{
	const struct component *component = inventory_find(&inventory, id);
	const struct attribute *attribute;

	ck_assert_msg(component != NULL, "%s", id);
	attribute = component_attribute(component, name);
	ck_assert_msg(!value == !attribute, "%s of %s", name, id);
	if (!value)
		return;
	ck_assert_str_eq(attribute->text, value);
	ck_assert_msg(attribute->certainty == certainty, "%s of %s is %s", name, id,
		      certainty_name(attribute->certainty));
}

static const char *problem(const char *code, const char *part)
{
	const struct problem *at;

	for (at = inventory.problem; at; at = at->next) {
		if (!strcmp(at->code, code) && strstr(at->detail, part))
			return at->detail;
	}
	return NULL;
}

/* A system by its os-release and one more file, or none. */
static void check_product(const char *release, const char *file, const char *product,
			  const char *service_pack)
{
	setup();
	if (release)
		tree_file(&tree, "root/etc/os-release", release);
	if (file) {
		char path[64];

		snprintf(path, sizeof(path), "root/etc/%s", file);
		tree_file(&tree, path, "one line\n");
	}
	roots_probe(&tree, "root", "os", &inventory);
	ck_assert_str_eq(component_get_text(inventory_find(&inventory, "os/0"), "product"),
			 product);
	if (service_pack)
		ck_assert_str_eq(component_get_text(inventory_find(&inventory, "os/0"),
						    "service_pack"), service_pack);
	else
		ck_assert_ptr_null(component_attribute(inventory_find(&inventory, "os/0"),
						       "service_pack"));
	teardown();
}

START_TEST(products_that_share_an_id_are_told_apart_and_service_packs_known)
{
	static const struct {
		const char *release, *file, *product, *service_pack;
	} row[] = {
		{ "NAME=\"Kylin\"\nID=kylin\nPROJECT_CODENAME=V10SP1\n", NULL, "Kylin Desktop",
		  "SP1" },
		{ "NAME=\"Kylin\"\nID=kylin\nPROJECT_CODENAME=V10SP\n", NULL, "Kylin Desktop", NULL },
		{ "NAME=\"Kylin\"\nID=kylin\nPRETTY_NAME=\"Kylin V10 SP1\"\n", NULL, "Kylin Desktop",
		  "SP1" },
		{ "NAME=\"Kylin Linux Host\"\nID=\"kylin\"\n", "kylin-release", "Kylin Linux Host",
		  NULL },
		{ "NAME=\"银河麒麟高级服务器操作系统\"\nID=kylin\nVERSION=\"V10 (Lance)\"\n", NULL,
		  "Kylin Linux Advanced Server", "SP3" },
		{ "NAME=\"Kylin\"\nID=kylin\nVERSION=\"银河麒麟桌面操作系统V10 (SP1)\"\n",
		  "kylin-release", "Kylin Desktop", "SP1" },
		{ "NAME=\"uos\"\nID=uos\nPRETTY_NAME=\"统信服务器操作系统 V20\"\n", NULL,
		  "UOS Server", NULL },
		{ "NAME=\"A System of Ours\"\nID=ours\nVERSION=\"3 SP2\"\n", NULL,
		  "A System of Ours", "SP2" },
		{ "NAME=\"veLinux\"\nID=velinux\n", NULL, "veLinux", NULL },
		{ "NAME=\"CULinux\"\nID=\"culinux\"\n", NULL, "CULinux", NULL },
		{ "NAME=\"HopeEdge\"\nID=\"openEuler-derivative\"\n", NULL, "HopeEdge", NULL },
		{ "NAME=\"NewStart CGSL\"\nID=\"cgsl\"\n", NULL, "NewStart CGSL", NULL },
		{ "NAME=\"Kylin Linux Advanced Server\"\nID=\"kylin\"\nVERSION=\"V10 (Sword)\"\n",
		  NULL, "Kylin Linux Advanced Server", "SP2" },
		{ "ID=\"kylin\"\nVERSION=\"V10 (Lance)\"\n", "kylin-release",
		  "Kylin Linux Advanced Server", "SP3" },
		{ "NAME=\"uos\"\nID=uos\nPRETTY_NAME=\"UnionTech OS Desktop 20 Pro\"\n", NULL,
		  "UOS Desktop", NULL },
		{ "NAME=\"UnionTech OS Server 20\"\nID=UOS\n", NULL, "UOS Server", NULL },
		{ "ID=\"openEuler\"\nVERSION=\"24.03 (LTS-SP2)\"\n", NULL, "openEuler", "SP2" },
		{ "ID=\"openEuler\"\nVERSION=\"22.03 (LTS)\"\n", NULL, "openEuler", NULL },
		{ "ID=openkylin\nVERSION=\"2.0 (nile)\"\n", NULL, "openKylin", NULL },
		{ "ID=\"anolis\"\nVERSION_ID=\"8.8\"\n", NULL, "Anolis OS", NULL },
		{ "ID=Loongnix\nVERSION=\"20 (DaoXiangHu)\"\n", NULL, "Loongnix", NULL },
		{ "ID=\"loongnix-server\"\n", NULL, "Loongnix-Server", NULL },
		{ "NAME=\"NeoKylin Linux Advanced Server\"\nID=\"neokylin\"\n", NULL,
		  "NeoKylin Linux Advanced Server", NULL },
		{ "NAME=\"NeoKylin Desktop\"\nID=\"neokylin\"\n", NULL, "NeoKylin Desktop", NULL },
		{ "ID=\"hce\"\nVERSION=\"2.0 (aarch64)\"\n", NULL, "Huawei Cloud EulerOS", NULL },
		{ "ID=aosc\n", NULL, "AOSC OS", NULL },
		{ NULL, "nfs-release", "NFS Desktop", NULL },
		{ "NAME=\"Ubuntu Kylin\"\nID=ubuntu\n", NULL, "Ubuntu Kylin", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		check_product(row[i].release, row[i].file, row[i].product, row[i].service_pack);
}
END_TEST

/* The product by os-release and by one more file, or none. */
static void check_edition(const char *release, const char *file, const char *text,
			  const char *product)
{
	setup();
	if (release)
		tree_file(&tree, "root/etc/os-release", release);
	if (file)
		tree_file(&tree, file, text);
	roots_probe(&tree, "root", "os", &inventory);
	check("os/0", "product", product, CERTAINTY_LIKELY);
	teardown();
}

START_TEST(a_name_that_says_desktop_or_server_decides_and_other_files_where_it_does_not)
{
	static const struct {
		const char *release, *file, *text, *product;
	} row[] = {
		{ "NAME=\"NFS Server\"\nID=nfs\n", "root/etc/nfs-release",
		  "NFS Server release 4.0\n", "NFS Server" },
		{ "NAME=\"NFS Server\"\nID=nfs\n", NULL, NULL, "NFS Server" },
		{ "NAME=\"NFS Desktop\"\nID=nfs\n", "root/etc/nfs-release",
		  "NFS Server release 4.0\n", "NFS Desktop" },
		{ NULL, "root/etc/nfs-release", "NFS Server release 4.0\n", "NFS Server" },
		{ NULL, "root/etc/nfs-release", "NFSDesktop release 5.0\n", "NFS Desktop" },
		{ "NAME=\"NFSDesktop\"\nID=debian\n", "root/etc/nfs/info",
		  "NAME=\"NFSDesktop\"\n", "NFS Desktop" },
		{ "NAME=\"Kylin Linux Desktop\"\nID=\"kylin\"\n", "root/etc/kylin-release",
		  "Kylin Linux Desktop release V10 (Tercel)\n", "Kylin Desktop" },
		{ "NAME=\"uos\"\nID=uos\n", "root/etc/os-version",
		  "[Version]\nSystemName=UOS\nProductType=Server\n", "UOS Server" },
		{ "NAME=\"uos\"\nID=uos\n", "root/etc/os-version",
		  "[Version]\nSystemName=UOS Server\n", "UOS Server" },
		{ "NAME=\"uos\"\nID=uos\n", "root/etc/os-version",
		  "[Version]\nProductType=Desktop\n", "UOS Desktop" },
		{ "NAME=\"UOS Desktop\"\nID=uos\n", "root/etc/os-version",
		  "[Version]\nProductType=Server\n", "UOS Desktop" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++)
		check_edition(row[i].release, row[i].file, row[i].text, row[i].product);
}
END_TEST

START_TEST(a_code_name_without_a_service_pack_is_none)
{
	setup();
	tree_file(&tree, "root/etc/os-release", "ID=kylin\nPROJECT_CODENAME=V10\n");
	roots_probe(&tree, "root", "os", &inventory);
	check("os/0", "service_pack", NULL, 0);
	teardown();
}
END_TEST

START_TEST(the_end_of_a_licence_is_read_behind_a_colon_too)
{
	setup();
	tree_file(&tree, "root/etc/os-release", "ID=kylin\nHOME_URL=\"https://a.example/?b=c\"\n");
	tree_file(&tree, "root/etc/LICENSE", "SERIAL:1\nTERM:2021-01-01\nKEY:a=b\n");
	roots_probe(&tree, "root", "os", &inventory);
	check("os/0", "licence_end", "2021-01-01", CERTAINTY_CERTAIN);
	check("os/0", "product", "Kylin Desktop", CERTAINTY_LIKELY);
	teardown();
}
END_TEST

START_TEST(a_service_pack_that_two_sources_tell_differently_is_contradictory)
{
	setup();
	tree_file(&tree, "root/etc/os-release",
		  "NAME=\"Kylin Linux Advanced Server\"\nID=kylin\nVERSION=\"V10 (Sword)\"\n");
	tree_file(&tree, "root/etc/.kyinfo",
		  "[dist]\nmilestone=10-SP1-Release-Build04-20200711\n[os]\nterm=2027-03-31\n");
	roots_probe(&tree, "root", "os", &inventory);
	check("os/0", "service_pack", "SP1 or SP2", CERTAINTY_CONTRADICTORY);
	check("os/0", "licence_end", "2027-03-31", CERTAINTY_CERTAIN);
	teardown();
}
END_TEST

START_TEST(the_end_of_a_licence_is_read_and_its_key_is_not)
{
	AUTO_FREE char *text = NULL;

	setup();
	tree_file(&tree, "root/etc/os-release", "ID=kylin\n");
	tree_file(&tree, "root/etc/LICENSE", "SERIAL=7654321\nTERM=20270331\nKEY=SECRETKEY\n");
	roots_probe(&tree, "root", "os", &inventory);
	check("os/0", "licence_end", "20270331", CERTAINTY_CERTAIN);
	text = roots_text(&inventory);
	ck_assert_ptr_null(strstr(text, "SECRETKEY"));
	ck_assert_ptr_null(strstr(text, "7654321"));
	teardown();
	ck_assert(os_licence_is_over("2026-11-22", "2026-11-23T05:54:00Z"));
	ck_assert(os_licence_is_over("20251231", "2026-11-23"));
	ck_assert(!os_licence_is_over("2026-11-23", "2026-11-23"));
	ck_assert(!os_licence_is_over("2027-03-31", "2026-11-23"));
	ck_assert(!os_licence_is_over("permanent", "2026-11-23"));
}
END_TEST

START_TEST(uos_says_its_minor_version_elsewhere)
{
	setup();
	tree_file(&tree, "root/etc/os-release", "ID=uos\nVERSION_ID=\"20\"\n");
	tree_file(&tree, "root/etc/os-version",
		  "[Version]\nEditionName=Professional\nMinorVersion=1060\nOsBuild=11018.107\n");
	roots_probe(&tree, "root", "os", &inventory);
	check("os/0", "minor_version", "1060", CERTAINTY_CERTAIN);
	check("os/0", "maker", "UnionTech 统信", CERTAINTY_LIKELY);
	teardown();
}
END_TEST

START_TEST(the_loongarch_world_is_told_by_the_loaders_or_else_by_the_kernel)
{
	static const struct {
		const char *facts, *world;
		enum certainty certainty;
	} row[] = {
		{ "abi.loaders /lib64/ld.so.1\nuname.machine loongarch64\n", "old",
		  CERTAINTY_CERTAIN },
		{ "abi.loaders /lib64/ld-linux-loongarch-lp64d.so.1\nuname.machine loongarch64\n",
		  "new", CERTAINTY_CERTAIN },
		{ "abi.loaders /lib64/ld.so.1 /lib64/ld-linux-loongarch-lp64d.so.1\n"
		  "uname.machine loongarch64\n", "new and old", CERTAINTY_CERTAIN },
		{ "uname.machine loongarch64\nuname.release 4.19.190-6.4.lns8.loongarch64\n",
		  "old", CERTAINTY_LIKELY },
		{ "uname.machine loongarch64\nuname.release 6.6.0-loong64\n", "new",
		  CERTAINTY_LIKELY },
		{ "abi.loaders /lib64/ld.so.1\nuname.machine x86_64\n", NULL, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		setup();
		tree_file(&tree, "root/facts", row[i].facts);
		tree_file(&tree, "root/etc/os-release", "ID=loongnix\n");
		roots_probe(&tree, "root", "os", &inventory);
		check("os/0", "abi_world", row[i].world, row[i].certainty);
		teardown();
	}
}
END_TEST

START_TEST(the_taint_of_a_kernel_is_told_in_words_and_what_broke_is_a_problem)
{
	setup();
	tree_file(&tree, "root/facts", "page-size 16384\nuname.release 4.19.0\n");
	tree_file(&tree, "root/proc/cmdline", "root=/dev/sda1 quiet\n");
	tree_file(&tree, "root/proc/sys/kernel/tainted", "12305\n");	/* 0, 4, 12, 13 */
	roots_probe(&tree, "root", "kernel", &inventory);
	check("kernel/0", "taint",
	      "proprietary module, machine check, out-of-tree module, unsigned module",
	      CERTAINTY_CERTAIN);
	ck_assert_ptr_nonnull(problem("kernel-tainted", "met: machine check"));
	ck_assert_ptr_null(problem("kernel-tainted", "module"));
	ck_assert_int_eq(component_get_number(inventory_find(&inventory, "kernel/0"),
					      "page_size_bytes", 0), 16384);
	check("kernel/0", "cmdline", "root=/dev/sda1 quiet", CERTAINTY_CERTAIN);
	teardown();
}
END_TEST

START_TEST(a_kernel_without_taint_says_nothing_of_it)
{
	setup();
	tree_file(&tree, "root/facts", "uname.release 4.19.0\n");
	tree_file(&tree, "root/proc/sys/kernel/tainted", "0\n");
	roots_probe(&tree, "root", "kernel", &inventory);
	check("kernel/0", "taint", NULL, 0);
	teardown();
}
END_TEST

static void plant_firmware(const char *vendor, const char *version)
{
	static const uint8_t fixed[0x14] = { [0] = 1, [1] = 2, [4] = 0 };
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;

	dmi_fixture_add(&dmi, 0, fixed, sizeof(fixed), vendor, version, NULL);
	dmi_fixture_write(&dmi, &tree, "root");
}

START_TEST(whose_code_a_firmware_is_is_told_under_whatever_name)
{
	static const struct {
		const char *vendor, *version, *family;
	} row[] = {
		{ "ZD Tech.", "KunLun BIOS V4.0", "KunLun 昆仑" },
		{ "ZD-TECH", "W0CKT04A", "KunLun 昆仑" },
		{ "EAECIS", "KL4.2A.CRB.D.014.240524.R", "KunLun 昆仑" },
		{ "Byosoft", "R16", "Byosoft 百敖" },
		{ "Loongson", "Loongson-UDK2018-V4.0.05692-stable202402", "Loongson UDK" },
		{ "Great Wall", "R06", "own brand" },
		{ "\xb3\xa4\xb3\xc7", "V3.0", "own brand" },
		{ "KaiTian", "W0SKT08A", "own brand" },
		{ "PHYTIUM LTD", "V2.20", "Phytium reference" },
		{ "Loongson", "PMON-LS3A4000-v1.2", "PMON" },
		{ "Somebody", "1.0", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		setup();
		plant_firmware(row[i].vendor, row[i].version);
		roots_probe(&tree, "root", "firmware", &inventory);
		check("firmware/0", "family", row[i].family, CERTAINTY_LIKELY);
		teardown();
	}
}
END_TEST

/* The maker of system and board, and of the firmware. */
static void plant_brand(const char *maker, const char *vendor)
{
	static const uint8_t fixed[0x17] = { 1, 2 };
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;

	dmi_fixture_add(&dmi, 0, fixed, sizeof(fixed), vendor, "V1.0", NULL);
	dmi_fixture_add(&dmi, 1, fixed, sizeof(fixed), maker, "Some Model", NULL);
	dmi_fixture_write(&dmi, &tree, "root");
}

#define BAIXIN_GBK "\xb0\xd9\xd0\xc5"

START_TEST(a_firmware_that_bears_the_name_of_the_board_s_maker_is_its_own_brand)
{
	static const struct {
		const char *maker, *vendor, *family, *by;
	} row[] = {
		{ BAIXIN_GBK, BAIXIN_GBK, "own brand", "Baixin 百信" },
		{ "山西百信信息技术有限公司", BAIXIN_GBK, "own brand", "Baixin 百信" },
		{ "Tsinghua Tongfang", "THTF", "own brand", "Tongfang 同方" },
		{ "LENOVO", "Lenovo Group Limited", "own brand", "Lenovo 联想" },
		{ "Somebody Ltd.", "SOMEBODY LTD.", "own brand", "SOMEBODY LTD." },
		{ "Somebody Ltd.", "Somebody Else", NULL, NULL },
		{ "Default string", "Default string", NULL, NULL },
		{ "GreatWall", "ZD Tech.", "KunLun 昆仑", "ZD Technologies 中电科技" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		setup();
		plant_brand(row[i].maker, row[i].vendor);
		roots_probe(&tree, "root", "firmware", &inventory);
		check("firmware/0", "family", row[i].family, CERTAINTY_LIKELY);
		check("firmware/0", "maker", row[i].by, CERTAINTY_LIKELY);
		teardown();
	}
	/* What the kernel shows to everybody does as well. */
	setup();
	tree_file(&tree, "root/sys/class/dmi/id/bios_vendor", "Haier\n");
	tree_file(&tree, "root/sys/class/dmi/id/board_vendor", "Haier\n");
	roots_probe(&tree, "root", "firmware", &inventory);
	check("firmware/0", "maker", "Haier 海尔", CERTAINTY_LIKELY);
	teardown();
}
END_TEST

START_TEST(a_maker_of_boards_is_one_whatever_its_spelling)
{
	static const struct {
		const char *name, *maker;
	} row[] = {
		{ "GreatWall", "Great Wall 长城" }, { "Great Wall", "Great Wall 长城" },
		{ "China GreatWall Technology Group Co., Ltd.", "Great Wall 长城" },
		{ "长城", "Great Wall 长城" }, { "\xb3\xa4\xb3\xc7", "Great Wall 长城" },
		{ "LENOVO", "Lenovo 联想" }, { "Tsinghua Tongfang Co., Ltd.", "Tongfang 同方" },
		{ "phytium", "Phytium 飞腾" }, { "INSPUR", "Inspur 浪潮" },
		{ "Shanghai Zhaoxin Semiconductor Co., Ltd.", "Zhaoxin 兆芯" },
		{ "Nobody knows whom", "Nobody knows whom" }, { "To Be Filled By O.E.M.", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		setup();
		plant_brand(row[i].name, "Somebody");
		roots_probe(&tree, "root", "board", &inventory);
		check("board/system", "maker", row[i].maker, CERTAINTY_LIKELY);
		teardown();
	}
}
END_TEST

START_TEST(a_firmware_built_from_changed_sources_is_a_problem)
{
	setup();
	plant_firmware("HANWEI", "g92ce8f6-dirty");
	roots_probe(&tree, "root", "firmware", &inventory);
	ck_assert_ptr_nonnull(problem("firmware-unreleased", "g92ce8f6-dirty"));
	teardown();
}
END_TEST

START_TEST(pmon_is_known_by_what_it_told_the_kernel)
{
	setup();
	tree_file(&tree, "root/sys/firmware/lefi/boardinfo",
		  "Board Info\nManufacturer\t\t: LEMOTE\nBoard Name\t\t: LEMOTE-3A4000-7A\n"
		  "Family\t\t\t: LOONGSON3\n\nBIOS Info\nVendor\t\t\t: Loongson\n"
		  "Version\t\t\t: Loongson-PMON-V3.3.1\nROM Size\t\t: 4 KB\n"
		  "Release Date\t\t: 2020-03-12\n");
	roots_probe(&tree, "root", NULL, &inventory);
	check("firmware/0", "family", "PMON", CERTAINTY_LIKELY);
	check("firmware/0", "version", "Loongson-PMON-V3.3.1", CERTAINTY_LIKELY);
	check("firmware/0", "date", "2020-03-12", CERTAINTY_LIKELY);
	check("board/baseboard", "manufacturer", "LEMOTE", CERTAINTY_LIKELY);
	check("board/baseboard", "product", "LEMOTE-3A4000-7A", CERTAINTY_LIKELY);
	teardown();
}
END_TEST

START_TEST(chinese_names_are_read_in_utf_8_and_in_gbk)
{
	static const uint8_t fixed[0x17] = { 1, 2 };
	static const uint8_t board[0x0b] = { 1, 2 };
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;

	setup();
	dmi_fixture_add(&dmi, 1, fixed, sizeof(fixed), "长城", "世恒TD120A2", NULL);
	dmi_fixture_add(&dmi, 2, board, sizeof(board), "\xb3\xa4\xb3\xc7",
			"\xca\xc0\xba\xe3TD120A2", NULL);
	dmi_fixture_write(&dmi, &tree, "root");
	roots_probe(&tree, "root", "board", &inventory);
	check("board/system", "product", "世恒TD120A2", CERTAINTY_LIKELY);
	check("board/baseboard", "manufacturer", "长城", CERTAINTY_LIKELY);
	check("board/baseboard", "product", "世恒TD120A2", CERTAINTY_LIKELY);
	ck_assert_int_eq(component_attribute(inventory_find(&inventory, "board/baseboard"),
					     "product")->encoding, TEXT_GBK);
	teardown();
}
END_TEST

START_TEST(names_that_were_never_programmed_are_problems)
{
	static const char *const name[] = { "To Be Filled By O.E.M.", "Default string", "N/A",
					    "........", "GW-XXXXXX-XXX", "Not Specified", "TBD",
					    "Reserver for OEM", "NULL", "--",
					    "Type2 - Board Product Name1", "PartNum3", "SerNum0",
					    "Type3 - Chassis Version", "Type1ProductConfigId",
					    "A1_Manufacturer2", "Array1_PartNumber0", "Serial Not Set" };
	static const uint8_t fixed[0x17] = { 1, 1 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		struct dmi_fixture dmi = DMI_FIXTURE_INIT;

		setup();
		dmi_fixture_add(&dmi, 1, fixed, sizeof(fixed), name[i], NULL);
		dmi_fixture_write(&dmi, &tree, "root");
		roots_probe(&tree, "root", "board", &inventory);
		check("board/system", "product", name[i], CERTAINTY_UNKNOWN);
		ck_assert_msg(problem("unprogrammed-name", "product of board/system") != NULL,
			      "%s", name[i]);
		teardown();
	}
}
END_TEST

START_TEST(names_that_the_firmware_does_not_give_at_all_are_problems_and_fields_it_has_not_are_none)
{
	static const uint8_t fixed[0x17] = { 0 };
	static const uint8_t old[0x02] = { 0 };	/* it ends before the serial number */
	struct dmi_fixture dmi = DMI_FIXTURE_INIT, short_one = DMI_FIXTURE_INIT;

	setup();
	dmi_fixture_add(&dmi, 1, fixed, sizeof(fixed), "unused", NULL);
	dmi_fixture_write(&dmi, &tree, "root");
	roots_probe(&tree, "root", "board", &inventory);
	ck_assert_ptr_nonnull(problem("unprogrammed-name", "manufacturer of board/system"));
	ck_assert_ptr_nonnull(problem("unprogrammed-name", "product of board/system"));
	ck_assert_ptr_nonnull(problem("unprogrammed-name", "serial of board/system"));
	ck_assert_ptr_null(problem("unprogrammed-name", "version of board/system"));
	teardown();
	setup();
	dmi_fixture_add(&short_one, 1, old, sizeof(old), "unused", NULL);
	dmi_fixture_write(&short_one, &tree, "root");
	roots_probe(&tree, "root", "board", &inventory);
	ck_assert_ptr_nonnull(problem("unprogrammed-name", "product of board/system"));
	ck_assert_ptr_null(problem("unprogrammed-name", "serial of board/system"));
	teardown();
}
END_TEST

START_TEST(a_newer_pack_knows_texts_that_the_program_does_not)
{
	static const uint8_t fixed[0x17] = { 1, 1 };
	static const char table[] = "# placeholders.tsv 2026-11-24\ntext\tsource\tdate\n"
				    "model name of *\tplant\t2026-11-24\n";
	struct dmi_fixture dmi = DMI_FIXTURE_INIT;
	AUTO(sysroot_free_at) struct sysroot *root = NULL;
	struct probe_place place = { .ids = NULL };
	const char *class = "board";

	setup();
	dmi_fixture_add(&dmi, 1, fixed, sizeof(fixed), "Model Name of OEM", NULL);
	dmi_fixture_write(&dmi, &tree, "root");
	tree_file(&tree, "pack/placeholders.tsv", table);
	root = sysroot_open(tree_path(&tree, "root"), NULL);
	place.root = root;
	ck_assert_int_eq(probe_classes(&place, &class, 1, &inventory, NULL), 0);
	check("board/system", "product", "Model Name of OEM", CERTAINTY_LIKELY);
	inventory_release(&inventory);
	inventory = (struct inventory)INVENTORY_INIT;
	place.ids = tree_path(&tree, "pack");
	ck_assert_int_eq(probe_classes(&place, &class, 1, &inventory, NULL), 0);
	check("board/system", "product", "Model Name of OEM", CERTAINTY_UNKNOWN);
	teardown();
}
END_TEST

UNIT_MAIN("os", products_that_share_an_id_are_told_apart_and_service_packs_known,
	  a_name_that_says_desktop_or_server_decides_and_other_files_where_it_does_not,
	  a_code_name_without_a_service_pack_is_none,
	  the_end_of_a_licence_is_read_behind_a_colon_too,
	  a_service_pack_that_two_sources_tell_differently_is_contradictory,
	  the_end_of_a_licence_is_read_and_its_key_is_not, uos_says_its_minor_version_elsewhere,
	  the_loongarch_world_is_told_by_the_loaders_or_else_by_the_kernel,
	  the_taint_of_a_kernel_is_told_in_words_and_what_broke_is_a_problem,
	  a_kernel_without_taint_says_nothing_of_it,
	  whose_code_a_firmware_is_is_told_under_whatever_name,
	  a_firmware_that_bears_the_name_of_the_board_s_maker_is_its_own_brand,
	  a_maker_of_boards_is_one_whatever_its_spelling,
	  a_firmware_built_from_changed_sources_is_a_problem,
	  pmon_is_known_by_what_it_told_the_kernel, chinese_names_are_read_in_utf_8_and_in_gbk,
	  names_that_were_never_programmed_are_problems,
	  names_that_the_firmware_does_not_give_at_all_are_problems_and_fields_it_has_not_are_none,
	  a_newer_pack_knows_texts_that_the_program_does_not)
