# SPDX-License-Identifier: GPL-3.0-or-later
"""Errors that the hardware finds itself: firmware that reports memory errors, machine checks."""
import base64
import struct
import uuid

from cases.memory import MARCH, page_size, under_test
from fault import fault

# UEFI specification, appendix N: common platform error records.
MEMORY_SECTION = uuid.UUID("a5bc1114-6f64-4ede-b863-3e83ed7c83b1")
RECOVERABLE, _, CORRECTED = range(3)
SINGLE_BIT, MULTI_BIT = 2, 3
HAS_ADDRESS, HAS_MASK, HAS_MODULE, HAS_TYPE = 1 << 1, 1 << 2, 1 << 5, 1 << 14
HAS_NAME = 2
# ACPI specification, 18.3.2.7: uncorrectable or correctable error valid, and one entry.
STATUS = {RECOVERABLE: 0x11, CORRECTED: 0x12}


def report(severity, address, kind):
    """A generic error status block with one memory error, of a module named DIMM_A1."""
    section = struct.pack("<4Q8H3QB", HAS_ADDRESS | HAS_MASK | HAS_MODULE | HAS_TYPE, 0, address, 0xFFFFFFFFFFFFF000,
                          *8 * [0], 0, 0, 0, kind).ljust(80, b"\0")
    entry = MEMORY_SECTION.bytes_le + struct.pack("<IHBBI", severity, 0x300, HAS_NAME, 0, len(section))
    entry += bytes(16) + b"DIMM_A1".ljust(20, b"\0") + bytes(8) + section
    return struct.pack("<5I", STATUS[severity], 0, 0, len(entry), severity) + entry


def inject(vm, *what):
    vm.qmp("inject-ghes-v2-error", cper=base64.b64encode(report(*what)).decode())


@fault("firmware-reports-corrected-memory-error", wanted="hardware-corrected", on=("aarch64",), machine="ras",
       profile=MARCH)
def corrected_error(vm, run):
    """The firmware reports one bit of memory that was corrected (GHES)."""
    inject(vm, CORRECTED, 0x48000000, SINGLE_BIT)


@fault("firmware-reports-uncorrected-memory-error", wanted="kernel-error", beside=("worker-crashed",),
       on=("aarch64",), machine="ras", after=3, profile=MARCH)
def uncorrected_error(vm, run):
    """The firmware reports two bits of memory under a kernel that could not be corrected (GHES)."""
    inject(vm, RECOVERABLE, under_test(vm)[1] & -page_size(vm), MULTI_BIT)


def look_often(vm):
    """As a machine does that has an interrupt for it."""
    vm.run("echo 2 >/sys/devices/system/machinecheck/machinecheck0/check_interval")


@fault("machine-check-corrected", wanted="hardware-corrected", on=("x86_64",), before=look_often, profile=MARCH)
def machine_check(vm, run):
    """A bank of the processor holds a memory error that was corrected (machine check)."""
    vm.hmp("mce 0 7 0x9c00000000010091 0 0x48000000 0x8c")
