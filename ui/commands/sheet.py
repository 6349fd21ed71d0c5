"""`sheet`: the consultation sheet as a PDF file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.values.json_fields import day_problem
from models.values.office import Office
from models.values.problems import UserFacingError
from reports.sheet import make_sheet
from reports.sheet_content import lost_on_paper
from reports.sheet_input import CodeChoice, CopyChoice, SheetOptions
from ui.commands.context import add_case_arguments, print_lines, read_bytes
from ui.commands.output_file import write_whole

if TYPE_CHECKING:
    from argparse import Namespace

    from models.values.consultation import Consultation
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser("sheet", description="相談シートのPDFを作ります。")
    add_case_arguments(parser)
    parser.add_argument(
        "-o",
        dest="output",
        type=Path,
        metavar="OUT.pdf",
        required=True,
        help="書き出す先のファイル",
    )
    parser.add_argument(
        "--copy",
        choices=[choice.value for choice in CopyChoice],
        default=CopyChoice.BOTH.value,
        help="owner（お客様用）、advisor（相談員用の控え）、both（両方）",
    )
    parser.add_argument(
        "--qr",
        choices=[choice.value for choice in CodeChoice],
        default=CodeChoice.ANSWERS.value,
        help="控えのQRコード: none（なし）、answers（名前なし）、with-name（名前も入れる）",
    )
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="作成日（書かなければ相談日）")
    parser.add_argument("--office", type=Path, metavar="OFFICE.json", help="拠点の設定のファイル")


def run(args: Namespace, context: CommandContext) -> None:
    """Write the sheet and say what the paper could not show."""
    made_on = None if args.date is None else _day_given(args.date)
    office = Office() if args.office is None else _read_office(args.office)
    consultation = context.read_case(args.case)
    options = SheetOptions(copies=CopyChoice(args.copy), codes=CodeChoice(args.qr))
    made_on = made_on or _day_of_visit(consultation, args.case)
    write_whole(args.output, make_sheet(context.catalog, consultation, office, made_on, options))
    print_lines(f"{args.output} に書き出しました。")
    if lost := lost_on_paper(consultation, office):
        print_lines(f"紙に出せない文字は〓で示しました: {lost}")


def _day_given(text: str) -> date:
    if reason := day_problem(text):
        raise UserFacingError(f"--date に「{text}」は使えません。", reason)
    return date.fromisoformat(text)


def _day_of_visit(consultation: Consultation, file: Path) -> date:
    if consultation.consulted_on is None:
        raise UserFacingError(
            f"{file.name} consulted_on 相談日がないため、作成日が決まりません。",
            "相談日を書くか、--date で作成日を指定してください。",
        )
    return date.fromisoformat(consultation.consulted_on)


def _read_office(file: Path) -> Office:
    from models.values.office_file import read_office  # noqa: PLC0415 - only when used

    return read_office(read_bytes(file), file.name)
