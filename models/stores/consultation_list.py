"""The list of consultations, read once and searched in memory until something changes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from models.values.text import search_key

if TYPE_CHECKING:
    import sqlite3

# Everything in it stands in the index `consultation_listed`: no document is read.
QUERY = """
    SELECT id, client_name, consulted_on, title, updated_at, archived, search_text
    FROM consultation ORDER BY updated_at DESC, id DESC
"""


class ConsultationSummary(NamedTuple):
    """One line of the list of consultations; `updated_at` is in UTC."""

    id: int
    client_name: str
    consulted_on: str | None
    title: str
    updated_at: datetime
    is_archived: bool = False


class ConsultationList:
    """Finds consultations by words; keeps what it read as long as nobody changed the store."""

    def __init__(self) -> None:
        self._state: tuple[int, int, int] | None = None
        self._found: list[tuple[str, ConsultationSummary]] = []

    def find(
        self, connection: sqlite3.Connection, words: str, archived: bool | None
    ) -> tuple[ConsultationSummary, ...]:
        """Return the consultations that hold every word, the last changed first."""
        self._read_if_changed(connection)
        found = self._found
        for key in map(search_key, words.split()):
            found = [each for each in found if key in each[0]]
        if archived is None:
            return tuple([summary for _, summary in found])
        return tuple([summary for _, summary in found if summary.is_archived is archived])

    def _read_if_changed(self, connection: sqlite3.Connection) -> None:
        # `data_version` tells of changes by others, `total_changes` of our own.
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        state = (id(connection), version, connection.total_changes)
        if state == self._state:
            return
        self._found = [
            (
                text,
                ConsultationSummary(
                    *(key, name, day, title, datetime.fromisoformat(changed), bool(away))
                ),
            )
            for key, name, day, title, changed, away, text in connection.execute(QUERY)
        ]
        self._state = state
