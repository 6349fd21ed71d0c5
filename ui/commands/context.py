"""What every subcommand is given: where the catalog and the store are, and how to print."""

from __future__ import annotations

import errno
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import UserFacingError
from models.values.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from models.values.catalog import Catalog
    from models.values.consultation import Consultation
    from ui.commands.japanese_arguments import JapaneseParser

OUTPUT_FULL = "結果を書き出せません。出力先の空きを確かめてください。"


@dataclass(frozen=True)
class CommandContext:
    """The options that stand before a subcommand; `None` where one was not given."""

    catalog_option: Path | None
    data_dir_option: Path | None
    environment: Mapping[str, str]
    clock: Callable[[], datetime]

    @property
    def catalog_file(self) -> Path:
        """The compiled catalog to use."""
        return self.catalog_option or resource_path("data.sqlite")

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog, loaded when first asked for."""
        from models.stores.catalog_store import load_catalog  # noqa: PLC0415 - only when used

        return load_catalog(self.catalog_file)

    @cached_property
    def data_folder(self) -> Path:
        """The folder of the case store."""
        from models.stores.data_folder import data_folder  # noqa: PLC0415 - only when used

        return data_folder(self.data_dir_option, self.environment)

    def read_case(self, file: Path) -> Consultation:
        """Return the consultation of a case file; raises `UserFacingError` when it is wrong."""
        from models.values.case_file import read_case  # noqa: PLC0415 - only when used

        return read_case(read_bytes(file), self.catalog, file.name)


def add_case_arguments(parser: JapaneseParser) -> None:
    """Add what every command about one case file takes."""
    parser.add_argument("case", type=Path, metavar="CASE.json", help="相談データのファイル")


def add_json_option(parser: JapaneseParser) -> None:
    """Add the switch to JSON."""
    parser.add_argument("--json", action="store_true", help="結果をJSONで出します")


def read_bytes(file: Path) -> bytes:
    """Return a file's content; raises `UserFacingError` when it cannot be read."""
    from models.values.strict_json import MAX_BYTES  # noqa: PLC0415 - only when used

    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserFacingError(
            f"{file} を開けません。", "ファイルの名前と、読み取りの許可を確かめてください。"
        ) from error


def print_json(document: object) -> None:
    """Print one JSON document on standard output."""
    print_lines(json.dumps(document, ensure_ascii=False, indent=2))


def print_lines(*lines: str) -> None:
    """Print lines of text on standard output; raises `UserFacingError` when it is full."""
    try:
        for line in lines:
            print(line)
    except OSError as error:
        if has_reader_left(error):
            raise BrokenPipeError from error  # no fault: it ends the command, and nothing is told
        raise UserFacingError(OUTPUT_FULL) from error


def has_reader_left(error: OSError) -> bool:
    """Return whether writing failed because nobody reads any more."""
    # Windows tells it of a pipe in words of its own.
    said_by_windows = sys.platform == "win32" and error.errno == errno.EINVAL
    return isinstance(error, BrokenPipeError) or said_by_windows
