# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder that `cuihuo --root` takes: files, links, facts, processors, PCI devices, sensor chips."""
import os
import re
import struct

import smbios


class Root:
    def __init__(self, folder):
        self.folder = folder
        self.fact = {}
        os.makedirs(f'{folder}/proc', exist_ok=True)

    def bytes(self, path, data):
        path = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as out:
            out.write(data)

    def text(self, path, text):
        self.bytes(path, (str(text).rstrip('\n') + '\n').encode())

    def link(self, path, target):
        """target: another path of this root; the link is written relative."""
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        os.symlink(os.path.relpath(target, os.path.dirname(path)), full)

    def finish(self):
        if self.fact:
            self.text('facts', '\n'.join(f'{key} {value}' for key, value in sorted(self.fact.items())))


def tables(root, text, shown=None):
    shown = shown if shown is not None else smbios.read(text)
    data = smbios.table(shown)
    root.bytes('sys/firmware/dmi/tables/DMI', data)
    root.bytes('sys/firmware/dmi/tables/smbios_entry_point',
               smbios.entry_point(len(data), *smbios.version(text)))
    for name, value in smbios.kernel_names(shown):
        root.text(f'sys/class/dmi/id/{name}', value)


def system(root, name, kernel, arch):
    """'KYLIN-V10', '5.4.18-35-GENERIC', 'AARCH64': how linux-hardware.org spells a machine's system."""
    product, _, version = name.partition('-')
    lines = [f'ID={product.lower()}']
    if version:
        lines.append(f'VERSION_ID="{version.lower()}"')
    root.text('etc/os-release', '\n'.join(lines))
    if product == 'NFSDESKTOP':
        root.text('etc/nfs-release', f'NFSDesktop release {version}')
    kernel_facts(root, kernel.lower(), arch.lower())


def kernel_facts(root, release, machine):
    root.fact.update({'uname.sysname': 'Linux', 'uname.release': release, 'uname.machine': machine})


# --- processors -------------------------------------------------------------------------------------
def cpu_list(numbers):
    return ','.join(str(number) for number in numbers)


def cpu_mask(numbers, total):
    value = sum(1 << number for number in numbers)
    words = [f'{value >> 32 * word & 0xffffffff:08x}' for word in range((total + 31) // 32)]
    return ','.join(reversed(words))


def topology(root, core_of, package_of, nodes=None):
    """core_of[cpu], package_of[cpu]; nodes: lists of processors."""
    total = len(core_of)
    base = 'sys/devices/system'
    for name in ('online', 'possible', 'present'):
        root.text(f'{base}/cpu/{name}', f'0-{total - 1}' if total > 1 else '0')
    alike = {}
    for cpu in range(total):
        alike.setdefault(('package', package_of[cpu]), []).append(cpu)
        alike.setdefault(('core', package_of[cpu], core_of[cpu]), []).append(cpu)
    for cpu in range(total):
        at = f'{base}/cpu/cpu{cpu}/topology'
        root.text(f'{at}/physical_package_id', package_of[cpu])
        root.text(f'{at}/core_id', core_of[cpu])
        package = alike['package', package_of[cpu]]
        core = alike['core', package_of[cpu], core_of[cpu]]
        for name, numbers in (('package_cpus', package), ('core_siblings', package),
                              ('core_cpus', core), ('thread_siblings', core)):
            root.text(f'{at}/{name}', cpu_mask(numbers, total))
            root.text(f'{at}/{name}_list', cpu_list(numbers))
    for node, numbers in enumerate(nodes or []):
        root.text(f'{base}/node/node{node}/cpumap', cpu_mask(numbers, total))
        root.text(f'{base}/node/node{node}/cpulist', cpu_list(numbers))
    if nodes:
        root.text(f'{base}/node/online', f'0-{len(nodes) - 1}' if len(nodes) > 1 else '0')


# --- PCI --------------------------------------------------------------------------------------------
SPEED = {'2.5GT/s': 1, '5GT/s': 2, '8GT/s': 3, '16GT/s': 4, '32GT/s': 5}
# The programming interface, which the short form leaves out, follows from the driver's kind.
INTERFACE = {'ahci': 1, 'nvme': 2, 'ohci-pci': 0x10, 'ehci-pci': 0x20, 'xhci_hcd': 0x30}
PCI_LINE = re.compile(r'(?P<slot>[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) \[(?P<kind>[0-9a-f]{4})\] '
                      r'(?P<vendor>[0-9a-f]{4}):(?P<device>[0-9a-f]{4})(?: rev (?P<rev>[0-9a-f]{2}))?'
                      r'(?: subsys (?P<subsystem>[0-9a-f]{4}:[0-9a-f]{4}))?(?P<rest>.*)')


def pci_config(found, interface):
    kind, rest = int(found['kind'], 16), found['rest']
    bridge = kind == 0x0604
    config = bytearray(256)
    struct.pack_into('<HH', config, 0, int(found['vendor'], 16), int(found['device'], 16))
    struct.pack_into('<BBH', config, 8, int(found['rev'] or '0', 16), interface, kind)
    config[14] = bridge
    if found['subsystem'] and not bridge:
        vendor, device = found['subsystem'].split(':')
        struct.pack_into('<HH', config, 44, int(vendor, 16), int(device, 16))
    lanes = re.search(r'cap (\S+) x(\d+) sta (\S+) x(\d+)', rest)
    if lanes:
        config[6], config[52] = 0x10, 64
        struct.pack_into('<BBH', config, 64, 0x10, 0, (4 if bridge else 0) << 4 | 2)
        struct.pack_into('<I', config, 64 + 12, SPEED[lanes[1]] | int(lanes[2]) << 4)
        struct.pack_into('<H', config, 64 + 18, SPEED.get(lanes[3], 0) | int(lanes[4]) << 4)
    return bytes(config)


def pci(root, text):
    for line in text.splitlines():
        found = PCI_LINE.match(line)
        if not found:
            continue
        address = '0000:' + found['slot']
        path = f'sys/devices/pci0000:00/{address}'
        driver = re.match(r' ([a-z][\w-]*)(?: |$)', found['rest'])
        driver = driver[1] if driver and driver[1] not in ('cap', 'power') else None
        interface = INTERFACE.get(driver, 0)
        root.bytes(f'{path}/config', pci_config(found, interface))
        root.text(f'{path}/vendor', '0x' + found['vendor'])
        root.text(f'{path}/device', '0x' + found['device'])
        root.text(f'{path}/class', f'0x{found["kind"]}{interface:02x}')
        root.link(f'sys/bus/pci/devices/{address}', path)
        if driver:
            root.link(f'{path}/driver', f'sys/bus/pci/drivers/{driver}')


# --- sensors ----------------------------------------------------------------------------------------
CHIP = re.compile(r'(?P<name>[\w-]+?)-(?P<bus>pci|isa|acpi|virtual)-(?P<at>[0-9a-f]+)$')
FACTOR = {'C': ('temp', 1000), 'V': ('in', 1000), 'mV': ('in', 1), 'A': ('curr', 1000), 'mA': ('curr', 1),
          'W': ('power', 1000000), 'RPM': ('fan', 1)}


def chip_folder(root, found, number):
    hwmon = f'hwmon/hwmon{number}'
    if found['bus'] == 'virtual':
        return f'sys/devices/virtual/{hwmon}'
    at = int(found['at'], 16)
    if found['bus'] == 'pci':
        device = f'sys/devices/pci0000:00/0000:{at >> 8:02x}:{at >> 3 & 31:02x}.{at & 7}'
    else:
        device = f'sys/devices/platform/{found["name"]}.{at}'
    kind = {'pci': 'pci', 'isa': 'platform', 'acpi': 'acpi'}[found['bus']]
    root.link(f'{device}/subsystem', f'sys/bus/{kind}')
    root.link(f'{device}/{hwmon}/device', device)
    return f'{device}/{hwmon}'


def sensors(root, text):
    """One hwmon folder a chip that libsensors printed; limits are not taken over."""
    folder, count, number = None, {}, 0
    for line in text.splitlines():
        found = CHIP.match(line)
        if found:
            folder, count = chip_folder(root, found, number), {}
            root.text(f'{folder}/name', found['name'].replace('-', '_'))
            root.link(f'sys/class/hwmon/hwmon{number}', folder)
            number += 1
            continue
        value = re.match(r'([^:]*): +\+?(-?[\d.]+) (mV|mA|[CVAW]|RPM)\b', line)
        if not folder or not value:
            continue
        kind, factor = FACTOR[value[3]]
        count[kind] = count.get(kind, 0 if kind != 'in' else -1) + 1
        name = f'{folder}/{kind}{count[kind]}'
        root.text(f'{name}_input', round(float(value[2]) * factor))
        if value[1].strip() != f'{kind}{count[kind]}':
            root.text(f'{name}_label', value[1].strip())
