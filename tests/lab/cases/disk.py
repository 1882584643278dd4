# SPDX-License-Identifier: GPL-3.0-or-later
"""Disks that lie, fail, or say that they will."""
import mmap
import os

from fault import fault, profile
from inuse import WORK, in_use
from vm import Failed

WRITING = profile("{kernel: disk.verify, duration: 20s, bytes: 32MiB}")
READING = profile("{kernel: disk.verify, duration: 20s, bytes: 32MiB, params: {budget: 32MiB}}")
BLOCK_START = b"uhoBlock"  # of each block that disk.verify writes, at the start of a sector
KERNEL_SAYS = ("kernel-error", "hardware-corrected")


def on_disk(transport, drive):
    """A folder on the disk of that transport, which has nothing of an earlier run."""
    def make(vm):
        where = f"/mnt/{transport}"
        vm.run(f"! mountpoint -q {where} || umount {where}")
        size = vm.disk(drive).stat().st_size
        os.truncate(vm.disk(drive), 0)
        os.truncate(vm.disk(drive), size)
        vm.run(f"name=$(lsblk -ndo TRAN,NAME | sed -n 's/^{transport} *//p'); "
               f"mkfs.ext4 -qF /dev/$name && mkdir -p {where} && mount /dev/$name {where}")
        return where
    return make


ON_NVME, ON_SATA = on_disk("nvme", "nvme"), on_disk("sata", "ahci-disk")


def find_block(vm, drive):
    """Where on that disk a block of the file under test lies; it must have one by now."""
    with open(vm.disk(drive), "rb") as image, \
            mmap.mmap(image.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = data.find(BLOCK_START)
        while at >= 0 and at % 512:
            at = data.find(BLOCK_START, at + 1)
    if at < 0:
        raise Failed(f"disk.verify wrote nothing to {drive}")
    return at


@fault("nvme-warns", wanted="smart-warning", profile=WORK, before=in_use)
def nvme_warns(vm, run):
    """An NVMe disk sets two bits of its critical warning: temperature, reliability."""
    vm.set("nvme0", "smart_critical_warning", 6)
    return lambda: vm.set("nvme0", "smart_critical_warning", 0)


@fault("disk-changes-data", wanted="disk-mismatch", profile=READING, before=ON_NVME, after=5)
def disk_changes_data(vm, run):
    """One bit of a block changes on the disk after it was written."""
    at = find_block(vm, "nvme") + 1234
    with open(vm.disk("nvme"), "r+b") as image:
        image.seek(at)
        byte = image.read(1)[0]
        image.seek(at)
        image.write(bytes([byte ^ 16]))


@fault("disk-cannot-read", wanted="disk-failed", beside=KERNEL_SAYS, profile=READING, before=ON_NVME, after=5)
def disk_cannot_read(vm, run):
    """One sector of an NVMe disk can no longer be read (blkdebug)."""
    fails = vm.disk_fails("nvme0", "nvme-disk", iotype="read", sector=find_block(vm, "nvme") // 512)
    fails.__enter__()
    return lambda: fails.__exit__(None, None, None)


@fault("disk-cannot-write", wanted="disk-failed", beside=KERNEL_SAYS, profile=WRITING, before=ON_SATA, after=5)
def disk_cannot_write(vm, run):
    """One sector of a SATA disk can no longer be written (blkdebug)."""
    fails = vm.disk_fails("sata0", "ahci-disk", iotype="write", sector=find_block(vm, "ahci-disk") // 512)
    fails.__enter__()
    return lambda: fails.__exit__(None, None, None)
