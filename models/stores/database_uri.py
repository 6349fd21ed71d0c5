"""Names a database file the way that SQLite wants to be told it together with options."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath


def database_uri(file: PurePath, options: str) -> str:
    """Return the URI of a file, given as an absolute path; `options` are for instance `mode=ro`.

    A file on a Windows share (`//server/share/…`) has its server where a URI has one, and SQLite
    knows no servers: behind an empty server the whole path is left to Windows, which does.
    """
    uri = file.as_uri()
    if not uri.startswith("file:///"):
        uri = uri.replace("file://", "file:////", 1)
    return f"{uri}?{options}"
