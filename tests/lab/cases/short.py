# SPDX-License-Identifier: GPL-3.0-or-later
"""Too little of what a run needs: memory, room on its disk."""
import inuse
from case import case
from cases.disk import ON_NVME
from cases.memory import MARCH
from fault import RUNS, Run, fault, profile, said

WORK = profile("{kernel: cpu.integer, cpus: one, duration: 10s}")


def fill(vm, folder):
    """All there is, that kept for root too."""
    vm.run(f"fallocate -l $(($(stat -f -c '%f * %S' {folder}) - 4194304)) {folder}/much; "
           f"cat /dev/zero >{folder}/rest 2>/dev/null || true")


def empty(vm, folder):
    vm.run(f"rm -f {folder}/much {folder}/rest")


@fault("memory-pressure", wanted="memory-short", profile=inuse.WORK, before=inuse.in_use)
def memory_pressure(vm, run):
    """A program takes more memory than there is left, until the kernel ends it."""
    # Most is set aside for large pages: it would take the emulator half a minute to fill it. And the kernel is told
    # which program to end, as the run's step tells it.
    vm.run("set -e; k=$(awk '/MemAvailable/ { print $2 }' /proc/meminfo); "
           "echo $((k * 85 / 100 / $(awk '/Hugepagesize/ { print $2 }' /proc/meminfo))) >/proc/sys/vm/nr_hugepages; "
           "(echo 1000 >/proc/self/oom_score_adj; "
           "exec setsid dd if=/dev/zero of=/dev/null bs=${k}K count=1 >/dev/null 2>&1 3>&-) &")
    return lambda: vm.run("echo 0 >/proc/sys/vm/nr_hugepages")


@case("disk-is-full", wanted="exit 3, nothing left", planted=True)
def disk_is_full(vm):
    """A run that cannot begin says so, and leaves no folder behind."""
    vm.write("/tmp/full.yaml", MARCH)
    fill(vm, RUNS)
    try:
        code, said = vm.ask(f"{vm.program} run -o {RUNS}/no /tmp/full.yaml")
        if "no room for" not in said and "No space left" not in said:
            return said[-300:]
        return f"exit {code}, {'a folder' if vm.ask(f'ls -d {RUNS}/no')[0] == 0 else 'nothing'} left"
    finally:
        vm.run(f"rm -rf {RUNS}/no /tmp/full.yaml")
        empty(vm, RUNS)


@case("disk-gets-full", wanted="exit 0, PASS, none", planted=True)
def disk_gets_full(vm):
    """The disk of a run is filled while it is in its step: its journal has kept room for what is to come."""
    folder = ON_NVME(vm)
    run = Run(vm, WORK, where=folder)
    try:
        run.wait_step("s1")
        fill(vm, folder)
        code = run.wait()
        return f"exit {code}, {vm.cuihuo(f'judge --json {run.folder}')['verdict']}, {said(run.findings())}"
    finally:
        run.close()
        empty(vm, folder)
