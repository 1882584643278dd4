/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_PLANTED_H
#define TESTS_PLANTED_H
/*
 * The folder root/ of a machine into which one secret of every kind is planted, in the places where
 * machines have it.
 */
#include "tests/unit/tree.h"

#define MAC "00:1b:21:c4:5d:7e"
#define MAC_PLAIN "001b21c45d7e"
#define MAC_DASHES "00-1b-21-c4-5d-7e"
#define MAC_EUI64 "21b:21ff:fec4:5d7e"
#define MAC_LOCAL "06:9d:3c:aa:51:42"
#define MAC_OF_PATH "a0:51:0b:77:42:c3"
#define MAC_OF_LINK "a4c3f0775d19"
#define UUID "4c4c4544-0039-4a10-8052-b7c04f4e3832"
#define UUID_TURNED "44454c4c-3900-104a-8052-b7c04f4e3832"
#define ROOT_UUID "ac986561-2588-4a99-919f-e4e28a2485f7"
#define MACHINE_ID "9d1f0c6a7b3e4d5c8a2b1f0e6c7d8e9f"
#define SYSTEM_SERIAL "GW9K3X72"
#define BOARD_SERIAL "BSN-77A0412"
#define CHASSIS_SERIAL "CH55-0091-QX"
#define ASSET "PROP-2024-00871"
#define DIMM_SERIAL "3A9C71F2"
#define SPD_USER "Shelf 7 of Zhang"
#define EEPROM_TEXT "CARRIER-SN-88101"
/* The serial number of a power supply in GBK, and what others write of it: "产线甲七号". */
#define POWER_SERIAL_GBK "\xb2\xfa\xcf\xdf\xbc\xd7\xc6\xdf\xba\xc5"
#define POWER_SERIAL "产线甲七号"
#define POWER_SERIAL_GBK_ESCAPED \
	"\\xb2\\xfa\\xcf\\xdf\\xbc\\xd7\\xc6\\xdf\\xba\\xc5"
#define FULL_NAME_ESCAPED "\\xe5\\xbc\\xa0\\xe4\\xbc\\x9f\\xe5\\x9b\\xbd"
#define FULL_NAME_GBK "\xd5\xc5\xce\xb0\xb9\xfa"
#define SYSTEM_SERIAL_LOWER "gw9k3x72"
#define DIMM_SERIAL_LOWER "3a9c71f2"
#define CPU_SERIAL "PHY7710028X"
#define CPU_ID "5001000a87e3d412"
#define OEM_STRING "Lot 77 for Zhang Wei"
#define OEM_OWN "UnitTrace 00417733"
#define DISK_SERIAL "S4EVNX0M771402"
#define PAGE_SERIAL "WX31A770552214K"
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
#define IP_OF_LOG "10.77.9.113"
#define IP6_OF_LOG "2001:db8:77:14::c9"
#define IP6_LOCAL "7c1d:90ab:3377:5e21"
#define IP_OF_CONSOLE "10.77.14.88"
#define INPUT_SERIAL "KB77Q123Z"
#define EDID_SERIAL "CN0V77K12A"
#define EDID_NAME "MON 77L"
#define EDID_TEXT "PANEL 7QX"
#define DT_SERIAL "DT7700123X"

/* All of the above; NULL-terminated. */
extern const char *const planted_secret[];

void plant(struct tree *tree);

#endif
