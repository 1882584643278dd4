# SPDX-License-Identifier: GPL-3.0-or-later
"""PCIe errors and links."""
import base64
import contextlib
import struct

from case import case
from fault import Run, fault, profile, said
from inuse import WIDTH, WORK, in_use

SHORT = profile("{kernel: cpu.integer, duration: 2s}")


REGISTERS = "/run/lab/registers"
# PCI Express Base Specification: its capability, and in it where a link says what it can and what it has.
NEXT, EXPRESS, CAN, HAS = 0x34, 0x10, 0xc, 0x12


@contextlib.contextmanager
def card_has(vm, lanes):
    """No card of the emulator has more than one lane: the file of one's registers is ours, and says that it can
    four, as its slot."""
    where = vm.run("echo /sys/bus/pci/drivers/e1000e/0*/config").strip()
    data = bytearray(base64.b64decode(vm.run(f"base64 {where}")))
    at = data[NEXT]
    while data[at] != EXPRESS:
        at = data[at + 1]
    for register, width in ((CAN, 4), (HAS, lanes)):
        value, = struct.unpack_from("<H", data, at + register)
        struct.pack_into("<H", data, at + register, value & ~0x3f0 | width << 4)
    vm.write(REGISTERS, bytes(data))
    vm.run(f"mount --bind {REGISTERS} {where}")
    try:
        yield
    finally:
        vm.run(f"umount {where}")


@fault("pcie-error-corrected", wanted="aer-correctable", beside=("hardware-corrected",), profile=WORK, before=in_use)
def pcie_error_corrected(vm, run):
    """A switch reports a packet with a bad checksum, which was sent again."""
    vm.hmp("pcie_aer_inject_error dn1 BAD_TLP")


@fault("pcie-error-fatal", wanted="aer-fatal", beside=("kernel-error", "link-lost"), profile=WORK, before=in_use,
       last=True)
def pcie_error_fatal(vm, run):
    """A root port reports a broken data link protocol; the kernel resets the link."""
    # Last: Linux 6.1 does not get the network card below it back (x86_64).
    vm.hmp("pcie_aer_inject_error rp2 DLP")


def run_once(vm):
    run = Run(vm, SHORT)
    run.wait()
    found = said(run.findings())
    run.close()
    return found


@case("pcie-link-narrow-clean", wanted="none")
def pcie_link_right(vm):
    """A card and a slot that both have their four lanes."""
    with card_has(vm, 4):
        return run_once(vm)


@case("pcie-link-narrow", wanted="link-degraded", planted=True)
def pcie_link_narrow(vm):
    """The registers of a card of four lanes in a slot of four say that one is in use; seconds are those of a whole
    short run."""
    with card_has(vm, 1):
        start = vm.uptime()
        return run_once(vm), vm.uptime() - start


@fault("pcie-link-narrows", wanted="link-dropped", profile=WORK, before=in_use)
def pcie_link_narrows(vm, run):
    """The kernel tells one lane of a network card that had four when the run began."""
    vm.run(f"echo 1 >{WIDTH}")
