# SPDX-License-Identifier: GPL-3.0-or-later
"""The devices of the lab, one row each.

A row has a name, the arguments of the emulator ({dir} is the machine's folder, {disk} this device's
image of disk_bytes), what `cuihuo probe` must show of it (class and attributes; nothing for a part that
others need), the architectures it can be had on, and a program of the host that must run beside the
emulator and listens at {dir}/NAME. Addresses of network cards have a maker's prefix, as those of real
cards: one that nobody gave is a problem of its own."""
from dataclasses import dataclass, field

ALL = ("loong64", "aarch64", "x86_64")


@dataclass(frozen=True)
class Device:
    name: str
    arguments: str
    seen: dict = field(default_factory=dict, hash=False)
    on: tuple = ALL
    disk_bytes: int = 0
    helper: str = ""
    waits: str = ""

    def words(self, folder):
        return self.arguments.format(dir=folder, disk=f"{folder}/{self.name}.raw").split()

    def helper_words(self, folder):
        return self.helper.format(dir=folder).split()


MIB = 1 << 20

ROWS = [
    Device("root-port-1", "-device pcie-root-port,id=rp1,chassis=1,slot=1,bus=pcie.0,x-speed=16,x-width=16",
           {"class": "pci", "vendor_id": "1b36", "device_id": "000c", "link_width_max": 16}),
    Device("root-port-2", "-device pcie-root-port,id=rp2,chassis=2,slot=2,bus=pcie.0,x-speed=8,x-width=4",
           {"class": "pci", "vendor_id": "1b36", "device_id": "000c", "link_width_max": 4}),
    Device("root-port-3", "-device pcie-root-port,id=rp3,chassis=3,slot=3,bus=pcie.0",
           {"class": "pci", "vendor_id": "1b36", "device_id": "000c"}),
    Device("root-port-4", "-device pcie-root-port,id=rp4,chassis=4,slot=4,bus=pcie.0,x-speed=16,x-width=16",
           {"class": "pci", "vendor_id": "1b36", "device_id": "000c"}),
    Device("switch-up", "-device x3130-upstream,id=up1,bus=rp1",
           {"class": "pci", "vendor_id": "104c", "device_id": "8232"}),
    Device("switch-down", "-device xio3130-downstream,id=dn1,bus=up1,chassis=11,slot=1 "
           "-device xio3130-downstream,id=dn2,bus=up1,chassis=12,slot=2",
           {"class": "pci", "vendor_id": "104c", "device_id": "8233"}),
    Device("nvme", "-drive if=none,id=nvme-disk,file={disk},format=raw "
           "-device nvme,id=nvme0,serial=NVME0001,drive=nvme-disk,bus=dn1",
           {"class": "block", "serial": "NVME0001", "transport": "nvme"}, disk_bytes=256 * MIB),
    Device("nic-igb", "-netdev user,id=net0,restrict=on -device igb,id=igb0,netdev=net0,bus=dn2,mac=00:1b:21:11:22:33",
           {"class": "net", "mac": "00:1b:21:11:22:33", "driver": "igb"}),
    Device("nic-e1000e", "-netdev user,id=net1,restrict=on -device e1000e,id=e0,netdev=net1,bus=rp2,mac=00:1b:21:11:22:44",
           {"class": "net", "mac": "00:1b:21:11:22:44", "driver": "e1000e"}),
    Device("ahci-disk", "-drive if=none,id=ahci-disk,file={disk},format=raw -device ich9-ahci,id=ahci0 "
           "-device ide-hd,id=sata0,bus=ahci0.0,drive=ahci-disk,serial=SATA0001,model=LAB-SATA,rotation_rate=7200",
           {"class": "block", "serial": "SATA0001", "rotational": 1}, disk_bytes=256 * MIB),
    Device("xhci", "-device qemu-xhci,id=xhci,bus=rp3,p2=8,p3=8",
           {"class": "pci", "vendor_id": "1b36", "device_id": "000d"}),
    Device("usb-disk", "-drive if=none,id=usb-drive,file={disk},format=raw "
           "-device usb-storage,id=usb-disk,bus=xhci.0,port=1,drive=usb-drive,serial=USB0001",
           {"class": "usb", "serial": "USB0001"}, disk_bytes=64 * MIB),
    Device("usb-hub", "-device usb-hub,id=hub,bus=xhci.0,port=2", {"class": "usb", "product": "QEMU USB Hub"}),
    Device("usb-keyboard", "-device usb-kbd,id=keyboard,bus=xhci.0,port=2.1",
           {"class": "usb", "product": "QEMU USB Keyboard"}),
    Device("usb-mouse", "-device usb-mouse,id=mouse,bus=xhci.0,port=2.2",
           {"class": "usb", "product": "QEMU USB Mouse"}),
    Device("sound", "-audiodev none,id=silence -device ich9-intel-hda,id=hda -device hda-duplex,audiodev=silence",
           {"class": "pci", "class_id": "0403"}),
    Device("display", "-device virtio-gpu-pci,id=gpu,edid=on,xres=1280,yres=800",
           {"class": "pci", "vendor_id": "1af4", "device_id": "1050"}),
    Device("watchdog", "-device i6300esb,id=watchdog", {"class": "pci", "vendor_id": "8086", "device_id": "25ab"}),
    Device("tpm", "-chardev socket,id=tpm-line,path={dir}/tpm -tpmdev emulator,id=tpm0,chardev=tpm-line "
           "-device tpm-tis,tpmdev=tpm0", {"class": "tpm", "kind": "TPM", "version_major": 2}, on=("x86_64",),
           helper="swtpm socket --tpm2 --tpmstate dir={dir} --ctrl type=unixio,path={dir}/tpm"),
    Device("bmc", "-device ipmi-bmc-sim,id=bmc0 -device isa-ipmi-kcs,bmc=bmc0",
           {"class": "bmc", "ipmi_version": "2.0"}, on=("x86_64",)),
]
BY_NAME = {row.name: row for row in ROWS}
FULL = tuple(BY_NAME)
