# SPDX-License-Identifier: GPL-3.0-or-later
"""One emulated machine: start it, run commands in it, reach into it from outside, end it without a trace.

    with VM(machine, build, work_image, log) as vm:
        vm.run("uname -m")              output of a command in the guest; raises Failed unless it exits 0
        vm.ask("false")                 (exit code, output)
        vm.qmp("device_del", id="x")    the emulator's monitor; vm.hmp("info pci") in its human form
        vm.unplug("igb0")               a device leaves its slot
        vm.ram.flip(address, bit)       a bit of guest-physical memory
        vm.thermal(0, 45.0)             degrees of a thermal zone; vm.fan(1450)
        vm.thermal_fails(0)             it answers with an error; thermal_hangs: it does not answer
        vm.disk("nvme")                 the path of a disk's image on the host
        vm.disk_fails("nvme0", ...)     requests to a disk that fail
        vm.reset()                      and vm.restarted() afterwards
        vm.power_cut()                  and vm.power_on(), vm.boot() afterwards
        vm.crash_cut(random)            both, on a machine 'crash': its disk loses some of what was not flushed

Files live in one temporary folder and memory in nameless files, so that nothing outlasts the lab: the
emulator dies with this process, however that ends."""
import base64
import contextlib
import ctypes
import json
import mmap
import os
import pathlib
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

import setup
from crashdisk import CrashDisk

# Emulators share the cores with whatever else runs; a guest that does nothing for this long hangs.
BOOT_SECONDS = 180
# Machines that the emulator does not bring up again after a reset: it ends instead, and is started anew.
NO_RESTART = ("loong64",)
LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


class Failed(Exception):
    """The guest did not do what the case needs."""


class Gone(Failed):
    """The machine is off, or does not answer."""


def start_child(arguments, log, fds=()):
    """A process that is nice, is not reached by Ctrl-C, and ends with this one."""
    def before():
        os.nice(10)
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    return subprocess.Popen([str(word) for word in arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                            pass_fds=fds, start_new_session=True, preexec_fn=before)


class Shared:
    """Memory that the emulator maps as a file and we map too."""

    def __init__(self, name, size):
        self.fd = os.memfd_create(name)
        os.ftruncate(self.fd, size)
        self.map = mmap.mmap(self.fd, size)
        self.size = size

    def backend(self, name):
        return ["-object", f"memory-backend-file,id={name},size={self.size},mem-path=/proc/self/fd/{self.fd},share=on"]

    def close(self):
        self.map.close()
        os.close(self.fd)


class Ram:
    """The guest's memory. Addresses are guest-physical."""

    def __init__(self, shared, layout):
        self.shared = shared
        self.layout = layout  # (guest-physical start, offset in the file, size)

    def offset(self, address):
        for start, offset, size in self.layout:
            if start <= address < start + size:
                return offset + address - start
        raise Failed(f"no memory at {address:#x}")

    def address(self, where):
        for start, offset, size in self.layout:
            if offset <= where < offset + size:
                return start + where - offset
        raise Failed(f"{where:#x} is outside the memory")

    def find(self, pattern, start=0):
        """Guest-physical address of these bytes; None when they are nowhere."""
        where = self.shared.map.find(pattern, start)
        return None if where < 0 else self.address(where)

    def read(self, address, size):
        where = self.offset(address)
        return self.shared.map[where : where + size]

    def flip(self, address, bit):
        """Turn one bit (0 to 7) of the byte at the address."""
        where = self.offset(address)
        self.shared.map[where] ^= 1 << bit


class Line:
    """A connected socket to the emulator, read as long as left() says that seconds are left."""

    def __init__(self):
        self.ours, self.theirs = socket.socketpair()
        self.buffer = b""

    def connected(self):
        self.theirs.close()

    def close(self):
        self.ours.close()

    def send(self, data):
        try:
            self.ours.sendall(data)
        except OSError as error:
            raise Gone("the emulator ended") from error

    def fill(self, left):
        while not select.select([self.ours], [], [], max(0, min(left(), 2)))[0]:
            if left() <= 0:
                raise TimeoutError
        data = self.ours.recv(1 << 16)
        if not data:
            raise Gone("the emulator ended")
        self.buffer += data

    def read_line(self, left):
        while b"\n" not in self.buffer:
            self.fill(left)
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line

    def read(self, size, left):
        while len(self.buffer) < size:
            self.fill(left)
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data


class VM:
    def __init__(self, machine, build, work_image, log):
        self.machine = machine
        self.arch = machine.arch
        self.build = build  # folder of the program and tests, in the guest as on the host
        self.work_image = work_image
        self.log = pathlib.Path(log)  # of the console
        self.events = []
        self.memo = {}
        self.helpers = []
        self.process = None
        self.number = 0
        self.power_ons = 0
        self.ram = None
        self.crash = None
        self.runs = 0  # that were started in it

    # --- life -----------------------------------------------------------------------------------
    def __enter__(self):
        self.log.unlink(missing_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lab-vm-"))
        self.shared = []
        try:
            self.power_on()
            self.boot()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.power_cut()
        for helper in self.helpers:
            helper.kill()
            helper.wait()
        if self.crash:
            self.crash.close()
        for shared in self.shared:
            shared.close()
        self.shared = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def memory(self, name, size):
        shared = Shared(name, size)
        self.shared.append(shared)
        return shared

    def helper(self, arguments, socket_path):
        """A process that this machine needs, which ends with it; waits until it listens."""
        process = start_child(arguments, subprocess.DEVNULL)
        self.helpers.append(process)
        deadline = time.monotonic() + 30
        while not socket_path.exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"{arguments[0]} does not listen")
            time.sleep(0.05)
        return process

    def power_on(self):
        """Start the emulator; disks keep what they hold."""
        self.power_ons += 1
        if not self.shared:
            self.ram = self.machine.make_memory(self)
            self.board = self.memory("board", 1 << 20)
            self.thermal(0, 45), self.thermal(1, 38), self.thermal(2, 41), self.fan(1450)
            self.machine.make_disks(self.folder)
            if self.machine.crash:
                self.crash = CrashDisk(self.disk("scratch"), self.folder / "scratch.nbd")
            for row in self.machine.rows():
                if row.helper:
                    self.helper(row.helper_words(self.folder), self.folder / row.name)
        self.monitor, self.port = Line(), Line()
        arguments = self.machine.arguments(self, self.monitor.theirs.fileno(), self.port.theirs.fileno())
        fds = [self.monitor.theirs.fileno(), self.port.theirs.fileno(), *(shared.fd for shared in self.shared)]
        self.errors = open(self.folder / "emulator", "wb+")
        self.process = start_child(arguments, self.errors, fds)
        self.monitor.connected()
        self.port.connected()
        try:
            self.monitor.read_line(self.patience(60))
            self.qmp("qmp_capabilities")
        except (Gone, TimeoutError) as error:
            raise Gone(f"emulator: {self.said()}") from error

    def cpu_seconds(self):
        """Of the emulator. The number of a process's clock: clock_getcpuclockid(3)."""
        return time.clock_gettime(~self.process.pid << 3 | 2) if self.process else 0.0

    def starved(self):
        """Seconds for which the emulator was ready to go on, and something else had the processor."""
        waited = [0.0]
        for stat in pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError, IndexError):
                waited.append(int(stat.read_text().split()[1]) / 1e9)  # Documentation/scheduler/sched-stats
        return max(waited)

    def patience(self, seconds):
        """A function that says how many of these are left; those for which it is starved do not count."""
        process, start, before = self.process, time.monotonic(), self.starved()

        def left():
            starved = self.starved() - before if self.process is process else 0
            return seconds - (time.monotonic() - start - starved)
        return left

    def uptime(self):
        """The clock of the guest, in seconds."""
        return float(self.run("cut -d' ' -f1 /proc/uptime"))

    def pause(self, seconds):
        """For so long in the guest."""
        self.run(f"sleep {seconds}", seconds + 60)

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace").strip()[-500:] or "it said nothing"

    def power_cut(self):
        """The plug is pulled: nothing that the emulator did not write yet gets written."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.monitor.close()
            self.port.close()
            self.errors.close()

    def crash_cut(self, chance, keep=0.5):
        """The plug is pulled, and the disk loses some of what was not flushed; then it is on again."""
        self.power_cut()
        lost = self.crash.cut(chance, keep)
        self.power_on()
        self.boot()
        return lost

    def reset(self):
        self.qmp("system_reset")

    def restarted(self):
        """The machine restarts, by reset() or of itself: wait until it is up again."""
        if self.arch in NO_RESTART:
            left = self.patience(BOOT_SECONDS)
            while self.process.poll() is None:
                if left() <= 0:
                    raise Failed("the machine did not restart")
                time.sleep(0.2)
            self.power_cut()
            self.power_on()
        return self.boot()

    def boot(self, seconds=BOOT_SECONDS):
        """Wait until the guest is up."""
        left = self.patience(seconds)
        try:
            while not self.port.read_line(left).startswith(b"ready "):
                pass
        except (TimeoutError, Gone) as error:
            last = self.console()[-300:]
            raise Gone(f"the guest did not come up in {seconds} s ({self.said()}): {last}") from error
        self.memo.clear()
        source = quoted(setup.SOURCE)
        self.run(f"mkdir -p {source}; mount -o ro /dev/$(grep -lx work /sys/block/vd*/serial | cut -d/ -f4) {source}")

    def console(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    # --- the guest ------------------------------------------------------------------------------
    def ask(self, command, seconds=120):
        """Exit code (124: it took too long) and output of a shell command in the guest."""
        self.number += 1
        text = base64.b64encode(command.encode()).decode()
        # The emulated clock may go slower than ours.
        left = self.patience(seconds * 4 + 30)
        try:
            self.port.send(f"{self.number} {seconds} {text}\n".encode())
            while True:
                words = self.port.read_line(left).split()
                if words[:1] == [b"ready"]:
                    raise Gone("the guest restarted")
                if len(words) == 3 and int(words[0]) == self.number:
                    break
            output = self.port.read(int(words[2]), left)
        except TimeoutError as error:
            raise Gone(f"the guest does not answer; last: {self.console()[-300:]}") from error
        return int(words[1]), output.decode(errors="replace")

    def run(self, command, seconds=120):
        code, output = self.ask(command, seconds)
        if code:
            raise Failed(f"exit {code}: {command.strip()[:80]}: {output.strip()[-300:]}")
        return output

    def start(self, command):
        """Run it in the background of the guest."""
        self.run(f"setsid bash -c {quoted(command)} >/dev/null 2>&1 </dev/null 3>&- &")

    def write(self, path, data):
        """A file in the guest, of a text or bytes."""
        data = base64.b64encode(data.encode() if isinstance(data, str) else data).decode()
        self.run(f"base64 -d >{quoted(path)} <<<{data}")

    def json(self, command, seconds=120):
        """What a command prints as JSON; its exit code does not matter."""
        _, output = self.ask(f"{command} 2>/tmp/stderr", seconds)
        try:
            return json.loads(output)
        except ValueError as error:
            said = self.ask("cat /tmp/stderr")[1]
            raise Failed(f"no JSON from {command}: {(output + said).strip()[-300:]}") from error

    def cuihuo(self, arguments, seconds=120):
        return self.json(f"{self.program} {arguments}", seconds)

    @property
    def program(self):
        return f"{self.build}/cuihuo"

    def once(self, key, make):
        """make(), the first time since the guest booted."""
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    # --- from outside ---------------------------------------------------------------------------
    def qmp(self, command, **arguments):
        """The monitor's answer; its error raises Failed. Names of arguments have _ for -."""
        message = {"execute": command}
        if arguments:
            message["arguments"] = {key.replace("_", "-"): value for key, value in arguments.items()}
        self.monitor.send(json.dumps(message).encode() + b"\n")
        left = self.patience(60)
        while True:
            answer = json.loads(self.monitor.read_line(left))
            if "event" in answer:
                self.events.append(answer)
            elif "error" in answer:
                raise Failed(f"{command}: {answer['error']['desc']}")
            else:
                return answer["return"]

    def hmp(self, line):
        return self.qmp("human-monitor-command", command_line=line).strip()

    def set(self, device, name, value):
        """A property of a device of the emulator, such as nvme0 smart_critical_warning."""
        self.qmp("qom-set", path=f"/machine/peripheral/{device}", property=name, value=value)

    def unplug(self, device, seconds=60):
        """Out of its slot, when the guest has let it go."""
        self.qmp("device_del", id=device)
        left = self.patience(seconds)
        while any(one["name"] == device for one in self.qmp("qom-list", path="/machine/peripheral")):
            if left() <= 0:
                raise Failed(f"the guest does not let {device} go")
            time.sleep(0.2)

    def word(self, index, value):
        struct.pack_into("<I", self.board.map, index * 4, value)

    def thermal(self, zone, celsius):
        self.word((0, 2, 3)[zone], round((celsius + 273.15) * 10))

    def thermal_fails(self, zone):
        self.word((0, 2, 3)[zone], 0xffffffff)

    def thermal_hangs(self, zone):
        self.word((0, 2, 3)[zone], 0xfffffffe)

    def fan(self, rpm):
        self.word(1, rpm)

    def disk(self, name):
        return self.folder / f"{name}.raw"

    @contextlib.contextmanager
    def disk_fails(self, device, drive, **rule):
        """As long as this lasts requests that the rule is for fail, such as iotype="read", sector=77."""
        sound = next(one["inserted"]["node-name"] for one in self.qmp("query-block") if one["device"] == drive)
        self.qmp("blockdev-add", driver="blkdebug", node_name="failing", image=sound,
                 inject_error=[{"event": "none", "errno": 5, "once": False, **rule}])
        self.set(device, "drive", "failing")
        try:
            yield
        finally:
            self.set(device, "drive", sound)
            self.qmp("blockdev-del", node_name="failing")


def quoted(text):
    return "'" + str(text).replace("'", "'\\''") + "'"


def emulator(name, tree="qemu"):
    """The command that starts a program of an unpacked emulator with the libraries that came with it."""
    top = setup.CACHE / tree
    libraries = top / "usr/lib/x86_64-linux-gnu"
    return ["env", f"QEMU_MODULE_DIR={libraries}/qemu", top / "usr/lib64/ld-linux-x86-64.so.2",
            "--library-path", f"{libraries}:{libraries}/pulseaudio", "--argv0", name, top / "usr/bin" / name,
            *(word for part in ("share/qemu", "share/seabios", "lib/ipxe/qemu")
              for word in (("-L", top / "usr" / part) if name.startswith("qemu-system") else ()))]
