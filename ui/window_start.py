"""Opens the window, or says in Japanese why Qt cannot even be loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.commands.context import CommandContext


def open_window(make_context: Callable[[], CommandContext]) -> int:
    """Return the exit code of the window."""
    try:
        from ui.application import run_window  # noqa: PLC0415 - it loads Qt
    except ImportError as fault:
        if not sys.platform.startswith("linux") or ".so" not in str(fault):
            raise
        from ui.commands.command_line import run_safely  # noqa: PLC0415 - not for the first paint
        from ui.launch import refuse_without_library  # noqa: PLC0415 - as above

        told = str(fault)
        return run_safely(lambda: refuse_without_library(told))
    return run_window(make_context)
