"""Writes a store anew under another key and checks it before it takes the old one's place."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from models.stores.backups import backups_in
from models.stores.cipher import connect_encrypted, is_plain, salt_of
from models.stores.database_uri import database_uri
from models.stores.patience import patiently
from models.stores.store_errors import damaged, database_errors
from models.stores.store_file import BUSY_SECONDS, PRAGMAS, connect, make_private
from models.stores.store_replacement import beside, destroy, replace_and_destroy, sync_file
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from models.stores.cipher import StoreKey

KEPT_PRAGMAS = ("application_id", "user_version")  # the export leaves them behind


def rewrite(file: Path, old: StoreKey | None, new: StoreKey | None) -> None:
    """Give a store another key, or none; the former file is overwritten and deleted.

    A kill at any moment leaves the store under the one key or the other, never damaged. Errors of
    the database and `OSError` are for the caller to explain; the store is then as before.
    """
    unfinished = beside(file, "new")
    make_private(unfinished)
    try:
        _export(file, old, unfinished, new)
        sync_file(unfinished)
    except BaseException:
        destroy(unfinished)
        raise
    patiently(lambda: unfinished.replace(beside(file, "next")))
    replace_and_destroy(file)


def rewrite_backups(
    folders: Iterable[Path], old: StoreKey | None, new: StoreKey | None
) -> tuple[Path, ...]:
    """Give every backup the key of the store; return those that could not be brought along."""
    left: list[Path] = []
    for backup in (each.file for folder in folders for each in backups_in(folder)):
        try:
            now = None if is_plain(backup) else salt_of(backup)
            if new is not None and now == new.salt:
                continue
            if now is None or (old is not None and now == old.salt):
                rewrite(backup, None if now is None else old, new)
            else:
                left.append(backup)
        except (*database_errors(), OSError, UserFacingError):
            left.append(backup)
    return tuple(left)


def digest(file: Path, key: StoreKey | None) -> str:
    """Return what tells whether two sound stores hold the same; raises when a file is damaged."""
    connection = connect(file, "ro", key)
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise damaged(file)
        return _digest(connection)
    finally:
        connection.close()


def _export(file: Path, old: StoreKey | None, target: Path, new: StoreKey | None) -> None:
    connection = connect_encrypted(database_uri(file.absolute(), "mode=ro"), old, BUSY_SECONDS)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        found = _digest(connection)
        connection.execute("COMMIT")
        uri = database_uri(target.absolute(), "mode=rw")
        connection.execute(
            "ATTACH DATABASE ? AS target KEY ?", (uri, "" if new is None else new.text())
        )
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        for pragma in KEPT_PRAGMAS:
            (value,) = connection.execute(f"PRAGMA main.{pragma}").fetchone()
            connection.execute(f"PRAGMA target.{pragma} = {value}")
        connection.execute("DETACH DATABASE target")
    finally:
        connection.close()
    if digest(target, new) != found:
        raise damaged(file)


def _digest(connection: sqlite3.Connection) -> str:
    """Return a hash over every row of every table and over the tables' own definitions."""
    seen = sha256()
    definitions = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    ).fetchall()
    for kind, name, sql in definitions:
        seen.update(repr((kind, name, sql)).encode())
        if kind == "table":
            quoted = name.replace('"', '""')
            # The export writes the rows in this order too, so their numbers may only close up.
            rows = connection.execute(f'SELECT * FROM "{quoted}" ORDER BY rowid')  # noqa: S608
            for row in rows:
                seen.update(repr(row).encode("utf-8", "surrogatepass"))
    for pragma in KEPT_PRAGMAS:
        seen.update(repr(connection.execute(f"PRAGMA {pragma}").fetchone()).encode())
    return seen.hexdigest()
