/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/planted.h"

#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/digest.h"
#include "tests/unit/spd_fixture.h"

#include <string.h>

const char *const planted_secret[] = {
	MAC, MAC_PLAIN, MAC_DASHES, MAC_EUI64, MAC_LOCAL,
	MAC_OF_PATH, MAC_OF_LINK, UUID, UUID_TURNED, ROOT_UUID, MACHINE_ID,
	SYSTEM_SERIAL, BOARD_SERIAL, CHASSIS_SERIAL, ASSET, DIMM_SERIAL, CPU_SERIAL, CPU_ID,
	OEM_STRING, OEM_OWN, DISK_SERIAL, PAGE_SERIAL, DISK_WWN, NVME_EUI, NVME_NGUID, USB_SERIAL,
	BATTERY_SERIAL, INPUT_SERIAL, MMC_CID, HOST, DOMAIN, USER, FULL_NAME, SSID, PASSWORD, LICENCE,
	LICENCE_SERIAL, PRODUCT_KEY, CUSTOMER, IP, IP_OF_LOG, IP6_OF_LOG, IP6_LOCAL, IP_OF_CONSOLE, EDID_SERIAL, EDID_NAME, EDID_TEXT, DT_SERIAL,
	SPD_USER, EEPROM_TEXT, POWER_SERIAL, POWER_SERIAL_GBK, POWER_SERIAL_GBK_ESCAPED,
	FULL_NAME_ESCAPED, FULL_NAME_GBK, SYSTEM_SERIAL_LOWER, DIMM_SERIAL_LOWER,
	NULL,
};

/* --- SMBIOS and EDID, built piece by piece ------------------------------------------------- */

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
	memset(fixed, 0, sizeof(fixed));
	fixed[0x08 - 4] = 1;
	add_structure(table, 39, fixed, 0x16 - 4, TEXTS(POWER_SERIAL_GBK));
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
		{ 0xff, EDID_SERIAL "\n  " },
		{ 0xfc, EDID_NAME "\n     " },
		{ 0xfe, EDID_TEXT "\n   " },
	};
	size_t i;

	memset(edid, 0, 128);
	memcpy(edid, "\x00\xff\xff\xff\xff\xff\xff\x00\x10\xac", 10);
	memcpy(edid + 10, "\x77\xa0\x53\x37\x42\x30\x1e\x1c", 8);
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

/* --- the machine ----------------------------------------------------------------------------- */

static void plant_texts(struct tree *tree)
{
	tree_file(tree, "root/proc/cpuinfo", "processor\t: 0\nmodel name\t: Phytium,D2000/8\n"
		  "CPU implementer\t: 0x70\nCPUID\t\t: " CPU_ID "\n\nSerial\t\t: " CPU_ID "\n");
	tree_file(tree, "root/proc/cmdline", "BOOT_IMAGE=/vmlinuz-5.4 root=UUID=" ROOT_UUID
		  " ro quiet ip=" IP "::10.77.14.1:255.255.255.0:" HOST ":eth0:off console=tty0"
		  " netconsole=6666@" IP_OF_CONSOLE "/eth0 BOOTIF=01-" MAC_DASHES " db_password=" PASSWORD " mitigations=off\n");
	tree_file(tree, "root/proc/mounts", "srv." DOMAIN ":/home/" USER " /home nfs rw 0 0\n"
		  "//nas/" FULL_NAME_GBK " /mnt cifs rw,mac=" MAC " 0 0\n");
	tree_file(tree, "root/proc/sys/kernel/hostname", HOST "\n");
	tree_file(tree, "root/etc/hostname", HOST "\n");
	tree_file(tree, "root/etc/hosts",
		  "127.0.0.1 localhost\n127.0.1.1 " HOST "." DOMAIN " " HOST "\n");
	tree_file(tree, "root/etc/resolv.conf", "search " DOMAIN "\nnameserver 10.0.0.1\n");
	tree_file(tree, "root/etc/passwd", "root:x:0:0:root:/root:/bin/bash\n"
		  "daemon:x:1:1:daemon:/usr/sbin:/bin/false\n"
		  USER ":x:1000:1000:" FULL_NAME ",,,:/home/" USER ":/bin/bash\n");
	tree_file(tree, "root/etc/machine-id", MACHINE_ID "\n");
	tree_file(tree, "root/etc/os-release", "ID=kylin\nVERSION_ID=\"V10\"\n");
	tree_file(tree, "root/etc/.kyinfo", "[dist]\nname=Kylin\ndist_id=Kylin-Desktop-V10-SP1\n"
		  "[servicekey]\nkey=" LICENCE "\n[os]\nto=" CUSTOMER "\nterm=2027-03-31\n");
	tree_file(tree, "root/etc/LICENSE", "SERIAL=" LICENCE_SERIAL "\nTERM=20270331\nKEY="
		  PRODUCT_KEY "\n");
	tree_file(tree, "root/proc/bus/input/devices",
		  "I: Bus=0003 Vendor=046d Product=c31c Version=0110\nN: Name=\"Keyboard of " USER
		  "\"\nP: Phys=usb-0000:00:14.0-4/input0\nS: Sysfs=/devices/pci0000:00/0000:00:14.0/"
		  "usb1/1-4/1-4:1.0/input/input5\nU: Uniq=" INPUT_SERIAL "\nH: Handlers=kbd event5\n"
		  "B: EV=120013\nB: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff "
		  "fffffffffffffffe\n\n");
	tree_file(tree, "root/etc/NetworkManager/system-connections/w.nmconnection",
		  "[wifi]\nssid=" SSID "\n[wifi-security]\npsk=" PASSWORD "\n");
}

static void plant_log(struct tree *tree)
{
	tree_file(tree, "root/dev/kmsg",
		  "6,1,0,-;Command line: root=UUID=" ROOT_UUID " db_password=" PASSWORD "\n"
		  "6,2,0,-;DMI: Great Wall TN140A2, BIOS KL4.2 2022-07-04\n"
		  "6,3,0,-;e1000e 0000:01:00.0 eth0: (PCI Express:2.5GT/s:Width x1) " MAC "\n"
		  "6,4,0,-;IPv6: eth0: fe80::" MAC_EUI64 "/64\n"
		  "6,5,0,-;usb 1-4: SerialNumber: " USB_SERIAL "\n SUBSYSTEM=usb\n DEVICE=c189:3\n"
		  "6,5,1,-;usb usb1: SerialNumber: 0000:00:14.0\n"
		  "6,6,0,-;Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled\n"
		  "6,7,0,-;systemd[1]: Hostname set to <" HOST ">.\n"
		  "6,8,0,-;wlan0: associated with SSID '" SSID "' as " USER " of " DOMAIN "\n"
		  "6,9,0,-;scsi 0:0:0:0: naa." DISK_WWN " serial number " DISK_SERIAL "\n"
		  "6,10,0,-;IP-Config: device=eth0, ipaddr=" IP ", host=" HOST ", domain="
		  DOMAIN "\n"
		  "6,11,0,-;board " BOARD_SERIAL ", dimm " DIMM_SERIAL ", asset " ASSET ", " OEM_STRING ",\n"
		  "6,12,0,-;activation key " PRODUCT_KEY " for " CUSTOMER "\n"
		  "6,13,0,-;hello " FULL_NAME ", your machine is " UUID "\n"
		  "6,15,0,-;psu " POWER_SERIAL_GBK_ESCAPED " is " POWER_SERIAL "\n"
		  "6,16,0,-;machine " SYSTEM_SERIAL_LOWER ", module " DIMM_SERIAL_LOWER "\n"
		  "6,17,0,-;mail of " FULL_NAME_ESCAPED "\n"
		  "6,18,0,-;oops: copied out of user memory\n"
		  "6,19,0,-;nfs: server " IP_OF_LOG " not responding, SRC=" IP_OF_LOG " PROTO=17\n"
		  "6,20,0,-;route to [" IP6_OF_LOG "]:2049 via fe80::" IP6_LOCAL ".\n"
		  "6,21,0,-;mpt: firmware 21.0.12.7, driver version 10.2.3.4, on 4.19.190.8.22, "
		  "07.710.50.00, loopback 127.0.0.1 at 12:34:56 pci 0000:01:00.0\n"
		  "6,14,0,-;link local of enx" MAC_PLAIN " is up\n");
}

static void plant_devices(struct tree *tree)
{
	struct buf table = BUF_INIT;
	uint8_t edid[128], config[4096];

	build_smbios(&table);
	tree_bytes(tree, "root/sys/firmware/dmi/tables/DMI", table.data, table.size);
	buf_release(&table);
	build_edid(edid);
	tree_bytes(tree, "root/sys/devices/pci0000:00/drm/card0-HDMI-A-1/edid", edid, 128);
	tree_file(tree, "root/sys/devices/pci0000:00/drm/card0-HDMI-A-1/status", "connected\n");
	tree_link(tree, "root/sys/class/drm/card0-HDMI-A-1",
		  "../../devices/pci0000:00/drm/card0-HDMI-A-1");
	build_config(config);
	tree_bytes(tree, "root/sys/devices/pci0000:00/0000:01:00.0/config", config, 4096);
	tree_link(tree, "root/sys/bus/pci/devices/0000:01:00.0",
		  "../../../devices/pci0000:00/0000:01:00.0");
	tree_file(tree, "root/sys/devices/virtual/dmi/id/product_serial", SYSTEM_SERIAL "\n");
	tree_file(tree, "root/sys/devices/virtual/dmi/id/product_uuid", UUID "\n");
	tree_file(tree, "root/sys/devices/virtual/dmi/id/product_name", "TN140A2\n");
	tree_file(tree, "root/sys/devices/virtual/dmi/id/chassis_asset_tag", "Default string\n");
	tree_file(tree, "root/sys/devices/virtual/dmi/id/board_asset_tag", ASSET "\n");
	tree_link(tree, "root/sys/class/dmi/id", "../../devices/virtual/dmi/id");
	tree_bytes(tree, "root/sys/firmware/devicetree/base/serial-number", DT_SERIAL,
		   sizeof(DT_SERIAL));
	tree_bytes(tree, "root/sys/firmware/devicetree/base/local-mac-address",
		   "\x00\x1b\x21\xc4\x5d\x7e", 6);
	tree_file(tree, "root/sys/devices/pci0000:00/net/enx" MAC_PLAIN "/address", MAC "\n");
	tree_file(tree, "root/sys/devices/pci0000:00/net/enx" MAC_PLAIN "/addr_assign_type", "0\n");
	tree_file(tree, "root/sys/devices/pci0000:00/net/enx" MAC_PLAIN "/type", "1\n");
	tree_link(tree, "root/sys/class/net/enx" MAC_PLAIN,
		  "../../devices/pci0000:00/net/enx" MAC_PLAIN);
	tree_file(tree, "root/sys/class/net/docker0/address", MAC_LOCAL "\n");
	tree_file(tree, "root/sys/class/net/lo/address", "00:00:00:00:00:00\n");
	tree_file(tree, "root/sys/block/sda/serial", "  " DISK_SERIAL " \n");
	tree_bytes(tree, "root/sys/block/sda/device/vpd_pg80",
		   "\0\x80\0\x13    " PAGE_SERIAL, 8 + strlen(PAGE_SERIAL));
	tree_file(tree, "root/sys/block/sda/wwid", "naa." DISK_WWN "\n");
	tree_file(tree, "root/sys/block/nvme0n1/wwid", "eui." NVME_EUI "\n");
	tree_file(tree, "root/sys/block/nvme0n1/nguid", NVME_NGUID "\n");
	tree_file(tree, "root/sys/block/mmcblk0/cid", MMC_CID "\n");
	tree_file(tree, "root/sys/block/sdb/wwid",
		  "t10.ATA     Phison-256       " DISK_SERIAL "\n");
	tree_file(tree, "root/sys/devices/pci0000:00/0000:00:14.0/usb1/serial", "0000:00:14.0\n");
	tree_file(tree, "root/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/serial",
		  USB_SERIAL "\n");
	tree_link(tree, "root/sys/bus/usb/devices/usb1",
		  "../../../devices/pci0000:00/0000:00:14.0/usb1");
	tree_link(tree, "root/sys/bus/usb/devices/1-4",
		  "../../../devices/pci0000:00/0000:00:14.0/usb1/1-4");
	tree_file(tree, "root/sys/class/power_supply/hid-" MAC_OF_PATH "-battery/status", "Full\n");
	tree_link(tree, "root/sys/class/net/wwan", "enx" MAC_OF_LINK);
	tree_file(tree, "root/sys/class/power_supply/BAT0/serial_number", BATTERY_SERIAL "\n");
	tree_file(tree, "root/sys/class/power_supply/BAT0/uevent",
		  "POWER_SUPPLY_NAME=BAT0\nPOWER_SUPPLY_SERIAL_NUMBER=" BATTERY_SERIAL "\n");
}

static void plant_eeproms(struct tree *tree)
{
	struct spd_fixture spd;

	spd_fixture_ddr4(&spd);		/* its serial number is DIMM_SERIAL */
	memcpy(spd.byte + 400, SPD_USER, strlen(SPD_USER));
	tree_bytes(tree, "root/sys/devices/i2c-0/0-0050/eeprom", spd.byte, spd.size);
	tree_file(tree, "root/sys/devices/i2c-0/0-0050/name", "ee1004\n");
	tree_link(tree, "root/sys/bus/i2c/devices/0-0050", "../../../devices/i2c-0/0-0050");
	tree_file(tree, "root/sys/bus/i2c/devices/0-0057/eeprom", "\1\2" EEPROM_TEXT "\xff\xff");
}

void plant(struct tree *tree)
{
	plant_texts(tree);
	plant_eeproms(tree);
	plant_log(tree);
	plant_devices(tree);
}
