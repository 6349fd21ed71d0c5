"""How the program starts: whether there is a screen, and how it starts its own helper process.

It knows no Qt, so that it can speak before Qt would end the program in English, and imports next to
nothing, because the window waits for it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from models.values.resources import PROJECT_ROOT, is_packaged

if TYPE_CHECKING:
    from collections.abc import Mapping

CONSOLE_PROGRAM = "michishirube-cli.exe"
PLATFORM, X11, WAYLAND = "QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"


def has_screen(environment: Mapping[str, str], system: str = sys.platform) -> bool:
    """Return whether Qt will find a screen to show the window on; only Linux can lack one."""
    # The package leaves Qt's Wayland parts out: a Wayland session has an X server too.
    names = (PLATFORM, X11) if is_packaged() else (PLATFORM, X11, WAYLAND)
    return not system.startswith("linux") or any(environment.get(name) for name in names)


def refuse_without_screen() -> NoReturn:
    """Raise the `UserFacingError` (exit code 3) for a machine without a screen."""
    from models.values.problems import ExitCode, UserFacingError  # noqa: PLC0415 - rarely needed

    raise UserFacingError(
        "画面が見つからないため、窓を開けません。",
        "デスクトップの画面から始めてください。窓のいらないサブコマンドは --help で分かります。",
        ExitCode.UNUSABLE_STORE,
    )


def sheet_worker_command(catalog_file: Path) -> list[str]:
    """Return what starts the process that builds sheets, from source and in the package."""
    return [*_own_program(), "--catalog", str(catalog_file), "sheet-worker"]


def plan_worker_command(catalog_file: Path) -> list[str]:
    """Return what starts the process that looks for the best combination."""
    return [*_own_program(), "--catalog", str(catalog_file), "plan-worker"]


def _own_program() -> list[str]:
    if not is_packaged():
        return [sys.executable, str(PROJECT_ROOT / "main.py")]
    # On Windows a program with a window is given no standard input and output; its twin is.
    console = Path(sys.executable).with_name(CONSOLE_PROGRAM)
    return [str(console if console.exists() else sys.executable)]
