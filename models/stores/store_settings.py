"""What this machine remembers about its store: a small file beside it, without secrets."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.stores.patience import patiently

FILE_NAME = "store-settings.json"
DEFAULT_LOCK_MINUTES = 10
LONGEST_LOCK_MINUTES = 480
NAME = re.compile(r"[0-9a-z]{1,32}")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The settings; `installation` tells this machine's backups on a shared stick from others'.

    `backup_folder` is the second place for backups (a stick), empty for none. `lock_minutes` of
    idleness lock an encrypted store, 0: never.
    """

    installation: str
    backup_folder: str = ""
    lock_minutes: int = DEFAULT_LOCK_MINUTES

    @property
    def second_folder(self) -> Path | None:
        """Where the second backups lie: a folder of this machine below the chosen one."""
        if not self.backup_folder:
            return None
        return Path(self.backup_folder) / f"michishirube-backups-{self.installation}"


def read_settings(folder: Path) -> StoreSettings:
    """Return the settings; whatever is missing or wrong is as on a new machine."""
    try:
        found: Any = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        found = {}
    given: dict[str, Any] = found if isinstance(found, dict) else {}
    installation = given.get("installation")
    place = given.get("backup_folder")
    minutes = given.get("lock_minutes")
    return StoreSettings(
        installation
        if isinstance(installation, str) and NAME.fullmatch(installation)
        else secrets.token_hex(4),
        place if isinstance(place, str) and Path(place).is_absolute() else "",
        minutes
        if type(minutes) is int and 0 <= minutes <= LONGEST_LOCK_MINUTES
        else DEFAULT_LOCK_MINUTES,
    )


def write_settings(folder: Path, settings: StoreSettings) -> None:
    """Keep the settings whole or not at all; raises `OSError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / f"{FILE_NAME}.new"
    unfinished.write_text(json.dumps(asdict(settings), ensure_ascii=False), encoding="utf-8")
    patiently(lambda: unfinished.replace(folder / FILE_NAME))
