"""`cases export --hand-over` and `cases import`: a consultation goes to another laptop and back."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import UserFacingError
from models.values.questions import AnswerRole
from ui.commands.context import print_lines, read_bytes
from ui.commands.output_file import write_whole
from ui.commands.passphrase import first_line, is_encrypted, new_passphrase, open_store

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from models.stores.consultation_store import ConsultationStore
    from models.stores.incoming import Incoming
    from models.values.merge import Conflict
    from ui.commands.context import CommandContext

FILE_ENVIRONMENT_VARIABLE = "MICHISHIRUBE_FILE_PASSPHRASE"
SHOWN_LENGTH = 80


def add_hand_over_options(export: ArgumentParser, load: ArgumentParser) -> None:
    """Add what export and import need for a consultation that travels."""
    export.add_argument(
        "--hand-over", action="store_true", help="ほかの端末で続け、後で合わせられる形にします"
    )
    export.add_argument(
        "--encrypt", action="store_true", help="ファイルに合言葉を付けます（--hand-over のとき）"
    )
    export.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help="ファイルに付ける合言葉の書いてあるファイル（1行目）",
    )
    load.add_argument(
        "--file-passphrase-file",
        type=Path,
        metavar="FILE",
        help="読み込むファイルの合言葉の書いてあるファイル（1行目）",
    )
    load.add_argument(
        "--prefer", choices=("mine", "theirs"), help="両方で変えた項目は、どちらを採るか"
    )


def export_hand_over(args: Namespace, context: CommandContext) -> None:
    """Write a consultation for another laptop, and remember what was given."""
    passphrase = new_passphrase(args, context) if args.encrypt else None
    with open_store(args, context) as store:
        document = store.hand_over(args.id)
    if passphrase is None:
        write_whole(args.file, document.encode())
    else:
        from models.stores.sealed_file import write_sealed  # noqa: PLC0415 - loads SQLCipher

        write_sealed(args.file, document, passphrase)
    print_lines(f"相談 {args.id} を引き継ぎ用に {args.file} に書き出しました。")
    if passphrase is None:
        print_lines("このファイルに合言葉はありません。運ぶときは --encrypt をおすすめします。")


def import_case(args: Namespace, context: CommandContext) -> None:
    """Keep a case file: as a new consultation, or merged into the one that it belongs to."""
    from models.stores.incoming import (  # noqa: PLC0415 - only when used
        keep_as_new,
        known_here,
        read_incoming,
    )

    incoming = read_incoming(_content(args, context), context.catalog, args.file.name)
    question = context.catalog.question_for(AnswerRole.CLIENT_NAME)
    with open_store(args, context, "" if question is None else question.id) as store:
        known = known_here(store, incoming)
        if known is not None:
            _merge(args, context, store, known, incoming)
            return
        number = keep_as_new(store, incoming)
        if incoming.hand_over is None:
            print_lines(f"番号 {number} の相談として保存しました。")
        else:
            print_lines(f"引き継いだ相談を、番号 {number} として保存しました。")


def _merge(
    args: Namespace,
    context: CommandContext,
    store: ConsultationStore,
    known: int,
    incoming: Incoming,
) -> None:
    from models.stores.incoming import joined  # noqa: PLC0415 - only when used

    both = joined(store, known, incoming, context.catalog, args.prefer == "theirs")
    merge = both.merge
    if merge.conflicts and args.prefer is None:
        raise UserFacingError(
            f"相談 {known} は、こちらでもあちらでも同じ項目が変わっています。"
            "まだ何も変えていません。\n" + "\n".join(map(_conflict_line, merge.conflicts)),
            "--prefer mine（こちらを残す）か --prefer theirs（あちらを採る）を付けて、"
            "もう一度読み込んでください。",
        )
    store.commit_merge(known, both.consultation, both.edit, incoming.consultation)
    print_lines(f"相談 {known} に合わせました。あちらから採った項目: {len(merge.taken)}か所")
    print_lines(*(f"  {path}" for path in merge.taken))
    if merge.conflicts:
        kept = "あちら" if args.prefer == "theirs" else "こちら"
        print_lines(f"両方で変わっていた項目は{kept}の値にしました（元に戻せます）:")
        print_lines(*map(_conflict_line, merge.conflicts))


def _conflict_line(conflict: Conflict) -> str:
    mine, theirs = _shown(conflict.mine), _shown(conflict.theirs)
    return f"  {conflict.path}: こちら {mine} ／ あちら {theirs}"


def _shown(side: list[object] | object) -> str:
    text = json.dumps(side, ensure_ascii=False)[1:-1] or "（なし）"
    return text if len(text) <= SHOWN_LENGTH else f"{text[:SHOWN_LENGTH]}…"


def _content(args: Namespace, context: CommandContext) -> bytes:
    if not is_encrypted(args.file):
        return read_bytes(args.file)
    from models.stores.sealed_file import read_sealed  # noqa: PLC0415 - loads SQLCipher

    if args.file_passphrase_file is not None:
        passphrase = first_line(args.file_passphrase_file)
    elif given := context.environment.get(FILE_ENVIRONMENT_VARIABLE):
        passphrase = given
    elif sys.stdin.isatty():
        passphrase = getpass.getpass("このファイルの合言葉: ")
    else:
        raise UserFacingError(
            f"{args.file} には合言葉が付いています。",
            "--file-passphrase-file FILE か、"
            f"環境変数 {FILE_ENVIRONMENT_VARIABLE} で渡してください。",
        )
    return read_sealed(args.file, passphrase).encode()
