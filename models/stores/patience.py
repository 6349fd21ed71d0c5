"""Waits for other programs that hold a file for a moment.

On Windows a file that anybody has open can be neither renamed nor deleted, and virus scanners and
indexers open every new file. Elsewhere nobody holds a name.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN_FILES_HOLD_NAMES = sys.platform == "win32"
PATIENCE_SECONDS = 1.0
PAUSE_SECONDS = 0.02


def patiently(action: Callable[[], object]) -> None:
    """Do something that renames, deletes or opens a file; raises its `OSError` when it stays."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            action()
        except PermissionError:
            if not OPEN_FILES_HOLD_NAMES or time.monotonic() >= end:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return
