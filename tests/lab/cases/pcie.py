# SPDX-License-Identifier: GPL-3.0-or-later
"""PCIe errors and links."""
from fault import fault, profile

WORK = profile("{kernel: cpu.integer, duration: 30s}")


def ports_report(vm):
    """What firmware does: bridges pass on the errors of what is below them."""
    vm.run("for port in $(lspci -n | sed -n 's/ 0604:.*//p'); do setpci -s $port BRIDGE_CONTROL=2:2; done")


@fault("pcie-error-corrected", wanted="aer-correctable", beside=("hardware-corrected",), profile=WORK, before=ports_report)
def pcie_error_corrected(vm, run):
    """A switch reports a packet with a bad checksum, which was sent again."""
    vm.hmp("pcie_aer_inject_error dn1 BAD_TLP")


@fault("pcie-error-fatal", wanted="aer-fatal", beside=("kernel-error", "link-lost"), profile=WORK, before=ports_report)
def pcie_error_fatal(vm, run):
    """A root port reports a broken data link protocol; the kernel resets the link."""
    vm.hmp("pcie_aer_inject_error rp2 DLP")
