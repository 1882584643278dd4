# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole disks: what a run is not allowed to erase stays as it is to the last byte, seen from outside, and
what it may erase is written and verified."""
import hashlib

from case import case
from fault import Run

PROFILE = """name: erase
version: 1
stage: bench
title: {{en: Erase, zh: 擦除}}
blind: allowed
fences:
  disks:
    - {{name: data, slot: "*ata-1", model: "LAB-SATA*", budget: 64MiB{more}}}
steps:
  - {{name: surface, kernel: disk.whole, disk: data, duration: 15s}}
"""
SERIAL = "SATA0001"
BUDGET, BLOCK = 64 << 20, 4096
MAGIC = b"uhoBlock"  # of each block that disk.whole writes, at its start
# What makes the disk somebody's, what must be said of it, what takes that away again.
FENCES = {
    "signature": ("mkswap -q $d", "it has a signature of swap on it", "true"),
    "swap": ("swapon $d", "swap on", "swapoff $d"),
    "mount": ("mkfs.ext4 -qF $d 32M && mkdir -p /mnt/erase && mount -o ro $d /mnt/erase",
              "mounted at /mnt/erase", "umount /mnt/erase"),
    "file system": ("true", "it has a signature of ext4 on it", "wipefs -aq $d"),
    "data": ("true", "there is data at byte", "true"),
}


def device(vm):
    return "/dev/" + vm.run("grep -l LAB-SATA /sys/block/sd*/device/model").split("/")[3]


def blank(vm, name):
    """Nothing on it, and nobody who uses it."""
    vm.ask(f"umount -A {name}; swapoff {name}")
    vm.run(f"blkdiscard -zf {name} || dd if=/dev/zero of={name} bs=1M status=none; sync")


def image(vm):
    """A digest of all that the disk holds."""
    vm.run("sync")
    return hashlib.sha256(vm.disk("ahci-disk").read_bytes()).hexdigest()


def erase(vm, options, more=""):
    """What a run that wants to erase the disk records (nothing, if it did not begin), and what it says."""
    run = Run(vm, PROFILE.format(more=more), options)
    ended = run.wait()
    record, said = run.record() if ended in (0, 1, 4) else {}, run.said()
    run.close()
    return record, said


def reasons(record):
    """Why its step was skipped or not able."""
    skipped = [step.get("skip", "") for step in record["plan"]["steps"]] if record else []
    return " ".join(skipped + [one.get("reason", "") for one in record.get("outcomes", [])])


@case("fences-hold", wanted="held")
def fences_hold(vm):
    """A disk that is somebody's, or was not confirmed, is not written to."""
    name, wrong = device(vm), []
    blank(vm, name)
    try:
        for fence, (plant, wanted, away) in FENCES.items():
            vm.run(f"d={name}; {plant}")
            before = image(vm)
            record, said = erase(vm, f"--erase {SERIAL}")
            if wanted not in reasons(record):
                wrong.append(f"{fence}: {reasons(record) or said}")
            if image(vm) != before:
                wrong.append(f"{fence}: the image is another one")
            vm.run(f"d={name}; {away}")
        before = image(vm)
        _, said = erase(vm, "")
        if f"--erase {SERIAL}" not in said or image(vm) != before:
            wrong.append(f"not confirmed: {said}")
    finally:
        vm.ask(f"swapoff {name}; umount /mnt/erase; wipefs -aq {name}")
    return "; ".join(wrong) or "held"


@case("disk-is-erased", wanted="erased, verified")
def disk_is_erased(vm):
    """One that may be, whatever its data are, is written up to its budget, and nowhere beyond it."""
    blank(vm, device(vm))
    vm.run(f"dd if=/dev/urandom of={device(vm)} bs=1M seek=1 count=1 status=none; sync")
    record, said = erase(vm, f"--erase {SERIAL}", ", disposable: yes")
    vm.run("sync")
    data = vm.disk("ahci-disk").read_bytes()
    ours = [at for at in range(0, len(data), BLOCK) if data.startswith(MAGIC, at)]
    outcome = record["outcomes"][0] if record else {"kind": said}
    if (outcome["kind"], outcome.get("distinct_bytes"), record["findings"]) != ("done", BUDGET, []):
        return f"{outcome}, {record.get('findings')}, {said}"
    return "erased, verified" if ours == list(range(0, BUDGET, BLOCK)) else f"{len(ours)} blocks up to {ours[-1:]}"
