"""Loads the compiled catalog (`data.sqlite`): read-only, checked before anything is believed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from models.stores.catalog_builder import build_catalog_values
from models.stores.catalog_rows import hash_of, read_rows
from models.stores.catalog_schema import APPLICATION_ID, SCHEMA_VERSION
from models.stores.database_uri import database_uri
from models.values.problems import ExitCode, UserFacingError

if TYPE_CHECKING:
    from pathlib import Path

    from models.stores.catalog_rows import Rows
    from models.values.catalog import Catalog

_ADVICE = (
    "配布物をもう一度入れ直してください。"
    "原稿から作り直すときは `python main.py catalog build` を実行します。"
)


_ODD_ROWS = (LookupError, ValueError, TypeError, ArithmeticError, RecursionError)


def load_catalog(path: Path) -> Catalog:
    """Return the catalog in the file `path`, its content hash verified.

    Raises `UserFacingError` (exit code 3) when the file is missing, damaged, of another version,
    no catalog at all, or its rows do not fit together.
    """
    rows = _checked_rows(path)
    if len(rows["edition"]) != 1 or rows["edition"][0][-1] != hash_of(rows):
        raise _unusable(f"カタログ {path} の中身が壊れています（内容の照合が合いません）。")
    try:
        return build_catalog_values(rows)
    except _ODD_ROWS as fault:  # the hash is right, so somebody else wrote these rows
        raise _unusable(f"カタログ {path} の中身のつじつまが合いません。") from fault


def _checked_rows(path: Path) -> Rows:
    if not path.is_file():
        raise _unusable(f"カタログ {path} がありません。")
    try:
        connection = _open(path)
        try:
            _check_header(connection, path)
            return read_rows(connection)
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError, OSError) as fault:
        raise _unusable(f"カタログ {path} が読めません。壊れているようです。") from fault


def _open(path: Path) -> sqlite3.Connection:
    # Immutable: no lock and no journal is made, so a read-only folder or medium is fine.
    return sqlite3.connect(database_uri(path.resolve(), "mode=ro&immutable=1"), uri=True)


def _check_header(connection: sqlite3.Connection, path: Path) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise _unusable(f"{path} はみちしるべのカタログではありません。")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA_VERSION:
        wanted = f"このプログラムが使うのは {SCHEMA_VERSION} です"
        raise _unusable(f"カタログ {path} の形式の版は {version} で、{wanted}。")


def _unusable(message: str) -> UserFacingError:
    return UserFacingError(message, _ADVICE, ExitCode.UNUSABLE_STORE)
