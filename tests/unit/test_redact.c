/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine into which every kind of secret is planted is captured; none may come out, each has one
 * substitute of its shape everywhere, and what names nobody stays.
 */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/cmd/capture_make.h"
#include "harness/model/placeholder.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is planted: one of each kind, each in the places where machines have it. */
#define MAC "00:1b:21:c4:5d:7e"
#define MAC_PLAIN "001b21c45d7e"
#define MAC_DASHES "00-1b-21-c4-5d-7e"
#define MAC_EUI64 "21b:21ff:fec4:5d7e"
#define MAC_LOCAL "06:9d:3c:aa:51:42"
#define UUID "4c4c4544-0039-4a10-8052-b7c04f4e3832"
#define UUID_TURNED "44454c4c-3900-104a-8052-b7c04f4e3832"
#define ROOT_UUID "ac986561-2588-4a99-919f-e4e28a2485f7"
#define MACHINE_ID "9d1f0c6a7b3e4d5c8a2b1f0e6c7d8e9f"
#define SYSTEM_SERIAL "GW9K3X72"
#define BOARD_SERIAL "BSN-77A0412"
#define CHASSIS_SERIAL "CH55-0091-QX"
#define ASSET "PROP-2024-00871"
#define DIMM_SERIAL "3A9C71F2"
#define CPU_SERIAL "PHY7710028X"
#define CPU_ID "5001000a87e3d412"
#define OEM_STRING "Lot 77 for Zhang Wei"
#define OEM_OWN "UnitTrace 00417733"
#define DISK_SERIAL "S4EVNX0M771402"
#define DISK_WWN "5002538e40a1b2c3"
#define NVME_EUI "0025385891b1c2d3"
#define NVME_NGUID "36344630525000010025384500000077"
#define USB_SERIAL "4C530001180604117755"
#define BATTERY_SERIAL "41872"
#define MMC_CID "150100424a544434520655aa77e19300"
#define HOST "assembly-bench7"
#define DOMAIN "line4.factory.example"
#define USER "zhangwei"
#define FULL_NAME "张伟国"
#define SSID "Workshop-5G-Line4"
#define PASSWORD "hunter22x"
#define LICENCE "0247624"
#define LICENCE_SERIAL "7654321"
#define PRODUCT_KEY "VK7JG-NPHTM-C97JM-9MPGT-3V66T"
#define CUSTOMER "Bureau of Weights"
#define IP "10.77.14.201"
#define EDID_SERIAL "CN0V77K12A"
#define EDID_NAME "MON 77L"
#define EDID_TEXT "PANEL 7QX"
#define DT_SERIAL "DT7700123X"

static const char *const secret[] = {
	MAC, MAC_PLAIN, MAC_DASHES, MAC_EUI64, MAC_LOCAL, UUID, UUID_TURNED, ROOT_UUID, MACHINE_ID,
	SYSTEM_SERIAL, BOARD_SERIAL, CHASSIS_SERIAL, ASSET, DIMM_SERIAL, CPU_SERIAL, CPU_ID,
	OEM_STRING, OEM_OWN, DISK_SERIAL, DISK_WWN, NVME_EUI, NVME_NGUID, USB_SERIAL,
	BATTERY_SERIAL, MMC_CID, HOST, DOMAIN, USER, FULL_NAME, SSID, PASSWORD, LICENCE,
	LICENCE_SERIAL, PRODUCT_KEY, CUSTOMER, IP, EDID_SERIAL, EDID_NAME, EDID_TEXT, DT_SERIAL,
};

static const char *const globs[] = {
	"dev/kmsg", "etc/.kyinfo", "etc/LICENSE", "etc/hostname", "etc/hosts", "etc/machine-id",
	"etc/os-release", "proc/cmdline", "proc/cpuinfo", "proc/mounts", "sys/class/dmi/id/*",
	"sys/firmware/dmi/tables/*", "sys/firmware/devicetree/base/*", "sys/class/net/*",
	"sys/class/net/*/*", "sys/block/*/*", "sys/bus/usb/devices/*/*",
	"sys/class/power_supply/*/*", "sys/class/drm/*/edid", "sys/bus/pci/devices/*/config",
	NULL,
};

static struct tree tree;
static struct err err;

/* --- SMBIOS and EDID, built piece by piece --------------------------------------------------------- */

static void add_structure(struct buf *table, int type, const void *fixed, size_t size,
			  const char *texts, size_t texts_size)
{
	buf_addc(table, (char)type);
	buf_addc(table, (char)(size + 4));
	buf_addc(table, (char)type);
	buf_addc(table, 0x10);
	buf_add(table, fixed, size);
	buf_add(table, texts, texts_size);
	buf_addc(table, 0);
	if (!texts_size)
		buf_addc(table, 0);
}

#define TEXTS(text) (text), sizeof(text)

static void build_smbios(struct buf *table)
{
	uint8_t fixed[64] = { 1, 2, 3, 4 };

	hex_decode("4445" "4c4c" "3900" "104a" "8052b7c04f4e3832", fixed + 4, 16);
	add_structure(table, 1, fixed, 0x1b - 4,
		      TEXTS("Great Wall\0TN140A2\0To Be Filled By O.E.M.\0" SYSTEM_SERIAL));
	memcpy(fixed, ((const uint8_t[]){ 1, 2, 3, 4, 5 }), 5);
	add_structure(table, 2, fixed, 0x0f - 4,
		      TEXTS("Great Wall\0GW-001\0V1\0" BOARD_SERIAL "\0" ASSET));
	memcpy(fixed, ((const uint8_t[]){ 1, 3, 2, 3, 4 }), 5);
	add_structure(table, 3, fixed, 0x15 - 4,
		      TEXTS("Great Wall\0V2\0" CHASSIS_SERIAL "\0Default string"));
	memset(fixed, 0, sizeof(fixed));
	fixed[0x20 - 4] = 1;
	fixed[0x21 - 4] = 2;
	add_structure(table, 4, fixed, 0x30 - 4, TEXTS(CPU_SERIAL "\0" ASSET));
	memset(fixed, 0, sizeof(fixed));
	fixed[0] = 2;
	add_structure(table, 11, fixed, 1, TEXTS(OEM_STRING "\0None"));
	memset(fixed, 0, sizeof(fixed));
	fixed[0x17 - 4] = 1;
	fixed[0x18 - 4] = 2;
	fixed[0x19 - 4] = 3;
	add_structure(table, 17, fixed, 0x28 - 4, TEXTS("UniIC\0" DIMM_SERIAL "\0Not Specified"));
	memcpy(fixed, "\x00\x1b\x21\xc4\x5d\x7e", 6);
	add_structure(table, 221, fixed, 6, TEXTS(OEM_OWN));
	add_structure(table, 127, fixed, 0, "", 0);
}

static void set_edid_sum(uint8_t edid[128])
{
	uint8_t sum = 0;
	int i;

	for (i = 0; i < 127; i++)
		sum = (uint8_t)(sum + edid[i]);
	edid[127] = (uint8_t)-sum;
}

static void build_edid(uint8_t edid[128])
{
	static const struct {
		uint8_t tag;
		const char *text;
	} descriptor[] = {
		{ 0xff, EDID_SERIAL "\n  " }, { 0xfc, EDID_NAME "\n     " }, { 0xfe, EDID_TEXT "\n   " },
	};
	size_t i;

	memset(edid, 0, 128);
	memcpy(edid, "\x00\xff\xff\xff\xff\xff\xff\x00\x10\xac\x77\xa0\x53\x37\x42\x30\x1e\x1c", 18);
	edid[54] = 0x02;	/* a timing */
	for (i = 0; i < ARRAY_SIZE(descriptor); i++) {
		edid[72 + 18 * i + 3] = descriptor[i].tag;
		memcpy(edid + 72 + 18 * i + 5, descriptor[i].text, 13);
	}
	set_edid_sum(edid);
}

static void build_config(uint8_t config[4096])
{
	memset(config, 0, 4096);
	memcpy(config, "\x86\x80\x33\x15", 4);
	memcpy(config + 0x100, "\x01\x00\x01\x14", 4);	/* AER, next 0x140 */
	memcpy(config + 0x140, "\x03\x00\x01\x00", 4);	/* serial number, the last */
	memcpy(config + 0x144, "\x7e\x5d\xc4\xff\xff\x21\x1b\x00", 8);
}

/* --- the machine --------------------------------------------------------------------------------- */

static void plant_texts(void)
{
	tree_file(&tree, "root/proc/cpuinfo", "processor\t: 0\nmodel name\t: Phytium,D2000/8\n"
		  "CPU implementer\t: 0x70\nCPUID\t\t: " CPU_ID "\n\nSerial\t\t: " CPU_ID "\n");
	tree_file(&tree, "root/proc/cmdline", "BOOT_IMAGE=/vmlinuz-5.4 root=UUID=" ROOT_UUID
		  " ro quiet ip=" IP "::10.77.14.1:255.255.255.0:" HOST ":eth0:off console=tty0"
		  " BOOTIF=01-" MAC_DASHES " db_password=" PASSWORD " mitigations=off\n");
	tree_file(&tree, "root/proc/mounts", "srv." DOMAIN ":/home/" USER " /home nfs rw 0 0\n");
	tree_file(&tree, "root/proc/sys/kernel/hostname", HOST "\n");
	tree_file(&tree, "root/etc/hostname", HOST "\n");
	tree_file(&tree, "root/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 " HOST "." DOMAIN " " HOST "\n");
	tree_file(&tree, "root/etc/resolv.conf", "search " DOMAIN "\nnameserver 10.0.0.1\n");
	tree_file(&tree, "root/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n"
		  "daemon:x:1:1:daemon:/usr/sbin:/bin/false\n"
		  USER ":x:1000:1000:" FULL_NAME ",,,:/home/" USER ":/bin/bash\n");
	tree_file(&tree, "root/etc/machine-id", MACHINE_ID "\n");
	tree_file(&tree, "root/etc/os-release", "ID=kylin\nVERSION_ID=\"V10\"\n");
	tree_file(&tree, "root/etc/.kyinfo", "[dist]\nname=Kylin\ndist_id=Kylin-Desktop-V10-SP1\n"
		  "[servicekey]\nkey=" LICENCE "\n[os]\nto=" CUSTOMER "\nterm=2027-03-31\n");
	tree_file(&tree, "root/etc/LICENSE", "SERIAL=" LICENCE_SERIAL "\nTERM=20270331\nKEY="
		  PRODUCT_KEY "\n");
	tree_file(&tree, "root/etc/NetworkManager/system-connections/w.nmconnection",
		  "[wifi]\nssid=" SSID "\n[wifi-security]\npsk=" PASSWORD "\n");
}

static void plant_log(void)
{
	tree_file(&tree, "root/dev/kmsg",
		  "6,1,0,-;Command line: root=UUID=" ROOT_UUID " db_password=" PASSWORD "\n"
		  "6,2,0,-;DMI: Great Wall TN140A2, BIOS KL4.2 2022-07-04\n"
		  "6,3,0,-;e1000e 0000:01:00.0 eth0: (PCI Express:2.5GT/s:Width x1) " MAC "\n"
		  "6,4,0,-;IPv6: eth0: fe80::" MAC_EUI64 "/64\n"
		  "6,5,0,-;usb 1-4: SerialNumber: " USB_SERIAL "\n SUBSYSTEM=usb\n DEVICE=c189:3\n"
		  "6,6,0,-;Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled\n"
		  "6,7,0,-;systemd[1]: Hostname set to <" HOST ">.\n"
		  "6,8,0,-;wlan0: associated with SSID '" SSID "' as " USER " of " DOMAIN "\n"
		  "6,9,0,-;scsi 0:0:0:0: naa." DISK_WWN " serial number " DISK_SERIAL "\n"
		  "6,10,0,-;IP-Config: device=eth0, ipaddr=" IP ", host=" HOST ", domain=" DOMAIN "\n"
		  "6,11,0,-;board " BOARD_SERIAL ", dimm " DIMM_SERIAL ", asset " ASSET ".\n"
		  "6,12,0,-;activation key " PRODUCT_KEY " for " CUSTOMER "\n"
		  "6,13,0,-;hello " FULL_NAME ", your machine is " UUID "\n"
		  "6,14,0,-;link local of enx" MAC_PLAIN " is up\n");
}

static void plant_devices(void)
{
	struct buf table = BUF_INIT;
	uint8_t edid[128], config[4096];

	build_smbios(&table);
	tree_bytes(&tree, "root/sys/firmware/dmi/tables/DMI", table.data, table.size);
	buf_release(&table);
	build_edid(edid);
	tree_bytes(&tree, "root/sys/devices/pci0000:00/drm/card0-HDMI-A-1/edid", edid, 128);
	tree_link(&tree, "root/sys/class/drm/card0-HDMI-A-1",
		  "../../devices/pci0000:00/drm/card0-HDMI-A-1");
	build_config(config);
	tree_bytes(&tree, "root/sys/devices/pci0000:00/0000:01:00.0/config", config, 4096);
	tree_link(&tree, "root/sys/bus/pci/devices/0000:01:00.0",
		  "../../../devices/pci0000:00/0000:01:00.0");
	tree_file(&tree, "root/sys/devices/virtual/dmi/id/product_serial", SYSTEM_SERIAL "\n");
	tree_file(&tree, "root/sys/devices/virtual/dmi/id/product_uuid", UUID "\n");
	tree_file(&tree, "root/sys/devices/virtual/dmi/id/product_name", "TN140A2\n");
	tree_file(&tree, "root/sys/devices/virtual/dmi/id/chassis_asset_tag", "Default string\n");
	tree_file(&tree, "root/sys/devices/virtual/dmi/id/board_asset_tag", ASSET "\n");
	tree_link(&tree, "root/sys/class/dmi/id", "../../devices/virtual/dmi/id");
	tree_bytes(&tree, "root/sys/firmware/devicetree/base/serial-number", DT_SERIAL,
		   sizeof(DT_SERIAL));
	tree_bytes(&tree, "root/sys/firmware/devicetree/base/local-mac-address",
		   "\x00\x1b\x21\xc4\x5d\x7e", 6);
	tree_file(&tree, "root/sys/devices/pci0000:00/net/enx" MAC_PLAIN "/address", MAC "\n");
	tree_link(&tree, "root/sys/class/net/enx" MAC_PLAIN,
		  "../../devices/pci0000:00/net/enx" MAC_PLAIN);
	tree_file(&tree, "root/sys/class/net/docker0/address", MAC_LOCAL "\n");
	tree_file(&tree, "root/sys/class/net/lo/address", "00:00:00:00:00:00\n");
	tree_file(&tree, "root/sys/block/sda/serial", "  " DISK_SERIAL " \n");
	tree_file(&tree, "root/sys/block/sda/wwid", "naa." DISK_WWN "\n");
	tree_file(&tree, "root/sys/block/nvme0n1/wwid", "eui." NVME_EUI "\n");
	tree_file(&tree, "root/sys/block/nvme0n1/nguid", NVME_NGUID "\n");
	tree_file(&tree, "root/sys/block/mmcblk0/cid", MMC_CID "\n");
	tree_file(&tree, "root/sys/block/sdb/wwid", "t10.ATA     Phison-256       " DISK_SERIAL "\n");
	tree_file(&tree, "root/sys/devices/pci0000:00/0000:00:14.0/usb1/serial", "0000:00:14.0\n");
	tree_file(&tree, "root/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/serial", USB_SERIAL "\n");
	tree_link(&tree, "root/sys/bus/usb/devices/usb1",
		  "../../../devices/pci0000:00/0000:00:14.0/usb1");
	tree_link(&tree, "root/sys/bus/usb/devices/1-4",
		  "../../../devices/pci0000:00/0000:00:14.0/usb1/1-4");
	tree_file(&tree, "root/sys/class/power_supply/BAT0/serial_number", BATTERY_SERIAL "\n");
	tree_file(&tree, "root/sys/class/power_supply/BAT0/uevent",
		  "POWER_SUPPLY_NAME=BAT0\nPOWER_SUPPLY_SERIAL_NUMBER=" BATTERY_SERIAL "\n");
}

static struct capture capture;

static void capture_planted(unsigned int seed_byte)
{
	uint8_t seed[REDACT_SEED_SIZE] = { (uint8_t)seed_byte };
	struct redact_map *map;
	struct sysroot *root;

	tree = tree_make();
	err_clear(&err);
	plant_texts();
	plant_log();
	plant_devices();
	root = sysroot_open(tree_path(&tree, "root"), &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	map = redact_map_new(seed, &err);
	capture = (struct capture)CAPTURE_INIT;
	ck_assert_int_eq(capture_machine(&capture, root, globs, map, &err), 0);
	redact_map_free(map);
	sysroot_free(root);
	tree_remove(&tree);
}

static const char *content(const char *path)
{
	const struct capture_entry *entry = capture_find(&capture, path);

	ck_assert_msg(entry != NULL, "%s is not in the capture", path);
	return entry->data;
}

static bool holds(const char *data, size_t size, const char *part, size_t part_size)
{
	return memmem(data, size, part, part_size) != NULL;
}

static void check_absent(const char *what, size_t size, const char *name)
{
	size_t i;

	for (i = 0; i < capture.entry_count; i++) {
		const struct capture_entry *entry = &capture.entry[i];

		ck_assert_msg(!holds(entry->data, entry->size, what, size), "%s in %s", name,
			      entry->path);
		ck_assert_msg(!holds(entry->path, strlen(entry->path), what, size), "%s in path %s",
			      name, entry->path);
	}
}

START_TEST(no_planted_secret_comes_out)
{
	size_t i;

	capture_planted(1);
	for (i = 0; i < ARRAY_SIZE(secret); i++) {
		char upper[64];
		size_t j;

		check_absent(secret[i], strlen(secret[i]), secret[i]);
		for (j = 0; secret[i][j]; j++)
			upper[j] = (char)toupper((unsigned char)secret[i][j]);
		check_absent(upper, j, secret[i]);
	}
	/* The same as bytes: UUID and MAC address of SMBIOS, MAC in the PCI serial number, EDID. */
	check_absent("\x44\x45\x4c\x4c\x39\x00\x10\x4a", 8, "UUID bytes");
	check_absent("\x1b\x21\xc4\x5d\x7e", 5, "MAC bytes");
	check_absent("\x7e\x5d\xc4\xff", 4, "PCI serial number bytes");
	check_absent("\x77\xa0\x53\x37\x42\x30", 6, "EDID product and serial bytes");
	capture_release(&capture);
}
END_TEST

START_TEST(what_was_planted_is_there_to_be_found)
{
	/* Guards the test above: every secret is in some file that is captured, before redaction. */
	struct sysroot *root;
	size_t i, j;

	tree = tree_make();
	plant_texts();
	plant_log();
	plant_devices();
	root = sysroot_open(tree_path(&tree, "root"), &err);
	capture = (struct capture)CAPTURE_INIT;
	ck_assert_int_eq(capture_collect(&capture, root, globs, "x", &err), 0);
	for (i = 0; i < ARRAY_SIZE(secret); i++) {
		bool found = !strcmp(secret[i], UUID_TURNED);	/* planted as bytes */

		for (j = 0; j < capture.entry_count; j++)
			found = found || holds(capture.entry[j].data, capture.entry[j].size,
					       secret[i], strlen(secret[i]));
		ck_assert_msg(found, "%s", secret[i]);
	}
	capture_release(&capture);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

static void check_has(const char *path, const char *part)
{
	const struct capture_entry *entry = capture_find(&capture, path);

	ck_assert_msg(entry && holds(entry->data, entry->size, part, strlen(part)), "%s lacks %s: %s",
		      path, part, entry ? entry->data : "");
}

START_TEST(what_names_nobody_stays)
{
	capture_planted(2);
	check_has("sys/firmware/dmi/tables/DMI", "To Be Filled By O.E.M.");
	check_has("sys/firmware/dmi/tables/DMI", "Not Specified");
	check_has("sys/firmware/dmi/tables/DMI", "TN140A2");
	check_has("sys/firmware/dmi/tables/DMI", "UniIC");
	check_has("sys/devices/virtual/dmi/id/chassis_asset_tag", "Default string");
	check_has("sys/class/net/lo/address", "00:00:00:00:00:00");
	check_has("sys/devices/pci0000:00/0000:00:14.0/usb1/serial", "0000:00:14.0");
	check_has("etc/.kyinfo", "dist_id=Kylin-Desktop-V10-SP1");
	check_has("etc/.kyinfo", "term=2027-03-31");
	check_has("etc/os-release", "ID=kylin\n");
	check_has("etc/hosts", "127.0.0.1 localhost\n");
	check_has("proc/cmdline", "BOOT_IMAGE=/vmlinuz-5.4 root=UUID=");
	check_has("proc/cmdline", " console=tty0 ");
	check_has("proc/cmdline", " mitigations=off\n");
	check_has("proc/cpuinfo", "model name\t: Phytium,D2000/8\nCPU implementer\t: 0x70\n");
	check_has("dev/kmsg", "Serial: 8250/16550 driver, 4 ports");
	check_has("dev/kmsg", "e1000e 0000:01:00.0 eth0: (PCI Express:2.5GT/s:Width x1) 00:1b:21:");
	check_has("dev/kmsg", " SUBSYSTEM=usb\n DEVICE=c189:3\n");
	check_has("sys/block/sda/wwid", "naa.");
	check_has("sys/block/sdb/wwid", "t10.ATA     Phison-256       ");
	check_has("sys/class/power_supply/BAT0/uevent", "POWER_SUPPLY_NAME=BAT0\n");
	capture_release(&capture);
}
END_TEST

START_TEST(one_original_has_one_substitute_in_every_file_and_form)
{
	char mac[18], plain[13] = "", path[128], text[128];
	size_t i;

	capture_planted(3);
	for (i = 0; i < capture.entry_count; i++) {
		const char *at = strstr(capture.entry[i].path, "net/enx");

		if (at && strstr(at, "/address"))
			snprintf(plain, sizeof(plain), "%.12s", at + strlen("net/enx"));
	}
	ck_assert_uint_eq(strlen(plain), 12);
	snprintf(mac, sizeof(mac), "%.2s:%.2s:%.2s:%.2s:%.2s:%.2s", plain, plain + 2, plain + 4,
		 plain + 6, plain + 8, plain + 10);
	snprintf(path, sizeof(path), "sys/devices/pci0000:00/net/enx%s/address", plain);
	snprintf(text, sizeof(text), "%s\n", mac);
	ck_assert_str_eq(content(path), text);
	snprintf(path, sizeof(path), "sys/class/net/enx%s", plain);
	snprintf(text, sizeof(text), "../../devices/pci0000:00/net/enx%s", plain);
	ck_assert_str_eq(content(path), text);
	check_has("dev/kmsg", mac);
	snprintf(text, sizeof(text), "enx%s is up", plain);
	check_has("dev/kmsg", text);
	snprintf(text, sizeof(text), "BOOTIF=01-%.2s-%.2s-%.2s-%.2s-%.2s-%.2s ", plain, plain + 2,
		 plain + 4, plain + 6, plain + 8, plain + 10);
	check_has("proc/cmdline", text);

	snprintf(text, sizeof(text), "%.*s", (int)strcspn(content("etc/hostname"), "\n"),
		 content("etc/hostname"));
	check_has("dev/kmsg", text);
	check_has("proc/cmdline", text);
	check_has("etc/hosts", text);
	snprintf(text, sizeof(text), "%.*s", (int)strlen(SYSTEM_SERIAL),
		 content("sys/devices/virtual/dmi/id/product_serial"));
	check_has("sys/firmware/dmi/tables/DMI", text);
	snprintf(text, sizeof(text), "SerialNumber: %.*s\n", (int)strlen(USB_SERIAL),
		 content("sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/serial"));
	check_has("dev/kmsg", text);
	snprintf(text, sizeof(text), "SERIAL_NUMBER=%s",
		 content("sys/class/power_supply/BAT0/serial_number"));
	check_has("sys/class/power_supply/BAT0/uevent", text);
	snprintf(text, sizeof(text), "your machine is %.36s\n",
		 content("sys/devices/virtual/dmi/id/product_uuid"));
	check_has("dev/kmsg", text);
	capture_release(&capture);
}
END_TEST

/* The UUID that the file shows is the one whose bytes stand in the table. */
START_TEST(the_uuid_of_the_table_is_that_of_the_file)
{
	static const unsigned char order[] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
	uint8_t of_file[16];
	char digits[33];
	const char *text, *table;
	size_t count = 0, i;

	capture_planted(4);
	text = content("sys/devices/virtual/dmi/id/product_uuid");
	for (i = 0; i < 36; i++) {
		if (text[i] != '-')
			digits[count++] = text[i];
	}
	digits[count] = 0;
	ck_assert_int_eq(hex_decode(digits, of_file, 16), 0);
	table = content("sys/firmware/dmi/tables/DMI");
	for (i = 0; i < 16; i++)
		ck_assert_uint_eq((uint8_t)table[8 + i], of_file[order[i]]);
	capture_release(&capture);
}
END_TEST

START_TEST(substitutes_keep_length_and_shape)
{
	const char *edid, *text;
	uint8_t sum = 0;
	size_t i;

	capture_planted(5);
	text = content("sys/devices/virtual/dmi/id/board_asset_tag");
	ck_assert_uint_eq(strlen(text), strlen(ASSET "\n"));
	for (i = 0; ASSET[i]; i++) {
		ck_assert_int_eq(!isdigit((unsigned char)ASSET[i]), !isdigit((unsigned char)text[i]));
		ck_assert_int_eq(!isupper((unsigned char)ASSET[i]), !isupper((unsigned char)text[i]));
	}
	text = content("sys/class/net/docker0/address");
	ck_assert_int_eq(strtol((char[]){ text[1], 0 }, NULL, 16) & 3, 2);
	edid = content("sys/devices/pci0000:00/drm/card0-HDMI-A-1/edid");
	for (i = 0; i < 128; i++)
		sum = (uint8_t)(sum + (uint8_t)edid[i]);
	ck_assert_uint_eq(sum, 0);
	ck_assert_int_eq(memcmp(edid, "\x00\xff\xff\xff\xff\xff\xff\x00\x10\xac", 10), 0);
	ck_assert_int_eq((uint8_t)edid[54], 2);
	text = strstr(content("dev/kmsg"), "hello ");
	ck_assert_ptr_nonnull(text);
	ck_assert(text_is_utf8(text, strlen(text)));
	capture_release(&capture);
}
END_TEST

START_TEST(another_seed_gives_other_substitutes_and_the_same_seed_the_same)
{
	struct buf first = BUF_INIT, second = BUF_INIT, third = BUF_INIT;
	struct {
		struct buf *out;
		unsigned int seed;
	} row[] = { { &first, 6 }, { &second, 6 }, { &third, 7 } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		capture_planted(row[i].seed);
		capture.created = "x";
		capture_write(&capture, row[i].out);
		capture_release(&capture);
	}
	ck_assert_str_eq(first.data, second.data);
	ck_assert_str_ne(first.data, third.data);
	buf_release(&first);
	buf_release(&second);
	buf_release(&third);
}
END_TEST

START_TEST(placeholders_are_told_from_numbers)
{
	static const char *const yes[] = { "To Be Filled By O.E.M.", " Default string ", "None", "",
					   "0123456789", "00000000", "--", "FFFF-FFFF", "0x00",
					   "System Serial Number", "XXXXXXXX", "0", "123456789ABCDEF" };
	static const char *const no[] = { "GW9K3X72", "A", "12", "7654321", "12346", "Zhang Wei" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(yes); i++)
		ck_assert_msg(text_is_placeholder(yes[i], strlen(yes[i])), "%s", yes[i]);
	for (i = 0; i < ARRAY_SIZE(no); i++)
		ck_assert_msg(!text_is_placeholder(no[i], strlen(no[i])), "%s", no[i]);
}
END_TEST

START_TEST(a_processor_serial_number_in_cpuid_is_replaced)
{
	uint8_t seed[REDACT_SEED_SIZE] = { 9 };
	struct redact_map *map = redact_map_new(seed, &err);
	char none[] = "00000000 00000000 00000000 00000000";
	char some[] = "00000000 00000000 1a2b3c4d 5e6f7081";
	char other[] = "00000000 00000000 1a2b3c4d 5e6f7081";

	redact_fact(map, "cpuid.00000003.00", none);
	ck_assert_str_eq(none, "00000000 00000000 00000000 00000000");
	redact_fact(map, "cpuid.00000003.00", some);
	ck_assert_ptr_null(strstr(some, "1a2b3c4d"));
	ck_assert_ptr_null(strstr(some, "5e6f7081"));
	redact_fact(map, "cpuid.00000004.00", other);
	ck_assert_ptr_nonnull(strstr(other, "1a2b3c4d"));
	redact_map_free(map);
}
END_TEST

UNIT_MAIN("redact", no_planted_secret_comes_out, what_was_planted_is_there_to_be_found,
	  what_names_nobody_stays, one_original_has_one_substitute_in_every_file_and_form,
	  the_uuid_of_the_table_is_that_of_the_file, substitutes_keep_length_and_shape,
	  another_seed_gives_other_substitutes_and_the_same_seed_the_same,
	  placeholders_are_told_from_numbers, a_processor_serial_number_in_cpuid_is_replaced)
