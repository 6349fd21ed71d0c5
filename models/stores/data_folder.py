"""Where the consultations lie on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_VARIABLE = "MICHISHIRUBE_DATA_DIR"
FOLDER_NAME = "michishirube"


def data_folder(option: Path | None, environment: Mapping[str, str]) -> Path:
    """Return the folder given by option or environment, else the platform's user data folder."""
    if option is not None:
        return option.absolute()
    if named := environment.get(ENVIRONMENT_VARIABLE):
        return Path(named).absolute()
    from platformdirs import user_data_path  # noqa: PLC0415 - 25 ms that a named folder saves

    return user_data_path(FOLDER_NAME, appauthor=False)
