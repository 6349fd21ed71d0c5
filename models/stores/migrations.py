"""The numbered steps from an empty file to today's tables; never changed, only added to.

Imported only when there is a step to take: sqlite-utils costs a tenth of a second at the start.
Raise `SCHEMA_VERSION` in store_file.py with every step, and add a store of the former version to
tests/old_databases/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    import sqlite3

steps = Migrations("consultations")


@steps(name="001_consultations_and_undo_steps")
def add_first_tables(db: Database) -> None:
    """Consultations as case documents, and the undo steps of each."""
    db.execute(
        """
        CREATE TABLE consultation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            document TEXT NOT NULL,
            checksum TEXT NOT NULL,
            client_name TEXT NOT NULL,
            consulted_on TEXT,
            title TEXT NOT NULL,
            updated_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE undo_step (
            consultation INTEGER NOT NULL REFERENCES consultation (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            path TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            label TEXT NOT NULL,
            checksum TEXT NOT NULL,
            undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
            PRIMARY KEY (consultation, position)
        ) STRICT
        """
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Take every step that the store has not taken yet, each in its own transaction."""
    steps.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
