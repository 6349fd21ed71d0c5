"""The numbered steps from an empty file to today's tables; never changed, only added to.

Imported only when there is a step to take: sqlite-utils costs a tenth of a second at the start.
Raise `SCHEMA_VERSION` in store_file.py with every step, and add a store of the former version to
tests/old_databases/.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from models.stores.store_rows import searched_text

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


@steps(name="002_list_prints_and_hand_over")
def add_list_prints_and_hand_over(db: Database) -> None:
    """Columns to search, archive and recognize by; printed sheets; what was handed over."""
    for column in (
        "identity TEXT NOT NULL DEFAULT ''",
        "archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))",
        "search_text TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE consultation ADD COLUMN {column}")
    db.execute("UPDATE consultation SET identity = lower(hex(randomblob(16)))")
    rows = db.execute("SELECT id, document FROM consultation").fetchall()
    for key, document in rows:
        db.execute(
            "UPDATE consultation SET search_text = ? WHERE id = ?",
            (_search_text_of_version_2(document), key),
        )
    db.execute("CREATE UNIQUE INDEX consultation_identity ON consultation (identity)")
    # It holds whatever the list shows, so that listing reads none of the long documents.
    db.execute(
        """
        CREATE INDEX consultation_listed ON consultation
        (updated_at, id, client_name, consulted_on, title, archived, search_text)
        """
    )
    db.execute(
        """
        CREATE TABLE printed_sheet (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            consultation INTEGER NOT NULL REFERENCES consultation (id) ON DELETE CASCADE,
            printed_at TEXT NOT NULL,
            catalog_hash TEXT NOT NULL,
            document TEXT NOT NULL,
            result TEXT NOT NULL,
            pdf BLOB NOT NULL,
            checksum TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX printed_sheet_consultation ON printed_sheet (consultation)")
    db.execute(
        """
        CREATE TABLE hand_over (
            consultation INTEGER NOT NULL REFERENCES consultation (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            checksum TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (consultation, position)
        ) STRICT
        """
    )


@steps(name="003_typed_rows")
def add_typed_rows(db: Database) -> None:
    """Rows of the expense table that do not count yet: they too survive a flat battery."""
    db.execute(
        """
        CREATE TABLE typed_row (
            consultation INTEGER NOT NULL REFERENCES consultation (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            cell INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (consultation, position, cell)
        ) STRICT
        """
    )


@steps(name="004_sheet_settings_and_appointment")
def add_sheet_settings(db: Database) -> None:
    """Choices about the sheet of a visit, and the next appointment."""
    db.execute(
        """
        CREATE TABLE sheet_settings (
            consultation INTEGER PRIMARY KEY REFERENCES consultation (id) ON DELETE CASCADE,
            copies TEXT NOT NULL CHECK (copies IN ('owner', 'advisor', 'both')),
            show_client_name INTEGER NOT NULL CHECK (show_client_name IN (0, 1)),
            neutral_title INTEGER NOT NULL CHECK (neutral_title IN (0, 1)),
            show_notes INTEGER NOT NULL CHECK (show_notes IN (0, 1)),
            money_way TEXT,
            codes TEXT NOT NULL CHECK (codes IN ('none', 'answers', 'with-name'))
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE sheet_left_out (
            consultation INTEGER NOT NULL REFERENCES consultation (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('entry', 'way')),
            name TEXT NOT NULL,
            PRIMARY KEY (consultation, kind, name)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE next_appointment (
            consultation INTEGER PRIMARY KEY REFERENCES consultation (id) ON DELETE CASCADE,
            words TEXT NOT NULL,
            day TEXT
        ) STRICT
        """
    )


def _search_text_of_version_2(document: str) -> str:
    """Return the text that is searched; a document that cannot be read is searched for nothing.

    Whoever changes what is searched adds a migration that fills the column anew.
    """
    try:
        return searched_text(json.loads(document))
    except (ValueError, AttributeError):
        return ""


def migrate(connection: sqlite3.Connection) -> None:
    """Take every step that the store has not taken yet, each in its own transaction."""
    steps.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
