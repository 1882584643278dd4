# SPDX-License-Identifier: GPL-3.0-or-later
"""What `cuihuo probe` sees of each machine: every device of the table, and its dress."""
from case import case
from devices import ROWS


def inventory(vm):
    return vm.once("inventory", lambda: vm.cuihuo("probe --json"))


def attributes(component):
    return {name: said["value"] for name, said in component["attributes"].items()} | {"class": component["class"]}


def sees(vm, wanted):
    """How many components are like that."""
    return sum(all(attributes(one).get(name) == value for name, value in wanted.items())
               for one in inventory(vm)["components"])


def looks_for(row):
    @case(f"probe-{row.name}", wanted="seen", on=row.on, waits=row.waits)
    def look(vm):
        return "seen" if sees(vm, row.seen) else f"nothing with {row.seen}"


for one in ROWS:
    if one.seen:
        looks_for(one)


@case("probe-has-no-problem", wanted="[]")
def probe_has_no_problem(vm):
    return inventory(vm)["problems"]
