"""SQLite is told every file in a way that it understands, on every system."""

from __future__ import annotations

import sqlite3
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from models.stores.database_uri import database_uri


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/data/a b/c.sqlite"), "file:///data/a%20b/c.sqlite?mode=ro"),
        (PureWindowsPath(r"C:\山\c.sqlite"), "file:///C:/%E5%B1%B1/c.sqlite?mode=ro"),
        (
            PureWindowsPath(r"\\nas\相談\c.sqlite"),
            "file:////nas/%E7%9B%B8%E8%AB%87/c.sqlite?mode=ro",
        ),
    ],
)
def test_options_follow_the_place(path, uri):
    assert database_uri(path, "mode=ro") == uri


def test_a_server_is_left_to_the_system():
    uri = database_uri(PureWindowsPath(r"\\nas\share\none.sqlite"), "mode=ro")
    # Not "invalid uri authority": SQLite looked for the file.
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(uri, uri=True)
