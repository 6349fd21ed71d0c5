"""Puts another file in the place of the store, so that a kill at any moment loses neither.

The names beside the store, in the order in which they come and go:

| name | holds |
| --- | --- |
| `….new` | a file still being written; worth nothing |
| `….next` | the same, whole and checked: it will be the store |
| `….old` | the former store, being overwritten and deleted |
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from models.stores.patience import patiently

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 1 << 20


def beside(file: Path, ending: str) -> Path:
    """Return the name beside the store that ends with `.new`, `.next` or `.old`."""
    return file.with_name(f"{file.name}.{ending}")


def replace_and_destroy(file: Path) -> None:
    """Make `….next` the store and destroy the former one."""
    patiently(lambda: file.replace(beside(file, "old")))
    patiently(lambda: beside(file, "next").replace(file))
    sync_folder(file.parent)
    destroy(beside(file, "old"))


def finish_replacement(file: Path) -> None:
    """Bring a replacement that was killed to its end; costs three looks when there was none."""
    next_file, old = beside(file, "next"), beside(file, "old")
    if next_file.exists():
        if file.exists():
            destroy(next_file)  # nothing was moved yet: the store is the former one, and whole
        else:
            patiently(lambda: next_file.replace(file))
    if old.exists() and file.exists():
        destroy(old)
    elif old.exists():
        patiently(lambda: old.replace(file))


def destroy(file: Path) -> None:
    """Overwrite a file with zeros and delete it.

    On flash memory and on file systems that never write in place the former bytes may survive in
    the device; nothing that a program can do reaches them.
    """
    patiently(lambda: _overwrite(file))
    patiently(file.unlink)


def _overwrite(file: Path) -> None:
    with file.open("r+b") as stream:
        left = os.fstat(stream.fileno()).st_size
        while left > 0:
            left -= stream.write(bytes(min(BLOCK, left)))
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(file: Path) -> None:
    """Make the content of a file survive a power cut."""
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())
