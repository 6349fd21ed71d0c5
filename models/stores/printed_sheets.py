"""Printed sheets as rows: the PDF, the case and the result at that moment, the catalog's hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from models.stores.store_rows import checksum

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """What was printed: `document` is the case file then, `result` the JSON of its result."""

    id: int
    printed_at: datetime
    catalog_hash: str
    document: str
    result: str


def insert_print(  # noqa: PLR0913, PLR0917 - the columns of one row
    connection: sqlite3.Connection,
    consultation_id: int,
    document: str,
    pdf: bytes,
    result: str,
    catalog_hash: str,
    printed_at: datetime,
) -> int:
    """Keep a printed sheet and return its id."""
    moment = printed_at.astimezone(UTC).isoformat(timespec="seconds")
    row = (moment, catalog_hash, document, result, pdf)
    (key,) = connection.execute(
        "INSERT INTO printed_sheet (consultation, printed_at, catalog_hash, document, result, pdf,"
        " checksum) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (consultation_id, *row, checksum(*row)),
    ).fetchone()
    return key


def read_prints(connection: sqlite3.Connection, consultation_id: int) -> tuple[PrintedSheet, ...]:
    """Return the printed sheets of a consultation, the newest first, without their PDFs."""
    rows = connection.execute(
        "SELECT id, printed_at, catalog_hash, document, result FROM printed_sheet"
        " WHERE consultation = ? ORDER BY id DESC",
        (consultation_id,),
    )
    return tuple(
        PrintedSheet(key, datetime.fromisoformat(moment), catalog_hash, document, result)
        for key, moment, catalog_hash, document, result in rows
    )


def count_prints(connection: sqlite3.Connection, consultation_id: int) -> int:
    """Return how many sheets of a consultation were printed."""
    (count,) = connection.execute(
        "SELECT count(*) FROM printed_sheet WHERE consultation = ?", (consultation_id,)
    ).fetchone()
    return count


def read_pdf(connection: sqlite3.Connection, print_id: int) -> bytes | None:
    """Return the PDF of a printed sheet, None when there is none of that id.

    Raises `ValueError` when the row is not what was written.
    """
    row = connection.execute(
        "SELECT printed_at, catalog_hash, document, result, pdf, checksum FROM printed_sheet"
        " WHERE id = ?",
        (print_id,),
    ).fetchone()
    if row is None:
        return None
    *parts, written = row
    if checksum(*parts) != written:
        raise ValueError(print_id)
    return bytes(parts[-1])
