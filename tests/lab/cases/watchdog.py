# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine restarts in the middle of a run: by the bite of its watchdog, and as its user meant it."""
import time

from case import case
from fault import Run, profile, said

WORK = profile("{kernel: cpu.integer, cpus: one, duration: 20s}")
# Machine check architecture: a status that is valid, uncorrected, enabled, with miscellany, an address and a
# context that is lost; and of the processor, that it is in a machine check and knows where it was.
UNCORRECTED, IN_PROGRESS = 0xBE00000000000135, 0x5


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


@case("watchdog-bites-clean", wanted="none", last=True)
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


def restarts(vm, make_it):
    """What is found when something restarts the machine in mid-run, and how long after that was planted."""
    run = started(vm)
    start = make_it(vm)
    vm.restarted()
    found = resumed(run)
    took = time.monotonic() - start
    run.close()
    return found, took


@case("watchdog-bites", wanted="reboot-unannounced", last=True, planted=True)
def watchdog_bites(vm):
    """A watchdog that is fed no more restarts the machine; seconds count from the end of the feeding."""
    def starve(vm):
        # The kernel for loong64 has no driver of the device, but a watchdog of its own.
        vm.run("rmmod i6300esb 2>/dev/null; modprobe i6300esb heartbeat=3 2>/dev/null || "
               "modprobe softdog soft_margin=3 soft_reboot_cmd=now; ls /dev/watchdog0")
        start = time.monotonic()
        vm.start("exec 9>/dev/watchdog0; sleep 1000")
        return start
    return restarts(vm, starve)


@case("machine-check-fatal", wanted="reboot-unannounced", on=("x86_64",), last=True, planted=True)
def machine_check_fatal(vm):
    """A bank of the processor holds an error that was not corrected, and its context is lost: the kernel stops."""
    def break_down(vm):
        vm.hmp(f"mce 0 1 {UNCORRECTED:#x} {IN_PROGRESS:#x} 0x48000000 0x8c")
        return time.monotonic()
    return restarts(vm, break_down)
