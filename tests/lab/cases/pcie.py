# SPDX-License-Identifier: GPL-3.0-or-later
"""PCIe errors and links."""
import contextlib

from case import case
from fault import Run, fault, profile, said
from inuse import WIDTH, WORK, in_use

SHORT = profile("{kernel: cpu.integer, duration: 2s}")


@contextlib.contextmanager
def wide_card(vm):
    """Another root port in the slot of one: the only thing of the emulator that has as many lanes."""
    vm.qmp("device_add", driver="pcie-root-port", id="card", bus="rp4", chassis=9, slot=9, x_speed="16", x_width="16")
    vm.run("for i in $(seq 100); do [ \"$(lspci -d 1b36:000c | wc -l)\" = 5 ] && exit 0; sleep 0.2; done; exit 1")
    try:
        yield
    finally:
        vm.unplug("card")


@fault("pcie-error-corrected", wanted="aer-correctable", beside=("hardware-corrected",), profile=WORK, before=in_use)
def pcie_error_corrected(vm, run):
    """A switch reports a packet with a bad checksum, which was sent again."""
    vm.hmp("pcie_aer_inject_error dn1 BAD_TLP")


@fault("pcie-error-fatal", wanted="aer-fatal", beside=("kernel-error", "link-lost"), profile=WORK, before=in_use,
       last=True)
def pcie_error_fatal(vm, run):
    """A root port reports a broken data link protocol; the kernel resets the link."""
    # Last: Linux 6.1 does not get the network card below it back (x86_64).
    vm.hmp("pcie_aer_inject_error rp2 DLP")


def run_once(vm):
    run = Run(vm, SHORT)
    run.wait()
    found = said(run.findings())
    run.close()
    return found


@case("pcie-link-narrow-clean", wanted="none")
def pcie_link_right(vm):
    """Between two ports of sixteen lanes with nothing behind them that has less."""
    with wide_card(vm):
        return run_once(vm)


@case("pcie-link-narrow", wanted="link-degraded", planted=True)
def pcie_link_narrow(vm):
    """A card of sixteen lanes in a slot of sixteen is trained to one; seconds are those of a whole short run."""
    with wide_card(vm):
        # A port shows the link that is below it: so this one, which is a card here, shows one lane.
        vm.qmp("device_add", driver="virtio-rng-pci", id="thin", bus="card")
        start = vm.uptime()
        return run_once(vm), vm.uptime() - start


@fault("pcie-link-narrows", wanted="link-dropped", profile=WORK, before=in_use)
def pcie_link_narrows(vm, run):
    """The kernel tells one lane of a network card that had four when the run began."""
    vm.run(f"echo 1 >{WIDTH}")
