"""`cases`: list, hand on, back up and delete the consultations kept on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.commands.cases_backup import add_backup_actions, back_up, choose_folder, restore
from ui.commands.cases_code import add_code_action, read_code
from ui.commands.cases_hand_over import add_hand_over_options, export_hand_over, import_case
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

    from models.values.consultation import Consultation
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers

EMPTY = "―"


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "cases", description="保存した相談の一覧、書き出し、読み込み、控え、削除をします。"
    )
    add_passphrase_option(parser)
    actions = parser.add_subparsers(
        title="できること", dest="action", metavar="できること", required=True
    )
    listing = add_action(actions, "list", "保存した相談の一覧を出します")
    listing.add_argument("words", nargs="*", metavar="WORDS", help="この言葉を含む相談だけ")
    listing.add_argument("--archived", action="store_true", help="しまった相談の一覧にします")
    export = add_action(actions, "export", "相談をファイルに書き出します")
    _add_id(export)
    export.add_argument("file", type=Path, metavar="FILE", help="書き出す先のファイル")
    export.add_argument(
        "--anonymous", action="store_true", help="名前・番号・題・メモ・品名を除いて書き出します"
    )
    load = add_action(actions, "import", "ファイルの相談を保存し、または手元の相談と合わせます")
    load.add_argument("file", type=Path, metavar="FILE", help="相談データのファイル")
    add_hand_over_options(export, load)
    archive = add_action(actions, "archive", "相談をしまい、一覧に出さないようにします")
    _add_id(archive)
    archive.add_argument("--back", action="store_true", help="しまった相談を一覧に戻します")
    add_backup_actions(actions)
    _add_id(add_action(actions, "delete", "相談を消します（元に戻せません）"))
    add_code_action(actions)
    add_passphrase_parser(
        actions.add_parser("passphrase", help="合言葉を決め、変え、またはやめます")
    )


def run(args: Namespace, context: CommandContext) -> None:
    """Do what the action says."""
    action = {
        "list": _list,
        "export": _export,
        "import": import_case,
        "archive": _archive,
        "backup": back_up,
        "backup-folder": choose_folder,
        "restore": restore,
        "delete": _delete,
        "passphrase": run_passphrase,
        "read-code": read_code,
    }[args.action]
    action(args, context)


def add_action(actions: Subparsers, name: str, words: str) -> ArgumentParser:
    """Add one thing that can be done with the stored consultations."""
    parser = actions.add_parser(name, help=words)
    add_passphrase_option(parser)
    return parser


def _add_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="相談の番号（一覧の先頭の数字）")


def _list(args: Namespace, context: CommandContext) -> None:
    with open_store(args, context) as store:
        found = store.list(" ".join(args.words), archived=args.archived)
    if not found:
        print_lines("当てはまる相談はありません。" if args.words else "保存した相談はありません。")
    for each in found:
        day, name = each.consulted_on or EMPTY, each.client_name or EMPTY
        changed = each.updated_at.astimezone().strftime("%Y-%m-%d %H:%M")
        print_lines(f"{each.id:>4}  {day:10}  {name}  {each.title or EMPTY}  （更新 {changed}）")


def _export(args: Namespace, context: CommandContext) -> None:
    if args.hand_over:
        export_hand_over(args, context)
        return
    with open_store(args, context) as store:
        if args.anonymous:
            document = _anonymous(store.load(args.id, context.catalog), context)
        else:
            document = store.document(args.id)
    write_whole(args.file, document.encode())
    print_lines(f"相談 {args.id} を {args.file} に書き出しました。")
    if args.anonymous:
        print_lines("金額や人数は残っています。珍しい内容から、だれの相談か分かることがあります。")


def _anonymous(consultation: Consultation, context: CommandContext) -> str:
    from models.values.anonymous import anonymous  # noqa: PLC0415 - only when used
    from models.values.case_file import write_case  # noqa: PLC0415 - only when used

    return write_case(anonymous(consultation, context.catalog))


def _archive(args: Namespace, context: CommandContext) -> None:
    with open_store(args, context) as store:
        store.archive(args.id, archived=not args.back)
    done = "一覧に戻しました" if args.back else "しまいました"
    print_lines(f"相談 {args.id} を{done}。")


def _delete(args: Namespace, context: CommandContext) -> None:
    with open_store(args, context) as store:
        store.delete(args.id)
        day = store.forgotten_on()
    print_lines(f"相談 {args.id} を消しました。")
    if day is not None:
        print_lines(
            f"これまでの自動の控えにはまだ残っていて、{day.isoformat()} 以後に"
            " みちしるべ を開いたとき、控えからも消えます。"
        )
    print_lines("自分で作った控え、書き出したファイル、印刷した紙は、ご自分で始末してください。")
