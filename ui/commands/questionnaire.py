"""`questionnaire`: the blank paper questionnaire as a PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.values.problems import UserFacingError
from reports.questionnaire_content import questionnaire_content
from reports.questionnaire_layout import draw_questionnaire
from ui.commands.context import print_lines
from ui.commands.output_file import write_whole

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from models.values.catalog import Catalog
    from models.values.questions import Questionnaire
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "questionnaire", description="書き込み用の質問票（白紙）のPDFを作ります。"
    )
    parser.add_argument(
        "-o",
        dest="output",
        type=Path,
        metavar="OUT.pdf",
        required=True,
        help="書き出す先のファイル",
    )
    parser.add_argument(
        "--topic",
        nargs="+",
        metavar="TOPIC",
        default=[],
        help="相談の種類（succession など、いくつでも）。書かなければ、すべての質問を載せます",
    )


def run(args: Namespace, context: CommandContext) -> None:
    """Write the questionnaire."""
    papers = _papers_named(context.catalog, args.topic)
    content = questionnaire_content(context.catalog, papers)
    write_whole(args.output, draw_questionnaire(content))
    print_lines(f"{args.output} に書き出しました。")


def _papers_named(catalog: Catalog, names: Iterable[str]) -> list[Questionnaire]:
    """Return the questionnaires, each once, in catalog order."""
    known = catalog.questionnaires
    for name in names:
        if name not in known:
            allowed = "、".join(f"{paper.id}（{paper.title}）" for paper in known.values())
            raise UserFacingError(
                f"--topic に「{name}」は使えません。",
                f"使えるのは {allowed} です。" if known else "このカタログに種類はありません。",
            )
    return [paper for paper in known.values() if paper.id in set(names)]
