# SPDX-License-Identifier: GPL-3.0-or-later
"""Too little of what a run needs: memory, room on its disk."""
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


@fault("memory-pressure", wanted="memory-short", profile=MARCH)
def memory_pressure(vm, run):
    """Two programs take all the memory there is, until the kernel ends one."""
    vm.start("k=$(awk '/MemTotal/ { print $2 }' /proc/meminfo); "
             "for i in 1 2; do dd if=/dev/zero of=/dev/null bs=$((k * 6 / 10))K count=1 & done; wait")


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
