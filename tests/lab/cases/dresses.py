# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines that say they are ones of the field: each is taken for what it is, and for no other."""
from case import case
from cases.probe import sees, shown
from fault import RUNS

# Machine of the lab: architecture, what probe must say of it; the names of makers are those of probes/ids.
DRESSES = {
    "greatwall": ("aarch64", (
        {"class": "cpu", "maker": "Phytium 飞腾", "model": "D2000", "core": "FTC663", "midr": "0x701f6633", "sockets": 1},
        {"class": "board", "manufacturer": "Great Wall", "product": "世恒TD120A2"},
        {"class": "board", "manufacturer": "Great Wall", "product": "GW-001M1A-FTF"},
        {"class": "firmware", "maker": "ZD Technologies 中电科技", "family": "KunLun 昆仑"},
        {"class": "memory", "maker": "UniIC 西安紫光国芯"},
    )),
    "baixin": ("aarch64", (
        {"class": "cpu", "maker": "HiSilicon 海思", "model": "Kunpeng 920", "core": "TSV110", "midr": "0x481fd010",
         "sku": "4826", "sockets": 2},
        {"class": "board", "manufacturer": "百信信息技术有限公司", "product": "恒山 TS02F-F30"},
        {"class": "firmware", "maker": "Byosoft 百敖"},
        {"class": "memory", "maker": "CXMT 长鑫存储"},
    )),
    "loongson-3a5000": ("loong64", (
        {"class": "cpu", "maker": "Loongson 龙芯", "model": "3A5000", "core": "LA464"},
        {"class": "board", "manufacturer": "Loongson", "product": "Loongson-3A5000-7A2000-EVB"},
        {"class": "firmware", "maker": "Loongson 龙芯", "family": "Loongson UDK"},
    )),
    # The emulator has the processor of a 3A5000 only: that and the firmware are two opinions.
    "loongson-3a6000": ("loong64", (
        {"class": "cpu", "maker": "Loongson 龙芯", "model": "3A5000 or 3B5000 or 3C5000L or 3C5000 or 3D5000 or 3A6000"},
        {"class": "board", "manufacturer": "Loongson", "product": "Loongson-3A6000-HV-7A2000-NUC"},
    )),
    # The kernel of its guest takes the two cores of that processor for two packages: no word of sockets.
    "zhaoxin": ("x86_64", (
        {"class": "cpu", "maker": "Zhaoxin 兆芯", "model": "KX-U6780A", "series": "KX-6000",
         "core": "LuJiaZui"},
        {"class": "board", "manufacturer": "Great Wall", "product": "TD120C2"},
        {"class": "memory", "maker": "CXMT 长鑫存储"},
    )),
}
# A profile for one product: what a plant writes so that its limits are not used on another.
PROFILE = """name: {name}
version: 1
stage: bench
title: {{en: Lab, zh: 实验室}}
blind: allowed
applies-to:
  arch: [{machine}]
  inventory:
    - {{class: cpu, component: cpu/0, attribute: model, equals: "{model}"}}
    - {{class: board, component: board/system, attribute: product, equals: "{product}"}}
steps:
  - {{name: integer, kernel: cpu.integer, duration: 2s}}
"""


def profiles_that_apply(vm):
    """The names of those dresses whose profile `plan` takes here."""
    taken = []
    for name, (arch, wanted) in DRESSES.items():
        path = f"{RUNS}/{name}.yaml"
        vm.write(path, PROFILE.format(name=name, machine={"loong64": "loongarch64"}.get(arch, arch),
                                      model=wanted[0]["model"], product=wanted[1]["product"]))
        code, output = vm.ask(f"{vm.program} plan {path}")
        if code == 0:
            taken.append(name)
        elif "does not apply" not in output:
            return f"plan of {name}: exit {code}: {output.strip()[-200:]}"
    return " ".join(taken)


def is_itself(name, arch, wanted):
    certain = " or " not in wanted[0]["model"]

    @case(f"dress-{name}", wanted=f"itself; profiles: {name if certain else ''}", on=(arch,), machine=name)
    def dress(vm):
        missing = [row for row in wanted if not sees(vm, row)]
        classes = {row["class"] for row in missing}
        said = f"nothing with {missing} in {shown(vm, classes)}" if missing else "itself"
        return f"{said}; profiles: {profiles_that_apply(vm)}"


for each, (architecture, rows) in DRESSES.items():
    is_itself(each, architecture, rows)
