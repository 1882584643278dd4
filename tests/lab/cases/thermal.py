# SPDX-License-Identifier: GPL-3.0-or-later
"""Temperatures driven from outside, and sensors that say nothing, or nonsense, or always the same."""
import threading
import time

from fault import fault, profile
from inuse import WORK, in_use

RESTLESS_SECONDS = 180
WORK_AND_REST = profile("{kernel: cpu.integer, duration: 50s}",
                        "{kernel: disk.verify, duration: 40s, bytes: 32MiB}")


def mended(vm):
    return lambda: (vm.thermal(0, 45), vm.thermal(2, 41))


@fault("zone-too-hot", wanted="guard-stop", beside=("guard-throttle", "temperature-trip"),
       profile=WORK, before=in_use)
def zone_too_hot(vm, run):
    """A thermal zone says 104.5 C: more than the guard lets go, and less than what the kernel powers off for."""
    vm.thermal(0, 104.5)
    return mended(vm)


@fault("zone-over-its-trip", wanted="temperature-trip", profile=WORK, before=in_use)
def zone_over_its_trip(vm, run):
    """A thermal zone reaches what its firmware calls hot, which the guard lets go."""
    vm.thermal(0, 101)
    return mended(vm)


@fault("sensor-answers-with-an-error", wanted="sensor-silent", profile=WORK, before=in_use)
def sensor_fails(vm, run):
    """A thermal zone answers with an error."""
    vm.thermal_fails(0)
    return mended(vm)


@fault("sensor-does-not-answer", wanted="sensor-silent", profile=WORK, before=in_use)
def sensor_hangs(vm, run):
    """A thermal zone does not answer at all: who reads it hangs."""
    vm.thermal_hangs(0)
    return mended(vm)


@fault("sensor-says-65261.8-C", wanted="sensor-implausible", profile=WORK, before=in_use)
def sensor_lies(vm, run):
    """A thermal zone says 65261.8 C, as a byte order mixed up makes of it."""
    vm.thermal(2, 65261.8)
    return mended(vm)


def restless(vm):
    """A zone that goes up and down between 45 and 60 C, until a fault holds it."""
    vm.memo.get("restless", lambda: None)()
    held = threading.Event()

    def move():
        end = time.monotonic() + RESTLESS_SECONDS
        while time.monotonic() < end and vm.process and not held.wait(0.5):
            vm.thermal(0, 45 + time.monotonic() * 2 % 15)

    mover = threading.Thread(target=move, daemon=True)
    mover.start()

    def hold():
        held.set()
        mover.join()
    vm.memo["restless"] = hold


@fault("sensor-sticks", wanted="sensor-stuck", on=("loong64", "aarch64"), before=restless, step="s1", after=5,
       seconds=180, profile=WORK_AND_REST)
def sensor_sticks(vm, run):
    """A thermal zone that followed the load says 57 C for ever, also when the load ends."""
    vm.memo["restless"]()
    vm.thermal(0, 57)
    return mended(vm)
