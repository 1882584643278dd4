# SPDX-License-Identifier: GPL-3.0-or-later
"""What `cuihuo probe` sees of each machine: every device of the table, and what is of the board itself."""
from case import case
from devices import ALL, ROWS


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


# Parts of the board: machine, what probe must show, where.
BOARD = {
    "thermal-zones": ("full", ({"class": "sensors", "chip": "acpitz", "kind": "temperature", "value_milli": 45000},
                               {"class": "sensors", "chip": "acpitz", "kind": "temperature", "value_milli": 38000}), ALL),
    # Linux shows the speed of such a fan from 6.11 on.
    "fan": ("full", ({"class": "sensors", "kind": "fan", "value_milli": 1450000},), ("loong64", "aarch64")),
    "screen": ("full", ({"class": "display", "pnp_id": "RHT", "width_pixels": 1280, "height_pixels": 800},), ALL),
    "sound-card": ("full", ({"class": "audio", "driver": "snd_hda_intel"},), ALL),
    "smbios": ("full", ({"class": "board", "serial": "LAB-0001"}, {"class": "board", "serial": "LAB-B001"},
                        {"class": "chassis", "serial": "LAB-C001"}, {"class": "memory", "serial": "LAB-D001"}), ALL),
    # The firmware of aarch64 leaves the nodes out.
    "nodes-and-sockets": ("nodes", ({"class": "topology", "numa_nodes": 2, "packages": 2},), ("loong64", "x86_64")),
    "sockets": ("baixin", ({"class": "topology", "packages": 2},), ("aarch64",)),
}


def board_shows(name, machine, wanted, on):
    @case(f"probe-{name}", wanted="seen", on=on, machine=machine)
    def look(vm):
        missing = [row for row in wanted if not sees(vm, row)]
        classes = {row["class"] for row in wanted}
        return f"nothing with {missing} in {shown(vm, classes)}" if missing else "seen"


for what, words in BOARD.items():
    board_shows(what, *words)


def shown(vm, classes):
    """All that was seen of these classes, for who must find out why something was not."""
    return [attributes(one) for one in inventory(vm)["components"] if one["class"] in classes]


@case("probe-says-absent", wanted={"loong64": "bmc power tpm", "aarch64": "bmc power tpm", "x86_64": "power"})
def says_absent(vm):
    """The classes of which nothing is there, each with where it was looked for."""
    classes = inventory(vm)["classes"]
    said = [one["class"] for one in classes if one["presence"] == "absent" and one.get("note")]
    other = [one for one in classes if one["presence"] not in ("present", "absent")
             or one["presence"] == "absent" and not one.get("note")]
    return " ".join(sorted(said)) + (f"; {other}" if other else "")


@case("probe-has-no-problem", wanted="[]")
def probe_has_no_problem(vm):
    return inventory(vm)["problems"]
