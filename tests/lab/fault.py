# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted faults: a run in the guest, something broken from outside, and the finding it must cause.

    @fault("zone-too-hot", wanted="guard-stop", profile=profile("{kernel: cpu.integer, duration: 60s}"))
    def zone_too_hot(vm, run):
        vm.thermal(0, 104.5)

makes two cases: NAME, and NAME-clean, the same run with nothing planted, which must find nothing. The
function is called when the run is in its step (the last one, or `step`) for `after` seconds. What it
returns is called at the end, to mend what it broke. `before` is called with the machine before either run,
to make it ready; what it returns is the folder in which the run is to lie. `beside` are findings that may
come with the wanted one; run.evidence, set by the function, is what the finding must say. In lab.json `seconds`
is the time from planting to the finding."""

from case import case
from devices import ALL
from vm import Failed, quoted

RUNS = "/var/lib/lab"

PROFILE = """name: lab
version: 1
stage: bench
title: {{en: Lab, zh: 实验室}}
blind: allowed
guard:
  - {{metric: temperature, throttle: 102C, stop: 104C, hold: 3s, silent: 15s, plausible: [-40C, 125C]}}
{more}
fences: {{scratch: 256MiB}}
steps:
{steps}
"""


def profile(*steps, more=""):
    """A profile with these steps, flow mappings without their names: they are s1, s2, ..."""
    rows = (f"  - {{name: s{number}, {step.strip().removeprefix('{')}" for number, step in enumerate(steps, 1))
    return PROFILE.format(steps="\n".join(rows), more=more)


class Run:
    """`cuihuo run` in the background of a guest, with the text of a profile or a named one."""

    def __init__(self, vm, text, options="", named="", where=None):
        self.vm = vm
        self.evidence = {}  # what the wanted finding must say
        vm.runs += 1
        self.folder = f"{where or RUNS}/run{vm.runs}"
        self.beside = f"{RUNS}/run{vm.runs}"  # what is said of it stays on a disk that nobody breaks
        self.profile = named or f"{self.beside}.yaml"
        if not named:
            vm.write(self.profile, text)
        self.start(f"run {options} -o {self.folder} {self.profile}")

    def start(self, words):
        out = self.beside
        self.vm.start(f"rm -f {out}.code; {self.vm.program} {words} --json >{out}.json 2>{out}.err; echo $? >{out}.code")

    def status(self):
        return self.vm.cuihuo(f"status --json {self.folder}")

    def code(self):
        """Its exit code; None while it runs."""
        code, output = self.vm.ask(f"cat {self.beside}.code")
        return None if code or not output.strip() else int(output)  # a full disk takes no number

    def said(self):
        return self.vm.ask(f"cat {self.beside}.err")[1].strip()[-300:]

    def until(self, test, seconds):
        """Wait for a test of the shell to hold, but no longer than for the run's end. It is the guest that waits:
        asked often it has more to do than the run."""
        self.vm.ask(f"for i in $(seq {seconds}); do {test} && break; [ -s {self.beside}.code ] && break; sleep 1; done",
                    seconds * 2 + 60)

    def wait_step(self, name, seconds=120):
        test = f"{self.vm.program} status --json {self.folder} 2>/dev/null | grep -q '\"step\":\"{name}\"'"
        self.until(test, seconds)
        if self.code() is not None:
            raise Failed(f"the run ended before its step {name}: {self.said()}")
        if self.vm.ask(test)[0]:
            raise Failed(f"the run did not come to its step {name}: {self.said()}")

    def wait(self, seconds=300):
        """Its exit code, when it ended."""
        self.until("false", seconds)
        code = self.code()
        if code is None:
            raise Failed(f"the run did not end in {seconds} s")
        return code

    def look_for(self, code, seconds):
        """Until that is found, or the run or the time ended."""
        self.until(f"{self.vm.program} record {self.folder} 2>/dev/null | grep -q '\"code\":\"{code}\"'", seconds)

    def wait_finding(self, code, seconds=120):
        self.look_for(code, seconds)
        if code not in self.findings():
            raise Failed(f"{code} was not found in {seconds} s")

    def record(self):
        return self.vm.cuihuo(f"record {self.folder}")

    def findings(self):
        """The codes of what was found so far, each once, in order."""
        return sorted({one["code"] for one in self.record().get("findings", [])})

    def stop(self):
        """As a user does it."""
        self.vm.ask(f"pid=$({self.vm.program} status --json {self.folder} | jq .runner_pid); "
                    "[ \"$pid\" = null ] || kill -INT $pid")

    def unsaid(self, code):
        """What a finding of that code should say and does not; empty when all is there."""
        says = [one["evidence"] for one in self.record().get("findings", []) if one["code"] == code]
        if any(self.evidence.items() <= one.items() for one in says):
            return ""
        return f", but it says {says} for {self.evidence}"

    def close(self):
        """End it if it runs, and remove what it wrote."""
        self.stop()
        self.vm.ask(f"sleep 1; rm -rf {quoted(self.folder)} {quoted(self.beside)}*")


def said(codes):
    return ",".join(codes) or "none"


def clean(vm, text, options, before):
    """What the same run finds when nothing is planted; done once a boot."""
    def make():
        run = Run(vm, text, options, where=before and before(vm))
        run.wait()
        found = said(run.findings())
        run.close()
        return found
    return vm.once(("clean", text, options, before), make)


def planted(vm, plant, wanted, text, options, before, step, after, seconds, beside):
    run = Run(vm, text, options, where=before and before(vm))
    mend = None
    try:
        run.wait_step(step)
        vm.pause(after)
        start = vm.uptime()
        mend = plant(vm, run)
        run.look_for(wanted, seconds)
        took = vm.uptime() - start
        found = run.findings()
        unsaid = run.unsaid(wanted) if wanted in found else ""
        return said([one for one in found if one not in beside]) + unsaid, took
    finally:
        run.close()
        if mend:
            mend()


def fault(name, wanted, profile, on=ALL, machine="full", last=False, waits="", step=None, after=1, seconds=90,
          options="", before=None, beside=(), twin=True):
    step = step or f"s{profile.count('- {name: s')}"

    def add(plant):
        if twin:
            case(f"{name}-clean", wanted="none", on=on, machine=machine)(
                lambda vm: clean(vm, profile, options, before))

        def carry_out(vm):
            return planted(vm, plant, wanted, profile, options, before, step, after, seconds, beside)

        carry_out.__doc__ = plant.__doc__
        case(name, wanted=wanted, on=on, machine=machine, last=last, waits=waits,
             planted=True)(carry_out)
        return plant
    return add
