"""`self-test`: does this program, installed or packaged, have all it needs?"""

from __future__ import annotations

import secrets
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.stores.consultation_store import FILE_NAME, ConsultationStore
from models.stores.store_errors import PassphraseNeededError
from models.values.consultation import Consultation
from models.values.edits import edit_between
from models.values.office import Office
from models.values.problems import ExitCode, UserFacingError
from reports.fonts import lost_characters
from reports.sheet import make_sheet
from ui.commands.context import print_lines
from ui.crash_guard import guarded

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

VISIT = date(2021, 4, 20)
SAMPLE = Consultation(title="動作の確認", consulted_on=VISIT.isoformat())
WANTED_CHARACTERS = "みちしるべ補助金髙﨑㈱①￥〜𠮷"


def add_parser(subparsers: Subparsers) -> None:
    """Add the subcommand, which takes no arguments."""
    subparsers.add_parser("self-test", description="このプログラムが正しく動くかを確かめます。")


def run(_args: Namespace, context: CommandContext) -> int:
    """Print one line for each part, and return the first exit code that is not 0."""
    checks: dict[str, Callable[[], str]] = {
        "制度カタログ": lambda: _check_catalog(context),
        "フォント": _check_fonts,
        "相談シート": lambda: _check_sheet(context),
        "相談の保存": lambda: _check_store(context),
    }
    codes = [_checked(name, check) for name, check in checks.items()]
    return next((code for code in codes if code), ExitCode.DONE)


def _checked(name: str, check: Callable[[], str]) -> int:
    def tell_result() -> int:
        print_lines(f"○ {name}: {check()}")
        return ExitCode.DONE

    return guarded(
        tell_result, lambda message: print_lines(f"× {name}: {' '.join(message.split())}")
    )


def _check_catalog(context: CommandContext) -> str:
    edition = context.catalog.edition
    return f"{edition.title}、{len(context.catalog.entries)}件（{edition.content_hash[:12]}）"


def _check_fonts() -> str:
    if lost := lost_characters(WANTED_CHARACTERS):
        raise UserFacingError(
            f"出せない文字があります（{lost}）。",
            "プログラムを入れ直してください。",
            ExitCode.PROGRAM_FAULT,
        )
    return "読み込めました"


def _check_sheet(context: CommandContext) -> str:
    pdf = make_sheet(context.catalog, SAMPLE, Office(), VISIT)
    return f"作れました（{len(pdf):,}バイト）"


def _check_store(context: CommandContext) -> str:
    with tempfile.TemporaryDirectory(prefix="michishirube-") as folder:
        _try_store(Path(folder) / "plain", context, None)
        _try_store(Path(folder) / "encrypted", context, secrets.token_urlsafe())
    done = "書き込みと読み出しが、合言葉つきでもできました"
    if not (context.data_folder / FILE_NAME).exists():
        return f"{done}（保存した相談はまだありません）"
    try:
        with ConsultationStore.open(context.data_folder, context.clock, "") as store:
            return f"{done}（保存した相談 {len(store.list())}件）"
    except PassphraseNeededError:
        return f"{done}（保存した相談は合言葉で守られています）"


def _try_store(folder: Path, context: CommandContext, passphrase: str | None) -> None:
    """Keep, change and undo a consultation in a store of its own, then open it again."""
    changed = Consultation(title="変えた題", consulted_on=SAMPLE.consulted_on)
    edit = edit_between(SAMPLE, changed, "題を変えました")
    with ConsultationStore.open(folder, context.clock, "", passphrase) as store:
        key = store.create(SAMPLE)
        if edit is not None:
            store.commit(key, changed, edit)
        store.undo(key, context.catalog)
    with ConsultationStore.open(folder, context.clock, "", passphrase) as store:
        if store.load(key, context.catalog) != SAMPLE:
            raise AssertionError
