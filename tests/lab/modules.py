# SPDX-License-Identifier: GPL-3.0-or-later
"""SMBIOS tables of two memory modules, each with half of the memory, as firmware that maps them gives (DMTF DSP0134)."""
import struct

NAMES = ("DIMM_A1", "DIMM_B1")
MIB = 1 << 20
ARRAY, ARRAY_MAP, DEVICE, DEVICE_MAP = 0x1000, 0x1300, 0x1101, 0x1401  # handles; the emulator makes the first two
DIMM, DDR4, UNKNOWN = 9, 0x1A, 2


def structure(kind, handle, fields, *texts):
    return struct.pack("<BBH", kind, len(fields) + 4, handle) + fields + b"".join(
        text.encode() + b"\0" for text in texts or [""]) + b"\0"


def module(number, mib):
    """Type 17, as long as it was in version 2.7."""
    fields = struct.pack("<HHHHHBBBBBHHBBBBBIH", ARRAY, 0xFFFE, 64, 64, mib, DIMM, 0, 1, 2, DDR4, 0x80, 3200,
                         3, 4, 0, 5, 0, 0, 3200)
    return structure(17, DEVICE + number, fields, NAMES[number], f"BANK{number}", "CXMT", f"LAB-M{number}", "CXMS16G4C32")


def mapped(number, start, size):
    """Type 20."""
    fields = struct.pack("<IIHHBBB", start >> 10, (start + size >> 10) - 1, DEVICE + number, ARRAY_MAP, 1, 0, 0)
    return structure(20, DEVICE_MAP + number, fields)


def tables(start, mib):
    """One structure each."""
    half = mib // 2
    return [module(0, half), module(1, half), mapped(0, start, half * MIB), mapped(1, start + half * MIB, half * MIB)]


def module_of(address, start, mib):
    return NAMES[address >= start + mib // 2 * MIB]
