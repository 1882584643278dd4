# SPDX-License-Identifier: GPL-3.0-or-later
"""What is pulled out while the machine works."""
from fault import fault
from inuse import WORK, in_use


@fault("cable-pulled", wanted="link-lost", profile=WORK, before=in_use)
def cable_pulled(vm, run):
    """The cable of a network port is pulled."""
    vm.qmp("set_link", name="e0", up=False)
    return lambda: vm.qmp("set_link", name="e0", up=True)


def usb_disk_works(vm):
    """Something reads from it as long as a run takes."""
    vm.start("export name=$(lsblk -ndo TRAN,NAME | sed -n 's/^usb *//p'); "
             "timeout 60 bash -c 'while dd if=/dev/$name of=/dev/null bs=64k iflag=direct; do :; done'")


@fault("usb-disk-gone", wanted="device-lost", beside=("kernel-error",), profile=WORK, before=usb_disk_works, last=True)
def usb_disk_gone(vm, run):
    """A USB disk that is being read is pulled out."""
    vm.qmp("device_del", id="usb-disk")


@fault("pci-device-gone", wanted="device-lost", profile=WORK, before=in_use, last=True)
def pci_device_gone(vm, run):
    """A PCIe device leaves its slot: its button is pressed, and the kernel lets it go after five seconds."""
    vm.qmp("device_del", id="igb0")
