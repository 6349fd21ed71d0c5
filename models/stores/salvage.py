"""Takes everything readable out of a damaged store into a new one; the damaged file is only read.

Three ways, each for what the one before could not reach: through SQLite row by row; the same with
the first page of a backup where the file's own is lost; and page by page where nothing leads to a
row any more. A row counts when its checksum fits.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.stores.carving import PAGE_SIZE, carve
from models.stores.cipher import is_plain, salt_of
from models.stores.salvage_beside import BESIDE, write_beside
from models.stores.salvage_roots import read_by_roots
from models.stores.store_errors import database_errors, error_code
from models.stores.store_file import connect, create, make_private
from models.stores.store_replacement import destroy
from models.stores.store_rows import checksum, searched_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from models.stores.cipher import StoreKey

BLOCK = 64 * 1024
LONG_AGO = "2000-01-01T00:00:00+00:00"
MOST_IDS = 1_000_000
HOPELESS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB)
"""No such table or column, or no database at all: no row of it can be read either."""
UNREADABLE_TEXT = (UnicodeDecodeError, OverflowError)
# How the rows of each table are read; the columns that every version of the store has.
CONSULTATIONS = (
    "id, document, checksum, client_name, consulted_on, title, updated_at FROM consultation"
)
LATER_COLUMNS = "id, identity, archived FROM consultation"
STEPS = "consultation, position, path, before, after, label, checksum, undone FROM undo_step"
PRINTS = (
    "id, consultation, printed_at, catalog_hash, document, result, pdf, checksum FROM printed_sheet"
)


@dataclass(slots=True)
class Salvaged:
    """What was read: rows by id, each proved by its checksum but those that stand `beside`."""

    consultations: dict[int, Sequence[Any]] = field(default_factory=dict[int, "Sequence[Any]"])
    later: dict[int, tuple[str, int]] = field(default_factory=dict[int, "tuple[str, int]"])
    steps: dict[tuple[int, int], Sequence[Any]] = field(
        default_factory=dict["tuple[int, int]", "Sequence[Any]"]
    )
    prints: dict[int, Sequence[Any]] = field(default_factory=dict[int, "Sequence[Any]"])
    beside: dict[str, set[tuple[Any, ...]]] = field(
        default_factory=dict[str, "set[tuple[Any, ...]]"]
    )

    def take(self, row: Sequence[Any]) -> None:
        """Keep a row of any table, if its checksum says that it is one."""
        if _is_consultation(row):
            self.consultations.setdefault(row[0], row)
        elif _is_step(row):
            self.steps.setdefault((row[0], row[1]), row)
        elif _is_print(row):
            self.prints.setdefault(row[0], row)


def salvage(damaged_file: Path, key: StoreKey | None, target: Path, sound_copy: Path | None) -> int:
    """Write a new store with everything readable; return how many consultations it holds.

    `sound_copy` is a backup whose first page may stand in for a lost one. Nothing is written when
    nothing could be read (0). Errors of the file system are for the caller to explain.
    """
    work = target.with_name(f"{target.name}.work")
    make_private(work)
    try:
        data = _read_what_can_be(damaged_file)
        work.write_bytes(data)
        found = Salvaged()
        is_whole = _read_by_sql(work, key, found)
        if not is_whole and key is None:
            for rowid, values in carve(data):
                found.take([rowid, *values[1:]] if values and values[0] is None else values)
                _take_carved_identity(found, rowid, values)
        elif not is_whole:
            read_by_roots(work, key, found.take)
        if (
            not is_whole
            and sound_copy is not None
            and _lend_first_page(sound_copy, key, data, work)
        ):
            _read_by_sql(work, key, found)
            if key is not None:
                read_by_roots(work, key, found.take)
    finally:
        destroy(work)
    if found.consultations:
        _write(target, key, found)
    return len(found.consultations)


def _read_what_can_be(file: Path) -> bytes:
    """Return the bytes of a file with zeros where the disk gives none."""
    size = file.stat().st_size
    parts: list[bytes] = []
    with file.open("rb", buffering=0) as stream:
        for start in range(0, size, BLOCK):
            wanted = min(BLOCK, size - start)
            try:
                stream.seek(start)
                block = stream.read(wanted) or b""
            except OSError:
                block = b""
            parts.append(block.ljust(wanted, b"\0"))
    data = b"".join(parts)
    return data + bytes(-len(data) % PAGE_SIZE)  # a last page cut short


def _lend_first_page(sound_copy: Path, key: StoreKey | None, data: bytes, work: Path) -> bool:
    """Lay the pages of the damaged file behind the first one of a backup with the same key.

    The backup is grown to their number first, for the first page says how many there are.
    """
    if (None if is_plain(sound_copy) else salt_of(sound_copy)) != (key and key.salt):
        return False
    work.write_bytes(sound_copy.read_bytes())
    with _trying(), _connection(work, key, "rw") as connection:
        connection.execute("CREATE TABLE room (zeros BLOB)")
        # Pages that are free already are filled first, hence the loop.
        while (missing := len(data) // PAGE_SIZE - _page_count(connection)) > 0:
            connection.execute("INSERT INTO room VALUES (zeroblob(?))", (missing * PAGE_SIZE,))
    size = work.stat().st_size
    with work.open("r+b") as stream:
        stream.seek(PAGE_SIZE)
        # Nothing else of the backup stays: it may hold what was deleted since.
        stream.write(data[PAGE_SIZE:].ljust(size - PAGE_SIZE, b"\0"))
    return True


def _read_by_sql(file: Path, key: StoreKey | None, found: Salvaged) -> bool:
    """Take every row that SQLite gives; return whether it gave all of them without an error."""
    failed = _Failures()
    for columns in (CONSULTATIONS, STEPS, PRINTS):
        for row in _rows(file, key, columns, failed):
            found.take(row)
    for row in _rows(file, key, LATER_COLUMNS, failed):
        if isinstance(row[0], int):
            found.later.setdefault(row[0], (str(row[1]), int(row[2] == 1)))
    for table, columns in BESIDE.items():
        rows = _rows(file, key, f"{columns} FROM {table}", failed)
        found.beside.setdefault(table, set()).update(tuple(row) for row in rows)
    return failed.count == 0


@dataclass(slots=True)
class _Failures:
    """How often a table could not be read in one go."""

    count: int = 0


def _rows(
    file: Path, key: StoreKey | None, columns: str, failed: _Failures
) -> Iterator[Sequence[Any]]:
    """Yield the rows of a table: first in one go, then each on its own beyond the first error."""
    first = columns.split(",", maxsplit=1)[0]
    try:
        with _connection(file, key) as connection:
            yield from connection.execute(f"SELECT {columns} ORDER BY {first}")
    except UNREADABLE_TEXT:
        failed.count += 1
    except database_errors() as error:
        code = error_code(error)
        failed.count += code != sqlite3.SQLITE_ERROR
        if code in HOPELESS:
            return
    else:
        return
    for number in range(1, _last_number(file, key, columns) + 1):
        # An error of SQLCipher stays with a connection, hence a new one for each row.
        with _trying(), _connection(file, key) as connection:
            yield from connection.execute(f"SELECT {columns} WHERE {first} = ?", (number,))


def _last_number(file: Path, key: StoreKey | None, columns: str) -> int:
    table = columns.rsplit(" ", 1)[1]
    owner = table if table == "printed_sheet" else "consultation"
    for query in (
        f"SELECT max(id) FROM {owner}",  # noqa: S608 - our own names
        f"SELECT seq FROM sqlite_sequence WHERE name = '{owner}'",  # noqa: S608 - our own names
    ):
        with _trying(), _connection(file, key) as connection:
            row = connection.execute(query).fetchone()
            if row is not None and isinstance(row[0], int):
                return min(row[0], MOST_IDS)
    return 0


def _page_count(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA page_count").fetchone()[0]


@contextmanager
def _connection(file: Path, key: StoreKey | None, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    connection = connect(file, mode, key)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _trying() -> Iterator[None]:
    """Go on after a row or a table that cannot be read."""
    try:
        yield
    except (*database_errors(), *UNREADABLE_TEXT):
        return


def _take_carved_identity(found: Salvaged, rowid: int, values: Sequence[Any]) -> None:
    """Take what the second version added to a consultation."""
    match values:
        case [None, str(), str(), str(), _, str(), str(), str() as identity, int() as archived, *_]:
            found.later.setdefault(rowid, (identity, int(archived == 1)))
        case _:
            pass


def _is_consultation(row: Sequence[Any]) -> bool:
    match row:
        case [int(), str() as document, str() as written, str(), str() | None, str(), str(), *_]:
            return checksum(document) == written and _is_case(document)
        case _:
            return False


def _is_case(document: str) -> bool:
    try:
        case = json.loads(document)
    except ValueError:
        return False
    return isinstance(case, dict) and isinstance(case.get("answers"), dict)


def _is_step(row: Sequence[Any]) -> bool:
    match row:
        case [int(), int(), str(), str(), str(), str(), str() as written, int(), *_]:
            return checksum(*row[2:6]) == written
        case _:
            return False


def _is_print(row: Sequence[Any]) -> bool:
    match row:
        case [int(), int(), str(), str(), str(), str(), bytes(), str() as written]:
            return checksum(*row[2:7]) == written
        case _:
            return False


def _write(target: Path, key: StoreKey | None, found: Salvaged) -> None:
    create(target, key)
    connection = connect(target, "rw", key)
    try:
        connection.execute("BEGIN IMMEDIATE")
        identities: set[str] = set()
        for number, row in sorted(found.consultations.items()):
            identity, archived = found.later.get(number, ("", 0))
            if not identity or identity in identities:
                (identity,) = connection.execute("SELECT lower(hex(randomblob(16)))").fetchone()
            identities.add(identity)
            # Only the document is proved by its checksum, so the rest comes from it where it can.
            case = json.loads(row[1])
            listed = (row[3], case.get("consulted_on"), str(case.get("title", "")), _moment(row[6]))
            connection.execute(
                "INSERT INTO consultation (id, document, checksum, client_name, consulted_on,"
                " title, updated_at, identity, archived, search_text)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row[:3], *listed, identity, archived, searched_text(case)),
            )
        known = found.consultations.keys()
        _insert(connection, "undo_step", 8, _connected_steps(found.steps.values(), known))
        _insert(
            connection,
            "printed_sheet",
            8,
            (row for row in found.prints.values() if row[1] in known),
        )
        write_beside(connection, found.beside, known)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _moment(text: str) -> str:
    """Return a time as it was written, a time long ago for what is none any more."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return LONG_AGO
    return text


def _insert(
    connection: sqlite3.Connection, table: str, width: int, rows: Iterable[Sequence[Any]]
) -> None:
    marks = ", ".join("?" * width)
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(row[:width]))  # noqa: S608


def _connected_steps(
    steps: Iterable[Sequence[Any]], known: Iterable[int]
) -> Iterator[Sequence[Any]]:
    """Yield the steps that lead to the present content without a gap; the others lead nowhere."""
    kept = set(known)
    by_owner: dict[int, list[Sequence[Any]]] = {}
    for step in steps:
        if step[0] in kept:
            by_owner.setdefault(step[0], []).append(step)
    for own in by_owner.values():
        own.sort(key=_position)
        done = [step for step in own if not step[7]]
        undone = [step for step in own if step[7]]
        yield from _unbroken(done[::-1], -1)
        yield from _unbroken(undone, 1)


def _unbroken(steps: Sequence[Sequence[Any]], stride: int) -> Iterator[Sequence[Any]]:
    expected: int | None = None
    for step in steps:
        if expected is not None and step[1] != expected:
            return
        yield step
        expected = step[1] + stride


def _position(step: Sequence[Any]) -> int:
    return step[1]
