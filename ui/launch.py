"""How the program starts: whether there is a screen, and how it starts its own helper process.

It knows no Qt, so that it can speak before Qt would end the program in English, and imports next to
nothing, because the window waits for it.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from models.values.resources import PROJECT_ROOT, is_packaged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CONSOLE_PROGRAM = "michishirube-cli.exe"
PLATFORM, X11, WAYLAND = "QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"
XCB = "xcb"
LIBRARY = re.compile(r"[\w+-]+\.so(\.\d+)*")
INSTALL = "sudo apt install libgl1 libegl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4"


def has_screen(environment: Mapping[str, str], system: str = sys.platform) -> bool:
    """Return whether Qt will find a screen to show the window on; only Linux can lack one."""
    # The package leaves Qt's Wayland parts out: a Wayland session has an X server too.
    names = (PLATFORM, X11) if is_packaged() else (PLATFORM, X11, WAYLAND)
    return not system.startswith("linux") or any(environment.get(name) for name in names)


def start_refusal(
    environment: Mapping[str, str], system: str = sys.platform
) -> Callable[[], NoReturn] | None:
    """Return what refuses a start that Qt would end with an abort in English; None: it can start.

    An X server that is named may be gone or closed to us, and what Qt's window on it is linked
    against may be missing: both are tried out here, in a few milliseconds, as Qt would.
    """
    if not has_screen(environment, system):
        return refuse_without_screen
    wayland = environment.get(WAYLAND) and not is_packaged()
    platform = environment.get(PLATFORM) or ("" if wayland else XCB)
    if not system.startswith("linux") or platform != XCB:
        return None
    import ctypes  # noqa: PLC0415 - only Linux needs it

    try:
        ctypes.CDLL(str(_xcb_plugin()))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as fault:
        return partial(refuse_without_library, str(fault))
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    # Left open until the program ends: some servers begin anew when their only client leaves, and
    # would turn Qt away meanwhile.
    return refuse_without_screen if xcb.xcb_connection_has_error(connection) else None


def _xcb_plugin() -> Path:
    from importlib.util import find_spec  # noqa: PLC0415 - as above

    found = find_spec("PySide6")
    home = Path(found.origin).parent if found is not None and found.origin else Path()
    return home / "Qt" / "plugins" / "platforms" / "libqxcb.so"


def refuse_without_library(fault: str) -> NoReturn:
    """Raise the `UserFacingError` (exit code 3) for a library of the system that is not there.

    `fault` is what the loader said; it names the library.
    """
    from models.values.problems import ExitCode, UserFacingError  # noqa: PLC0415 - rarely needed

    named = LIBRARY.search(fault)
    raise UserFacingError(
        f"窓を開くための部品（{named[0] if named else fault}）が、このパソコンにありません。",
        f"Debian・Ubuntuでは `{INSTALL}` を実行してから、もう一度始めてください。"
        "ほかのLinuxでは、同じ名前の部品を入れてください。",
        ExitCode.UNUSABLE_STORE,
    )


def refuse_without_screen() -> NoReturn:
    """Raise the `UserFacingError` (exit code 3) for a machine without a screen."""
    from models.values.problems import ExitCode, UserFacingError  # noqa: PLC0415 - rarely needed

    raise UserFacingError(
        "画面が見つからないため、窓を開けません。",
        "デスクトップの画面から始めてください（環境変数 DISPLAY の画面につながりません）。"
        "窓のいらないサブコマンドは --help で分かります。",
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
