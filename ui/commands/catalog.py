"""The subcommand `catalog`: look things up, check the sources, build `data.sqlite`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import ExitCode, Problem, Severity
from models.values.resources import resource_path

if TYPE_CHECKING:
    import argparse

    from ui.commands.context import CommandContext

_GRADES = {
    Severity.CRITICAL: "致命的",
    Severity.IMPORTANT: "重要",
    Severity.MINOR: "軽微",
    Severity.INFO: "参考",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `catalog` with its actions."""
    catalog = subparsers.add_parser("catalog", help="制度のカタログを調べる・確かめる・作る")
    actions = catalog.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="カタログの原稿をすべて確かめる")
    _add_folder(check)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", default=None, help="原稿のフォルダー"
    )


def run(args: argparse.Namespace, context: CommandContext) -> int:
    """Run the action that `args` name; returns the exit code, raises `UserFacingError`."""
    actions = {"check": _check}
    return actions[args.action](args, context)


def _check(args: argparse.Namespace, _context: CommandContext) -> int:
    from models.catalog_build.findings import check_catalog  # noqa: PLC0415 - only when used

    folder = args.folder or resource_path("resources/catalog")
    findings = check_catalog(folder)
    for problem in findings.problems:
        print(_line(problem, folder))
    counts = "、".join(f"{name} {findings.count(grade)}件" for grade, name in _GRADES.items())
    print(f"カタログの確認: {counts}")
    return ExitCode.BAD_INPUT if findings.blocking else ExitCode.DONE


def _line(problem: Problem, folder: Path) -> str:
    """Return the problem with its grade and a file name that an editor can open."""
    placed = replace(problem, file=str(folder / problem.file))
    return f"[{_GRADES[problem.severity]}] {placed.text()}"
