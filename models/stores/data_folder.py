"""Where the consultations lie on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.values.resources import package_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT_VARIABLE = "MICHISHIRUBE_DATA_DIR"
FOLDER_NAME = "michishirube"
PORTABLE_MARK = "portable.txt"
PORTABLE_FOLDER = "data"


def data_folder(option: Path | None, environment: Mapping[str, str]) -> Path:
    """Return the folder of the consultations.

    The option counts first, then the variable, then portable mode (`portable.txt` beside the
    packaged program: `data` beside it), else it is the platform's folder for the user's data.
    """
    if option is not None:
        return option.absolute()
    if named := environment.get(ENVIRONMENT_VARIABLE):
        return Path(named).absolute()
    package = package_folder()
    if package is not None and (package / PORTABLE_MARK).exists():
        return package / PORTABLE_FOLDER
    from platformdirs import user_data_path  # noqa: PLC0415 - 25 ms that a named folder saves

    return user_data_path(FOLDER_NAME, appauthor=False)
