"""What was handed over of a consultation, as rows: the contents that another laptop has had too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.values.hand_over import content_hash
from models.values.strict_json import JsonObject

if TYPE_CHECKING:
    import sqlite3

KEPT_BASES = 20


def remember_base(connection: sqlite3.Connection, consultation_id: int, document: str) -> None:
    """Note that another laptop has this content of a consultation as well."""
    written = content_hash(as_object(document))
    connection.execute(
        "DELETE FROM hand_over WHERE consultation = ? AND checksum = ?", (consultation_id, written)
    )
    (last,) = connection.execute(
        "SELECT coalesce(max(position), 0) FROM hand_over WHERE consultation = ?",
        (consultation_id,),
    ).fetchone()
    connection.execute(
        "INSERT INTO hand_over VALUES (?, ?, ?, ?)", (consultation_id, last + 1, written, document)
    )
    connection.execute(
        "DELETE FROM hand_over WHERE consultation = ? AND position <= ?",
        (consultation_id, last + 1 - KEPT_BASES),
    )


def known_bases(connection: sqlite3.Connection, consultation_id: int) -> dict[str, str]:
    """Return the contents that were shared, newest first: hash -> document, whole ones only."""
    rows = connection.execute(
        "SELECT checksum, document FROM hand_over WHERE consultation = ? ORDER BY position DESC",
        (consultation_id,),
    )
    return {
        written: document
        for written, document in rows
        if content_hash(as_object(document)) == written
    }


def as_object(document: str) -> JsonObject:
    """Return a case document of our own as JSON."""
    return json.loads(document, object_pairs_hook=JsonObject)
