#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""build.py CAPTURES FOLDER [MACHINE...]: a root for `cuihuo probe --root` of every machine in CAPTURES, or of
those named, as FOLDER/MACHINE or, where a capture holds several machines, FOLDER/MACHINE@VARIANT."""
import csv
import glob
import json
import os
import re
import sys
import tarfile

import processors
import root as roots
import smbios


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def unpack(root, path):
    """A packed tree of proc and sys, without its first folder."""
    with tarfile.open(path) as tar:
        for member in tar.getmembers():
            _, _, member.name = member.name.partition('/')
            if not member.name or '..' in member.name.split('/'):
                continue
            if member.issym():
                target = os.path.join(os.path.dirname(member.name), member.linkname)
                root.link(member.name, os.path.normpath(target))
            elif member.isfile():
                root.bytes(member.name, tar.extractfile(member).read())
    about = os.path.join(root.folder, 'proc/hwloc-nofile-info')
    if os.path.exists(about):
        value = processors.values(read(about))
        roots.kernel_facts(root, value['OSRelease'], value['Architecture'])


def block(text, head):
    """The indented lines below a line HEAD."""
    found = re.search(rf'^{re.escape(head)}.*\n((?:[\t ]+.*\n|\n)+)', text, re.M)
    return found[1] if found else ''


def shown(kind, text):
    one = smbios.Shown(kind)
    one.value = dict(re.findall(r'^\s+([A-Z][^:\n]*): ?(.*)$', text, re.M))
    return one


def modules(text):
    """What sbc-bench took over of the modules, from lshw or from dmidecode."""
    found = re.search(r'^(?:DIMM|RAM) configuration:\s*\n((?:[\t ]+.*\n|\s*\n)+)', text, re.M)
    if not found:
        return []
    if 'description:' not in found[1]:
        parts = [part for part in re.split(r'\n\s*\n', found[1]) if 'Locator' in part]
        return [shown(smbios.MODULE, part) for part in parts]
    out = []
    for part in re.split(r'(?=^\s+description:)', found[1], flags=re.M)[1:]:
        value = dict(re.findall(r'^\s+([a-z ]+): (.*?) *$', part, re.M))
        one = smbios.Shown(smbios.MODULE)
        size = re.match(r'(\d+)GiB', value.get('size', ''))
        speed = re.search(r'(\d+) MHz', value['description'])
        one.value = {'Size': f'{size[1]} GB' if size else 'No Module Installed', 'Locator': value.get('slot'),
                     'Manufacturer': value.get('vendor'), 'Part Number': value.get('product'),
                     'Form Factor': 'DIMM', 'Type': 'DDR4' if 'DDR4' in value['description'] else 'Unknown',
                     'Data Width': value.get('width'), 'Speed': speed[1] if speed else '0'}
        out.append(one)
    return out


def sbc_bench(root, text):
    core = re.search(r'Phytium (FTC\d+) / r', text)
    processors.from_lscpu(root, text[text.index('\nArchitecture:'):], core and core[1])
    structures = [shown(smbios.FIRMWARE, block(text, 'BIOS/UEFI:')),
                  shown(smbios.SYSTEM, block(text, 'Device Info:'))]
    if 'Processor Information' in text:
        structures.append(shown(smbios.PROCESSOR, block(text, 'Processor Information')))
    structures += modules(text)
    for handle, one in enumerate(structures):
        one.handle = handle
    roots.tables(root, '', structures)
    value = dict(re.findall(r'^(Distributor ID|Description|Release|Codename):\t(.*?) *$', text, re.M))
    root.text('etc/os-release', f'ID={value["Distributor ID"].lower()}\n'
              f'PRETTY_NAME="{value["Description"]}"\nVERSION_ID="{value["Release"]}"\n'
              f'VERSION_CODENAME={value["Codename"]}')
    release, machine = re.search(r'^Linux (\S+) .*_(\w+)_', text, re.M).groups()
    roots.kernel_facts(root, release, machine)


def os_release(root, text):
    fixture = json.loads(text)
    for path, content in fixture['input'].items():
        root.text(path.lstrip('/'), content)
    if 'platform.release' in fixture:
        root.fact['uname.release'] = fixture['platform.release']


def add(root, path, folder):
    name = os.path.basename(path)
    if name.startswith('dmidecode'):
        roots.tables(root, read(path))
    elif name == 'sensors.txt':
        roots.sensors(root, read(path))
    elif name == 'lspci-condensed.txt':
        roots.pci(root, read(path))
    elif name == 'cpuinfo':
        root.text('proc/cpuinfo', read(path))
    elif name == 'lscpu.txt':
        processors.from_lscpu(root, read(path))
    elif name == 'sbc-bench.txt':
        sbc_bench(root, read(path))
    elif name.endswith('.test'):
        processors.from_libcpuid(root, read(path))
    elif name.endswith('.json'):
        os_release(root, read(path))
    elif name.endswith('.tar.gz') or name.startswith('128arm') and name.endswith('.tar.bz2'):
        unpack(root, path)
    elif name.endswith('.tar.bz2'):
        processors.from_hwloc(root, path, glob.glob(f'{folder}/*.xml')[0])


def variant(name):
    found = re.match(r'dmidecode-(.+)\.txt|(.+)\.json', name)
    return (found[1] or found[2]) if found else ''


def systems(captures):
    """machine -> system, kernel and architecture, from the paths in MANIFEST.tsv."""
    out = {}
    with open(f'{captures}/MANIFEST.tsv', encoding='utf-8') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            found = re.search(r'/([^/]+)/([^/]+)/(AARCH64|X86_64|MIPS64|LOONGARCH64)/[^/]+$', row['path'])
            if found:
                out[row['machine']] = found.groups()
    return out


def machines(captures):
    return sorted(name for name in os.listdir(captures) if os.path.isdir(f'{captures}/{name}'))


def build(captures, folder, only):
    system = systems(captures)
    for machine in only:
        files = sorted(glob.glob(f'{captures}/{machine}/*'))
        for which in sorted({variant(os.path.basename(path)) for path in files}):
            root = roots.Root(f'{folder}/{machine}' + (f'@{which}' if which else ''))
            if machine in system and not which:
                roots.system(root, *system[machine])
            for path in files:
                if variant(os.path.basename(path)) == which:
                    add(root, path, f'{captures}/{machine}')
            root.finish()


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    build(sys.argv[1], sys.argv[2], sys.argv[3:] or machines(sys.argv[1]))
