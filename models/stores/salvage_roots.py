"""Reads the rows of an encrypted damaged store page by page, through SQLCipher itself.

Only SQLCipher can read its pages, and it reads them as parts of a table. So every page in turn is
made the root of each table, in a copy: a page that holds rows then gives them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

from models.stores.carving import PAGE_SIZE
from models.stores.store_errors import database_errors, error_code
from models.stores.store_file import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from models.stores.cipher import StoreKey

# `rowid` in place of `id`; columns that all versions of the store have.
QUERIES = (
    "SELECT rowid, document, checksum, client_name, consulted_on, title, updated_at"
    " FROM consultation NOT INDEXED",
    "SELECT consultation, position, path, before, after, label, checksum, undone"
    " FROM undo_step NOT INDEXED",
    "SELECT rowid, consultation, printed_at, catalog_hash, document, result, pdf, checksum"
    " FROM printed_sheet NOT INDEXED",
)
TABLES = "('consultation', 'undo_step', 'printed_sheet')"


def read_by_roots(work: Path, key: StoreKey | None, take: Callable[[Sequence[Any]], None]) -> None:
    """Hand every row that any page holds to `take`; `work` is a copy and is changed."""
    unreadable = (*database_errors(), UnicodeDecodeError, OverflowError)
    connection: sqlite3.Connection | None = None
    for page in range(2, work.stat().st_size // PAGE_SIZE + 1):
        for query in QUERIES:
            try:
                if connection is None:
                    connection = _connect(work, key)
                connection.execute(
                    f"UPDATE sqlite_schema SET rootpage = ? WHERE name IN {TABLES}",  # noqa: S608
                    (page,),
                )
                connection.execute("PRAGMA writable_schema = RESET")
                connection.execute("PRAGMA writable_schema = ON")
                for row in connection.execute(query):
                    take(row)
            except unreadable as error:
                if error_code(error) == sqlite3.SQLITE_NOTADB:
                    return  # the first page is lost, and no other can be read without it
                # An error of SQLCipher stays with a connection.
                if connection is not None:
                    with contextlib.suppress(*unreadable):
                        connection.close()
                connection = None
    if connection is not None:
        connection.close()


def _connect(work: Path, key: StoreKey | None) -> sqlite3.Connection:
    connection = connect(work, "rw", key)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "writable_schema = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
