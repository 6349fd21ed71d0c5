"""The command line: reads the arguments and runs the subcommand that they name."""

from __future__ import annotations

import importlib
import io
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.values.problems import ExitCode
from models.values.resources import is_packaged
from ui.commands.context import OUTPUT_FULL, CommandContext, has_reader_left
from ui.commands.japanese_arguments import JapaneseParser
from ui.crash_guard import guarded

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence


class Command(NamedTuple):
    """A subcommand: the module that runs it, imported only then, and what it does."""

    module: str
    help: str


COMMANDS = {
    "screen": Command("ui.commands.screen", "すべての制度と枠について、該当の見込みを判定します"),
    "simulate": Command("ui.commands.simulate", "補助額と自己負担を計算します"),
    "plan": Command("ui.commands.plan", "確実な額がいちばん多い組み合わせを、証明つきで求めます"),
    "ask": Command("ui.commands.ask", "次に聞くとよい質問を答えます"),
    "sheet": Command("ui.commands.sheet", "相談シートのPDFを作ります"),
    "questionnaire": Command("ui.commands.questionnaire", "書き込み用の質問票のPDFを作ります"),
    "catalog": Command("ui.commands.catalog", "制度カタログを調べ、確かめ、組み立てます"),
    "cases": Command("ui.commands.cases", "保存した相談の一覧、書き出し、読み込み、削除をします"),
    "self-test": Command("ui.commands.self_test", "このプログラムが正しく動くかを確かめます"),
}
# The window starts them for itself; no help names them.
WORKERS = {
    "sheet-worker": "ui.commands.sheet_worker",
    "plan-worker": "ui.commands.plan_worker",
}
MODULES = {name: command.module for name, command in COMMANDS.items()} | WORKERS


def parse_command_line(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> tuple[Namespace, CommandContext]:
    """Return the parsed options and the context for a subcommand.

    `options.command` is None when the window is wanted. Wrong arguments end the program with
    exit code 2 and a Japanese message.
    """
    chosen = _command_named_in(arguments)
    parser = JapaneseParser(
        prog=Path(sys.executable).stem if is_packaged() else "main.py",
        description="みちしるべ: 補助金の相談を助けます。引数なしで始めると窓が開きます。",
    )
    _add_global_options(parser)
    subparsers = parser.add_subparsers(
        title="サブコマンド", dest="command", metavar="サブコマンド", parser_class=JapaneseParser
    )
    for name, command in COMMANDS.items():
        if name == chosen:
            importlib.import_module(MODULES[name]).add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=command.help)
    if chosen in WORKERS:
        importlib.import_module(MODULES[chosen]).add_parser(subparsers)
    options = parser.parse_args(arguments)
    return options, CommandContext(options.catalog_file, options.data_dir, environment, _now)


def run_command(options: Namespace, context: CommandContext) -> int:
    """Run the chosen subcommand and return its exit code."""
    module = importlib.import_module(MODULES[options.command])
    return int(module.run(options, context) or ExitCode.DONE)


def run_safely(action: Callable[[], int]) -> int:
    """Return the exit code of the whole program; every error is told on standard error."""
    _speak_utf8()
    code: int = ExitCode.DONE
    try:
        code = guarded(action, tell)
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        _drop_output()
        # A reader (`head`, say) that has seen enough is no fault.
        if not has_reader_left(error) and code == ExitCode.DONE:
            tell(OUTPUT_FULL)
            code = ExitCode.BAD_INPUT
    except KeyboardInterrupt:
        tell("中止しました。")
        code = ExitCode.PROGRAM_FAULT
    return code


def _now() -> datetime:
    return datetime.now().astimezone()  # noqa: TID251 - the one clock; all else is given it


def _speak_utf8() -> None:
    """Make standard output and error UTF-8 with plain line ends, whatever the machine's own are."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A file name need not be valid text; it is told as far as it can be.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the end of Python stays quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(message: str) -> None:
    """Tell the person something on standard error."""
    print(message, file=sys.stderr)


def _add_global_options(parser: JapaneseParser) -> None:
    parser.add_argument(
        "--catalog",
        dest="catalog_file",
        type=Path,
        metavar="FILE",
        help="別の制度カタログを使います",
    )
    parser.add_argument(
        "--data-dir", dest="data_dir", type=Path, metavar="DIR", help="相談を保存するフォルダー"
    )


def _command_named_in(arguments: Sequence[str]) -> str | None:
    """Return the subcommand among the arguments, so that only its module is imported."""
    words = iter(arguments)
    for word in words:
        if word in {"--catalog", "--data-dir"}:
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None
