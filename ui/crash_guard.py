"""The one place that catches every fault: calm words for the person, no traceback.

It knows no screen, so the command line and the window share it.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from models.values.problems import ExitCode, UserFacingError
from models.values.resources import PROJECT_ROOT, is_packaged

if TYPE_CHECKING:
    from collections.abc import Callable

OUR_ROOMS = ("main.py", "models", "reports", "ui")


def guarded(action: Callable[[], int], tell: Callable[[str], None]) -> int:
    """Return the exit code of `action`; an error becomes a Japanese message given to `tell`."""
    try:
        return action()
    except UserFacingError as error:
        tell(error.text())
        return error.exit_code
    except BrokenPipeError:
        raise  # nobody reads any more: for the caller that knows its output to decide
    except Exception as error:  # noqa: BLE001 - the last line of defence
        tell(fault_text(error))
        return ExitCode.PROGRAM_FAULT


def fault_text(error: BaseException) -> str:
    """Return what to tell a person about a fault of the program.

    It names the kind and the place for whoever mends it, never the error's own words: they may
    hold what a client said.
    """
    return (
        "申し訳ありません。プログラムの不具合で、この操作を終えられませんでした。\n"
        "それまでに保存された相談は、そのまま残っています。\n"
        f"（直す人に伝えてください: {fault_place(error)}）"
    )


def fault_place(error: BaseException) -> str:
    """Return the kind of an error and the innermost line of our own where it arose."""
    kind = type(error).__name__
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if place := _place_of_ours(frame.filename):
            return f"{kind} {place}:{frame.lineno}"
    return kind


def _place_of_ours(file: str) -> str:
    """Return the path of a source file below the root; empty where it is not ours."""
    if file.startswith(str(PROJECT_ROOT)) and ".venv" not in file:
        file = file[len(str(PROJECT_ROOT)) + 1 :]
    elif not (is_packaged() and file.startswith(OUR_ROOMS)):  # the package knows no whole paths
        return ""
    return file.replace("\\", "/")
