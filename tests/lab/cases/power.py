# SPDX-License-Identifier: GPL-3.0-or-later
"""The plug pulled while the journal is written, on a disk that loses what was not flushed."""
import dataclasses
import random
import time

from case import case
from cases.memory import flip_memory
from fault import Run, profile, said

CUTS = 2
STEPS = profile("{kernel: mem.march, duration: 30s, bytes: 64MiB}", "{kernel: cpu.integer, duration: 15s}",
                "{kernel: cpu.float, duration: 15s}")


def done(record):
    """Steps that came to their end: {index: (attempt, work)}."""
    return {one["step"]: (one["attempt"], one["work"]) for one in record.get("outcomes", []) if one["kind"] == "done"}


def cut_and_resume(vm, run, chance):
    """What the record said before the power went, and is lost after it; a text, empty when all is there."""
    time.sleep(chance.uniform(2, 12))
    before = run.record()
    time.sleep(chance.uniform(0.5, 2))
    vm.crash_cut(chance)
    after = run.record()
    run.start(f"resume {run.folder}")
    lost = {step: what for step, what in done(before).items() if done(after).get(step) != what}
    findings = [one for one in before.get("findings", []) if one not in after.get("findings", [])]
    if lost or findings or after["journal_state"] == "damaged":
        return f"lost: {lost or findings or 'the journal is damaged'}"
    return ""


@case("power-cuts", wanted="exit 1, FAIL, memory-mismatch,reboot-unannounced", machine="crash", alone=True)
def power_cuts(vm):
    """Wrong data is found in memory; then the power goes, twice, at a random moment."""
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    run = Run(vm, STEPS)
    run.wait_step("s1")
    time.sleep(3)
    flip_memory(vm, run)
    run.wait_finding("memory-mismatch")
    for _ in range(CUTS):
        lost = cut_and_resume(vm, run, chance)
        if lost:
            return f"seed {seed}: {lost}"
    code = run.wait()
    record = run.record()
    verdict = vm.ask(f"jq -r .verdict {run.folder}/verdict.json")[1].strip()
    reboots = [one["code"] for one in record["findings"]].count("reboot-unannounced")
    if reboots != CUTS or len(done(record)) != 3:
        return f"seed {seed}: {reboots} reboots, {len(done(record))} steps: {run.said()}"
    return f"exit {code}, {verdict}, {said(run.findings())}{run.unsaid('memory-mismatch')}"


@case("disk-gone-after-a-power-cut", wanted="device-lost,reboot-unannounced", machine="crash", alone=True)
def disk_gone(vm):
    """A disk that was there before the power went does not come back with it."""
    run = Run(vm, profile("{kernel: cpu.integer, duration: 20s}"))
    run.wait_step("s1")
    vm.machine = dataclasses.replace(vm.machine, devices=())
    vm.crash_cut(random.Random(1))
    run.start(f"resume {run.folder}")
    run.wait()
    return said(run.findings())
