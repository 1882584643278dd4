# SPDX-License-Identifier: GPL-3.0-or-later
"""What a case is, and how cases run.

    @case("probe-nvme", wanted="seen", on=ALL, machine="full")
    def probe_nvme(vm):
        return "seen" if ... else "not seen"

The function gets a booted machine and returns what it got, a text (or that and the seconds to report);
the case holds when that is what was wanted. Cases of one machine share a boot, in the order they were
written; those that are 'last', which leave it without a device or restart it, when the others are done;
'alone' gives a case a boot of its own. 'units': it needs the unit tests in its machine. 'soak' leaves it to
`make soak`. 'waits' says what cuihuo lacks for this case: it is carried out all the same, and once it holds
the word must go. 'planted' puts it into the table of faults (docs/lab-faults.md)."""
import contextlib
import dataclasses
import fnmatch
import json
import time
import traceback

import machines
import pool
from devices import ALL
from vm import VM, Failed, Gone

CASES = []
# Machines at a time: one has two processors, and waits for half of its time.
TOGETHER = 2


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    wanted: dict  # architecture: text
    on: tuple
    machine: str
    last: bool
    alone: bool
    waits: dict  # architecture: what is missing
    soak: bool
    units: bool
    planted: bool
    function: object


def case(name, wanted="ok", on=ALL, machine="full", last=False, alone=False, waits="", soak=False,
         units=False, planted=False):
    """Make a case of a function; wanted and waits: a text, or one for each architecture."""
    def add(function):
        wanting = wanted if isinstance(wanted, dict) else dict.fromkeys(on, wanted)
        waiting = waits if isinstance(waits, dict) else dict.fromkeys(on, waits) if waits else {}
        assert name not in {one.name for one in CASES}, f"two cases are named {name}"
        CASES.append(Case(name, wanting, tuple(on), machine, last, alone, waiting, soak, units, planted, function))
        return function
    return add


class Results:
    """Prints a line a case and keeps what lab.json gets."""

    def __init__(self, path):
        self.path = path
        self.rows = []
        self.count = {"passed": 0, "failed": 0, "waiting": 0}

    def add(self, arch, one, got, seconds):
        wanted = one.wanted[arch]
        ok = got == wanted
        row = {"arch": arch, "case": one.name, "wanted": wanted, "got": got, "seconds": round(seconds, 1), "ok": ok}
        waits = one.waits.get(arch)
        if waits:
            row["waits"] = waits
        self.rows.append(row)
        kind = "failed" if ok == bool(waits) else "passed"
        kind = "waiting" if waits and not ok else kind
        self.count[kind] += 1
        word = {"passed": "ok     ", "failed": "FAILED ", "waiting": "waits  "}[kind]
        print(f"{word} {arch:<8}{one.name:<40} {seconds:5.1f} s", flush=True)
        if kind == "failed":
            print(f"        wanted: {wanted}\n        got:    {got}", flush=True)
            if ok:
                print(f"        this holds now: take its 'waits' away ({waits})", flush=True)
        elif kind == "waiting":
            print(f"        for: {waits}", flush=True)
        self.write()

    def has(self, arch, one):
        return any((row["arch"], row["case"]) == (arch, one.name) for row in self.rows)

    def write(self):
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.rows, ensure_ascii=False, indent=1) + "\n")
        new.rename(self.path)

    def close(self):
        """The line in which everything ends; true when all is well."""
        self.write()
        print("{passed} passed, {failed} failed, {waiting} waiting".format(**self.count), flush=True)
        return self.count["failed"] == 0 and self.count["passed"] > 0


def by_name(name):
    return next(one for one in CASES if one.name == name)


def wanted_cases(arch, pattern, soak=False):
    """Those of one of the names; with * either those for a soak or the others."""
    return [one for one in CASES if arch in one.on and any(fnmatch.fnmatch(one.name, name) for name in pattern.split())
            and machines.machine(one.machine, arch) and (pattern != "*" or one.soak == soak)]


def boots(cases):
    """Cases that share a boot, together: [[case, ...], ...]."""
    shared, groups = {}, []
    for one in sorted(cases, key=lambda one: one.last):
        if one.alone:
            groups.append([one])
        elif one.machine in shared:
            shared[one.machine].append(one)
        else:
            shared[one.machine] = [one]
            groups.append(shared[one.machine])
    return groups


def carry_out(one, vm):
    """What it got, and how long it took."""
    start = time.monotonic()
    try:
        got = one.function(vm)
    except Gone:
        raise
    except (Failed, TimeoutError) as error:
        got = f"could not: {error}"
    except Exception:  # a mistake in the case, not a result
        got = "the case itself failed: " + traceback.format_exc(limit=-2)
    return got if isinstance(got, tuple) else (str(got), time.monotonic() - start)


@contextlib.contextmanager
def booted(make, row, say):
    """A machine that is up. One that does not come up gets a second chance, and a line that says so."""
    start = time.monotonic()
    with contextlib.ExitStack() as stack:
        try:
            vm = stack.enter_context(make(row))
        except Gone as error:
            say(f"        {row.arch} {row.name}: once more: {error}")
            vm = stack.enter_context(make(row))
        say(f"        {row.arch} {row.name}: up after {time.monotonic() - start:.1f} s")
        yield vm


def run_group(group, arch, make, say):
    """One boot for all of them; a new one after a case that lost the machine."""
    left = list(group)
    while left:
        start = time.monotonic()
        try:
            with booted(make, machines.machine(left[0].machine, arch), say) as vm:
                for one in left[:]:
                    start, before = time.monotonic(), vm.cpu_seconds()
                    got, seconds = carry_out(one, vm)
                    left.remove(one)
                    took, cpu = time.monotonic() - start, vm.cpu_seconds()
                    say(Said(arch, one.name, got, seconds, took, cpu - before if cpu >= before else cpu))
        except Gone as error:
            took = time.monotonic() - start
            say(Said(arch, left.pop(0).name, f"lost the machine: {error}", took, took, 0.0))


@dataclasses.dataclass(frozen=True)
class Said:
    """What a case got, from the process that carried it out."""
    arch: str
    name: str
    got: str
    seconds: float  # what lab.json tells: of a fault those until it was found
    took: float     # in all, on the host
    cpu: float      # of that the emulator's, without those before a restart


def run_cases(cases, work, logs, results):
    """cases: {architecture: [case, ...]}; work: {architecture: (build folder, image of it)}."""
    (logs / "times").write_text("# architecture, case, seconds in all, of a processor for the emulator\n")
    # Those with the most cases first, so that one does not go on alone at the end.
    groups = sorted(((arch, number, group) for arch in cases for number, group in enumerate(boots(cases[arch]))),
                    key=lambda job: -len(job[2]))

    def job(arch, number, group):
        return lambda say: run_group(
            group, arch, lambda row: VM(row, *work[arch], logs / f"{arch}-{number}.console"), say)

    def hear(what):
        if isinstance(what, Said):
            results.add(what.arch, by_name(what.name), what.got, what.seconds)
            with open(logs / "times", "a", encoding="utf-8") as times:
                times.write(f"{what.arch} {what.name} {what.took:.1f} {what.cpu:.1f}\n")
        elif isinstance(what, pool.Died):
            arch, _, group = groups[what.number]
            for one in group:
                if not results.has(arch, one):
                    results.add(arch, one, f"the lab itself failed: {what.why}", 0)
        else:
            print(what, flush=True)

    pool.carry_out([job(*one) for one in groups], TOGETHER, hear)
