"""Opens the file of the store: creates, checks and migrates it, and never harms what is there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

from models.stores.store_errors import damaged, unusable

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_VERSION = 1
APPLICATION_ID = 0x4D696368  # "Mich"
BUSY_SECONDS = 3.0


def open_file(file: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to a checked, current store.

    Whoever opens it to write holds the lock. Raises `UserFacingError` when the store is damaged or
    newer than this program; `sqlite3.Error` and `OSError` are for the caller to explain.
    """
    if not file.exists():
        if read_only:
            raise unusable(
                file,
                "別の みちしるべ が保存の準備をしています。",
                "少し待ってから、もう一度お試しください。",
            )
        _create(file)
    connection = _connect(file, "ro" if read_only else "rw")
    try:
        _check(connection, file)
        version = _version(connection)
        if version != SCHEMA_VERSION:
            _bring_up_to_date(connection, file, version, read_only=read_only)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        # FULL: an acknowledged change survives a power cut. secure_delete: what is deleted is
        # overwritten.
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _create(file: Path) -> None:
    """Make an empty store beside its place and move it there whole.

    So an existing file is never half a store, and an empty file is always a damaged one.
    """
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = _connect(unfinished, "rw")
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, safe to copy
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(connection)
    finally:
        connection.close()
    unfinished.replace(file)


def _check(connection: sqlite3.Connection, file: Path) -> None:
    if file.stat().st_size == 0:
        raise damaged(file)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise damaged(file)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    if file.stat().st_size < pages * page_size:  # SQLite itself overlooks a last page cut short
        raise damaged(file)
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(file)


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _bring_up_to_date(
    connection: sqlite3.Connection, file: Path, version: int, *, read_only: bool
) -> None:
    if version > SCHEMA_VERSION:
        raise unusable(
            file,
            "相談の保存ファイルは、もっと新しい みちしるべ で作られています。",
            "{file} には何も書き込んでいません。新しい みちしるべ で開いてください。",
        )
    if read_only:
        raise unusable(
            file,
            "相談の保存ファイルを新しい形に直す必要がありますが、別の みちしるべ が使っています。",
            "先に開いた みちしるべ を閉じてから、もう一度お試しください。",
        )
    copy = file.with_name(f"{file.stem}.version-{version}{file.suffix}")
    unfinished = copy.with_name(f"{copy.name}.new")
    shutil.copy2(file, unfinished)
    unfinished.replace(copy)
    _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    from models.stores.migrations import migrate  # noqa: PLC0415 - only when there is a step

    migrate(connection)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
