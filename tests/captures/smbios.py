# SPDX-License-Identifier: GPL-3.0-or-later
"""Raw SMBIOS tables (DMTF DSP0134 3.7) from what dmidecode printed of them.

Only what dmidecode shows can be given back: types 0 to 4, 11, 16, 17 and 38, and the structures it
dumps in hex. Types left out are missing in the table, not made up. Serials are redacted in the
captures ("--") and become "not specified".
"""
import re
import struct

FIRMWARE, SYSTEM, BOARD, CHASSIS, PROCESSOR, OEM, ARRAY, MODULE, BMC = 0, 1, 2, 3, 4, 11, 16, 17, 38

CHASSIS_TYPE = ['Other', 'Unknown', 'Desktop', 'Low Profile Desktop', 'Pizza Box', 'Mini Tower', 'Tower',
                'Portable', 'Laptop', 'Notebook', 'Hand Held', 'Docking Station', 'All In One',
                'Sub Notebook', 'Space-saving', 'Lunch Box', 'Main Server Chassis', 'Expansion Chassis',
                'Sub Chassis', 'Bus Expansion Chassis', 'Peripheral Chassis', 'RAID Chassis',
                'Rack Mount Chassis']
FAMILY = {'Other': 1, 'Unknown': 2, 'ARMv7': 0x100, 'ARMv8': 0x101, 'ARM': 0x118, 'Loongson 3A': 0x25d}
FORM = {'Other': 1, 'Unknown': 2, 'Chip': 5, 'DIMM': 9, 'SODIMM': 13}
MEMORY_TYPE = {'Other': 1, 'Unknown': 2, 'DDR3': 0x18, 'DDR4': 0x1a, 'LPDDR4': 0x1e, 'DDR5': 0x22,
               'LPDDR5': 0x23}
ECC = {'Other': 1, 'Unknown': 2, 'None': 3, 'Parity': 4, 'Single-bit ECC': 5, 'Multi-bit ECC': 6, 'CRC': 7}
INTERFACE = {'KCS': 1, 'SMIC': 2, 'BT': 3, 'SSIF': 4}
UNIT = {'bytes': 0, 'kB': 10, 'MB': 20, 'GB': 30, 'TB': 40, 'PB': 50}
BAD_INDEX = 0xff


class Shown:
    """One structure as dmidecode shows it: type, handle, length, the values by key and the lists."""

    def __init__(self, kind, handle=0, length=0):
        self.kind, self.handle, self.length = kind, handle, length
        self.value, self.more, self.dump = {}, {}, b''

    def get(self, key):
        return self.value.get(key)

    def number(self, key, other=0):
        found = re.match(r'(0x[0-9A-Fa-f]+|\d+)', self.value.get(key) or '')
        return int(found[1], 0) if found else other

    def bytes(self, key):
        """'32 GB' in bytes; None where no size is named."""
        found = re.match(r'(\d+) (bytes|[kMGTP]B)$', self.value.get(key) or '')
        return int(found[1]) << UNIT[found[2]] if found else None


def read(text):
    """The structures in the text of dmidecode, in their order. Its blank lines mean nothing."""
    shown, key = [], None
    for line in text.splitlines():
        head = re.match(r'Handle 0x([0-9A-F]+), DMI type (\d+), (\d+) bytes', line)
        if head:
            shown.append(Shown(int(head[2]), int(head[1], 16), int(head[3])))
            key = None
        elif shown and line.startswith('\t\t'):
            if key:
                shown[-1].more.setdefault(key, []).append(line[2:])
        elif shown and line.startswith('\t') and ':' in line:
            key, _, value = line[1:].partition(':')
            shown[-1].value.setdefault(key, value[1:] if value.startswith(' ') else value)
    for one in shown:
        words = ' '.join(one.more.get('Header and Data', [])).split()
        one.dump = bytes(int(word, 16) for word in words)
    return shown


def version(text):
    found = re.search(r'^SMBIOS (\d+)\.(\d+)', text, re.M)
    return (int(found[1]), int(found[2])) if found else (3, 2)


class Structure:
    """Fields one behind the other from offset 4, and the texts they refer to."""

    def __init__(self, shown):
        self.shown, self.data, self.texts = shown, b'', []

    def u(self, size, value):
        self.data += int(value).to_bytes(size, 'little')
        return self

    def raw(self, data):
        self.data += data
        return self

    def text(self, key):
        return self.u(1, self.index(self.shown.get(key)))

    def index(self, text):
        if text is None or text == 'Not Specified':
            return 0
        if text == '<BAD INDEX>':
            return BAD_INDEX
        self.texts.append(text or ' ')
        return len(self.texts)

    def made(self):
        length = self.shown.length or 4 + len(self.data)
        data = self.data[:length - 4].ljust(length - 4, b'\0')
        texts = b''.join(text.encode() + b'\0' for text in self.texts) or b'\0'
        return struct.pack('<BBH', self.shown.kind, length, self.shown.handle) + data + texts + b'\0'


def rom(shown):
    size = shown.bytes('ROM Size')
    if not size:
        return 0, 0
    return (max(size // 65536 - 1, 0), 0) if size < 16 << 20 else (0xff, size >> 20)


def two(text):
    found = re.match(r'(\d+)\.(\d+)', text or '')
    return (int(found[1]), int(found[2])) if found else (0xff, 0xff)


def firmware(s):
    traits = s.shown.more.get('Characteristics', [])
    size, extended = rom(s.shown)
    second = 8 * ('UEFI is supported' in traits) + 16 * ('System is a virtual machine' in traits)
    s.text('Vendor').text('Version').u(2, 0).text('Release Date').u(1, size).u(8, 1 << 7)
    s.u(1, 'ACPI is supported' in traits).u(1, second)
    for number in two(s.shown.get('BIOS Revision')) + two(s.shown.get('Firmware Revision')):
        s.u(1, number)
    s.u(2, extended)


def system(s):
    s.text('Manufacturer').text('Product Name').text('Version').u(1, 0).raw(bytes(16)).u(1, 6)
    s.text('SKU Number').text('Family')


def board(s):
    s.text('Manufacturer').text('Product Name').text('Version').u(1, 0).u(1, 0).u(1, 9)
    s.text('Location In Chassis').u(2, s.shown.number('Chassis Handle')).u(1, 10).u(1, 0)


def chassis(s):
    kind = s.shown.get('Type')
    s.text('Manufacturer').u(1, CHASSIS_TYPE.index(kind) + 1 if kind in CHASSIS_TYPE else 2)
    s.text('Version').u(1, 0).u(1, 0).raw(b'\x03\x03\x03\x02').u(4, 0).u(1, s.shown.number('Height'))
    s.u(1, s.shown.number('Number Of Power Cords')).u(1, 0).u(1, 0).text('SKU Number')


def processor(s):
    shown = s.shown
    family = FAMILY.get(shown.get('Family'), 2)
    cores, enabled, threads = (shown.number(key) for key in ('Core Count', 'Core Enabled', 'Thread Count'))
    volts = re.match(r'(\d)\.(\d)', shown.get('Voltage') or '')
    s.text('Socket Designation').u(1, 3).u(1, min(family, 0xfe)).text('Manufacturer')
    s.raw(bytes.fromhex(shown.get('ID') or '').ljust(8, b'\0')).text('Version')
    s.u(1, 0x80 | int(volts[1] + volts[2]) if volts else 0)
    for key in ('External Clock', 'Max Speed', 'Current Speed'):
        s.u(2, shown.number(key))
    status = shown.get('Status') or 'Populated, Enabled'
    s.u(1, 0x40 * status.startswith('Populated') + ('Enabled' in status)).u(1, 2)
    for level in (1, 2, 3):
        s.u(2, shown.number(f'L{level} Cache Handle', 0xffff))
    s.u(1, 0).u(1, 0).text('Part Number')
    for count in (cores, enabled, threads):
        s.u(1, min(count, 0xff))
    s.u(2, 4).u(2, family)
    for count in (cores, enabled, threads):
        s.u(2, count)


def oem(s):
    texts = [value for key, value in s.shown.value.items() if key.startswith('String')]
    s.u(1, len(texts))
    s.texts += [text or ' ' for text in texts]


def array(s):
    size = s.shown.bytes('Maximum Capacity') or 0
    s.u(1, 3).u(1, 3).u(1, ECC.get(s.shown.get('Error Correction Type'), 2))
    s.u(4, min(size >> 10, 0x80000000)).u(2, 0xfffe).u(2, s.shown.number('Number Of Devices'))
    s.u(8, size if size >> 10 >= 0x80000000 else 0)


def jedec(shown):
    """'Bank 11, Hex 0xD6': the count of continuation bytes with odd parity, then the id."""
    found = re.match(r'Bank (\d+), Hex 0x([0-9A-F]+)', shown.get('Module Manufacturer ID') or '')
    if not found:
        return 0
    bank = int(found[1]) - 1
    bank |= 0x80 * (bin(bank).count('1') % 2 == 0)
    return bank | int(found[2], 16) << 8


def millivolts(shown, key):
    found = re.match(r'([\d.]+) V', shown.get(key) or '')
    return round(float(found[1]) * 1000) if found else 0


def module(s):
    shown = s.shown
    size = shown.bytes('Size')
    mib = 0xffff if size is None else size >> 20
    if shown.get('Size') == 'No Module Installed':
        mib = 0
    s.u(2, shown.number('Array Handle')).u(2, 0xfffe)
    s.u(2, shown.number('Total Width', 0xffff)).u(2, shown.number('Data Width', 0xffff))
    s.u(2, mib if mib < 0x7fff or size is None else 0x7fff).u(1, FORM.get(shown.get('Form Factor'), 2))
    s.u(1, 0).text('Locator').text('Bank Locator').u(1, MEMORY_TYPE.get(shown.get('Type'), 2)).u(2, 0x80)
    s.u(2, shown.number('Speed')).text('Manufacturer').u(1, 0).u(1, 0).text('Part Number')
    s.u(1, shown.number('Rank')).u(4, mib if mib >= 0x7fff and size is not None else 0)
    s.u(2, shown.number('Configured Memory Speed') or shown.number('Configured Clock Speed'))
    for key in ('Minimum Voltage', 'Maximum Voltage', 'Configured Voltage'):
        s.u(2, millivolts(shown, key))
    s.u(1, 2).u(2, 0).u(1, 0).u(2, jedec(shown)).u(2, 0).u(4, 0).raw(bytes(32))


def bmc(s):
    major, minor = two(s.shown.get('Specification Version'))
    s.u(1, INTERFACE.get((s.shown.get('Interface Type') or '').split(' ')[0], 0)).u(1, major << 4 | minor)
    s.u(1, s.shown.number('I2C Slave Address') << 1).u(1, 0xff)
    s.u(8, s.shown.number('Base Address') | ('I/O' in (s.shown.get('Base Address') or '')))


MAKE = {FIRMWARE: firmware, SYSTEM: system, BOARD: board, CHASSIS: chassis, PROCESSOR: processor, OEM: oem,
        ARRAY: array, MODULE: module, BMC: bmc}


def table(shown):
    out = b''
    for one in shown:
        if one.kind in MAKE:
            s = Structure(one)
            MAKE[one.kind](s)
            out += s.made()
        elif len(one.dump) == one.length and one.length:
            out += one.dump + b'\0\0'
    return out + struct.pack('<BBH', 127, 4, 0xfeff) + b'\0\0'


def entry_point(size, major, minor):
    entry = bytearray(struct.pack('<5sBBBBBBBIQ', b'_SM3_', 0, 24, major, minor, 0, 1, 0, size, 0))
    entry[5] = -sum(entry) & 0xff
    return bytes(entry)


# What the kernel shows of the table below sys/class/dmi/id, and where it stands in the text.
KERNEL = {'bios_vendor': (FIRMWARE, 'Vendor'), 'bios_version': (FIRMWARE, 'Version'),
          'bios_date': (FIRMWARE, 'Release Date'), 'sys_vendor': (SYSTEM, 'Manufacturer'),
          'product_name': (SYSTEM, 'Product Name'), 'product_version': (SYSTEM, 'Version'),
          'product_sku': (SYSTEM, 'SKU Number'), 'product_family': (SYSTEM, 'Family'),
          'board_vendor': (BOARD, 'Manufacturer'), 'board_name': (BOARD, 'Product Name'),
          'board_version': (BOARD, 'Version'), 'chassis_vendor': (CHASSIS, 'Manufacturer'),
          'chassis_version': (CHASSIS, 'Version')}


def kernel_names(shown):
    """File name and text; the kernel leaves out what is not specified."""
    for name, (kind, key) in KERNEL.items():
        for one in shown:
            if one.kind == kind:
                text = one.get(key)
                if text and text not in ('Not Specified', '<BAD INDEX>'):
                    yield name, text
                break
