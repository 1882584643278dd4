# SPDX-License-Identifier: GPL-3.0-or-later
"""What is pulled out while the machine works."""
from fault import fault, profile

WORK = profile("{kernel: cpu.integer, duration: 30s}")


def port_is_up(vm):
    """A port that is in use and has agreed with its other end, which takes a moment."""
    vm.run("name=$(ls /sys/bus/pci/drivers/e1000e/*/net); ip link set $name up; "
           "for i in $(seq 100); do grep -q 1 /sys/class/net/$name/carrier && exit 0; sleep 0.2; done; exit 1")


@fault("cable-pulled", wanted="link-lost", profile=WORK, before=port_is_up)
def cable_pulled(vm, run):
    """The cable of a network port is pulled."""
    vm.qmp("set_link", name="e0", up=False)
    return lambda: vm.qmp("set_link", name="e0", up=True)


def usb_disk_works(vm):
    """Something reads from it without end."""
    vm.start("name=$(lsblk -ndo TRAN,NAME | sed -n 's/^usb *//p'); "
             "while dd if=/dev/$name of=/dev/null bs=64k iflag=direct; do :; done")


@fault("usb-disk-gone", wanted="device-lost", beside=("kernel-error",), profile=WORK, before=usb_disk_works, alone=True)
def usb_disk_gone(vm, run):
    """A USB disk that is being read is pulled out."""
    vm.qmp("device_del", id="usb-disk")


@fault("pci-device-gone", wanted="device-lost", profile=WORK, alone=True)
def pci_device_gone(vm, run):
    """A PCIe device leaves its slot: its button is pressed, and the kernel lets it go after five seconds."""
    vm.qmp("device_del", id="igb0")
