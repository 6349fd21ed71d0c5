"""The one place that catches every fault: calm words for the person, no traceback.

It knows no screen, so the command line and the window share it.
"""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from models.values.problems import ExitCode, UserFacingError
from models.values.resources import PROJECT_ROOT, is_packaged

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_PLACES = 12
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


def window_fault_text(*, saved: bool) -> str:
    """Return what the window tells about a fault, after it tried to save."""
    kept = (
        "入れたことは、すべて保存してあります。このまま続けられます。"
        if saved
        else "最後に入れたことは、保存できていないかもしれません。画面で確かめてください。"
    )
    return f"申し訳ありません。プログラムの不具合で、この操作を終えられませんでした。\n{kept}"


def fault_report(error: BaseException) -> str:
    """Return what may be copied and sent to whoever mends the program.

    Kinds of errors, places in our own source, versions. No message, no value and no name of a file
    outside of the program: they may hold what a client said.
    """
    lines = ["みちしるべ の不具合の報告（相談の内容は入っていません）"]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        places = " ← ".join(_places_of_ours(cause)[:MOST_PLACES])
        lines.append(" ".join(part for part in (type(cause).__name__, places) if part))
        cause = cause.__cause__ or cause.__context__
    qt = getattr(sys.modules.get("PySide6"), "__version__", "―")
    version = ".".join(map(str, sys.version_info[:3]))
    lines.append(
        f"Python {version}　Qt {qt}　{sys.platform}　{'配布版' if is_packaged() else 'ソース'}"
    )
    return "\n".join(lines)


def tell_quietly(error: BaseException | None) -> None:
    """Note a fault beside the window (in a thread, in a destructor) on standard error.

    Python's own words there would show the error's message, and desktops keep them in a log.
    """
    if error is not None and sys.stderr is not None:
        print(fault_report(error), file=sys.stderr)  # noqa: T201 - for whoever mends it


def fault_place(error: BaseException) -> str:
    """Return the kind of an error and the innermost line of our own where it arose."""
    return " ".join((type(error).__name__, *_places_of_ours(error)[:1]))


def _places_of_ours(error: BaseException) -> list[str]:
    """Return the lines of our own that the error came through, the innermost first."""
    # Walked by hand: `traceback` would read the source files, which may be gone by now.
    found = [
        f"{place}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (place := _place_of_ours(frame.f_code.co_filename))
    ]
    return found[::-1]


def _place_of_ours(file: str) -> str:
    """Return the path of a source file below the root; empty where it is not ours."""
    if file.startswith(str(PROJECT_ROOT)) and ".venv" not in file:
        file = file[len(str(PROJECT_ROOT)) + 1 :]
    elif not (is_packaged() and file.startswith(OUR_ROOMS)):  # the package knows no whole paths
        return ""
    return file.replace("\\", "/")
