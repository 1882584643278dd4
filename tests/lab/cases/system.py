# SPDX-License-Identifier: GPL-3.0-or-later
"""Processors, clocks and the machine as a whole."""
from fault import fault
from inuse import WORK, in_use


@fault("cpu-goes-offline", wanted="cpu-offline", profile=WORK, before=in_use)
def cpu_goes_offline(vm, run):
    """A processor is taken out of use."""
    vm.run("echo 0 >/sys/devices/system/cpu/cpu1/online")
    return lambda: vm.run("echo 1 >/sys/devices/system/cpu/cpu1/online")


@fault("clock-jumps", wanted="clock-jumped", profile=WORK, before=in_use)
def clock_jumps(vm, run):
    """The wall clock is set back by a day."""
    vm.run("date -s '-1 day'")
    return lambda: vm.run("date -s '+1 day'")
