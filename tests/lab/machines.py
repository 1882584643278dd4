# SPDX-License-Identifier: GPL-3.0-or-later
"""The machines of the lab: processor, memory, board and dress (what the firmware says it is), one row each."""
import time
from dataclasses import dataclass, replace

import modules
import setup
from devices import BY_NAME, FULL
from vm import NO_RESTART, Ram, emulator

MIB = 1 << 20
# Where the memory of one node lies for the guest: (guest-physical start, offset, bytes at most).
MEMORY_MAP = {
    "loong64": ((0, 0, 256 * MIB), (0x80000000, 256 * MIB, 1 << 40)),
    "aarch64": ((0x40000000, 0, 1 << 40),),
    "x86_64": ((0, 0, 2048 * MIB),),
}
BASE = {
    "loong64": ("qemu-system-loongarch64", "virt", "ttyS0,115200",
                "qemu-new/usr/share/qemu-efi-loongarch64/QEMU_EFI.fd"),
    "aarch64": ("qemu-system-aarch64", "virt", "ttyAMA0", "qemu/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"),
    "x86_64": ("qemu-system-x86_64", "q35", "ttyS0,115200", None),
}


@dataclass(frozen=True)
class Dress:
    """What SMBIOS says. A comma in a text is written twice."""
    maker: str
    product: str
    board: str
    bios: str
    bios_version: str
    cpu_maker: str
    cpu: str
    dimm_maker: str
    dimm: str
    mhz: int = 2300

    def words(self):
        for text in (
                f"type=0,vendor={self.bios},version={self.bios_version},date=03/15/2024,release=4.0",
                f"type=1,manufacturer={self.maker},product={self.product},version=V1.2,serial=LAB-0001,"
                "uuid=11112222-3333-4444-5555-666677778888,family=Lab",
                f"type=2,manufacturer={self.maker},product={self.board},version=A01,serial=LAB-B001",
                f"type=3,manufacturer={self.maker},version=C1,serial=LAB-C001",
                f"type=4,sock_pfx=CPU,manufacturer={self.cpu_maker},version={self.cpu},"
                f"max-speed={self.mhz},current-speed={self.mhz}",
                f"type=17,loc_pfx=DIMM,bank=BANK0,manufacturer={self.dimm_maker},serial=LAB-D001,"
                f"part={self.dimm},speed=3200"):
            yield from ("-smbios", text)


GREATWALL = Dress("Great Wall", "世恒TD120A2", "GW-001M1A-FTF", "ZD Tech.", "KunLun BIOS V4.0", "Phytium",
                  "D2000/8 E8C", "UniIC", "SCB16GP26A3F1B-32AA")
BAIXIN = Dress("百信信息技术有限公司", "恒山 TS02F-F30", "BC82AMDDA", "Byosoft", "Byosoft BIOS 3.2", "HiSilicon",
               "Kunpeng 920-4826", "CXMT", "CXMS16G4C32", 2600)
LOONGSON_5 = Dress("Loongson", "Loongson-3A5000-7A2000-EVB", "Loongson-LS3A5000-7A2000-1w-EVB", "Loongson",
                   "Loongson-UDK2018-V4.0.05692-stable202402", "Loongson", "Loongson-3A5000-HV", "UniIC",
                   "SCC16GP02H1F1C-26V", 2500)
LOONGSON_6 = replace(LOONGSON_5, product="Loongson-3A6000-HV-7A2000-NUC", board="Loongson-3A6000-HV-7A2000-NUC",
                     cpu="Loongson-3A6000-HV")
ZHAOXIN = Dress("Great Wall", "TD120C2", "GW-001Z1A", "Great Wall", "R06", "Shanghai Zhaoxin",
                "ZHAOXIN KaiXian KX-U6780A", "CXMT", "CXMS16G4C32", 2700)


@dataclass(frozen=True)
class Machine:
    name: str
    arch: str
    cpu: str
    dress: Dress
    devices: tuple = FULL
    smp: str = "2,sockets=2"
    mib: int = 1024
    nodes: int = 1         # NUMA nodes; the memory of more than one is out of vm.ram's reach
    board: str = ""        # more words for -M, such as "ras=on"
    extra: str = ""        # more arguments of the emulator
    append: str = ""       # more words for the kernel
    qemu: str = "qemu"     # or qemu-new
    mapped: bool = False   # two memory modules, and the firmware says where each lies
    counted: bool = True   # its time is that of its instructions, whatever else the host does
    crash: bool = False    # runs lie on a disk with a write cache that loses what was not flushed

    def rows(self):
        return [BY_NAME[name] for name in self.devices if self.arch in BY_NAME[name].on]

    def make_memory(self, vm):
        if self.nodes > 1:
            return None
        shared = vm.memory("ram", self.mib * MIB)
        layout = [(start, offset, min(size, shared.size - offset)) for start, offset, size in MEMORY_MAP[self.arch]]
        return Ram(shared, layout)

    def make_disks(self, folder):
        for row in self.rows():
            if row.disk_bytes:
                with open(folder / f"{row.name}.raw", "wb") as image:
                    image.truncate(row.disk_bytes)
        scratch = folder / "scratch.raw"
        setup.run("mke2fs", "-q", "-t", "ext4", scratch, "2G")

    def memory_words(self, ram):
        if ram:
            return ["-machine", "memory-backend=ram", *ram.shared.backend("ram")]
        words = []
        cpus = int(self.smp.split(",")[0]) // self.nodes
        for node in range(self.nodes):
            words += ["-object", f"memory-backend-ram,id=node{node},size={self.mib // self.nodes}M",
                      "-numa", f"node,memdev=node{node},cpus={node * cpus}-{node * cpus + cpus - 1}"]
        return words

    def clock(self, vm):
        """Counted: an instruction takes 8 ns, waiting the time it takes. So a guest is never late because the host is."""
        if not self.counted:
            return ["-accel", "tcg,thread=multi"]
        # It may get ahead of the host: what is on again is later still.
        base = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 3600 * vm.power_ons))
        return ["-accel", "tcg,thread=single", "-icount", "shift=3,sleep=on", "-rtc", f"base={base},clock=vm"]

    def arguments(self, vm, monitor, port):
        program, board, console, firmware = BASE[self.arch]
        words = [*emulator(program, self.qemu), "-machine", ",".join(filter(None, (board, self.board))),
                 *self.clock(vm), "-cpu", self.cpu, "-smp", self.smp, "-m", str(self.mib),
                 *(("-no-reboot",) if self.arch in NO_RESTART else ()), "-nodefaults", "-no-user-config", "-display", "none",
                 "-kernel", setup.CACHE / f"{self.arch}.kernel", "-initrd", setup.CACHE / f"{self.arch}.initrd",
                 "-append", f"console={console} rdinit=/init panic=1 {self.append}",
                 "-chardev", f"file,id=console,path={vm.log},append=on", "-serial", "chardev:console",
                 "-chardev", f"socket,id=monitor,fd={monitor}", "-mon", "chardev=monitor,mode=control",
                 "-device", "virtio-serial-pci", "-chardev", f"socket,id=port,fd={port}",
                 "-device", "virtserialport,chardev=port,name=lab",
                 *self.memory_words(vm.ram), *vm.board.backend("board"),
                 "-device", "ivshmem-plain,memdev=board,addr=1e.0"]
        if firmware:
            words += ["-bios", setup.CACHE / firmware]
        scratch = f"nbd:unix:{vm.folder}/scratch.nbd" if self.crash else vm.disk("scratch")
        for name, path, how in (("root", setup.CACHE / f"{self.arch}.root", "readonly=on"),
                                ("work", vm.work_image, "readonly=on"),
                                ("scratch", scratch, "cache=writeback")):
            words += ["-drive", f"if=none,id={name},file={path},format=raw,{how}",
                      "-device", f"virtio-blk-pci,drive={name},serial={name}"]
        for row in self.rows():
            words += row.words(vm.folder)
        return [*words, *self.tables(vm.folder), *self.extra.split()]

    def tables(self, folder):
        """What SMBIOS says; tables of our own instead of the emulator's memory modules."""
        if not self.mapped:
            return list(self.dress.words())
        words = [word for word in self.dress.words() if word != "-smbios" and not word.startswith("type=17,")]
        for number, table in enumerate(modules.tables(MEMORY_MAP[self.arch][0][0], self.mib)):
            path = folder / f"smbios{number}"
            path.write_bytes(table)
            words.append(f"file={path}")
        return [word for text in words for word in ("-smbios", text)]


ROWS = [
    # Its emulator (11.1) grants the kernel no native hotplug in _OSC, and has no other kind of it.
    Machine("full", "loong64", "la464", LOONGSON_5, append="pcie_ports=native", qemu="qemu-new"),
    Machine("full", "aarch64", "max,pauth-impdef=on", GREATWALL),
    Machine("full", "x86_64", "max", ZHAOXIN),
    Machine("greatwall", "aarch64", "cortex-a72,midr=0x701f6633", GREATWALL, devices=(),
            smp="2,sockets=1,cores=2"),
    Machine("baixin", "aarch64", "neoverse-n1,midr=0x481fd010", BAIXIN, devices=(),
            smp="4,sockets=2"),
    Machine("loongson-3a5000", "loong64", "la464", LOONGSON_5, devices=(),
            smp="2,sockets=1,cores=2", qemu="qemu-new"),
    Machine("loongson-3a6000", "loong64", "la464", LOONGSON_6, devices=(),
            smp="2,sockets=1,cores=2", qemu="qemu-new"),
    Machine("zhaoxin", "x86_64", "max,vendor=  Shanghai  ,family=7,model=59,stepping=0,"
            "model-id=ZHAOXIN KaiXian KX-U6780A@2.7GHz", ZHAOXIN, devices=(), smp="2,sockets=1,cores=2"),
    Machine("crash", "loong64", "la464", LOONGSON_5, devices=("ahci-disk",), crash=True, qemu="qemu-new"),
    Machine("crash", "aarch64", "max,pauth-impdef=on", GREATWALL, devices=("ahci-disk",), crash=True),
    Machine("crash", "x86_64", "max", ZHAOXIN, devices=("ahci-disk",), crash=True),
    *(Machine("slow", arch, cpu, dress, devices=(), counted=False, qemu=qemu) for arch, cpu, dress, qemu in (
        ("loong64", "la464", LOONGSON_5, "qemu-new"), ("aarch64", "max,pauth-impdef=on", GREATWALL, "qemu"),
        ("x86_64", "max", ZHAOXIN, "qemu"))),
    Machine("mapped", "aarch64", "max,pauth-impdef=on", GREATWALL, devices=(), mapped=True),
    Machine("ras", "aarch64", "max,pauth-impdef=on", GREATWALL, devices=(), board="ras=on", qemu="qemu-new"),
    Machine("nodes", "loong64", "la464", LOONGSON_5, devices=(), smp="4,sockets=2", nodes=2, qemu="qemu-new"),
    Machine("nodes", "x86_64", "max", ZHAOXIN, devices=(), smp="4,sockets=2", nodes=2),
]


def machine(name, arch):
    """The row of that name for that architecture; None where there is none."""
    return next((row for row in ROWS if (row.name, row.arch) == (name, arch)), None)
