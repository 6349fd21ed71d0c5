"""The undo steps of a consultation, as rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from models.stores.store_rows import checksum, to_json
from models.values.edits import Edit

if TYPE_CHECKING:
    import sqlite3

KEPT_UNDO_STEPS = 200

UNDO_STEP = """
    SELECT position, path, before, after, label, checksum FROM undo_step
    WHERE consultation = ? AND NOT undone ORDER BY position DESC LIMIT 1
"""
REDO_STEP = """
    SELECT position, path, before, after, label, checksum FROM undo_step
    WHERE consultation = ? AND undone ORDER BY position LIMIT 1
"""


def add_step(connection: sqlite3.Connection, consultation_id: int, edit: Edit) -> None:
    """Keep a step; what was undone before is gone, and so is the oldest one of too many."""
    connection.execute(
        "DELETE FROM undo_step WHERE consultation = ? AND undone", (consultation_id,)
    )
    (last,) = connection.execute(
        "SELECT coalesce(max(position), 0) FROM undo_step WHERE consultation = ?",
        (consultation_id,),
    ).fetchone()
    step = (edit.path, to_json(edit.before), to_json(edit.after), edit.label)
    connection.execute(
        "INSERT INTO undo_step VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        (consultation_id, last + 1, *step, checksum(*step)),
    )
    connection.execute(
        "DELETE FROM undo_step WHERE consultation = ? AND position <= ?",
        (consultation_id, last + 1 - KEPT_UNDO_STEPS),
    )


def next_step(
    connection: sqlite3.Connection, consultation_id: int, *, backwards: bool
) -> tuple[int, Edit] | None:
    """Return the step to take back or to make again, with its position; None without one.

    Raises `ValueError` when the row is not what was written.
    """
    query = UNDO_STEP if backwards else REDO_STEP
    row = connection.execute(query, (consultation_id,)).fetchone()
    if row is None:
        return None
    position, *step, written = row
    if checksum(*step) != written:
        raise ValueError(position)
    path, before, after, label = step
    return position, Edit(path, json.loads(before), json.loads(after), label)


def step_label(
    connection: sqlite3.Connection, consultation_id: int, *, backwards: bool
) -> str | None:
    """Return what the next step did, None without one; the step itself is not checked."""
    query = UNDO_STEP if backwards else REDO_STEP
    row = connection.execute(query, (consultation_id,)).fetchone()
    return None if row is None else row[4]


def mark_step(
    connection: sqlite3.Connection, consultation_id: int, position: int, *, undone: bool
) -> None:
    """Note that a step was taken back or made again."""
    connection.execute(
        "UPDATE undo_step SET undone = ? WHERE consultation = ? AND position = ?",
        (undone, consultation_id, position),
    )
