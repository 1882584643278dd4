# SPDX-License-Identifier: GPL-3.0-or-later
"""What a kernel would show of processors that a capture has as lscpu text or as CPUID dumps."""
import re
import struct
import tarfile
import xml.etree.ElementTree as tree

import root as roots

# util-linux names an arm64 processor by its part number; this is the way back.
PART = {'Kunpeng-920': 0xd01, 'S2500': 0x663, 'FTC660': 0x660, 'FTC661': 0x661, 'FTC662': 0x662,
        'FTC663': 0x663, 'FTC664': 0x664, 'FTC862': 0x862}
IMPLEMENTER = {'HiSilicon': 0x48, 'Phytium': 0x70, '0x70': 0x70}


def values(text):
    return dict(re.findall(r'^([A-Z][^:\n]*): +(.*?) *$', text, re.M))


def numbers(text):
    out = []
    for piece in text.split(','):
        first, _, last = piece.partition('-')
        out += range(int(first), int(last or first) + 1)
    return out


def arm_lines(value, core):
    """core: the name of the core where lscpu has none ('FTC663')."""
    name = value.get('Model name')
    part = PART.get(name) or PART.get(core)
    implementer = IMPLEMENTER.get(value.get('Vendor ID'))
    lines = [f'BogoMIPS\t: {value.get("BogoMIPS")}', f'Features\t: {value.get("Flags")}']
    if name and name not in PART:
        lines.insert(0, f'model name\t: {name}')
    if part and implementer:
        lines += [f'CPU implementer\t: 0x{implementer:02x}', 'CPU architecture: 8',
                  f'CPU variant\t: {value.get("Stepping", "0x0")}', f'CPU part\t: 0x{part:03x}',
                  f'CPU revision\t: {value.get("Model", "0")}']
    return lines


def loongarch_lines(value, cpu, cores):
    return ['package\t\t\t: %d' % (cpu // cores), 'core\t\t\t: %d' % (cpu % cores),
            f'cpu family\t\t: {value.get("CPU family")}', f'model name\t\t: {value.get("Model name")}',
            f'BogoMIPS\t\t: {value.get("BogoMIPS")}', 'isa\t\t\t: loongarch32 loongarch64',
            f'features\t\t: {value.get("Flags")}']


def from_lscpu(root, text, core=None):
    value = values(text)
    total = int(value['CPU(s)'])
    threads = int(value['Thread(s) per core'])
    cores = int(value['Core(s) per socket'])
    arch = value['Architecture']
    out = ['system type\t\t: generic-loongson-machine', ''] if arch.startswith('loongarch') else []
    for cpu in range(total):
        out.append(f'processor\t: {cpu}')
        out += loongarch_lines(value, cpu, cores) if arch.startswith('loongarch') else arm_lines(value, core)
        out.append('')
    root.text('proc/cpuinfo', '\n'.join(out))
    root.fact['uname.machine'] = arch
    nodes = [numbers(value[key]) for key in sorted(value) if re.match(r'NUMA node\d+ CPU', key)]
    each = threads * cores
    roots.topology(root, [cpu % each // threads for cpu in range(total)],
                   [cpu // each for cpu in range(total)], nodes)


# --- CPUID ------------------------------------------------------------------------------------------
def from_cpuid(root, leaf, core_of, package_of):
    """leaf[number, subleaf] = eax, ebx, ecx, edx of the first processor."""
    for (number, sub), registers in leaf.items():
        root.fact[f'cpuid.{number:08x}.{sub:02x}'] = ' '.join(f'{word:08x}' for word in registers)
    root.fact['uname.machine'] = 'x86_64'
    _, ebx, ecx, edx = leaf[0, 0]
    vendor = struct.pack('<3I', ebx, edx, ecx).decode()
    brand = b''.join(struct.pack('<4I', *leaf[0x80000002 + i, 0]) for i in range(3))
    eax = leaf[1, 0][0]
    family = eax >> 8 & 15
    model = eax >> 4 & 15 | (eax >> 12 & 0xf0 if family >= 6 else 0)
    lines = []
    for cpu, core in enumerate(core_of):
        lines += [f'processor\t: {cpu}', f'vendor_id\t: {vendor}',
                  f'cpu family\t: {family + (eax >> 20 & 255) if family == 15 else family}',
                  f'model\t\t: {model}', f'model name\t: {brand.rstrip(bytes(1)).decode().strip()}',
                  f'stepping\t: {eax & 15}', f'physical id\t: {package_of[cpu]}', f'core id\t\t: {core}', '']
    root.text('proc/cpuinfo', '\n'.join(lines))
    roots.topology(root, core_of, package_of)


def from_libcpuid(root, text):
    """The two forms of libcpuid's tests: basic_cpuid[N]=... and 'CPUID N: ...' for every processor."""
    leaf, total = {}, text.count('Logical CPU #')
    for kind, number, words in re.findall(r'^(basic|ext)_cpuid\[(\d+)\]=([0-9a-f ]+)$', text, re.M):
        number = int(number) + (0x80000000 if kind == 'ext' else 0)
        leaf[number, 0] = tuple(int(word, 16) for word in words.split())
    first = text.split('Logical CPU #1')[0]
    pattern = r'^CPUID ([0-9A-F]{8}): ([0-9A-F]{8})-([0-9A-F]{8})-([0-9A-F]{8})-([0-9A-F]{8})(?:.*\[SL (\d+)\])?'
    for found in re.findall(pattern, first, re.M):
        leaf[int(found[0], 16), int(found[5] or 0)] = tuple(int(word, 16) for word in found[1:5])
    # One dump: the count of leaf 1, the threads of a core of AMD's leaf 8000001e.
    total = total or leaf[1, 0][1] >> 16 & 255
    threads = 1 + (leaf.get((0x8000001e, 0), (0, 0, 0, 0))[1] >> 8 & 255)
    from_cpuid(root, leaf, [cpu // threads for cpu in range(total)], [0] * total)


def from_hwloc(root, archive, xml):
    """hwloc-gather-cpuid: a file a processor, 'MASK eax ebx ecx edx => eax ebx ecx edx'."""
    leaf = {}
    with tarfile.open(archive) as tar:
        name = next(one for one in tar.getnames() if one.endswith('/pu0'))
        for line in tar.extractfile(name).read().decode().splitlines():
            words = [int(word, 16) for word in line.replace('=>', '').split() if word[0] != '#'] \
                if line[:1] != '#' else []
            if len(words) == 9:
                leaf[words[1], words[3]] = tuple(words[5:])
    core_of, package_of = {}, {}
    machine = tree.parse(xml).getroot()
    for package in machine.iter('object'):
        if package.get('type') != 'Package':
            continue
        for number, core in enumerate(one for one in package.iter('object') if one.get('type') == 'Core'):
            for pu in core.iter('object'):
                if pu.get('type') == 'PU':
                    core_of[int(pu.get('os_index'))] = number
                    package_of[int(pu.get('os_index'))] = int(package.get('os_index'))
    from_cpuid(root, leaf, [core_of[cpu] for cpu in sorted(core_of)],
               [package_of[cpu] for cpu in sorted(core_of)])
