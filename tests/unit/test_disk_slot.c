/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "probes/disk_slot.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <string.h>

#define PCI "sys/devices/pci0000:00/0000:00:1c.0/0000:03:00.0/"

START_TEST(a_disk_is_found_again_where_it_hangs)
{
	static const struct {
		const char *real, *slot;
	} row[] = {
		{ PCI "nvme/nvme0/nvme0n1", "pci-0000:03:00.0-nvme-1" },
		{ PCI "nvme/nvme12/nvme12n3", "pci-0000:03:00.0-nvme-3" },
		{ PCI "ata7/host6/target6:0:0/6:0:0:0/block/sdb", "pci-0000:03:00.0-ata-2" },
		{ PCI "host0/target0:2:1/0:2:1:0/block/sdc", "pci-0000:03:00.0-scsi-2:1:0" },
		{ PCI "usb1/1-2/1-2.1/1-2.1:1.0/host3/target3:0:0/3:0:0:0/block/sdd",
		  "pci-0000:03:00.0-usb-2.1" },
		{ PCI "virtio1/block/vda", "pci-0000:03:00.0" },
		{ "sys/devices/platform/PHYT0039:00/ata1/host0/target0:0:0/0:0:0:0/block/sda",
		  "platform-PHYT0039:00-ata-1" },
		{ "sys/devices/platform/28000000.mmc/mmc_host/mmc0/mmc0:0001/block/mmcblk0",
		  "platform-28000000.mmc" },
		{ "sys/devices/virtual/block/loop0", "" },
		{ "sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1", "" },
	};
	struct tree tree = tree_make();
	struct sysroot *root;
	size_t i;

	tree_file(&tree, "root/sys/class/ata_port/ata7/port_no", "2\n");
	tree_file(&tree, "root/sys/class/ata_port/ata1/port_no", "1\n");
	root = sysroot_open(tree_path(&tree, "root"), NULL);
	ck_assert_ptr_nonnull(root);
	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(buf_release) struct buf slot = BUF_INIT;

		ck_assert_int_eq(disk_slot(root, row[i].real, &slot), *row[i].slot != 0);
		ck_assert_str_eq(slot.size ? slot.data : "", row[i].slot);
	}
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

START_TEST(a_port_without_a_number_is_told_by_its_scsi_address)
{
	AUTO(buf_release) struct buf slot = BUF_INIT;
	struct tree tree = tree_make();
	struct sysroot *root;

	tree_folder(&tree, "root/proc");
	root = sysroot_open(tree_path(&tree, "root"), NULL);
	ck_assert_ptr_nonnull(root);
	ck_assert(disk_slot(root, PCI "ata7/host6/target6:0:0/6:0:0:0/block/sdb", &slot));
	ck_assert_str_eq(slot.data, "pci-0000:03:00.0-scsi-0:0:0");
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

UNIT_MAIN("disk_slot", a_disk_is_found_again_where_it_hangs,
	  a_port_without_a_number_is_told_by_its_scsi_address)
