"""What stands beside the consultations in a damaged store: half-typed rows, choices, appointments.

These rows bear no checksum. They are read through SQLite alone, count only beside a consultation
that was saved, and are kept where the new store's own conditions accept them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.stores.store_errors import database_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence

BESIDE = {
    "typed_row": "consultation, position, cell, text",
    "sheet_settings": (
        "consultation, copies, show_client_name, neutral_title, show_notes, money_way, codes"
    ),
    "sheet_left_out": "consultation, kind, name",
    "next_appointment": "consultation, words, day",
    "hand_over": "consultation, position, checksum, document",
}
"""Table -> its columns, as they are read and written; the first names the consultation."""


def write_beside(
    connection: sqlite3.Connection,
    found: Mapping[str, Collection[Sequence[Any]]],
    known: Collection[int],
) -> None:
    """Write the rows that belong to known consultations; a row that no store could hold is left."""
    for table, columns in BESIDE.items():
        marks = ", ".join("?" * (columns.count(",") + 1))
        insert = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608
        for row in found.get(table, ()):
            if row[0] not in known:
                continue
            try:
                connection.execute(insert, tuple(row))
            except database_errors():
                continue
