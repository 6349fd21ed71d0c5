"""Start the window, or run a subcommand without one."""

from __future__ import annotations

import os
import sys

from ui.commands.command_line import parse_command_line, run_command, run_safely


def main(arguments: list[str]) -> int:
    """Return the exit code of the window or of the subcommand that `arguments` name."""
    return run_safely(lambda: run(arguments))


def run(arguments: list[str]) -> int:
    """Do what `arguments` ask for; Qt is imported only for the window."""
    options, context = parse_command_line(arguments, os.environ)
    if options.command is not None:
        return run_command(options, context)
    from ui.application import run_window  # noqa: PLC0415

    return run_window(context)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
