"""A lock on the data folder: only one program at a time writes consultations.

The operating system lets go of the lock when the program ends, however it ends.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

UNWRITABLE = (errno.EROFS, errno.EACCES, errno.EPERM)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds the lock from `take` until `release`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None
        self.is_writable = True

    def take(self) -> bool:
        """Return whether the lock is ours now; raises `OSError` when the file cannot be made.

        `is_writable` tells afterwards whether the folder lets anybody write at all.
        """
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            self.is_writable = error.errno not in UNWRITABLE
            raise
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let go of the lock; the file stays, so that nobody can lock a file already removed."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
