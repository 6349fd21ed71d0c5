"""Start the window, or run a subcommand without one."""

# ruff: noqa: PLC0415 - the window shows its frame before anything else is imported

from __future__ import annotations

import os
import sys


def main(arguments: list[str]) -> int:
    """Return the exit code of the window or of the subcommand that `arguments` name."""
    from ui.window_start import open_window

    if not arguments:
        return open_window(lambda: parsed([])[1])
    from ui.commands.command_line import run_command, run_safely

    def run() -> int:
        options, context = parsed(arguments)
        if options.command is not None:
            return run_command(options, context)
        return open_window(lambda: context)

    return run_safely(run)


def parsed(arguments: list[str]):  # noqa: ANN201 - the type would have to be imported
    """Return the options, and the context of the subcommand or the window."""
    from ui.commands.command_line import parse_command_line

    return parse_command_line(arguments, os.environ)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
