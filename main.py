"""Start the window, or run a subcommand without one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ui.commands.command_line import parse_command_line, prepare_output, run_command, tell
from ui.crash_guard import guarded

if TYPE_CHECKING:
    from ui.commands.context import CommandContext


def main(arguments: list[str]) -> int:
    """Return the exit code of the window or of the subcommand that `arguments` name."""
    prepare_output()
    options, context = parse_command_line(arguments, os.environ)
    if options.command is not None:
        return run_command(options, context)
    return guarded(lambda: open_window(context), tell)


def open_window(context: CommandContext) -> int:
    """Return the exit code of the window; Qt is imported only here."""
    from ui.application import run_window  # noqa: PLC0415

    return run_window(context)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
