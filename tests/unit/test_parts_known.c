/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a part is and who made it, by the shipped tables; what nobody knows; used parts, addresses. */
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/model/expectation.h"
#include "probes/usb_ids.h"
#include "tests/unit/roots.h"

#include <string.h>

static struct tree tree;
static struct inventory inventory;

static void begin(void)
{
	tree = tree_make();
	inventory = (struct inventory)INVENTORY_INIT;
	tree_folder(&tree, "m/proc");
}

static void end(void)
{
	inventory_release(&inventory);
	tree_remove(&tree);
}

static const struct attribute *attribute_of(const char *id, const char *name)
{
	const struct component *component = inventory_find(&inventory, id);

	ck_assert_msg(component != NULL, "no %s", id);
	return component_attribute(component, name);
}

static void check_text(const char *id, const char *name, const char *text, enum certainty certainty)
{
	const struct attribute *attribute = attribute_of(id, name);

	ck_assert_msg(attribute && attribute->kind == ATTRIBUTE_TEXT, "no %s of %s", name, id);
	ck_assert_str_eq(attribute->text, text);
	ck_assert_msg(attribute->certainty == certainty, "%s of %s is %s", name, id,
		      certainty_name(attribute->certainty));
}

static int64_t number_of(const char *id, const char *name)
{
	const struct attribute *attribute = attribute_of(id, name);

	return attribute ? attribute->number : -1;
}

static size_t problems(const char *code)
{
	const struct problem *problem;
	size_t count = 0;

	for (problem = inventory.problem; problem; problem = problem->next)
		count += !strcmp(problem->code, code);
	return count;
}

/* --- PCI ----------------------------------------------------------------------------------------- */

struct device {
	const char *place;	/* below pci0000:00 */
	uint16_t vendor, device, class, subvendor, subdevice;
	/* Codes; width_max 0: no link; the upper half of speed_max is the kind of port, 0: not said. */
	uint8_t speed_max, width_max, speed, width;
	const char *driver;
};

static void put16(uint8_t *at, unsigned int value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

static void plant_number(const char *folder, const char *file, unsigned int value, int digits)
{
	struct buf path = BUF_INIT, text = BUF_INIT;

	buf_addf(&path, "%s/%s", folder, file);
	buf_addf(&text, "0x%0*x\n", digits, value);
	tree_file(&tree, path.data, text.data);
	buf_release(&path);
	buf_release(&text);
}

static void plant_pci(const struct device *d)
{
	bool is_bridge = d->class == 0x0604;
	const char *address = strrchr(d->place, '/') ? strrchr(d->place, '/') + 1 : d->place;
	struct buf folder = BUF_INIT, path = BUF_INIT, target = BUF_INIT;
	uint8_t config[256] = { 0 };

	put16(config, d->vendor);
	put16(config + 2, d->device);
	put16(config + 10, d->class);
	config[14] = is_bridge;
	if (!is_bridge) {
		put16(config + 0x2c, d->subvendor);
		put16(config + 0x2e, d->subdevice);
	}
	if (d->width_max) {
		config[6] = 0x10;
		config[0x34] = 0x40;
		config[0x40] = 0x10;
		config[0x42] = (uint8_t)((d->speed_max & 0xf0) | 2);
		put16(config + 0x4c, (d->speed_max & 15) | d->width_max << 4);
		put16(config + 0x52, d->speed | d->width << 4);
	}
	buf_addf(&folder, "m/sys/devices/pci0000:00/%s", d->place);
	plant_number(folder.data, "vendor", d->vendor, 4);
	plant_number(folder.data, "device", d->device, 4);
	plant_number(folder.data, "class", (unsigned int)d->class << 8, 6);
	buf_addf(&path, "%s/config", folder.data);
	tree_bytes(&tree, path.data, config, sizeof(config));
	buf_reset(&path);
	buf_addf(&path, "m/sys/bus/pci/devices/%s", address);
	buf_addf(&target, "../../../devices/pci0000:00/%s", d->place);
	tree_link(&tree, path.data, target.data);
	if (d->driver) {
		buf_addf(&folder, "/driver");
		tree_link(&tree, folder.data, d->driver);
	}
	buf_release(&folder);
	buf_release(&path);
	buf_release(&target);
}

static void probe_pci_devices(const struct device *device, size_t count)
{
	size_t i;

	begin();
	for (i = 0; i < count; i++)
		plant_pci(&device[i]);
	roots_probe(&tree, "m", "pci", &inventory);
}

START_TEST(a_vendor_id_names_a_maker_only_where_its_parts_are_its_own)
{
	static const struct device row[] = {
		/* Phytium's root port with the id of the licensor of the design */
		{ "0000:00:00.0", 0x17cd, 0xdc16, 0x0604, 0, 0, 0, 0, 0, 0, "x/pcieport" },
		/* another chip with that id; the same number on something that is no port */
		{ "0000:00:01.0", 0x17cd, 0x7777, 0x0604, 0, 0, 0, 0, 0, 0, "x/pcieport" },
		{ "0000:00:02.0", 0x17cd, 0xdc16, 0x0200, 0, 0, 0, 0, 0, 0, "x/macb" },
		/* a device of a maker that no table knows by its number */
		{ "0000:00:03.0", 0x10ec, 0xfff7, 0x0200, 0, 0, 0, 0, 0, 0, "x/r8169" },
		/* MetaX' accelerator, and a placeholder with its number */
		{ "0000:00:04.0", 0x9999, 0x0a01, 0x1200, 0, 0, 0, 0, 0, 0, "x/metax" },
		{ "0000:00:05.0", 0x9999, 0x0a01, 0x0780, 0, 0, 0, 0, 0, 0, NULL },
		{ "0000:00:06.0", 0xf7f7, 0x0001, 0xf000, 0, 0, 0, 0, 0, 0, NULL },
	};

	probe_pci_devices(row, ARRAY_SIZE(row));
	check_text("pci/0000:00:00.0", "maker", "Phytium 飞腾", CERTAINTY_LIKELY);
	check_text("pci/0000:00:01.0", "maker", "unknown", CERTAINTY_UNKNOWN);
	check_text("pci/0000:00:02.0", "maker", "unknown", CERTAINTY_UNKNOWN);
	check_text("pci/0000:00:02.0", "vendor", "Cadence Design Systems, Inc.", CERTAINTY_LIKELY);
	check_text("pci/0000:00:03.0", "maker", "Realtek", CERTAINTY_LIKELY);
	check_text("pci/0000:00:04.0", "maker", "MetaX 沐曦", CERTAINTY_LIKELY);
	check_text("pci/0000:00:05.0", "maker", "unknown", CERTAINTY_UNKNOWN);
	check_text("pci/0000:00:06.0", "kind", "unknown", CERTAINTY_UNKNOWN);
	check_text("pci/0000:00:06.0", "vendor", "unknown", CERTAINTY_UNKNOWN);
	check_text("pci/0000:00:06.0", "maker", "unknown", CERTAINTY_UNKNOWN);
	end();
}
END_TEST

START_TEST(an_encryption_card_without_a_driver_is_a_problem)
{
	static const struct device row[] = {
		{ "0000:00:00.0", 0x19e5, 0xa255, 0x1000, 0, 0, 0, 0, 0, 0, NULL },
		{ "0000:00:01.0", 0x19e5, 0xa255, 0x1080, 0, 0, 0, 0, 0, 0, NULL },
		{ "0000:00:02.0", 0x19e5, 0xa255, 0x1000, 0, 0, 0, 0, 0, 0, "x/hisi_sec2" },
	};

	probe_pci_devices(row, ARRAY_SIZE(row));
	ck_assert_uint_eq(problems("no-driver"), 2);
	end();
}
END_TEST

START_TEST(domestic_cards_are_known_by_kind_and_seller)
{
	static const struct device row[] = {
		{ "0000:00:00.0", 0x0731, 0x9100, 0x0300, 0, 0, 0, 0, 0, 0, "x/jmgpu" },
		{ "0000:00:01.0", 0x0014, 0x7a25, 0x0400, 0, 0, 0, 0, 0, 0, NULL },
		{ "0000:00:02.0", 0x19e5, 0xa255, 0x1000, 0, 0, 0, 0, 0, 0, "x/hisi_sec2" },
		{ "0000:00:03.0", 0x8088, 0x0101, 0x0200, 0x19e5, 0x0001, 0, 0, 0, 0, "x/txgbe" },
		{ "0000:00:04.0", 0x1ed5, 0x0200, 0x0300, 0, 0, 0, 0, 0, 0, NULL },
		{ "0000:00:05.0", 0x1d17, 0x0001, 0x0600, 0, 0, 0, 0, 0, 0, NULL },
	};

	probe_pci_devices(row, ARRAY_SIZE(row));
	check_text("pci/0000:00:00.0", "maker", "Jingjia Micro 景嘉微", CERTAINTY_LIKELY);
	check_text("pci/0000:00:01.0", "kind", "GPU", CERTAINTY_LIKELY);
	check_text("pci/0000:00:02.0", "kind", "encryption", CERTAINTY_LIKELY);
	check_text("pci/0000:00:03.0", "maker", "Beijing Wangxun 网迅", CERTAINTY_LIKELY);
	check_text("pci/0000:00:03.0", "subsystem_vendor", "Huawei Technologies Co., Ltd.",
		   CERTAINTY_LIKELY);
	check_text("pci/0000:00:04.0", "maker", "Moore Threads 摩尔线程", CERTAINTY_LIKELY);
	/* Two displays have no driver; a host bridge needs none. */
	ck_assert_int_eq(number_of("pci/0000:00:04.0", "driver_bound"), 0);
	ck_assert_int_eq(number_of("pci/0000:00:00.0", "driver_bound"), 1);
	ck_assert_uint_eq(problems("no-driver"), 2);
	end();
}
END_TEST

START_TEST(a_link_can_no_more_than_its_lesser_end)
{
	static const struct device row[] = {
		/* x8 port with a x4 disk of the next generation behind it */
		{ "0000:00:00.0", 0x17cd, 0xdc16, 0x0604, 0, 0, 3, 8, 3, 4, "x/pcieport" },
		{ "0000:00:00.0/0000:01:00.0", 0x15b7, 0x5015, 0x0108, 0, 0, 4, 4, 3, 4, "x/nvme" },
		/* an empty port */
		{ "0000:00:01.0", 0x17cd, 0xdc08, 0x0604, 0, 0, 3, 8, 1, 0, "x/pcieport" },
	};

	probe_pci_devices(row, ARRAY_SIZE(row));
	ck_assert_int_eq(number_of("pci/0000:01:00.0", "link_speed_possible_mts"), 8000);
	ck_assert_int_eq(number_of("pci/0000:01:00.0", "link_width_possible"), 4);
	ck_assert_ptr_null(attribute_of("pci/0000:00:00.0", "link_width_possible"));
	ck_assert_ptr_null(attribute_of("pci/0000:00:01.0", "link_width_possible"));
	end();
}
END_TEST

static void check_switch(uint8_t root, uint8_t upper, uint8_t lower)
{
	const struct device row[] = {
		{ "0000:00:00.0", 0x1db7, 0xdc01, 0x0604, 0, 0, (uint8_t)(root << 4 | 4), 16,
		  3, 8, "x/pcieport" },
		{ "0000:00:00.0/0000:01:00.0", 0x1b21, 0x1182, 0x0604, 0, 0,
		  (uint8_t)(upper << 4 | 3), 16, 3, 8, "x/pcieport" },
		{ "0000:00:00.0/0000:01:00.0/0000:02:03.0", 0x1b21, 0x1182, 0x0604, 0, 0,
		  (uint8_t)(lower << 4 | 3), 4, 1, 1, "x/pcieport" },
		{ "0000:00:00.0/0000:01:00.0/0000:02:03.0/0000:03:00.0", 0x8088, 0x0103, 0x0200, 0, 0,
		  2, 1, 1, 1, "x/ngbe" },
		{ "0000:00:00.0/0000:01:00.0/0000:02:07.0", 0x1b21, 0x1182, 0x0604, 0, 0,
		  (uint8_t)(lower << 4 | 3), 4, 1, 0, "x/pcieport" },
	};

	probe_pci_devices(row, ARRAY_SIZE(row));
	ck_assert_ptr_null(attribute_of("pci/0000:00:00.0", "link_width_possible"));
	ck_assert_int_eq(number_of("pci/0000:01:00.0", "link_width_possible"), 16);
	ck_assert_ptr_null(attribute_of("pci/0000:02:03.0", "link_width_possible"));
	ck_assert_ptr_null(attribute_of("pci/0000:02:03.0", "link_speed_possible_mts"));
	ck_assert_int_eq(number_of("pci/0000:03:00.0", "link_speed_possible_mts"), 5000);
	ck_assert_int_eq(number_of("pci/0000:03:00.0", "link_width_possible"), 1);
	ck_assert_ptr_null(attribute_of("pci/0000:02:07.0", "link_width_possible"));
	end();
}

START_TEST(between_the_ports_of_a_switch_there_is_no_link)
{
	check_switch(4, 5, 6);
	check_switch(0, 0, 0);	/* by where they stand */
}
END_TEST

/* --- USB, disks --------------------------------------------------------------------------------- */

START_TEST(usb_devices_say_what_they_are_and_who_has_them)
{
#define USB "m/sys/bus/usb/devices/"
	begin();
	tree_file(&tree, USB "1-2/idVendor", "24ae\n");
	tree_file(&tree, USB "1-2/idProduct", "4110\n");
	tree_file(&tree, USB "1-2/bDeviceClass", "00\n");
	tree_file(&tree, USB "1-2:1.0/bInterfaceClass", "03\n");
	tree_link(&tree, USB "1-2:1.0/driver", "../../drivers/usbhid");
	tree_file(&tree, USB "1-2:1.1/bInterfaceClass", "01\n");
	tree_file(&tree, USB "1-3/idVendor", "abcd\n");
	tree_file(&tree, USB "1-3/idProduct", "1234\n");
	roots_probe(&tree, "m", "usb", &inventory);
	check_text("usb/1-2", "maker", "Rapoo 雷柏", CERTAINTY_LIKELY);
	check_text("usb/1-2", "kind", "input, audio", CERTAINTY_CERTAIN);
	check_text("usb/1-2", "driver", "usbhid", CERTAINTY_CERTAIN);
	check_text("usb/1-3", "maker", "unknown", CERTAINTY_UNKNOWN);
	ck_assert_ptr_null(attribute_of("usb/1-3", "kind"));
	end();
#undef USB
}
END_TEST

START_TEST(the_list_of_the_system_names_what_the_table_does_not)
{
	static const char list[] = "# usb.ids\n0001  Fry's\n\t7778  Counterfeit\n24ae  Rapoo\n"
				   "\t2000  Mouse\n\t\t00  of an interface\n\t4110  Keyboard \n"
				   "24af  Next\n\t5000  Other\n";
	struct buf vendor = BUF_INIT, device = BUF_INIT;

	usb_ids_find(list, "24ae", "4110", &vendor, &device);
	ck_assert_str_eq(vendor.data, "Rapoo");
	ck_assert_str_eq(device.data, "Keyboard");
	buf_reset(&vendor);
	buf_reset(&device);
	/* The device of another vendor is not taken. */
	usb_ids_find(list, "24ae", "5000", &vendor, &device);
	ck_assert_str_eq(vendor.data, "Rapoo");
	ck_assert_uint_eq(device.size, 0);
	buf_release(&vendor);
	buf_release(&device);
}
END_TEST

static void plant_disk(const char *name, const char *way, const char *model)
{
	struct buf path = BUF_INIT, target = BUF_INIT;

	buf_addf(&path, "m/sys/devices/pci0000:00/%s/%s/device/model", way, name);
	tree_file(&tree, path.data, model);
	buf_reset(&path);
	buf_addf(&path, "m/sys/block/%s", name);
	buf_addf(&target, "../devices/pci0000:00/%s/%s", way, name);
	tree_link(&tree, path.data, target.data);
	buf_release(&path);
	buf_release(&target);
}

START_TEST(a_disk_whose_model_names_its_maker_is_of_that_one_and_not_of_a_likeness)
{
	static const struct {
		const char *model, *maker;
	} row[] = {
		{ "PC300 NVMe SK hynix 512GB\n", "SK hynix" },
		{ "PC401 NVMe SK hynix 512GB\n", "SK hynix" },
		{ "BC711 NVMe SK hynix 128GB\n", "SK hynix" },
		{ "YMTC PC300-512GB-B\n", "YMTC 长江存储" },
		{ "PC411\n", "YMTC 长江存储" }, { "PC41Q\n", "YMTC 长江存储" },
		{ "PC450\n", "YMTC 长江存储" }, { "PC550\n", "YMTC 长江存储" },
		{ "PC210\n", "YMTC 长江存储" }, { "PC300\n", NULL },
		{ "RTNTE256PCA8EADL\n", "Ramaxel 记忆科技" }, { "RTL9210B-CG\n", NULL },
		{ "UMIS RPJTJ256MEE1OWX\n", "Union Memory 忆联" },
		{ "RPJTJ256MEE1OWX\n", "Union Memory 忆联" },
		{ "DERA D5437\n", "DERA 得瑞" }, { "TSINGHUA\n", NULL },
		{ "XS256G NVMe 256GB\n", "Xinsheng 芯盛智能" }, { "XSTAR 256GB\n", NULL },
		{ "ZTSSD-S11-240G-P\n", "ZOTAC" }, { "SSSTC CL4-8D512\n", "SSSTC" },
		{ "PLEXTOR PX-256M9PeGN\n", "Plextor" },
		{ "aigo NVMe SSD P7000Z 4TB\n", "Aigo 爱国者" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		plant_disk("nvme0n1", "nvme/nvme0", row[i].model);
		roots_probe(&tree, "m", "block", &inventory);
		check_text("block/nvme0n1", "maker", row[i].maker ? row[i].maker : "unknown",
			   row[i].maker ? CERTAINTY_LIKELY : CERTAINTY_UNKNOWN);
		end();
	}
}
END_TEST

START_TEST(a_disk_whose_model_says_nothing_is_of_its_vendor_or_of_the_house_of_its_controller)
{
	static const struct {
		const char *controller, *maker;
	} row[] = {
		{ "0x1e3b\n", "DapuStor 大普微" },
		{ "0x1987\n", NULL },		/* Phison makes controllers for others */
		{ "0x16c3\n", NULL },		/* a licensor's id names nobody */
		{ "0xdead\n", NULL }, { "\n", NULL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		plant_disk("nvme0n1", "0000:01:00.0/nvme/nvme0", "H5300\n");
		tree_file(&tree, "m/sys/bus/pci/devices/0000:01:00.0/vendor", row[i].controller);
		roots_probe(&tree, "m", "block", &inventory);
		check_text("block/nvme0n1", "maker", row[i].maker ? row[i].maker : "unknown",
			   row[i].maker ? CERTAINTY_LIKELY : CERTAINTY_UNKNOWN);
		end();
	}
	begin();
	plant_disk("sda", "host0", "AL15SEB120N\n");
	tree_file(&tree, "m/sys/devices/pci0000:00/host0/sda/device/vendor", "TOSHIBA \n");
	plant_disk("sdb", "host1", "AL15SEB120N\n");
	tree_file(&tree, "m/sys/devices/pci0000:00/host1/sdb/device/vendor", "ATA     \n");
	roots_probe(&tree, "m", "block", &inventory);
	check_text("block/sda", "maker", "Toshiba", CERTAINTY_LIKELY);
	check_text("block/sdb", "maker", "unknown", CERTAINTY_UNKNOWN);
	end();
}
END_TEST

START_TEST(a_disk_is_of_who_sells_it)
{
	begin();
	plant_disk("nvme0n1", "nvme/nvme0", "PC411 NVMe YMTC 512GB\n");
	plant_disk("nvme1n1", "nvme/nvme1", "PC711 NVMe SK hynix 512GB\n");
	plant_disk("sda", "ata1/host0", "ZHITAI SC001 Active 256GB\n");
	plant_disk("sdb", "ata2/host1", "No Name 120G\n");
	roots_probe(&tree, "m", "block", &inventory);
	check_text("block/nvme0n1", "maker", "YMTC 长江存储", CERTAINTY_LIKELY);
	check_text("block/nvme1n1", "maker", "SK hynix", CERTAINTY_LIKELY);
	check_text("block/sda", "maker", "YMTC 长江存储", CERTAINTY_LIKELY);
	check_text("block/sdb", "maker", "unknown", CERTAINTY_UNKNOWN);
	end();
}
END_TEST

/* --- addresses, used parts --------------------------------------------------------------------- */

static void plant_port(const char *name, const char *mac, const char *assigned)
{
	struct buf path = BUF_INIT, target = BUF_INIT;

	buf_addf(&path, "m/sys/devices/pci0000:00/net/%s/", name);
	buf_addf(&target, "%saddress", path.data);
	tree_file(&tree, target.data, mac);
	buf_reset(&target);
	buf_addf(&target, "%stype", path.data);
	tree_file(&tree, target.data, "1\n");
	buf_reset(&target);
	buf_addf(&target, "%saddr_assign_type", path.data);
	tree_file(&tree, target.data, assigned);
	buf_reset(&path);
	buf_reset(&target);
	buf_addf(&path, "m/sys/class/net/%s", name);
	buf_addf(&target, "../../devices/pci0000:00/net/%s", name);
	tree_link(&tree, path.data, target.data);
	buf_release(&path);
	buf_release(&target);
}

START_TEST(an_address_that_others_may_have_is_not_unique)
{
	begin();
	plant_port("eth0", "00:23:9e:04:2a:60\n", "0\n");	/* of a maker */
	plant_port("eth1", "00:23:9e:04:2a:61\n", "1\n");	/* looks so, and is random */
	plant_port("eth2", "ca:fe:12:04:2a:60\n", "0\n");	/* locally administered */
	plant_port("eth3", "00:e0:4c:68:00:01\n", "0\n");	/* of an empty memory */
	plant_port("eth4", "ca:fe:12:04:2a:61\n", "3\n");	/* of the bond it is a port of */
	tree_folder(&tree, "m/sys/devices/virtual/net/bond0");
	tree_link(&tree, "m/sys/devices/pci0000:00/net/eth4/master", "../../../virtual/net/bond0");
	roots_probe(&tree, "m", "net", &inventory);
	ck_assert_int_eq(number_of("net/eth0", "mac_unique"), 1);
	check_text("net/eth1", "mac_assignment", "random", CERTAINTY_CERTAIN);
	ck_assert_int_eq(number_of("net/eth1", "mac_unique"), 0);
	ck_assert_int_eq(number_of("net/eth2", "mac_unique"), 0);
	ck_assert_int_eq(number_of("net/eth3", "mac_unique"), 0);
	ck_assert_ptr_null(attribute_of("net/eth4", "mac_unique"));
	ck_assert_uint_eq(problems("mac-not-unique"), 3);
	end();
}
END_TEST

START_TEST(defaults_that_firmware_copies_to_every_board_are_not_unique)
{
	static const char *const mac[] = {
		"00:55:7b:b5:7d:f7\n", "00:55:7b:b5:7d:f8\n", "00:90:4c:c5:12:38\n",
		"00:03:7f:09:0b:ad\n", "00:0c:e7:11:22:33\n", "00:0c:43:e1:76:28\n",
		"00:00:23:34:45:66\n", "08:90:90:90:90:90\n",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mac); i++) {
		begin();
		plant_port("eth0", mac[i], "0\n");
		roots_probe(&tree, "m", "net", &inventory);
		ck_assert_msg(number_of("net/eth0", "mac_unique") == 0, "%s", mac[i]);
		end();
	}
}
END_TEST

START_TEST(a_port_of_a_bridge_is_judged_by_its_own_address_and_one_of_a_bond_by_its_permanent_one)
{
	static const struct {
		const char *mac, *assigned, *master, *permanent;
		int unique;	/* -1: not judged */
	} row[] = {
		{ "00:00:00:00:00:00\n", "0\n", "br0", NULL, 0 },
		{ "3e:11:22:33:44:55\n", "1\n", "br0", NULL, 0 },
		{ "3e:11:22:33:44:55\n", "3\n", "br0", NULL, 0 },
		{ "00:23:9e:04:2a:60\n", "0\n", "br0", NULL, 1 },
		{ "3e:11:22:33:44:55\n", "3\n", "bond0", NULL, -1 },
		{ "3e:11:22:33:44:55\n", "3\n", "bond0", "00:23:9e:04:2a:60\n", 1 },
		{ "00:23:9e:04:2a:60\n", "3\n", "bond0", "00:55:7b:b5:7d:f7\n", 0 },
		{ "00:55:7b:b5:7d:f7\n", "0\n", "team0", NULL, 0 },
		{ "00:23:9e:04:2a:60\n", "1\n", "team0", NULL, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(buf_release) struct buf to = BUF_INIT;

		begin();
		plant_port("eth0", row[i].mac, row[i].assigned);
		tree_folder(&tree, "m/sys/devices/virtual/net/br0/bridge");
		tree_folder(&tree, "m/sys/devices/virtual/net/bond0");
		tree_folder(&tree, "m/sys/devices/virtual/net/team0");
		buf_addf(&to, "../../../virtual/net/%s", row[i].master);
		tree_link(&tree, "m/sys/devices/pci0000:00/net/eth0/master", to.data);
		if (row[i].permanent)
			tree_file(&tree,
				  "m/sys/devices/pci0000:00/net/eth0/bonding_slave/perm_hwaddr",
				  row[i].permanent);
		roots_probe(&tree, "m", "net", &inventory);
		if (row[i].unique < 0)
			ck_assert_ptr_null(attribute_of("net/eth0", "mac_unique"));
		else
			ck_assert_msg(number_of("net/eth0", "mac_unique") == row[i].unique,
				      "row %zu", i);
		end();
	}
}
END_TEST

START_TEST(of_a_wireless_port_that_seeks_networks_its_own_address_is_judged)
{
	static const struct {
		const char *mac, *assigned, *own;
		int unique;
	} row[] = {
		{ "7a:11:22:33:44:55\n", "3\n", "00:23:9e:04:2a:60\n", 1 },
		{ "7a:11:22:33:44:55\n", "3\n", "7a:11:22:33:44:55\n", 0 },
		{ "00:55:7b:b5:7d:f7\n", "0\n", "00:23:9e:04:2a:60\n", 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		begin();
		plant_port("wlan0", row[i].mac, row[i].assigned);
		tree_file(&tree, "m/sys/devices/pci0000:00/net/wlan0/phy80211/macaddress", row[i].own);
		roots_probe(&tree, "m", "net", &inventory);
		ck_assert_msg(number_of("net/wlan0", "mac_unique") == row[i].unique, "row %zu", i);
		end();
	}
}
END_TEST

static bool is_problem(const char *code, const char *detail)
{
	const struct problem *at = inventory.problem;

	while (at && (strcmp(at->code, code) != 0 || strcmp(at->detail, detail) != 0))
		at = at->next;
	return at != NULL;
}

START_TEST(an_address_of_a_group_or_none_at_all_is_no_port_s_own)
{
	static const struct {
		const char *mac, *why;
	} row[] = {
		{ "01:80:c2:00:00:0e\n", "it is the address of a group, which no port can have" },
		{ "33:33:00:00:00:01\n", "it is the address of a group, which no port can have" },
		{ "00:23:9e:04:2a\n", "it is no address of six bytes" },
		{ "00:23:9e:04:2a:60:11\n", "it is no address of six bytes" },
		{ "00239e042a60\n", "it is no address of six bytes" },
		{ "0g:23:9e:04:2a:60\n", "it is no address of six bytes" },
		{ " 0:23:9e:04:2a:60\n", "it is no address of six bytes" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(buf_release) struct buf detail = BUF_INIT;

		begin();
		plant_port("eth0", row[i].mac, "0\n");
		roots_probe(&tree, "m", "net", &inventory);
		ck_assert_msg(number_of("net/eth0", "mac_unique") == 0, "%s", row[i].mac);
		buf_addf(&detail, "the address of net/eth0: %s", row[i].why);
		ck_assert_msg(is_problem("mac-not-unique", detail.data), "%s", row[i].mac);
		end();
	}
}
END_TEST

START_TEST(an_optional_expectation_asks_only_those_that_have_the_attribute)
{
	struct expectation e = { .rule = EXPECT_NUMBER, .class = "block", .component = "*",
				 .attribute = "smart_power_on_hours", .min = INT64_MIN, .max = 48 };
	struct component *used, *silent;
	struct buf why = BUF_INIT;

	inventory = (struct inventory)INVENTORY_INIT;
	inventory_class(&inventory, "block", PRESENCE_PRESENT, NULL);
	silent = inventory_add(&inventory, "block", "block/sdb", NULL);
	component_number(&inventory, silent, "size_bytes", 1, "s", CERTAINTY_CERTAIN);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_UNKNOWN);
	e.optional = true;
	buf_reset(&why);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_HOLDS);
	used = inventory_add(&inventory, "block", "block/sda", NULL);
	component_number(&inventory, used, "smart_power_on_hours", 12000, "s", CERTAINTY_CERTAIN);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_FAILS);
	ck_assert_str_eq(why.data, "block/sda: smart_power_on_hours is 12000, expected at most 48");
	buf_release(&why);
	inventory_release(&inventory);
}
END_TEST

START_TEST(an_optional_expectation_of_what_could_not_be_read_is_not_known)
{
	struct expectation e = { .rule = EXPECT_NUMBER, .class = "block", .component = "*",
				 .attribute = "smart_power_on_hours", .min = INT64_MIN, .max = 48,
				 .optional = true };
	struct component *unread, *without, *used;
	struct buf why = BUF_INIT;

	inventory = (struct inventory)INVENTORY_INIT;
	inventory_class(&inventory, "block", PRESENCE_PRESENT, NULL);
	without = inventory_add(&inventory, "block", "block/sdb", NULL);
	component_text(&inventory, without, "smart", "not offered by this disk", "smartctl",
		       CERTAINTY_CERTAIN);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_HOLDS);
	unread = inventory_add(&inventory, "block", "block/sdc", NULL);
	component_text(&inventory, unread, "smart", "not readable without root", "smartctl",
		       CERTAINTY_UNKNOWN);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_UNKNOWN);
	ck_assert_str_eq(why.data, "block/sdc: smart_power_on_hours is not known: "
				   "not readable without root");
	/* What is no part of what "smart" tells is asked as before, */
	e.attribute = "smarts";
	buf_reset(&why);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_HOLDS);
	e.attribute = "smart_power_on_hours";
	/* and a disk that is used for certain is worse than one of which nobody knows. */
	used = inventory_add(&inventory, "block", "block/sda", NULL);
	component_number(&inventory, used, "smart_power_on_hours", 12000, "smartctl",
			 CERTAINTY_CERTAIN);
	buf_reset(&why);
	ck_assert_int_eq(expectation_check(&inventory, &e, &why), EXPECTATION_FAILS);
	buf_release(&why);
	inventory_release(&inventory);
}
END_TEST

UNIT_MAIN("parts_known", a_vendor_id_names_a_maker_only_where_its_parts_are_its_own,
	  domestic_cards_are_known_by_kind_and_seller, a_link_can_no_more_than_its_lesser_end,
	  between_the_ports_of_a_switch_there_is_no_link,
	  usb_devices_say_what_they_are_and_who_has_them,
	  the_list_of_the_system_names_what_the_table_does_not, a_disk_is_of_who_sells_it,
	  a_disk_whose_model_says_nothing_is_of_its_vendor_or_of_the_house_of_its_controller,
	  a_disk_whose_model_names_its_maker_is_of_that_one_and_not_of_a_likeness,
	  an_encryption_card_without_a_driver_is_a_problem,
	  an_address_that_others_may_have_is_not_unique,
	  defaults_that_firmware_copies_to_every_board_are_not_unique,
	  a_port_of_a_bridge_is_judged_by_its_own_address_and_one_of_a_bond_by_its_permanent_one,
	  of_a_wireless_port_that_seeks_networks_its_own_address_is_judged,
	  an_address_of_a_group_or_none_at_all_is_no_port_s_own,
	  an_optional_expectation_asks_only_those_that_have_the_attribute,
	  an_optional_expectation_of_what_could_not_be_read_is_not_known)
