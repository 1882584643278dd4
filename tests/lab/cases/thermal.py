# SPDX-License-Identifier: GPL-3.0-or-later
"""Temperatures driven from outside."""
from fault import fault, profile


@fault("zone-too-hot", wanted="guard-stop", beside=("guard-throttle",),
       profile=profile("{kernel: cpu.integer, duration: 20s}"))
def zone_too_hot(vm, run):
    """A thermal zone says 95 C."""
    vm.thermal(0, 95)
    return lambda: vm.thermal(0, 45)
