"""`screen`: the verdict on every program and frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.judgement.screening import screen
from models.values.results import VERDICT_LABEL, VERDICT_SHAPE, Verdict
from reports.wording import reason_text, truth_mark
from ui.commands.case_heading import heading_lines
from ui.commands.context import add_case_arguments, add_json_option, print_json, print_lines
from ui.commands.results_json import screening_json

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from models.values.catalog import Catalog
    from models.values.results import Screening
    from ui.commands.context import CommandContext
    from ui.commands.japanese_arguments import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Add the arguments of the subcommand."""
    parser = subparsers.add_parser(
        "screen", description="すべての制度と枠について、該当の見込みを判定します。"
    )
    add_case_arguments(parser)
    add_json_option(parser)


def run(args: Namespace, context: CommandContext) -> None:
    """Print the verdicts."""
    consultation = context.read_case(args.case)
    screenings = screen(context.catalog, consultation.answers)
    if args.json:
        print_json({"results": [screening_json(context.catalog, each) for each in screenings]})
        return
    print_lines(*heading_lines(context.catalog, consultation))
    for verdict in Verdict:
        found = [each for each in screenings if each.verdict is verdict]
        if found:
            print_lines("", *_group_lines(context.catalog, verdict, found))


def _group_lines(
    catalog: Catalog, verdict: Verdict, screenings: Sequence[Screening]
) -> Iterator[str]:
    yield f"{VERDICT_SHAPE[verdict]} {VERDICT_LABEL[verdict]}（{len(screenings)}件）"
    for screening in screenings:
        entry = catalog.entries[screening.entry]
        yield f"  {entry.short_name}［{catalog.stages[entry.stage].label}］  {entry.id}"
        for reason in screening.reasons:
            yield f"    {truth_mark(reason.value)} {reason_text(catalog, reason)}"
        if screening.open_questions and verdict is Verdict.NEEDS_CONFIRMATION:
            labels = (catalog.questions[each].label for each in screening.open_questions)
            yield f"    まだ分からないこと: {'、'.join(labels)}"
        labels_of = {offer.id: offer.label for offer in entry.offers}
        for offer in screening.offers:
            if offer.raised:
                yield f"    ・{labels_of[offer.offer]}"
