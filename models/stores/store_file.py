"""Opens the file of the store: creates, checks and migrates it, and never harms what is there."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from models.stores.database_uri import database_uri
from models.stores.patience import patiently
from models.stores.store_errors import damaged, database_errors, error_code, unusable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.stores.cipher import StoreKey

SCHEMA_VERSION = 4
APPLICATION_ID = 0x4D696368  # "Mich"
BUSY_SECONDS = 3.0
LARGEST_CHECKED = 32 * 1024 * 1024
"""Bytes of a store that is read whole at every start (some 50 ms, encrypted 150)."""
PRAGMAS = (
    "foreign_keys = ON",
    "secure_delete = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
)


def open_file(
    file: Path,
    key: StoreKey | None,
    before_migration: Callable[[sqlite3.Connection, int], None] | None,
) -> sqlite3.Connection:
    """Return a connection to a checked, current store, which is made when it is missing.

    Whoever opens it to write holds the lock and gives `before_migration`, which keeps a backup of
    the open store of that version; without it the file is only read. Raises `UserFacingError` when
    the store is damaged or newer than this program; errors of the database and `OSError` are for
    the caller to explain.
    """
    if not file.exists():
        if before_migration is None:
            raise unusable(
                file,
                "別の みちしるべ が保存の準備をしています。",
                "少し待ってから、もう一度お試しください。",
            )
        create(file, key)
    connection = connect(file, "ro" if before_migration is None else "rw", key)
    try:
        _check(connection, file)
        version = _version(connection)
        if version != SCHEMA_VERSION:
            _bring_up_to_date(connection, file, version, before_migration)
    except BaseException:
        connection.close()
        raise
    return connection


def connect(file: Path, mode: str, key: StoreKey | None) -> sqlite3.Connection:
    """Return a connection to an existing file; `mode` is `ro` or `rw`."""
    uri = database_uri(file.absolute(), f"mode={mode}")
    if key is None:
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    else:
        from models.stores.cipher import connect_encrypted  # noqa: PLC0415 - only when encrypted

        connection = connect_encrypted(uri, key, BUSY_SECONDS)
    try:
        # FULL: an acknowledged change survives a power cut. secure_delete: what is deleted is
        # overwritten. MEMORY: no temporary file ever holds what a client said.
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def opens(file: Path, key: StoreKey, mode: str = "ro") -> bool:
    """Whether the key is that of the file; every other error is the caller's.

    With `ro` the journal of a killed program is an error: only `rw` may take its change back.
    """
    try:
        connection = connect(file, mode, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            connection.close()
    except database_errors() as error:
        if error_code(error) == sqlite3.SQLITE_NOTADB:
            return False
        raise
    return True


def create(file: Path, key: StoreKey | None) -> None:
    """Make an empty store beside its place and move it there whole.

    So an existing file is never half a store, and an empty file is always a damaged one.
    """
    unfinished = file.with_name(f"{file.name}.new")
    make_private(unfinished)
    connection = connect(unfinished, "rw", key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, safe to copy
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(connection)
    finally:
        connection.close()
    patiently(lambda: unfinished.replace(file))


def make_private(file: Path) -> None:
    """Make an empty file that nobody else may read, in place of what a killed program left."""
    patiently(lambda: file.unlink(missing_ok=True))
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _check(connection: sqlite3.Connection, file: Path) -> None:
    if file.stat().st_size == 0:
        raise damaged(file)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise damaged(file)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    size = file.stat().st_size
    # SQLite itself overlooks a last page cut short. SQLCipher gives the size of a page as text.
    if size < pages * int(page_size):
        raise damaged(file)
    # Reading a large store whole would hold up every start; the day's backup reads it, and whatever
    # is shown is held against its checksum anyway.
    if size <= LARGEST_CHECKED and not is_sound(connection):
        raise damaged(file)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether every page of the store is as SQLite left it."""
    return connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _bring_up_to_date(
    connection: sqlite3.Connection,
    file: Path,
    version: int,
    before_migration: Callable[[sqlite3.Connection, int], None] | None,
) -> None:
    if version > SCHEMA_VERSION:
        raise unusable(
            file,
            "相談の保存ファイルは、もっと新しい みちしるべ で作られています。",
            "{file} には何も書き込んでいません。新しい みちしるべ で開いてください。",
        )
    if before_migration is None:
        raise unusable(
            file,
            "相談の保存ファイルを新しい形に直す必要がありますが、別の みちしるべ が使っています。",
            "先に開いた みちしるべ を閉じてから、もう一度お試しください。",
        )
    before_migration(connection, version)
    _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    from models.stores.migrations import migrate  # noqa: PLC0415 - only when there is a step

    migrate(connection)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
