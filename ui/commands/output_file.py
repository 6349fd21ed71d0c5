"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from models.stores.patience import patiently
from models.values.problems import UserFacingError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(file: Path, data: bytes) -> None:
    """Write `data` to `file`, which keeps its former content until everything is written.

    Raises `UserFacingError` when it cannot be written.
    """
    target = file.resolve()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or a device cannot be replaced by a file
            return
        with unfinished.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: unfinished.replace(target))
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UserFacingError(
            f"{file} に書き込めません。",
            "書き込めるフォルダーか、空きがあるか、ほかのプログラムで開いていないかを確かめてください。",
        ) from error
