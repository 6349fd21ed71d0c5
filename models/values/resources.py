"""Where the files that ship with the program lie, from source and from a packaged folder."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file, given below the root (`"resources", "fonts"`).

    PyInstaller unpacks beside the executable and names that folder `sys._MEIPASS`.
    """
    root = Path(getattr(sys, "_MEIPASS", PROJECT_ROOT))
    return root.joinpath(*parts)
