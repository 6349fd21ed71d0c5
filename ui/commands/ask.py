"""`ask`: the next question worth asking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.planning.next_question import next_question
from ui.commands.case_heading import heading_lines
from ui.commands.context import add_case_arguments, add_json_option, print_json, print_lines
from ui.commands.results_json import question_json

if TYPE_CHECKING:
    from argparse import Namespace

    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "ask", description="次に聞くとよい質問と、その理由、決まる判定の数を答えます。"
    )
    add_case_arguments(parser)
    add_json_option(parser)


def run(args: Namespace, context: CommandContext) -> None:
    """Print the next question."""
    consultation = context.read_case(args.case)
    question = next_question(context.catalog, consultation)
    if args.json:
        print_json(question_json(question))
        return
    print_lines(*heading_lines(context.catalog, consultation), "")
    if question is None:
        print_lines("いま聞いておくとよい質問は、もうありません。")
    else:
        print_lines(
            question.text,
            f"  理由: {question.why}",
            f"  この答えにかかっている制度や枠: {question.decides}件",
            f"  質問の名前: {question.question}",
        )
