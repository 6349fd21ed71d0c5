"""The catalog store believes nothing: a damaged or foreign file is told in one sentence."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from models.catalog_build.compile import build_catalog
from models.stores.catalog_rows import hash_of, read_rows
from models.stores.catalog_schema import APPLICATION_ID, SCHEMA_VERSION
from models.stores.catalog_store import load_catalog
from models.values.problems import ExitCode, UserFacingError
from tests.small_catalogs import COMPLETE

if TYPE_CHECKING:
    from pathlib import Path

    from models.values.catalog import Catalog


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "data.sqlite"
    build_catalog(COMPLETE, file)
    return file


@pytest.fixture
def copy(compiled: Path, tmp_path: Path) -> Path:
    return shutil.copy(compiled, tmp_path / "data.sqlite")


def refusal(file: Path) -> UserFacingError:
    with pytest.raises(UserFacingError) as caught:
        load_catalog(file)
    error = caught.value
    assert error.exit_code is ExitCode.UNUSABLE_STORE
    assert "catalog build" in error.advice
    assert "入れ直" in error.advice
    return error


def change(file: Path, sql: str) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(sql)
    connection.close()


def test_missing_file(tmp_path: Path) -> None:
    assert "ありません" in refusal(tmp_path / "none.sqlite").message
    assert not (tmp_path / "none.sqlite").exists()


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    refusal(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 84, b"\0" * 5000]
)
def test_what_is_no_database(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "data.sqlite"
    file.write_bytes(content)
    refusal(file)


def test_database_of_another_program(tmp_path: Path) -> None:
    change(tmp_path / "other.sqlite", "CREATE TABLE edition (id TEXT)")
    assert "カタログではありません" in refusal(tmp_path / "other.sqlite").message


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1])
def test_other_version(copy: Path, version: int) -> None:
    change(copy, f"PRAGMA user_version = {version}")
    assert f"{version}" in refusal(copy).message


def test_header_alone_is_not_enough(tmp_path: Path) -> None:
    file = tmp_path / "data.sqlite"
    change(file, f"PRAGMA application_id = {APPLICATION_ID}")
    change(file, f"PRAGMA user_version = {SCHEMA_VERSION}")
    refusal(file)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE yen_figures SET amount = amount + 1 WHERE kind = 'max_limit'",
        "UPDATE edition SET content_hash = 'x'",
        "DELETE FROM notes",
        "DELETE FROM edition",
        "UPDATE leaf_values SET boolean = 1 - boolean WHERE boolean IS NOT NULL",
        "ALTER TABLE notes RENAME TO remarks",
    ],
)
def test_changed_by_hand(copy: Path, sql: str) -> None:
    change(copy, sql)
    refusal(copy)


def test_cut_off_anywhere(compiled: Path, tmp_path: Path) -> None:
    content = compiled.read_bytes()
    file = tmp_path / "data.sqlite"
    for length in range(0, len(content), 4093):
        file.write_bytes(content[:length])
        refusal(file)


def test_flipped_bits_never_give_another_catalog(compiled: Path, tmp_path: Path) -> None:
    """A flip in a byte that holds nothing may go unnoticed, but the catalog is then the same."""
    whole = load_catalog(compiled)
    content = compiled.read_bytes()
    used = [place for place, byte in enumerate(content) if byte]
    file = tmp_path / "data.sqlite"
    chance = random.Random(20200930)  # noqa: S311 (which bits does not matter)
    outcomes = []
    for _ in range(300):
        damaged = bytearray(content)
        damaged[chance.choice(used)] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        outcomes.append(load_or_refuse(file))
    assert outcomes.count(None) > 100
    assert all(loaded == whole for loaded in outcomes if loaded is not None)


def load_or_refuse(file: Path) -> Catalog | None:
    """Return the catalog, None when it is refused in words."""
    with contextlib.suppress(UserFacingError):
        return load_catalog(file)
    return None


def test_read_only_folder_and_odd_name(compiled: Path, tmp_path: Path) -> None:
    folder = tmp_path / ("制度 #1%" if os.name == "nt" else "制度 #1?%")
    folder.mkdir()
    file = shutil.copy(compiled, folder / "データ.sqlite")
    folder.chmod(0o500)
    try:
        assert load_catalog(file).edition.id == "test-edition"
        assert [one.name for one in folder.iterdir()] == ["データ.sqlite"]
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE questions SET type = 'x'",
        "UPDATE entries SET kind = 'x'",
        "DELETE FROM conditions",
    ],
)
def test_rows_that_do_not_fit_together_are_told_though_their_hash_is_right(
    copy: Path, sql: str
) -> None:
    connection = sqlite3.connect(copy)
    with connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(sql)
        right = hash_of(read_rows(connection))
        connection.execute("UPDATE edition SET content_hash = ?", (right,))
    connection.close()
    assert "つじつま" in refusal(copy).message
