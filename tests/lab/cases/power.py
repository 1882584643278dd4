# SPDX-License-Identifier: GPL-3.0-or-later
"""Power cut and reset at a random moment, while the journal is written, on a disk that loses what was not flushed."""
import dataclasses
import random
import time

from case import case
from cases.memory import flip_memory
from fault import Run, profile, said
from vm import Failed

STEPS = profile("{kernel: mem.march, cpus: one, duration: 20s, bytes: 32MiB}",
                "{kernel: cpu.integer, cpus: one, duration: 10s}", "{kernel: cpu.float, cpus: one, duration: 15s}")


def done(record):
    """Steps that came to their end: {index: (attempt, work)}."""
    return {one["step"]: (one["attempt"], one["work"]) for one in record.get("outcomes", []) if one["kind"] == "done"}


def power_cut(vm, chance):
    """It goes, and with it some of what the disk had not flushed."""
    vm.crash_cut(chance)


def reset(vm, chance):
    """Its button is pressed."""
    vm.reset()
    vm.restarted()


def reboots(record):
    return [one["code"] for one in record.get("findings", [])].count("reboot-unannounced")


def wait_reboots(run, number, seconds=120):
    """Until the run that was resumed has found them."""
    left = run.vm.patience(seconds)
    while reboots(run.record()) < number:
        if left() <= 0:
            raise Failed(f"the end of the machine was not found in {seconds} s: {run.said()}")
        time.sleep(0.3)


def end_and_resume(vm, run, chance, end):
    """What the record said before the machine ended, and is lost after it; a text, empty when all is there."""
    vm.pause(chance.uniform(1, 8))
    before = run.record()
    vm.pause(chance.uniform(0, 2))
    end(vm, chance)
    after = run.record()
    run.start(f"resume {run.folder}")
    lost = {step: what for step, what in done(before).items() if done(after).get(step) != what}
    findings = [one for one in before.get("findings", []) if one not in after.get("findings", [])]
    if lost or findings or after["journal_state"] == "damaged":
        return f"lost: {lost or findings or 'the journal is damaged'}"
    return ""


@case("power-cut-and-reset", wanted="exit 1, FAIL, memory-mismatch,reboot-unannounced", machine="crash", planted=True)
def power_cut_and_reset(vm):
    """Wrong data is found in memory; then the power goes, and after it the machine is reset, at random moments;
    seconds count from before the first of them."""
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    run = Run(vm, STEPS)
    run.wait_step("s1")
    vm.pause(3)
    flip_memory(vm, run)
    run.wait_finding("memory-mismatch")
    took = []
    for number, end in enumerate((power_cut, reset), 1):
        start = time.monotonic()
        lost = end_and_resume(vm, run, chance, end)
        if lost:
            return f"seed {seed}, {end.__name__}: {lost}"
        wait_reboots(run, number)
        took.append(time.monotonic() - start)
    code = run.wait()
    record = run.record()
    verdict = vm.ask(f"jq -r .verdict {run.folder}/verdict.json")[1].strip()
    if reboots(record) != 2 or len(done(record)) != 3:
        return f"seed {seed}: {reboots(record)} reboots, {len(done(record))} steps: {run.said()}"
    return f"exit {code}, {verdict}, {said(run.findings())}{run.unsaid('memory-mismatch')}", took[0]


@case("disk-gone-after-a-power-cut", wanted="device-lost,reboot-unannounced", machine="crash", last=True,
      planted=True)
def disk_gone(vm):
    """A disk that was there before the power went does not come back with it."""
    run = Run(vm, profile("{kernel: cpu.integer, cpus: one, duration: 10s}"))
    run.wait_step("s1")
    vm.machine = dataclasses.replace(vm.machine, devices=())
    vm.crash_cut(random.Random(1))
    run.start(f"resume {run.folder}")
    run.wait()
    return said(run.findings())
