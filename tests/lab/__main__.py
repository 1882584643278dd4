# SPDX-License-Identifier: GPL-3.0-or-later
"""python3 tests/lab setup | run [--arch NAME] [--case PATTERN] | list | faults [--check]: machines that are not there."""
import argparse
import importlib
import pathlib
import shutil
import signal
import sys
import tempfile

import case
import setup
import table
from devices import ALL


def stop(number, _):
    """Leave through every 'with' on the way out, once."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)


def load_cases():
    for path in sorted(setup.LAB.glob("cases/*.py")):
        importlib.import_module(f"cases.{path.stem}")


def run(architectures, pattern):
    if not any(case.wanted_cases(arch, pattern) for arch in architectures):
        print(f"lab: no case is named {pattern}", file=sys.stderr)
        return 2
    out = setup.SOURCE / "build"
    logs = out / "lab"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    results = case.Results(out / "lab.json")
    setup.setup(architectures)
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        for arch in architectures:
            if not case.wanted_cases(arch, pattern):
                continue
            build = setup.build(arch, logs / f"{arch}.build")
            image = pathlib.Path(folder, f"{arch}.work")
            setup.make_work(build, image)
            case.run_cases(arch, pattern, results, build, image, logs)
    return 0 if results.close() else 1


def main():
    parser = argparse.ArgumentParser(prog="lab")
    parser.add_argument("what", choices=("setup", "run", "list", "faults"))
    parser.add_argument("--arch", choices=ALL, help="only this architecture")
    parser.add_argument("--case", default="*", help="only cases of this name or pattern")
    parser.add_argument("--check", action="store_true", help="only look whether the page of faults is true")
    chosen = parser.parse_args()
    architectures = (chosen.arch,) if chosen.arch else ALL
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    load_cases()
    try:
        if chosen.what == "run":
            return run(architectures, chosen.case)
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
