# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lab needs, in one cache folder: emulators, kernels, guest systems, and images made of them.

Everything is fetched by tools/sysroot, so through the ordinary package client with a state of its own.
What is there is not fetched or made again; what is broken or out of date is."""
import contextlib
import fcntl
import lzma
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import tempfile

import made

LAB = pathlib.Path(__file__).resolve().parent
SOURCE = LAB.parent.parent
CACHE = pathlib.Path(os.environ.get("LAB_CACHE", SOURCE / "build-cache/lab")).absolute()

HOST = "x86_64"  # the architecture of the lab's own machine
EMULATORS = "qemu-system-misc qemu-system-arm"
# The newer emulator injects firmware-reported memory errors and hot-adds cpus; loong64's firmware is there.
EMULATOR_TREES = {
    "qemu": ("bookworm,bookworm-backports", f"{EMULATORS} qemu-system-x86 qemu-utils qemu-efi-aarch64"),
    "qemu-new": ("forky", f"{EMULATORS} qemu-efi-aarch64 qemu-efi-loongarch64"),
}
GUEST_PACKAGES = (
    "libpci-dev libusb-1.0-0-dev libhwloc-dev libsensors-dev libjansson-dev libyaml-dev libssl-dev check "
    "bash dash libc-bin coreutils findutils grep sed gawk util-linux mount kmod procps jq openssl iproute2 e2fsprogs "
    "pciutils usbutils smartmontools lm-sensors nvme-cli ethtool i2c-tools busybox-static")
# Architecture of the lab: of Debian, suite, where the root bus is in the ACPI namespace.
GUESTS = {
    "loong64": ("loong64", "forky", "\\PCI0"),
    "aarch64": ("arm64", "trixie", "\\_SB.PCI0"),
    "x86_64": ("amd64", "bookworm", "\\_SB.PCI0"),
}
INITRD_MODULES = ("virtio_pci", "virtio_console", "virtio_blk", "ext4", "overlay")


def run(*command, log=subprocess.PIPE, **options):
    """Run to its end, or until this program ends; an error carries what it said."""
    command = [str(word) for word in command]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log,
                               stderr=subprocess.PIPE if log == subprocess.PIPE else log,
                               start_new_session=True, **options)
    try:
        out, errors = process.communicate()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)  # and what it started
        process.wait()
        raise
    if process.returncode:
        said = (errors or out or b"").decode(errors="replace").strip().splitlines()
        raise RuntimeError(f"{command[0]}: {said[-1] if said else f'exit {process.returncode}'}")
    return out


def cpio(files):
    """A newc archive of {path: bytes}, None for a folder; every file may be executed."""
    out = bytearray()
    for number, (path, data) in enumerate([*files.items(), ("TRAILER!!!", b"")], 1):
        mode = 0o040755 if data is None else 0o100755
        name = path.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(data or b""), 0, 0, 0, 0, len(name), 0)
        out += b"070701" + b"".join(b"%08x" % field for field in fields) + name
        out += bytes(-len(out) % 4) + (data or b"")
        out += bytes(-len(out) % 4)
    return bytes(out)


def unpacked_module(path):
    data = pathlib.Path(path).read_bytes()
    return lzma.decompress(data) if path.endswith(".xz") else data


def make_kernel(tree, out):
    """The image as the emulator takes it: of an EFI zboot image (loong64) what is packed inside."""
    modules = next((tree / "usr/lib/modules").iterdir())
    image = modules / "vmlinuz"
    image = image if image.exists() else next((tree / "boot").glob("vmlinuz-*"))
    data = image.read_bytes()
    if data[4:8] == b"zimg":
        offset, size = struct.unpack_from("<II", data, 8)
        if not data[24:32].startswith(b"zstd"):
            raise RuntimeError(f"{image.name}: packed by {data[24:32]!r}, not zstd")
        # The length of what was packed follows the frame and is not part of it.
        packed = data[offset : offset + size]
        data = subprocess.run(["zstd", "-dcq"], input=packed, capture_output=True).stdout
        if not data.startswith(b"MZ"):
            raise RuntimeError(f"{image.name}: could not be unpacked")
    out.write_bytes(data)


def make_initrd(tree, aml, out):
    version = kernel_version(tree)
    files = {name: None for name in ("proc", "sys", "dev", "lower", "upper", "new", "bin", "modules")}
    files["bin/busybox"] = (tree / "usr/bin/busybox").read_bytes()
    files["bin/sh"] = files["bin/busybox"]
    files["init"] = (LAB / "guest/init").read_bytes()
    files["agent"] = (LAB / "guest/agent").read_bytes()
    modules = []
    for name in INITRD_MODULES:
        shown = run("modprobe", "-d", tree, "-S", version, "--show-depends", name).decode()
        for line in shown.splitlines():
            word, _, path = line.partition(" ")
            if word == "insmod" and path.strip() not in modules:
                modules.append(path.strip())
    for number, path in enumerate(modules):
        files[f"modules/{number:02}"] = unpacked_module(path)
    # The kernel reads tables from an archive that is not packed and comes first.
    tables = {"kernel": None, "kernel/firmware": None, "kernel/firmware/acpi": None,
              "kernel/firmware/acpi/thermal.aml": aml}
    out.write_bytes(cpio(tables) + cpio(files))


def make_aml(root_bus):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "thermal.asl")
        source.write_text((LAB / "thermal.asl").read_text().replace("ROOT_BUS", root_bus))
        run("iasl", "-p", source.with_suffix(""), source)
        return source.with_suffix(".aml").read_bytes()


def make_root(tree, out):
    run("mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-E", "root_owner=0:0", "-d", tree, out, "2G")


def fetch(name, debian_arch, suite, packages):
    """A tree of unpacked packages; what its mark says."""
    tree = CACHE / name

    def make():
        (tree / ".done").unlink(missing_ok=True)
        run(SOURCE / "tools/sysroot", debian_arch, suite, tree, *packages.split())
        if (tree / "usr/lib/modules").is_dir():
            run("depmod", "-b", tree, kernel_version(tree))

    return made.ensure(CACHE, name, f"{debian_arch} {suite} {packages}", [tree], make)


def kernel_version(tree):
    return next((tree / "usr/lib/modules").iterdir()).name


@contextlib.contextmanager
def locked():
    """One at a time in the cache, which several source trees may share."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def setup(architectures):
    with locked():
        setup_emulators()
        for arch in architectures:
            setup_guest(arch)


def setup_emulators():
    for name, (suite, packages) in EMULATOR_TREES.items():
        fetch(name, "amd64", suite, packages)


def setup_guest(arch):
    debian_arch, suite, root_bus = GUESTS[arch]
    tree = CACHE / f"root-{arch}"
    packages = fetch(tree.name, debian_arch, suite, f"linux-image-{debian_arch} {GUEST_PACKAGES}")
    guest = b"".join((LAB / name).read_bytes() for name in ("guest/init", "guest/agent", "thermal.asl"))

    def image(what, made_of, make):
        out = CACHE / f"{arch}.{what}"

        def make_it():
            new = out.with_suffix(f".{what}-new")
            new.unlink(missing_ok=True)
            make(new)
            new.rename(out)  # a machine that runs keeps the one before

        made.ensure(CACHE, out.name, made_of, [out], make_it)

    image("kernel", packages, lambda out: make_kernel(tree, out))
    image("initrd", made.digest(packages, guest, root_bus, INITRD_MODULES),
          lambda out: make_initrd(tree, make_aml(root_bus), out))
    image("root", packages, lambda out: make_root(tree, out))


def build_folder(arch):
    """Those of tests/slow, which has built them before."""
    return SOURCE / ("build-dev" if arch == HOST else f"build-{arch}")


def build(arch, log):
    """Cuihuo and its unit tests for that architecture; the folder they are in."""
    script = {HOST: "make -j$(nproc) O=build-dev DEVELOPER=1 all unit-tests"}.get(
        arch, f". tests/cross/target.sh; target_build {arch}")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    with open(log, "wb") as out:
        try:
            run("bash", "-euc", script, cwd=SOURCE, env=environment, log=out)
        except RuntimeError as error:
            raise RuntimeError(f"cuihuo does not build for {arch}: see {log}") from error
    return build_folder(arch)


def make_test_roots(built):
    """The machines that unit tests build by a script, built: of thousands of files, it takes minutes in a guest.
    One archive each: a disk of a guest is slow at thousands of small files."""
    build = SOURCE / "tests/roots/build"
    built.mkdir()
    for kind in ("--list", "--families"):
        names = run(build, kind)
        (built / kind).write_bytes(names)
        for name in names.decode().split():
            run(build, name, built)
            run("tar", "-C", built, "-cf", built / f"{name}.tar", "--remove-files", name)


def make_work(folder, test_roots, out):
    """A disk with the source tree and that build, for the guest to mount where they are on the host; with test roots
    the unit tests, too, and these roots."""
    with tempfile.TemporaryDirectory(dir=out.parent) as stage:
        stage = pathlib.Path(stage)
        for name in ("docs", "harness", "po", "probes", "profiles", "reports", "tests"):
            shutil.copytree(SOURCE / name, stage / name, symlinks=True,
                            ignore=shutil.ignore_patterns("lab", "corpus", "__pycache__"))
        # The names of PCI and USB devices as on the host: inventories of test roots are compared to the byte.
        for name in ("pci.ids", "usb.ids"):
            shutil.copy(pathlib.Path("/usr/share/misc", name), stage / "probes/ids")
        there = stage / folder.name
        there.mkdir()
        shutil.copy(folder / "cuihuo", there)
        for name in ("data", "locale"):
            shutil.copytree(folder / name, there / name, symlinks=True)
        if test_roots:
            shutil.copytree(test_roots, stage / "tests/roots/built")
            shutil.copy(LAB / "guest/roots-build", stage / "tests/roots/build")
            (there / "tests/unit").mkdir(parents=True)
            for program in (folder / "tests/unit").glob("test_*"):
                if "." not in program.name:
                    shutil.copy(program, there / "tests/unit")
        out.unlink(missing_ok=True)
        run("mke2fs", "-q", "-t", "ext4", "-O", "^has_journal", "-E", "root_owner=0:0", "-d", stage, out, "1G")
