# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/lab-faults.md: every planted fault, and the seconds until cuihuo said so.

    python3 -B tests/lab faults            writes it, with what build/lab.json has measured over what it had
    python3 -B tests/lab faults --check    does it speak of the faults that there are?"""
import json
import os
import re
import sys

import case
import setup
from devices import ALL

PAGE = setup.SOURCE / "docs/lab-faults.md"
RESULTS = setup.SOURCE / "build/lab.json"
HEAD = """# Planted faults

Each is planted from outside into a machine of the lab while a run is in its step (`make lab`), and must cause
the finding beside it; its clean twin, the same run without the fault, must cause none. The numbers are seconds
from planting to the finding, on the full machine of each architecture; a run with the name of the fault alone:
`make lab ARCH=loong64 CASE=NAME`. `-`: the fault cannot be planted there. `waits`: cuihuo has no sense for it yet.
An empty cell: no run has shown it there yet.
This page is made by `python3 -B tests/lab faults`.

Measured with QEMU 10 and 11 (TCG) on {host}, beside other work: no figure is a promise.

| fault | how | finding | {arches} |
|---|---|---|{rules}|
"""


def faults():
    return [one for one in case.CASES if one.planted]


def host():
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        name = re.search(r"^model name\s*: (.*)", cpuinfo.read(), re.M)
    return f"{os.cpu_count()} cores of {name.group(1).strip() if name else 'an unknown processor'}"


def fixed_cells(one):
    how = " ".join((one.function.__doc__ or "").split())
    finding = " ".join(sorted(set(one.wanted.values())))
    return [one.name, how, f"`{finding}`"]


def rows(page):
    """Of a page: {name: cells}."""
    cells = ([cell.strip() for cell in line.strip("|\n").split("|")] for line in page.splitlines() if line.startswith("| "))
    return {row[0]: row for row in cells if row[0] != "fault"}


def measured():
    if not RESULTS.exists():
        return {}
    return {(row["case"], row["arch"]): row for row in json.loads(RESULTS.read_text())}


def seconds(one, arch, before, results):
    if arch not in one.on:
        return "-"
    row = results.get((one.name, arch))
    if row and row["ok"]:
        return f"{row['seconds']:.0f}"
    if arch in one.waits:
        return "waits"
    return before


def make(page):
    before, results = rows(page), measured()
    lines = [HEAD.format(host=host(), arches=" | ".join(ALL), rules="|".join(["---"] * len(ALL)))]
    for one in faults():
        had = before.get(one.name, [""] * 6)[3:]
        cells = fixed_cells(one) + [seconds(one, arch, had[i], results) for i, arch in enumerate(ALL)]
        lines.append("| " + " | ".join(cells) + " |\n")
    return "".join(lines)


def check(page):
    """What is wrong with it, a line each."""
    there, wanted = rows(page), {one.name: one for one in faults()}
    wrong = [f"{name} is no fault" for name in there if name not in wanted]
    for name, one in wanted.items():
        cells = there.get(name)
        if not cells or cells[:3] != fixed_cells(one):
            wrong.append(f"{name} stands there otherwise, or not at all")
    return wrong


def faults_page(only_check):
    page = PAGE.read_text() if PAGE.exists() else ""
    if not only_check:
        PAGE.write_text(make(page))
        return 0
    wrong = check(page)
    for line in wrong:
        print(f"{PAGE.relative_to(setup.SOURCE)}: {line}; run: python3 -B tests/lab faults", file=sys.stderr)
    return 1 if wrong else 0
