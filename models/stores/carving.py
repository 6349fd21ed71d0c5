"""Reads rows straight from the pages of a damaged SQLite file, without its tables of contents.

What is found proves itself by its checksum (`salvage.py`), so nothing has to be believed here.
Format: https://www.sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE_SIZE = 4096
TABLE_LEAF = 13
FILE_HEADER = 100
PAGE_HEADER = 8
LARGEST_PAYLOAD = 100_000_000
INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
REAL, ZERO, ONE, FIRST_BLOB = 7, 8, 9, 12

Value = int | str | bytes | None


class BadCellError(ValueError):
    """The bytes are no row; the next one may still be."""


def carve(data: bytes) -> Iterator[tuple[int, list[Value]]]:
    """Yield rowid and values of every row on every page that still looks like one of a table."""
    for start in range(0, len(data) - PAGE_SIZE + 1, PAGE_SIZE):
        header = start + (FILE_HEADER if start == 0 else 0)
        if data[header] != TABLE_LEAF:
            continue
        count = int.from_bytes(data[header + 3 : header + 5], "big")
        pointers = header + PAGE_HEADER
        if pointers + 2 * count > start + PAGE_SIZE:
            continue
        for place in range(pointers, pointers + 2 * count, 2):
            cell = start + int.from_bytes(data[place : place + 2], "big")
            try:
                yield _row(data, cell)
            except (BadCellError, IndexError):
                continue


def _row(data: bytes, cell: int) -> tuple[int, list[Value]]:
    size, place = _varint(data, cell)
    rowid, place = _varint(data, place)
    return rowid, _values(_payload(data, place, size))


def _payload(data: bytes, place: int, size: int) -> bytes:
    """Return the content of a row, the part on overflow pages included."""
    if not 0 < size <= min(LARGEST_PAYLOAD, len(data)):
        raise BadCellError
    largest = PAGE_SIZE - 35
    if size <= largest:
        return data[place : place + size]
    smallest = (PAGE_SIZE - 12) * 32 // 255 - 23
    local = smallest + (size - smallest) % (PAGE_SIZE - 4)
    if local > largest:
        local = smallest
    parts = [data[place : place + local]]
    left = size - local
    page = int.from_bytes(data[place + local : place + local + 4], "big")
    while left > 0:
        start = (page - 1) * PAGE_SIZE
        if page == 0 or start + PAGE_SIZE > len(data):
            raise BadCellError
        parts.append(data[start + 4 : start + 4 + min(left, PAGE_SIZE - 4)])
        left -= PAGE_SIZE - 4
        page = int.from_bytes(data[start : start + 4], "big")
    return b"".join(parts)


def _values(payload: bytes) -> list[Value]:
    end, place = _varint(payload, 0)
    if end > len(payload):
        raise BadCellError
    kinds: list[int] = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        size = _size(kind)
        content = payload[place : place + size]
        if len(content) != size:
            raise BadCellError
        values.append(_value(kind, content))
        place += size
    return values


def _size(kind: int) -> int:
    if kind >= FIRST_BLOB:
        return (kind - FIRST_BLOB) // 2
    if kind == REAL:
        return 8
    return INTEGER_SIZES.get(kind, 0)


def _value(kind: int, content: bytes) -> Value:
    if kind >= FIRST_BLOB:
        try:
            return content.decode() if kind % 2 else content
        except UnicodeDecodeError as error:
            raise BadCellError from error
    if kind in INTEGER_SIZES:
        return int.from_bytes(content, "big", signed=True)
    return {ZERO: 0, ONE: 1}.get(kind)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of variable length and the place after it."""
    value = 0
    for count in range(8):
        byte = data[place + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the highest bit says that more follows
            return value, place + count + 1
    return value << 8 | data[place + 8], place + 9
