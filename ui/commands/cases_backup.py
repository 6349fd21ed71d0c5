"""`cases backup`, `backup-folder` and `restore`: copies of the store, and one back in its place."""

from __future__ import annotations

import getpass
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import UserFacingError
from ui.commands.context import print_lines
from ui.commands.passphrase import (
    PROMPT,
    add_passphrase_option,
    is_encrypted,
    known_passphrase,
    open_store,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


def add_backup_actions(actions: Subparsers) -> None:
    """Add what can be done with backups."""
    backup = actions.add_parser("backup", help="保存した相談すべての控えを作ります")
    backup.add_argument("file", type=Path, metavar="FILE", help="控えのファイル")
    folder = actions.add_parser(
        "backup-folder", help="毎日の控えを置く2つ目の場所（USBメモリーなど）を決めます"
    )
    folder.add_argument("folder", type=Path, nargs="?", metavar="DIR", help="フォルダー")
    folder.add_argument("--none", action="store_true", help="2つ目の場所をやめます")
    restore_parser = actions.add_parser(
        "restore", help="控えを戻します（いまの記録は別に残します）"
    )
    restore_parser.add_argument("file", type=Path, metavar="FILE", help="控えのファイル")
    for parser in (backup, folder, restore_parser):
        add_passphrase_option(parser)


def back_up(args: Namespace, context: CommandContext) -> None:
    """Write a checked copy of the store."""
    with open_store(args, context) as store:
        store.back_up(args.file)
        encrypted = store.is_encrypted
    print_lines(f"控えを {args.file} に作り、読み直して確かめました。")
    print_lines("開くには、いまの合言葉が要ります。" if encrypted else "控えに合言葉はありません。")


def choose_folder(args: Namespace, context: CommandContext) -> None:
    """Choose the second place for the daily backups, or tell which one it is."""
    from models.stores.store_settings import (  # noqa: PLC0415 - only when used
        read_settings,
        write_settings,
    )

    settings = read_settings(context.data_folder)
    folder: Path | None = args.folder
    if folder is None and not args.none:
        place = settings.backup_folder or "ありません"
        print_lines(f"2つ目の控えの場所: {place}")
        return
    if folder is not None and not folder.is_dir():
        raise UserFacingError(
            f"{folder} というフォルダーがありません。", "あるフォルダーを選んでください。"
        )
    chosen = "" if args.none or folder is None else str(folder.absolute())
    write_settings(context.data_folder, replace(settings, backup_folder=chosen))
    if not chosen:
        print_lines("2つ目の控えの場所をやめました。前の控えはそのまま残っています。")
        return
    with open_store(args, context):
        pass  # opening makes the first backup there
    print_lines(f"これから毎日の控えを {chosen} にも作ります。")


def restore(args: Namespace, context: CommandContext) -> None:
    """Put a backup in the place of the store, which is set aside."""
    from models.stores.store_care import restore as restore_store  # noqa: PLC0415 - only when used

    passphrase = known_passphrase(args, context)
    if passphrase is None and is_encrypted(args.file) and sys.stdin.isatty():
        passphrase = getpass.getpass(PROMPT)
    count, aside = restore_store(context.data_folder, args.file, context.clock, passphrase)
    print_lines(f"控え {args.file} を戻しました（相談 {count}件）。")
    if aside is not None:
        print_lines(f"それまでの記録は {aside} に残してあります。")
