"""`cases`: list, export, import and delete the consultations kept on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.stores.consultation_store import ConsultationStore
from models.values.questions import AnswerRole
from ui.commands.context import print_lines
from ui.commands.output_file import write_whole

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
    actions = parser.add_subparsers(
        title="できること", dest="action", metavar="できること", required=True
    )
    actions.add_parser("list", help="保存した相談の一覧を出します")
    export = actions.add_parser("export", help="相談をファイルに書き出します")
    _add_id(export)
    export.add_argument("file", type=Path, metavar="FILE", help="書き出す先のファイル")
    load = actions.add_parser("import", help="ファイルの相談を保存します")
    load.add_argument("file", type=Path, metavar="FILE", help="相談データのファイル")
    _add_id(actions.add_parser("delete", help="相談を消します（元に戻せません）"))


def run(args: Namespace, context: CommandContext) -> None:
    """Do what the action says."""
    {"list": _list, "export": _export, "import": _import, "delete": _delete}[args.action](
        args, context
    )


def _add_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="相談の番号（一覧の先頭の数字）")


def _store(context: CommandContext, name_question: str = "") -> ConsultationStore:
    return ConsultationStore.open(context.data_folder, context.clock, name_question)


def _list(_args: Namespace, context: CommandContext) -> None:
    with _store(context) as store:
        found = store.list()
    if not found:
        print_lines("保存した相談はありません。")
    for each in found:
        day, name = each.consulted_on or EMPTY, each.client_name or EMPTY
        changed = each.updated_at.astimezone().strftime("%Y-%m-%d %H:%M")
        print_lines(f"{each.id:>4}  {day:10}  {name}  {each.title or EMPTY}  （更新 {changed}）")


def _export(args: Namespace, context: CommandContext) -> None:
    with _store(context) as store:
        document = store.document(args.id)
    write_whole(args.file, document.encode())
    print_lines(f"相談 {args.id} を {args.file} に書き出しました。")


def _import(args: Namespace, context: CommandContext) -> None:
    consultation = context.read_case(args.file)
    question = context.catalog.question_for(AnswerRole.CLIENT_NAME)
    with _store(context, "" if question is None else question.id) as store:
        print_lines(f"番号 {store.create(consultation)} の相談として保存しました。")


def _delete(args: Namespace, context: CommandContext) -> None:
    with _store(context) as store:
        store.delete(args.id)
    print_lines(f"相談 {args.id} を消しました。")
