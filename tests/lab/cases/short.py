# SPDX-License-Identifier: GPL-3.0-or-later
"""Too little of what a run needs: memory, room on its disk."""
from case import case
from cases.memory import MARCH
from fault import RUNS, fault

FILES = f"{RUNS}/much {RUNS}/rest"


def fill(vm):
    """All there is, that kept for root too."""
    vm.run(f"fallocate -l $(($(stat -f -c '%f * %S' {RUNS}) - 4194304)) {RUNS}/much; "
           f"cat /dev/zero >{RUNS}/rest 2>/dev/null || true")


@fault("memory-pressure", wanted="memory-short", profile=MARCH)
def memory_pressure(vm, run):
    """Two programs take all the memory there is, until the kernel ends one."""
    vm.start("for i in 1 2; do dd if=/dev/zero of=/dev/null bs=800M count=1 & done; wait")


@case("disk-is-full", wanted="exit 3, nothing left", planted=True)
def disk_is_full(vm):
    """A run that cannot begin says so, and leaves no folder behind."""
    vm.write("/tmp/full.yaml", MARCH)
    fill(vm)
    try:
        code, said = vm.ask(f"{vm.program} run -o {RUNS}/no /tmp/full.yaml")
        if "no room for" not in said and "No space left" not in said:
            return said[-300:]
        return f"exit {code}, {'a folder' if vm.ask(f'ls -d {RUNS}/no')[0] == 0 else 'nothing'} left"
    finally:
        vm.run(f"rm -rf {FILES} {RUNS}/no /tmp/full.yaml")
