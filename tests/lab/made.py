# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the cache is as it was made, or is made anew.

Beside each thing lies a mark, NAME.made: a digest of what it was made of, and of the size and time of
each of its files. What was interrupted has no mark, what was deleted or written to has another."""
import hashlib
import os
import pathlib
import stat


def state(paths):
    """One line for each file of these files and folders: its name, kind, size and time."""
    for path in paths:
        yield line(path)
        if path.is_dir():
            for folder, folders, files in os.walk(path):
                for name in sorted(folders + files):
                    yield line(pathlib.Path(folder, name))
                folders.sort()


def line(path):
    try:
        seen = path.lstat()
    except FileNotFoundError:
        return f"{path.name} is not there"
    if stat.S_ISDIR(seen.st_mode):
        return f"{path.name}/"
    return f"{path.name} {seen.st_mode:o} {seen.st_size} {seen.st_mtime_ns}"


def digest(*texts):
    made_of = hashlib.sha256()
    for text in texts:
        made_of.update(text if isinstance(text, bytes) else str(text).encode())
        made_of.update(b"\0")
    return made_of.hexdigest()


def ensure(cache, name, made_of, paths, make):
    """Call make() unless the files are there, made of that and untouched; what their mark says."""
    mark = cache / f"{name}.made"

    def now():
        return digest(made_of, *state(paths))

    if not mark.exists() or mark.read_text() != now():
        mark.unlink(missing_ok=True)
        make()
        mark.write_text(now())
    return mark.read_text()
