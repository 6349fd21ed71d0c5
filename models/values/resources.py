"""Where the files that ship with the program lie, from source and from a packaged folder."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file, given below the root (`"resources", "fonts"`).

    PyInstaller keeps them beside the executable and names that folder `sys._MEIPASS`.
    """
    root = Path(getattr(sys, "_MEIPASS", PROJECT_ROOT))
    return root.joinpath(*parts)


def is_packaged() -> bool:
    """Whether this is the packaged program, without Python and without the catalog's sources."""
    return bool(getattr(sys, "frozen", False))


def package_folder() -> Path | None:
    """Return the folder that the packaged program's executable lies in, `None` from source."""
    return Path(sys.executable).parent if is_packaged() else None
