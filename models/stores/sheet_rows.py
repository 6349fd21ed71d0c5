"""What is chosen for the sheet of a visit, and the next appointment, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.values.sheet_settings import NextAppointment, SheetSettings

if TYPE_CHECKING:
    import sqlite3

ENTRY, WAY = "entry", "way"


def write_settings(
    connection: sqlite3.Connection, consultation_id: int, settings: SheetSettings
) -> None:
    """Keep the choices in the place of the former ones."""
    for table in ("sheet_settings", "sheet_left_out"):
        connection.execute(
            f"DELETE FROM {table} WHERE consultation = ?",  # noqa: S608 - our own names
            (consultation_id,),
        )
    connection.execute(
        "INSERT INTO sheet_settings (consultation, copies, show_client_name, neutral_title,"
        " show_notes, money_way, codes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(consultation_id, settings.copies, settings.show_client_name),
            *(settings.neutral_title, settings.show_notes, settings.money_way, settings.codes),
        ),
    )
    left_out = [(ENTRY, name) for name in sorted(settings.left_out)]
    left_out += [(WAY, name) for name in sorted(settings.left_out_ways)]
    connection.executemany(
        "INSERT INTO sheet_left_out (consultation, kind, name) VALUES (?, ?, ?)",
        [(consultation_id, kind, name) for kind, name in left_out],
    )


def read_settings(connection: sqlite3.Connection, consultation_id: int) -> SheetSettings:
    """Return the choices, the usual ones where nothing was chosen yet."""
    row = connection.execute(
        "SELECT copies, show_client_name, neutral_title, show_notes, money_way, codes"
        " FROM sheet_settings WHERE consultation = ?",
        (consultation_id,),
    ).fetchone()
    if row is None:
        return SheetSettings()
    copies, shows_name, is_neutral, shows_notes, money_way, codes = row
    left_out = connection.execute(
        "SELECT kind, name FROM sheet_left_out WHERE consultation = ?", (consultation_id,)
    ).fetchall()
    return SheetSettings(
        copies=copies,
        show_client_name=bool(shows_name),
        neutral_title=bool(is_neutral),
        show_notes=bool(shows_notes),
        left_out=frozenset(name for kind, name in left_out if kind == ENTRY),
        left_out_ways=frozenset(name for kind, name in left_out if kind == WAY),
        money_way=money_way,
        codes=codes,
    )


def write_appointment(
    connection: sqlite3.Connection, consultation_id: int, appointment: NextAppointment
) -> None:
    """Keep the next appointment in the place of the former one; an empty one goes."""
    connection.execute("DELETE FROM next_appointment WHERE consultation = ?", (consultation_id,))
    if appointment != NextAppointment():
        connection.execute(
            "INSERT INTO next_appointment (consultation, words, day) VALUES (?, ?, ?)",
            (consultation_id, appointment.words, appointment.day),
        )


def read_appointment(connection: sqlite3.Connection, consultation_id: int) -> NextAppointment:
    """Return the next appointment, an empty one where none was made."""
    row = connection.execute(
        "SELECT words, day FROM next_appointment WHERE consultation = ?", (consultation_id,)
    ).fetchone()
    return NextAppointment() if row is None else NextAppointment(*row)
