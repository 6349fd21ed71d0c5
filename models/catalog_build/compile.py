"""Compiles a catalog folder to one read-only SQLite file, the same bytes for the same sources."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlite_utils import Database

from models.catalog_build.assemble import assemble
from models.catalog_build.catalog_rows import catalog_rows
from models.catalog_build.findings import check_catalog, placed
from models.stores.catalog_rows import dump_lines, hash_of, read_rows
from models.stores.catalog_schema import APPLICATION_ID, SCHEMA_VERSION, TABLES
from models.stores.database_uri import database_uri
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path

    from models.values.catalog import Catalog

_PAGE_SIZE = 4096


def build_catalog(folder: Path, target: Path) -> str:
    """Compile the catalog in `folder` to the file `target` and return its content hash.

    Raises `UserFacingError` with the findings when they block the build, and when the file
    cannot be written; the old file then stays as it was.
    """
    findings = check_catalog(folder)
    if findings.blocking:
        raise UserFacingError(
            "カタログの原稿に誤りがあるので、作れません。",
            "上の箇所を直して、もう一度 `python main.py catalog build` を実行してください。",
            problems=tuple(placed(problem, folder) for problem in findings.blocking),
        )
    return write_catalog(assemble(findings.draft), target)


def write_catalog(catalog: Catalog, target: Path) -> str:
    """Write `catalog` to `target` and return its content hash.

    It is written beside the target and moved there at the end: a reader sees the old file or the
    new one. Raises `UserFacingError` when the file cannot be written.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        unfinished.unlink(missing_ok=True)
        content_hash = _write(catalog, unfinished)
        unfinished.replace(target)
    except (OSError, sqlite3.OperationalError) as fault:
        raise UserFacingError(
            f"カタログを {target} に書けません（{fault}）。",
            "フォルダーがあるか、書き込めるか、ファイルを開いているプログラムがないかを確かめてください。",
        ) from fault
    finally:
        unfinished.unlink(missing_ok=True)
    return content_hash


def dump_catalog(file: Path) -> list[str]:
    """Return the canonical dump of a compiled catalog, one row a line."""
    connection = sqlite3.connect(database_uri(file.resolve(), "mode=ro&immutable=1"), uri=True)
    try:
        return dump_lines(read_rows(connection))
    finally:
        connection.close()


def dump_folder(folder: Path) -> list[str]:
    """Return the dump that the compiled catalog of `folder` has."""
    database = Database(memory=True)
    try:
        _fill(database, assemble(check_catalog(folder).draft))
        return dump_lines(read_rows(database.conn))
    finally:
        database.close()


def with_hash(catalog: Catalog, content_hash: str) -> Catalog:
    """Return the catalog as it is when loaded back."""
    return replace(catalog, edition=replace(catalog.edition, content_hash=content_hash))


def _write(catalog: Catalog, file: Path) -> str:
    database = Database(str(file))
    try:
        database.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        database.execute("PRAGMA journal_mode = DELETE")
        content_hash = _fill(database, catalog)
        database.vacuum()
        return content_hash
    finally:
        database.close()


def _fill(database: Database, catalog: Catalog) -> str:
    """Make the tables, insert all rows, store and return the hash of the content."""
    # References point forward too (a step names a note), so they are checked once, at the end.
    database.execute("PRAGMA foreign_keys = OFF")
    rows = catalog_rows(catalog)
    with database.atomic():
        for table in TABLES:
            database.execute(table.create_sql)
        for table in TABLES:
            if rows[table.name]:
                database.table(table.name).insert_all(rows[table.name])
        dangling = database.execute("PRAGMA foreign_key_check").fetchall()
        if dangling:
            msg = f"rows with dangling references: {dangling[:5]}"
            raise ValueError(msg)
        content_hash = hash_of(read_rows(database.conn))
        database.execute("UPDATE edition SET content_hash = ?", [content_hash])
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return content_hash
