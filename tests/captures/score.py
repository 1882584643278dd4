#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""score.py PROGRAM CAPTURES OUT.json [EXPECTED.tsv]: builds a root of every captured machine, lets PROGRAM
probe it and compares with expected.tsv. Prints the score and every answer that is not right; OUT.json has
{"machines":{MACHINE:{FIELD:"right"|"ambiguous"|"wrong"}},"total":{...}}.

An answer is right when it has the expected value and at least the certainty asked for. It is ambiguous
when it names several values, the expected one among them, and expected.tsv allows that: the id
fits them all. Everything else is wrong, and so is no answer, and the maker of a processor in what is
taken for a virtual machine: every capture is of a real one. Exit 1 when anything is wrong or less
than 90 % are right.
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

import build

HERE = os.path.dirname(os.path.abspath(__file__))
LEVEL = ['unknown', 'contradictory', 'ambiguous', 'likely', 'certain']
RIGHT_SHARE = 90


class Machine:
    def __init__(self, inventory):
        self.component = inventory['components']

    def of(self, kind, start=''):
        return [one for one in self.component if one['class'] == kind and one['id'].startswith(start)]

    def one(self, identity):
        return next((one for one in self.component if one['id'] == identity), {'attributes': {}})

    def get(self, identity, name):
        return answer(self.one(identity), name)


def answer(component, name):
    """The value and its certainty; None and 'unknown' where there is no such attribute."""
    found = component['attributes'].get(name)
    return (found['value'], found['certainty']) if found else (None, 'unknown')


def kinds(machine, name):
    """What the kinds of processors say, where the small cores of a chip say nothing of their own."""
    out = [answer(one, name) for one in machine.of('cpu', 'cpu/')]
    named = [(value, how) for value, how in out if value and value != 'Arm']
    values = list(dict.fromkeys(value for value, how in named))
    if not values:
        return out[0] if out else (None, 'unknown')
    return ' / '.join(values), min((how for _, how in named), key=LEVEL.index)


def count(machine, place, name, by_kind, whole):
    """Of the topology; where there is none, what the processor says."""
    value, how = machine.get(place, name)
    if value is not None:
        return value, how
    said = [answer(one, by_kind) for one in machine.of('cpu', 'cpu/')]
    said = [(value, how) for value, how in said if value is not None]
    if not said:
        return None, 'unknown'
    return whole(value for value, _ in said), min((how for _, how in said), key=LEVEL.index)


def populated(machine):
    return [one for one in machine.of('memory', 'dimm/') if answer(one, 'populated')[0] == 1]


def module_maker(module):
    value, how = answer(module, 'maker')
    return (value, how) if value else answer(module, 'manufacturer')


def joined(machine, identity, names):
    """Values one behind the other; what means nothing is '-'."""
    said = [machine.get(identity, name) for name in names]
    values = ['-' if how == 'unknown' or value is None else str(value) for value, how in said]
    return ' '.join(values), max((how for _, how in said), key=LEVEL.index)


OS_TEXTS = ('product', 'name', 'pretty_name', 'version', 'version_id', 'service_pack', 'id')


def system(machine):
    said = [machine.get('os/0', name) for name in OS_TEXTS]
    return ' '.join(str(value) for value, _ in said if value), max((how for _, how in said), key=LEVEL.index)


FIELD = {
    'maker': lambda machine: machine.get('board/system', 'manufacturer'),
    'model': lambda machine: machine.get('board/system', 'product'),
    'cpu_maker': lambda machine: kinds(machine, 'maker'),
    'cpu_model': lambda machine: kinds(machine, 'model'),
    'cores': lambda machine: count(machine, 'topology/machine', 'cores', 'cores', sum),
    'sockets': lambda machine: count(machine, 'topology/machine', 'packages', 'sockets', max),
    'memory_modules': lambda machine: (len(populated(machine)), 'likely'),
    'memory_makers': lambda machine: [module_maker(one) for one in populated(machine)],
    'board': lambda machine: machine.get('board/baseboard', 'product'),
    'firmware': lambda machine: joined(machine, 'firmware/0', ('vendor', 'version')),
    'os': system,
}


# --- comparing --------------------------------------------------------------------------------------
def plain(text):
    """Without case, and without what firmware writes one way or the other."""
    return re.sub(r'[\s_-]+', '', str(text).lower())


def same(expected, value):
    if value is None:
        return False
    if expected.startswith('*'):
        return plain(value).endswith(plain(expected[1:]))
    return plain(expected) == plain(value)


def names(expected, value):
    """The value holds the expected name as a whole word: 3C5000 is not 3C5000L."""
    letters = [re.escape(letter) for letter in expected.lower() if letter not in ' -_']
    pattern = r'(?<![0-9a-z])' + r'[ _-]*'.join(letters) + r'(?![0-9a-z+])'
    return value is not None and re.search(pattern, str(value).lower()) is not None


def judge_name(expected, wanted, value, how):
    every = expected.split(' | ')
    if wanted in ('ambiguous', 'contradictory'):
        if how == wanted and all(names(one, value) for one in every):
            return 'ambiguous' if wanted == 'ambiguous' else 'right'
        return 'wrong'
    good = LEVEL.index(how) >= LEVEL.index(wanted) and names(expected, value)
    return 'right' if good and ' or ' not in value and ' / ' not in value else 'wrong'


def judge_makers(expected, wanted, said):
    every = expected.split('; ')
    if len(every) != len(said):
        return 'wrong'
    for one, (value, how) in zip(every, said):
        if one == 'unknown':
            good = value is None or how == 'unknown'
        else:
            good = judge_name(one, wanted, value, how) == 'right'
        if not good:
            return 'wrong'
    return 'right'


def judge(field, expected, wanted, said):
    if field == 'memory_makers':
        return judge_makers(expected, wanted, said)
    value, how = said
    if expected == '-':
        return 'right' if value is None or how == 'unknown' else 'wrong'
    if field in ('cpu_maker', 'cpu_model'):
        return judge_name(expected, wanted, value, how)
    if LEVEL.index(how) < LEVEL.index(wanted):
        return 'wrong'
    if field == 'os':
        return 'right' if all(names(word, value) for word in expected.split()) else 'wrong'
    return 'right' if same(expected, value) else 'wrong'


# --- the suite --------------------------------------------------------------------------------------
def expectations(path):
    with open(path, encoding='utf-8') as file:
        lines = [line for line in file if not line.startswith('#')]
    return list(csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE))


def probe(program, root):
    done = subprocess.run([program, 'probe', '--root', root, '--json'], capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f'{program} probe --root {root}: exit {done.returncode}: {done.stderr.decode()}')
    return Machine(json.loads(done.stdout))


def score(program, captures, expected, folder):
    rows = expectations(expected)
    wanted = {row['machine'] for row in rows}
    found = build.machines(captures)
    build.build(captures, folder, [machine for machine in found if machine in wanted])
    for machine in found:
        if machine not in wanted:
            print(f'not scored: {machine}: {os.path.basename(expected)} says nothing of it')
    machines, missed, asked = {}, [], {}
    for row in rows:
        field, _, which = row['field'].partition('@')
        root = f'{folder}/{row["machine"]}' + (f'@{which}' if which else '')
        if not os.path.isdir(root):
            sys.exit(f'{captures} has no {row["machine"]}')
        if root not in asked:
            asked[root] = probe(program, root)
        said = FIELD[field](asked[root])
        result = judge(field, row['expected'], row['certainty'], said)
        if field == 'cpu_maker' and kinds(asked[root], 'hypervisor')[0]:
            result = 'wrong'
        fields = machines.setdefault(row['machine'], {})
        if row['field'] in fields:
            sys.exit(f'{expected}: {row["machine"]} has {row["field"]} twice')
        fields[row['field']] = result
        if result != 'right':
            missed.append((result, row, said))
    return machines, missed


def show(said):
    if isinstance(said, list):
        return '; '.join(show(one) for one in said) or 'none'
    return f'{said[0]} ({said[1]})' if said[0] is not None else 'nothing'


def report(machines, missed):
    order = list(FIELD)
    table = {field: {'right': 0, 'ambiguous': 0, 'wrong': 0} for field in order}
    for fields in machines.values():
        for field, result in fields.items():
            table[field.partition('@')[0]][result] += 1
    total = {result: sum(row[result] for row in table.values()) for result in ('right', 'ambiguous', 'wrong')}
    print(f'{"field":<16}{"right":>7}{"ambiguous":>11}{"wrong":>7}')
    for field, row in list(table.items()) + [('total', total)]:
        print(f'{field:<16}{row["right"]:>7}{row["ambiguous"]:>11}{row["wrong"]:>7}')
    for result, row, said in missed:
        print(f'{result}: {row["machine"]}: {row["field"]}: want {row["expected"]} ({row["certainty"]}), '
              f'got {show(said)}')
    asked = sum(total.values())
    share = 100 * total['right'] // asked if asked else 0
    print(f'{len(machines)} machines, {asked} fields with evidence, {share} % right, {total["wrong"]} wrong')
    return {**total, 'fields': asked, 'machines': len(machines), 'right_percent': share}


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    expected = sys.argv[4] if len(sys.argv) == 5 else f'{HERE}/expected.tsv'
    with tempfile.TemporaryDirectory(prefix='cuihuo-captures.') as folder:
        machines, missed = score(sys.argv[1], sys.argv[2].rstrip('/'), expected, folder)
    total = report(machines, missed)
    with open(sys.argv[3], 'w', encoding='utf-8') as out:
        json.dump({'machines': machines, 'total': total}, out, indent=1, sort_keys=True)
        out.write('\n')
    sys.exit(0 if not total['wrong'] and total['right_percent'] >= RIGHT_SHARE else 1)


if __name__ == '__main__':
    main()
