# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 tests/lab setup | run [--arch NAME] [--case PATTERN | --soak] | capture | list | faults [--check]:
machines that are not there."""
import argparse
import contextlib
import importlib
import pathlib
import signal
import sys
import tempfile

import case
import machines
import setup
import table
from devices import ALL
from fault import RUNS
from vm import VM


def stop(number, _):
    """Leave through every 'with' on the way out, once."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def load_cases():
    for path in sorted(setup.LAB.glob("cases/*.py")):
        importlib.import_module(f"cases.{path.stem}")


@contextlib.contextmanager
def built(architectures, units=False):
    """The folder of logs, and for each architecture its build folder and an image of it, with its unit tests or not."""
    logs = setup.SOURCE / "build/lab"
    logs.mkdir(parents=True, exist_ok=True)
    for old in (old for arch in architectures for old in logs.glob(f"{arch}*")):
        old.unlink()
    setup.setup(architectures)
    setup.build(setup.HOST, logs / f"{setup.HOST}.build")  # what guests say is compared to what this says
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        work = {}
        test_roots = pathlib.Path(folder, "roots") if units else None
        if units:
            setup.make_test_roots(test_roots)
        for arch in architectures:
            work[arch] = (setup.build(arch, logs / f"{arch}.build"), pathlib.Path(folder, f"{arch}.work"))
            setup.make_work(work[arch][0], test_roots, work[arch][1])
        yield logs, work


def run(architectures, pattern, soak):
    cases = {arch: case.wanted_cases(arch, pattern, soak) for arch in architectures}
    cases = {arch: some for arch, some in cases.items() if some}
    if not cases:
        print(f"lab: no case is named {pattern}", file=sys.stderr)
        return 2
    units = any(one.units for some in cases.values() for one in some)
    with built(cases, units) as (logs, work):
        results = case.Results(setup.SOURCE / "build/lab.json")
        case.run_cases(cases, work, logs, results)
    return 0 if results.close() else 1


def capture(architectures):
    """Each machine, as `cuihuo capture` writes it down, becomes a test root."""
    with built(architectures) as (logs, work):
        for row in machines.ROWS:
            if row.arch in architectures:
                with VM(row, *work[row.arch], logs / f"{row.arch}-{row.name}.console") as vm:
                    vm.run(f"{vm.program} capture --force {RUNS}/root")
                    out = setup.SOURCE / f"tests/roots/live/{row.arch}-{row.name}"
                    out.parent.mkdir(exist_ok=True)
                    out.write_text(vm.run(f"cat {RUNS}/root"))
                    print(out.relative_to(setup.SOURCE), flush=True)
    return 0


def main():
    parser = argparse.ArgumentParser(prog="lab")
    parser.add_argument("what", choices=("setup", "run", "capture", "list", "faults"))
    parser.add_argument("--arch", choices=ALL, help="only this architecture")
    parser.add_argument("--case", default="*", help="only cases of these names or patterns")
    parser.add_argument("--soak", action="store_true", help="what takes long, and nothing else")
    parser.add_argument("--check", action="store_true", help="only look whether the page of faults is true")
    chosen = parser.parse_args()
    architectures = (chosen.arch,) if chosen.arch else ALL
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    load_cases()
    try:
        if chosen.what == "run":
            return run(architectures, chosen.case, chosen.soak)
        if chosen.what == "capture":
            return capture(architectures)
        if chosen.what == "list":
            for one in case.CASES:
                print(f"{one.name:<40} {' '.join(one.on)}")
            return 0
        if chosen.what == "faults":
            return table.faults_page(chosen.check)
        setup.setup(architectures)
        return 0
    except RuntimeError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
