# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine restarts in the middle of a run: by the bite of its watchdog, and as its user meant it."""
import time

from case import case
from fault import Run, profile, said

WORK = profile("{kernel: cpu.integer, duration: 20s}")


def resumed(run):
    """What a resumed run finds: as soon as it has found something, or in all."""
    run.start(f"resume {run.folder}")
    while True:
        ended = run.code() is not None
        found = run.findings()
        if found or ended:
            return said(found)
        time.sleep(0.3)


def started(vm):
    run = Run(vm, WORK)
    run.wait_step("s1")
    return run


@case("watchdog-bites-clean", wanted="none", alone=True)
def restarted_in_order(vm):
    """The run is told to end, then the machine is restarted."""
    run = started(vm)
    run.stop()
    run.wait()
    vm.reset()
    vm.restarted()
    found = resumed(run)
    run.close()
    return found


@case("watchdog-bites", wanted="reboot-unannounced", alone=True)
def watchdog_bites(vm):
    """A watchdog that is fed no more restarts the machine; seconds count from the end of the feeding."""
    run = started(vm)
    # The kernel for loong64 has no driver of the device, but a watchdog of its own.
    vm.run("rmmod i6300esb 2>/dev/null; modprobe i6300esb heartbeat=3 2>/dev/null || "
           "modprobe softdog soft_margin=3 soft_reboot_cmd=now; ls /dev/watchdog0")
    start = time.monotonic()
    vm.start("exec 9>/dev/watchdog0; sleep 1000")
    vm.restarted()
    found = resumed(run)
    took = time.monotonic() - start
    run.close()
    return found, took
