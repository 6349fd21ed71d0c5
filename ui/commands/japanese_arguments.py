"""An argument parser that speaks Japanese: headings, help and every complaint."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from models.values.problems import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterable

# What argparse complains in English -> what we say. The first that fits counts.
COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"\1 がありません。"),
    (r"unrecognized arguments: (.+)", r"「\1」は使えません。"),
    (r"argument (.+): expected one argument", r"\1 の後に値を1つ書いてください。"),
    (r"argument (.+): expected .+", r"\1 の後の値の数が違います。"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 に \2 は使えません（\3）。"),
    (r"argument (.+): invalid .+ value: (.+)", r"\1 に \2 は使えません。"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 と \2 は一緒に使えません。"),
    (r"argument (.+): ignored explicit argument (.+)", r"\1 に値 \2 は付けられません。"),
    (r"one of the arguments (.+) is required", r"\1 のどれかが要ります。"),
)


class _JapaneseHelp(argparse.HelpFormatter):
    """Help text with a Japanese heading before the usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


class JapaneseParser(argparse.ArgumentParser):
    """An `ArgumentParser` for people who read Japanese; a wrong argument ends with exit code 2."""

    def __init__(self, **options: Any) -> None:
        ours = {"formatter_class": _JapaneseHelp, "add_help": False, "allow_abbrev": False}
        super().__init__(**{**options, **ours})
        self._positionals.title = "書くもの"
        self._optionals.title = "選べるもの"
        self.add_argument("-h", "--help", action="help", help="この説明を出して終わります")

    def error(self, message: str) -> NoReturn:
        """Say in Japanese what is wrong with the arguments, and stop."""
        self.exit(ExitCode.BAD_INPUT, f"{self.format_usage()}{in_japanese(message)}\n")


class Subparsers(Protocol):
    """Where a subcommand adds its parser."""

    def add_parser(self, name: str, **options: Any) -> JapaneseParser:
        """Return a new parser for the subcommand."""
        ...


def in_japanese(complaint: str) -> str:
    """Return a complaint of argparse in Japanese."""
    for pattern, words in COMPLAINTS:
        if found := re.fullmatch(pattern, complaint, re.DOTALL):
            return found.expand(words)
    return complaint if not complaint.isascii() else "引数の書き方が違います。"
