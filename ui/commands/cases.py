"""`cases`: list, export, import and delete the consultations kept on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.values.questions import AnswerRole
from ui.commands.context import print_lines
from ui.commands.output_file import write_whole
from ui.commands.passphrase import (
    add_passphrase_option,
    add_passphrase_parser,
    open_store,
    run_passphrase,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

EMPTY = "―"


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "cases", description="保存した相談の一覧、書き出し、読み込み、削除をします。"
    )
    add_passphrase_option(parser)
    actions = parser.add_subparsers(
        title="できること", dest="action", metavar="できること", required=True
    )
    _add_action(actions, "list", "保存した相談の一覧を出します")
    export = _add_action(actions, "export", "相談をファイルに書き出します")
    _add_id(export)
    export.add_argument("file", type=Path, metavar="FILE", help="書き出す先のファイル")
    load = _add_action(actions, "import", "ファイルの相談を保存します")
    load.add_argument("file", type=Path, metavar="FILE", help="相談データのファイル")
    _add_id(_add_action(actions, "delete", "相談を消します（元に戻せません）"))
    add_passphrase_parser(
        actions.add_parser("passphrase", help="合言葉を決め、変え、またはやめます")
    )


def _add_action(actions: Subparsers, name: str, words: str) -> ArgumentParser:
    parser = actions.add_parser(name, help=words)
    add_passphrase_option(parser)
    return parser


def run(args: Namespace, context: CommandContext) -> None:
    """Do what the action says."""
    action = {
        "list": _list,
        "export": _export,
        "import": _import,
        "delete": _delete,
        "passphrase": run_passphrase,
    }[args.action]
    action(args, context)


def _add_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="相談の番号（一覧の先頭の数字）")


def _list(args: Namespace, context: CommandContext) -> None:
    with open_store(args, context) as store:
        found = store.list()
    if not found:
        print_lines("保存した相談はありません。")
    for each in found:
        day, name = each.consulted_on or EMPTY, each.client_name or EMPTY
        changed = each.updated_at.astimezone().strftime("%Y-%m-%d %H:%M")
        print_lines(f"{each.id:>4}  {day:10}  {name}  {each.title or EMPTY}  （更新 {changed}）")


def _export(args: Namespace, context: CommandContext) -> None:
    with open_store(args, context) as store:
        document = store.document(args.id)
    write_whole(args.file, document.encode())
    print_lines(f"相談 {args.id} を {args.file} に書き出しました。")


def _import(args: Namespace, context: CommandContext) -> None:
    consultation = context.read_case(args.file)
    question = context.catalog.question_for(AnswerRole.CLIENT_NAME)
    with open_store(args, context, "" if question is None else question.id) as store:
        print_lines(f"番号 {store.create(consultation)} の相談として保存しました。")


def _delete(args: Namespace, context: CommandContext) -> None:
    with open_store(args, context) as store:
        store.delete(args.id)
    print_lines(f"相談 {args.id} を消しました。")
