/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A machine into which every kind of secret is planted is captured; none may come out, each has one
 * substitute of its shape everywhere, and what names nobody stays.
 */
#include "tests/unit/planted.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/cmd/capture_make.h"
#include "harness/model/placeholder.h"
#include "harness/sys/pack.h"
#include "probes/spd.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const globs[] = {
	"dev/kmsg", "etc/.kyinfo", "etc/LICENSE", "etc/hostname", "etc/hosts", "etc/machine-id",
	"etc/os-release", "proc/bus/input/devices", "proc/cmdline", "proc/cpuinfo", "proc/mounts",
	"sys/class/dmi/id/*",
	"sys/firmware/dmi/tables/*", "sys/firmware/devicetree/base/*", "sys/class/net/*",
	"sys/class/net/*/*", "sys/block/*/*", "sys/block/*/device/*",
	"sys/bus/usb/devices/*/*",
	"sys/class/power_supply/*/*", "sys/class/drm/*/edid", "sys/bus/pci/devices/*/config",
	"sys/bus/i2c/devices/*/eeprom",
	NULL,
};

static struct tree tree;
static struct err err;
static struct capture capture;

static void capture_planted(unsigned int seed_byte)
{
	uint8_t seed[REDACT_SEED_SIZE] = { (uint8_t)seed_byte };
	struct redact_map *map;
	struct sysroot *root;

	tree = tree_make();
	err_clear(&err);
	plant(&tree);
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
	for (i = 0; planted_secret[i]; i++) {
		char upper[64];
		size_t j;

		check_absent(planted_secret[i], strlen(planted_secret[i]), planted_secret[i]);
		for (j = 0; planted_secret[i][j]; j++)
			upper[j] = (char)toupper((unsigned char)planted_secret[i][j]);
		check_absent(upper, j, planted_secret[i]);
	}
	/* The same as bytes: UUID and MAC address of SMBIOS, MAC in the PCI serial number, EDID. */
	check_absent("\x44\x45\x4c\x4c\x39\x00\x10\x4a", 8, "UUID bytes");
	check_absent("\x1b\x21\xc4\x5d\x7e", 5, "MAC bytes");
	check_absent("\x7e\x5d\xc4\xff", 4, "PCI serial number bytes");
	check_absent("\x77\xa0\x53\x37\x42\x30", 6, "EDID product and serial bytes");
	check_absent("\x3a\x9c\x71\xf2", 4, "bytes of a module's serial number");
	capture_release(&capture);
}
END_TEST

START_TEST(what_was_planted_is_there_to_be_found)
{
	/*
	 * Guards the test above: every secret is in some file that is captured, before redaction.
	 */
	struct sysroot *root;
	size_t i, j;

	tree = tree_make();
	plant(&tree);
	root = sysroot_open(tree_path(&tree, "root"), &err);
	capture = (struct capture)CAPTURE_INIT;
	ck_assert_int_eq(capture_collect(&capture, root, globs, "x", &err), 0);
	for (i = 0; planted_secret[i]; i++) {
		bool found = !strcmp(planted_secret[i], UUID_TURNED);	/* planted as bytes */

		for (j = 0; j < capture.entry_count; j++)
			found = found || strstr(capture.entry[j].path, planted_secret[i]) ||
				holds(capture.entry[j].data, capture.entry[j].size,
				      planted_secret[i], strlen(planted_secret[i]));
		ck_assert_msg(found, "%s", planted_secret[i]);
	}
	capture_release(&capture);
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

static void check_has(const char *path, const char *part)
{
	const struct capture_entry *entry = capture_find(&capture, path);

	ck_assert_msg(entry && holds(entry->data, entry->size, part, strlen(part)),
		      "%s lacks %s: %s", path, part, entry ? entry->data : "");
}

START_TEST(what_names_nobody_stays)
{
	capture_planted(2);
	ck_assert_mem_eq(capture_find(&capture, "sys/block/sda/device/vpd_pg80")->data,
			 "\0\x80\0\x13    ", 8);
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
	check_has("dev/kmsg", "mpt: firmware 21.0.12.7, driver version 10.2.3.4, on 4.19.190.8.22, "
		  "07.710.50.00, loopback 127.0.0.1 at 12:34:56 pci 0000:01:00.0\n");
	check_has("dev/kmsg", "copied out of user memory");
	check_has("dev/kmsg", "Serial: 8250/16550 driver, 4 ports");
	check_has("dev/kmsg", "e1000e 0000:01:00.0 eth0: (PCI Express:2.5GT/s:Width x1) 00:1b:21:");
	check_has("dev/kmsg", "usb usb1: SerialNumber: 0000:00:14.0\n");
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
	static const unsigned char order[] = { 3, 2,  1,  0,  5,  4,  7,  6,
					       8, 9, 10, 11, 12, 13, 14, 15 };
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

/* A replay places the module by that number, and reads only what its checksum holds good. */
START_TEST(the_number_in_a_modules_eeprom_is_that_of_the_table_and_its_checksum_is_right)
{
	const uint8_t *eeprom;
	char serial[9];
	struct spd spd;

	capture_planted(4);
	eeprom = (const uint8_t *)content("sys/devices/i2c-0/0-0050/eeprom");
	ck_assert_int_eq(spd_read(eeprom, 512, &spd), SPD_GOOD);
	ck_assert_str_eq(spd.part, "SCC08GS03H3F1C-32AA");
	snprintf(serial, sizeof(serial), "%08X", spd.serial);
	check_has("sys/firmware/dmi/tables/DMI", serial);
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
		unsigned char was = (unsigned char)ASSET[i];
		unsigned char is = (unsigned char)text[i];

		ck_assert_int_eq(!isdigit(was), !isdigit(is));
		ck_assert_int_eq(!isupper(was), !isupper(is));
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

/* An address that fits the row: '?' and '*' filled with digits. */
static void mac_of_row(const char *glob, char out[18])
{
	size_t i;

	for (i = 0; i < 17; i++) {
		if (*glob == '*')
			out[i] = i % 3 == 2 ? ':' : 'c';
		else
			out[i] = *glob == '?' ? '7' : *glob;
		glob += *glob != '*';
	}
	out[17] = 0;
}

static void substitute(const char *mac, unsigned int seed_byte, char out[18])
{
	uint8_t seed[REDACT_SEED_SIZE] = { (uint8_t)seed_byte };
	struct redact_map *map = redact_map_new(seed, &err);

	memcpy(out, mac, 18);
	redact_learn(map, "sys/class/net/eth0/address", mac, 17);
	redact_apply(map, "sys/class/net/eth0/address", out, 17);
	redact_map_free(map);
}

START_TEST(an_address_that_many_machines_have_stays_one_and_no_other_becomes_one)
{
	AUTO(ids_release) struct ids macs = IDS_INIT;
	char mac[18], other[18];
	const char *key = other;
	unsigned int seed;
	size_t row;

	ck_assert_int_eq(pack_read(&macs, TEST_SOURCE_FOLDER "/probes/ids", &pack_macs, &err), 0);
	for (row = 0; row < macs.count; row++) {
		const char *glob = ids_at(&macs, row, 0);

		mac_of_row(glob, mac);
		ck_assert_msg(ids_glob(glob, mac), "%s does not fit %s", mac, glob);
		substitute(mac, 9, other);
		ck_assert_msg(ids_glob(glob, other), "%s became %s", mac, other);
		/* Where machines differ, so does the substitute. */
		ck_assert_msg(!strpbrk(glob, "?*") == !strcmp(mac, other), "%s became %s", mac,
			      other);
	}
	for (seed = 0; seed < 64; seed++) {
		substitute("00:e0:4c:36:01:02", seed, other);
		ck_assert_int_eq(ids_find(&macs, &key), -1);
		ck_assert_mem_eq(other, "00:e0:4c:", 9);
		ck_assert_str_ne(other, "00:e0:4c:36:01:02");
	}
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

/* What a telephone says it is, in the file and as a probe made a text of it. */
START_TEST(whose_a_device_is_stays_nobodys_business_and_what_it_is_stays)
{
	static const struct {
		const char *text, *secret, *rest;
	} row[] = {
		{ "Zhangwei's iPhone", "Zhangwei", "'s iPhone" },
		{ "Zhang Wei's Magic Mouse", "Zhang", "'s Magic Mouse" },
		{ "张伟国的小米手机", "张伟国", "的小米手机" },
		{ "Buds of Zhangwei", "Zhangwei", "Buds of " },
		{ "USB Keyboard", NULL, "USB Keyboard" },
		{ "HUAWEI MateBook", NULL, "HUAWEI MateBook" },
	};
	static const char path[] = "sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/product";
	uint8_t seed[REDACT_SEED_SIZE] = { 9 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct redact_map *of_file = redact_map_new(seed, NULL);
		char file[64];

		snprintf(file, sizeof(file), "%s", row[i].text);
		redact_learn(of_file, path, file, strlen(file));
		redact_apply(of_file, path, file, strlen(file));
		redact_map_free(of_file);
		ck_assert_msg(!row[i].secret || !strstr(file, row[i].secret), "%s", file);
		ck_assert_msg(strstr(file, row[i].rest) != NULL, "%s", file);
	}
}
END_TEST

START_TEST(placeholders_are_told_from_numbers)
{
	static const char *const yes[] = { "To Be Filled By O.E.M.", " Default string ", "None", "",
					   "0123456789", "00000000", "--", "FFFF-FFFF", "0x00",
					   "System Serial Number", "XXXXXXXX", "0",
					   "123456789ABCDEF", "GW-XXXXXX-XXX", "NULL",
					   "Unknown (JEDEC ID: 0000h)",
					   "Not Specified", "<BAD INDEX>", "N/A", "NO DIMM",
					   "Reserved for System Vendor" };
	static const char *const no[] = { "GW9K3X72", "A", "12", "7654321", "12346", "Zhang Wei",
					  "Loongson", "世恒TD120A2", "FT", "1.0", "D2000",
					  "Nonesuch", "0000A042", "长城" };
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
	  the_uuid_of_the_table_is_that_of_the_file,
	  the_number_in_a_modules_eeprom_is_that_of_the_table_and_its_checksum_is_right,
	  substitutes_keep_length_and_shape,
	  an_address_that_many_machines_have_stays_one_and_no_other_becomes_one,
	  another_seed_gives_other_substitutes_and_the_same_seed_the_same,
	  whose_a_device_is_stays_nobodys_business_and_what_it_is_stays,
	  placeholders_are_told_from_numbers, a_processor_serial_number_in_cpuid_is_replaced)
