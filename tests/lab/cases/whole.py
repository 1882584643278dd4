# SPDX-License-Identifier: GPL-3.0-or-later
"""What cuihuo does on a healthy machine: its own tests, the same answers as elsewhere, a run with its
certificate, and no false alarm."""
import hashlib
import pathlib
import re
import subprocess
import tempfile

import setup
from case import case
from fault import RUNS, Run, said

CLAIMED = {"loong64": "crc,lasx,lsx,scalar", "aarch64": "aes,clmul,crc,neon,scalar,sha,sve",
           "x86_64": "aes,avx2,clmul,crc,scalar,sha,sse2"}
# What a run leaves for others to read, as commands that print it.
PAPERS = ("record {run}", "judge --json {run}", "report --lang en -o - {run}", "report --lang zh -o - {run}",
          "report --lang zh -o {run}.html {run} && cat {run}.html")


@case("selftest", wanted=CLAIMED)
def selftest(vm):
    """The instruction sets on which every kernel was proven, or what was not."""
    # On the disk: the root is in memory, which older kernels do not read without their cache.
    rows = vm.cuihuo(f"selftest --json --folder {RUNS}", 3600)
    bad = [f"{row['kernel']} {row['isa']}" for row in rows if not row["ok"]]
    return "not proven: " + ", ".join(bad) if bad else said(sorted({row["isa"] for row in rows}))


# What takes minutes on an emulated processor without being another code path than its neighbours: every
# bit of a certificate, and the proofs of all kernels, which the case selftest carries out on this guest.
LONG = {"test_certificate": "no_flipped_", "test_kernels": "every_kernel_on_every_set|a_bit_flipped_in_any_lane"}
# These first, so that no processor waits for them at the end.
FIRST = ("test_probe_roots", "test_loop", "test_signature", "test_kernels", "test_certificate")


def run_units(vm, left_out, seconds):
    """All unit tests, two programs at a time, but for some tests; the log tells how long each took. What is
    not there to be tested on a guest is skipped by the tests themselves."""
    names = sorted(path.stem for path in (setup.SOURCE / "tests/unit").glob("test_*.c"))
    where = f"{RUNS}/unit"
    vm.run(f"mkdir -p {where}")
    jobs = []
    for name in sorted(names, key=lambda name: (FIRST + (name,)).index(name)):
        program = f"{vm.build}/tests/unit/{name}"
        if name not in left_out:
            jobs.append(program)
            continue
        tests = re.findall(r"^START_TEST\((\w+)\)$", (setup.SOURCE / f"tests/unit/{name}.c").read_text(), re.M)
        tests = [test for test in tests if not re.match(left_out[name], test)]
        vm.run(f"for test in {' '.join(tests)}; do\n"
               f"printf '#!/bin/sh\\nCK_RUN_CASE=%s exec {program}\\n' $test >{where}/{name}.$test\ndone\n"
               f"chmod +x {where}/{name}.*")
        jobs += [f"{where}/{name}.{test}" for test in tests]
    _, output = vm.ask(f"cd {setup.SOURCE}; export TMPDIR={where} CK_TIMEOUT_MULTIPLIER=20\n"
                       f"xargs -P 2 -n 1 tests/run <<<'{' '.join(jobs)}'", seconds)
    vm.log.with_suffix(".units").write_text(output)
    failed = [line for line in output.splitlines() if line.startswith(("FAILED", "        ")) and "# SKIP" not in line]
    ended = output.count(" passed, ")
    if ended != len(jobs):
        failed.append(f"{ended} of {len(jobs)} programs came to their end")
    return "\n".join(failed)[-3000:] or "0 failed"


@case("unit-tests", wanted="0 failed", units=True)
def unit_tests(vm):
    return run_units(vm, LONG, 3600)


@case("unit-tests-all", wanted="0 failed", units=True, soak=True)
def all_unit_tests(vm):
    return run_units(vm, {}, 14400)


def papers(ask, run):
    """A digest of each paper; ask(command) gives what it prints."""
    return {words: hashlib.sha256(ask(words.format(run=run)).encode()).hexdigest() for words in PAPERS}


def host_run():
    """What a run on the host keeps, and the papers that the host makes of it."""
    program = setup.build_folder(setup.HOST) / "cuihuo"
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        folder = pathlib.Path(folder)
        (folder / "lab.yaml").write_text(
            "name: lab\nversion: 1\nstage: bench\ntitle: {en: Lab, zh: 实验室}\nblind: allowed\n"
            "steps:\n  - {name: integer, kernel: cpu.integer, duration: 2s}\n")
        setup.run(program, "run", folder / "lab.yaml", "-o", folder / "run")

        def ask(words):
            done = subprocess.run(f"{program} {words}", shell=True, capture_output=True)
            return done.stdout.decode()

        files = {name: (folder / "run" / name).read_bytes() for name in ("run.journal", "record.json")}
        return files, papers(ask, folder / "run")


@case("papers-are-the-same-everywhere", wanted="same")
def papers_are_the_same(vm):
    """A journal of the host gives the guest the same record, verdict and reports, byte for byte."""
    if not hasattr(setup, "reference"):
        setup.reference = host_run()
    files, wanted = setup.reference
    vm.run(f"mkdir -p {RUNS}/reference")
    for name, data in files.items():
        vm.write(f"{RUNS}/reference/{name}", data)
    got = papers(lambda words: vm.ask(f"{vm.program} {words} 2>/dev/null")[1], f"{RUNS}/reference")
    return "same" if got == wanted else "other: " + ", ".join(word for word in PAPERS if got[word] != wanted[word])


@case("quick-certified", wanted="PASS valid")
def quick_certified(vm):
    """`run quick`, a certificate from a bench key, and `verify` against the run and the machine."""
    run = Run(vm, "", "--duration 40s", "quick")
    run.wait()
    verdict = vm.cuihuo(f"judge --json {run.folder}")
    key, trust = f"{RUNS}/bench.pem", f"{RUNS}/trust"
    vm.run(f"cd {RUNS}; rm -f {key} {trust}; echo lab >word; "
           f"{vm.program} key --bench --password-file word --name bench --trust {trust} make {key}")
    vm.ask(f"{vm.program} certify --key {key} --password-file {RUNS}/word -o {RUNS}/cert {run.folder}")
    verified = vm.cuihuo(f"verify --json --trust {trust} --run {run.folder} --machine {RUNS}/cert")
    why = "".join(f" {one['code']}:{one['subject']}" for one in verdict["reasons"])
    run.close()
    return f"{verdict['verdict']} {verified.get('result', verified)}{why}"


def no_false_alarm(vm, count):
    for number in range(1, count + 1):
        run = Run(vm, "", "--duration 12s", "quick")
        code = run.wait()
        found = run.findings()
        run.close()
        if code or found:
            return f"run {number} of {count}: exit {code}, found {said(found)}"
    return "none"


@case("no-false-alarm", wanted="none")
def five_clean_runs(vm):
    return no_false_alarm(vm, 5)


@case("no-false-alarm-in-twenty", wanted="none", soak=True)
def twenty_clean_runs(vm):
    return no_false_alarm(vm, 20)
