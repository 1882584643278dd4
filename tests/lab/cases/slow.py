# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine that becomes slow, and no sensor says so."""
import signal
import threading
import time

from case import case
from fault import Run, fault, profile, said

# With one worker: the other machine of the lab has the other processor.
WORK = profile("{kernel: cpu.integer, cpus: one, duration: 45s}")
AFTER = 8
STAT = "/run/lab/stat"


def slowed(vm):
    """The emulator gets three tenths of the processor time it had; what ends that."""
    start, had = time.monotonic(), vm.cpu_seconds()
    time.sleep(4)
    rate = (vm.cpu_seconds() - had) / (time.monotonic() - start)
    enough = threading.Event()

    def hinder():
        start, had = time.monotonic(), vm.cpu_seconds()
        while not enough.wait(0.005):
            ahead = vm.cpu_seconds() - had > 0.3 * rate * (time.monotonic() - start)
            vm.process.send_signal(signal.SIGSTOP if ahead else signal.SIGCONT)
        vm.process.send_signal(signal.SIGCONT)

    thread = threading.Thread(target=hinder, daemon=True)
    thread.start()

    def mend():
        enough.set()
        thread.join()
    return mend


@fault("work-slows-to-a-third", wanted="work-speed-fell", profile=WORK, after=AFTER, machine="slow")
def work_slows(vm, run):
    """The processors do a third of the work of before."""
    return slowed(vm)


@case("work-slows-as-the-host-takes-time", wanted="none", machine="slow", planted=True)
def work_slows_by_steal(vm):
    """As slow, but the host of a virtual machine says that it took the time: no fault of the machine."""
    vm.run(f"cat /proc/stat >{STAT}; mount --bind {STAT} /proc/stat")
    vm.start(f"""a=100000 s=100000; while sleep 0.5; do a=$((a + 34)) s=$((s + 66))
                 printf 'cpu  %d 0 0 100000 0 0 0 %d 0 0\\n' $a $s 1<>{STAT}; done""")
    run = Run(vm, WORK)
    mend = None
    try:
        run.wait_step("s1")
        vm.pause(AFTER)
        mend = slowed(vm)
        run.wait()
        return said(run.findings())
    finally:
        if mend:
            mend()
        run.close()
        vm.ask("pkill -f 'while sleep 0.5'; umount /proc/stat")
