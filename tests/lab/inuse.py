# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine at work: the run and the state that most planted faults share, and with that their clean twin."""
from fault import profile

# Some of the time: what is waited for comes from elsewhere, and an emulated processor at work takes one of the host.
WORK = profile("{kernel: cpu.integer, cpus: one, edges: {load: 200ms, idle: 800ms}, duration: 40s}")
WIDTH = "/run/lab/width"


def in_use(vm):
    ports_report(vm)
    port_is_up(vm)
    vm.once("width is told", lambda: width_is_told(vm))
    vm.run(f"echo 4 >{WIDTH}")


def ports_report(vm):
    """What firmware does: bridges pass on the errors of what is below them."""
    vm.run("for port in $(lspci -n | sed -n 's/ 0604:.*//p'); do setpci -s $port BRIDGE_CONTROL=2:2; done")


def port_is_up(vm):
    """A network port agrees with its other end, which takes a moment."""
    vm.run("name=$(ls /sys/bus/pci/drivers/e1000e/*/net); ip link set $name up; "
           "for i in $(seq 100); do grep -q 1 /sys/class/net/$name/carrier && exit 0; sleep 0.2; done; exit 1")


def width_is_told(vm):
    """No emulated link is trained again in mid-run: the file in which the kernel tells the width of one is ours."""
    vm.run(f"touch {WIDTH}; mount --bind {WIDTH} $(ls /sys/bus/pci/drivers/e1000e/*/current_link_width)")
