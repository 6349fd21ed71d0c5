"""All rows of a compiled catalog, and the hash of its content."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from models.stores.catalog_schema import TABLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Value = str | int | None
Row = tuple[Value, ...]
Rows = dict[str, list[Row]]
"""Table name -> rows in the order of the primary key."""


_PART = 1000


def read_rows(connection: sqlite3.Connection) -> Rows:
    """Return every row of every table; raises `sqlite3.DatabaseError` on a damaged file."""
    return {table.name: connection.execute(table.select_sql).fetchall() for table in TABLES}


def hash_of(rows: Rows) -> str:
    """Return the SHA-256 (hex) over all rows, types kept, but for the hash that the edition holds.

    The dump is JSON with the tables in their fixed order and the rows in the order of their key.
    """
    digest = hashlib.sha256(b"[")
    comma = b""
    for name, found in rows.items():
        digest.update(comma + json.dumps([name]).encode()[:-1] + b",[")
        kept = [row[:-1] for row in found] if name == "edition" else found
        # A part at a time: nobody else in the program can work while one is written.
        for place in range(0, len(kept), _PART):
            digest.update(b"," if place else b"")
            digest.update(_json(kept[place : place + _PART])[1:-1].encode())
        digest.update(b"]]")
        comma = b","
    digest.update(b"]")
    return digest.hexdigest()


def _json(rows: Sequence[Row]) -> str:
    # A flipped bit can make a text bytes: another hash then, not a fault.
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=repr)


def dump_lines(rows: Rows) -> list[str]:
    """Return the canonical dump, one row a line, for a readable difference between two catalogs."""
    return [
        json.dumps([name, *row], ensure_ascii=False, separators=(",", ":"))
        for name, found in rows.items()
        for row in found
    ]
