# SPDX-License-Identifier: GPL-3.0-or-later
"""One bit of memory turned over, from outside, under a kernel that works on it."""
import struct

from fault import fault, profile
from inuse import WORK, in_use
from machines import MEMORY_MAP
from modules import module_of
from vm import Failed

# The known answers of cpu.integer: rows of 26 words, the last nine of each the number 1.
SETS, ROW, ONE = 64, 26 * 8, struct.pack("<9Q", 1, *8 * [0])
SET, WORD = 2, 3  # of which a bit is turned over
HEAP_MOST = 32 << 20
MARCH_LEAST = 16 << 20


def child(vm):
    return vm.run("pgrep -x cuihuo-step").strip()


def areas(vm, pid):
    """Anonymous memory of a process: (start, size, name), the largest first."""
    found = []
    for line in vm.run(f"cat /proc/{pid}/maps").splitlines():
        words = line.split(maxsplit=5)
        if words[1] == "rw-p" and (len(words) < 6 or words[5] == "[heap]"):
            first, last = (int(word, 16) for word in words[0].split("-"))
            found.append((first, last - first, words[5] if len(words) > 5 else ""))
    return sorted(found, key=lambda area: -area[1])


def page_size(vm):
    return int(vm.run("getconf PAGESIZE"))


def physical(vm, pid, address, count=1):
    """Where the pages of a process from that address on lie, as the guest's kernel says; None: nowhere."""
    page = page_size(vm)
    entries = vm.run(f"dd if=/proc/{pid}/pagemap bs=8 skip={address // page} count={count} status=none 2>&- "
                     "| od -An -v -w8 -tx8").split()
    return [(int(entry, 16) & (1 << 55) - 1) * page if int(entry, 16) >> 63 else None for entry in entries]


MARCH = profile("{kernel: mem.march, cpus: one, duration: 30s, bytes: 32MiB}")


def under_test(vm):
    """An address in the middle of what a worker marches over, and where it lies for the machine."""
    page = page_size(vm)
    for _ in range(20):  # until it has been written to
        pid = child(vm)
        for start, size, _ in areas(vm, pid):
            address = start + size // 2 + 0x1238
            at = physical(vm, pid, address)[0] if size >= MARCH_LEAST else None
            if at is not None:
                return address, at + address % page
        vm.pause(1)
    raise Failed("no memory of a worker was found")


def flip_memory(vm, run):
    """Where it lies for the machine."""
    address, at = under_test(vm)
    vm.ram.flip(at + 5, 3)
    run.evidence = {"address": f"0x{address:016x}", "physical": f"0x{at:016x}", "bit": "43"}
    return at


@fault("memory-bit-flips", wanted="memory-mismatch", after=3, profile=MARCH)
def memory_bit_flips(vm, run):
    """One bit of memory is turned over in the middle of what a worker marches over."""
    flip_memory(vm, run)


@fault("memory-bit-flips-in-a-known-module", wanted="memory-mismatch", on=("aarch64",), machine="mapped", after=3,
       profile=MARCH)
def mapped_bit_flips(vm, run):
    """The same where the firmware says which of two modules lies there: the finding names it."""
    at = flip_memory(vm, run)
    run.evidence["dimm"] = f"dimm/{module_of(at, MEMORY_MAP[vm.arch][0][0], vm.machine.mib)}"


@fault("golden-value-bit-flips", wanted="cpu-mismatch", after=3,
       profile=WORK, before=in_use)
def golden_value_bit_flips(vm, run):
    """One bit of a known answer is turned over."""
    pid = child(vm)
    page = page_size(vm)
    for start, size, _ in areas(vm, pid):
        pages = physical(vm, pid, start, min(size, HEAP_MOST) // page)
        held = b"".join(bytes(page) if at is None else vm.ram.read(at, page) for at in pages)
        end = held.find(ONE)
        while end >= 0 and any(not held.startswith(ONE, end + row * ROW) for row in range(SETS)):
            end = held.find(ONE, end + 8)
        if end < 0:
            continue
        word = end + len(ONE) - ROW + SET * ROW + WORD * 8
        vm.ram.flip(pages[word // page] + word % page + 1, 6)
        run.evidence = {"phase": f"0x{SET:016x}", "offset": f"0x{WORD * 8:016x}", "bit": "14"}
        return
    raise Failed("the known answers were not found")
